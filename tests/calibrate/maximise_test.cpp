#include "fxpool/calibrate/maximise.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

using namespace fxpool::calibrate;

namespace {

using Values = std::vector<double>;

/// Minus Rosenbrock's valley: bent and narrow, its top 0 at (1, ..., 1).
double valley(std::span<const double> x) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) sum -= 100 * std::pow(x[i + 1] - x[i] * x[i], 2) + std::pow(1 - x[i], 2);
    return sum;
}

/// Moves of a mixture: three of four days sigma 0.002, else 0.006.
Values mixed_moves() {
    std::mt19937_64 bits(3);
    std::normal_distribution<double> normal;
    Values moves;
    for (int i = 0; i < 2000; ++i) moves.push_back((i % 4 == 0 ? 0.006 : 0.002) * normal(bits));
    return moves;
}

/// By log sigma of both parts and the logit of the second's share.
double mixture(std::span<const double> moves, std::span<const double> x) {
    const double first = std::exp(x[0]), second = std::exp(x[1]), share = 1 / (1 + std::exp(-x[2]));
    double sum = 0;
    for (const double move : moves) {
        sum += std::log((1 - share) / first * std::exp(-std::pow(move / first, 2) / 2) + share / second * std::exp(-std::pow(move / second, 2) / 2));
    }
    return sum;
}

}  // namespace

TEST_CASE("the top of a bent valley", "[maximise]") {
    for (const std::size_t n : {std::size_t{2}, std::size_t{3}}) {
        const auto top = maximise(valley, Values(n, -1.2), Values(n, -5), Values(n, 5), Values(n, 0.5));
        INFO(n << " coordinates, " << top.evaluations << " evaluations");
        CHECK(top.converged);
        CHECK(top.value > -1e-4);
        for (const double x : top.at) CHECK(x == Approx(1).margin(0.02));
        CHECK(top.on_bound.empty());
        CHECK(top.evaluations < 150 * static_cast<int>(n));
    }
}

TEST_CASE("a correlated normal likelihood in 14 coordinates, at few evaluations", "[maximise]") {
    // correlation 0.99 between any two, deviation 0.1, centre 1, top -1000
    constexpr std::size_t n = 14;
    int calls = 0;
    const auto top = maximise(
        [&](std::span<const double> x) {
            ++calls;
            double sum = 0, squares = 0;
            for (const double one : x) sum += (one - 1) / 0.1, squares += std::pow((one - 1) / 0.1, 2);
            return -1000 - (squares - 0.99 / (1 + 13 * 0.99) * sum * sum) / 0.01 / 2;
        },
        Values(n, 0.3), Values(n, -10), Values(n, 10), Values(n, 0.5));
    CHECK(top.converged);
    CHECK(top.value == Approx(-1000).margin(1e-4).epsilon(0));
    CHECK(top.evaluations == calls);
    CHECK(top.evaluations <= 60 * static_cast<int>(n));
}

TEST_CASE("a mixture's likelihood from many starts ends at one top", "[maximise]") {
    const auto moves = mixed_moves();
    const Likelihood likelihood = [&](std::span<const double> x) { return mixture(moves, x); };
    const Values low = {-8, -8, -6}, high = {-3, -3, 6}, scale = {0.5, 0.5, 1};
    const auto top = maximise(likelihood, {-6, -5, 0}, low, high, scale);
    REQUIRE(top.converged);
    CHECK(std::exp(top.at[0]) == Approx(0.002).epsilon(0.15));
    CHECK(std::exp(top.at[1]) == Approx(0.006).epsilon(0.15));
    std::mt19937_64 bits(4);
    std::uniform_real_distribution<double> uniform(-1, 1);
    for (int start = 0; start < 5; ++start) {
        const auto again = maximise(likelihood, {-6 + 0.5 * uniform(bits), -5 + 0.5 * uniform(bits), uniform(bits)}, low, high, scale);
        CHECK(again.converged);
        CHECK(again.value == Approx(top.value).margin(3e-5).epsilon(0));
        CHECK(again.evaluations <= 180);
    }
    const auto same = maximise(likelihood, {-6, -5, 0}, low, high, scale);
    CHECK(same.at == top.at);
    CHECK(same.value == top.value);
    CHECK(same.evaluations == top.evaluations);
}

