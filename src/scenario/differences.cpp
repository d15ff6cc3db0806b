#include "differences.hpp"

#include "yaml_tree.hpp"

#include "fxpool/base/number.hpp"

#include <algorithm>
#include <memory>

namespace fxpool::scenario {
namespace {

bool same_text(const std::string& a, const std::string& b) {
    if (a == b) return true;
    const auto one = parse_number(a), other = parse_number(b);
    return one && other && *one == *other;
}

/// The default of a key as a tree; nothing where it has none.
std::optional<Node> default_of(const Key& key) {
    if (!key.otherwise) return std::nullopt;
    Problems none;
    return parse_yaml(*key.otherwise, std::make_shared<const Source>(), none);
}

/// The value of the key that decides which keys of the map belong, given or by default; empty where no key does.
std::string tag_of(const Node* node, const MapForm& map) {
    if (map.tag.empty()) return {};
    const Node* written = node ? node->find(map.tag) : nullptr;
    if (written && written->kind == Node::Kind::text) return written->text;
    const Key* tag = find_key(map, map.tag, "");
    return tag && tag->otherwise ? *tag->otherwise : std::string();
}

/// Whether a value is what holds where nothing is said: of a map, every key in it.
bool at_default(const Node& node, const Key* key) {
    if (key == nullptr) return false;
    if (const auto usual = default_of(*key); usual && same_value(node, *usual)) return true;
    const bool open_by_default = key->otherwise && *key->otherwise == "{}";
    if (node.kind != Node::Kind::map || !open_by_default || !key->type.map || key->type.map->entry) return false;
    const auto& map = *key->type.map;
    const auto tag = tag_of(&node, map);
    return std::all_of(node.items.begin(), node.items.end(), [&](const Node& item) { return at_default(item, find_key(map, item.key, tag)); });
}

class Comparison {
  public:
    Comparison(Depth depth, const std::function<void(const Difference&)>& found) : depth_(depth), found_(found) {}

    void maps(const Node* below, const Node& over, const MapForm* form, const std::string& path) const {
        const auto tag = form ? tag_of(&over, *form) : std::string();
        for (const auto& item : over.items) {
            const Key* key = form && !form->entry ? find_key(*form, item.key, tag) : nullptr;
            const Type* type = key ? &key->type : form && form->entry ? form->entry.get() : nullptr;
            values(below ? below->find(item.key) : nullptr, item, key, type, join(path, item.key));
        }
    }

  private:
    void values(const Node* below, const Node& over, const Key* key, const Type* type, const std::string& path) const {
        const MapForm* form = type && type->map ? type->map.get() : nullptr;
        const bool filled = over.kind == Node::Kind::map && !over.items.empty();
        if (filled && merges(below, over, form)) return maps(below, over, form, path);
        if (filled && depth_ == Depth::every_value) return maps(nullptr, over, form, path);
        if (filled && below == nullptr && only_groups_keys(key, form)) return maps(nullptr, over, form, path);
        const bool is_default = at_default(over, key);
        if (below ? same_value(*below, over) : is_default) return;
        // A map of another kind, like another model, is chosen; a plain value may have been written without a thought.
        const bool set_back = below != nullptr && !filled && is_default && !at_default(*below, key);
        found_({path, below, &over, set_back});
    }

    /// As merged() does: maps key by key, but for one whose kind has changed.
    static bool merges(const Node* below, const Node& over, const MapForm* form) {
        if (below == nullptr || below->kind != Node::Kind::map) return false;
        return !form || form->tag.empty() || tag_of(below, *form) == tag_of(&over, *form);
    }

    /// A section that says nothing by being there: its keys tell of themselves. Not a model, nor a rule that is off unless it is given.
    static bool only_groups_keys(const Key* key, const MapForm* form) {
        if (!form || form->entry || !form->tag.empty()) return false;
        return key == nullptr || !key->otherwise || *key->otherwise == "{}";
    }

    Depth depth_;
    const std::function<void(const Difference&)>& found_;
};

}  // namespace

bool same_value(const Node& a, const Node& b) {
    if (a.kind != b.kind) return false;
    if (a.kind == Node::Kind::text) return same_text(a.text, b.text);
    if (a.items.size() != b.items.size()) return false;
    if (a.kind == Node::Kind::list) return std::equal(a.items.begin(), a.items.end(), b.items.begin(), same_value);
    return std::all_of(a.items.begin(), a.items.end(), [&](const Node& item) {
        const Node* other = b.find(item.key);
        return other && same_value(item, *other);
    });
}

void for_each_difference(const Node& below, const Node& over, Depth depth, const std::function<void(const Difference&)>& found) {
    Comparison(depth, found).maps(&below, over, scenario_type().map.get(), "");
}

bool holds(const Node& said, const Node& now) {
    if (said.kind != Node::Kind::map || said.items.empty()) return same_value(said, now);
    return std::any_of(said.items.begin(), said.items.end(), [&](const Node& item) {
        const Node* there = now.find(item.key);
        return there && holds(item, *there);
    });
}

const Node* node_at(const Node& tree, const std::string& path) {
    if (path.empty()) return &tree;
    for (const auto& item : tree.items) {
        if (path == item.key) return &item;
        if (path.starts_with(item.key + ".")) {
            if (const Node* found = node_at(item, path.substr(item.key.size() + 1))) return found;
        }
    }
    return nullptr;
}

}  // namespace fxpool::scenario
