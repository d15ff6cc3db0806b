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
        Outlook{.fan = {{.days = 21, .moves = {-0.03, -0.02, 0, 0.02, 0.03}}},
                .tail = {{.days = 5, .model = 0.013, .history = 0.012, .windows = 400}, {.days = 126, .model = 0.078, .history = 0.112, .windows = 2000}}};
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
        const auto text = report::calibration_yaml(calibration, {.command = "fxpool calibrate r.csv\n--model gbm"}, language);
        const auto yaml = YAML::Load(text);
        REQUIRE(yaml.IsMap());
        CHECK(yaml.size() == 1);
        CHECK(yaml["model"]["type"].as<std::string>() == "gbm");
        CHECK(yaml["model"]["volatility"].as<std::string>() == "4%");
        CHECK(yaml["model"].size() == 3);
    }
    const auto text = report::calibration_yaml(calibration, {.command = "fxpool calibrate r.csv"}, Language::en);
    for (const char* part : {"# fxpool calibrate r.csv\n", "2018-01-02 to 2018-01-22: 3 rates, 2 daily moves", "3 rows left out",
                             "gaps of more than 10 days: 1", "# gap: no rates between 2018-01-03 and 2018-01-22",
                             "log-likelihood 100.00, AIC -196.00, BIC -198.61", "Kolmogorov-Smirnov", "p-values from 499 samples"}) {
        INFO(part);
        CHECK(text.find(part) != std::string::npos);
    }
}

TEST_CASE("a failed fit has a reason and no block", "[calibration]") {
    const Calibration calibration{.series = two_moves(), .file = "r.csv", .models = {failed()}};
    const auto text = report::calibration_yaml(calibration, {}, Language::en);
    CHECK(YAML::Load(text).IsNull());
    CHECK(text.find("# heston: no fit: the rate does not move: there is nothing to fit\n") != std::string::npos);
    const auto json = report::calibration_json(calibration)["result"]["models"][0];
    CHECK(json["failure"]["en"] == "the rate does not move: there is nothing to fit");
    CHECK_FALSE(json.contains("model"));
    CHECK_FALSE(json.contains("parameters"));
}

