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

/// A scenario that runs unchanged: what must be given, and what a city decides as comments at its default. It names `exporters.csv`,
/// `contracts.csv` and shipped_rates_name.
std::string short_template(const std::string& name, Language language);
/// The same with every key, its default and a comment in `language`.
std::string scenario_template(const std::string& name, Language language);
/// The two data files beside it, with headers in `language` and a few rows to replace.
std::string exporters_template(Language language);
std::string contracts_template(Language language);
/// The file of daily rates that the program carries, as a scenario of `init` names it.
inline constexpr const char* shipped_rates_name = "cny-fx-daily-2005-2026.csv";

/// The keys of a scenario file as Markdown tables, one a section: docs/scenario.md holds them between its marks.
std::string scenario_reference(Language language);

}  // namespace fxpool
