#include "check_keys.hpp"

#include "check_values.hpp"
#include "source_text.hpp"
#include "yaml_tree.hpp"

#include "fxpool/base/suggestion.hpp"

#include <algorithm>

namespace fxpool::scenario {
namespace {

std::vector<std::string> names_of(const MapForm& map, std::string_view tag_value) {
    std::vector<std::string> names;
    for (const auto& key : map.keys) {
        const bool known = std::find(names.begin(), names.end(), key.name) != names.end();
        if (key.goes_with(tag_value) && !known) names.push_back(key.name);
    }
    return names;
}

/// The paths of the maps that have a key `name`, anywhere in the file.
void find_homes(const Type& type, const std::string& path, const std::string& name, std::vector<std::string>& homes) {
    if (!type.map) return;
    for (const auto& key : type.map->keys) {
        if (key.name == name && !path.empty()) homes.push_back(path);
        find_homes(key.type, join(path, key.name), name, homes);
    }
}

class KeyCheck {
  public:
    KeyCheck(bool fragment, Problems& problems) : fragment_(fragment), problems_(problems) {}

    void check(Node& node, const Type& type, const std::string& path) {
        switch (node.kind) {
            case Node::Kind::nothing: problems_.error(node.key_place(), path, say("there is no value; {0} is wanted", wanted(type))); return;
            case Node::Kind::text: check_text(node, type, path, problems_); return;
            case Node::Kind::list:
                if (type.list) check_list(node, type, path);
                else refuse(node, type, path, say("a list can't stand here; {0} is wanted", wanted(type)));
                return;
            case Node::Kind::map:
                if (!type.map) refuse(node, type, path, say("a map can't stand here; {0} is wanted", wanted(type)));
                else if (type.map->entry) check_entries(node, *type.map, path);
                else check_section(node, *type.map, path);
                return;
        }
    }

  private:
    void refuse(const Node& node, const Type& type, const std::string& path, Message otherwise) {
        if (type.refuse_the_rest) problems_.error(node.place(), path, say("this is not in this version yet; allowed: {0}", listed(type.words)));
        else if (type.advice) problems_.error(node.place(), path, *type.advice);
        else problems_.error(node.place(), path, std::move(otherwise));
    }

    void check_list(Node& node, const Type& type, const std::string& path) {
        if (node.items.empty() && !type.list_may_be_empty) problems_.error(node.place(), path, say("the list is empty"));
        for (std::size_t i = 0; i < node.items.size(); ++i) check(node.items[i], *type.list, path + "[" + std::to_string(i) + "]");
    }

    void check_entries(Node& node, const MapForm& map, const std::string& path) {
        std::erase_if(node.items, [&](const Node& item) { return item.is("none") && !map.entry->has_word("none"); });
        if (node.items.empty() && !map.may_be_empty) problems_.error(node.key_place(), path, say("the map is empty"));
        for (auto& item : node.items) {
            if (const Key* instead = find_key(map, item.key, "")) {
                if (node.items.size() > 1)
                    problems_.error(item.key_place(), path, say("'{0}' must be the only one here: it takes the place of all the others", item.key));
                check(item, instead->type, join(path, item.key));
            } else if (auto wrong = wrong_entry_key(item.key, map)) {
                problems_.error(full_width_place(item.key_place(), item.key, false), path, std::move(*wrong));
            } else {
                check(item, *map.entry, join(path, item.key));
            }
        }
        if (map.needs_default && !fragment_ && !node.find("default")) {
            problems_.error(node.key_place(), path, say("the key '{0}' is missing: the value for sectors not named", "default"));
        }
    }

