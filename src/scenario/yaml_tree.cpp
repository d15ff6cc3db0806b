#include "yaml_tree.hpp"

#include "source_text.hpp"

#include "fxpool/files/utf8.hpp"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>
#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>

namespace fxpool::scenario {
namespace {

constexpr std::size_t most_values = 100'000;  // what aliases may grow a file to
constexpr std::size_t deepest = 60;           // maps within maps; a scenario needs 7

/// What stops the reading: thrown through yaml-cpp, which knows no other way to stop.
struct Stop {
    Mark mark;
    Message message;
};

std::size_t size_of(const Node& node) {
    std::size_t size = 1;
    for (const auto& item : node.items) size += size_of(item);
    return size;
}

/// Lines and columns from 1, counted in characters; yaml-cpp counts bytes from 0.
class Marks {
  public:
    explicit Marks(std::string_view text) : text_(text) {
        starts_.push_back(0);
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\n') starts_.push_back(i + 1);
        }
    }
    Mark at(std::size_t byte) const {
        const auto line = static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), byte) - starts_.begin()) - 1;
        return {static_cast<int>(line) + 1, count_characters(text_.substr(starts_[line], byte - starts_[line])) + 1};
    }
    Mark of(const YAML::Mark& mark) const {
        if (mark.line < 0) return {1, 1};
        const auto line = std::min(static_cast<std::size_t>(mark.line), starts_.size() - 1);
        const auto rest = text_.substr(starts_[line]);
        const auto bytes = std::min(static_cast<std::size_t>(std::max(mark.column, 0)), rest.size());
        if (line != last_.line || bytes < last_.bytes) last_ = {line, 0, 0};
        last_.characters += count_characters(rest.substr(last_.bytes, bytes - last_.bytes));
        last_.bytes = bytes;
        return {static_cast<int>(line) + 1, last_.characters + 1};
    }

  private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
    /// Where the last mark was: a long line is counted once, not once a mark.
    struct Last {
        std::size_t line = 0, bytes = 0;
        int characters = 0;
    };
    mutable Last last_;
};

/// Builds the tree from yaml-cpp's events.
class Builder : public YAML::EventHandler {
  public:
    Builder(const Marks& marks, SourcePtr source, Problems& problems) : marks_(marks), source_(std::move(source)), problems_(problems) {}

    Node root;

    /// The innermost map or list that is open, where it began with a bracket.
    struct Bracket {
        Mark mark;
        bool is_list = false;
    };
    std::optional<Bracket> open_bracket() const {
        if (open_.empty() || !open_.back().flow) return std::nullopt;
        return Bracket{open_.back().node.mark, open_.back().node.kind == Node::Kind::list};
    }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { leaf(made(Node::Kind::nothing, mark), anchor); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end()) throw Stop{marks_.of(mark), say("an alias is inside the value that it names")};
        Node copy = found->second;
        grow(size_of(copy), marks_.of(mark));
        put(std::move(copy));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
        Node node = made(Node::Kind::text, mark);
        check_characters(value, node.mark);
        node.text = value;
        node.quoted = tag == "!";
        leaf(std::move(node), anchor);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
        open(made(Node::Kind::list, mark), anchor, style == YAML::EmitterStyle::Flow);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
        open(made(Node::Kind::map, mark), anchor, style == YAML::EmitterStyle::Flow);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Open {
        Node node;
        YAML::anchor_t anchor = 0;
        std::optional<Node> key;                          ///< of a map: read, its value to come
        Nodes merged;                                     ///< of a map: what "<<" brings
        bool flow = false;                                ///< begun with a bracket
        std::unordered_map<std::string, int> lines = {};  ///< of a map: its keys so far, and the lines where they stand
    };

