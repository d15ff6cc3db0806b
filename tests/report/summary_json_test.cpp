#include "fxpool/report/summary_json.hpp"

#include "tests/report/example_results.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace fxpool;
using namespace fxpool::report;
using namespace fxpool::testing;

TEST_CASE("the summary has its fixed places", "[summary]") {
    const auto json = summary_json(reported_scenario(), reported_prepared(), reported_results());
    CHECK(json["schema"] == "fxpool-summary/1");
    CHECK(json["scenario"] == "fuzhou");
    CHECK(json["paths"] == 100'000);
    CHECK(json["horizon"]["start"] == "2026-01-05");
    CHECK(json["horizon"]["end"] == "2027-01-05");
    CHECK(json["horizon"]["business_days"] == 3);
    CHECK(json["parameters"]["pool"]["fund"] == 20e6);
    const auto& metrics = json["metrics"];
    CHECK(metrics["pool_loss"]["gross"]["mean"]["value"] == 412'345.0);
    CHECK(metrics["pool_loss"]["gross"]["mean"]["standard_error"] == 5'300.0);
    CHECK(metrics["pool_loss"]["demand"]["var"]["0.99"]["low"] == 2.81e6);
    CHECK(metrics["quota"]["utilisation"]["mean"]["value"] == 0.8412);
    CHECK(metrics["quota"]["utilisation"]["peak"]["mean"]["value"] == 0.9711);
}

TEST_CASE("what is not known is null with a remark, what is open says so", "[summary]") {
    const auto unknown = estimate_json({.remark = "too few"});
    CHECK(unknown["value"].is_null());
    CHECK(unknown["remark"] == "too few");
    const auto open = estimate_json(estimate(5.21e6, 4.9e6, std::numeric_limits<double>::infinity()));
    CHECK(open["low"] == 4.9e6);
    CHECK(open["high"].is_null());
    CHECK(open["open"] == true);
    const auto observed = estimate_json(estimate(8.76e6));
    CHECK(observed.size() == 1);
}

TEST_CASE("numbers of the summary read back the same", "[summary]") {
    for (const double value : {0.1, 1.0 / 3, 412'345.678901234567, 5e-324, 1.7976931348623157e308, 123456789012345678.0}) {
        const auto text = json_text(estimate_json(estimate(value, value / 7)));
        const auto back = nlohmann::json::parse(text);
        CHECK(back["value"].get<double>() == value);
        CHECK(back["standard_error"].get<double>() == value / 7);
    }
}
