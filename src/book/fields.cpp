#include "fields.hpp"

#include "fxpool/base/number.hpp"
#include "fxpool/files/rate_file.hpp"
#include "fxpool/files/table_date.hpp"
#include "fxpool/files/utf8.hpp"

#include <fmt/format.h>

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

/// 12,000,000 or 0.03, as messages show a value.
std::string shown(double value) {
    auto text = fmt::format("{:.15g}", value);
    if (text.find('e') != std::string::npos) return text;
    const auto first = static_cast<std::ptrdiff_t>(text.front() == '-');
    for (auto at = static_cast<std::ptrdiff_t>(std::min(text.find('.'), text.size())) - 3; at > first; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

/// What a number's own unit multiplies by (20万, 3%); nothing where it has none.
std::optional<double> own_scale(std::string_view text) {
    const auto last_digit = text.find_last_of("0123456789.");
    const auto suffix = last_digit == std::string_view::npos ? std::string_view() : text.substr(last_digit + 1);
    if (suffix.empty()) return std::nullopt;
    return parse_number("1" + std::string(suffix));
}

}  // namespace

void UnitNotes::tell(const CsvRow& row, std::size_t column, double value, Problems& problems) {
    if (told_.size() <= column) told_.resize(column + 1, false);
    if (told_[column]) return;
    told_[column] = true;
    const auto& csv = row.file();
    const auto& unit = csv.unit(column);
    const auto measure = csv.column(column).measure;
    const std::string currency = measure == Measure::usd ? "USD" : measure == Measure::cny ? "CNY" : unit.currency == "foreign" ? "" : unit.currency;
    problems.note(csv.header_place(column), csv.column_name(column),
                  say("read as {0}: {1} is {2}", unit.text, row[column], shown(value) + (currency.empty() ? "" : " " + currency)));
}

ColumnNames column_names(const CsvFile& csv, std::size_t columns) {
    ColumnNames names;
    for (std::size_t i = 0; i < columns; ++i) {
        if (csv.has(i)) names[csv.column(i).name] = {csv.column_name(i), csv.header_place(i)};
    }
    return names;
}

void FieldReader::error(std::size_t column, Message message) {
    good_ = false;
    problems_.error(row_.place(column), row_.file().column_name(column), std::move(message));
}

std::string FieldReader::required_text(std::size_t column) {
    if (empty(column)) error(column, say("the field is empty"));
    return std::string(row_[column]);
}

Date FieldReader::required_date(std::size_t column) {
    const auto text = row_[column];
    if (const auto date = parse_date(text)) return *date;
    if (text.empty()) {
        error(column, say("the field is empty"));
        return {};
    }
    auto read = read_table_date(text);
    if (!read.date) error(column, std::move(read.why));
    return read.date.value_or(Date{});
}

std::optional<double> FieldReader::number(std::size_t column) {
    const auto text = row_[column];
    auto value = plain_number(text);
    if (!value) value = parse_number(text);
    if (value) return row_.file().unit(column).scales() ? in_unit_of_header(column, *value) : value;
    if (text.empty()) error(column, say("the field is empty"));
    else if (has_full_width(text)) error(column, say("'{0}' is no number: it has full-width characters", shortened(text)));
    else error(column, say("'{0}' is no number", shortened(text)));
    return std::nullopt;
}

/// A number that says its unit itself is not scaled again: 3% under 违约概率（%）, 20万 under 外币金额（万）.
std::optional<double> FieldReader::in_unit_of_header(std::size_t column, double value) {
    const auto& unit = row_.file().unit(column);
    if (const auto own = own_scale(row_[column])) {
        if (*own == unit.times / unit.per) return value;
        error(column, say("'{0}' has another unit than the column's header, which says {1}", shortened(row_[column]), unit.text));
        return std::nullopt;
    }
    const double scaled = value * unit.times / unit.per;
    notes_.tell(row_, column, scaled, problems_);
    return scaled;
}

void FieldReader::check_range(std::size_t column, double value, double least, double most) {
    if (value < least || value > most) error(column, say("{0} is out of range: {1} to {2}", shortened(row_[column]), shown(least), shown(most)));
}

double FieldReader::required_amount(std::size_t column) {
    const auto value = number(column);
    if (!value) return 0;
    if (*value <= 0) error(column, say("{0} is not above 0", row_[column]));
    else check_range(column, *value, smallest_amount, largest_amount);
    return *value;
}

double FieldReader::required_rate(std::size_t column) {
    const auto value = number(column);
    if (!value) return 0;
    if (*value <= 0) error(column, say("{0} is not above 0", row_[column]));
    else check_range(column, *value, smallest_rate, largest_rate);
    return *value;
}

std::optional<double> FieldReader::optional_amount(std::size_t column) {
    if (empty(column)) return std::nullopt;
    const auto value = number(column);
    if (value && *value < 0) error(column, say("{0} is below 0", row_[column]));
    else if (value && *value > 0) check_range(column, *value, smallest_amount, largest_amount);
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
