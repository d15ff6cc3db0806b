#pragma once

#include "node.hpp"

#include "fxpool/base/problem.hpp"
#include "fxpool/settings/settings.hpp"

namespace fxpool::scenario {

/// Asks, as warnings, about numbers that are allowed but are almost surely wrong: a factor of 100, another unit (settings/plausible.hpp).
/// Of whatever is written in the tree, complete or not; where a problem of the same place is told already nothing is.
void check_plausible_numbers(const Node& tree, Problems& problems);

/// The same for what shows only between numbers: a cap above the whole fund, business that the quota could never hold.
void check_plausible_together(const Scenario& scenario, Problems& problems);

}  // namespace fxpool::scenario
