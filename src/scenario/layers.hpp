#pragma once

#include "node.hpp"

#include "fxpool/base/problem.hpp"
#include "fxpool/scenario/scenario_file.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace fxpool::scenario {

/// A file of a chain by itself.
struct Layer {
    std::filesystem::path file;
    Node own;  ///< what it says, without `extends`
};

/// A scenario file with what it extends, as one tree of which every value knows where it was written.
struct Layers {
    Node tree;
    std::vector<std::filesystem::path> files_read;  ///< the file first
    std::vector<Layer> chain;                       ///< in the order in which they are laid over each other: base first, the file last
};

/// Reads `file` and what it extends. Nothing where a file can't be read or has a syntax error: that is the one problem then.
std::optional<Layers> read_layers(const std::filesystem::path& file, Problems& problems);

/// What each file of a chain changes in `tree`, the scenario as it will run; nothing for a file that stands alone.
std::vector<ChainFile> chain_of(const Layers& layers, const Node& tree);

/// Makes room in `base` for `key`: months and end, moves and file, quotes and dates take each other's place.
void give_way(Node& base, std::string_view key);

/// `over` on `base`: maps merge, anything else replaces; so does a map whose `type` or `when` changes.
Node merged(Node base, Node over);

/// Puts `--set key=value` into the tree; an unknown key and a value that is no YAML are problems.
void apply_override(Node& tree, const std::string& key, const std::string& value, Problems& problems);

}  // namespace fxpool::scenario
