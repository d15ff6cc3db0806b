#include "fxpool/calibrate/ljung_box.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>
#include <vector>

using namespace fxpool::calibrate;

TEST_CASE("Ljung-Box by hand", "[ljung_box]") {
    // rho_1 = -3/4, rho_2 = 2/4: 4 * 6 * (9/16/3 + 1/4/2)
    const std::vector<double> turns = {6, 4, 6, 4};
    CHECK(ljung_box(turns, 1) == Approx(4.5));
    CHECK(ljung_box(turns, 2) == Approx(7.5));
    CHECK(ljung_box(turns, 3) == ljung_box(turns, 10));  // there are no more lags
    CHECK(ljung_box(std::vector<double>(10, 0.1), 2) == 0);
}

TEST_CASE("chi-square at its published points", "[ljung_box]") {
    CHECK(chi_square_tail(3.841459, 1) == Approx(0.05).epsilon(1e-6));
    CHECK(chi_square_tail(6.634897, 1) == Approx(0.01).epsilon(1e-6));
    CHECK(chi_square_tail(18.307038, 10) == Approx(0.05).epsilon(1e-6));
    CHECK(chi_square_tail(3, 2) == Approx(std::exp(-1.5)));
    CHECK(chi_square_tail(0, 3) == 1);
    CHECK(chi_square_tail(-1, 3) == 1);
}

TEST_CASE("independent values are rejected as often as chi-square says", "[ljung_box]") {
    std::mt19937_64 bits(20260105);
    std::normal_distribution<double> normal;
    constexpr int repetitions = 2000;
    int rejected = 0;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        std::vector<double> series;
        for (int i = 0; i < 300; ++i) series.push_back(normal(bits));
        rejected += chi_square_tail(ljung_box(series, 5), 5) < 0.1;
    }
    CHECK(rejected == Approx(0.1 * repetitions).margin(0.034 * repetitions));  // standard error 0.67 points
}
