#include "fxpool/calibrate/forecast.hpp"
#include "tests/calibrate/samples.hpp"
#include "tests/support/statistics.hpp"

#include <catch2/catch.hpp>
#include <numbers>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

namespace {

const std::vector<double> alone = {1.0};

double normal_density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); }

/// The normal law of gbm's log move over horizons[h].
struct NormalLaw {
    double mean, deviation;
    NormalLaw(double volatility, double growth, std::size_t h) {
        const double years = horizons[h] * 7.0 / 5 / 365;
        mean = growth * years;
        deviation = volatility * std::sqrt(years);
    }
    double at(double z) const { return mean + z * deviation; }
    /// Gneiting and Raftery (2007), "Strictly proper scoring rules, prediction, and estimation", equation 21.
    double crps(double z) const { return deviation * (z * (2 * normal_cdf(z) - 1) + 2 * normal_density(z) - 1 / std::sqrt(std::numbers::pi)); }
};

/// gbm that may be calm or wild: two anchors.
Family calm_or_wild() {
    auto family = gbm();
    family.anchors = [](const Fit&) { return std::vector<Model>{known_gbm(0.02).long_run, known_gbm(0.08).long_run}; };
    return family;
}

}  // namespace

TEST_CASE("the laws of gbm are normal", "[forecast][statistical]") {
    // 20,000 paths; errors relative to the answers, 1.4 % or less, and a bias of 10 %
    constexpr double paths = 20'000;
    const HorizonLaws laws(gbm(), known_gbm(0.04, 0.02), static_cast<int>(paths), 7, 0);
    REQUIRE(laws.anchors() == 1);
    for (std::size_t h = 0; h < horizons.size(); ++h) {
        INFO(horizons[h] << " days");
        const NormalLaw law(0.04, 0.02, h);
        for (const double z : {0.0, 1.0}) {
            const double p = normal_cdf(z);
            check_answer(laws.distribution(h, alone, law.at(z)), std::sqrt(p * (1 - p) / paths), p, 0.014, 0.1);
        }
        for (const double z : {-2.3263, -1.6449, 1.6449, 2.3263}) {
            const double p = normal_cdf(z);
            const double error = std::sqrt(p * (1 - p) / paths) / normal_density(z);
            check_answer((laws.quantile(h, alone, p) - law.mean) / law.deviation, error, z, 0.014, 0.1);
        }
        // a path adds |X - z| - E|X - X'| to the score, which spreads by one deviation of the law or less: 3 % of the smallest score
        for (const double z : {0.0, 1.0, 3.0}) {
            const double error = law.deviation / law.crps(z) / std::sqrt(paths);
            check_answer(laws.crps(h, alone, law.at(z)) / law.crps(z), error, 1, 0.031, 0.3);
        }
        CHECK(laws.mean(h, alone) == Approx(law.mean).margin(5 * law.deviation / std::sqrt(paths)));
    }
}

TEST_CASE("the log score is that of the normal density, and finite where no path came", "[forecast]") {
    const HorizonLaws laws(gbm(), known_gbm(0.04), 20'000, 7, 0);
    const NormalLaw law(0.04, 0, 2);
    // The kernel adds 2 % to the variance at 20,000 paths, and its own error at two deviations is 3 %
    for (const double z : {-2.0, -1.0, 0.0, 1.0, 2.0}) {
        INFO(z);
        CHECK(laws.log_score(2, alone, law.at(z)) == Approx(std::log(normal_density(z) / law.deviation)).margin(0.12));
    }
    // ln of 1/20,000 of Student's density 30 deviations away: ln(2 / (pi 901^2)) - ln 20,000
    CHECK(laws.log_score(2, alone, law.at(30)) == Approx(-23.96 - std::log(law.deviation)).margin(0.2));
    CHECK(laws.log_score(2, alone, law.at(30)) > laws.log_score(2, alone, law.at(31)));
}

TEST_CASE("outcomes beyond all paths are at the end of the law", "[forecast]") {
    const HorizonLaws laws(gbm(), known_gbm(0.04), 500, 7, 0);
    CHECK(laws.distribution(0, alone, -1) == 0);
    CHECK(laws.distribution(0, alone, 1) == 1);
    // all of the law lies below: the score is the distance, less half the mean distance of two paths
    CHECK(laws.crps(0, alone, 1) - laws.crps(0, alone, 0.5) == Approx(0.5));
}

TEST_CASE("laws are mixed by the weights of their anchors", "[forecast]") {
    const auto family = calm_or_wild();
    const auto fit = known_gbm(0.04);
    const HorizonLaws laws(family, fit, 4000, 7, 0);
    REQUIRE(laws.anchors() == 2);
    const std::vector<double> calm = {1, 0}, wild = {0, 1}, mixed = {0.75, 0.25};
    for (const double move : {-0.05, -0.01, 0.0, 0.01, 0.05}) {
        CHECK(laws.distribution(2, mixed, move) == Approx(0.75 * laws.distribution(2, calm, move) + 0.25 * laws.distribution(2, wild, move)));
    }
    for (const double p : {0.01, 0.05, 0.5, 0.95, 0.99}) CHECK(laws.distribution(2, mixed, laws.quantile(2, mixed, p)) == Approx(p));
    // a wild law four times as wide, drawn with the same numbers; the error is the grid's
    CHECK(laws.quantile(2, wild, 0.99) == Approx(4 * laws.quantile(2, calm, 0.99)).epsilon(0.02));
    CHECK(laws.quantile(2, mixed, 0.99) > laws.quantile(2, calm, 0.99));
    CHECK(laws.quantile(2, mixed, 0.99) < laws.quantile(2, wild, 0.99));
}

TEST_CASE("laws are the same for any number of threads", "[forecast]") {
    const HorizonLaws one(gbm(), known_gbm(0.04), 1000, 7, 1), three(gbm(), known_gbm(0.04), 1000, 7, 3);
    for (const double move : {-0.03, 0.001, 0.02}) CHECK(one.distribution(3, alone, move) == three.distribution(3, alone, move));
}
