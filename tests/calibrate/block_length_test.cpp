#include "fxpool/calibrate/block_length.hpp"
#include "fxpool/calibrate/variance_ratio.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>
#include <vector>

using namespace fxpool::calibrate;

namespace {

/// Each value `memory` times the one before, and normal news.
std::vector<double> autoregression(double memory, int count, unsigned seed) {
    std::mt19937_64 bits(seed);
    std::normal_distribution<double> normal;
    std::vector<double> series;
    for (double value = 0; count > 0; --count) series.push_back(value = memory * value + normal(bits));
    return series;
}

}  // namespace

TEST_CASE("the block of an autoregression is the closed form's", "[block_length]") {
    // G / g(0) = 2 rho / (1 - rho^2); b = (that)^(2/3) n^(1/3); an estimate of it scatters by some 5 %
    for (const double memory : {0.5, 0.8, -0.5}) {
        constexpr int n = 20'000;
        const double truth = std::cbrt(std::pow(2 * memory / (1 - memory * memory), 2) * n);
        CHECK(politis_white_length(autoregression(memory, n, 7)) == Approx(truth).epsilon(0.2));
    }
}

TEST_CASE("without memory the block is short, without variance one row", "[block_length]") {
    CHECK(politis_white_length(autoregression(0, 20'000, 3)) < 8);
    CHECK(politis_white_length(std::vector<double>(500, 0.001)) == 1);
    CHECK(politis_white_length(std::vector<double>{1, 2}) == 1);
}

TEST_CASE("the block's length by hand", "[block_length]") {
    // n = 8, moves +1 and -1 by turns, R(k) = (-1)^k (8 - k) / 8; bound 2 sqrt(log10 8 / 8) = 0.672: of |rho| = 7/8, 6/8, 5/8, ... lag 2 is
    // the last beyond it, lags 3 to 7 are the five quiet ones. m = 2, M = 4: weights 1, 1, 1/2, 0.
    // g(0) = 1 + 2 (-7/8 + 6/8 - 5/16) = 1/8; G = 2 (-7/8 + 2 * 6/8 - 3 * 5/16) = -5/8; (25 * 8)^(1/3) = 5.8; the cap is ceil(8/3) = 3
    const std::vector<double> turns = {1, -1, 1, -1, 1, -1, 1, -1};
    CHECK(politis_white_length(turns) == 3);
    // two neighbours of 64 rows are 4, the rest 0: the mean is 1/8, the lag-k products of deviations are 31, 16 - 2 + 63/64, and from lag 2 on
    // (64 - k)/64 - 2 or 0.03 of the first: quiet. m = 1, M = 2: weights 1 and 0
    std::vector<double> peak(64, 0.0);
    peak[32] = peak[33] = 4;
    const double rho = (16 - 2 + 63.0 / 64) / 31;
    CHECK(politis_white_length(peak) == Approx(std::cbrt(std::pow(2 * rho / (1 + 2 * rho), 2) * 64)));  // 2.49
    // four rows apart instead: three quiet lags are not enough to end it; m = 4, M = 8
    std::vector<double> echo(64, 0.0);
    echo[20] = echo[24] = 4;
    const double weights[] = {0, 1, 1, 1, 1, 0.75, 0.5, 0.25};
    double slope = 0, long_run = 1;
    for (int k = 1; k < 8; ++k) {
        const double correlation = ((k == 4 ? 16 : 0) - 2 + (64 - k) / 64.0) / 31;
        slope += 2 * weights[k] * k * correlation;
        long_run += 2 * weights[k] * correlation;
    }
    CHECK(politis_white_length(echo) == Approx(std::cbrt(std::pow(slope / long_run, 2) * 64)));  // 4.9
}

TEST_CASE("the shortest block that keeps the history's ratios", "[block_length]") {
    // a slow trend in noise: blocks of a day lose it
    auto moves = autoregression(0, 2'000, 11);
    const auto trend = autoregression(0.97, 2'000, 12);
    for (std::size_t i = 0; i < moves.size(); ++i) moves[i] += 0.2 * trend[i];
    const auto block = shortest_block(moves);
    REQUIRE(block);
    CHECK(*block > 5);
    CHECK(*block < 500);
    const auto holds = [&](double mean_block) {
        bool all = true;
        for (const int q : {63, 126}) {
            const auto history = variance_ratio(moves, q);
            all = all && std::abs(stationary_bootstrap_variance_ratio(moves, q, mean_block) - history.value) <= history.standard_error;
        }
        return all;
    };
    CHECK(holds(*block));
    CHECK_FALSE(holds(*block - 1));
    CHECK_FALSE(holds(1));
}

TEST_CASE("no block where none keeps the ratios", "[block_length]") {
    CHECK_FALSE(shortest_block(autoregression(0, 252, 1)));
    std::vector<double> turns;  // the ratio over 126 days is 0 with error 0
    for (int i = 0; i < 1000; ++i) turns.push_back(i % 2 == 0 ? 1 : -1);
    CHECK_FALSE(shortest_block(turns));
}
