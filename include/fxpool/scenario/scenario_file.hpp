#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/settings/settings.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Scenario files in and out. Keys, defaults, JSON Schema, the template of `init` and the parser come from one description.
namespace fxpool {

/// `--set key.path=value`, the value as YAML text.
using Overrides = std::vector<std::pair<std::string, std::string>>;

/// The CSV files that a scenario names, known even where the rest of it is wrong: `check` looks into them all the same.
struct DataFiles {
    std::optional<std::filesystem::path> exporters, contracts;
    Place exporters_place, contracts_place;  ///< where it names them
};

/// Reads `file` and what it extends, applies `overrides` (problems in them have the file "--set key"), checks every key and what shows
/// between keys, and returns the typed settings; nothing where there are errors. Data files are not opened here.
std::optional<Scenario> load_scenario(const std::filesystem::path& file, const Overrides& overrides, Problems& problems, DataFiles* named = nullptr);

/// The JSON Schema (draft 2020-12) of the scenario file: unknown keys and wrong types fail in it too.
std::string scenario_schema();

/// A scenario that runs unchanged: every key with its default and a comment in `language`. It names `exporters.csv` and `contracts.csv`.
std::string scenario_template(const std::string& name, Language language);
/// The two data files beside it, with headers in `language` and a few rows to replace.
std::string exporters_template(Language language);
std::string contracts_template(Language language);

}  // namespace fxpool
