#include "fields.hpp"

#include "fxpool/base/number.hpp"
#include "fxpool/files/text_file.hpp"

#include <algorithm>
#include <charconv>

namespace fxpool {
namespace {

/// Digits and one point, as most files have them, without the detour of parse_number().
std::optional<double> plain_number(std::string_view text) {
    const auto plain = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    if (text.empty() || !std::all_of(text.begin(), text.end(), plain)) return std::nullopt;
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Full-width digits, points, commas and percent signs (U+FF05 ... U+FF19): a Chinese keyboard's.
bool has_full_width(std::string_view text) {
    for (std::size_t i = text.find('\xEF'); i != std::string_view::npos && i + 2 < text.size(); i = text.find('\xEF', i + 1)) {
        if (text[i + 1] == '\xBC') return true;
    }
    return false;
}

}  // namespace

void FieldReader::error(std::size_t column, Message message) {
    good_ = false;
    problems_.error(row_.place(column), columns_[column].name, std::move(message));
}

std::string FieldReader::required_text(std::size_t column) {
    if (empty(column)) error(column, say("the field is empty"));
    return std::string(row_[column]);
}

Date FieldReader::required_date(std::size_t column) {
    if (const auto date = parse_date(row_[column])) return *date;
    if (empty(column)) error(column, say("the field is empty"));
    else error(column, say("'{0}' is no date", shortened(row_[column])));
    return {};
}

std::optional<double> FieldReader::number(std::size_t column) {
    const auto text = row_[column];
    if (const auto value = plain_number(text)) return value;
    if (const auto value = parse_number(text)) return value;
    if (text.empty()) error(column, say("the field is empty"));
    else if (has_full_width(text)) error(column, say("'{0}' is no number: it has full-width characters", shortened(text)));
    else error(column, say("'{0}' is no number", shortened(text)));
    return std::nullopt;
}

double FieldReader::required_positive(std::size_t column) {
    const auto value = number(column);
    if (!value) return 0;
    if (*value <= 0) error(column, say("{0} is not above 0", row_[column]));
    return *value;
}

std::optional<double> FieldReader::at_least_zero(std::size_t column) {
    if (empty(column)) return std::nullopt;
    const auto value = number(column);
    if (value && *value < 0) error(column, say("{0} is below 0", row_[column]));
    return value;
}

std::optional<double> FieldReader::share(std::size_t column, bool below_one) {
    if (empty(column)) return std::nullopt;
    const auto value = number(column);
    if (!value) return std::nullopt;
    if (below_one && (*value < 0 || *value >= 1)) error(column, say("{0} is not from 0 % to below 100 %", row_[column]));
    else if (*value < 0 || *value > 1) error(column, say("{0} is not from 0 % to 100 %", row_[column]));
    return value;
}

}  // namespace fxpool
