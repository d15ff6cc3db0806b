#include "fxpool/app/shell_words.hpp"

#include <cstdlib>
#include <string_view>

namespace fxpool::app {
namespace {

bool is_plain(char c) {
    constexpr std::string_view plain = "-_./=,:+%@~";  // % and the rest mean nothing inside a word
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || plain.find(c) != std::string_view::npos;
}

std::string quoted(const std::string& word) {
    bool plain = !word.empty() && word.front() != '~';
    for (const char c : word) plain = plain && is_plain(c);
    if (plain) return word;
    std::string text = "'";
    for (const char c : word) {
        if (c == '\'') text += "'\\'";  // out of the quotes, a quote, and in again
        text += c;
    }
    text += '\'';
    return text;
}

void append_overrides(std::vector<std::string>& words, const CommandLine& line) {
    for (const auto& [key, value] : typed_overrides(line)) words.insert(words.end(), {"--set", key + "=" + value});
}

}  // namespace

std::string shell_line(const std::vector<std::string>& words) {
    std::string line;
    for (const auto& word : words) line += (line.empty() ? "" : " ") + quoted(word);
    return line;
}

std::string program_word() {
    const char* command = std::getenv("FXPOOL_COMMAND");
    return command != nullptr && *command != '\0' ? command : "fxpool";
}

Overrides typed_overrides(const CommandLine& line) {
    Overrides typed;
    for (const auto& one : line.overrides) {
        const bool said_elsewhere = one.first == "simulation.paths" || one.first == "simulation.seed";  // by --paths and --seed
        if (!said_elsewhere) typed.push_back(one);
    }
    return typed;
}

std::string repeat_run(const CommandLine& line, const std::string& file, std::int64_t paths, std::uint64_t seed) {
    std::vector<std::string> words = {program_word(), "run", file};
    append_overrides(words, line);
    words.insert(words.end(), {"--paths", std::to_string(paths), "--seed", std::to_string(seed)});
    if (line.out_given) words.insert(words.end(), {"--out", line.out.string()});
    return shell_line(words);
}

std::string repeat_trace(const CommandLine& line, const std::string& file, std::uint64_t seed) {
    std::vector<std::string> words = {program_word(), "trace", file};
    append_overrides(words, line);
    for (const auto& [key, value] : line.overrides) {
        if (key == "simulation.seed") {
            words.insert(words.end(), {"--seed", std::to_string(seed)});
            break;
        }
    }
    words.emplace_back("--path");
    return shell_line(words);
}

}  // namespace fxpool::app
