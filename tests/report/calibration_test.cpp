#include "fxpool/report/calibration.hpp"

#include <yaml-cpp/yaml.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace fxpool;
using namespace fxpool::calibrate;

namespace {

Series two_moves() {
    Series series;
    series.pair = "USDCNY";
    series.dates = {Date::of(2018, 1, 2), Date::of(2018, 1, 3), Date::of(2018, 1, 22)};
    series.rates = {6.5, 6.6, 6.4};
    series.moves = {std::log(6.6 / 6.5), std::log(6.4 / 6.6)};
    series.dt = 20 / 365.0 / 2;
    series.dropped = 3;
    series.gaps = {{Date::of(2018, 1, 3), Date::of(2018, 1, 22)}};
    return series;
}

Calibrated gbm() {
    GbmModel model;
    model.volatility.steps = {{Date{}, 0.04}};
    model.drift.steps = {{Date{}, 0.01}};
    Calibrated one{.model = "gbm"};
    one.fit.model = one.fit.long_run = model;
    one.fit.parameters = {{.name = "volatility", .value = 0.04, .standard_error = 0.001}, {.name = "drift", .value = 0.01, .standard_error = 0.02}};
    one.fit.log_likelihood = 100;
    one.fit.free_parameters = 2;
    one.tests = FitTests{};
    one.tests->samples = 499;
    one.tests->kolmogorov_smirnov = {0.02, 0.25};
    one.outlook =
        Outlook{.fan = {{.days = 21, .moves = {-0.03, -0.02, 0, 0.02, 0.03}}}, .tail = {{.days = 5, .model = 0.013, .history = 0.012, .windows = 400}}};
    return one;
}

Calibrated failed() {
    Calibrated one{.model = "heston"};
    one.fit.failure = say("the rate does not move: there is nothing to fit");
    return one;
}

/// Two models, one of which failed, with a back-test.
Calibration compared() {
    Calibration all{.series = two_moves(), .file = "r.csv", .models = {gbm(), failed()}};
    Backtest tested;
    tested.model = "gbm";
    tested.origins = 1;
    tested.first = tested.last = Date::of(2018, 1, 3);
    tested.tests = {{.test = {.h = 0, .level = 0.95, .upward = true}, .forecasts = 40, .hits = 3, .statistic = 0.4, .p_value = 0.6, .power = 0.5}};
    tested.scores = {{.horizon = 10, .crps = 0.004, .log_score = 2.1}};
    tested.forecasts = {{.origin = Date::of(2018, 1, 3), .horizon = 10, .bounds = {-0.02, -0.01, 0, 0.01, 0.02}, .outcome = 0.005}};
    all.models[0].backtest = tested;
    all.comparison = Comparison{.ranking = {{.model = "gbm", .depreciation_99 = 0.05}},
                                .failed = {{"heston", *all.models[1].fit.failure}},
                                .recommended = "gbm",
                                .reason = say("{0} is recommended: it is the only model that the back-test does not reject", "gbm")};
    return all;
}

}  // namespace

TEST_CASE("one model's block stands under 'model', the rest are comments", "[calibration]") {
    const Calibration calibration{.series = two_moves(), .file = "r.csv", .models = {gbm()}};
    for (const auto language : {Language::en, Language::zh}) {
        const auto text = report::calibration_yaml(calibration, "fxpool calibrate r.csv\n--model gbm", language);
        const auto yaml = YAML::Load(text);
        REQUIRE(yaml.IsMap());
        CHECK(yaml.size() == 1);
        CHECK(yaml["model"]["type"].as<std::string>() == "gbm");
        CHECK(yaml["model"]["volatility"].as<std::string>() == "4%");
        CHECK(yaml["model"].size() == 3);
    }
    const auto text = report::calibration_yaml(calibration, "fxpool calibrate r.csv", Language::en);
    for (const char* part : {"# fxpool calibrate r.csv\n", "2018-01-02 to 2018-01-22: 3 rates, 2 daily moves", "3 rows left out",
                             "gaps of more than 10 days: 1", "# gap: no rates between 2018-01-03 and 2018-01-22",
                             "log-likelihood 100.00, AIC -196.00, BIC -198.61", "Kolmogorov-Smirnov", "p-values by 499 samples"}) {
        INFO(part);
        CHECK(text.find(part) != std::string::npos);
    }
}

TEST_CASE("a failed fit has a reason and no block", "[calibration]") {
    const Calibration calibration{.series = two_moves(), .file = "r.csv", .models = {failed()}};
    const auto text = report::calibration_yaml(calibration, "fxpool", Language::en);
    CHECK(YAML::Load(text).IsNull());
    CHECK(text.find("# heston: no fit: the rate does not move: there is nothing to fit\n") != std::string::npos);
    const auto json = report::calibration_json(calibration)["result"]["models"][0];
    CHECK(json["failure"]["en"] == "the rate does not move: there is nothing to fit");
    CHECK_FALSE(json.contains("model"));
    CHECK_FALSE(json.contains("parameters"));
}

TEST_CASE("of several models each has its name, the recommended one is 'model' too", "[calibration]") {
    const auto yaml = YAML::Load(report::calibration_yaml(compared(), "fxpool", Language::zh));
    CHECK(yaml.size() == 2);
    CHECK(yaml["gbm"]["volatility"].as<std::string>() == "4%");
    CHECK(yaml["model"]["volatility"].as<std::string>() == "4%");
    CHECK_FALSE(yaml["heston"].IsDefined());
}

TEST_CASE("as JSON", "[calibration]") {
    const auto json = report::calibration_json(compared());
    CHECK(json["study"] == "calibrate");
    const auto& result = json["result"];
    CHECK(result["recommended"] == "gbm");
    CHECK(result["reason"]["zh"] != result["reason"]["en"]);
    CHECK(result["failed"][0]["model"] == "heston");
    CHECK(result["gaps"][0]["after"] == "2018-01-03");
    const auto& one = result["models"][0];
    CHECK(one["parameters"][0]["standard_error"] == 0.001);
    CHECK(one["parameters"][0]["status"] == "estimated");
    CHECK(one["model"]["drift"] == 0.01);
    CHECK(one["aic"] == -196);
    CHECK(one["tests"]["kolmogorov_smirnov"]["p_value"] == 0.25);
    CHECK(one["tests"]["anderson_darling"]["p_value"].is_null());
    CHECK(one["fan"]["rows"][0]["moves"].size() == 5);
    CHECK(one["term_structure"][0]["history"] == 0.012);
    CHECK(one["backtest"]["tests"][0]["expected"].get<double>() == Approx(2));
    CHECK(one["backtest"]["forecasts"][0]["outcome"].get<double>() == Approx(std::expm1(0.005)));
    CHECK(one["backtest"]["transform_counts"].size() == 20);
}
