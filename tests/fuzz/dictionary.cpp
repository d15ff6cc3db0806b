// The words that a scenario knows, read off its JSON Schema, as a dictionary of libFuzzer: one quoted word a line.
#include "fxpool/scenario/scenario_file.hpp"

#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

namespace {

void collect(const nlohmann::json& schema, std::set<std::string>& words) {
    if (schema.is_array()) {
        for (const auto& one : schema) collect(one, words);
    }
    if (!schema.is_object()) return;
    for (const auto& [key, value] : schema.items()) {
        if (key == "properties") {
            for (const auto& property : value.items()) words.insert(property.key() + ":"), words.insert(property.key());
        }
        const auto& known = value;
        if (key == "const" && known.is_string()) words.insert(known.get<std::string>());
        if (key == "enum") {
            for (const auto& word : known) words.insert(word.is_string() ? word.get<std::string>() : word.dump());
        }
        collect(value, words);
    }
}

std::string quoted(const std::string& word) {
    std::string text = "\"";
    for (const char c : word) {
        constexpr const char* digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
        if (plain) text += c;
        else (text += "\\x") += {digits[byte >> 4U], digits[byte & 0xFU]};
    }
    return text + "\"";
}

}  // namespace

int main() {
    std::set<std::string> words = {"none",
                                   "off",
                                   "{",
                                   "}",
                                   "[",
                                   "]",
                                   ", ",
                                   ": ",
                                   "\n  ",
                                   "\n- ",
                                   "- {",
                                   "%",
                                   "bn",
                                   "万",
                                   "亿",
                                   "2026-01-05",
                                   "USDCNY",
                                   "EURCNY~USDCNY",
                                   "1e308",
                                   "-1e-308",
                                   "9223372036854775808",
                                   ".nan",
                                   ".inf",
                                   "!!binary ",
                                   "&a ",
                                   "*a",
                                   "<<: ",
                                   "|\n",
                                   "\"\\x00\"",
                                   "extends: base.yaml",
                                   "2026年1月5日",
                                   "45929",
                                   "12M",
                                   "USD",
                                   "<= 1%",
                                   "student(4)",
                                   "queue(5)",
                                   "\xEF\xBC\x8C",
                                   "\xEF\xBC\x9A",
                                   "\xEF\xBB\xBF",
                                   "\xFF\xFE"};
    collect(nlohmann::json::parse(fxpool::scenario_schema()), words);
    for (const auto& word : words) {
        if (!word.empty() && word.size() < 64) std::cout << quoted(word) << "\n";
    }
}
