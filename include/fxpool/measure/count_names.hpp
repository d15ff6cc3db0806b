#pragma once

#include "fxpool/engine/outcome.hpp"

#include <string>
#include <vector>

/// The plain counts of a path that are reported as means: their places under `metrics`, and how each is read off an outcome.
namespace fxpool {

const std::vector<std::vector<std::string>>& count_names();
std::vector<double> counts_of(const PathOutcome& outcome);

}  // namespace fxpool
