#include "fxpool/report/summary_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace fxpool::report {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

}  // namespace

Json estimate_json(const Estimate& estimate) {
    Json json;
    json["value"] = number(estimate.value);
    if (estimate.standard_error) json["standard_error"] = number(*estimate.standard_error);
    if (estimate.low && estimate.known()) json["low"] = number(*estimate.low);
    if (estimate.high && estimate.known()) {
        json["high"] = number(*estimate.high);
        if (std::isinf(*estimate.high)) json["open"] = true;
    }
    if (!estimate.remark.empty()) json["remark"] = estimate.remark;
    return json;
}

Json summary_json(const Scenario& scenario, const Prepared& prepared, const Results& results) {
    Json json;
    json["schema"] = "fxpool-summary/1";
    json["scenario"] = scenario.settings.name;
    json["paths"] = results.paths;
    json["horizon"] = {{"start", Date{prepared.serial[DayIndex{0}]}.iso()}, {"end", Date{prepared.serial.back()}.iso()}, {"business_days", prepared.days()}};
    Json& metrics = json["metrics"] = Json::object();
    for (const auto& metric : results.metrics) {
        Json* place = &metrics;
        for (const auto& key : metric.path) place = &(*place)[key];
        // quota.utilisation has both figures of its own and deeper ones: add to what is there
        place->update(estimate_json(metric.estimate));
    }
    json["parameters"] = Json::parse(scenario.parameters_json);
    return json;
}

Json verdicts_json(const std::vector<Verdict>& verdicts) {
    Json list = Json::array();
    for (const auto& verdict : verdicts) {
        list.push_back({{"metric", verdict.limit.metric},
                        {"bound", verdict.limit.text},
                        {"value", number(verdict.estimate.value)},
                        {"met", verdict.met},
                        {"uncertain", verdict.uncertain}});
    }
    return list;
}

/// A file name need not be UTF-8: what is none of it becomes U+FFFD.
std::string json_text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace fxpool::report
