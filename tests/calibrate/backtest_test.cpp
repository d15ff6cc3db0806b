#include "fxpool/calibrate/backtest.hpp"
#include "fxpool/calibrate/compare.hpp"
#include "tests/calibrate/samples.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

namespace {

constexpr int eight_years = 2100;

/// Fewer paths than a user's back-test has, to be quick.
BacktestOptions quick() { return {.forecast_paths = 1000, .null_paths = 199}; }

std::vector<double> gbm_moves(int count, std::int64_t path = 0) {
    const auto fit = known_gbm(0.04);
    return simulate(fit, fit.long_run, count, 11, path);
}

/// gbm of 4 % volatility that also drifts by 20 % a year, up or down for half a year at a time: its moves of six months are far larger
/// than its days say.
std::vector<double> trending_moves(int count) {
    auto moves = gbm_moves(count);
    const Draws draws(12, 0);
    for (std::size_t i = 0; i < moves.size(); ++i) {
        const bool up = draws.uniform(Purpose::chain, i / 126) < 0.5;
        moves[i] += (up ? 0.2 : -0.2) * 7 / 5 / 365;
    }
    return moves;
}

Backtest backtested(const Family& family, const Series& series, const BacktestOptions& options) {
    return backtest(family, series, family.fit(series, options.fit), options);
}

std::vector<int> horizons_of(const Backtest& backtest) {
    std::vector<int> days;
    for (const auto& score : backtest.scores) days.push_back(score.horizon);
    return days;
}

std::string notes_of(const Backtest& backtest) {
    std::string all;
    for (const auto& note : backtest.notes) all += render(note, Language::en) + "\n";
    return all;
}

}  // namespace

TEST_CASE("every 10 days a forecast, every 120 a refit", "[backtest]") {
    const auto series = series_of(gbm_moves(eight_years));
    double share = 0;
    auto options = quick();
    options.progress = [&](double done) {
        CHECK(done >= share);
        share = done;
    };
    const auto result = backtested(gbm(), series, options);
    REQUIRE_FALSE(result.failure);
    CHECK(share == Approx(1));
    CHECK(result.model == "gbm");
    CHECK(result.origins == 135);  // after 750, 760, ..., 2090 moves
    CHECK(result.refits == 12);    // after 750, 870, ..., 2070
    CHECK(result.failed_refits == 0);
    CHECK(result.first == series.dates[750]);
    CHECK(result.last == series.dates[2090]);
    CHECK(horizons_of(result) == std::vector<int>{10, 63, 126, 250});
    CHECK(result.notes.empty());
    REQUIRE(result.tests.size() == 20);
    for (const auto& test : result.tests) {
        CHECK(test.forecasts == static_cast<int>(result.scores[test.test.h].crps_by_origin.size()));
        CHECK(test.hits <= test.forecasts);
        CHECK(test.p_value >= 1.0 / 200);
        CHECK(test.p_value <= 1);
    }
    CHECK(result.scores[3].crps_by_origin.size() == 111);  // after 750, ..., 1850
    // the expected CRPS of a normal law that is right is deviation / sqrt(pi); 111 overlapping forecasts stray from it by a third or so
    for (const auto& score : result.scores) {
        const double deviation = 0.04 * std::sqrt(score.horizon * series.dt);
        CHECK(score.crps == Approx(0.564 * deviation).epsilon(0.5));
        CHECK(score.log_score == Approx(-1.419 - std::log(deviation)).margin(0.7));
    }
    // 99 % of the six-month moves of gbm with the sample's own growth
    const auto fit = gbm().fit(series, {});
    const double years = 126 * series.dt;
    CHECK(std::log1p(result.depreciation_99) == Approx(fit.coordinates[1] * years + 2.326 * std::exp(fit.coordinates[0]) * std::sqrt(years)).epsilon(0.06));
}

TEST_CASE("a forecast knows nothing of what comes after its origin", "[backtest]") {
    // The moves after 1,500 are another world: what was forecast for the days before is the same, to the last digit.
    auto options = quick();
    options.null_paths = 19;
    auto moves = gbm_moves(eight_years);
    const auto before = backtested(gbm(), series_of(moves), options);
    for (std::size_t i = 1500; i < moves.size(); ++i) moves[i] = 3 * moves[i] + 0.0002;
    const auto after = backtested(gbm(), series_of(moves), options);
    for (std::size_t h = 0; h < horizons.size(); ++h) {
        const auto& a = before.scores[h].crps_by_origin;
        const auto& b = after.scores[h].crps_by_origin;
        const auto same = static_cast<std::size_t>((1500 - 750 - horizons[h]) / 10) + 1;
        CHECK(std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(same), b.begin()));
        CHECK(a[same] != b[same]);
    }
}

