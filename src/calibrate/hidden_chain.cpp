#include "fxpool/calibrate/hidden_chain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fxpool::calibrate {

namespace {

/// The log of a product of many factors, with few logarithms.
class LogOfProduct {
  public:
    void times(double factor) {
        if (factor < smallest || factor > largest) {
            sum_ += std::log(factor);
            return;
        }
        product_ *= factor;
        if (product_ < smallest || product_ > largest) {
            sum_ += std::log(product_);
            product_ = 1;
        }
    }
    double value() const { return sum_ + std::log(product_); }

  private:
    static constexpr double smallest = 1e-100, largest = 1e100;
    double sum_ = 0, product_ = 1;
};

/// tomorrow = today * transition. States is the number of states where it is known when compiling, else 0.
template <int States>
struct FullStep {
    const HiddenChain& chain;

    void operator()(const double* today, double* tomorrow) const {
        const int states = States > 0 ? States : chain.states;
        std::fill(tomorrow, tomorrow + states, 0.0);
        const double* row = chain.transition.data();
        for (int from = 0; from < states; ++from, row += states) {
            for (int to = 0; to < states; ++to) tomorrow[to] += today[from] * row[to];
        }
    }
};

/// The same along the diagonals of the band: a few long loops in place of many short ones.
struct BandStep {
    int states, band;
    std::vector<double> diagonals;  ///< [(to - from + band) * states + to]

    explicit BandStep(const HiddenChain& chain) : states(chain.states), band(chain.band), diagonals(static_cast<std::size_t>((2 * band + 1) * states), 0.0) {
        for (int from = 0; from < states; ++from) {
            for (int to = std::max(from - band, 0); to <= std::min(from + band, states - 1); ++to) {
                diagonals[static_cast<std::size_t>((to - from + band) * states + to)] = chain.transition[static_cast<std::size_t>(from * states + to)];
            }
        }
    }

    void operator()(const double* today, double* tomorrow) const {
        std::fill(tomorrow, tomorrow + states, 0.0);
        for (int up = -band; up <= band; ++up) {
            const double* diagonal = &diagonals[static_cast<std::size_t>((up + band) * states)];
            const int last = std::min(states, states + up);
            for (int to = std::max(up, 0); to < last; ++to) tomorrow[to] += today[to - up] * diagonal[to];
        }
    }
};

double forward(const HiddenChain& chain, const auto& step, std::span<const double> densities, double* after, double* predicted) {
    const auto width = static_cast<std::size_t>(chain.states);
    const std::size_t days = densities.size() / width;
    std::vector<double> today(chain.start), ahead(width);
    LogOfProduct likelihood;
    for (std::size_t day = 0; day < days; ++day) {
        step(today.data(), ahead.data());
        const double* density = densities.data() + day * width;
        double total = 0;
        for (std::size_t s = 0; s < width; ++s) {
            today[s] = ahead[s] * density[s];
            total += today[s];
        }
        // a total too small to divide by is one too small to believe
        if (!(total >= 1e-307 && total <= std::numeric_limits<double>::max())) return -std::numeric_limits<double>::infinity();
        for (double& probability : today) probability /= total;
        likelihood.times(total);
        if (predicted != nullptr) std::copy(ahead.begin(), ahead.end(), predicted + day * width);
        if (after != nullptr) std::copy(today.begin(), today.end(), after + day * width);
    }
    return likelihood.value();
}

using Matrix = std::vector<double>;

/// left * right, skipping the zeros of left.
Matrix product(const Matrix& left, const Matrix& right, std::size_t states) {
    Matrix result(states * states, 0.0);
    for (std::size_t i = 0; i < states; ++i) {
        double* row = result.data() + i * states;
        for (std::size_t k = 0; k < states; ++k) {
            const double factor = left[i * states + k];
            if (factor == 0) continue;
            const double* other = right.data() + k * states;
            for (std::size_t j = 0; j < states; ++j) row[j] += factor * other[j];
        }
    }
    return result;
}

void make_rows_sum_to_one(Matrix& matrix, std::size_t states) {
    for (std::size_t i = 0; i < states; ++i) {
        double total = 0;
        for (std::size_t j = 0; j < states; ++j) total += matrix[i * states + j];
        for (std::size_t j = 0; j < states; ++j) matrix[i * states + j] /= total;
    }
}

}  // namespace

