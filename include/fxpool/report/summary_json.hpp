#pragma once

#include "fxpool/engine/prepared.hpp"
#include "fxpool/measure/results.hpp"
#include "fxpool/report/limits.hpp"
#include "fxpool/settings/settings.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>

/// summary.json, schema "fxpool-summary/1" (docs/results.md). The same input gives the same bytes: nothing of threads or time is in it.
namespace fxpool::report {

/// {"value": x, "standard_error": s} or {"value": x, "low": a, "high": b}; a value not known is null with a "remark";
/// an interval open upwards has "high": null and "open": true.
nlohmann::ordered_json estimate_json(const Estimate& estimate);

nlohmann::ordered_json summary_json(const Scenario& scenario, const Prepared& prepared, const Results& results);

/// [{"metric", "bound", "value", "met", "uncertain"}]: how the limits were judged.
nlohmann::ordered_json verdicts_json(const std::vector<Verdict>& verdicts);

/// Indented, with a line's end after it. Numbers read back the same.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace fxpool::report
