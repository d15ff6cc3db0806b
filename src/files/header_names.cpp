#include "header_names.hpp"

#include "fxpool/base/suggestion.hpp"
#include "fxpool/files/utf8.hpp"

#include <algorithm>
#include <array>

namespace fxpool {
namespace {

/// As names are compared: without _ and - as well.
std::string compared(std::string_view name) {
    auto text = folded(name);
    std::erase_if(text, [](char c) { return c == '_' || c == '-'; });
    return text;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::vector<std::string> names_of(const CsvColumn& column) {
    std::vector<std::string> names = {column.name};
    if (!column.chinese.empty()) names.push_back(column.chinese);
    names.insert(names.end(), column.others.begin(), column.others.end());
    return names;
}

/// One character replaced, dropped or added; of names of two characters any would do, so none counts.
bool is_one_off(std::string_view from, std::string_view to) {
    const auto a = characters_of(from), b = characters_of(to);
    if (std::max(a.size(), b.size()) < 3 || std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > 1) return false;
    const auto alike = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    const auto tail = [&](const std::u32string& text, std::size_t skip) { return text.substr(std::min(alike + skip, text.size())); };
    return a.size() == b.size() ? tail(a, 1) == tail(b, 1) : a.size() > b.size() ? tail(a, 1) == tail(b, 0) : tail(a, 0) == tail(b, 1);
}

bool is_misspelt(const std::string& written, const std::string& name) {
    if (!is_ascii(written) || !is_ascii(name)) return is_one_off(written, name);
    const auto shorter = std::min(written.size(), name.size());
    if (shorter < 4) return false;
    const int allowed = shorter <= 5 ? 1 : shorter <= 8 ? 2 : 3;  // nearest_word() allows more: a remark need not be an error
    return nearest_word(written, {name}) && edit_distance(written, name) <= allowed;
}

/// What is left of a header without a known name in it, marks between them gone: "万美元" of 年收汇：万美元.
std::optional<std::string> beside(std::string_view header, const std::string& name) {
    constexpr int most = 4;  // characters
    auto text = folded(header), known = folded(name);
    const auto at = text.find(known);
    if (at == std::string::npos || characters_of(known).size() < 2) return std::nullopt;
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (is_ascii(known)) {  // "pd" is not in "update"
        const bool begins_a_word = at == 0 || !is_letter(text[at - 1]);
        const bool ends_a_word = at + known.size() == text.size() || !is_letter(text[at + known.size()]);
        if (!begins_a_word || !ends_a_word) return std::nullopt;
    }
    text.erase(at, known.size());
    constexpr std::array marks = {std::string_view(":"), std::string_view("/"), std::string_view("-"), std::string_view("_"), std::string_view(",")};
    for (const auto mark : marks) {
        while (text.starts_with(mark)) text.erase(0, 1);
    }
    return text.empty() || count_characters(text) <= most || read_unit(text) ? std::optional(text) : std::nullopt;
}

}  // namespace

HeaderWords split_header(std::string_view header) {
    struct Brackets {
        std::string_view open, close;
    };
    constexpr std::array kinds = {Brackets{"(", ")"},   Brackets{"（", "）"}, Brackets{"[", "]"}, Brackets{"【", "】"},
                                  Brackets{"〔", "〕"}, Brackets{"(", "）"},  Brackets{"（", ")"}};
    HeaderWords words;
    auto rest = header;
    for (bool found = true; found;) {
        found = false;
        while (rest.ends_with(' ') || rest.ends_with('\n')) rest.remove_suffix(1);
        for (const auto& kind : kinds) {
            const auto open = rest.ends_with(kind.close) ? rest.rfind(kind.open) : std::string_view::npos;
            if (open == std::string_view::npos || open == 0) continue;
            const auto inside = rest.substr(open + kind.open.size());
            words.brackets.emplace_back(inside.substr(0, inside.size() - kind.close.size()));
            rest = rest.substr(0, open);
            found = true;
            break;
        }
    }
    words.name = std::string(rest);
    return words;
}

std::optional<std::size_t> column_called(const std::vector<CsvColumn>& columns, std::string_view name) {
    const auto wanted = compared(name);
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto names = names_of(columns[column]);
        if (std::any_of(names.begin(), names.end(), [&](const std::string& one) { return compared(one) == wanted; })) return column;
    }
    return std::nullopt;
}

std::optional<NearColumn> column_nearly_called(const std::vector<CsvColumn>& columns, const std::vector<bool>& lacking, std::string_view header) {
    const auto name = split_header(header).name;
    const auto written = compared(name);
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (!lacking[column]) continue;
        const auto& known = columns[column];
        for (const auto& one : names_of(known)) {
            const auto& suggested = is_ascii(header) || known.chinese.empty() ? known.name : known.chinese;
            if (is_misspelt(written, compared(one))) return NearColumn{column, suggested};
            const auto rest = beside(name, one);
            if (!rest) continue;
            const bool unit = !rest->empty() && known.measure != Measure::words && read_unit(*rest);
            return NearColumn{column, !unit ? suggested : suggested + (is_ascii(suggested) ? " (" + *rest + ")" : "（" + *rest + "）")};
        }
    }
    return std::nullopt;
}

}  // namespace fxpool
