#include "fxpool/calibrate/coverage.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>
#include <vector>

using namespace fxpool::calibrate;

TEST_CASE("Kupiec's test by hand, and where nothing was hit", "[coverage]") {
    CHECK(unconditional_coverage(5, 100, 0.05).statistic == Approx(0).margin(1e-12));
    CHECK(unconditional_coverage(0, 100, 0.01).statistic == Approx(-200 * std::log(0.99)));
    CHECK(unconditional_coverage(10, 10, 0.5).statistic == Approx(-20 * std::log(0.5)));
    CHECK(unconditional_coverage(0, 0, 0.01).p_value == 1);
}

TEST_CASE("Kupiec's published regions of no rejection at 95 %", "[coverage]") {
    // Kupiec (1995), table: the smallest and largest numbers of hits not rejected
    struct Region {
        double probability;
        int days, least, most;
    };
    for (const auto& [probability, days, least, most] : {Region{0.01, 510, 2, 10}, {0.01, 1000, 5, 16}, {0.05, 255, 7, 20}, {0.05, 1000, 38, 64}}) {
        INFO(probability << " of " << days);
        CHECK(unconditional_coverage(least - 1, days, probability).p_value < 0.05);
        CHECK(unconditional_coverage(least, days, probability).p_value > 0.05);
        CHECK(unconditional_coverage(most, days, probability).p_value > 0.05);
        CHECK(unconditional_coverage(most + 1, days, probability).p_value < 0.05);
    }
}

TEST_CASE("Christoffersen's test by hand", "[coverage]") {
    // one of each pair: after a hit as after none, every second day is one
    const std::vector<int> even = {0, 0, 1, 1, 0};
    CHECK(independence(even).statistic == Approx(0).margin(1e-12));
    // 0-0 twice, 0-1 once, 1-1 twice: 3 ln 0.6 + 2 ln 0.4 against 2 ln 2/3 + ln 1/3
    const std::vector<int> block = {0, 0, 0, 1, 1, 1};
    const double alike = 3 * std::log(0.6) + 2 * std::log(0.4), chain = 2 * std::log(2.0 / 3) + std::log(1.0 / 3);
    CHECK(independence(block).statistic == Approx(2 * (chain - alike)));
    CHECK(independence(std::vector<int>{0, 0, 0}).p_value == 1);
    CHECK(independence(std::vector<int>{1, 1}).p_value == 1);
    CHECK(independence(std::vector<int>{}).p_value == 1);
}

TEST_CASE("conditional coverage is the sum of both", "[coverage]") {
    const std::vector<int> block = {0, 0, 0, 1, 1, 1};
    const auto all = coverage(block, 0.1);
    CHECK(all.hits == 3);
    CHECK(all.days == 6);
    CHECK(all.conditional.statistic == Approx(all.unconditional.statistic + all.independence.statistic));
    CHECK(all.conditional.p_value == Approx(std::exp(-all.conditional.statistic / 2)));  // chi-square of 2 degrees
}

TEST_CASE("right forecasts are rejected as often as they should be, clustered hits nearly always", "[coverage]") {
    std::mt19937_64 bits(20260105);
    std::uniform_real_distribution<double> uniform;
    constexpr int repetitions = 1000, days = 1000;
    int right = 0, clustered = 0;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        std::vector<int> hits, clusters;
        for (int day = 0; day < days; ++day) {
            hits.push_back(uniform(bits) < 0.2);
            // after a hit 40 %, else 15 %: 20 % in the long run too
            clusters.push_back(uniform(bits) < (day > 0 && clusters.back() == 1 ? 0.4 : 0.15));
        }
        right += coverage(hits, 0.2).conditional.p_value < 0.1;
        clustered += coverage(clusters, 0.2).independence.p_value < 0.1;
    }
    CHECK(right == Approx(0.1 * repetitions).margin(0.048 * repetitions));  // standard error 0.95 points
    CHECK(clustered > 0.99 * repetitions);
}
