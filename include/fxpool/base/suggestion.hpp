#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fxpool {

/// Single-character changes (insert, drop, replace, swap of neighbours) from one word to the other; bytes are characters.
int edit_distance(std::string_view from, std::string_view to);

/// The word of `known` that someone who wrote `word` is likeliest to have meant; nothing where none is near. Case does not count.
std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& known);

}  // namespace fxpool
