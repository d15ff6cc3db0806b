#include "fxpool/model/matrix_exponential.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fxpool;

TEST_CASE("the exponential of a turn is the turn", "[matrix_exponential]") {
    const std::vector<double> turn = {0, -1, 1, 0};
    for (const double angle : {0.0, 0.01, 1.0, 30.0}) {
        const auto turned = matrix_exponential(turn, 2, angle);
        CHECK(turned[0] == Approx(std::cos(angle)).margin(1e-12));
        CHECK(turned[1] == Approx(-std::sin(angle)).margin(1e-12));
        CHECK(turned[2] == Approx(std::sin(angle)).margin(1e-12));
        CHECK(turned[3] == Approx(std::cos(angle)).margin(1e-12));
    }
}

TEST_CASE("the exponential of a nilpotent matrix is a polynomial", "[matrix_exponential]") {
    const auto powers = matrix_exponential(std::vector<double>{0, 1, 0, 0, 0, 1, 0, 0, 0}, 3, 4);
    const std::vector<double> expected = {1, 4, 8, 0, 1, 4, 0, 0, 1};
    for (std::size_t i = 0; i < 9; ++i) CHECK(powers[i] == Approx(expected[i]).epsilon(1e-13));
}

TEST_CASE("a chain of two states goes to its long-run probabilities at the sum of its intensities", "[matrix_exponential]") {
    // rows: 2/3 and 1/3 in the long run
    for (const double years : {1 / 365.0, 0.3, 2.0, 500.0}) {
        const auto p = matrix_exponential(std::vector<double>{-1, 1, 2, -2}, 2, years);
        CHECK(p[0] == Approx(2 / 3.0 + std::exp(-3 * years) / 3).epsilon(1e-12));
        CHECK(p[1] == Approx(1 / 3.0 - std::exp(-3 * years) / 3).epsilon(1e-12));
        CHECK(p[2] == Approx(2 / 3.0 - 2 * std::exp(-3 * years) / 3).epsilon(1e-12));
    }
}
