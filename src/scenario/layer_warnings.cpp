#include "layer_warnings.hpp"

#include "differences.hpp"

#include <algorithm>

// What files that extend one another take from each other, told: each file's changes, and changes that are lost without a word.
namespace fxpool::scenario {
namespace {

/// Keys that every file has its own of, or that change no answer.
bool is_of_the_file(const std::string& path) {
    for (const std::string_view own : {"fxpool", "fragment", "name", "title"}) {
        if (path == own || path.starts_with(std::string(own) + ".")) return true;
    }
    return false;
}
bool changes_the_answer(const std::string& path) {
    const auto first = path.substr(0, path.find('.'));
    return !is_of_the_file(path) && first != "simulation" && first != "limits";
}

std::string file_of(const Node& node) {
    if (node.source) return std::filesystem::path(node.source->name).filename().string();
    return node.items.empty() ? std::string() : file_of(node.items.front());
}

/// A value in a few words: "15%", "{type: regime, ...}", "[...]".
std::string brief(const Node& node) {
    switch (node.kind) {
        case Node::Kind::text: return node.text;
        case Node::Kind::list: return "[...]";
        case Node::Kind::map:
            for (const auto* tag : {"type", "when"}) {
                if (const Node* value = node.find(tag); value && value->kind == Node::Kind::text) return "{" + std::string(tag) + ": " + value->text + ", ...}";
            }
            return node.items.empty() ? "{}" : "{" + node.items.front().key + ": ...}";
        case Node::Kind::nothing: break;
    }
    return {};
}

std::string title_of(const Node& own) {
    const Node* title = own.find("title");
    if (title == nullptr) return {};
    if (title->kind == Node::Kind::text) return title->text;
    for (const auto* language : {"en", "zh"}) {
        if (const Node* words = title->find(language); words && words->kind == Node::Kind::text) return words->text;
    }
    return {};
}

}  // namespace

void warn_of_defaults(const Node& below, const Node& over, Problems& problems) {
    constexpr int most_told = 5;
    int told = 0;
    std::string more;
    Place place_of_more;
    for_each_difference(below, over, Depth::keys, [&](const Difference& difference) {
        if (!difference.back_to_default || !changes_the_answer(difference.path)) return;
        if (++told <= most_told) {
            problems.warning(
                difference.over->key_place(), difference.path,
                say("this sets it back to its default {0}; {1} had {2}", brief(*difference.over), file_of(*difference.below), brief(*difference.below)));
            return;
        }
        if (more.empty()) place_of_more = difference.over->key_place();
        more += (more.empty() ? "" : ", ") + difference.path;
    });
    if (!more.empty()) problems.warning(place_of_more, "", say("{0} more keys are set back to their defaults: {1}", told - most_told, more));
}

void warn_of_lost_base(const Base& base, const Node& all_bases, const Node& tree, Problems& problems) {
    const auto& [named_at, layer, below] = base;
    const auto title = title_of(layer.own);
    const Node& where = title.empty() ? all_bases : tree;
    bool says_something = false, something_holds = false;
    std::vector<std::string> over;
    for_each_difference(below, layer.own, Depth::every_value, [&](const Difference& difference) {
        if (!changes_the_answer(difference.path)) return;
        says_something = true;
        const Node* now = node_at(where, difference.path);
        if (now && same_value(*now, *difference.over)) {
            something_holds = true;
        } else if (now && !file_of(*now).empty() && std::find(over.begin(), over.end(), file_of(*now)) == over.end()) {
            over.push_back(file_of(*now));
        }
    });
    if (!says_something || something_holds) return;
    const auto name = layer.file.filename().string() + (title.empty() ? "" : " ('" + title + "')");
    std::string files;
    for (const auto& one : over) files += (files.empty() ? "" : ", ") + one;
    if (files.empty()) files = std::filesystem::path(named_at.file).filename().string();
    problems.warning(
        named_at, "extends",
        say("nothing that {0} says holds: every key of it is overridden by {1}; of several files the later wins, so the base comes first", name, files));
}

std::vector<ChainFile> chain_of(const Layers& layers, const Node& tree) {
    std::vector<ChainFile> chain;
    if (layers.chain.size() < 2) return chain;
    Node below{.kind = Node::Kind::map};
    for (const auto& layer : layers.chain) {
        ChainFile file{layer.file, {}};
        for_each_difference(below, layer.own, Depth::keys, [&](const Difference& difference) {
            const Node* now = node_at(tree, difference.path);
            const bool taken_away = !now && difference.over->is("none");
            if (!is_of_the_file(difference.path) && (taken_away || (now && holds(*difference.over, *now)))) file.changes.push_back(difference.path);
        });
        below = merged(std::move(below), layer.own);
        chain.push_back(std::move(file));
    }
    return chain;
}

}  // namespace fxpool::scenario