double filter(const HiddenChain& chain, std::span<const double> densities, std::vector<double>* probabilities_after, std::vector<double>* predicted) {
    if (probabilities_after != nullptr) probabilities_after->assign(densities.size(), 0.0);
    if (predicted != nullptr) predicted->assign(densities.size(), 0.0);
    double* after = probabilities_after != nullptr ? probabilities_after->data() : nullptr;
    double* before = predicted != nullptr ? predicted->data() : nullptr;
    const bool full = chain.band <= 0 || chain.band >= chain.states - 1;
    if (full && chain.states == 2) return forward(chain, FullStep<2>{chain}, densities, after, before);
    if (full && chain.states == 3) return forward(chain, FullStep<3>{chain}, densities, after, before);
    if (full) return forward(chain, FullStep<0>{chain}, densities, after, before);
    return forward(chain, BandStep(chain), densities, after, before);
}

std::vector<double> transition_of(std::span<const double> generator, int states, double dt) {
    const auto width = static_cast<std::size_t>(states);
    Matrix jumps(width * width, 0.0);  // generator * dt + fastest * identity: no entry is negative, so nothing cancels
    std::vector<double> leaving(width, 0.0);
    for (std::size_t i = 0; i < width; ++i) {
        for (std::size_t j = 0; j < width; ++j) {
            if (i == j) continue;
            jumps[i * width + j] = generator[i * width + j] * dt;
            leaving[i] += jumps[i * width + j];
        }
    }
    const double fastest = *std::max_element(leaving.begin(), leaving.end());
    if (!std::all_of(leaving.begin(), leaving.end(), [](double rate) { return std::isfinite(rate); }))
        return Matrix(width * width, std::numeric_limits<double>::quiet_NaN());
    int squarings = 0;
    double share = 1;
    while (fastest * share > 0.5) {
        ++squarings;
        share /= 2;
    }
    for (std::size_t i = 0; i < width; ++i) jumps[i * width + i] = fastest - leaving[i];
    for (double& jump : jumps) jump *= share;

    Matrix power(width * width, 0.0);  // jumps^k / k!
    for (std::size_t i = 0; i < width; ++i) power[i * width + i] = 1;
    Matrix transition = power;
    for (int k = 1; k <= 14; ++k) {  // 0.5^15 / 15! = 2e-17
        power = product(jumps, power, width);
        for (std::size_t i = 0; i < power.size(); ++i) {
            power[i] /= k;
            transition[i] += power[i];
        }
    }
    make_rows_sum_to_one(transition, width);  // in place of exp(-fastest * share)
    for (; squarings > 0; --squarings) {
        transition = product(transition, transition, width);
        make_rows_sum_to_one(transition, width);
    }
    return transition;
}

std::vector<double> stationary(std::span<const double> matrix, int states) {
    const auto width = static_cast<std::size_t>(states);
    Matrix rates(matrix.begin(), matrix.end());
    const auto rate = [&](std::size_t from, std::size_t to) -> double& { return rates[from * width + to]; };
    // watch the chain only while it is in states 0 ... k - 1, for k from the top down
    std::size_t first = 0;
    for (std::size_t k = width - 1; k > 0; --k) {
        double down = 0;
        for (std::size_t to = 0; to < k; ++to) down += rate(k, to);
        if (down <= 0) {  // from k it never comes lower again: those below k are left for good
            first = k;
            break;
        }
        for (std::size_t from = 0; from < k; ++from) {
            rate(from, k) /= down;
            for (std::size_t to = 0; to < k; ++to) rate(from, to) += rate(from, k) * rate(k, to);
        }
    }
    std::vector<double> probabilities(width, 0.0);
    probabilities[first] = 1;
    double total = 1;
    for (std::size_t k = first + 1; k < width; ++k) {
        for (std::size_t from = first; from < k; ++from) probabilities[k] += probabilities[from] * rate(from, k);
        total += probabilities[k];
    }
    for (double& probability : probabilities) probability /= total;
    return probabilities;
}

}  // namespace fxpool::calibrate
