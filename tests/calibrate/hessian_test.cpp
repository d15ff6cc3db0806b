#include "fxpool/calibrate/hessian.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace fxpool::calibrate;

TEST_CASE("the covariance of a normal sample's mean and log deviation", "[hessian]") {
    std::mt19937_64 bits(5);
    std::normal_distribution<double> normal;
    std::vector<double> sample;
    double mean = 0, square = 0;
    constexpr int n = 400;
    for (int i = 0; i < n; ++i) sample.push_back(0.0003 + 0.004 * normal(bits));
    for (const double x : sample) mean += x / n;
    for (const double x : sample) square += (x - mean) * (x - mean) / n;
    const Likelihood likelihood = [&](std::span<const double> at) {
        double sum = 0;
        for (const double x : sample) sum -= at[1] + std::pow((x - at[0]) / std::exp(at[1]), 2) / 2;
        return sum;
    };
    const std::vector<double> at = {mean, std::log(square) / 2};
    for (const double step : {1e-7, 1e-3, 10.0}) {  // wherever the search for steps begins
        const auto covariance = hessian_inverse(likelihood, at, std::vector<double>{step, step});
        REQUIRE(covariance);
        CHECK((*covariance)[0] == Approx(square / n).epsilon(0.002));
        CHECK((*covariance)[3] == Approx(1 / (2.0 * n)).epsilon(0.002));
        CHECK(std::abs((*covariance)[1]) < 0.002 * std::sqrt(square / n / (2.0 * n)));
        CHECK((*covariance)[1] == (*covariance)[2]);
    }
}

TEST_CASE("correlated coordinates keep their correlation", "[hessian]") {
    // -(a - b)^2 / 2 * 100 - (a + b)^2 / 2: variances of a - b and a + b are 0.01 and 1
    const Likelihood ridge = [](std::span<const double> at) { return -50 * std::pow(at[0] - at[1], 2) - 0.5 * std::pow(at[0] + at[1], 2); };
    const auto covariance = hessian_inverse(ridge, std::vector<double>{0, 0}, std::vector<double>{1, 1});
    REQUIRE(covariance);
    CHECK((*covariance)[0] == Approx(1.01 / 4));
    CHECK((*covariance)[1] == Approx(0.99 / 4));
}

TEST_CASE("no covariance at a saddle, on a plain or beside nothing", "[hessian]") {
    const std::vector<double> at = {0, 0}, step = {0.1, 0.1};
    CHECK_FALSE(hessian_inverse([](std::span<const double> x) { return x[0] * x[0] - x[1] * x[1]; }, at, step));
    CHECK_FALSE(hessian_inverse([](std::span<const double> x) { return -x[0] * x[0] - x[1] * x[1] - 3 * x[0] * x[1]; }, at, step));
    CHECK_FALSE(hessian_inverse([](std::span<const double> x) { return -x[0] * x[0]; }, at, step));
    CHECK_FALSE(hessian_inverse([](std::span<const double>) { return std::numeric_limits<double>::quiet_NaN(); }, at, step));
}

TEST_CASE("the inverse of a positive matrix by hand", "[hessian]") {
    const auto inverse = positive_inverse({4, 2, 2, 3}, 2);
    REQUIRE(inverse);
    CHECK((*inverse)[0] == Approx(3.0 / 8));
    CHECK((*inverse)[1] == Approx(-2.0 / 8));
    CHECK((*inverse)[2] == Approx(-2.0 / 8));
    CHECK((*inverse)[3] == Approx(4.0 / 8));
    CHECK(positive_inverse({}, 0)->empty());
    CHECK_FALSE(positive_inverse({1, 2, 2, 1}, 2));
    CHECK_FALSE(positive_inverse({1, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN(), 1}, 2));
    CHECK_FALSE(positive_inverse({1, 1, 1, 1}, 2));
}
