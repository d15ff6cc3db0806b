#include "fxpool/calibrate/forecast.hpp"

#include "fxpool/calibrate/forecast_scores.hpp"
#include "parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace fxpool::calibrate {

namespace {

constexpr int grid_points = 600;
constexpr std::size_t paths_a_task = 64;

/// Log moves over each horizon: [h][anchor][path]. All anchors are drawn with the same numbers, so that what differs between them is the
/// start and not luck.
std::array<std::vector<std::vector<double>>, 4> simulated(const Family& family, const Fit& fit, int paths, std::uint64_t seed, int threads) {
    std::vector<MoveTerms> terms;
    bool shocked = false;
    for (const auto& anchor : family.anchors(fit)) {
        terms.push_back(simulation_terms(fit, anchor, horizons.back()));
        shocked = shocked || history_of(anchor) == nullptr;
    }

    const auto count = static_cast<std::size_t>(paths);
    std::array<std::vector<std::vector<double>>, 4> outcomes;
    for (auto& of_horizon : outcomes) of_horizon.assign(terms.size(), std::vector<double>(count));
    in_parallel(threads, (count + paths_a_task - 1) / paths_a_task, [&](std::size_t task) {
        std::vector<double> shocks(terms.front().drift.size()), moves(terms.front().drift.size());
        for (std::size_t path = task * paths_a_task; path < std::min(count, (task + 1) * paths_a_task); ++path) {
            const Draws draws(seed, first_calibration_path + static_cast<std::int64_t>(path));
            for (std::uint32_t day = 1; shocked && day < shocks.size(); ++day) shocks[day] = draws.normal(Purpose::rate, StepDraws::id(0, day));
            for (std::size_t k = 0; k < terms.size(); ++k) {
                draw_moves(terms[k], draws, shocks, moves);
                double sum = 0;
                std::size_t day = 1;
                for (std::size_t h = 0; h < horizons.size(); ++h) {
                    for (; day <= static_cast<std::size_t>(horizons[h]); ++day) sum += moves[day];
                    outcomes[h][k][path] = sum;
                }
            }
        }
    });
    return outcomes;
}

/// Quantiles of all anchors' outcomes together, evenly spaced in the normal score: dense where the calm anchors are and yet down to the last
/// outcomes in the tails. A point beyond each end, where the distribution functions are 0 and 1.
std::vector<double> grid_over(const std::vector<std::vector<double>>& outcomes) {
    std::vector<double> all;
    for (const auto& of_anchor : outcomes) all.insert(all.end(), of_anchor.begin(), of_anchor.end());
    std::sort(all.begin(), all.end());
    const double beyond = std::max(1e-3 * (all.back() - all.front()), 1e-9);
    const auto n = static_cast<double>(all.size());
    const double reach = normal_quantile(1 - 0.5 / n);
    std::vector<double> grid{all.front() - beyond};
    for (int i = 0; i < grid_points; ++i) {
        const double p = normal_cdf(reach * (2.0 * i / (grid_points - 1) - 1));
        const double point = all[static_cast<std::size_t>(std::clamp(p * n, 0.0, n - 1))];
        if (point > grid.back()) grid.push_back(point);
    }
    grid.push_back(all.back() + beyond);
    return grid;
}

/// Epanechnikov's kernel, 3/4 (1 - u^2) within the band, whose sums over sorted values need their running sums only. The band is 2.34 times
/// the smaller of standard deviation and interquartile range/1.34, times n^(-1/5): best for a normal law (Silverman 1986, section 3.4).
std::vector<double> kernel_density(std::span<const double> sorted, double mean, double deviation, std::span<const double> grid) {
    const auto n = sorted.size();
    const double quartiles = (sorted[n - 1 - n / 4] - sorted[n / 4]) / 1.34;
    const double spread = quartiles > 0 ? std::min(deviation, quartiles) : deviation;
    const double band = std::max(2.34 * spread * std::pow(static_cast<double>(n), -0.2), 1e-9);
    std::vector<double> sums(n + 1), squares(n + 1);
    for (std::size_t i = 0; i < n; ++i) {
        const double x = sorted[i] - mean;
        sums[i + 1] = sums[i] + x;
        squares[i + 1] = squares[i] + x * x;
    }
    std::vector<double> density;
    density.reserve(grid.size());
    std::size_t from = 0, to = 0;
    for (const double point : grid) {
        while (from < n && sorted[from] < point - band) ++from;
        while (to < n && sorted[to] <= point + band) ++to;
        const double x = point - mean, count = static_cast<double>(to - from);
        const double distances = count * x * x - 2 * x * (sums[to] - sums[from]) + squares[to] - squares[from];
        density.push_back(std::max(0.75 * (count - distances / (band * band)) / (band * static_cast<double>(n)), 0.0));
    }
    return density;
}

/// Where a value lies on a grid: between point `cell` and the next, `share` of the way.
struct Position {
    std::size_t cell;
    double share;
};
Position position(std::span<const double> grid, double value) {
    const auto above = std::upper_bound(grid.begin() + 1, grid.end() - 1, value);
    const auto cell = static_cast<std::size_t>(above - grid.begin()) - 1;
    return {cell, (value - grid[cell]) / (grid[cell + 1] - grid[cell])};
}

/// Student's density with 3 degrees of freedom, stretched to a standard deviation of `deviation`.
double long_tailed_density(double distance, double deviation) {
    const double z = distance / deviation;
    return 2 / (std::numbers::pi * deviation * (1 + z * z) * (1 + z * z));
}

}  // namespace

