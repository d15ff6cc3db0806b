#include "layers.hpp"

#include "check_keys.hpp"
#include "check_values.hpp"
#include "key_type.hpp"
#include "yaml_tree.hpp"

#include <algorithm>
#include <charconv>

// --set key.path=value: one value, put over what the files say.
namespace fxpool::scenario {
namespace {

bool has_depth(const Type& type) { return type.map || type.list; }

/// Walks down the tree and its description along the key path, making what is missing on the way.
class Walk {
  public:
    /// `gives`: the value that comes is not `none`.
    Walk(Node& tree, bool gives, SourcePtr source, Problems& problems) : node_(&tree), gives_(gives), source_(std::move(source)), problems_(problems) {}

    /// The value at `key`; null, with a problem, where the description has no such place.
    Node* to(const std::string& key) {
        std::string_view rest = key;
        while (!rest.empty()) {
            if (!step(rest)) return nullptr;
        }
        return node_;
    }

  private:
    bool fail(Message message) {
        problems_.error({source_->name}, "", std::move(message));
        return false;
    }

    bool step(std::string_view& rest) {
        const bool digit = rest.front() >= '0' && rest.front() <= '9';
        if (type_->list && (rest.front() == '[' || digit)) return into_list(rest);
        if (type_->list && !type_->map) return fail(say("'{0}' is a list: write {0}[0] for its first entry", path_));
        if (!type_->map) return fail(say("there are no keys under '{0}'", path_));
        if (type_->map->entry) return into_entry(rest);
        return into_section(rest);
    }

    bool into_list(std::string_view& rest) {
        const bool bracket = rest.front() == '[';
        if (bracket) rest.remove_prefix(1);
        std::size_t index = 0;
        const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), index);
        const auto digits = static_cast<std::size_t>(read.ptr - rest.data());
        if (read.ec != std::errc{} || (bracket && rest.substr(digits, 1) != "]")) return fail(say("'{0}' is a list: write {0}[0] for its first entry", path_));
        rest.remove_prefix(digits + (bracket ? 1 : 0));
        if (!rest.empty() && rest.front() == '.') rest.remove_prefix(1);
        if (node_->kind != Node::Kind::list || index >= node_->items.size()) {
            return fail(say("'{0}' has {1} entries, numbered from 0", path_, node_->kind == Node::Kind::list ? node_->items.size() : 0));
        }
        path_ += "[" + std::to_string(index) + "]";
        node_ = &node_->items[index];
        type_ = type_->list.get();
        return true;
    }

    bool into_section(std::string_view& rest) {
        const auto name = take_name(rest);
        const Key* key = find_key(*type_->map, name, tag_here());
        if (key == nullptr) key = find_key(*type_->map, name, "");
        if (key == nullptr)
            return fail(path_.empty() ? unknown_key(name, *type_->map, "") : say("under '{0}': {1}", path_, unknown_key(name, *type_->map, "")));
        if (type_->number && node_->kind == Node::Kind::text) {  // exporter_cap: 1m sets both its keys
            const Node both = *node_;
            make_map();
            for (const auto& one : type_->map->keys) {
                node_->items.push_back(both);
                node_->items.back().key = one.name;
            }
        }
        down_to(name);
        type_ = &key->type;
        key_ = key;
        return true;
    }

    /// The value of the tag as far as it is known now: `type` decides what `volatility` may be.
    std::string tag_here() const {
        const auto& tag = type_->map->tag;
        const Node* written = tag.empty() ? nullptr : node_->find(tag);
        return written ? written->text : std::string();
    }

    bool into_entry(std::string_view& rest) {
        const MapForm& map = *type_->map;
        const auto first = rest.substr(0, rest.find_first_of(".["));
        if (const Key* instead = find_key(map, first, "")) {  // volatility.quotes.1M
            take_name(rest);
            down_to(instead->name);
            type_ = &instead->type;
            key_ = instead;
            return true;
        }
        std::string name;
        if (has_depth(*map.entry)) {
            name = take_name(rest);
        } else {  // "limits.exhaustion.probability": the whole rest is one key
            name = std::string(rest);
            rest = {};
        }
        if (auto wrong = wrong_entry_key(name, map)) return fail(std::move(*wrong));
        const bool unsaid = node_->kind == Node::Kind::nothing && key_ && key_->otherwise;
        if (map.needs_default && (unsaid || node_->kind == Node::Kind::text)) {  // pd: 3% -> pd: {default: 3%, ...}
            Node otherwise = *node_;
            otherwise.kind = Node::Kind::text;
            if (unsaid) otherwise.text = *key_->otherwise;
            otherwise.key = "default";
            make_map();
            node_->items.push_back(std::move(otherwise));
        }
        down_to(name);
        type_ = map.entry.get();
        return true;
    }

    static std::string take_name(std::string_view& rest) {
        const auto end = std::min(rest.find_first_of(".["), rest.size());
        std::string name(rest.substr(0, end));
        rest.remove_prefix(end);
        if (!rest.empty() && rest.front() == '.') rest.remove_prefix(1);
        return name;
    }

    void make_map() {
        node_->kind = Node::Kind::map;
        node_->text.clear();
        node_->items.clear();
        node_->source = source_;
        node_->mark = {};
    }

    void down_to(const std::string& name) {
        if (node_->kind != Node::Kind::map) make_map();
        if (!node_->find(name)) {
            Node made;
            made.key = name;
            made.source = source_;
            node_->items.push_back(std::move(made));
        }
        if (gives_) give_way(*node_, name);
        node_ = node_->find(name);
        path_ = join(path_, name);
    }

    Node* node_;
    const Type* type_ = &scenario_type();
    const Key* key_ = nullptr;  ///< of the description, where node_ is a key's value
    std::string path_;
    bool gives_;
    SourcePtr source_;
    Problems& problems_;
};

void forget_marks(Node& node) {
    node.mark = {};
    node.key_mark = {};
    for (auto& item : node.items) forget_marks(item);
}

}  // namespace

void apply_override(Node& tree, const std::string& key, const std::string& value, Problems& problems) {
    const auto source = std::make_shared<const Source>(Source{"--set " + key, {}});
    if (key.empty()) {
        problems.error({"--set"}, "", say("the key is missing: write it like {0}", "--set pool.multiple=5"));
        return;
    }
    if (key == "extends") {
        problems.error({source->name}, "", say("'{0}' can only stand in a file", key));
        return;
    }
    Problems syntax;
    auto parsed = parse_yaml(value, source, syntax);
    for (const auto& problem : syntax.list()) problems.error({source->name}, problem.subject, problem.message);
    if (!parsed) return;
    forget_marks(*parsed);
    if (!parsed->source) parsed->source = source;  // an empty value
    Node changed = tree;                           // a path that leads nowhere must leave nothing half made
    Node* at = Walk(changed, !parsed->is("none"), source, problems).to(key);
    if (at == nullptr) return;
    parsed->key = at->key;
    const bool made_now = at->kind == Node::Kind::nothing;
    *at = made_now ? std::move(*parsed) : merged(std::move(*at), std::move(*parsed));
    tree = std::move(changed);
}

}  // namespace fxpool::scenario
