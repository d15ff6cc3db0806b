#include "fxpool/calibrate/series.hpp"

#include "fxpool/market/market.hpp"
#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace fxpool;
using namespace fxpool::calibrate;
using fxpool::testing::line_of;
using fxpool::testing::lines_of;

namespace {

const Date monday = Date::of(2018, 1, 1);

/// A rate every weekday from `monday` for so many calendar days, never the same twice in a row; line 2 is the first.
RateSeries weekdays(int days, double level = 6.5) {
    RateSeries rates;
    for (int day = 0; day <= days; ++day) {
        const Date date = monday + day;
        if (date.weekday() > 4) continue;
        rates.dates.push_back(date);
        rates.rates.push_back(level * (1 + 0.001 * (day % 7) + 0.00001 * day));
        rates.lines.push_back(static_cast<int>(rates.lines.size()) + 2);
    }
    return rates;
}

constexpr int three_years = 1095;

/// Weekends only.
const Calendar no_holidays;

std::optional<Series> cleaned(const RateSeries& rates, Problems& problems, const Calendar& cn = no_holidays, const std::string& pair = "USDCNY") {
    return clean(rates, pair, "rates.csv", std::nullopt, std::nullopt, cn, problems);
}

std::string problem(const RateSeries& rates, const std::string& pair = "USDCNY") {
    Problems problems;
    const auto series = cleaned(rates, problems, no_holidays, pair);
    CHECK(series.has_value() == !problems.has_errors());
    return line_of(problems);
}

std::size_t row_of(const RateSeries& rates, Date date) {
    return static_cast<std::size_t>(std::lower_bound(rates.dates.begin(), rates.dates.end(), date) - rates.dates.begin());
}

}  // namespace

TEST_CASE("moves are log moves, all of the mean step", "[series]") {
    Problems problems;
    const auto rates = weekdays(three_years);
    const auto series = cleaned(rates, problems);
    REQUIRE(series);
    CHECK(problems.list().empty());
    CHECK(series->pair == "USDCNY");
    CHECK(series->dates == rates.dates);
    CHECK(series->rates == rates.rates);
    REQUIRE(series->moves.size() == rates.rates.size() - 1);
    CHECK(series->moves[4] == Approx(std::log(rates.rates[5] / rates.rates[4])));
    // 1095 days from Monday 2018-01-01 end on Thursday 2020-12-31
    CHECK(series->dt == Approx(1095 / 365.0 / static_cast<double>(series->moves.size())));
    CHECK(series->dropped == 0);
    CHECK(series->gaps.empty());
}

TEST_CASE("a row on a day when the market is shut is dropped, its move is in the next row's", "[series]") {
    const Date tuesday = Date::of(2018, 5, 1);
    Problems problems;
    const auto rates = weekdays(three_years);
    const auto shut = row_of(rates, tuesday);
    const auto series = cleaned(rates, problems, Calendar({tuesday}));
    REQUIRE(series);
    CHECK(series->dropped == 1);
    CHECK(series->dates[shut] == tuesday + 1);
    CHECK(series->moves[shut - 1] == Approx(std::log(rates.rates[shut + 1] / rates.rates[shut - 1])));
    CHECK(series->moves.size() == rates.rates.size() - 2);
}

TEST_CASE("the window's ends are in it", "[series]") {
    Problems problems;
    const auto series = clean(weekdays(three_years), "USDCNY", "rates.csv", Date::of(2018, 3, 1), Date::of(2020, 3, 2), no_holidays, problems);
    REQUIRE(series);
    CHECK(series->dates.front() == Date::of(2018, 3, 1));
    CHECK(series->dates.back() == Date::of(2020, 3, 2));
}

TEST_CASE("less than a year is refused, with what each model needs", "[series]") {
    CHECK(problem(weekdays(350)).empty());
    CHECK(problem(weekdays(349)) ==
          "rates.csv: USDCNY: the rates reach from 2018-01-01 to 2018-12-14, 347 days: gbm, merton, bootstrap need one year (350 days "
          "or more), heston, regime, garch two years (700 days or more)");
    CHECK(problem(weekdays(0)) == "rates.csv: USDCNY: the dates asked for have fewer than two rates on market days");
    auto weekly = weekdays(three_years);
    RateSeries fridays;
    for (std::size_t i = 4; i < weekly.dates.size(); i += 5) {
        fridays.dates.push_back(weekly.dates[i]);
        fridays.rates.push_back(weekly.rates[i]);
        fridays.lines.push_back(static_cast<int>(fridays.lines.size()) + 2);
    }
    CHECK(problem(fridays) == "rates.csv: USDCNY: there is a rate every 7.0 days on average; a fit needs daily rates");
}