TEST_CASE("bounds hold, and are told", "[maximise]") {
    // the top (2, 0.5, 1) lies outside in the first
    const Likelihood f = [](std::span<const double> x) {
        CHECK((x[0] <= 1 && x[0] >= 0));
        return -50 * std::pow(x[0] - 2, 2) - 30 * std::pow(x[1] - 0.5, 2) + std::log(x[2]) - x[2];
    };
    const Values low = {0, 0, 0.01}, high = {1, 1, 5}, scale = {0.2, 0.2, 0.2};
    const auto top = maximise(f, {0.2, 0.2, 0.6}, low, high, scale);
    CHECK(top.converged);
    CHECK(top.value == Approx(-51).margin(1e-4).epsilon(0));
    CHECK(top.on_bound == std::vector<int>{0});
    const auto held = maximise(f, {0.2, 0.4, 0.6}, {Values{0, 0.4, 0.01}}, {Values{1, 0.4, 5}}, scale);
    CHECK(held.converged);
    CHECK(held.at[1] == 0.4);
    CHECK(held.value == Approx(-51.3).margin(1e-4).epsilon(0));
    CHECK(held.on_bound == std::vector<int>{0, 1});
}

TEST_CASE("where the function is no number the search goes round", "[maximise]") {
    const Likelihood f = [](std::span<const double> x) {
        if (x[0] < 0.5) return -std::numeric_limits<double>::infinity();
        if (x[1] > 3) return std::numeric_limits<double>::infinity();  // no number to be had either
        return 100 * (std::log(x[0]) - x[0]) - std::pow(x[1] - x[0], 2);
    };
    for (const double start : {0.1, 0.51, 4.0}) {  // the first has no value
        const auto top = maximise(f, {start, 0}, Values{0, -4}, Values{5, 4}, Values{0.3, 0.3});
        INFO("from " << start);
        CHECK(top.converged);
        CHECK(top.value == Approx(-100).margin(1e-4).epsilon(0));
    }
    const auto nothing = maximise([](std::span<const double>) { return std::nan(""); }, {0, 0}, Values{-1, -1}, Values{1, 1}, Values{0.1, 0.1});
    CHECK_FALSE(nothing.converged);
    CHECK(nothing.value == -1e300);
}

TEST_CASE("a slope without a top before the bound ends at it; one coordinate is enough", "[maximise]") {
    const auto top = maximise([](std::span<const double> x) { return std::exp(x[0]); }, {0.0}, Values{-1}, Values{2}, Values{0.1});
    CHECK(top.at[0] == Approx(2));
    CHECK(top.converged);
    CHECK(top.on_bound == std::vector<int>{0});
    const auto inside = maximise([](std::span<const double> x) { return -std::pow(x[0] - 0.3, 2) * 100; }, {0.0}, Values{-1}, Values{2}, Values{0.1});
    CHECK(inside.converged);
    CHECK(inside.at[0] == Approx(0.3).margin(1e-3));
}

TEST_CASE("a flat direction is no obstacle, a kink is none to stop at", "[maximise]") {
    const auto flat =
        maximise([](std::span<const double> x) { return -100 * std::pow(x[0] - 0.3, 2); }, {0, 0}, Values{-1, -1}, Values{1, 1}, Values{0.1, 0.1});
    CHECK(flat.converged);
    CHECK(flat.value > -1e-4);
    // a ridge that runs askew: no step along one coordinate gains, many in both do
    const auto kink = maximise([](std::span<const double> x) { return -1e4 * std::abs(x[0] - x[1]) - std::pow(x[0] - 0.5, 2) * 100; }, {-0.5, -0.5},
                               Values{-1, -1}, Values{1, 1}, Values{0.1, 0.1});
    CHECK((kink.value > -1e-3 || !kink.converged));
}

TEST_CASE("an exception of the function comes through", "[maximise]") {
    int calls = 0;
    const Likelihood f = [&](std::span<const double> x) {
        if (++calls == 7) throw std::runtime_error("stopped");
        return -x[0] * x[0] - x[1] * x[1];
    };
    CHECK_THROWS_AS(maximise(f, {1, 1}, Values{-5, -5}, Values{5, 5}, Values{1, 1}), std::runtime_error);
    CHECK(calls == 7);
}
