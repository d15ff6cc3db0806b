#include "fxpool/market/market.hpp"

#include "tests/support/scenarios.hpp"
#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <numeric>

using namespace fxpool;
using fxpool::testing::add_pair;
using fxpool::testing::fuzhou;
using fxpool::testing::gbm;
using fxpool::testing::line_of;
using fxpool::testing::Scratch;

namespace {

Market market_of(const Scenario& scenario) {
    Problems problems;
    auto market = build_market(scenario, problems);
    INFO(line_of(problems));
    REQUIRE_FALSE(problems.has_errors());
    return market;
}

std::string problems_of(const Scenario& scenario) {
    Problems problems;
    build_market(scenario, problems);
    return line_of(problems);
}

const std::string published_note = "fuzhou.yaml:1:3: note: horizon: the holidays after 2026-12-31 are expected ones, not yet published";

}  // namespace

TEST_CASE("the grid of 2026 has 244 business days and carries the spot on its first", "[market]") {
    const auto market = market_of(fuzhou());
    REQUIRE(market.days.size() == 244);
    CHECK(market.days.front() == Date::of(2026, 1, 5));
    CHECK(market.days[1] == Date::of(2026, 1, 6));
    CHECK(market.days.back() == Date::of(2027, 1, 5));
    const auto before_new_year = std::find(market.days.begin(), market.days.end(), Date::of(2026, 2, 13));
    REQUIRE(before_new_year != market.days.end());
    CHECK(*(before_new_year + 1) == Date::of(2026, 2, 24));
}

TEST_CASE("the grid starts on or after the start and ends on or before the end", "[market]") {
    auto scenario = fuzhou();
    scenario.settings.start = Date::of(2026, 1, 1);  // New Year's holiday, then a weekend
    scenario.settings.end = Date::of(2026, 10, 5);   // within the National Day holiday
    const auto market = market_of(scenario);
    CHECK(market.days.front() == Date::of(2026, 1, 5));
    CHECK(market.days.back() == Date::of(2026, 9, 30));
}

TEST_CASE("forwards of a market keep covered parity to the last digit", "[market]") {
    const auto market = market_of(fuzhou());
    const auto& pair = market.pairs.at(0);
    CHECK(pair.spot == 6.78);
    CHECK(pair.unit == 1);
    CHECK(pair.spot * pair.forward_factor.at(365) == Approx(6.6557231057323465).epsilon(1e-12));
    CHECK(market.discount.at(365) == Approx(std::exp(-0.0155)).epsilon(1e-14));
    // contracts of the file may settle years after the horizon
    CHECK(market.longest_days > 10 * 365);
    CHECK(pair.forward_factor.size() == static_cast<std::size_t>(market.longest_days) + 1);
    CHECK(market.discount.size() == pair.forward_factor.size());
}

TEST_CASE("swap points replace the foreign curve", "[market]") {
    auto scenario = fuzhou();
    scenario.settings.market.curves.erase("USD");
    scenario.settings.market.pairs[0].swap_points = {{1, -110}, {6, -640}, {12, -1250}};
    const auto market = market_of(scenario);
    CHECK(6.78 * market.pairs[0].forward_factor.at(365) == Approx(6.6550).epsilon(1e-12));
}

TEST_CASE("a year of gbm has the year's variance and the drift's expectation", "[market]") {
    auto scenario = fuzhou();
    scenario.settings.market.pairs[0].model = gbm(0.042, 0.01);
    const auto market = market_of(scenario);
    const auto& pair = market.pairs[0];
    double variance = 0, growth = 0;
    for (std::size_t t = 0; t < market.days.size(); ++t) {
        variance += pair.moves.volatility[t] * pair.moves.volatility[t];
        growth += pair.moves.drift[t] + pair.moves.volatility[t] * pair.moves.volatility[t] / 2;
    }
    CHECK(variance == Approx(0.042 * 0.042).epsilon(1e-12));
    CHECK(growth == Approx(0.01).epsilon(1e-12));
}

TEST_CASE("contracts settle where both currencies do", "[market]") {
    auto scenario = fuzhou();
    add_pair(scenario, "EURCNY", 7.9, 0.02);
    add_pair(scenario, "JPYCNY", 4.4, 0.005);
    const auto market = market_of(scenario);
    const auto& usd = market.pairs[0].calendar;
    CHECK_FALSE(usd.is_business_day(Date::of(2026, 11, 26)));  // Thanksgiving
    CHECK_FALSE(usd.is_business_day(Date::of(2026, 2, 16)));   // Spring Festival, and Washington's birthday
    CHECK_FALSE(usd.is_business_day(Date::of(2026, 5, 5)));    // May Day's third working day
    // Thursday 31 December 2026 is the month's last business day in Shanghai; Tokyo's banks are shut
    const auto& jpy = market.pairs[2].calendar;
    CHECK(usd.modified_following(Date::of(2026, 12, 31)) == Date::of(2026, 12, 31));
    CHECK(jpy.modified_following(Date::of(2026, 12, 31)) == Date::of(2026, 12, 30));
    CHECK(market.pairs[1].calendar.modified_following(Date::of(2026, 4, 3)) == Date::of(2026, 4, 7));  // Good Friday, Qingming and Easter Monday on the 6th
    CHECK(market.pairs[2].unit == 100);
}

