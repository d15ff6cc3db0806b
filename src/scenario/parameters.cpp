#include "parameters.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace fxpool::scenario {
namespace {

using Json = nlohmann::ordered_json;

Json as_json(double number) {
    constexpr double largest_exact = 9007199254740992;  // 2^53
    if (number == std::floor(number) && std::abs(number) <= largest_exact) return static_cast<std::int64_t>(number);
    return number;
}

Json as_json(const Node& node) {
    switch (node.kind) {
        case Node::Kind::nothing: return nullptr;
        case Node::Kind::text:
            if (node.number) return as_json(*node.number);
            if (!node.quoted && (node.text == "true" || node.text == "false")) return node.text == "true";
            return node.text;
        case Node::Kind::map: {
            Json object = Json::object();
            for (const auto& item : node.items) object[item.key] = as_json(item);
            return object;
        }
        case Node::Kind::list: {
            Json list = Json::array();
            for (const auto& item : node.items) list.push_back(as_json(item));
            return list;
        }
    }
    return nullptr;
}

}  // namespace

std::string parameters_json(const Node& tree) { return as_json(tree).dump(); }

}  // namespace fxpool::scenario
