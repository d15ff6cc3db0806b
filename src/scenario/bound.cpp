#include "bound.hpp"

#include "fxpool/base/number.hpp"
#include "fxpool/base/suggestion.hpp"

#include <algorithm>
#include <vector>

namespace fxpool::scenario {

std::optional<Limit> parse_bound(std::string_view text) {
    using Bound = Limit::Bound;
    struct Sign {
        std::string_view written;
        Bound bound;
    };
    constexpr Sign signs[] = {{"<=", Bound::at_most}, {"<", Bound::less}, {">=", Bound::at_least}, {">", Bound::more}};  // the longer first
    const auto start = text.find_first_not_of(' ');
    if (start == std::string_view::npos) return std::nullopt;
    const auto trimmed = text.substr(start);
    for (const auto& sign : signs) {
        if (!trimmed.starts_with(sign.written)) continue;
        const auto value = parse_number(trimmed.substr(sign.written.size()));
        if (!value) return std::nullopt;
        return Limit{{}, sign.bound, *value, std::string(text)};
    }
    return std::nullopt;
}

std::optional<Message> wrong_metric(const std::string& path) {
    static const std::vector<std::string> families = {"pool_loss",     "exhaustion", "bearers", "balance", "quota",  "exposure", "margin",  "liquidity",
                                                      "contributions", "cover",      "benefit", "value",   "budget", "brakes",   "failures"};
    const bool blank = path.empty() || path.front() == '.' || path.back() == '.' || path.find("..") != std::string::npos || path.find(' ') != std::string::npos;
    const auto first = path.substr(0, path.find('.'));
    if (blank || first.size() == path.size()) return say("'{0}' is no path into the results; write e.g. {1}", path, "exhaustion.probability");
    if (std::find(families.begin(), families.end(), first) != families.end()) return std::nullopt;
    if (const auto near = nearest_word(first, families)) return say("the results have no '{0}'; did you mean '{1}'?", first, *near);
    std::string all;
    for (const auto& family : families) all += (all.empty() ? "" : ", ") + family;
    return say("the results have no '{0}'; they have {1}", first, all);
}

}  // namespace fxpool::scenario