    /// The value that decides which keys belong; empty where it is not known. False where it is wrong, and has been reported.
    bool read_tag(Node& node, const MapForm& map, const std::string& path, std::string& value) {
        if (map.tag.empty()) return true;
        const Key& tag = *find_key(map, map.tag, "");
        if (Node* written = node.find(map.tag); written && !written->is("none")) {
            if (written->kind != Node::Kind::text || !tag.type.has_word(written->text)) {
                check(*written, tag.type, join(path, map.tag));
                return false;
            }
            value = written->text;
        } else if (!fragment_) {
            value = *tag.otherwise;
        }
        return true;
    }

    void check_section(Node& node, const MapForm& map, const std::string& path) {
        std::string tag_value;
        if (!read_tag(node, map, path, tag_value)) return;
        Nodes written = std::move(node.items);
        node.items.clear();
        for (const auto& item : written) {
            if (find_key(map, item.key, tag_value)) continue;
            if (find_key(map, item.key, "")) {
                problems_.error(item.key_place(), path, say("the key '{0}' does not go with {1}: {2}", item.key, map.tag, tag_value));
            } else {
                problems_.error(full_width_place(item.key_place(), item.key, false), path, unknown_key(item.key, map, tag_value));
            }
        }
        for (const auto& key : map.keys) {
            if (!key.goes_with(tag_value)) continue;
            const auto item = std::find_if(written.begin(), written.end(), [&](const Node& one) { return one.key == key.name; });
            const bool given = item != written.end() && !(item->is("none") && !key.required && !key.type.has_word("none"));
            if (given) {
                check(*item, key.type, join(path, key.name));
                node.items.push_back(std::move(*item));
                written.erase(item);
            } else if (!fragment_) {
                if (item != written.end() && key.otherwise) problems_.note(item->place(), join(path, key.name), default_holds(key));
                put_default(node, key, path);
            }
        }
    }

    /// What `none` does where it is no value of its own.
    static Message default_holds(const Key& key) {
        if (key.otherwise->starts_with('{') || key.otherwise->starts_with('[')) return say("none removes this key: the defaults apply");
        return say("none removes this key: the default {0} applies", *key.otherwise);
    }

    void put_default(Node& node, const Key& key, const std::string& path) {
        if (key.required) {
            problems_.error(node.key_place(), path, say("the key '{0}' is missing; {1} is wanted", key.name, wanted(key.type)));
        }
        if (!key.otherwise) return;
        Node value = value_of(*key.otherwise);
        value.key = key.name;
        check(value, key.type, join(path, key.name));
        node.items.push_back(std::move(value));
    }

    static Node value_of(const std::string& yaml) {
        Node node;
        if (yaml == "{}" || yaml == "[]") {
            node.kind = yaml == "{}" ? Node::Kind::map : Node::Kind::list;
            return node;
        }
        if (yaml.starts_with('{') || yaml.starts_with('[')) {
            Problems none;
            return *parse_yaml(yaml, std::make_shared<const Source>(), none);
        }
        node.kind = Node::Kind::text;
        node.text = yaml;
        return node;
    }

    bool fragment_;
    Problems& problems_;
};

}  // namespace

Message unknown_key(const std::string& name, const MapForm& map, std::string_view tag_value) {
    if (const auto wide = find_full_width(name)) return full_width_message(*wide);
    for (const auto& never : map.never) {
        if (never.word == name) return never.why;
    }
    const auto known = names_of(map, tag_value);
    if (const auto near = nearest_word(name, known)) return say("unknown key '{0}'; did you mean '{1}'?", name, *near);
    std::vector<std::string> homes;
    find_homes(scenario_type(), "", name, homes);
    if (homes.size() == 1) return say("unknown key '{0}'; it belongs under '{1}'", name, homes.front());
    return say("unknown key '{0}'; the keys here: {1}", name, listed(known));
}

void check_keys(Node& tree, bool fragment, Problems& problems) { KeyCheck(fragment, problems).check(tree, scenario_type(), ""); }

void check_keys(Node& part, const Type& type, const std::string& path, Problems& problems) { KeyCheck(false, problems).check(part, type, path); }

}  // namespace fxpool::scenario
