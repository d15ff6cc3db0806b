#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fxpool {

/// A calendar day, counted from 1970-01-01 (proleptic Gregorian).
struct Date {
    std::int32_t serial = 0;

    static Date of(int year, int month, int day);
    int year() const;
    int month() const;
    int day() const;
    /// 0 = Monday ... 6 = Sunday.
    int weekday() const;
    /// "2026-03-25"
    std::string iso() const;

    friend constexpr auto operator<=>(Date, Date) = default;
};

constexpr Date operator+(Date date, int days) { return Date{date.serial + days}; }
constexpr Date operator-(Date date, int days) { return Date{date.serial - days}; }
constexpr int operator-(Date later, Date earlier) { return later.serial - earlier.serial; }

/// The same day of the month `months` later; the month's last day where that does not exist (31 January + 1 month = 28 or 29 February).
Date add_months(Date date, int months);

/// 2026-03-25, 2026/3/25, 2026.3.25, 20260325 or 2026年3月25日, blanks round it allowed; nothing for what is no date (2026-02-30).
std::optional<Date> parse_date(std::string_view text);

/// Strictly ISO, as scenario files want it: 2026-03-25.
std::optional<Date> parse_iso_date(std::string_view text);

}  // namespace fxpool