    Node made(Node::Kind kind, const YAML::Mark& mark) {
        Node node;
        node.kind = kind;
        node.mark = marks_.of(mark);
        node.source = source_;
        grow(1, node.mark);
        return node;
    }
    /// What an escape ("\\u0000") puts into a text can't be written anywhere either.
    void check_characters(std::string_view value, Mark mark) {
        const auto control = first_control(value);
        if (control != std::string_view::npos) problems_.error({source_->name, mark.line, mark.column}, "", control_character(value.substr(control)));
    }
    void grow(std::size_t more, Mark mark) {
        values_ += more;
        if (values_ > most_values) throw Stop{mark, say("the file has more than {0} values, counting those that its aliases repeat", most_values)};
    }
    void leaf(Node node, YAML::anchor_t anchor) {
        if (anchor != 0) anchors_[anchor] = node;
        put(std::move(node));
    }
    void open(Node node, YAML::anchor_t anchor, bool flow) {
        if (open_.size() >= deepest) throw Stop{node.mark, say("there are more than {0} levels of maps and lists here", deepest)};
        open_.push_back({.node = std::move(node), .anchor = anchor, .flow = flow});
    }
    void close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        for (auto& item : done.merged) {
            if (!done.node.find(item.key)) done.node.items.push_back(std::move(item));
        }
        if (done.anchor != 0) anchors_[done.anchor] = done.node;
        put(std::move(done.node));
    }
    void put(Node node) {
        if (open_.empty()) {
            root = std::move(node);
            return;
        }
        Open& parent = open_.back();
        if (parent.node.kind == Node::Kind::list) {
            node.key.clear();
            node.key_mark = {};
            parent.node.items.push_back(std::move(node));
        } else if (!parent.key) {
            parent.key = std::move(node);
        } else {
            const Node key = std::move(*parent.key);
            parent.key.reset();
            put_in_map(parent, key, std::move(node));
        }
    }
    void put_in_map(Open& map, const Node& key, Node value) {
        const Place place{source_->name, key.mark.line, key.mark.column};
        if (key.kind != Node::Kind::text) {
            problems_.error(place, "", say("a key must be plain text"));
            return;
        }
        if (key.text == "<<" && !key.quoted) {
            merge_in(map, std::move(value), place);
            return;
        }
        value.key = key.text;
        value.key_mark = key.mark;
        if (value.kind == Node::Kind::nothing) value.mark = key.mark;
        const auto [first, added] = map.lines.emplace(key.text, key.mark.line);
        if (!added) {
            problems_.error(place, "", say("key '{0}' is given twice; the first is in line {1}", key.text, first->second));
            return;
        }
        map.node.items.push_back(std::move(value));
    }
    void merge_in(Open& map, Node value, const Place& place) {
        if (value.kind == Node::Kind::map) {
            map.merged.insert(map.merged.end(), value.items.begin(), value.items.end());
        } else if (value.kind == Node::Kind::list) {
            for (auto& item : value.items) merge_in(map, std::move(item), place);
        } else {
            problems_.error(place, "", say("'<<' takes a map or a list of maps"));
        }
    }

    const Marks& marks_;
    SourcePtr source_;
    Problems& problems_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Node> anchors_;
    std::size_t values_ = 0;
};

/// yaml-cpp's complaint in this program's words.
Message in_our_words(std::string_view complaint) {
    using namespace YAML::ErrorMsg;
    struct Words {
        std::string_view theirs;
        Message ours;
    };
    const Words table[] = {
        {END_OF_MAP, say("this entry is not in line with the others: is the indentation right?")},
        {END_OF_MAP_FLOW, say("a map that begins with '{' is not closed by '}', or a comma is missing")},
        {END_OF_SEQ, say("this list entry is not in line with the others: is the indentation right?")},
        {END_OF_SEQ_FLOW, say("a list that begins with '[' is not closed by ']', or a comma is missing")},
        {EOF_IN_SCALAR, say("a quoted text is not closed")},
        {DOC_IN_SCALAR, say("'---' or '...' is inside a quoted text")},
        {CHAR_IN_SCALAR, say("there is a character here that YAML does not allow in a text")},
        {TAB_IN_INDENTATION, say("there is a tab in the indentation; use spaces")},
        {FLOW_END, say("a bracket is closed that was not opened")},
        {BLOCK_ENTRY, say("a '-' can't stand here: a list begins on a line of its own")},
        {MAP_KEY, say("a '?' can't stand here")},
        {MAP_VALUE, say("a ':' can't stand here: is there one too many, or is the line above not finished?")},
        {ALIAS_NOT_FOUND, say("a name must follow '*'; put a text that begins with it in quotes")},
        {ANCHOR_NOT_FOUND, say("a name must follow '&'; put a text that begins with it in quotes")},
        {CHAR_IN_ALIAS, say("the name after '*' has a character that is not allowed")},
        {CHAR_IN_ANCHOR, say("the name after '&' has a character that is not allowed")},
        {UNKNOWN_ANCHOR, say("this '*' refers to a name that no '&' has given")},
        {UNKNOWN_TOKEN, say("this character can't begin a value; put the text in quotes")},
        {INVALID_HEX, say("a '\\' in a quoted text is followed by no code")},
        {INVALID_UNICODE, say("a '\\' in a quoted text is followed by no code")},
        {INVALID_ESCAPE, say("a '\\' in a quoted text is followed by no code")},
        {MULTIPLE_TAGS, say("a value has two tags")},
        {MULTIPLE_ANCHORS, say("a value has two names")},
        {ALIAS_CONTENT, say("an alias '*' can't have a value of its own")},
        {CHAR_IN_BLOCK, say("a character after '|' or '>' is not allowed there")},
        {ZERO_INDENT_IN_BLOCK, say("a character after '|' or '>' is not allowed there")},
        {BAD_FILE, say("there are too many levels of maps and lists here")},
    };
    for (const auto& words : table) {
        if (complaint.starts_with(words.theirs)) return words.ours;
    }
    return say("this is no valid YAML");
}