HorizonLaws::HorizonLaws(const Family& family, const Fit& fit, int paths, std::uint64_t seed, int threads) : paths_(paths) {
    auto outcomes = simulated(family, fit, paths, seed, threads);
    anchors_ = static_cast<int>(outcomes.front().size());
    in_parallel(threads, outcomes.size(), [&](std::size_t h) { laws_[h] = law_of(std::move(outcomes[h])); });
}

HorizonLaws::Law HorizonLaws::law_of(std::vector<std::vector<double>> outcomes) {
    for (auto& of_anchor : outcomes) std::sort(of_anchor.begin(), of_anchor.end());
    Law law{.grid = grid_over(outcomes), .function = {}, .density = {}, .mean = {}, .deviation = {}};
    for (const auto& sorted : outcomes) {
        const auto n = static_cast<double>(sorted.size());
        const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / n;
        double squares = 0;
        for (const double x : sorted) squares += (x - mean) * (x - mean);
        const double deviation = std::max(std::sqrt(squares / n), 1e-9);
        law.mean.push_back(mean);
        law.deviation.push_back(deviation);

        std::size_t below = 0, up_to = 0;
        for (const double point : law.grid) {
            while (below < sorted.size() && sorted[below] < point) ++below;
            while (up_to < sorted.size() && sorted[up_to] <= point) ++up_to;
            law.function.push_back((static_cast<double>(below) + static_cast<double>(up_to)) / (2 * n));
        }
        const auto density = kernel_density(sorted, mean, deviation, law.grid);
        law.density.insert(law.density.end(), density.begin(), density.end());
    }
    return law;
}

double HorizonLaws::distribution(std::size_t h, std::span<const double> weights, double move) const {
    const auto& law = laws_[h];
    if (move <= law.grid.front()) return 0;
    if (move >= law.grid.back()) return 1;
    const auto [cell, share] = position(law.grid, move);
    double sum = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        const double* function = &law.function[k * law.grid.size() + cell];
        sum += weights[k] * (function[0] + share * (function[1] - function[0]));
    }
    return sum;
}

double HorizonLaws::quantile(std::size_t h, std::span<const double> weights, double p) const {
    return calibrate::quantile(laws_[h].grid, mixed_function(h, weights), p);
}

double HorizonLaws::mean(std::size_t h, std::span<const double> weights) const {
    return std::inner_product(weights.begin(), weights.end(), laws_[h].mean.begin(), 0.0);
}

double HorizonLaws::crps(std::size_t h, std::span<const double> weights, double outcome) const {
    return calibrate::crps(laws_[h].grid, mixed_function(h, weights), outcome);
}

double HorizonLaws::log_score(std::size_t h, std::span<const double> weights, double outcome) const {
    const auto& law = laws_[h];
    const bool inside = outcome > law.grid.front() && outcome < law.grid.back();
    const auto [cell, share] = inside ? position(law.grid, outcome) : Position{0, 0};
    const double rare = 1 / paths_;
    double density = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        const double* kernel = &law.density[k * law.grid.size() + cell];
        const double simulated_here = inside ? kernel[0] + share * (kernel[1] - kernel[0]) : 0;
        density += weights[k] * ((1 - rare) * simulated_here + rare * long_tailed_density(outcome - law.mean[k], law.deviation[k]));
    }
    return std::log(density);
}

std::vector<double> HorizonLaws::mixed_function(std::size_t h, std::span<const double> weights) const {
    const auto& law = laws_[h];
    const auto points = law.grid.size();
    std::vector<double> mixed(points);
    for (std::size_t k = 0; k < weights.size(); ++k) {
        for (std::size_t i = 0; i < points; ++i) mixed[i] += weights[k] * law.function[k * points + i];
    }
    return mixed;
}

}  // namespace fxpool::calibrate
