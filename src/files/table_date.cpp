#include "fxpool/files/table_date.hpp"

#include "fxpool/files/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace fxpool {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Three numbers with the same mark between them, as 9/29/2025; nothing for anything else.
struct ThreeNumbers {
    std::array<int, 3> number;
    std::array<std::size_t, 3> digits;
};

std::optional<ThreeNumbers> three_numbers(std::string_view text) {
    ThreeNumbers read{};
    char mark = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0) {
            if (text.empty() || (text.front() != '/' && text.front() != '-' && text.front() != '.') || (mark != 0 && text.front() != mark)) return std::nullopt;
            mark = text.front();
            text.remove_prefix(1);
        }
        const auto digits = std::min(std::min(text.find_first_not_of("0123456789"), text.size()), std::size_t{5});
        if (digits == 0 || digits > 4) return std::nullopt;
        std::from_chars(text.data(), text.data() + digits, read.number[i]);
        read.digits[i] = digits;
        text.remove_prefix(digits);
    }
    return text.empty() ? std::optional(read) : std::nullopt;
}

std::string iso_text(int year, int month, int day) { return std::to_string(year) + "-" + std::to_string(month) + "-" + std::to_string(day); }

/// The day of a serial number of Excel's, with or without a part of a day.
std::optional<Date> of_serial(std::string_view text) {
    constexpr int excel_epoch = 25569;          // its serial number of 1970-01-01
    constexpr int first = 32874, last = 73415;  // 1990-01-01, 2100-12-31
    const auto whole = text.substr(0, text.find('.'));
    const auto part = text.substr(std::min(whole.size() + 1, text.size()));
    if (whole.size() != 5 || !std::all_of(whole.begin(), whole.end(), is_digit) || !std::all_of(part.begin(), part.end(), is_digit)) return std::nullopt;
    int serial = 0;
    std::from_chars(whole.data(), whole.data() + whole.size(), serial);
    if (serial < first || serial > last) return std::nullopt;
    return Date{serial - excel_epoch};
}

/// Written as a date, but no day of the calendar: 2026-02-30, 2026年2月30日, 20260230.
bool has_the_form(std::string_view text) {
    const auto read = three_numbers(text);
    if (read) return read->digits[0] == 4 && read->digits[1] <= 2 && read->digits[2] <= 2;
    return text.ends_with("日") || (text.size() == 8 && std::all_of(text.begin(), text.end(), is_digit));
}

/// Without a time of day behind it: 0:00, 00:00:00, T00:00:00.000Z, 12:00:00 AM.
std::string_view without_time(std::string_view text) {
    const auto gap = text.find_first_of(" T");
    if (gap == std::string_view::npos) return text;
    const auto time = text.substr(gap + 1);
    constexpr std::string_view of_a_time = "0123456789:. ZAPMapm";
    const bool is_time = time.find(':') != std::string_view::npos && time.find_first_not_of(of_a_time) == std::string_view::npos;
    return is_time ? text.substr(0, gap) : text;
}

/// 9/29/2025 and 29/9/2025.
TableDate year_last(const ThreeNumbers& read, std::string_view text) {
    const auto [one, two, year] = read.number;
    const auto day_first = parse_date(iso_text(year, two, one)), month_first = parse_date(iso_text(year, one, two));
    if (day_first && month_first && *day_first != *month_first) {
        return {std::nullopt, say("'{0}' may be {1} or {2}; write the one that is meant", text, *month_first, *day_first)};
    }
    if (day_first || month_first) return {day_first ? day_first : month_first, {}};
    return {std::nullopt, say("'{0}' is no date", text)};
}

}  // namespace

TableDate read_table_date(std::string_view text) {
    if (const auto date = parse_date(text)) return {date, {}};
    if (const auto date = of_serial(text)) return {date, {}};
    const auto day = without_time(text);
    if (const auto date = parse_date(day)) return {date, {}};
    if (const auto read = three_numbers(day)) {
        const auto& digits = read->digits;
        if (digits[2] == 4 && digits[0] <= 2 && digits[1] <= 2) return year_last(*read, day);
        if (digits[0] <= 2 && digits[1] <= 2 && digits[2] <= 2) {
            return {std::nullopt, say("'{0}' has no year of four digits; write a date like {1}", text, "2025-09-29")};
        }
    }
    if (has_the_form(day)) return {std::nullopt, say("'{0}' is no date", text)};
    return {std::nullopt, say("'{0}' is no date; write it like {1}", shortened(text), "2025-09-29")};
}

}  // namespace fxpool
