#include "fxpool/report/limits.hpp"
#include "fxpool/report/page_rows.hpp"

#include "tests/report/example_results.hpp"
#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::report;
using namespace fxpool::testing;

namespace {

Verdict judged(const std::string& metric, Limit::Bound bound, double value, const std::string& text = "") {
    return judge({{metric, bound, value, text}}, reported_results()).at(0);
}

}  // namespace

TEST_CASE("a limit is judged on the estimate", "[limits]") {
    CHECK(judged("exhaustion.probability", Limit::Bound::at_most, 0.01).met);
    CHECK_FALSE(judged("exhaustion.probability", Limit::Bound::at_most, 0.0001).met);
    CHECK(judged("exhaustion.probability", Limit::Bound::at_most, 0.0003).met);
    CHECK_FALSE(judged("exhaustion.probability", Limit::Bound::less, 0.0003).met);
    CHECK(judged("balance.lowest_available.0.01", Limit::Bound::at_least, 17.1e6).met);
    CHECK_FALSE(judged("balance.lowest_available.0.01", Limit::Bound::more, 17.1e6).met);
}

TEST_CASE("a limit within the error bar says so", "[limits]") {
    CHECK_FALSE(judged("exhaustion.probability", Limit::Bound::at_most, 0.01).uncertain);
    const auto close = judged("exhaustion.probability", Limit::Bound::at_most, 0.00035, "<= 0.035%");
    CHECK(close.met);
    CHECK(close.uncertain);
    CHECK(render(verdict_text(close), Language::en) == "limit <= 0.035%: met, but the interval crosses it");
    CHECK(render(verdict_text(judged("exhaustion.probability", Limit::Bound::at_most, 0.0001, "<= 0.01%")), Language::en) == "limit <= 0.01%: NOT met");
    CHECK(judged("pool_loss.demand.var.0.999", Limit::Bound::at_most, 20e6).uncertain);  // open upwards: it may be anything
    CHECK_FALSE(judged("pool_loss.demand.max", Limit::Bound::at_most, 20e6).uncertain);  // an observation
}

TEST_CASE("a figure that could not be estimated meets no limit", "[limits]") {
    const auto verdict = judged("exhaustion.day.0.5", Limit::Bound::at_most, 100);
    CHECK_FALSE(verdict.met);
    CHECK_FALSE(verdict.uncertain);
}

TEST_CASE("a limit on an unknown metric is an error that says what was meant", "[limits]") {
    auto scenario = reported_scenario();
    scenario.places["limits"] = {"fuzhou.yaml", 40, 3};
    scenario.settings.limits = {{"exhaustion.probabilty", Limit::Bound::at_most, 0.01, "<= 1%"},
                                {"exhaustion.probability", Limit::Bound::at_most, 0.01, "<= 1%"}};
    Problems problems;
    unknown_metrics(scenario, reported_results(), problems);
    CHECK(line_of(problems) ==
          "fuzhou.yaml:40:3: limits.exhaustion.probabilty: unknown metric 'exhaustion.probabilty'; did you mean 'exhaustion.probability'?");
    CHECK(judge(scenario.settings.limits, reported_results()).size() == 1);
}
