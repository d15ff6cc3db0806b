#include "fxpool/market/correlation.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using fxpool::cholesky;

TEST_CASE("the factor of two rates is rho and the square root of what it leaves", "[correlation]") {
    const auto factor = cholesky({1, 0.55, 0.55, 1}, 2);
    REQUIRE(factor.first_bad == -1);
    CHECK(factor.root[0] == 1);
    CHECK(factor.root[1] == 0);
    CHECK(factor.root[2] == 0.55);
    CHECK(factor.root[3] == Approx(std::sqrt(1 - 0.55 * 0.55)).epsilon(1e-15));
}

TEST_CASE("the factor times its transpose is the matrix", "[correlation]") {
    const std::vector<double> matrix = {1, 0.6, -0.3, 0.6, 1, 0.2, -0.3, 0.2, 1};
    const auto factor = cholesky(matrix, 3);
    REQUIRE(factor.first_bad == -1);
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            double sum = 0;
            for (std::size_t k = 0; k < 3; ++k) sum += factor.root[i * 3 + k] * factor.root[j * 3 + k];
            CHECK(sum == Approx(matrix[i * 3 + j]).margin(1e-15));
            if (j > i) CHECK(factor.root[i * 3 + j] == 0);
        }
    }
}

TEST_CASE("correlations that cannot be are found, with the first rate that breaks them", "[correlation]") {
    // A and B move together, A and C too, but B and C move against each other: no such three rates exist
    CHECK(cholesky({1, 0.9, 0.9, 0.9, 1, -0.9, 0.9, -0.9, 1}, 3).first_bad == 2);
    CHECK(cholesky({1, 1, 1, 1}, 2).first_bad == 1);  // two rates that move as one
    CHECK(cholesky({1, -1, -1, 1}, 2).first_bad == 1);
    CHECK(cholesky({1, 1.2, 1.2, 1}, 2).first_bad == 1);
    CHECK(cholesky({1, 0.999, 0.999, 1}, 2).first_bad == -1);
}
