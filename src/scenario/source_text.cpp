#include "source_text.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>

namespace fxpool::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 10'000'000;  // bytes; a scenario file has some thousands

/// The byte where `text` stops being UTF-8, or npos.
std::size_t not_utf8_at(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        if (length == 0 || i + length > text.size()) return i;
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return i;
        }
        i += length;
    }
    return std::string_view::npos;
}

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '~' || c == '-'; }

std::string normalised_line_ends(const std::string& text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            out += '\n';
            if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

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
    if (at + 2 >= text.size() || static_cast<unsigned char>(text[at]) != 0xEF) return {};
    const unsigned code = 0xF000U | (static_cast<unsigned char>(text[at + 1]) & 0x3FU) << 6 | (static_cast<unsigned char>(text[at + 2]) & 0x3FU);
    if (code < 0xFF01 || code > 0xFF5E) return {};  // the full-width forms of ! to ~
    buffer = static_cast<char>(code - 0xFF01 + '!');
    return buffer;
}

}  // namespace

int characters_in(std::string_view text) {
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view line_of(std::string_view text, int number) {
    for (int line = 1; line < number; ++line) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    return text.substr(0, text.find('\n'));
}

std::optional<std::string> read_text(const fs::path& file, const std::string& name, const Place& place, Problems& problems) {
    const Place here = place.file.empty() ? Place{name} : place;
    std::error_code error;
    const auto status = fs::status(file, error);
    if (!fs::exists(status)) {
        problems.error(here, "", say("there is no file '{0}'", name));
        return std::nullopt;
    }
    if (fs::is_directory(status)) {
        problems.error(here, "", say("'{0}' is a folder; a scenario file is wanted", name));
        return std::nullopt;
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        problems.error(here, "", say("'{0}' can't be opened; may this user read it?", name));
        return std::nullopt;
    }
    const auto size = fs::file_size(file, error);
    if (!error && size > largest_file) {
        problems.error({name}, "", say("the file has {0} MB: no scenario file is so large", size / 1'000'000));
        return std::nullopt;
    }
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) {
        problems.error(here, "", say("'{0}' can't be read", name));
        return std::nullopt;
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    if (text.starts_with("PK\x03\x04")) {
        problems.error({name}, "", say("this is an Excel workbook or a zip archive; a scenario is a YAML text file (see fxpool init)"));
        return std::nullopt;
    }
    if (text.find('\0') != std::string::npos) {
        problems.error({name}, "", say("this is no text file in UTF-8; save it as UTF-8 text"));
        return std::nullopt;
    }
    text = normalised_line_ends(text);
    quiet_tabs(text);
    if (const auto bad = not_utf8_at(text); bad != std::string::npos) {
        const auto before = std::string_view(text).substr(0, bad);
        const int line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
        const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
        problems.error({name, line, characters_in(before.substr(line_start)) + 1}, "", say("this is not UTF-8 text; save the file with the encoding UTF-8"));
        return std::nullopt;
    }
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
    if (found && place.column > 0) place.column += characters_in(text.substr(0, found->byte)) + (quoted ? 1 : 0);
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
