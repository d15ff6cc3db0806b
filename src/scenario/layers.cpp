#include "layers.hpp"

#include "layer_warnings.hpp"
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

    /// A file with what it extends.
    struct Read {
        Node tree;                 ///< all of it
        Node below;                ///< what it extends alone
        std::vector<Layer> chain;  ///< base first; a file that several extend stands where it was laid last
    };

    std::optional<Read> read(const fs::path& file, const Place& named_at) {
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
        auto read = read_new(file, named_at);
        chain_.pop_back();
        if (read) done_.emplace(identity, *read);
        return read;
    }

  private:
    std::string circle(const fs::path& first) const {
        std::string names;
        for (auto file = std::find(chain_.begin(), chain_.end(), first); file != chain_.end(); ++file) names += file->filename().string() + " -> ";
        return names + first.filename().string();
    }

    std::optional<Read> read_new(const fs::path& file, const Place& named_at) {
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
        return with_what_it_extends(file, std::move(*tree));
    }

    static Message not_a_map(const Node& tree, const std::string& text) {
        if (tree.kind == Node::Kind::text) {
            if (const auto found = find_full_width(text)) return full_width_message(*found);
        }
        return say("a scenario file holds keys and values, like 'name: fuzhou-base'; this one does not");
    }

    std::optional<Read> with_what_it_extends(const fs::path& file, Node own) {
        const auto at = std::find_if(own.items.begin(), own.items.end(), [](const Node& item) { return item.key == "extends"; });
        if (at == own.items.end()) return Read{own, Node{.kind = Node::Kind::map}, {{file, own}}};
        const Node extends = std::move(*at);
        own.items.erase(at);
        const Nodes names = extends.kind == Node::Kind::list ? extends.items : Nodes{extends};

        std::vector<std::pair<Place, Read>> bases;
        std::optional<Node> below;
        std::vector<Layer> chain;
        for (const auto& named : names) {
            if (named.kind != Node::Kind::text || named.text.empty()) {
                problems_.error(named.place(), "extends", say("the name of a scenario file is wanted, or a list of them"));
                return std::nullopt;
            }
            if (named.text == "none") continue;
            auto one = read((named.source->folder / named.text).lexically_normal(), named.place());
            if (!one) return std::nullopt;
            std::erase_if(one->tree.items, [](const Node& item) { return item.key == "fragment"; });  // its own affair
            for (const auto& layer : one->chain) {
                std::erase_if(chain, [&](const Layer& known) { return known.file == layer.file; });
                chain.push_back(layer);
            }
            if (below) warn_of_defaults(*below, one->tree, problems_);
            below = below ? merged(std::move(*below), one->tree) : one->tree;
            bases.emplace_back(named.place(), std::move(*one));
        }
        if (!below) return Read{own, Node{.kind = Node::Kind::map}, {{file, own}}};
        warn_of_defaults(*below, own, problems_);
        Node tree = merged(*below, own);
        for (const auto& [place, base] : bases) warn_of_lost_base({place, base.chain.back(), base.below}, *below, tree, problems_);
        chain.push_back({file, std::move(own)});
        return Read{std::move(tree), std::move(*below), std::move(chain)};
    }

    Problems& problems_;
    std::vector<fs::path> chain_;
    std::map<fs::path, Read> done_;
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
    auto read = reader.read(file, {});
    if (!read) return std::nullopt;
    return Layers{std::move(read->tree), std::move(reader.files_read), std::move(read->chain)};
}

}  // namespace fxpool::scenario
