#pragma once

#include "fxpool/study/run.hpp"

#include <filesystem>
#include <optional>

namespace fxpool::app {

/// prepare_scenario(), and then the limits: one on an unknown metric is an error before anything runs.
std::optional<PreparedScenario> load_for_run(const std::filesystem::path& file, const Overrides& overrides, Problems& problems);

}  // namespace fxpool::app
