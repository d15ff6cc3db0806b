#pragma once

#include "fxpool/calibrate/calibration.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>

/// What `fxpool calibrate` prints.
namespace fxpool::report {

/// YAML: the model's block under `model:`, everything else as comments round it. Of several models each block stands under the model's name,
/// the recommended one under `model:` as well. A fit that failed has no block, only its reason. `command`: the line that was typed.
std::string calibration_yaml(const calibrate::Calibration& calibration, const std::string& command, Language language);

/// {"study": "calibrate", "result": {...}}: the same as data, with the series behind the pictures. Moves are simple ones.
nlohmann::ordered_json calibration_json(const calibrate::Calibration& calibration);

}  // namespace fxpool::report
