#pragma once

#include "node.hpp"

#include "fxpool/settings/settings.hpp"

namespace fxpool::scenario {

/// The typed settings of a tree that check_keys() has found right and complete.
Settings read_settings(const Node& tree);

/// The model of a map that check_keys() has found right: of whatever type but `path`. Where it draws from a history and names none it
/// takes that of its pair.
Model read_model(const Node& node, const std::optional<std::filesystem::path>& history_of_pair);

/// The file that `key` names in a tree that need not be right; nothing where it names none.
std::optional<std::filesystem::path> named_file(const Node& tree, std::string_view key);

}  // namespace fxpool::scenario
