// --set key.path=value
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::testing;

TEST_CASE("an override goes over what the file says", "[overrides]") {
    const auto loaded = load_with("pool2: x\n", {{"pool.multiple", "5"}});
    CHECK_FALSE(loaded.scenario.has_value());
    CHECK(load_with("", {{"pool.multiple", "5"}}).settings().pool.multiple == 5);
    CHECK(load_with("", {{"pool.fund", "2000万"}}).settings().pool.fund == 20e6);
    CHECK(load_with("", {{"pool.fund", "1m"}, {"pool.fund", "2m"}}).settings().pool.fund == 2e6);
    CHECK(load_with("", {{"simulation.paths", "1e3"}}).settings().simulation.paths == 1000);
}

TEST_CASE("the value is YAML: maps merge, lists replace, none takes away", "[overrides]") {
    CHECK(load_with_pool("{split: {pool: 70%, guarantor: 10%}}").settings().pool.guarantor_share == 0.1);
    const auto split = load_with("benefit: {loan_rate: 5%, fund_cost: 1%}\n", {{"benefit", "{loan_rate: 6%}"}});
    CHECK(split.settings().benefit.loan_rate == 0.06);
    CHECK(split.settings().benefit.fund_cost == 0.01);
    CHECK(load_with("", {{"pool.products", "[swap]"}}).settings().pool.products == std::set{Product::swap});
    CHECK_FALSE(load_with("new_business: {}\n", {{"contracts", "none"}}).settings().contracts.has_value());
}

TEST_CASE("entries of lists and of open maps are reached", "[overrides]") {
    const std::string two = "banks: [{id: A, weight: 50%}, {id: B, weight: 50%}]";
    const auto banks = load_instead("banks: [{id: ICBC, weight: 100%}]", two, {{"banks[0].weight", "30%"}, {"banks.1.weight", "70%"}});
    REQUIRE(banks.lines() == "");
    CHECK(banks.settings().banks[0].weight == 0.3);
    CHECK(banks.settings().banks[1].weight == 0.7);
    CHECK(load_with("", {{"market.pairs.USDCNY.spot", "7.1"}}).settings().market.pairs[0].spot == 7.1);
    const auto limits = load_with("", {{"limits.pool_loss.demand.var.0.99", "<= 20m"}});
    REQUIRE(limits.lines() == "");
    CHECK(limits.settings().limits.front().metric == "pool_loss.demand.var.0.99");
    CHECK(load_with("", {{"pool.margin.rate.6M", "3%"}, {"pool.margin.rate.12M", "5%"}}).settings().pool.margin_rate == ByTenor{{6, 0.03}, {12, 0.05}});
}

TEST_CASE("a number that stands for a map becomes one", "[overrides]") {
    const auto by_sector = load_with("failure: {insolvency: {pd: 4%}}\n", {{"failure.insolvency.pd.food", "9%"}});
    REQUIRE(by_sector.lines() == "");
    CHECK(by_sector.settings().failure.pd.at("food") == 0.09);
    CHECK(by_sector.settings().failure.pd.at("tea") == 0.04);
    CHECK(load_with("", {{"failure.insolvency.pd.food", "9%"}}).settings().failure.pd.at("tea") == 0.03);
    const auto caps = load_instead("pool: {}", "pool: {exporter_cap: 500k}", {{"pool.exporter_cap.claims", "2m"}});
    REQUIRE(caps.lines() == "");
    CHECK(caps.settings().pool.exporter_frozen_cap == 500e3);
    CHECK(caps.settings().pool.exporter_claims_cap == 2e6);
}

