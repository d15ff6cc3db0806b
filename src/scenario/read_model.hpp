#pragma once

#include "node.hpp"

#include "fxpool/model/model.hpp"

#include <filesystem>
#include <optional>

namespace fxpool::scenario {

/// The model of a map that check_keys() has found right: of whatever type but `path`. Where it draws from a history and names none it
/// takes that of its pair.
Model read_model(const Node& node, const std::optional<std::filesystem::path>& history_of_pair);

}  // namespace fxpool::scenario
