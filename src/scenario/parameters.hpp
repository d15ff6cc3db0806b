#pragma once

#include "node.hpp"

#include <string>

namespace fxpool::scenario {

/// A checked tree as one JSON object: numbers in plain units (5 % = 0.05), `none` as "none", file names as written.
std::string parameters_json(const Node& tree);

}  // namespace fxpool::scenario
