// Places, what is given, and the parameters of a result.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace fxpool;
using namespace fxpool::testing;
using Json = nlohmann::json;

TEST_CASE("every value has its place, and what has none the nearest above", "[scenario]") {
    const Scratch folder;
    const auto file = folder.file("a.yaml", least);
    const auto loaded = load_file(file);
    const auto& scenario = *loaded.scenario;
    const auto at = [&](int line, int column) { return Place{file.string(), line, column}; };
    CHECK(scenario.place_of("name") == at(2, 7));
    CHECK(scenario.place_of("market.pairs.USDCNY.spot") == at(7, 20));
    CHECK(scenario.place_of("banks[0].weight") == at(9, 28));
    CHECK(scenario.place_of("banks[0].name.en") == at(9, 9));
    CHECK(scenario.place_of("market") == at(4, 1));  // a map on lines of its own: by its key
    CHECK(scenario.place_of("pool.split.guarantor") == at(8, 7));
    CHECK(scenario.place_of("failure.late") == at(0, 0));
}

TEST_CASE("what files give is told from defaults", "[scenario]") {
    const auto loaded = load_with_pool("{split: {pool: 70%}}");
    const auto& given = loaded.scenario->given;
    CHECK(given.count("pool.split.pool") == 1);
    CHECK(given.count("pool.split.guarantor") == 0);
    CHECK(given.count("horizon.months") == 0);
    CHECK(given.count("banks[0].id") == 1);
    CHECK(given.count("failure.insolvency.pd") == 0);
}

TEST_CASE("parameters hold every input after defaults, in plain units", "[scenario]") {
    const auto parameters = Json::parse(load_with_pool("{fund: 2000万, deal_cap: {months: none}, refill: {when: trigger}}").scenario->parameters_json);
    CHECK(parameters["fxpool"] == 1);
    CHECK(parameters["horizon"]["months"] == 12);
    CHECK(parameters["market"]["reference"] == "USDCNY");
    CHECK(parameters["market"]["curves"]["CNY"] == 0.015);
    CHECK(parameters["market"]["pairs"]["USDCNY"]["model"]["volatility"] == 0.042);
    CHECK(parameters["pool"]["fund"] == 20'000'000);
    CHECK(parameters["pool"]["deal_cap"]["usd"] == 2'000'000);
    CHECK(parameters["pool"]["deal_cap"]["months"] == "none");
    CHECK(parameters["pool"]["yearly_claims_cap"] == "none");
    CHECK(parameters["pool"]["netting"] == true);
    CHECK(parameters["pool"]["refill"]["below"] == 0.5);
    CHECK(parameters["pool"]["margin"]["calls"] == "off");
    CHECK(parameters["failure"]["insolvency"]["pd"] == 0.03);
    CHECK(parameters["failure"]["late"] == "none");
    CHECK(parameters["simulation"]["antithetic"] == false);
    CHECK(parameters["contracts"] == "book.csv");
    CHECK_FALSE(parameters.contains("new_business"));
}

TEST_CASE("parameters stand in one order, whatever the file's", "[scenario]") {
    const auto a = load_with_pool("{fund: 1m, multiple: 2}"), b = load_with_pool("{multiple: 2, fund: 1m}");
    CHECK(a.scenario->parameters_json == b.scenario->parameters_json);
}
