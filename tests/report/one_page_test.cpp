#include "fxpool/report/one_page.hpp"
#include "fxpool/report/layout.hpp"

#include "tests/report/example_results.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

using namespace fxpool;
using namespace fxpool::report;
using namespace fxpool::testing;
using Catch::Matchers::Contains;

namespace {

PageFacts facts() {
    PageFacts page;
    page.seconds = 9.84;
    page.folder = "results/fuzhou";
    page.verdicts = judge({{"exhaustion.probability", Limit::Bound::at_most, 0.01, "<= 1%"}}, reported_results());
    page.run_command = "fxpool run fuzhou.yaml --paths 100000 --seed 20250325";
    page.trace_command = "fxpool trace fuzhou.yaml --path";
    return page;
}

std::string page(const Scenario& scenario, const PageFacts& page_facts, Language language) {
    return one_page(scenario, reported_prepared(), reported_results(), page_facts, language);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// The place on the terminal where `part` begins in its line; -1 where no line has it.
int place_of(const std::string& text, const std::string& part) {
    for (const auto& line : lines_of(text)) {
        const auto at = line.find(part);
        if (at != std::string::npos) return display_width(line.substr(0, at));
    }
    return -1;
}

}  // namespace

TEST_CASE("the page answers each question with its error", "[one_page]") {
    const auto text = page(reported_scenario(), facts(), Language::en);
    CHECK_THAT(text, Contains("Fuzhou public margin pool - base case"));
    CHECK_THAT(text, Contains("fuzhou, 100,000 paths, seed 20250325, 9.8 s"));
    CHECK_THAT(text, Contains("Exhausted within the year"));
    CHECK_THAT(text, Contains("0.03 %  (0.02 to 0.04)"));
    CHECK_THAT(text, Contains("limit <= 1%: met"));
    CHECK_THAT(text, Contains("of 20 m"));
    CHECK_THAT(text, Contains("0.41 m  (0.40 to 0.42)"));
    CHECK_THAT(text, Contains("2.44 % of margin waived"));  // 412,345 / 16.9 m
    CHECK_THAT(text, Contains("≥ 5.2 m"));
    CHECK_THAT(text, Contains("pool 80 %  banks 20 %  guarantor 0 %  government 0 %  of 0.52 m in all"));
    CHECK_THAT(text, Contains("84.1 % on average, 97.1 % at peak; refused: 3.12 deals, USD 0.9 m"));
    CHECK_THAT(text, Contains("BOC 6.1 m  ICBC 4.0 m"));
    CHECK_THAT(text, Contains("Files: results/fuzhou/"));
    CHECK_THAT(text, Contains("fxpool trace fuzhou.yaml --path 6127"));
}

TEST_CASE("the last line repeats the result", "[one_page]") {
    CHECK(lines_of(page(reported_scenario(), facts(), Language::en)).back() == "Repeat: fxpool run fuzhou.yaml --paths 100000 --seed 20250325");
}

TEST_CASE("the page keeps to its width, and its columns stand under each other in both languages", "[one_page]") {
    for (const auto language : {Language::en, Language::zh}) {
        const auto text = page(reported_scenario(), facts(), language);
        INFO(text);
        for (const auto& line : lines_of(text)) CHECK(display_width(line) <= page_width);
        const std::string open = language == Language::en ? "(0.40" : "（40";
        CHECK(place_of(text, language == Language::en ? "(0.02" : "（0.02") == place_of(text, open));
        CHECK(place_of(text, open) > 0);
    }
}

TEST_CASE("the Chinese page has Chinese money, dates and names", "[one_page]") {
    const auto text = page(reported_scenario(), facts(), Language::zh);
    CHECK_THAT(text, Contains("福州市跨境汇率避险公共保证金池 - 基准情景"));
    CHECK_THAT(text, Contains("2026年1月5日至2027年1月5日，3 个工作日"));
    CHECK_THAT(text, Contains("41万元"));
    CHECK_THAT(text, Contains("2,000万元"));
    CHECK_THAT(text, Contains("中行福州分行 610万元"));
    CHECK_THAT(text, Contains("限值 <= 1%：满足"));
}

TEST_CASE("inputs at their defaults are named, whoever wrote them; others are not", "[one_page]") {
    auto scenario = reported_scenario();  // gives multiple, split and the default probability, each at its default
    auto text = page(scenario, facts(), Language::en);
    CHECK_THAT(text, Contains("margin rate 5 %"));
    CHECK_THAT(text, Contains("multiple 1;"));
    CHECK_THAT(text, Contains("default probability 3 % a year, correlation 12 %"));
    CHECK_THAT(text, Contains("no fee; the fund earns 1.3 % a year; its money costs 2 %"));
    CHECK_THAT(text, !Contains("deal cap"));  // no new business: no admission
    scenario.settings.new_business = NewBusinessSettings{};
    CHECK_THAT(page(scenario, facts(), Language::en), Contains("deal cap USD 2 m, 12 months"));

    scenario.settings.pool.multiple = 5;
    scenario.settings.pool.pool_share = 0.5;
    scenario.settings.failure.pd.otherwise = 0.04;
    scenario.settings.pool.margin_rate = {{3, 0.05}, {12, 0.08}};
    text = page(scenario, facts(), Language::en);
    for (const auto* gone : {"multiple 1;", "of a claim, banks", "default probability", "margin rate"}) CHECK_THAT(text, !Contains(gone));
    CHECK_THAT(text, Contains("default correlation 12 %"));
}

TEST_CASE("the cap of a claim is said whatever it is", "[one_page]") {
    auto scenario = reported_scenario();
    CHECK_THAT(page(scenario, facts(), Language::en), Contains("a claim is capped at the frozen quota;"));
    scenario.settings.pool.cap_multiple = 2.5;
    CHECK_THAT(page(scenario, facts(), Language::en), Contains("a claim is capped at 2.50 times the frozen quota (given)"));
    scenario.settings.pool.cap = Cap::none;
    CHECK_THAT(page(scenario, facts(), Language::en), Contains("a claim has no cap of its own (given)"));
}

TEST_CASE("the head tells of --set, and the assumptions of files that extend one another", "[one_page]") {
    auto scenario = reported_scenario();
    CHECK_THAT(page(scenario, facts(), Language::en), !Contains("With ") && !Contains("Made of:"));
    auto with_overrides = facts();
    with_overrides.overrides = {{"pool.multiple", "5"}, {"pool.fund", "30m"}};
    scenario.chain = {{"a/base.yaml", {"pool.fund"}}, {"a/child.yaml", {}}, {"b/child.yaml", std::vector<std::string>(12, "pool.fee")}};
    const auto text = page(scenario, with_overrides, Language::en);
    CHECK_THAT(text, Contains("\nWith pool.multiple = 5, pool.fund = 30m\n\n"));
    CHECK_THAT(text, Contains("Made of: base.yaml; a/child.yaml changes nothing; b/child.yaml changes pool.fee, "));
    CHECK_THAT(text, Contains("and 2 more keys"));
    for (const auto& line : lines_of(text)) CHECK(display_width(line) <= page_width);
}

TEST_CASE("the page says what limits the use of the quota", "[one_page]") {
    auto scenario = reported_scenario();
    auto results = reported_results();
    const auto told = [&] { return one_page(scenario, reported_prepared(), results, facts(), Language::en); };
    const auto refuse = [&](const char* cause, double deals) {
        results.metrics.push_back({{"quota", "refused", "by_cause", cause, "deals", "mean"}, estimate(deals, 0.1)});
    };
    refuse("notional_cap", 0.4);
    refuse("exporter_cap", 1.52);
    refuse("hedge_ratio", 1.2);
    CHECK_THAT(told(), !Contains("why:"));  // no new business, no applications
    scenario.settings.new_business = NewBusinessSettings{};
    CHECK_THAT(told(), Contains("why: above the exporter's cap on frozen quota (1.52)  above the hedge ratio (1.20)"));
    CHECK_THAT(told(), !Contains("does not bind"));  // 97 % at peak
    for (auto& metric : results.metrics) {
        if (metric.path == std::vector<std::string>{"quota", "utilisation", "peak", "mean"}) metric.estimate = estimate(0.94, 0.001);
    }
    CHECK_THAT(told(), Contains("the quota itself does not bind"));
    refuse("no_room", 0.01);
    CHECK_THAT(told(), !Contains("does not bind"));
}

TEST_CASE("the cost of the fund, fees and interest stand beside the expected loss", "[one_page]") {
    auto results = reported_results();
    results.metrics.push_back({{"benefit", "cost_of_fund"}, estimate(400'000)});
    results.metrics.push_back({{"benefit", "fees", "mean"}, estimate(0, 0)});
    results.metrics.push_back({{"benefit", "net_public_cost"}, estimate(550'000, 5'300)});
    results.metrics.push_back({{"budget", "2026", "interest", "mean"}, estimate(260'000, 10)});
    const auto text = one_page(reported_scenario(), reported_prepared(), results, facts(), Language::en);
    CHECK_THAT(text, Contains("Cost of the fund a year") && Contains("0.4 m") && Contains("2 % of the 20 m"));
    CHECK_THAT(text, Contains("Net public cost a year") && Contains("0.55 m  (0.54 to 0.56)") && Contains("  after interest 0.26 m\n"));
    CHECK_THAT(text, !Contains("Fees received"));
}

TEST_CASE("a gbm model is warned of, moves of the past are not", "[one_page]") {
    auto scenario = reported_scenario();
    CHECK_THAT(page(scenario, facts(), Language::en), Contains("Warning: USDCNY moves by gbm"));
    scenario.settings.market.pairs[0].model = GarchModel{};
    CHECK_THAT(page(scenario, facts(), Language::en), Contains("Warning: USDCNY moves by garch: it has no trends of some months"));
    scenario.settings.market.pairs[0].model = RegimeModel{};
    CHECK_THAT(page(scenario, facts(), Language::en), Contains("Warnings: none."));
    scenario.settings.market.pairs[0].model.reset();
    scenario.settings.market.pairs[0].given = GivenMoves{.moves = {0.01}};
    CHECK_THAT(page(scenario, facts(), Language::en), Contains("Warnings: none."));
    auto with_problem = facts();
    with_problem.warnings = {{Severity::warning, {"fuzhou.yaml", 3, 1}, "pool.fund", say("the fund is 0: every claim finds no cash")}};
    CHECK_THAT(page(scenario, with_problem, Language::en), Contains("Warning: pool.fund: the fund is 0: every claim finds no cash"));
}

TEST_CASE("limits on other figures have lines of their own", "[one_page]") {
    auto with_limits = facts();
    with_limits.verdicts =
        judge({{"pool_loss.demand.var.0.99", Limit::Bound::at_most, 2.85e6, "<= 2.85m"}, {"quota.utilisation.mean", Limit::Bound::at_least, 0.5, ">= 50%"}},
              reported_results());
    const auto text = page(reported_scenario(), with_limits, Language::en);
    CHECK_THAT(text, Contains("2.9 m (2.8 to 3.0)"));
    CHECK_THAT(text, Contains("limit <= 2.85m: not met, but the interval crosses it"));
    CHECK_THAT(text, Contains("84.1 % (84.0 to 84.2)"));
    CHECK_THAT(text, Contains("limit >= 50%: met"));
}

TEST_CASE("a horizon that is not a year is not called one", "[one_page]") {
    auto prepared = reported_prepared();
    prepared.serial.back() = Date::of(2026, 10, 26).serial;
    const auto text = one_page(reported_scenario(), prepared, reported_results(), facts(), Language::en);
    CHECK_THAT(text, Contains("Exhausted in the horizon"));
    CHECK_THAT(text, Contains("How bad can it be?"));
    CHECK_THAT(text, !Contains("within the year"));
}