TEST_CASE("gbm is rejected on a planted trend", "[backtest]") {
    const auto result = backtested(gbm(), series_of(trending_moves(3500)), quick());
    CHECK(result.rejected());
    // in six months the bounds of both sides do not hold
    for (const auto& test : result.tests) {
        if (horizons[test.test.h] == 126 && test.test.level == 0.95) CHECK(test.p_value <= 0.05);
    }
    const auto comparison = compare({result});
    CHECK_FALSE(comparison.recommended);
}

TEST_CASE("with less than six years the long horizons are left out, and it says so", "[backtest]") {
    auto options = quick();
    options.null_paths = 19;
    const auto five = backtested(gbm(), series_of(gbm_moves(1300)), options);
    CHECK(five.first == series_of(gbm_moves(1300)).dates[500]);  // below eight years the first forecast is made after two
    CHECK(horizons_of(five) == std::vector<int>{10, 63});
    CHECK(notes_of(five) ==
          "forecasts of 126 business days are left out: they need six years of rates\n"
          "forecasts of 250 business days are left out: they need six years of rates\n");
    CHECK(five.tests.size() == 12);

    const auto six = backtested(gbm(), series_of(gbm_moves(1566)), options);
    CHECK(horizons_of(six) == std::vector<int>{10, 63, 126, 250});

    const auto two = backtested(gbm(), series_of(gbm_moves(620)), options);
    CHECK(horizons_of(two) == std::vector<int>{10});
    CHECK(notes_of(two).rfind("forecasts of 63 business days are left out: fewer than 3 fit between 2005-12-05 and 2006-05-22 without overlap\n", 0) == 0);

    const auto none = backtested(gbm(), series_of(gbm_moves(529)), options);
    REQUIRE(none.failure);
    CHECK(render(*none.failure, Language::en) == "a back-test needs 530 daily moves or more; there are 529");
}

TEST_CASE("a refit that fails leaves the one before in force", "[backtest]") {
    auto options = quick();
    options.null_paths = 19;
    auto family = gbm();
    family.fit = [](const Series& series, const FitOptions& asked) {
        auto fit = gbm().fit(series, asked);
        if (series.moves.size() >= 1000 && series.moves.size() < 1400) fit.failure = verbatim("no peak");
        return fit;
    };
    const auto series = series_of(gbm_moves(eight_years));
    const auto some = backtest(family, series, gbm().fit(series, {}), options);
    REQUIRE_FALSE(some.failure);
    CHECK(some.refits == 12);
    CHECK(some.failed_refits == 3);  // after 1110, 1230 and 1350 moves
    CHECK(notes_of(some) == "3 of 12 refits failed and the one before was kept; the last: no peak\n");
    CHECK(some.origins == 135);

    family.fit = [](const Series&, const FitOptions&) {
        Fit fit;
        fit.failure = verbatim("no peak");
        return fit;
    };
    const auto first = backtest(family, series, gbm().fit(series, {}), options);
    REQUIRE(first.failure);
    CHECK(render(*first.failure, Language::en) == "the fit to the rates until " + series.dates[750].iso() + " failed: no peak");
    const auto whole = backtest(family, series, family.fit(series, {}), options);
    REQUIRE(whole.failure);
    CHECK(render(*whole.failure, Language::en) == "no peak");
}

TEST_CASE("a back-test is the same for any number of threads", "[backtest]") {
    auto options = quick();
    options.null_paths = 49;
    const auto series = series_of(gbm_moves(1800));
    options.threads = 1;
    const auto one = backtested(gbm(), series, options);
    options.threads = 3;
    const auto three = backtested(gbm(), series, options);
    CHECK(one.p_value == three.p_value);
    CHECK(one.depreciation_99 == three.depreciation_99);
    for (std::size_t i = 0; i < one.tests.size(); ++i) {
        CHECK(one.tests[i].p_value == three.tests[i].p_value);
        CHECK(one.tests[i].power == three.tests[i].power);
    }
    for (std::size_t h = 0; h < one.scores.size(); ++h) CHECK(one.scores[h].crps_by_origin == three.scores[h].crps_by_origin);
}

TEST_CASE("estimates, which are not in the null, make it reject gbm's own samples in about 10 % of all cases", "[backtest][.slow]") {
    // 100 samples of 10 years: a standard error of 3 %
    double rejected = 0;
    for (int sample = 0; sample < 100; ++sample) rejected += backtested(gbm(), series_of(gbm_moves(2700, sample)), quick()).rejected() / 100.0;
    INFO("rejected: " << 100 * rejected << " %");
    CHECK(rejected >= 0.03);
    CHECK(rejected <= 0.2);
}
