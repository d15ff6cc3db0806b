#include "fxpool/base/date.hpp"

#include <catch2/catch.hpp>

using fxpool::add_months;
using fxpool::Date;
using fxpool::parse_date;
using fxpool::parse_iso_date;

TEST_CASE("a date is the number of days since 1970-01-01", "[date]") {
    CHECK(Date::of(1970, 1, 1).serial == 0);
    CHECK(Date::of(1969, 12, 31).serial == -1);
    CHECK(Date::of(2026, 1, 5).serial == 20458);  // 56 years with 14 leap days, and 4 days
    CHECK(Date::of(2027, 1, 5) - Date::of(2026, 1, 5) == 365);
    CHECK(Date::of(2024, 3, 1) - Date::of(2024, 2, 28) == 2);
    CHECK(Date::of(2026, 3, 1) - Date::of(2026, 2, 28) == 1);
    CHECK(Date::of(2026, 12, 31) + 1 == Date::of(2027, 1, 1));
    CHECK(Date::of(2026, 1, 1) - 1 == Date::of(2025, 12, 31));
}

TEST_CASE("a date knows its year, month, day and weekday", "[date]") {
    const Date date = Date::of(2026, 3, 25);
    CHECK(date.year() == 2026);
    CHECK(date.month() == 3);
    CHECK(date.day() == 25);
    CHECK(date.weekday() == 2);  // a Wednesday
    CHECK(date.iso() == "2026-03-25");
    CHECK(Date::of(2026, 1, 5).weekday() == 0);    // Monday
    CHECK(Date::of(2026, 1, 4).weekday() == 6);    // Sunday
    CHECK(Date::of(1970, 1, 1).weekday() == 3);    // Thursday
    CHECK(Date::of(1969, 12, 29).weekday() == 0);  // Monday, before the count begins
    CHECK(Date::of(2005, 4, 1).iso() == "2005-04-01");
}

TEST_CASE("every day from 1999 to 2051 goes to text and back, and weekdays follow one another", "[date]") {
    int weekday = Date::of(1998, 12, 31).weekday();
    for (Date date = Date::of(1999, 1, 1); date <= Date::of(2051, 12, 31); date = date + 1) {
        weekday = (weekday + 1) % 7;
        if (date.weekday() != weekday || parse_date(date.iso()) != date || Date::of(date.year(), date.month(), date.day()) != date) {
            FAIL(date.iso());
        }
    }
}

TEST_CASE("months later is the same day, or the month's last where that does not exist", "[date]") {
    CHECK(add_months(Date::of(2026, 1, 5), 12) == Date::of(2027, 1, 5));
    CHECK(add_months(Date::of(2026, 1, 31), 1) == Date::of(2026, 2, 28));
    CHECK(add_months(Date::of(2028, 1, 31), 1) == Date::of(2028, 2, 29));
    CHECK(add_months(Date::of(2026, 8, 31), 6) == Date::of(2027, 2, 28));
    CHECK(add_months(Date::of(2026, 3, 31), 3) == Date::of(2026, 6, 30));
    CHECK(add_months(Date::of(2026, 11, 30), 3) == Date::of(2027, 2, 28));
    CHECK(add_months(Date::of(2026, 2, 28), 1) == Date::of(2026, 3, 28));
    CHECK(add_months(Date::of(2026, 1, 31), -2) == Date::of(2025, 11, 30));
    CHECK(add_months(Date::of(2026, 1, 5), -13) == Date::of(2024, 12, 5));
    CHECK(add_months(Date::of(2026, 5, 17), 0) == Date::of(2026, 5, 17));
}

TEST_CASE("dates are read in the ways that data files write them", "[date]") {
    const Date date = Date::of(2026, 3, 25);
    CHECK(parse_date("2026-03-25") == date);
    CHECK(parse_date("2026/3/25") == date);
    CHECK(parse_date("2026/03/25") == date);
    CHECK(parse_date("2026.3.25") == date);
    CHECK(parse_date("20260325") == date);
    CHECK(parse_date("2026年3月25日") == date);
    CHECK(parse_date("2026年03月25日") == date);
    CHECK(parse_date(" 2026-3-25 ") == date);
    CHECK(parse_date("2024-02-29") == Date::of(2024, 2, 29));
}

TEST_CASE("what is no date is none", "[date]") {
    for (const auto* text :
         {"",          " ",          "2026-02-30",  "2026-02-29",  "2026-13-01", "2026-00-10", "2026-04-31", "2026-3",      "2026-3-",        "26-03-25",
          "25/3/2026", "2026-03/25", "2026-03-25x", "2026年3月25", "2026年3月",  "20260230",   "2026 03 25", "-2026-03-25", "２０２６-03-25", "2026-03-025"}) {
        INFO(text);
        CHECK_FALSE(parse_date(text).has_value());
    }
}

TEST_CASE("a scenario file wants its dates in ISO", "[date]") {
    CHECK(parse_iso_date("2026-03-25") == Date::of(2026, 3, 25));
    for (const auto* text : {"2026/03/25", "2026-3-25", "20260325", "2026-02-30", " 2026-03-25", "2026-03-25 ", "2026年3月25日", ""}) {
        INFO(text);
        CHECK_FALSE(parse_iso_date(text).has_value());
    }
}
