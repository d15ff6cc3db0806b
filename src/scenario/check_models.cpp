#include "check_models.hpp"

#include "check_keys.hpp"
#include "check_values.hpp"
#include "read_settings.hpp"
#include "typed_values.hpp"

#include <algorithm>
#include <charconv>

namespace fxpool::scenario {
namespace {

const Node* child(const Node* node, std::string_view key) { return node ? node->find(key) : nullptr; }

/// What a file or --set gives; not a default.
bool is_written(const Node& node) { return node.source && !node.source->name.empty(); }

std::optional<Date> date_of(const Node* node) { return node && node->kind == Node::Kind::text ? parse_iso_date(node->text) : std::nullopt; }

/// The description of a pair's model.
const Type& model_type() {
    const Key& market = *find_key(*scenario_type().map, "market", "");
    const Key& pairs = *find_key(*market.type.map, "pairs", "");
    return find_key(*pairs.type.map->entry->map, "model", "")->type;
}

/// Where a problem with `key` ("generator[1]", "states[0].volatility") of `model` is shown: there, or where what holds it is written.
Place place_in(const Node& model, std::string_view key) {
    const Node* node = &model;
    Place place = model.key_place();
    while (!key.empty()) {
        if (key.front() == '[') {
            std::size_t index = 0;
            std::from_chars(key.data() + 1, key.data() + key.size(), index);
            node = index < node->items.size() ? &node->items[index] : nullptr;
            key.remove_prefix(std::min(key.find(']'), key.size() - 1) + 1);
        } else {
            const auto name = key.substr(0, key.find_first_of(".["));
            node = node->find(name);
            key.remove_prefix(name.size());
        }
        if (key.starts_with('.')) key.remove_prefix(1);
        if (node == nullptr || !is_written(*node)) return place;
        place = node->place();
    }
    return place;
}

class ModelCheck {
  public:
    ModelCheck(const Node& tree, bool fragment, Problems& problems) : market_(tree.find("market")), fragment_(fragment), problems_(problems) {}

    void check() {
        const Node* pairs = child(market_, "pairs");
        if (!pairs) return;
        for (const auto& pair : pairs->items) {
            const Node* model = pair.find("model");
            if (model) check_model(pair, *model, join(join("market.pairs", pair.key), "model"));
        }
        check_correlations();
    }

  private:
    void check_model(const Node& pair, const Node& model, const std::string& path) {
        check_order(model, path);
        const Node* type = model.find("type");
        if (!type || !type->is("path")) {
            check_law(pair, model, path, model_type());
            return;
        }
        check_given(model, path);
        const auto then_path = join(path, "then");
        const Node* then = model.find("then");
        if (!then || then->kind != Node::Kind::map) return;
        check_order(*then, then_path);
        check_law(pair, *then, then_path, find_key(*model_type().map, "then", "path")->type);
    }

    /// Dates and tenors as a person reads them; what a file puts between those of another that it extends comes in its place.
    void check_order(const Node& model, const std::string& path) {
        for (const auto* key : {"volatility", "drift"}) {
            const Node* values = model.find(key);
            const Node* quotes = child(values, "quotes");
            if (quotes)
                ascend(*quotes, join(join(path, key), "quotes"), months_of,
                       [](const auto& late, const auto& early) { return say("the tenors must ascend: {0} comes after {1}", late, early); });
            else if (values)
                ascend(*values, join(path, key), parse_iso_date,
                       [](const auto& late, const auto& early) { return say("the dates must ascend: {0} comes after {1}", late, early); });
        }
        const auto from = date_of(model.find("from")), to = date_of(model.find("to"));
        if (from && to && *to <= *from) problems_.error(model.find("to")->place(), join(path, "to"), say("{0} is not after {1}", *to, *from));
    }

    template <class Read, class Complaint>
    void ascend(const Node& values, const std::string& path, Read read, Complaint complaint) {
        const Node* before = nullptr;
        for (const auto& item : values.items) {
            if (!read(item.key)) continue;
            if (before && before->source == item.source && *read(item.key) <= *read(before->key))
                problems_.error(item.key_place(), path, complaint(item.key, before->key));
            before = &item;
        }
    }

