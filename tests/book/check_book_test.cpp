#include "fxpool/book/book.hpp"
#include "fxpool/market/market.hpp"

#include "tests/support/scenarios.hpp"
#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::add_pair;
using fxpool::testing::fuzhou;
using fxpool::testing::line_of;

namespace {

/// One food exporter, a quarter of whose sales go to the US, with one contract due on 7 April 2026.
Book one_deal() {
    Book book;
    book.exporters = {{.id = "E1", .sector = "food", .us_share = 0.25}};
    book.contracts = {{.id = "C1",
                       .exporter_id = "E1",
                       .bank_id = "ICBC",
                       .pair = "USDCNY",
                       .notional = 1e6,
                       .contract_rate = 6.8,
                       .trade_date = Date::of(2025, 10, 9),
                       .settle_date = Date::of(2026, 4, 7),
                       .place = {"contracts.csv", 2, 1}}};
    return book;
}

std::string checked(const Scenario& scenario, const Book& book) {
    Problems problems;
    const auto market = build_market(scenario, problems);
    Problems found;
    check_book(scenario, book, market, found);
    return line_of(found);
}

std::string checked(const Shock& shock) {
    auto scenario = fuzhou();
    scenario.settings.failure.shocks = {shock};
    return checked(scenario, one_deal());
}

const Place at = {"fuzhou.yaml", 40, 7};

}  // namespace

TEST_CASE("a sound book needs no warning", "[check_book]") {
    CHECK(checked(fuzhou(), one_deal()).empty());
    CHECK(
        checked({.from = Date::of(2026, 4, 1), .to = Date::of(2026, 6, 30), .sector = "food", .us_share_above = 0.2, .probability = 0.2, .place = at}).empty());
}

TEST_CASE("contracts that the horizon never sees are left out, with a warning", "[check_book]") {
    auto book = one_deal();
    book.contracts[0].settle_date = Date::of(2025, 12, 30);
    CHECK(checked(fuzhou(), book) == "contracts.csv:2:1: warning: settle_date: contract C1 settled on 2025-12-30, before the start 2026-01-05: it is left out");
    book.contracts[0].settle_date = Date::of(2026, 1, 3);  // a Saturday: due on Monday, the start
    CHECK(checked(fuzhou(), book).empty());
    book = one_deal();
    book.contracts[0].trade_date = Date::of(2027, 1, 6);
    book.contracts[0].settle_date = Date::of(2027, 4, 6);
    CHECK(checked(fuzhou(), book) ==
          "contracts.csv:2:1: warning: trade_date: contract C1 is dealt on 2027-01-06, after the horizon's end 2027-01-05: it is left out");
    book = one_deal();
    book.contracts[0].settle_date = Date::of(2050, 1, 5);
    CHECK(checked(fuzhou(), book) == "contracts.csv:2:1: settle_date: contract C1 settles on 2050-01-05, more than 12 years after the horizon's end");
}

TEST_CASE("a shock that matches nothing is told", "[check_book]") {
    const Date from = Date::of(2026, 4, 1), to = Date::of(2026, 6, 30);
    const std::string where = "fuzhou.yaml:40:7: warning: failure.order_loss.shocks[0]: ";
    CHECK(checked({.from = from, .to = to, .sector = "foods", .place = at}) == where + "no firm is in the sector 'foods'; did you mean 'food'?");
    CHECK(checked({.from = from, .to = to, .sector = "textile", .place = at}) == where + "no firm is in the sector 'textile'");
    CHECK(checked({.from = from, .to = to, .us_share_above = 0.25, .place = at}) == where + "the shock matches no firm");
    CHECK(checked({.from = Date::of(2028, 1, 1), .to = Date::of(2028, 6, 30), .place = at}) == where + "the shock lies outside the horizon");
    CHECK(checked({.from = Date::of(2025, 1, 1), .to = Date::of(2026, 1, 4), .place = at}) == where + "the shock lies outside the horizon");
    CHECK(checked({.from = Date::of(2026, 7, 1), .to = Date::of(2026, 9, 30), .place = at}) == where + "the shock matches no contract");
}

TEST_CASE("sectors of the failure settings that no firm has are told", "[check_book]") {
    auto scenario = fuzhou();
    scenario.settings.failure.pd.sectors = {{"food", 0.04}, {"Food", 0.05}};
    scenario.settings.failure.correlation.sectors = {{"steel", 0.2}};
    scenario.settings.failure.order_loss_probability.sectors = {{"textile", 0.02}};
    CHECK(checked(scenario, one_deal()) ==
          "fuzhou.yaml: warning: failure.insolvency.pd: no firm is in the sector 'Food'; did you mean 'food'?\n"
          "fuzhou.yaml: warning: failure.insolvency.correlation: no firm is in the sector 'steel'\n"
          "fuzhou.yaml: warning: failure.order_loss.probability: no firm is in the sector 'textile'");
}

TEST_CASE("new business needs firms, and USDCNY to be counted in", "[check_book]") {
    auto scenario = fuzhou();
    scenario.settings.new_business = NewBusinessSettings{.monthly_usd = 8.3e6, .tenors = {{6, 1.0}}, .pairs = {{"USDCNY", 1.0}}};
    CHECK(checked(scenario, one_deal()).empty());
    CHECK(checked(scenario, Book{}) == "fuzhou.yaml:7:3: new_business: new business needs firms: give exporters, or contracts that name them");

    scenario.settings.market.pairs.clear();
    add_pair(scenario, "EURCNY", 7.9, 0.02);
    scenario.settings.market.reference = "EURCNY";
    scenario.settings.new_business->pairs = {{"EURCNY", 1.0}};
    auto book = one_deal();
    book.contracts.clear();
    CHECK(checked(scenario, book) == "fuzhou.yaml:7:3: new_business.pairs: new business is counted in USD: market.pairs needs USDCNY");
}
