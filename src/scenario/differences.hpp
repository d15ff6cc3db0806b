#pragma once

#include "key_type.hpp"
#include "node.hpp"

#include <functional>
#include <string>

namespace fxpool::scenario {

/// A key that one tree says otherwise than the tree below it (or the default, where that says nothing).
struct Difference {
    std::string path;              ///< "pool.recovery.rate"; of a map that is replaced whole its own path
    const Node* below = nullptr;   ///< what stood there; null: nothing
    const Node* over = nullptr;    ///< what stands there now
    bool back_to_default = false;  ///< a plain value that is the default, where `below` was none
};

/// `keys`: a map that is new, or of another kind, is one difference; `every_value`: each value in it is one.
enum class Depth { keys, every_value };

/// Calls `found` for every difference, in the order of `over`. Keys that `over` repeats as they were are none; neither are keys that say
/// the default where nothing was said.
void for_each_difference(const Node& below, const Node& over, Depth depth, const std::function<void(const Difference&)>& found);

/// The node at a path of for_each_difference(); null where there is none.
const Node* node_at(const Node& tree, const std::string& path);

/// Whether some value of what was said still stands in `now`.
bool holds(const Node& said, const Node& now);

/// The same value, however its number is written.
bool same_value(const Node& a, const Node& b);

}  // namespace fxpool::scenario
