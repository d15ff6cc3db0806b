#include "fxpool/report/folder_name.hpp"

#include "fxpool/report/sha256.hpp"

#include <algorithm>
#include <string_view>

namespace fxpool::report {
namespace {

constexpr std::size_t longest = 120;  // bytes; a file system takes 255, and the folder beside it has a longer name
constexpr std::size_t hash_digits = 12;

bool is_safe(char c) {
    constexpr std::string_view marks = "._=%,-";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.find(c) != std::string_view::npos;
}

}  // namespace

Overrides told_overrides(const Overrides& overrides) {
    Overrides told;
    for (const auto& one : overrides) {
        const bool of_simulation = one.first == "simulation" || one.first.starts_with("simulation.");
        if (!of_simulation) told.push_back(one);
    }
    return told;
}

std::string folder_name(const std::string& scenario, const Overrides& overrides) {
    std::string exact, safe;
    for (const auto& [key, value] : told_overrides(overrides)) {
        if (key == "name") continue;  // it names the folder already
        exact += "+" + key + "=" + value;
        safe += '+';
        for (const char c : key + "=" + value) {
            if (is_safe(c)) safe += c;
            else if (safe.back() != '-') safe += '-';
        }
    }
    const bool as_typed = safe == exact;
    if (as_typed && scenario.size() + safe.size() <= longest) return scenario + safe;
    if (exact.empty()) return scenario;
    const std::string hash = "-" + sha256(exact).substr(0, hash_digits);
    const std::size_t room = longest > scenario.size() + hash.size() ? longest - scenario.size() - hash.size() : 1;
    safe.resize(std::min(safe.size(), std::max<std::size_t>(room, 1)));
    safe.erase(safe.find_last_not_of('-') + 1);
    return scenario + safe + hash;
}

}  // namespace fxpool::report
