#pragma once

#include "node.hpp"

#include "fxpool/base/problem.hpp"

#include <optional>
#include <string>

namespace fxpool::scenario {

/// YAML text as a tree. `text` has \n line ends. A syntax error gives one problem and nothing; doubled keys and keys that are no plain
/// text are problems too, with the tree still there. Empty text gives a node of kind `nothing`.
std::optional<Node> parse_yaml(const std::string& text, const SourcePtr& source, Problems& problems);

}  // namespace fxpool::scenario
