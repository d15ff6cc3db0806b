#include "fxpool/calibrate/forecast_scores.hpp"
#include "fxpool/base/random.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>
#include <vector>

using namespace fxpool::calibrate;

TEST_CASE("the score of the uniform law, inside and outside", "[forecast_scores]") {
    const std::vector<double> x = {0, 1}, cdf = {0, 1};
    for (const double y : {0.0, 0.3, 1.0}) CHECK(crps(x, cdf, y) == Approx((y * y * y + std::pow(1 - y, 3)) / 3));
    CHECK(crps(x, cdf, 3) == Approx(1.0 / 3 + 2));
    CHECK(crps(x, cdf, -2) == Approx(1.0 / 3 + 2));
}

TEST_CASE("the score of two values of equal chance, and of one", "[forecast_scores]") {
    const std::vector<double> x = {0, 0, 1, 1}, cdf = {0, 0.5, 0.5, 1};
    for (const double y : {0.0, 0.4, 1.0}) CHECK(crps(x, cdf, y) == Approx(0.25));
    CHECK(crps(x, cdf, 2) == Approx(1.25));
    const std::vector<double> bare = {0, 1}, steps = {0.5, 0.5};  // the same without the double places
    CHECK(crps(bare, steps, 0.4) == Approx(0.25));
    const std::vector<double> point = {7}, sure = {1};
    CHECK(crps(point, sure, 9) == 2);
    CHECK(crps(point, sure, 4) == 3);
}

TEST_CASE("the score of the normal law is Gneiting and Raftery's closed form", "[forecast_scores]") {
    std::vector<double> x, cdf;
    for (int i = -800; i <= 800; ++i) {
        x.push_back(i * 0.01);
        cdf.push_back(fxpool::normal_cdf(i * 0.01));
    }
    const double pi = std::acos(-1.0);
    for (const double z : {-9.0, -1.234, 0.0, 0.5, 3.0}) {
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * pi);
        const double closed = z * (2 * fxpool::normal_cdf(z) - 1) + 2 * density - 1 / std::sqrt(pi);
        CHECK(crps(x, cdf, z) == Approx(closed).epsilon(1e-4));
    }
}

TEST_CASE("a quantile by linear inversion", "[forecast_scores]") {
    const std::vector<double> x = {0, 1, 3, 4}, cdf = {0.1, 0.5, 0.5, 0.9};
    CHECK(quantile(x, cdf, 0.05) == 0);
    CHECK(quantile(x, cdf, 0.3) == Approx(0.5));
    CHECK(quantile(x, cdf, 0.5) == Approx(1));  // the smallest
    CHECK(quantile(x, cdf, 0.6) == Approx(3.25));
    CHECK(quantile(x, cdf, 0.95) == 4);
}

TEST_CASE("Newey-West by hand", "[forecast_scores]") {
    // deviations -1.5, -0.5, 0.5, 1.5: gamma_0 = 1.25, gamma_1 = 0.3125; (1.25 + 2 * (1/2) * 0.3125) / 4 = 0.625^2
    const std::vector<double> series = {1, 2, 3, 4};
    CHECK(newey_west_error(series, 1) == Approx(0.625));
    CHECK(newey_west_error(series, 0) == Approx(std::sqrt(1.25 / 4)));
    CHECK(newey_west_error(std::vector<double>{}, 3) == 0);
}

TEST_CASE("Newey-West's error is the spread of the mean of overlapping sums", "[forecast_scores]") {
    std::mt19937_64 bits(20260105);
    std::normal_distribution<double> normal;
    constexpr int repetitions = 500, n = 1500, overlap = 5;
    double squares = 0, errors = 0;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        std::vector<double> news, sums;
        for (int i = 0; i < n + overlap; ++i) news.push_back(normal(bits));
        double mean = 0;
        for (int i = 0; i < n; ++i) {
            double sum = 0;
            for (int j = 0; j < overlap; ++j) sum += news[static_cast<std::size_t>(i + j)];
            sums.push_back(sum);
            mean += sum / n;
        }
        squares += mean * mean;
        errors += newey_west_error(sums, 30);
    }
    CHECK(errors / repetitions == Approx(overlap / std::sqrt(n)).epsilon(0.08));              // Bartlett's weights cost some 3 %, few effective terms some more
    CHECK(std::sqrt(squares / repetitions) == Approx(overlap / std::sqrt(n)).epsilon(0.16));  // known to 3.2 %
}
