#include "fxpool/base/number.hpp"

#include <charconv>
#include <cmath>
#include <string>

namespace fxpool {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// What a unit multiplies by, as a power of ten; nothing for a unit that is none of ours.
std::optional<int> power_of(std::string_view unit) {
    if (unit.empty()) return 0;
    if (unit == "%") return -2;
    if (unit == "k" || unit == "K") return 3;
    if (unit == "万") return 4;
    if (unit == "m" || unit == "M") return 6;
    if (unit == "亿") return 8;
    if (unit == "bn") return 9;
    return std::nullopt;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The digits without their separators; nothing where the separators stand wrong. Underscores between digits; commas every three.
std::optional<std::string> plain_digits(std::string_view text) {
    std::string plain;
    const auto point = text.find_first_of(".eE");
    const auto whole = text.substr(0, point);
    const bool commas = whole.find(',') != std::string_view::npos;
    std::size_t since_comma = 0;
    bool comma_seen = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '_') {
            if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) return std::nullopt;
            continue;
        }
        if (c == ',') {
            if (i >= whole.size() || i == 0 || !is_digit(text[i - 1])) return std::nullopt;
            if (comma_seen ? since_comma != 3 : since_comma == 0 || since_comma > 3) return std::nullopt;
            comma_seen = true;
            since_comma = 0;
            continue;
        }
        if (i < whole.size() && is_digit(c)) ++since_comma;
        plain += c;
    }
    if (commas && since_comma != 3) return std::nullopt;
    return plain;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    text = trim(text);
    std::size_t end = 0;
    while (end < text.size()) {
        const char c = text[end];
        const bool sign = (c == '+' || c == '-') && (end == 0 || text[end - 1] == 'e' || text[end - 1] == 'E');
        const bool exponent = (c == 'e' || c == 'E') && end > 0;
        if (!is_digit(c) && c != '.' && c != ',' && c != '_' && !sign && !exponent) break;
        ++end;
    }
    auto digits = plain_digits(text.substr(0, end));
    const auto power = power_of(trim(text.substr(end)));
    if (!digits || digits->empty() || !power) return std::nullopt;

    // The unit goes into the digits, not onto the value: 99.9% must be the double nearest to 0.999.
    const bool exponent = digits->find_first_of("eE") != std::string::npos;
    if (exponent && *power != 0) return std::nullopt;
    if (*power != 0) *digits += "e" + std::to_string(*power);
    const char* begin = digits->data() + (digits->front() == '+' ? 1 : 0);
    const char* last = digits->data() + digits->size();
    double value = 0;
    const auto read = std::from_chars(begin, last, value);
    if (read.ec != std::errc{} || read.ptr != last || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string exact_number(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

}  // namespace fxpool
