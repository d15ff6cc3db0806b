#pragma once

#include "fxpool/base/problem.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A scenario file as a tree of plain values, each with its place.
namespace fxpool::scenario {

/// Where text comes from: a file, or an override of the command line.
struct Source {
    std::string name;              ///< as messages show it: the file as the user named it, or "--set pool.fund"
    std::filesystem::path folder;  ///< relative paths written in it start here
};
using SourcePtr = std::shared_ptr<const Source>;

struct Mark {
    int line = 0, column = 0;  ///< from 1, in characters; 0 for none
};

struct Node;
using Nodes = std::vector<Node>;

/// A value: text, a map or a list. Keys keep the file's order.
struct Node {
    enum class Kind { nothing, text, map, list };

    Kind kind = Kind::nothing;
    std::string text;  ///< of a text, as written
    bool quoted = false;
    std::string key;  ///< where it stands in a map
    Mark key_mark;
    Mark mark;
    SourcePtr source;
    Nodes items;                   ///< of a map (with keys) or a list
    std::optional<double> number;  ///< set by the check of keys where a number is wanted

    Place place() const { return at(mark); }
    /// The place of the key; of a list's item its own.
    Place key_place() const { return at(key_mark.line > 0 ? key_mark : mark); }

    const Node* find(std::string_view name) const {
        for (const auto& item : items) {
            if (item.key == name) return &item;
        }
        return nullptr;
    }
    Node* find(std::string_view name) { return const_cast<Node*>(static_cast<const Node*>(this)->find(name)); }
    bool is(std::string_view word) const { return kind == Kind::text && text == word; }

  private:
    Place at(Mark position) const { return {source ? source->name : std::string(), position.line, position.column}; }
};

/// "pool" and "fund" make "pool.fund".
inline std::string join(const std::string& path, std::string_view key) { return path.empty() ? std::string(key) : path + "." + std::string(key); }

}  // namespace fxpool::scenario
