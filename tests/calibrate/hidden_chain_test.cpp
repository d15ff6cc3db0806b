#include "fxpool/calibrate/hidden_chain.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace fxpool::calibrate;

namespace {

using Values = std::vector<double>;

/// A chain of random rows; steps of more than `band` states are impossible where band > 0.
HiddenChain random_chain(int states, int band, std::mt19937_64& bits) {
    std::uniform_real_distribution<double> uniform(0.1, 1);
    HiddenChain chain{.states = states};
    double all = 0;
    for (int from = 0; from < states; ++from) {
        Values row;
        double total = 0;
        for (int to = 0; to < states; ++to) {
            row.push_back(band > 0 && std::abs(from - to) > band ? 0 : uniform(bits));
            total += row.back();
        }
        for (const double rate : row) chain.transition.push_back(rate / total);
        chain.start.push_back(uniform(bits));
        all += chain.start.back();
    }
    for (double& probability : chain.start) probability /= all;
    return chain;
}

Values random_densities(int days, int states, std::mt19937_64& bits) {
    std::uniform_real_distribution<double> uniform(0, 80);
    Values densities;
    for (int i = 0; i < days * states; ++i) densities.push_back(uniform(bits));
    return densities;
}

/// Over every path of the hidden states: the likelihood of the first `days` moves, split by the state on the last day.
Values by_enumeration(const HiddenChain& chain, const Values& densities, int days) {
    const auto states = static_cast<std::size_t>(chain.states);
    std::size_t paths = states;
    for (int day = 0; day < days; ++day) paths *= states;
    Values likelihood(states, 0.0);
    for (std::size_t path = 0; path < paths; ++path) {
        std::size_t digits = path / states, state = path % states;
        double product = chain.start[state];
        for (std::size_t day = 0; day < static_cast<std::size_t>(days); ++day, digits /= states) {
            const auto next = digits % states;
            product *= chain.transition[state * states + next] * densities[day * states + next];
            state = next;
        }
        likelihood[state] += product;
    }
    return likelihood;
}

double sum_of(const Values& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum;
}

/// The number of `particles` that are up, each going up at rate `up` and down at rate `down` a year.
Values particles_generator(int particles, double up, double down) {
    const auto states = static_cast<std::size_t>(particles) + 1;
    Values generator(states * states, 0.0);
    for (std::size_t k = 0; k < states; ++k) {
        const auto count = static_cast<double>(k);
        if (k + 1 < states) generator[k * states + k + 1] = (particles - count) * up;
        if (k > 0) generator[k * states + k - 1] = count * down;
        generator[k * states + k] = -(particles - count) * up - count * down;
    }
    return generator;
}

double binomial(int n, int k, double p) {
    return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) + (n - k) * std::log1p(-p));
}

}  // namespace

TEST_CASE("the filter is the sum over all hidden paths", "[hidden_chain]") {
    std::mt19937_64 bits(20260105);
    for (const int states : {1, 2, 3, 4}) {
        const auto chain = random_chain(states, 0, bits);
        constexpr int days = 5;
        const auto densities = random_densities(days, states, bits);
        Values after, predicted;
        CHECK(filter(chain, densities, &after, &predicted) == Approx(std::log(sum_of(by_enumeration(chain, densities, days)))).epsilon(1e-12));
        CHECK(filter(chain, densities) == filter(chain, densities, &after, &predicted));
        for (int day = 1; day <= days; ++day) {
            const auto joint = by_enumeration(chain, densities, day);
            auto unseen = densities;  // a day's move that says nothing
            const auto width = static_cast<std::size_t>(states), first = static_cast<std::size_t>(day - 1) * width;
            for (std::size_t s = 0; s < width; ++s) unseen[first + s] = 1;
            const auto ahead = by_enumeration(chain, unseen, day);
            for (std::size_t s = 0; s < width; ++s) {
                CHECK(after[first + s] == Approx(joint[s] / sum_of(joint)).epsilon(1e-12));
                CHECK(predicted[first + s] == Approx(ahead[s] / sum_of(ahead)).epsilon(1e-12));
            }
        }
    }
}

TEST_CASE("a band leaves out what is impossible anyway", "[hidden_chain]") {
    std::mt19937_64 bits(9);
    auto chain = random_chain(12, 2, bits);
    const auto densities = random_densities(50, 12, bits);
    Values full, banded;
    const double likelihood = filter(chain, densities, &full);
    chain.band = 2;
    CHECK(filter(chain, densities, &banded) == Approx(likelihood).epsilon(1e-13));
    for (std::size_t i = 0; i < full.size(); ++i) CHECK(banded[i] == Approx(full[i]).epsilon(1e-12));
    chain.band = 1;
    CHECK(filter(chain, densities) < likelihood - 1);  // and one too narrow leaves out more
}