TEST_CASE("of several models each has its name, the recommended one is 'model' too", "[calibration]") {
    const auto yaml = YAML::Load(report::calibration_yaml(compared(), {}, Language::zh));
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

namespace {

std::vector<std::string> lines_of(const Calibration& calibration, const report::CalibrationFacts& facts = {}, Language language = Language::en) {
    std::vector<std::string> lines;
    for (const auto& line : report::calibration_summary(calibration, facts)) lines.push_back(render(line, language));
    return lines;
}

/// Ten years' worth of moves, so that there are half-years to count.
Calibration ten_years(Calibrated one) {
    Calibration calibration{.series = two_moves(), .file = "r.csv", .models = {std::move(one)}};
    calibration.series.moves.assign(2520, 0.0);
    calibration.series.dt = 1 / 243.0;
    return calibration;
}

Backtest tested(double p_value, std::size_t h = 2) {
    Backtest backtest{.model = "gbm"};
    backtest.p_value = p_value;
    backtest.tests = {{.test = {.h = h, .level = 0.95, .upward = true}, .power = 0.14}, {.test = {.h = h, .level = 0.95}, .power = 0.34}};
    return backtest;
}

}  // namespace

TEST_CASE("five lines lead: what, whether it fits, the worst half-year, the back-test, what to do", "[calibration]") {
    auto one = gbm();
    one.tests->kolmogorov_smirnov.p_value = one.tests->ljung_box_moves.p_value = 0.25;
    one.tests->anderson_darling.p_value = one.tests->ljung_box_squares.p_value = 0.05;
    CHECK(
        lines_of(ten_years(one)) ==
        std::vector<std::string>{
            "fitted: gbm, to USDCNY from 2018-01-02 to 2018-01-22 (10.4 years, 2,520 daily moves)",
            "does it fit? not in full: 2 of 4 tests of its forecasts for the next day failed (how large the rare ones are, how calm and turbulent times last)",
            "worst half-year in a hundred: the rate rises by 7.8 % in the model, by 11.2 % in history, which holds only 20 half-years without overlap; the "
            "model is milder than history",
            "back-test: none made, whether it holds on days that it has not seen is not known; add --backtest",
            "next: paste the block, indented, under market.pairs.USDCNY of a scenario in place of its model; then 'fxpool check' the scenario"});
    one.tests->anderson_darling.p_value = one.tests->ljung_box_squares.p_value = 0.051;
    CHECK(lines_of(ten_years(one))[1] == "does it fit? all 4 tests of its forecasts for the next day passed");
    one.tests->kolmogorov_smirnov.p_value = one.tests->anderson_darling.p_value = std::nullopt;
    CHECK(lines_of(ten_years(one))[1] ==
          "does it fit? 2 tests of its forecasts for the next day passed; the other 2 can't be made: it draws from history itself");
    CHECK(lines_of(ten_years(one), {.target = report::PasteTarget{"case.yaml", Date::of(2026, 1, 5)}})[4] ==
          "next: paste the block, indented, under market.pairs.USDCNY of case.yaml in place of its model; then: fxpool check case.yaml");
    CHECK(lines_of(ten_years(one), {}, Language::zh)[2] == "百里挑一的最差半年：模型中汇率升 7.8%，历史中升 11.2%（互不重叠的半年只有 20 个）；模型比历史温和");
}

TEST_CASE("the lines say no more of a back-test than it found", "[calibration]") {
    auto one = gbm();
    one.backtest = tested(0.541);
    CHECK(lines_of(ten_years(one))[3] ==
          "back-test: not rejected (p 0.541); no proof: were moves 1.3 times as large, a test over half a year would see it in 14 to 34 of 100 cases");
    one.backtest = tested(0.541, 0);  // ten days ahead
    CHECK(lines_of(ten_years(one))[3] == "back-test: not rejected (p 0.541), but over short times only: there are too few rates to test half a year");
    one.backtest = tested(0.028);
    CHECK(lines_of(ten_years(one))[3] == "back-test: rejected (p 0.028): on days that it had not seen its bounds did not hold");
    CHECK(lines_of(ten_years(one))[4].find("next: look for a model that holds (--model all --backtest)") == 0);
    one.backtest = Backtest{.model = "gbm", .failure = say("the rate does not move: there is nothing to fit")};
    CHECK(lines_of(ten_years(one))[3] == "back-test: none (the rate does not move: there is nothing to fit)");

    auto year = ten_years(gbm());  // too short for a back-test, and for history's own half-year
    year.series.moves.resize(242);
    year.models[0].outlook->tail[1].history.reset();
    CHECK(lines_of(year)[2] ==
          "worst half-year in a hundred: the rate rises by 7.8 % in the model; history can't tell, the window holds too few half-years without overlap: 1");
    CHECK(lines_of(year)[3] ==
          "back-test: none made, whether it holds on days that it has not seen is not known; the window is too short for one (530 daily moves)");
}

TEST_CASE("of several models the lines speak of the recommended one, else of all", "[calibration]") {
    auto all = compared();
    CHECK(lines_of(all)[0].find("recommended: gbm, of 1 models fitted to USDCNY") == 0);
    auto other = gbm();
    other.model = "bootstrap";
    other.outlook->tail[1].model = 0.093;
    all.models.push_back(other);
    all.comparison.reset();
    CHECK(lines_of(all)[0].find("fitted: gbm, bootstrap, to USDCNY") == 0);
    CHECK(lines_of(all)[0].find("; no fit: heston") != std::string::npos);
    CHECK(lines_of(all)[2].find("the rate rises by 7.8 % (gbm) to 9.3 % (bootstrap), as the model is, by 11.2 % in history") != std::string::npos);
    CHECK(lines_of(all)[4].find("next: take one of the blocks below: it goes under market.pairs.USDCNY of a scenario") == 0);
    all.comparison =
        Comparison{.ranking = {{.model = "gbm", .rejected = true}}, .reason = say("no model is recommended: the back-test rejects every one of them")};
    CHECK(lines_of(all)[3].find("back-test: every one of them rejected") == 0);
    const Calibration none{.series = two_moves(), .file = "r.csv", .models = {failed()}};
    CHECK(lines_of(none) == std::vector<std::string>{"not fitted: heston, to USDCNY from 2018-01-02 to 2018-01-22 (0.1 years, 2 daily moves)",
                                                     "why: the rate does not move: there is nothing to fit",
                                                     "worst half-year in a hundred: not known without a fit", "back-test: none without a fit",
                                                     "next: fit another model (--model all), or choose other dates (--from, --to)"});
}

TEST_CASE("the block follows the five lines, the tests follow a rule", "[calibration]") {
    for (const auto& calibration : {Calibration{.series = two_moves(), .file = "r.csv", .models = {gbm()}}, compared()}) {
        const auto text = report::calibration_yaml(calibration, {.command = "fxpool calibrate r.csv"}, Language::en);
        const auto block = text.find("\n\nmodel:\n"), rule = text.find("\n# ----\n"), command = text.find("\n# fxpool calibrate r.csv\n");
        CHECK(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(block) + 1, '\n') == 5);
        CHECK(block < rule);
        CHECK(command == rule + 7);
        CHECK(text.find("Kolmogorov-Smirnov") > rule);
        CHECK(text.find("# ----", rule + 3) == std::string::npos);
    }
}
