#include "fxpool/base/date.hpp"

#include <charconv>
#include <chrono>

namespace fxpool {
namespace {

std::chrono::year_month_day civil(Date date) { return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{date.serial}}}; }

std::optional<Date> checked(int year, int month, int day) {
    const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || !ymd.ok()) return std::nullopt;
    return Date::of(year, month, day);
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

/// Takes a whole number of at most `most` digits off the front.
bool take_number(std::string_view& text, std::size_t most, int& number) {
    std::size_t digits = 0;
    while (digits < text.size() && digits < most && text[digits] >= '0' && text[digits] <= '9') ++digits;
    if (digits == 0) return false;
    std::from_chars(text.data(), text.data() + digits, number);
    text.remove_prefix(digits);
    return true;
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

}  // namespace

Date Date::of(int year, int month, int day) {
    const std::chrono::sys_days days{std::chrono::year{year} / month / day};
    return Date{static_cast<std::int32_t>(days.time_since_epoch().count())};
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

int Date::weekday() const {
    const int from_thursday = serial % 7;  // 1970-01-01 was a Thursday
    return ((from_thursday + 3) % 7 + 7) % 7;
}

std::string Date::iso() const {
    const auto ymd = civil(*this);
    const auto padded = [](std::string digits, std::size_t width) {
        digits.insert(0, width > digits.size() ? width - digits.size() : 0, '0');
        return digits;
    };
    return padded(std::to_string(static_cast<int>(ymd.year())), 4) + "-" + padded(std::to_string(static_cast<unsigned>(ymd.month())), 2) + "-" +
           padded(std::to_string(static_cast<unsigned>(ymd.day())), 2);
}

Date add_months(Date date, int months) {
    const auto ymd = civil(date);
    const std::chrono::year_month month = ymd.year() / ymd.month() + std::chrono::months{months};
    const std::chrono::year_month_day_last last = month / std::chrono::last;
    const auto day = ymd.day() < last.day() ? ymd.day() : last.day();
    const std::chrono::sys_days days{month / day};
    return Date{static_cast<std::int32_t>(days.time_since_epoch().count())};
}

std::optional<Date> parse_date(std::string_view text) {
    text = trim(text);
    int year = 0, month = 0, day = 0;
    if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string_view::npos) {
        take_number(text, 4, year);
        take_number(text, 2, month);
        take_number(text, 2, day);
        return checked(year, month, day);
    }
    if (!take_number(text, 4, year)) return std::nullopt;
    if (take(text, "年")) {
        if (!take_number(text, 2, month) || !take(text, "月") || !take_number(text, 2, day) || !take(text, "日")) return std::nullopt;
    } else {
        const char separator = text.empty() ? ' ' : text.front();
        if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
        text.remove_prefix(1);
        if (!take_number(text, 2, month) || text.empty() || text.front() != separator) return std::nullopt;
        text.remove_prefix(1);
        if (!take_number(text, 2, day)) return std::nullopt;
    }
    return text.empty() ? checked(year, month, day) : std::nullopt;
}

std::optional<Date> parse_iso_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return parse_date(text);
}

}  // namespace fxpool
