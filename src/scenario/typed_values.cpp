#include "typed_values.hpp"

#include "check_values.hpp"

#include <algorithm>

namespace fxpool::scenario {

const Node& at(const Node& node, std::string_view key) {
    static const Node nothing;
    const Node* found = node.find(key);
    return found ? *found : nothing;
}

bool given(const Node& node, std::string_view key) { return at(node, key).kind != Node::Kind::nothing; }
bool off(const Node& node) { return node.is("none") || node.is("off"); }

double number(const Node& node, double none_means) { return node.number.value_or(none_means); }
double number(const Node& node, std::string_view key, double none_means) { return number(at(node, key), none_means); }
int whole(const Node& node, std::string_view key) { return static_cast<int>(number(node, key, 0)); }
bool is_true(const Node& node, std::string_view key) { return at(node, key).is("true"); }
const std::string& text(const Node& node, std::string_view key) { return at(node, key).text; }
Date date(const Node& node) { return parse_iso_date(node.text).value_or(Date{}); }
Date date(const Node& node, std::string_view key) { return date(at(node, key)); }

std::optional<Date> optional_date(const Node& node, std::string_view key) {
    if (!given(node, key)) return std::nullopt;
    return date(node, key);
}

std::filesystem::path file(const Node& node) {
    const std::filesystem::path folder = node.source ? node.source->folder : std::filesystem::path();
    return (folder / node.text).lexically_normal();
}

std::optional<std::filesystem::path> optional_file(const Node& node, std::string_view key) {
    if (!given(node, key)) return std::nullopt;
    return file(at(node, key));
}

ByTenor by_tenor(const Node& node) {
    if (node.number) return {{0, *node.number}};
    ByTenor values;
    for (const auto& item : node.items) values[months_of(item.key).value_or(0)] = number(item);
    return values;
}

DatedValues by_date(const Node& node) {
    if (node.number) return {{Date{}, *node.number}};
    DatedValues values;
    for (const auto& item : node.items) values.emplace_back(parse_iso_date(item.key).value_or(Date{}), number(item));
    std::sort(values.begin(), values.end());  // a file may put one between those of the file that it extends
    return values;
}

}  // namespace fxpool::scenario