TEST_CASE("densities of any size neither overflow nor vanish", "[hidden_chain]") {
    const HiddenChain chain{.states = 2, .transition = {0.5, 0.5, 0.5, 0.5}, .start = {1, 0}};
    constexpr int days = 3000;
    for (const double size : {1e-200, 1e-60, 80.0, 1e60, 1e200}) {
        Values densities;
        for (int day = 0; day < days; ++day) densities.insert(densities.end(), {size, 3 * size});
        CHECK(filter(chain, densities) == Approx(days * (std::log(size) + std::log(2.0))).epsilon(1e-12));
    }
}

TEST_CASE("a move no state could make", "[hidden_chain]") {
    const HiddenChain chain{.states = 2, .transition = {1, 0, 0, 1}, .start = {1, 0}};
    const double infinity = std::numeric_limits<double>::infinity();
    Values after, predicted;
    CHECK(filter(chain, Values{0.5, 1, 0, 1, 0.5, 1}, &after, &predicted) == -infinity);  // only the state that cannot be could make it
    CHECK(after == Values{1, 0, 0, 0, 0, 0});
    CHECK(predicted == Values{1, 0, 0, 0, 0, 0});
    CHECK(filter(chain, Values{std::nan(""), 1}) == -infinity);
    CHECK(filter(chain, Values{infinity, 1}) == -infinity);
    CHECK(filter(chain, Values{}) == 0);
}

TEST_CASE("transitions of two states are the closed form's", "[hidden_chain]") {
    for (const double dt : {1.0 / 252, 0.5, 40.0}) {
        const double out = 2.5, back = 7;
        const auto transition = transition_of(Values{-out, out, back, -back}, 2, dt);
        const double gone = out / (out + back) * -std::expm1(-(out + back) * dt);
        CHECK(transition[1] == Approx(gone).epsilon(1e-12));
        CHECK(transition[0] + transition[1] == Approx(1).epsilon(1e-15));
        CHECK(transition[2] == Approx(gone * back / out).epsilon(1e-12));
    }
    CHECK(transition_of(Values{0, 0, 0, 0}, 2, 1) == Values{1, 0, 0, 1});
    CHECK(std::isnan(transition_of(Values{0, 1, std::nan(""), 0}, 2, 1)[0]));
    CHECK(std::isnan(transition_of(Values{0, std::numeric_limits<double>::infinity(), 0, 0}, 2, 1)[0]));
}

TEST_CASE("forty particles going up and down are binomial at any time, and in the long run", "[hidden_chain]") {
    constexpr int particles = 40;
    const double up = 3, down = 5;
    const auto generator = particles_generator(particles, up, down);
    for (const double dt : {1.0 / 252, 0.1, 10.0}) {
        const auto transition = transition_of(generator, particles + 1, dt);
        const double p = up / (up + down) * -std::expm1(-(up + down) * dt);  // of one that was down
        for (int k = 0; k <= particles; ++k) {
            CHECK(transition[static_cast<std::size_t>(k)] == Approx(binomial(particles, k, p)).epsilon(1e-10).margin(1e-15));
        }
    }
    const auto by_rates = stationary(generator, particles + 1);
    const auto by_steps = stationary(transition_of(generator, particles + 1, 0.02), particles + 1);
    for (int k = 0; k <= particles; ++k) {
        CHECK(by_rates[static_cast<std::size_t>(k)] == Approx(binomial(particles, k, up / (up + down))).epsilon(1e-11));
        CHECK(by_steps[static_cast<std::size_t>(k)] == Approx(binomial(particles, k, up / (up + down))).epsilon(1e-9));
    }
}

TEST_CASE("the long run of two states, and of a state nobody leaves", "[hidden_chain]") {
    const auto two = stationary(Values{-1, 1, 3, -3}, 2);
    CHECK(two[0] == Approx(0.75));
    CHECK(two[1] == Approx(0.25));
    CHECK(stationary(Values{0.9, 0.1, 0.3, 0.7}, 2)[0] == Approx(0.75));
    CHECK(stationary(Values{0.9, 0.1, 0, 1}, 2) == Values{0, 1});
    CHECK(stationary(Values{1, 0, 0.5, 0.5}, 2) == Values{1, 0});
    // 0 is left for good; 1 and 2 change places at rates 1 and 2
    const auto closed = stationary(Values{-2, 1, 1, 0, -1, 1, 0, 2, -2}, 3);
    CHECK(closed[0] == 0);
    CHECK(closed[1] == Approx(2.0 / 3));
    CHECK(stationary(Values{0}, 1) == Values{1});
}
