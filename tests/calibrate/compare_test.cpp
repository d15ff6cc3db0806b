#include "fxpool/calibrate/compare.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::calibrate;

namespace {

/// A back-test whose 10-day CRPS by origin alternates round `mean` by `swing`.
Backtest tested(const std::string& model, double mean, double swing, double p_value, double depreciation) {
    Backtest backtest;
    backtest.model = model;
    backtest.p_value = p_value;
    backtest.depreciation_99 = depreciation;
    Score score{.horizon = 10, .crps = mean};
    for (int i = 0; i < 400; ++i) score.crps_by_origin.push_back(mean + (i % 2 == 0 ? swing : -swing));
    backtest.scores = {score};
    return backtest;
}

std::string english(const Comparison& comparison) { return render(comparison.reason, Language::en); }

}  // namespace

TEST_CASE("models are ranked by CRPS; what lies within the error is not separable", "[compare]") {
    // The difference of b is 2 % without error; that of c is 0.02 %, its error is the swing's
    auto c = tested("c", 0.010002, 0.0, 0.3, 0.09);
    for (std::size_t i = 0; i < 400; ++i) c.scores[0].crps_by_origin[i] += i % 100 < 50 ? 0.003 : -0.003;
    const auto comparison = compare({tested("b", 0.0102, 0, 0.3, 0.08), tested("a", 0.01, 0, 0.3, 0.07), c});
    REQUIRE(comparison.ranking.size() == 3);
    CHECK(comparison.ranking[0].model == "a");
    CHECK(comparison.ranking[0].score == 1);
    CHECK(comparison.ranking[0].difference == 0);
    CHECK_FALSE(comparison.ranking[0].separable);
    CHECK(comparison.ranking[1].model == "c");
    CHECK(comparison.ranking[1].score == Approx(1.0002));
    CHECK_FALSE(comparison.ranking[1].separable);
    CHECK(comparison.ranking[2].model == "b");
    CHECK(comparison.ranking[2].score == Approx(1.02));
    CHECK(comparison.ranking[2].separable);
}

TEST_CASE("errors know that neighbouring origins go together", "[compare]") {
    // A difference of 0.1 % that swings by 0.5 % in runs of 10 origins. Taken as independent its error is 0.5 %/sqrt(400) = 0.025 %: separable
    // by four of them. Over 25 lags the runs cancel, so swing in runs of 100: the error is then 4 to 5 times as large.
    auto worse = tested("worse", 0.01001, 0, 0.3, 0.1);
    for (std::size_t i = 0; i < 400; ++i) worse.scores[0].crps_by_origin[i] += i / 100 % 2 == 0 ? 0.00005 : -0.00005;
    const auto comparison = compare({tested("better", 0.01, 0, 0.3, 0.1), worse});
    CHECK(comparison.ranking[1].difference == Approx(0.001).epsilon(0.01));
    CHECK(comparison.ranking[1].error > 4 * 0.00025);
    CHECK_FALSE(comparison.ranking[1].separable);
}

TEST_CASE("a horizon counts as much as another, whatever its size", "[compare]") {
    // a is 10 % better over 10 days, b 20 % better over 250, where scores are ten times as large
    auto a = tested("a", 0.009, 0, 0.3, 0.1), b = tested("b", 0.010, 0, 0.3, 0.1);
    a.scores.push_back({.horizon = 250, .crps = 0.10, .crps_by_origin = std::vector<double>(376, 0.10)});
    b.scores.push_back({.horizon = 250, .crps = 0.08, .crps_by_origin = std::vector<double>(376, 0.08)});
    const auto comparison = compare({a, b});
    CHECK(comparison.ranking[0].model == "b");
    // scaled by the models' means: a (0.009/0.0095 + 0.10/0.09)/2, b (0.010/0.0095 + 0.08/0.09)/2
    CHECK(comparison.ranking[1].difference == Approx((-0.001 / 0.0095 + 0.02 / 0.09) / 2));
    // where one model has no 250 days, none is judged by them
    b.scores.pop_back();
    CHECK(compare({a, b}).ranking[0].model == "a");
}

TEST_CASE("of the models not rejected the most cautious is recommended", "[compare]") {
    const auto comparison = compare({tested("gbm", 0.0100, 0, 0.001, 0.12), tested("garch", 0.0101, 0, 0.20, 0.08), tested("regime", 0.0102, 0, 0.40, 0.0943)});
    CHECK(comparison.recommended == "regime");
    CHECK(comparison.ranking[0].rejected);
    CHECK(english(comparison) ==
          "regime is recommended: of the 2 models that the back-test does not reject it has the largest 99 % depreciation over six months, 9.4 %");
    CHECK(render(comparison.reason, Language::zh) == "推荐 regime：在未被回测拒绝的 2 个模型中，其六个月 99 % 贬值幅度最大，为 9.4 %");
}

TEST_CASE("of equally cautious models the better forecaster is recommended", "[compare]") {
    CHECK(compare({tested("a", 0.011, 0, 0.3, 0.09), tested("b", 0.010, 0, 0.3, 0.09)}).recommended == "b");
}

TEST_CASE("models that tie are not separable and keep their order", "[compare]") {
    const auto comparison = compare({tested("a", 0.01, 0.001, 0.3, 0.09), tested("b", 0.01, 0.001, 0.3, 0.08)});
    CHECK(comparison.ranking[0].model == "a");
    CHECK_FALSE(comparison.ranking[1].separable);
    CHECK(comparison.recommended == "a");
}

TEST_CASE("a single model left is recommended for that", "[compare]") {
    const auto comparison = compare({tested("a", 0.01, 0, 0.001, 0.3), tested("b", 0.02, 0, 0.05001, 0.1)});
    CHECK(comparison.recommended == "b");
    CHECK(english(comparison) == "b is recommended: it is the only model that the back-test does not reject");
}

TEST_CASE("a failed fit is listed with its reason and the others are ranked", "[compare]") {
    Backtest failed;
    failed.model = "heston";
    failed.failure = verbatim("did not converge");
    const auto comparison = compare({failed, tested("a", 0.01, 0, 0.3, 0.1)});
    REQUIRE(comparison.failed.size() == 1);
    CHECK(comparison.failed[0].first == "heston");
    CHECK(render(comparison.failed[0].second, Language::en) == "did not converge");
    CHECK(comparison.ranking.size() == 1);
    CHECK(comparison.recommended == "a");

    const auto none = compare({failed});
    CHECK(none.ranking.empty());
    CHECK_FALSE(none.recommended);
    CHECK(english(none) == "no model is recommended: no fit succeeded");
}

TEST_CASE("where all are rejected none is recommended, and it says why", "[compare]") {
    const auto comparison = compare({tested("a", 0.01, 0, 0.01, 0.1), tested("b", 0.02, 0, 0.05, 0.2)});
    CHECK_FALSE(comparison.recommended);
    CHECK(comparison.ranking.size() == 2);
    CHECK(english(comparison) == "no model is recommended: the back-test rejects every one of them");
}
