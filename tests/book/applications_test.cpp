#include "fxpool/book/book.hpp"
#include "fxpool/market/market.hpp"

#include "tests/support/planted.hpp"
#include "tests/support/scenarios.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#ifndef FXPOOL_REPETITIONS_DIVISOR
#define FXPOOL_REPETITIONS_DIVISOR 1
#endif

using namespace fxpool;
using fxpool::testing::add_pair;
using fxpool::testing::fuzhou;
using fxpool::testing::planted;

namespace {

/// 8.3 m a month in deals of 300,000: 8.3/0.3/21 = 1.317 a business day.
NewBusinessSettings base_business() {
    NewBusinessSettings business;
    business.monthly_usd = 8.3e6;
    business.tenors = {{3, 0.4}, {6, 0.4}, {12, 0.2}};
    business.sell = 0.9;
    business.buy = 0.1;
    business.pairs = {{"USDCNY", 1.0}};
    business.steady_state = false;
    return business;
}

Book two_firms(double first_receipts, double second_receipts) {
    Book book;
    book.exporters = {{.id = "F1", .annual_receipts_usd = first_receipts}, {.id = "F2", .annual_receipts_usd = second_receipts}};
    return book;
}

Market market_of(const Scenario& scenario) {
    Problems problems;
    return build_market(scenario, problems);
}

std::vector<Application> draw(const NewBusinessSettings& business, const Book& book = two_firms(3e6, 1e6), const Scenario& scenario = fuzhou()) {
    return draw_applications(business, scenario.settings, book, market_of(scenario));
}

}  // namespace