TEST_CASE("parameters of models are reached", "[overrides]") {
    const std::string model = "market.pairs.USDCNY.model";
    const std::string regime = "{type: regime, states: [{name: a, volatility: 3%}, {name: b, volatility: 6%}], generator: [[-1, 1], [2, -2]]}";
    const auto other = load_with_model(regime, {{model + ".states[1].volatility", "9%"},
                                                {model + ".generator[0]", "[-3, 3]"},
                                                {model + ".generator.1.0", "4"},
                                                {model + ".generator[1][1]", "-4"},
                                                {model + ".start", "[30%, 70%]"}});
    REQUIRE(other.lines() == "");
    CHECK(model_of<RegimeModel>(other).states[1].volatility == 0.09);
    CHECK(model_of<RegimeModel>(other).generator == Generator{{-3, 3}, {4, -4}});
    CHECK(model_of<RegimeModel>(other).start.probabilities == std::vector{0.3, 0.7});
    const auto quotes = load_with("", {{model + ".volatility.quotes.1M", "2%"}, {model + ".volatility.quotes.6M", "3%"}});
    REQUIRE(quotes.lines() == "");
    CHECK(model_of<GbmModel>(quotes).volatility.quotes == std::map<int, double>{{1, 0.02}, {6, 0.03}});
    CHECK(model_of<GbmModel>(load_with("", {{model + ".volatility.2026-01-05", "2%"}})).volatility.steps == DatedValues{{Date::of(2026, 1, 5), 0.02}});
    CHECK(load_with("", {{model, "{type: merton, jump_intensity: 4, jump_mean: 0, jump_volatility: 1%}"}, {model + ".volatility", "2%"}}).lines() == "");
    CHECK(load_with("", {{model + ".then.then", "none"}}).lines() ==
          "--set " + model + ".then.then: under '" + model + ".then': a 'then' can't have a 'then' of its own: its model goes on to the end");
    CHECK(load_with_model(regime, {{model + ".generator[0]", "[-1, 2]"}}).lines() ==
          "--set " + model + ".generator[0]: the row sums to 1, not to 0: the diagonal is minus the sum of the others");
}

TEST_CASE("what is wrong with an override is said of it", "[overrides]") {
    CHECK(load_with("", {{"pool.multipel", "5"}}).lines() == "--set pool.multipel: under 'pool': unknown key 'multipel'; did you mean 'multiple'?");
    CHECK(load_with("", {{"pool.multipel", "5"}}).lines(Language::zh) == "--set pool.multipel: 在“pool”之下：未知的键“multipel”，是否应为“multiple”？");
    CHECK(load_with("", {{"fund", "5"}}).lines() == "--set fund: unknown key 'fund'; it belongs under 'pool'");
    CHECK(load_with("", {{"pool.fund", "20x"}}).lines() == "--set pool.fund: '20x' has the unit 'x'; the units are %, k, m, bn, 万, 亿");
    CHECK(load_with("", {{"pool.fund", "{"}}).lines() == "--set pool.fund: a map that begins with '{' is not closed by '}', or a comma is missing");
    CHECK(load_with("", {{"pool.fund", ""}}).lines() == "--set pool.fund: there is no value; a number is wanted");
    CHECK(load_with("", {{"pool.fund.x", "1"}}).lines() == "--set pool.fund.x: there are no keys under 'pool.fund'");
    CHECK(load_with("", {{"banks[7].weight", "1"}}).lines() == "--set banks[7].weight: 'banks' has 1 entries, numbered from 0");
    CHECK(load_with("", {{"banks.ICBC", "1"}}).lines() == "--set banks.ICBC: 'banks' is a list: write banks[0] for its first entry");
    CHECK(load_with("", {{"extends", "b.yaml"}}).lines() == "--set extends: 'extends' can only stand in a file");
    CHECK(load_with("", {{"", "1"}}).lines() == "--set: the key is missing: write it like --set pool.multiple=5");
    CHECK(load_with("", {{"pool.split.pool", "150%"}}).lines() == "--set pool.split.pool: 150% is out of range: 0 % to 100 %");
}

TEST_CASE("what an override gives counts as given", "[overrides]") {
    const auto loaded = load_with("", {{"pool.multiple", "5"}});
    CHECK(loaded.scenario->given.count("pool.multiple") == 1);
    CHECK(loaded.scenario->given.count("pool.fund") == 0);
    CHECK(loaded.scenario->place_of("pool.multiple").file == "--set pool.multiple");
}