TEST_CASE("a path from a file takes successive rows' moves, whatever their dates", "[market]") {
    const Scratch scratch;
    const auto file = scratch.file(
        "rates.csv", "date,EURCNY,USDCNY\n2015-08-07,6.8,6.2097\n2015-08-10,6.8,6.2100\n2015-08-11,6.9,6.3231\n2015-08-12,7,6.3870\n2015-08-13,7,6.3990\n");
    auto scenario = fuzhou();
    scenario.settings.market.pairs[0].model.reset();
    scenario.settings.market.pairs[0].given = GivenMoves{.file = file, .from = Date::of(2015, 8, 10), .to = Date::of(2015, 8, 12)};
    const auto market = market_of(scenario);
    const auto& pair = market.pairs[0];
    CHECK(pair.moves.drift[1] == Approx(std::log(6.3231 / 6.2100)).epsilon(1e-13));
    CHECK(pair.moves.drift[2] == Approx(std::log(6.3870 / 6.3231)).epsilon(1e-13));
    CHECK(std::accumulate(pair.moves.drift.begin() + 3, pair.moves.drift.end(), 0.0) == 0);
    CHECK(market.files_read == std::vector<std::filesystem::path>{file});

    scenario.settings.market.pairs[0].model.reset();
    scenario.settings.market.pairs[0].given = GivenMoves{.file = file, .from = Date::of(2015, 8, 13)};
    CHECK(problems_of(scenario) == published_note +
                                       "\nfuzhou.yaml:4:3: market.pairs.USDCNY.model.file: rates.csv has fewer than two rates of USDCNY in the dates asked for "
                                       "(2015-08-07 to 2015-08-13 in the file)");
}

TEST_CASE("history ends before the start and has no rows of days on which Shanghai was shut", "[market]") {
    const Scratch scratch;
    // 1 and 2 January 2026 are holidays; 5 January is the start
    const auto file =
        scratch.file("usdcny.csv", "date,rate\n2025-12-30,6.99\n2025-12-31,7.00\n2026-01-01,7.01\n2026-01-02,7.02\n2026-01-05,7.03\n2026-01-06,7.04\n");
    auto scenario = fuzhou();
    scenario.settings.market.pairs[0].history = file;
    CHECK(market_of(scenario).reference_history == std::vector<double>{6.99, 7.00});
}

TEST_CASE("correlated pairs share the Cholesky factor in the file's order", "[market]") {
    auto scenario = fuzhou();
    add_pair(scenario, "EURCNY", 7.9, 0.02);
    scenario.settings.market.correlation[{"EURCNY", "USDCNY"}] = 0.55;
    const auto market = market_of(scenario);
    REQUIRE(market.correlation_root.size() == 4);
    CHECK(market.correlation_root[2] == 0.55);
    CHECK(market.correlation_root[3] == Approx(std::sqrt(1 - 0.55 * 0.55)).epsilon(1e-15));
}

TEST_CASE("the reference is found by name", "[market]") {
    auto scenario = fuzhou();
    add_pair(scenario, "EURCNY", 7.9, 0.02);
    scenario.settings.market.reference = "EURCNY";
    CHECK(market_of(scenario).reference == 1);
}

