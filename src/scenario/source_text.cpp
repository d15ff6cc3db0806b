#include "source_text.hpp"

#include "fxpool/files/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace fxpool::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 10'000'000;  // bytes; a scenario file has some thousands

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '~' || c == '-'; }

/// Tabs of lines without content made blanks: they mean nothing, but yaml-cpp stumbles over them.
void quiet_tabs(std::string& text) {
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        const auto content = std::min(text.find_first_not_of(" \t", start), text.size());
        if (content >= end || text[content] == '#')
            std::replace(text.begin() + static_cast<std::ptrdiff_t>(start), text.begin() + static_cast<std::ptrdiff_t>(std::min(content, end)), '\t', ' ');
        start = end + 1;
    }
}

/// The ASCII twin of the character at `at`; empty where it is not full-width.
std::string_view ascii_twin(std::string_view text, std::size_t at, std::string& buffer) {
    struct Twin {
        std::string_view wide, ascii;
    };
    static constexpr Twin twins[] = {{"、", ","}, {"。", "."}, {"　", " "}, {"“", "\""}, {"”", "\""}, {"‘", "'"}, {"’", "'"}, {"−", "-"}};
    for (const auto& twin : twins) {
        if (text.substr(at).starts_with(twin.wide)) return twin.ascii;
    }
    if (static_cast<unsigned char>(text[at]) != 0xEF) return {};
    const auto code = first_character(text.substr(at)).code.value_or(0);
    if (code < 0xFF01 || code > 0xFF5E) return {};  // the full-width forms of ! to ~
    buffer = static_cast<char>(code - 0xFF01 + '!');
    return buffer;
}

}  // namespace

std::string_view line_of(std::string_view text, int number) {
    for (int line = 1; line < number; ++line) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    return text.substr(0, text.find('\n'));
}

std::optional<std::string> read_text(const fs::path& file, const NamedAt& named, Problems& problems) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (!error && size > largest_file) {
        problems.error({file.string()}, "", say("the file has {0} MB: no scenario file is so large", size / 1'000'000));
        return std::nullopt;
    }
    auto text = read_text_file(file, problems, named, TextFor::scenario);
    if (text) quiet_tabs(*text);
    return text;
}

std::optional<FullWidth> find_full_width(std::string_view text) {
    char quote = 0;
    std::string buffer;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool starts_word = i == 0 || std::string_view(" \t,[{:").find(text[i - 1]) != std::string_view::npos;
        if (quote != 0) {
            if (quote == '"' && c == '\\') ++i;
            else if (c == quote || c == '\n') quote = 0;
            continue;
        }
        if ((c == '"' || c == '\'') && starts_word) {
            quote = c;
            continue;
        }
        if (c == '#' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t' || text[i - 1] == '\n')) {
            const auto end = text.find('\n', i);
            if (end == std::string_view::npos) return std::nullopt;
            i = end;
            continue;
        }
        const auto twin = ascii_twin(text, i, buffer);
        if (!twin.empty()) return FullWidth{i, std::string(text.substr(i, 3)), std::string(twin)};
    }
    return std::nullopt;
}

std::optional<std::size_t> unclosed_quote(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts_word = i == 0 || std::string_view(" \t\n,[{").find(text[i - 1]) != std::string_view::npos;
        if (text[i] == '#' && starts_word) {
            i = std::min(text.find('\n', i), text.size());
            continue;
        }
        if (!starts_word || (text[i] != '"' && text[i] != '\'')) continue;
        const auto start = i;
        const char quote = text[i];
        for (++i; i < text.size() && text[i] != quote; ++i) {
            if (quote == '"' && text[i] == '\\') ++i;
        }
        if (i >= text.size()) return start;
    }
    return std::nullopt;
}

Message full_width_message(const FullWidth& found) {
    if (found.instead == " ") return say("there is a full-width space here; write an ordinary one");
    return say("'{0}' is a full-width character; write '{1}'", found.character, found.instead);
}

Place full_width_place(Place place, std::string_view text, bool quoted) {
    const auto found = find_full_width(text);
    if (found && place.column > 0) place.column += count_characters(text.substr(0, found->byte)) + (quoted ? 1 : 0);
    return place;
}

bool check_layout(std::string_view text, const std::string& name, Problems& problems) {
    // yaml-cpp keeps some 200 bytes for each bracket it has not seen closed
    constexpr std::ptrdiff_t most_brackets = 200'000;
    const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
    if (count('[') + count('{') - count(']') - count('}') > most_brackets) {
        problems.error({name}, "", say("there are too many levels of maps and lists here"));
        return false;
    }
    int number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto start = line.find_first_not_of(" \t");
        if (start == std::string_view::npos || line[start] == '#') continue;
        if (const auto tab = line.substr(0, start).find('\t'); tab != std::string_view::npos) {
            problems.error({name, number, static_cast<int>(tab) + 1}, "", say("there is a tab in the indentation; use spaces"));
            return false;
        }
        // "fund：20m" would be read as one word
        auto word = start;
        if (line.substr(word).starts_with("- ")) word = std::min(line.find_first_not_of(' ', word + 1), line.size());
        auto after = word;
        while (after < line.size() && is_word(line[after])) ++after;
        if (after > word && line.substr(after).starts_with("：")) {
            problems.error({name, number, static_cast<int>(after) + 1}, "", full_width_message({after, "：", ":"}));
            return false;
        }
    }
    return true;
}

}  // namespace fxpool::scenario