TEST_CASE("the first applications of seed 2, from Philox by hand", "[applications]") {
    const auto applications = draw(base_business());
    REQUIRE(applications.size() > 3);
    // 5 January draws 0.1897 for the day's number: below exp(-1.317) = 0.268, so none
    const auto& first = applications[0];
    CHECK(first.id == "NB20260106-1");
    CHECK(first.date == Date::of(2026, 1, 6));
    CHECK(first.exporter == 0);  // 0.4448 < 3/4
    CHECK(first.bank == 0);      // 0.2162 < 60 %
    CHECK(first.pair == "USDCNY");
    CHECK(first.direction == Direction::sell);
    CHECK(first.tenor_months == 3);                    // 0.2854 < 40 %
    CHECK(first.settle_date == Date::of(2026, 4, 7));  // 6 April is Qingming
    CHECK(first.usd == Approx(480'265.72865868895).epsilon(1e-9));
    CHECK(first.notional == first.usd);
    const auto& second = applications[1];
    CHECK(second.id == "NB20260107-1");
    CHECK(second.bank == 1);           // 0.6678
    CHECK(second.tenor_months == 12);  // 0.9017
    CHECK(second.settle_date == Date::of(2027, 1, 7));
    CHECK(second.usd == Approx(741'705.3388024627).epsilon(1e-9));
    CHECK(applications[2].id == "NB20260108-1");
    CHECK(applications[3].id == "NB20260108-2");
    CHECK(applications[3].tenor_months == 6);
}

TEST_CASE("applications come in order of date, on business days of the horizon", "[applications]") {
    const auto market = market_of(fuzhou());
    Date last = market.days.front();
    for (const auto& application : draw(base_business())) {
        CHECK(application.date >= last);
        CHECK(application.date <= market.days.back());
        CHECK(market.cn.is_business_day(application.date));
        CHECK(market.pairs[0].calendar.is_business_day(application.settle_date));
        last = application.date;
    }
}

TEST_CASE("an application depends on seed, date and number alone", "[applications]") {
    std::map<std::string, Application> before;
    for (const auto& application : draw(base_business())) before[application.id] = application;
    auto business = base_business();
    business.monthly_usd *= 3;
    business.steady_state = true;
    std::size_t met = 0;
    for (const auto& application : draw(business)) {
        const auto same = before.find(application.id);
        if (same == before.end()) continue;
        ++met;
        CHECK(application.usd == same->second.usd);
        CHECK(application.exporter == same->second.exporter);
        CHECK(application.settle_date == same->second.settle_date);
    }
    CHECK(met == before.size());  // a higher rate adds applications at each day's end, and takes none away
    business.seed = 3;
    CHECK(draw(business).front().usd != draw(base_business()).front().usd);
}

TEST_CASE("steady state begins the longest tenor before the start", "[applications]") {
    auto business = base_business();
    business.monthly_usd = 83e6;  // 13 a day: every day has some
    business.steady_state = true;
    CHECK(draw(business).front().date == Date::of(2025, 1, 6));  // 5 January 2025 is a Sunday
    business.tenors = {{3, 1.0}};
    CHECK(draw(business).front().date == Date::of(2025, 10, 9));  // 5 October 2025 is in the National Day holiday
    business.steady_state = false;
    CHECK(draw(business).front().date == Date::of(2026, 1, 5));
}

TEST_CASE("notionals of other pairs are in their own currency at the start's rates", "[applications]") {
    auto scenario = fuzhou();
    add_pair(scenario, "EURCNY", 7.90, 0.02);
    add_pair(scenario, "JPYCNY", 4.40, 0.005);
    auto business = base_business();
    business.pairs = {{"EURCNY", 0.5}, {"JPYCNY", 0.5}};
    std::map<std::string, int> met;
    for (const auto& application : draw(business, two_firms(1, 1), scenario)) {
        ++met[application.pair];
        if (application.pair == "EURCNY") CHECK(application.notional == Approx(application.usd * 6.78 / 7.90).epsilon(1e-14));
        else CHECK(application.notional == Approx(application.usd * 6.78 / 4.40 * 100).epsilon(1e-14));
    }
    CHECK(met["EURCNY"] > 100);
    CHECK(met["JPYCNY"] > 100);
}

TEST_CASE("a deal_usd without spread is every deal's size; without firms there is no business", "[applications]") {
    auto business = base_business();
    business.deal_cv = 0;
    for (const auto& application : draw(business)) CHECK(application.usd == Approx(300'000).epsilon(1e-14));
    CHECK(draw(business, Book{}).empty());
}

TEST_CASE("a firm whose receipts are blank applies as often as the mean of those given", "[applications]") {
    Book book;
    book.exporters = {
        {.id = "F1", .annual_receipts_usd = 1e6}, {.id = "F2"}, {.id = "F3", .annual_receipts_usd = 3e6}, {.id = "F4", .annual_receipts_usd = 0.0}};
    // weights 1, 4/3, 3, 0 of 16/3: bounds at 0.1875, 0.4375, 1
    std::map<std::size_t, int> met;
    const auto applications = draw(base_business(), book);
    CHECK(applications[0].exporter == 2);  // 0.4448
    for (const auto& application : applications) ++met[application.exporter];
    CHECK(met[1] > 0);
    CHECK(met[3] == 0);
    book.exporters = {{.id = "F1"}, {.id = "F2"}};
    CHECK(draw(base_business(), book)[0].exporter == 0);  // 0.4448 of two alike
}

TEST_CASE("number, size and kind of a year's applications", "[applications][statistical]") {
    // 4,000 a business day: 976,000 in 244 days, s.e. 0.10 %; drawn in eight pieces of 500 a day
    const double a_day = 4'000.0 / FXPOOL_REPETITIONS_DIVISOR;
    auto business = base_business();
    business.monthly_usd = a_day * 21 * business.deal_mean_usd;
    const auto applications = draw(business);
    const double expected = a_day * 244;
    const auto n = static_cast<double>(applications.size());
    CHECK(planted(n) == Approx(expected).margin(5 * std::sqrt(expected)));

    double usd = 0, sells = 0, first_bank = 0, first_firm = 0, three_months = 0;
    for (const auto& application : applications) {
        usd += application.usd;
        sells += application.direction == Direction::sell;
        first_bank += application.bank == 0;
        first_firm += application.exporter == 0;
        three_months += application.tenor_months == 3;
    }
    CHECK(planted(usd / n) == Approx(300'000).epsilon(5 * 1.0 / std::sqrt(n)));  // cv 1: s.e. 0.10 %
    const auto share = [&](double met, double p) { CHECK(planted(met / n) == Approx(p).epsilon(5 * std::sqrt((1 - p) / p / n))); };
    share(sells, 0.9);         // s.e. 0.03 %
    share(first_bank, 0.6);    // 0.08 %
    share(first_firm, 0.75);   // 3 m of 4 m; 0.06 %
    share(three_months, 0.4);  // 0.12 %
}

TEST_CASE("small numbers a day are Poisson: days without an application", "[applications][statistical]") {
    // half a deal a day: exp(-0.5) = 60.7 % of the days have none; 347,000 days, s.e. 0.804/sqrt(n) = 0.14 %
    auto scenario = fuzhou();
    scenario.settings.start = Date::of(2006, 1, 4);
    scenario.settings.end = Date::of(2035, 12, 31);
    const auto market = market_of(scenario);
    auto business = base_business();
    business.monthly_usd = 0.5 * 21 * business.deal_mean_usd;
    const std::uint64_t seeds = 48 / FXPOOL_REPETITIONS_DIVISOR;
    double with_some = 0;
    for (business.seed = 0; business.seed < seeds; ++business.seed) {
        Date last;
        for (const auto& application : draw_applications(business, scenario.settings, two_firms(1, 1), market)) {
            with_some += application.date != last;
            last = application.date;
        }
    }
    const auto days = static_cast<double>(market.days.size() * seeds);
    const double p = std::exp(-0.5);
    CHECK(planted(1 - with_some / days) == Approx(p).epsilon(5 * std::sqrt((1 - p) / p / days)));
}

TEST_CASE("growth is a year's, before the start as well as after it", "[applications][statistical]") {
    // 30 % a year: a day's mean is 2,000 * 1.3^(days from the start / 365); about 10^6 in all, s.e. 0.1 %
    const double a_day = 2'000.0 / FXPOOL_REPETITIONS_DIVISOR;
    auto business = base_business();
    business.monthly_usd = a_day * 21 * business.deal_mean_usd;
    business.growth = 0.3;
    business.steady_state = true;
    const auto market = market_of(fuzhou());
    const Date start = market.days.front();
    double expected[2] = {0, 0}, met[2] = {0, 0};  // before the start, from it on
    for (Date date = Date::of(2025, 1, 6); date <= market.days.back(); date = date + 1) {
        if (market.cn.is_business_day(date)) expected[date >= start] += a_day * std::pow(1.3, (date - start) / 365.0);
    }
    for (const auto& application : draw(business)) ++met[application.date >= start];
    for (const int part : {0, 1}) CHECK(planted(met[part]) == Approx(expected[part]).margin(5 * std::sqrt(expected[part])));
}

TEST_CASE("the margin rate is that of the first tenor whose end is not before settlement", "[applications]") {
    const auto joint = market_of(fuzhou()).pairs[0].calendar;
    const ByTenor ladder = {{3, 0.02}, {6, 0.03}, {9, 0.04}, {12, 0.05}};
    // three months from Monday 2 February 2026 end on Saturday 2 May, rolled over May Day to Wednesday the 6th
    const Date trade = Date::of(2026, 2, 2);
    CHECK(ladder_rate(ladder, trade, Date::of(2026, 2, 3), joint) == 0.02);
    CHECK(ladder_rate(ladder, trade, Date::of(2026, 5, 6), joint) == 0.02);
    CHECK(ladder_rate(ladder, trade, Date::of(2026, 5, 7), joint) == 0.03);
    CHECK(ladder_rate(ladder, trade, Date::of(2026, 8, 3), joint) == 0.03);  // 2 August is a Sunday
    CHECK(ladder_rate(ladder, trade, Date::of(2027, 2, 2), joint) == 0.05);
    CHECK(ladder_rate(ladder, trade, Date::of(2030, 1, 2), joint) == 0.05);  // beyond the ladder: its last rate
    CHECK(ladder_rate({{0, 0.07}}, trade, Date::of(2027, 2, 2), joint) == 0.07);
}
