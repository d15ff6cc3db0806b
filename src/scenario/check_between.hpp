#pragma once

#include "node.hpp"

#include "fxpool/base/problem.hpp"

namespace fxpool::scenario {

/// What shows only between keys: shares that don't sum to 100 %, names that nothing else has, dates out of order. Works on whatever part
/// of the tree is there and right, so that these problems come together with those of single keys. A fragment need not be complete.
void check_between(const Node& tree, bool fragment, Problems& problems);

}  // namespace fxpool::scenario
