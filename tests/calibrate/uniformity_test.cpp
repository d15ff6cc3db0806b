#include "fxpool/calibrate/uniformity.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>
#include <vector>

using namespace fxpool::calibrate;

TEST_CASE("Kolmogorov-Smirnov by hand", "[uniformity]") {
    // 1/3 - 0.1, 2/3 - 0.5, 1 - 0.6: the last is the largest
    const std::vector<double> low = {0.6, 0.1, 0.5}, high = {0.9, 0.95};
    CHECK(kolmogorov_smirnov(low) == Approx(0.4));
    CHECK(kolmogorov_smirnov(high) == Approx(0.9));  // nothing below 0.9
}

TEST_CASE("Kolmogorov's law at its published points", "[uniformity]") {
    for (const int n : {100, 2500}) {
        CHECK(kolmogorov_smirnov_tail(1.3581 / std::sqrt(n), n) == Approx(0.05).margin(1e-5));
        CHECK(kolmogorov_smirnov_tail(1.6276 / std::sqrt(n), n) == Approx(0.01).margin(1e-5));
        CHECK(kolmogorov_smirnov_tail(0.82757 / std::sqrt(n), n) == Approx(0.5).margin(1e-5));
    }
    CHECK(kolmogorov_smirnov_tail(0, 100) == 1);
    // the two series meet at sqrt(n) D = 1
    CHECK(kolmogorov_smirnov_tail(0.1 - 1e-12, 100) == Approx(kolmogorov_smirnov_tail(0.1 + 1e-12, 100)).epsilon(1e-10));
}

TEST_CASE("Anderson-Darling by hand", "[uniformity]") {
    const std::vector<double> middle = {0.5};
    CHECK(anderson_darling(middle) == Approx(2 * std::log(2.0) - 1));
    // -2 - (1/2) [ln 0.2 + ln(1 - 0.6) + 3 (ln 0.6 + ln(1 - 0.2))]
    const std::vector<double> two = {0.6, 0.2};
    CHECK(anderson_darling(two) == Approx(-2 - 0.5 * (std::log(0.2) + std::log(0.4) + 3 * (std::log(0.6) + std::log(0.8)))));
}

TEST_CASE("Anderson-Darling's law at its published points", "[uniformity]") {
    CHECK(anderson_darling_tail(1.933) == Approx(0.10).margin(1e-4));
    CHECK(anderson_darling_tail(2.492) == Approx(0.05).margin(1e-4));
    CHECK(anderson_darling_tail(3.878) == Approx(0.01).margin(1e-4));
    CHECK(anderson_darling_tail(0) == 1);
    CHECK(anderson_darling_tail(0.05) == Approx(1).margin(1e-8));
    CHECK(anderson_darling_tail(1e6) == Approx(0).margin(1e-12));
}

TEST_CASE("an impossible move costs much, not everything", "[uniformity]") {
    const std::vector<double> values = {-1, 0, 1, 2};
    CHECK(kolmogorov_smirnov(values) == Approx(0.5));
    CHECK(std::isfinite(anderson_darling(values)));
    CHECK(anderson_darling(values) > 5);
}

TEST_CASE("uniform values are rejected as often as the law says", "[uniformity]") {
    std::mt19937_64 bits(20260105);
    std::uniform_real_distribution<double> uniform;
    constexpr int repetitions = 2000, n = 400;
    int far = 0, in_tails = 0, far_bent = 0;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        std::vector<double> values, bent;
        for (int i = 0; i < n; ++i) {
            values.push_back(uniform(bits));
            bent.push_back(std::pow(values.back(), 1.25));
        }
        far += kolmogorov_smirnov_tail(kolmogorov_smirnov(values), n) < 0.1;
        far_bent += kolmogorov_smirnov_tail(kolmogorov_smirnov(bent), n) < 0.1;
        in_tails += anderson_darling_tail(anderson_darling(values)) < 0.1;
    }
    // standard error 0.67 points
    CHECK(far == Approx(0.1 * repetitions).margin(0.034 * repetitions));
    CHECK(in_tails == Approx(0.1 * repetitions).margin(0.034 * repetitions));
    CHECK(far_bent > 0.6 * repetitions);
}
