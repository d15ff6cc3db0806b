#include "layers.hpp"

#include "source_text.hpp"
#include "yaml_tree.hpp"

#include "fxpool/base/date.hpp"

#include <algorithm>
#include <map>

namespace fxpool::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_chain = 50;  // files that extend one another

bool tag_changes(const Node& base, const Node& over, std::string_view tag) {
    const Node* before = base.find(tag);
    const Node* after = over.find(tag);
    return before && after && before->text != after->text;
}

/// Keys of which a map has one or the other: given above, one takes the place of the other below.
constexpr std::pair<std::string_view, std::string_view> alternatives[] = {{"months", "end"}, {"moves", "file"}};

/// Reads a file once, follows its `extends`, and remembers the way to it so that circles are seen.
class Reader {
  public:
    explicit Reader(Problems& problems) : problems_(problems) {}

    std::vector<fs::path> files_read;

    std::optional<Node> read(const fs::path& file, const Place& named_at) {
        std::error_code error;
        const fs::path identity = fs::weakly_canonical(file, error);
        if (std::find(chain_.begin(), chain_.end(), identity) != chain_.end()) {
            problems_.error(named_at, "extends", say("'{0}' extends itself in a circle: {1}", file.string(), circle(identity)));
            return std::nullopt;
        }
        if (chain_.size() >= longest_chain) {
            problems_.error(named_at, "extends", say("more than {0} files extend one another", longest_chain));
            return std::nullopt;
        }
        if (const auto known = done_.find(identity); known != done_.end()) return known->second;

        chain_.push_back(identity);
        auto tree = read_new(file, named_at);
        chain_.pop_back();
        if (tree) done_.emplace(identity, *tree);
        return tree;
    }

  private:
    std::string circle(const fs::path& first) const {
        std::string names;
        for (auto file = std::find(chain_.begin(), chain_.end(), first); file != chain_.end(); ++file) names += file->filename().string() + " -> ";
        return names + first.filename().string();
    }

    std::optional<Node> read_new(const fs::path& file, const Place& named_at) {
        const auto name = file.string();
        const auto text = read_text(file, {named_at, "extends"}, problems_);
        if (!text) return std::nullopt;
        files_read.push_back(file);
        if (!check_layout(*text, name, problems_)) return std::nullopt;
        const auto source = std::make_shared<const Source>(Source{name, file.parent_path()});
        auto tree = parse_yaml(*text, source, problems_);
        if (!tree) return std::nullopt;
        if (tree->kind == Node::Kind::nothing) {
            problems_.error({name}, "", say("the file is empty; fxpool init writes one to start from"));
            return std::nullopt;
        }
        if (tree->kind != Node::Kind::map) {
            problems_.error(tree->place(), "", not_a_map(*tree, *text));
            return std::nullopt;
        }
        return with_what_it_extends(std::move(*tree));
    }

    static Message not_a_map(const Node& tree, const std::string& text) {
        if (tree.kind == Node::Kind::text) {
            if (const auto found = find_full_width(text)) return full_width_message(*found);
        }
        return say("a scenario file holds keys and values, like 'name: fuzhou-base'; this one does not");
    }

    std::optional<Node> with_what_it_extends(Node tree) {
        const auto at = std::find_if(tree.items.begin(), tree.items.end(), [](const Node& item) { return item.key == "extends"; });
        if (at == tree.items.end()) return tree;
        const Node extends = std::move(*at);
        tree.items.erase(at);
        const Nodes names = extends.kind == Node::Kind::list ? extends.items : Nodes{extends};

        std::optional<Node> base;
        for (const auto& named : names) {
            if (named.kind != Node::Kind::text || named.text.empty()) {
                problems_.error(named.place(), "extends", say("the name of a scenario file is wanted, or a list of them"));
                return std::nullopt;
            }
            if (named.text == "none") continue;
            auto one = read((named.source->folder / named.text).lexically_normal(), named.place());
            if (!one) return std::nullopt;
            base = base ? merged(std::move(*base), std::move(*one)) : std::move(*one);
        }
        return base ? merged(std::move(*base), std::move(tree)) : std::move(tree);
    }

    Problems& problems_;
    std::vector<fs::path> chain_;
    std::map<fs::path, Node> done_;
};

}  // namespace

void give_way(Node& base, std::string_view key) {
    const bool dated = parse_iso_date(key).has_value();
    if (key == "quotes" || dated) {  // of a volatility: quotes by tenor, or steps by date
        std::erase_if(base.items, [&](const Node& item) { return dated ? item.key == "quotes" : parse_iso_date(item.key).has_value(); });
    }
    for (const auto& [one, other] : alternatives) {
        if (key != one && key != other) continue;
        const auto rival = key == one ? other : one;
        std::erase_if(base.items, [&](const Node& item) { return item.key == rival; });
    }
}

Node merged(Node base, Node over) {
    const bool both_maps = base.kind == Node::Kind::map && over.kind == Node::Kind::map;
    if (!both_maps || tag_changes(base, over, "type") || tag_changes(base, over, "when")) return over;
    for (const auto& item : over.items) {
        if (!item.is("none")) give_way(base, item.key);
    }
    Node result = over;
    result.items = std::move(base.items);
    for (auto& item : over.items) {
        if (Node* known = result.find(item.key)) {
            *known = merged(std::move(*known), std::move(item));
        } else {
            result.items.push_back(std::move(item));
        }
    }
    return result;
}

std::optional<Layers> read_layers(const fs::path& file, Problems& problems) {
    Reader reader(problems);
    auto tree = reader.read(file, {});
    if (!tree) return std::nullopt;
    return Layers{std::move(*tree), std::move(reader.files_read)};
}

}  // namespace fxpool::scenario