TEST_CASE("rows go with their dates, upwards or downwards; the first that doesn't is named", "[series]") {
    auto rates = weekdays(three_years);
    auto downwards = rates;
    std::reverse(downwards.lines.begin(), downwards.lines.end());
    CHECK(problem(downwards).empty());
    std::swap(rates.lines[10], rates.lines[11]);
    CHECK(problem(rates) == "rates.csv:13: USDCNY: 2018-01-15 stands after 2018-01-16: the rows must follow their dates, all upwards or all downwards");
}

TEST_CASE("a rate that is 10 or 100 times its neighbour is named once", "[series]") {
    auto one_wrong = weekdays(three_years);
    one_wrong.rates[10] *= 10;
    CHECK(problem(one_wrong) ==
          "rates.csv:12: USDCNY: the rate goes from 6.52672 to 65.0091, about 10 times: a wrong digit, or another unit (JPY per 1 or per 100)?");
    auto from_there_on = weekdays(three_years, 5);
    for (std::size_t i = 100; i < from_there_on.rates.size(); ++i) from_there_on.rates[i] /= 100;
    const auto told = problem(from_there_on, "JPYCNY");
    CHECK(told.find("rates.csv:102: JPYCNY: the rate goes from ") != std::string::npos);
    CHECK(told.find("about 0.01 times") != std::string::npos);
    CHECK(told.find(":103:") == std::string::npos);
}

TEST_CASE("a file that counts by another unit than scenarios do", "[series]") {
    CHECK(problem(weekdays(three_years, 5), "JPYCNY").empty());
    CHECK(problem(weekdays(three_years, 0.05), "JPYCNY").find("look like CNY per 1 JPY; write them per 100 JPY, as scenarios do") != std::string::npos);
    CHECK(problem(weekdays(three_years, 680)).find("look like CNY per 100 USD; write them per 1 USD, as scenarios do") != std::string::npos);
    CHECK(problem(weekdays(three_years, 100)).empty());  // a made-up rate
}

TEST_CASE("ten equal rates in a row were copied forward", "[series]") {
    auto rates = weekdays(three_years);
    for (std::size_t i = 20; i < 29; ++i) rates.rates[i] = 6.5;
    CHECK(problem(rates).empty());
    rates.rates[29] = 6.5;
    CHECK(problem(rates) ==
          "rates.csv:23: USDCNY: the rate is 6.5 in 10 rows, 2018-01-29 to 2018-02-09: copied forward? Leave such rows out, or choose other dates");
}

TEST_CASE("a gap of more than ten days is a note, unless the market was shut", "[series]") {
    auto rates = weekdays(three_years);
    const auto first = row_of(rates, Date::of(2019, 2, 1)), last = row_of(rates, Date::of(2019, 2, 18));  // from Friday to Monday, 17 days
    const auto without = [&](auto& values) {
        values.erase(values.begin() + static_cast<std::ptrdiff_t>(first) + 1, values.begin() + static_cast<std::ptrdiff_t>(last));
    };
    without(rates.rates);
    without(rates.dates);
    rates.lines.resize(rates.dates.size());
    CHECK(problem(rates) == "rates.csv:287: note: USDCNY: no rates between 2019-02-01 and 2019-02-18, 17 days: one move of the sample");

    std::vector<Date> holidays;
    for (int day = 4; day <= 15; ++day) holidays.push_back(Date::of(2019, 2, day));
    Problems problems;
    const auto series = cleaned(rates, problems, Calendar(holidays));
    REQUIRE(series);
    CHECK(series->gaps.empty());
}

TEST_CASE("the shipped rates pass, pegs included", "[series]") {
    const char* root = std::getenv("FXPOOL_SOURCE_DIR");
    const auto file = std::filesystem::path(root == nullptr ? "." : root) / "scenarios/data/cny-fx-daily-2005-2026.csv";
    for (const std::string pair : {"USDCNY", "EURCNY", "JPYCNY", "GBPCNY", "HKDCNY"}) {
        Problems problems;
        const auto rates = load_rates(file, pair, problems);
        const auto series = clean(rates, pair, file.string(), std::nullopt, std::nullopt, cn_calendar(), problems);
        INFO(line_of(problems));
        REQUIRE(series);
        const bool managed = pair == "USDCNY" || pair == "HKDCNY";  // a note says that a window over 2015-08-11 mixes two regimes
        CHECK((managed ? line_of(problems).find("the window mixes the pegs before 2015-08-11") != std::string::npos : problems.list().empty()));
        CHECK(problems.list().size() == (managed ? 1 : 0));
        CHECK(series->dropped > 200);
        CHECK(1 / series->dt == Approx(243).margin(4));
    }
}
