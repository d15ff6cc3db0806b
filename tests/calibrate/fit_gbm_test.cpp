#include "tests/calibrate/recovery.hpp"
#include "tests/support/planted.hpp"

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

TEST_CASE("gbm is the sample's mean and standard deviation", "[fit_gbm]") {
    auto series = series_of({0.01, -0.02, 0.03, 0, 0});
    series.dt = 0.004;
    const auto fit = gbm().fit(series, {});
    REQUIRE(!fit.failure);
    // mean 0.004; squares about it 0.000036 + 0.000576 + 0.000676 + 2 * 0.000016 = 0.00132, over 5 moves 0.000264, over 0.004 years 0.066
    const auto& model = std::get<GbmModel>(fit.model);
    CHECK(model.volatility.steps.front().second == Approx(std::sqrt(0.066)));
    CHECK(model.drift.steps.front().second == Approx(1 + 0.033));  // mean 0.004 / 0.004, and half the variance: growth of the expectation
    CHECK(fit.parameters[0].name == "volatility");
    CHECK(*fit.parameters[0].standard_error == Approx(std::sqrt(0.066) / std::sqrt(10)));
    // of the drift: that of the mean, sqrt(0.000264/5)/0.004, and that of volatility^2/2, volatility^2/sqrt(10)
    CHECK(*fit.parameters[1].standard_error == Approx(std::sqrt(0.000264 / 5 / 0.004 / 0.004 + 0.066 * 0.066 / 10)));
    CHECK(fit.free_parameters == 2);
}

TEST_CASE("gbm's likelihood is that of independent normal moves, and highest at the fit", "[fit_gbm]") {
    const auto series = series_of(simulated(true_gbm().model, 500, 3, 0));
    const auto fit = gbm().fit(series, {});
    const double volatility = fit.parameters[0].value * std::sqrt(fit.dt);
    // at the maximum the squares over the variance sum to the number of moves
    CHECK(*fit.log_likelihood == Approx(-500 * (std::log(volatility) + 0.5 * std::log(2 * std::acos(-1.0)) + 0.5)));
    for (const std::size_t slot : {0U, 1U}) {
        for (const double step : {-0.01, 0.01}) {
            auto beside = fit.coordinates;
            beside[slot] += step;
            CHECK(gbm().log_likelihood(fit, beside, series.moves) < *fit.log_likelihood);
        }
    }
}

TEST_CASE("gbm's transform of a move is its normal probability", "[fit_gbm]") {
    const auto fit = known_gbm(0.04, 0);
    const double day = 0.04 * std::sqrt(fit.dt);
    const std::vector<double> moves = {0, day, -2 * day};
    const auto filtered = gbm().filter(fit, moves);
    CHECK(filtered.pit[0] == Approx(0.5));
    CHECK(filtered.pit[1] == Approx(0.841344746));
    CHECK(filtered.pit[2] == Approx(0.022750132));
    CHECK(filtered.weights == std::vector<double>(4, 1.0));
    CHECK(gbm().anchors(fit).size() == 1);
}

TEST_CASE("a rate that never moves is a failure in every model", "[fit_gbm]") {
    for (const auto& family : families()) {
        const auto fit = family.fit(series_of(std::vector<double>(600, 0.0)), {});
        REQUIRE(fit.failure);
        CHECK(render(*fit.failure, Language::en) == "the rate does not move: there is nothing to fit");
    }
}

TEST_CASE("gbm recovers the parameters of samples it was simulated from", "[fit_gbm][statistical]") {
    // ln of the estimated volatility spreads by 1/sqrt(2 * 2500) = 1.4 %; over 200 samples its mean by 0.1 %
    const auto recovery = recover(true_gbm(), 200, 2500, 11);
    check_recovery(recovery);
    CHECK(planted(std::exp(of(recovery, "volatility").bias())) == Approx(1).margin(5 * 0.001));
}
