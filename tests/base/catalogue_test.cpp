// Reads the sources for say("pattern") and asks the Chinese catalogue for each pattern.
#include "fxpool/base/message.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace {

namespace fs = std::filesystem;

fs::path source_folder() {
    if (const char* set = std::getenv("FXPOOL_SOURCE_DIR")) return set;
    return fs::path(__FILE__).parent_path().parent_path().parent_path();
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void skip_blanks(std::string_view source, std::size_t& at) {
    while (at < source.size() && std::isspace(static_cast<unsigned char>(source[at]))) ++at;
}

/// The string literal at `at`, adjacent ones joined; `at` moves behind it. Nothing where there is none.
std::optional<std::string> take_literal(std::string_view source, std::size_t& at) {
    std::string text;
    bool found = false;
    for (skip_blanks(source, at); at < source.size() && source[at] == '"'; skip_blanks(source, at)) {
        found = true;
        for (++at; at < source.size() && source[at] != '"'; ++at) {
            if (source[at] == '\\' && ++at < source.size()) {
                text += source[at] == 'n' ? '\n' : source[at];
            } else {
                text += source[at];
            }
        }
        ++at;
    }
    return found ? std::optional(text) : std::nullopt;
}

/// The literals of the first argument: one, or more where it chooses: say(one ? "day" : "days").
void add_first_argument(std::string_view source, std::size_t at, std::vector<std::string>& patterns) {
    for (int depth = 0; at < source.size(); ++at) {
        if (auto literal = take_literal(source, at)) patterns.push_back(*literal);
        if (at >= source.size()) return;
        const char c = source[at];
        if (c == '(' || c == '{' || c == '[') ++depth;
        if (c == ')' || c == '}' || c == ']') --depth;
        if (depth < 0 || (depth == 0 && (c == ',' || c == ';'))) return;
    }
}

/// Every pattern said in `source`.
std::vector<std::string> said_in(std::string_view source) {
    std::vector<std::string> patterns;
    constexpr std::string_view call = "say(";
    for (auto at = source.find(call); at != std::string_view::npos; at = source.find(call, at + 1)) {
        if (at > 0 && (std::isalnum(static_cast<unsigned char>(source[at - 1])) || source[at - 1] == '_')) continue;
        const auto line = source.rfind('\n', at) + 1;
        if (source.substr(line, at - line).find("//") != std::string_view::npos) continue;
        add_first_argument(source, at + call.size(), patterns);
    }
    return patterns;
}

/// pattern -> a file that says it.
std::map<std::string, std::string> said_in_project() {
    std::map<std::string, std::string> said;
    for (const auto* folder : {"src", "include"}) {
        for (const auto& entry : fs::recursive_directory_iterator(source_folder() / folder)) {
            const auto& file = entry.path();
            if (file.extension() != ".cpp" && file.extension() != ".hpp") continue;
            for (auto& pattern : said_in(text_of(file))) said.emplace(pattern, fs::relative(file, source_folder()).generic_string());
        }
    }
    return said;
}

std::set<char> places_of(std::string_view pattern) {
    std::set<char> places;
    for (std::size_t i = 0; i + 2 < pattern.size(); ++i) {
        if (pattern[i] == '{' && pattern[i + 2] == '}' && std::isdigit(static_cast<unsigned char>(pattern[i + 1]))) places.insert(pattern[i + 1]);
    }
    return places;
}

}  // namespace

TEST_CASE("patterns are found in sources as they are written", "[catalogue]") {
    const auto found = said_in(R"(a = say("one {0}", x); b = say(
        "two "
        "parts"); c = essay("no"); // say("no")
        d = say("a \"quoted\" one"); e = say(pattern, "no"); f = say(n == 1 ? "day" : "days", "no");)");
    CHECK(found == std::vector<std::string>{"one {0}", "two parts", "a \"quoted\" one", "day", "days"});
}

TEST_CASE("every text has its Chinese twin, with the same places", "[catalogue]") {
    const auto said = said_in_project();
    REQUIRE(said.size() > 10);
    std::string without_twin, other_places;
    for (const auto& [pattern, file] : said) {
        const auto chinese = fxpool::chinese_pattern(pattern);
        if (chinese.empty()) without_twin += "\n" + file + ": " + pattern;
        else if (places_of(chinese) != places_of(pattern)) other_places += "\n" + file + ": " + pattern;
    }
    CHECK(without_twin == "");
    CHECK(other_places == "");
}

TEST_CASE("a Chinese twin is Chinese", "[catalogue]") {
    std::string english;
    for (const auto& [pattern, file] : said_in_project()) {
        const auto chinese = fxpool::chinese_pattern(pattern);
        const bool letters = std::any_of(chinese.begin(), chinese.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
        const bool beyond_ascii = std::any_of(chinese.begin(), chinese.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
        if (letters && !beyond_ascii) english += "\n" + file + ": " + std::string(chinese);
    }
    CHECK(english == "");
}

TEST_CASE("no Chinese twin is left without its text", "[catalogue]") {
    const auto said = said_in_project();
    for (const auto& entry : fs::directory_iterator(source_folder() / "src/base/catalogue")) {
        const auto source = text_of(entry.path());
        for (auto at = source.find("{\""); at != std::string::npos; at = source.find("\n{\"", at)) {
            at = source.find('"', at);
            const auto pattern = take_literal(source, at);
            INFO(entry.path().filename().string() << ": " << *pattern);
            CHECK(said.count(*pattern) == 1);
        }
    }
}