    void check_given(const Node& model, const std::string& path) {
        const Node* moves = model.find("moves");
        const Node* file = model.find("file");
        if (moves && file) problems_.error(file->place(), path, say("both moves and file are given; leave one out (none removes it)"));
        if (!moves && !file && !fragment_) problems_.error(model.key_place(), path, say("a path needs its moves: moves, or file"));
        for (const auto* key : {"from", "to"}) {
            if (moves && !file && model.find(key))
                problems_.warning(model.find(key)->place(), join(path, key), say("this is not used: moves are given, not a file"));
        }
    }

    /// What the model itself finds wrong between its parameters, and its history.
    void check_law(const Node& pair, const Node& node, const std::string& path, const Type& type) {
        const auto model = read_if_right(pair, node, path, type);
        if (!model) return;
        for (const auto& problem : problems_of(*model)) {
            const auto place = place_in(node, problem.key);
            if (problem.is_error) problems_.error(place, join(path, problem.key), problem.message);
            else problems_.note(place, join(path, problem.key), problem.message);
        }
        if (const auto* window = history_of(*model)) {
            from_rows_.push_back(pair.key);
            if (window->file.path.empty() && !fragment_)
                problems_.error(node.key_place(), join(path, "history"),
                                say("there is no history to draw from: name a file of rates here, or as the history of the pair"));
        } else {
            check_unused_history(node, path);
        }
    }

    std::optional<Model> read_if_right(const Node& pair, const Node& node, const std::string& path, const Type& type) {
        const auto& list = problems_.list();
        const bool wrong = std::any_of(list.begin(), list.end(), [&](const Problem& problem) {
            const auto rest = problem.subject.starts_with(path) ? problem.subject.substr(path.size()) : "no part of it";
            return problem.severity == Severity::error && (rest.empty() || rest.front() == '.' || rest.front() == '[');
        });
        // what a fragment does not say is said by the file that it is laid over
        if (wrong || node.kind != Node::Kind::map || !node.find("type")) return std::nullopt;
        Node whole = node;
        Problems missing;
        check_keys(whole, type, path, missing);
        return missing.has_errors() ? std::nullopt : std::optional(read_model(whole, optional_file(pair, "history")));
    }

    void check_unused_history(const Node& node, const std::string& path) {
        const Node* residuals = node.find("residuals");
        if (!residuals) return;
        for (const auto* key : {"history", "from", "to", "mean_block"}) {
            const Node* unused = node.find(key);
            const bool asks_for_nothing = !unused || !is_written(*unused) || unused->number == GarchModel{}.mean_block;  // the default, written out by init
            if (!asks_for_nothing) problems_.warning(unused->place(), join(path, key), say("this is not used: residuals is {0}, not history", residuals->text));
        }
    }

    void check_correlations() {
        const Node* correlation = child(market_, "correlation");
        if (!correlation) return;
        for (const auto& item : correlation->items) {
            const auto names = {item.key.substr(0, item.key.find('~')), item.key.substr(item.key.find('~') + 1)};
            for (const auto& name : names) {
                if (std::find(from_rows_.begin(), from_rows_.end(), name) == from_rows_.end()) continue;
                problems_.error(item.key_place(), "market.correlation",
                                say("{0} draws its moves from the rows of a history, not from a Gaussian shock: leave '{1}' out (pairs that draw from "
                                    "histories share the row of the day, and with it their history's dependence)",
                                    name, item.key));
            }
        }
    }

    const Node* market_;
    bool fragment_;
    Problems& problems_;
    std::vector<std::string> from_rows_;  ///< pairs that draw from a history's rows
};

}  // namespace

void check_models(const Node& tree, bool fragment, Problems& problems) { ModelCheck(tree, fragment, problems).check(); }

}  // namespace fxpool::scenario
