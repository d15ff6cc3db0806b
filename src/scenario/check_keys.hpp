#pragma once

#include "key_type.hpp"
#include "node.hpp"

#include "fxpool/base/problem.hpp"

#include <string>

namespace fxpool::scenario {

/// Checks `tree` against the description: unknown keys, wrong types, units and ranges, missing keys. Afterwards the tree holds every
/// input in the description's order: numbers are read, defaults put in, optional keys that are `none` taken out.
/// A fragment need not be complete: nothing is missing in it, and no defaults are put in.
void check_keys(Node& tree, bool fragment, Problems& problems);

/// The same for the part of a complete file that stands at `path`.
void check_keys(Node& part, const Type& type, const std::string& path, Problems& problems);

/// "unknown key 'volatilty'; did you mean 'volatility'?"
Message unknown_key(const std::string& name, const MapForm& map, std::string_view tag_value);

}  // namespace fxpool::scenario
