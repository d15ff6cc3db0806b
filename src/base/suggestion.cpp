#include "fxpool/base/suggestion.hpp"

#include <algorithm>
#include <limits>

namespace fxpool {
namespace {

std::string lower(std::string_view word) {
    std::string out(word);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

}  // namespace

int edit_distance(std::string_view from, std::string_view to) {
    std::vector<int> two_above, above(to.size() + 1), row(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j) row[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= from.size(); ++i) {
        two_above = above;
        above = row;
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const int replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
        }
    }
    return row[to.size()];
}

std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& known) {
    if (word.size() > 100) return std::nullopt;
    const std::string wanted = lower(word);
    const int allowed = wanted.size() <= 3 ? 1 : wanted.size() <= 8 ? 2 : 3;
    int least = std::numeric_limits<int>::max();
    const std::string* nearest = nullptr;
    for (const auto& candidate : known) {
        const int distance = edit_distance(wanted, lower(candidate));
        if (distance < least && distance < static_cast<int>(candidate.size())) {
            least = distance;
            nearest = &candidate;
        }
    }
    if (nearest == nullptr || least > allowed) return std::nullopt;
    return *nearest;
}

}  // namespace fxpool
