#include "fxpool/scenario/scenario_file.hpp"

#include "check_between.hpp"
#include "check_keys.hpp"
#include "check_models.hpp"
#include "check_plausible.hpp"
#include "check_values.hpp"
#include "layers.hpp"
#include "parameters.hpp"
#include "read_settings.hpp"

#include <algorithm>
#include <tuple>

namespace fxpool {
namespace {

namespace fs = std::filesystem;
using scenario::Node;

bool stands_among_episodes(const fs::path& file) {
    const auto folder = fs::absolute(file).lexically_normal().parent_path();
    return std::find(folder.begin(), folder.end(), fs::path("episodes")) != folder.end();
}

bool lacks_a_required_key(const Node& tree) {
    const auto& keys = scenario::scenario_type().map->keys;
    return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.required && tree.find(key.name) == nullptr; });
}

/// A key says it. A file of an `episodes` folder that is not complete is one without it, too; it is asked to say so.
bool is_fragment(const Node& tree, const fs::path& file, Problems& problems) {
    if (const Node* said = tree.find("fragment"); said && !said->is("none")) return said->is("true");
    if (!stands_among_episodes(file) || !lacks_a_required_key(tree)) return false;
    problems.note({file.string()}, "fragment", say("taken as a fragment: it is not complete, and stands in a folder of episodes; write fragment: true"));
    return true;
}

/// Where a person looks for a value: a map on lines of its own is found by its key.
Place place_of_value(const Node& node) {
    const bool below_its_key = node.key_mark.line > 0 && node.mark.line > node.key_mark.line;
    return below_its_key ? node.key_place() : node.place();
}

void note_places(const Node& node, const std::string& path, Scenario& scenario) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const auto& item = node.items[i];
        const auto key = node.kind == Node::Kind::list ? path + "[" + std::to_string(i) + "]" : scenario::join(path, item.key);
        scenario.places.emplace(key, place_of_value(item));
        scenario.given.insert(key);
        note_places(item, key, scenario);
    }
}

bool missing(const Node& map, std::string_view key) { return map.find(key) == nullptr || map.find(key)->is("none"); }

void put(Node& map, Node value) {
    std::erase_if(map.items, [&](const Node& item) { return item.key == value.key; });
    map.items.push_back(std::move(value));
}

/// Defaults that hang on other keys; the rest stand in the description.
void put_dependent_defaults(Node& tree) {
    if (Node* horizon = tree.find("horizon"); horizon && horizon->kind == Node::Kind::map && missing(*horizon, "end") && missing(*horizon, "months")) {
        put(*horizon, Node{.kind = Node::Kind::text, .text = std::to_string(HorizonSettings{}.months), .key = "months"});
    }
    if (Node* market = tree.find("market"); market && missing(*market, "reference")) {
        const Node* pairs = market->find("pairs");
        const bool known = pairs && !pairs->items.empty() && scenario::is_pair(pairs->items.front().key);
        if (known) put(*market, Node{.kind = Node::Kind::text, .text = pairs->items.front().key, .key = "reference"});
    }
    // contracts bring their firms with them; new business alone is asked for by firms made at random
    if (!missing(tree, "new_business") && missing(tree, "contracts") && missing(tree, "exporters")) {
        Node synthetic{.kind = Node::Kind::map, .key = "synthetic"};
        put(tree, Node{.kind = Node::Kind::map, .key = "exporters", .items = {std::move(synthetic)}});
    }
}

/// By file, line and column; the files in the order in which they were read.
void sort_by_place(std::vector<Problem>& list, const std::vector<fs::path>& files) {
    const auto rank = [&](const Problem& problem) {
        const auto file = std::find_if(files.begin(), files.end(), [&](const fs::path& one) { return one.string() == problem.place.file; });
        return std::tuple(file - files.begin(), problem.place.file, problem.place.line, problem.place.column);
    };
    std::stable_sort(list.begin(), list.end(), [&](const Problem& a, const Problem& b) { return rank(a) < rank(b); });
    for (auto& problem : list) {
        if (problem.place.file == "--set " + problem.subject) problem.subject.clear();
    }
}

}  // namespace

Place Scenario::place_of(std::string key) const {
    while (!key.empty()) {
        if (const auto found = places.find(key); found != places.end()) return found->second;
        const auto end = key.find_last_of(".[");
        key.resize(end == std::string::npos ? 0 : end);
    }
    return {file.string()};
}

std::optional<Scenario> load_scenario(const fs::path& file, const Overrides& overrides, Problems& problems, DataFiles* named) {
    Problems found;
    auto layers = scenario::read_layers(file, found);
    if (!layers) {
        problems.append(found);
        return std::nullopt;
    }
    Scenario result;
    result.file = file;
    result.files_read = std::move(layers->files_read);
    Node& tree = layers->tree;
    for (const auto& [key, value] : overrides) scenario::apply_override(tree, key, value, found);
    note_places(tree, "", result);
    result.fragment = is_fragment(tree, file, found);
    result.chain = scenario::chain_of(*layers, tree);
    if (named) {
        *named = {scenario::named_file(tree, "exporters"), scenario::named_file(tree, "contracts"), result.place_of("exporters"), result.place_of("contracts")};
    }
    if (!result.fragment) put_dependent_defaults(tree);
    scenario::check_keys(tree, result.fragment, found);
    scenario::check_models(tree, result.fragment, found);
    scenario::check_between(tree, result.fragment, found);
    scenario::check_plausible_numbers(tree, found);
    if (!result.fragment && !found.has_errors()) {
        result.settings = scenario::read_settings(tree);
        scenario::check_plausible_together(result, found);
    }

    found.rearrange([&](auto& list) { sort_by_place(list, result.files_read); });
    problems.append(found);
    if (found.has_errors()) return std::nullopt;
    result.parameters_json = scenario::parameters_json(tree);
    return result;
}

}  // namespace fxpool
