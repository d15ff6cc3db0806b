#pragma once

#include "fxpool/calibrate/calibration.hpp"

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

/// What `fxpool calibrate` prints.
namespace fxpool::report {

/// The scenario that a block is for.
struct PasteTarget {
    std::string file;  ///< as a shell takes it
    Date start;        ///< of its horizon
};
/// What is told round the block and no fit knows.
struct CalibrationFacts {
    std::string command;                ///< the line that was typed
    std::string program = "fxpool";     ///< how it was called
    std::optional<PasteTarget> target;  ///< none: the block may go anywhere
};

/// For who decides, a line each: what was fitted and on which years, whether it fits, its worst half-year in a hundred beside history's,
/// whether it held in the back-test, what to do next. Of several models the recommended one is told of; where there is none, all.
std::array<Message, 5> calibration_summary(const calibrate::Calibration& calibration, const CalibrationFacts& facts);

/// YAML: the summary as five lines of comment, the model's block under `model:`, a rule, and everything else as comments below. Of several
/// models each block stands under the model's name, the recommended one under `model:` as well. A fit that failed has no block, only its reason.
std::string calibration_yaml(const calibrate::Calibration& calibration, const CalibrationFacts& facts, Language language);

/// {"study": "calibrate", "result": {...}}: the same as data, with the series behind the pictures. Moves are simple ones.
nlohmann::ordered_json calibration_json(const calibrate::Calibration& calibration);

}  // namespace fxpool::report
