#pragma once

#include "node.hpp"

#include "fxpool/scenario/settings.hpp"

namespace fxpool::scenario {

/// The typed settings of a tree that check_keys() has found right and complete.
Settings read_settings(const Node& tree);

}  // namespace fxpool::scenario
