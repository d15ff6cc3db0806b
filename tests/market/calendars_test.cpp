#include "fxpool/market/market.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;

namespace {

int business_days(const Calendar& calendar, Date first, Date last) {
    int count = 0;
    for (Date date = first; date <= last; date = date + 1) count += calendar.is_business_day(date);
    return count;
}

}  // namespace

TEST_CASE("Chinese New Year 2026 shuts the mainland market from 16 to 23 February", "[calendars]") {
    const auto cn = cn_calendar();
    CHECK(cn.is_business_day(Date::of(2026, 2, 13)));  // Friday before
    CHECK(cn.on_or_after(Date::of(2026, 2, 14)) == Date::of(2026, 2, 24));
    CHECK(cn.on_or_before(Date::of(2026, 2, 23)) == Date::of(2026, 2, 13));
    CHECK(cn.is_business_day(Date::of(2026, 2, 24)));
}

TEST_CASE("make-up working weekends are no FX days", "[calendars]") {
    const auto cn = cn_calendar();
    // the State Council's make-up days of 2026: Sunday 4 January, Saturdays 14 and 28 February, 9 May, 10 October, Sunday 20 September
    for (const auto date :
         {Date::of(2026, 1, 4), Date::of(2026, 2, 14), Date::of(2026, 2, 28), Date::of(2026, 5, 9), Date::of(2026, 9, 20), Date::of(2026, 10, 10)}) {
        INFO(date.iso());
        CHECK_FALSE(cn.is_business_day(date));
    }
}

TEST_CASE("the year 2026 has 242 mainland business days", "[calendars]") {
    // 261 weekdays less the 19 days off
    CHECK(business_days(cn_calendar(), Date::of(2026, 1, 1), Date::of(2026, 12, 31)) == 242);
}

TEST_CASE("the mainland list is published to 2026 and ends with 2035", "[calendars]") {
    CHECK(cn_calendar_published_to() == Date::of(2026, 12, 31));
    CHECK(cn_calendar_last_year() == 2035);
    for (int year = 2005; year <= 2035; ++year) {
        INFO(year);
        CHECK_FALSE(cn_calendar().is_business_day(Date::of(year, 10, 1)));
        // 16 to 23 weekdays off each year: New Year, Spring Festival, Qingming (from 2008), May Day, Dragon Boat, Mid-Autumn, National Day
        const int days = business_days(cn_calendar(), Date::of(year, 1, 1), Date::of(year, 12, 31));
        CHECK(days >= 237);
        CHECK(days <= 246);
    }
}

TEST_CASE("other currencies keep the days of their payment systems", "[calendars]") {
    const auto usd = currency_calendar("USD");
    REQUIRE(usd);
    CHECK_FALSE(usd->is_business_day(Date::of(2026, 11, 26)));  // Thanksgiving
    CHECK_FALSE(usd->is_business_day(Date::of(2026, 1, 19)));   // Martin Luther King
    CHECK_FALSE(usd->is_business_day(Date::of(2026, 10, 12)));  // Columbus Day: the Fedwire is shut, the stock exchange is not
    // 4 July 2026 is a Saturday: the Federal Reserve banks are open on Friday 3 July
    CHECK(usd->is_business_day(Date::of(2026, 7, 3)));
    CHECK(usd->is_business_day(Date::of(2026, 4, 3)));  // Good Friday

    const auto eur = currency_calendar("EUR");
    REQUIRE(eur);
    CHECK_FALSE(eur->is_business_day(Date::of(2026, 4, 3)));
    CHECK_FALSE(eur->is_business_day(Date::of(2026, 4, 6)));  // Easter Monday
    CHECK_FALSE(eur->is_business_day(Date::of(2026, 5, 1)));
    CHECK(eur->is_business_day(Date::of(2026, 11, 26)));

    const auto jpy = currency_calendar("JPY");
    REQUIRE(jpy);
    CHECK_FALSE(jpy->is_business_day(Date::of(2026, 2, 11)));
    CHECK_FALSE(jpy->is_business_day(Date::of(2026, 2, 23)));  // the Emperor's birthday

    const auto gbp = currency_calendar("GBP");
    REQUIRE(gbp);
    CHECK_FALSE(gbp->is_business_day(Date::of(2026, 8, 31)));  // summer bank holiday

    const auto hkd = currency_calendar("HKD");
    REQUIRE(hkd);
    CHECK_FALSE(hkd->is_business_day(Date::of(2020, 1, 27)));  // lunar new year, in the last year that QuantLib 1.29 lists
    CHECK_FALSE(hkd->is_business_day(Date::of(2026, 7, 1)));

    CHECK_FALSE(currency_calendar("XXX"));
}
