#include "fxpool/report/calibration.hpp"
#include "fxpool/report/model_yaml.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace fxpool::report {
namespace {

using Json = nlohmann::ordered_json;
using namespace calibrate;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json texts(const Message& message) { return {{"en", render(message, Language::en)}, {"zh", render(message, Language::zh)}}; }
Json texts(const std::vector<Message>& messages) {
    auto list = Json::array();
    for (const auto& message : messages) list.push_back(texts(message));
    return list;
}

const char* status_of(const Parameter& parameter) {
    switch (parameter.status) {
        case Parameter::Status::fixed: return "fixed";
        case Parameter::Status::at_floor: return "at_floor";
        case Parameter::Status::estimated: break;
    }
    return "estimated";
}

Json parameters_json(const Fit& fit) {
    auto list = Json::array();
    for (const auto& parameter : fit.parameters) {
        list.push_back({{"name", parameter.name},
                        {"value", number(parameter.value)},
                        {"standard_error", number(parameter.standard_error)},
                        {"status", status_of(parameter)}});
    }
    return list;
}

Json test_json(const TestResult& test) { return {{"statistic", number(test.statistic)}, {"p_value", number(test.p_value)}}; }

void add_tests(Json& json, const FitTests& tests) {
    const auto ratio = [](const VarianceRatio& one) { return Json{{"value", number(one.value)}, {"standard_error", number(one.standard_error)}}; };
    Json& ratios = json["variance_ratios"] = Json::array();
    for (std::size_t i = 0; i < ratio_days.size(); ++i) {
        ratios.push_back({{"days", ratio_days[i]}, {"history", ratio(tests.history[i])}, {"model", ratio(tests.implied[i])}});
    }
    json["tests"] = {{"kolmogorov_smirnov", test_json(tests.kolmogorov_smirnov)},
                     {"anderson_darling", test_json(tests.anderson_darling)},
                     {"ljung_box_moves", test_json(tests.ljung_box_moves)},
                     {"ljung_box_squares", test_json(tests.ljung_box_squares)},
                     {"samples", tests.samples}};
}

void add_outlook(Json& json, const Outlook& outlook) {
    json["fan"] = {{"levels", FanRow::levels}, {"rows", Json::array()}};
    for (const auto& row : outlook.fan) json["fan"]["rows"].push_back({{"days", row.days}, {"moves", row.moves}});
    Json& tail = json["term_structure"] = Json::array();
    for (const auto& row : outlook.tail) {
        tail.push_back({{"days", row.days}, {"model", number(row.model)}, {"history", number(row.history)}, {"windows", row.windows}});
    }
}

Json bound_test_json(const BoundTest& one) {
    return {{"test", one.test.kind == HitTest::Kind::kupiec ? "kupiec" : "christoffersen"},
            {"days", horizons[one.test.h]},
            {"level", one.test.level},
            {"upward", one.test.upward},
            {"forecasts", one.forecasts},
            {"hits", one.hits},
            {"expected", number((1 - one.test.level) * one.forecasts)},
            {"statistic", number(one.statistic)},
            {"p_value", number(one.p_value)},
            {"power", number(one.power)}};
}

Json backtest_json(const Backtest& backtest) {
    Json json;
    json["notes"] = texts(backtest.notes);
    if (backtest.failure) {
        json["failure"] = texts(*backtest.failure);
        return json;
    }
    json["origins"] = backtest.origins;
    json["first"] = backtest.first.iso();
    json["last"] = backtest.last.iso();
    json["refits"] = backtest.refits;
    json["failed_refits"] = backtest.failed_refits;
    json["p_value"] = number(backtest.p_value);
    json["rejected"] = backtest.rejected();
    json["depreciation_99"] = number(backtest.depreciation_99);
    Json& tests = json["tests"] = Json::array();
    for (const auto& one : backtest.tests) tests.push_back(bound_test_json(one));
    Json& scores = json["scores"] = Json::array();
    for (const auto& score : backtest.scores) {
        scores.push_back({{"days", score.horizon}, {"crps", number(score.crps)}, {"log_score", number(score.log_score)}});
    }
    json["levels"] = OriginForecast::levels;
    Json& forecasts = json["forecasts"] = Json::array();
    for (const auto& forecast : backtest.forecasts) {
        auto bounds = Json::array();
        for (const double bound : forecast.bounds) bounds.push_back(number(std::expm1(bound)));
        forecasts.push_back(
            {{"origin", forecast.origin.iso()}, {"days", forecast.horizon}, {"bounds", std::move(bounds)}, {"outcome", number(std::expm1(forecast.outcome))}});
    }
    json["transform_counts"] = backtest.transform_counts;
    return json;
}

Json model_part(const Calibrated& one, std::size_t moves) {
    Json json = {{"name", one.model}};
    const auto& fit = one.fit;
    json["notes"] = texts(fit.notes);
    if (fit.failure) {
        json["failure"] = texts(*fit.failure);
        return json;
    }
    json["model"] = model_json(fit.model, fit.parameters);
    json["long_run"] = model_json(fit.long_run, fit.parameters);
    json["parameters"] = parameters_json(fit);
    json["free_parameters"] = fit.free_parameters;
    json["log_likelihood"] = number(fit.log_likelihood);
    json["aic"] = number(one.aic());
    json["bic"] = number(one.bic(moves));
    if (one.tests) add_tests(json, *one.tests);
    if (one.outlook) add_outlook(json, *one.outlook);
    if (one.backtest) json["backtest"] = backtest_json(*one.backtest);
    return json;
}

void add_comparison(Json& json, const Comparison& comparison) {
    Json& ranking = json["ranking"] = Json::array();
    for (const auto& ranked : comparison.ranking) {
        ranking.push_back({{"model", ranked.model},
                           {"score", number(ranked.score)},
                           {"difference", number(ranked.difference)},
                           {"standard_error", number(ranked.error)},
                           {"separable", ranked.separable},
                           {"rejected", ranked.rejected},
                           {"p_value", number(ranked.p_value)},
                           {"depreciation_99", number(ranked.depreciation_99)}});
    }
    Json& failed = json["failed"] = Json::array();
    for (const auto& [model, reason] : comparison.failed) failed.push_back({{"model", model}, {"reason", texts(reason)}});
    json["recommended"] = comparison.recommended ? Json(*comparison.recommended) : Json(nullptr);
    json["reason"] = texts(comparison.reason);
}

}  // namespace

Json calibration_json(const Calibration& calibration) {
    const auto& series = calibration.series;
    Json result = {{"file", calibration.file},         {"pair", series.pair},          {"from", series.dates.front().iso()},
                   {"to", series.dates.back().iso()},  {"rates", series.rates.size()}, {"moves", series.moves.size()},
                   {"dropped", series.dropped},        {"gaps", Json::array()},        {"dt", series.dt},
                   {"last_rate", series.rates.back()}, {"models", Json::array()}};
    for (const auto& gap : series.gaps) result["gaps"].push_back({{"after", gap.after.iso()}, {"before", gap.before.iso()}});
    for (const auto& one : calibration.models) result["models"].push_back(model_part(one, series.moves.size()));
    if (calibration.comparison) add_comparison(result, *calibration.comparison);
    return {{"study", "calibrate"}, {"result", std::move(result)}};
}

}  // namespace fxpool::report
