#pragma once

#include "layers.hpp"

namespace fxpool::scenario {

/// A warning for each key that `over` sets back to its default where `below` had another value: a file that repeats every default must
/// not undo a crisis without a word.
void warn_of_defaults(const Node& below, const Node& over, Problems& problems);

/// A base as a file names it.
struct Base {
    Place named_at;
    const Layer& layer;
    const Node& below;  ///< what it extends itself
};

/// A warning where nothing that a base says of its own is left: in `all_bases`, the files of one list, as then their order is likely
/// wrong; or, of a base whose title says what it is, in `tree`, the whole file.
void warn_of_lost_base(const Base& base, const Node& all_bases, const Node& tree, Problems& problems);

}  // namespace fxpool::scenario