/// What is not closed is shown where it begins; yaml-cpp shows where it noticed.
Mark culprit(const YAML::Exception& error, std::string_view text, const Marks& marks, const Builder& builder) {
    const std::string_view complaint = error.msg;
    const bool not_closed = complaint == YAML::ErrorMsg::END_OF_MAP_FLOW || complaint == YAML::ErrorMsg::END_OF_SEQ_FLOW;
    if (const auto bracket = builder.open_bracket(); bracket && not_closed) return bracket->mark;
    if (complaint == YAML::ErrorMsg::EOF_IN_SCALAR) {
        if (const auto quote = unclosed_quote(text)) return marks.at(*quote);
    }
    return marks.of(error.mark);
}

/// The first full-width character that stands for one of YAML's own: within a Chinese text it is at home.
std::optional<FullWidth> full_width_for_yaml(std::string_view line) {
    std::size_t from = 0;
    while (true) {
        auto found = find_full_width(line.substr(from));
        if (!found) return std::nullopt;
        found->byte += from;
        const bool within_chinese = found->byte > 0 && (static_cast<unsigned char>(line[found->byte - 1]) & 0x80U) != 0;
        if (!within_chinese) return found;
        from = found->byte + found->character.size();
    }
}

/// A full-width character in the line of a syntax error, or in the one above it, is the likelier cause.
bool blame_full_width(std::string_view text, int line, const SourcePtr& source, Problems& problems) {
    for (int number = line; number >= std::max(1, line - 1); --number) {
        const auto words = line_of(text, number);
        if (const auto found = full_width_for_yaml(words)) {
            problems.error({source->name, number, count_characters(words.substr(0, found->byte)) + 1}, "", full_width_message(*found));
            return true;
        }
    }
    return false;
}

}  // namespace

std::optional<Node> parse_yaml(const std::string& text, const SourcePtr& source, Problems& problems) {
    if (const auto bad = first_not_utf8(text); bad != std::string::npos) {  // out of a command line: files are decoded before
        problems.error(place_in_text(source->name, text, bad), "", say("this is not UTF-8 text"));
        return std::nullopt;
    }
    const Marks marks(text);
    Problems found;  // of the tree; forgotten where the syntax is wrong
    Builder builder(marks, source, found);
    const auto syntax_error = [&](Mark mark, Message message) {
        if (!blame_full_width(text, mark.line, source, problems)) problems.error({source->name, mark.line, mark.column}, "", std::move(message));
        return std::nullopt;
    };
    try {
        // yaml-cpp sees that a quote is not closed only where the text ends without a line end
        std::istringstream in(text.substr(0, text.find_last_not_of(" \n") + 1));
        YAML::Parser parser(in);
        parser.HandleNextDocument(builder);
        Builder rest(marks, source, found);
        if (parser.HandleNextDocument(rest)) return syntax_error(rest.root.mark, say("a second document begins here ('---'); a scenario file has one"));
    } catch (const Stop& stop) {
        return syntax_error(stop.mark, stop.message);
    } catch (const YAML::Exception& error) {
        // a file cut off within brackets: whatever yaml-cpp makes of its last character
        const auto bracket = builder.open_bracket();
        if (bracket && error.mark.pos >= static_cast<int>(text.find_last_not_of(" \n"))) {
            return syntax_error(bracket->mark, in_our_words(bracket->is_list ? YAML::ErrorMsg::END_OF_SEQ_FLOW : YAML::ErrorMsg::END_OF_MAP_FLOW));
        }
        return syntax_error(culprit(error, text, marks, builder), in_our_words(error.msg));
    }
    problems.append(found);
    return std::move(builder.root);
}

}  // namespace fxpool::scenario