TEST_CASE("what is wrong with a market is told where it was written", "[market]") {
    SECTION("a horizon beyond the calendar") {
        auto scenario = fuzhou();
        scenario.settings.end = Date::of(2036, 1, 5);
        CHECK(problems_of(scenario) == "fuzhou.yaml:1:3: horizon: the horizon ends on 2036-01-05, after the calendar's last year 2035");
        scenario.settings.end = Date::of(2035, 12, 31);
        CHECK(problems_of(scenario) == published_note);
    }
    SECTION("a start before the calendar") {
        auto scenario = fuzhou();
        scenario.settings.start = Date::of(2004, 12, 31);
        CHECK(problems_of(scenario) == "fuzhou.yaml:1:3: horizon.start: the horizon starts in 2004, before the calendar's first year 2005");
    }
    SECTION("holidays that are published need no note") {
        auto scenario = fuzhou();
        scenario.settings.end = Date::of(2026, 12, 31);
        CHECK(problems_of(scenario).empty());
    }
    SECTION("no business day") {
        auto scenario = fuzhou();
        scenario.settings.start = Date::of(2026, 10, 1);
        scenario.settings.end = Date::of(2026, 10, 7);
        CHECK(problems_of(scenario) == "fuzhou.yaml:1:3: horizon: there is no business day from 2026-10-01 to 2026-10-07");
    }
    SECTION("no curve") {
        auto scenario = fuzhou();
        scenario.settings.market.curves.erase("USD");
        CHECK(problems_of(scenario) == published_note + "\nfuzhou.yaml:3:3: market.curves: there is no curve of USD");
    }
    SECTION("correlations that cannot be") {
        auto scenario = fuzhou();
        add_pair(scenario, "EURCNY", 7.9, 0.02);
        add_pair(scenario, "GBPCNY", 9.1, 0.04);
        scenario.settings.market.correlation = {{{"USDCNY", "EURCNY"}, 0.9}, {{"USDCNY", "GBPCNY"}, 0.9}, {{"EURCNY", "GBPCNY"}, -0.9}};
        CHECK(problems_of(scenario) ==
              published_note + "\nfuzhou.yaml:5:3: market.correlation: the correlations of USDCNY, EURCNY, GBPCNY are not positive definite");
    }
    SECTION("a move that leaves no rate") {
        auto scenario = fuzhou();
        scenario.settings.market.pairs[0].model.reset();
        scenario.settings.market.pairs[0].given = GivenMoves{.moves = {0.01, -1.0}};
        CHECK(problems_of(scenario) == published_note + "\nfuzhou.yaml:4:3: market.pairs.USDCNY.model: a move of -100 % or less leaves no rate");
    }
    SECTION("a Hong Kong calendar whose lunar holidays have run out") {
        auto scenario = fuzhou();
        scenario.settings.end = Date::of(2026, 12, 31);
        add_pair(scenario, "HKDCNY", 0.87, 0.03);
        const auto line = problems_of(scenario);
        CHECK(line.find("note: market.pairs.HKDCNY: the lunar holidays of HKD are known to 2020 only") != std::string::npos);
    }
}

TEST_CASE("a market is built within a blink", "[market]") {
    auto scenario = fuzhou();
    add_pair(scenario, "EURCNY", 7.9, 0.02);
    market_of(scenario);  // QuantLib's calendars are made on first use
    const auto begin = std::chrono::steady_clock::now();
    market_of(scenario);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    INFO("two pairs in " << took.count() * 1e3 << " ms");
    CHECK(took.count() < 0.5);
}

namespace {

HestonModel heston(double rho) { return {.v0 = 0.0018, .kappa = 2.8, .theta = 0.0018, .xi = 0.1, .rho = rho, .drift = {}}; }

RegimeModel regime(double stressed) {
    return {.states = {{"calm", 0.03, {}}, {"stress", stressed, {}}}, .generator = {{-1, 1}, {2, -2}}, .start = {"calm", {}}, .drift = {}};
}

/// So many weekdays from 4 January 2016 on, holidays among them.
std::string rates_of(int days, const std::string& pair) {
    std::string text = "date," + pair + "\n";
    for (Date date = Date::of(2016, 1, 4); days > 0; date = date + 1) {
        if (date.weekday() > 4) continue;
        text += date.iso() + "," + std::to_string(6.5 + 0.01 * (days % 7)) + "\n";
        --days;
    }
    return text;
}

BootstrapModel bootstrap(const std::filesystem::path& file) {
    BootstrapModel model;
    model.window.file.path = file.string();
    return model;
}

}  // namespace

TEST_CASE("with heston the shocks that are drawn are those independent of the variances", "[market]") {
    auto scenario = fuzhou();
    add_pair(scenario, "EURCNY", 7.9, 0.02);
    scenario.settings.market.pairs[0].model = heston(0.6);
    scenario.settings.market.pairs[1].model = heston(-0.8);
    scenario.settings.market.correlation = {{{"USDCNY", "EURCNY"}, 0.36}};
    // corr(W_1, W_2) = 0.36 with both variances independent of the other rate: 0.36 / (0.8 * 0.6)
    CHECK(market_of(scenario).correlation_root.at(2) == Approx(0.75).epsilon(1e-14));
    // rates 0.5 apart and rho 0.6, -0.8: 0.5 > 0.8 * 0.6, so that the four shocks have no such correlations
    scenario.settings.market.correlation = {{{"USDCNY", "EURCNY"}, 0.5}};
    CHECK(problems_of(scenario) == published_note +
                                       "\nfuzhou.yaml:5:3: market.correlation: the correlations of USDCNY, EURCNY, with the rho of heston's "
                                       "variances, are not positive definite");
}

