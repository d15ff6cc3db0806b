#include "fxpool/base/calendar.hpp"

#include <catch2/catch.hpp>

using fxpool::Calendar;
using fxpool::Date;

namespace {

/// May Day 2026: Friday 1 May to Tuesday 5 May off; a Saturday among the days off does no harm.
Calendar may_day() { return Calendar({Date::of(2026, 5, 5), Date::of(2026, 5, 1), Date::of(2026, 5, 4), Date::of(2026, 5, 2), Date::of(2026, 5, 1)}); }

}  // namespace

TEST_CASE("weekends and the listed days are no business days", "[calendar]") {
    const auto calendar = may_day();
    CHECK(calendar.is_business_day(Date::of(2026, 4, 30)));
    for (int day = 1; day <= 5; ++day) CHECK_FALSE(calendar.is_business_day(Date::of(2026, 5, day)));
    CHECK(calendar.is_business_day(Date::of(2026, 5, 6)));
    CHECK_FALSE(calendar.is_business_day(Date::of(2026, 5, 9)));  // a make-up working Saturday is no FX day
    CHECK_FALSE(Calendar().is_business_day(Date::of(2026, 5, 10)));
    CHECK(Calendar().is_business_day(Date::of(2026, 5, 4)));
}

TEST_CASE("rolling goes to the nearest business day on its side", "[calendar]") {
    const auto calendar = may_day();
    CHECK(calendar.on_or_after(Date::of(2026, 5, 1)) == Date::of(2026, 5, 6));
    CHECK(calendar.on_or_after(Date::of(2026, 5, 6)) == Date::of(2026, 5, 6));
    CHECK(calendar.on_or_before(Date::of(2026, 5, 5)) == Date::of(2026, 4, 30));
    CHECK(calendar.on_or_before(Date::of(2026, 4, 30)) == Date::of(2026, 4, 30));
}

TEST_CASE("modified following stays in its month", "[calendar]") {
    const auto calendar = may_day();
    CHECK(calendar.modified_following(Date::of(2026, 5, 2)) == Date::of(2026, 5, 6));
    // Sunday 31 May 2026: Monday is June, so back to Friday 29 May
    CHECK(calendar.modified_following(Date::of(2026, 5, 31)) == Date::of(2026, 5, 29));
    // Saturday 31 October 2026
    CHECK(calendar.modified_following(Date::of(2026, 10, 31)) == Date::of(2026, 10, 30));
    // Sunday 28 February 2027
    CHECK(calendar.modified_following(Date::of(2027, 2, 28)) == Date::of(2027, 2, 26));
    CHECK(calendar.modified_following(Date::of(2026, 5, 29)) == Date::of(2026, 5, 29));
    // the last day of April off, and the days after it: back over the weekend to the 24th
    const Calendar shut({Date::of(2026, 4, 27), Date::of(2026, 4, 28), Date::of(2026, 4, 29), Date::of(2026, 4, 30)});
    CHECK(shut.modified_following(Date::of(2026, 4, 29)) == Date::of(2026, 4, 24));
}

TEST_CASE("months later are calendar months, rolled to the next business day", "[calendar]") {
    const auto calendar = may_day();
    CHECK(calendar.months_later(Date::of(2026, 2, 2), 3) == Date::of(2026, 5, 6));
    // 31 October 2026 is a Saturday: the next business day, into November
    CHECK(calendar.months_later(Date::of(2026, 7, 31), 3) == Date::of(2026, 11, 2));
    CHECK(calendar.months_later(Date::of(2026, 1, 30), 1) == Date::of(2026, 3, 2));  // 28 February is a Saturday
    CHECK(calendar.months_later(Date::of(2026, 3, 25), 0) == Date::of(2026, 3, 25));
}

TEST_CASE("a joint business day is one of both calendars", "[calendar]") {
    const Calendar thanksgiving({Date::of(2026, 11, 26)});
    const auto both = joint(may_day(), thanksgiving);
    CHECK_FALSE(both.is_business_day(Date::of(2026, 5, 1)));
    CHECK_FALSE(both.is_business_day(Date::of(2026, 11, 26)));
    CHECK(both.is_business_day(Date::of(2026, 11, 27)));
    CHECK(joint(may_day(), Calendar()).holidays() == may_day().holidays());
}