TEST_CASE("regime pairs with the same states and generator share one chain", "[market]") {
    auto scenario = fuzhou();
    add_pair(scenario, "EURCNY", 7.9, 0.02);
    add_pair(scenario, "GBPCNY", 9.1, 0.04);
    scenario.settings.market.pairs[1].model = regime(0.06);
    scenario.settings.market.pairs[2].model = regime(0.09);  // other volatilities, the same chain
    const auto shared_by = [&] { return std::get<RegimeStep>(market_of(scenario).pairs[2].moves.step).shared; };
    CHECK(shared_by() == 1);
    std::get<RegimeModel>(*scenario.settings.market.pairs[2].model).generator = {{-1.5, 1.5}, {2, -2}};
    CHECK(shared_by() == 2);
}

TEST_CASE("a model's history is cleaned, and pairs share its rows", "[market]") {
    const Scratch scratch;
    auto scenario = fuzhou();
    const auto usd = scratch.file("usd.csv", rates_of(300, "USDCNY")), eur = scratch.file("eur.csv", rates_of(300, "EURCNY"));
    scenario.settings.market.pairs[0].model = bootstrap(usd);
    add_pair(scenario, "EURCNY", 7.9, 0.02);
    scenario.settings.market.pairs[1].history = eur;  // stands in for the model's own
    scenario.settings.market.pairs[1].model = bootstrap("");
    const auto market = market_of(scenario);
    const auto& step = std::get<BootstrapStep>(market.pairs[0].moves.step);
    const auto cn = cn_calendar();
    int open = 0, days = 300;
    for (Date date = Date::of(2016, 1, 4); days > 0; date = date + 1) {
        if (date.weekday() > 4) continue;
        open += cn.is_business_day(date);
        --days;
    }
    CHECK(step.rows.size() == static_cast<std::size_t>(open - 1));
    CHECK(std::accumulate(step.rows.begin(), step.rows.end(), 0.0) == Approx(0).margin(1e-14));  // demeaned
    CHECK(std::get<BootstrapStep>(market.pairs[1].moves.step).shared == 0);
    CHECK(market.files_read.size() == 2);

    scenario.settings.market.pairs[1].history = scratch.file("short.csv", rates_of(299, "EURCNY"));
    CHECK(problems_of(scenario).find("its rows are not those of USDCNY") != std::string::npos);
    scenario.settings.market.pairs[1].history = eur;
    std::get<BootstrapModel>(*scenario.settings.market.pairs[1].model).mean_block = 5;
    CHECK(problems_of(scenario).find("it is not that of USDCNY") != std::string::npos);
}

TEST_CASE("a history that does not reach over its window, or is none", "[market]") {
    const Scratch scratch;
    auto scenario = fuzhou();
    auto model = bootstrap(scratch.file("usd.csv", rates_of(300, "USDCNY")));
    const auto told = [&] {
        scenario.settings.market.pairs[0].model = model;
        return problems_of(scenario);
    };
    CHECK(told() ==
          std::string(published_note) +
              "\nusd.csv:301: warning: USDCNY: the last rate before the start 2026-01-05 is of 2017-02-24, 3237 days earlier: are later rows missing?");
    model.window.to = Date::of(2018, 1, 1);
    CHECK(told().find("history: usd.csv ends on 2017-02-24, before the window's end 2018-01-01") != std::string::npos);
    model.window.to.reset();
    model.window.from = Date::of(2015, 1, 1);
    CHECK(told().find("history: usd.csv begins on 2016-01-04, after the window's beginning 2015-01-01") != std::string::npos);
    model.window.from = Date::of(2017, 1, 2);
    CHECK(told().find("rates in the window; a history needs 60 or more") != std::string::npos);
    model.window.from.reset();
    const auto good = model.window.file;
    auto text = rates_of(300, "USDCNY");
    for (auto at = text.find("2016-06-01"); at != std::string::npos; at = std::string::npos) text.replace(at + 11, 1, "65");
    model.window.file.path = scratch.file("off.csv", text).string();
    CHECK(told().find("off.csv:109: USDCNY: the rate goes from") != std::string::npos);
    model.window.file = good;
    scenario.settings.start = Date::of(2017, 1, 3);
    scenario.settings.end = Date::of(2017, 12, 29);
    CHECK(told().find("note: market.pairs.USDCNY.model.history: the window reaches to 2017-02-24, past the start") != std::string::npos);
}
