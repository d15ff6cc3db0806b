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

Contract contract(const std::string& id, Date trade, Date settle) {
    return {.id = id, .exporter_id = "F1", .bank_id = "ICBC", .pair = "USDCNY", .notional = 1e6, .contract_rate = 6.78, .trade_date = trade,
            .settle_date = settle, .place = {"contracts.csv", 7, 1}};
}

Book one_firm() {
    Book book;
    book.exporters = {{.id = "F1", .sector = "electronics", .us_share = 0.45}};
    return book;
}

std::string problems_of(const Scenario& scenario, const Book& book) {
    Problems of_market, problems;
    const auto market = build_market(scenario, of_market);
    REQUIRE_FALSE(of_market.has_errors());
    check_book(scenario, book, market, problems);
    return line_of(problems);
}

Shock shock(Date from, Date to) { return {.from = from, .to = to, .probability = 0.2, .place = {"fuzhou.yaml", 40, 7}}; }

}  // namespace

TEST_CASE("contracts outside the horizon are left out with a warning", "[check_book]") {
    auto book = one_firm();
    book.contracts = {contract("C1", Date::of(2025, 6, 1), Date::of(2025, 12, 31))};
    CHECK(problems_of(fuzhou(), book) ==
          "contracts.csv:7:1: warning: settle_date: contract C1 settled on 2025-12-31, before the start 2026-01-05: it is left out");
    book.contracts = {contract("C1", Date::of(2027, 1, 6), Date::of(2027, 4, 6))};
    CHECK(problems_of(fuzhou(), book) ==
          "contracts.csv:7:1: warning: trade_date: contract C1 is dealt on 2027-01-06, after the horizon's end 2027-01-05: it is left out");
    // settlement on Saturday 3 January rolls to the start itself
    book.contracts = {contract("C1", Date::of(2025, 6, 1), Date::of(2026, 1, 3))};
    CHECK(problems_of(fuzhou(), book).empty());
}

TEST_CASE("a contract may settle twelve years after the horizon, not later", "[check_book]") {
    auto book = one_firm();
    book.contracts = {contract("C1", Date::of(2025, 6, 1), Date::of(2038, 12, 31))};
    CHECK(problems_of(fuzhou(), book).empty());
    book.contracts = {contract("C1", Date::of(2025, 6, 1), Date::of(2039, 6, 1))};
    CHECK(problems_of(fuzhou(), book) ==
          "contracts.csv:7:1: settle_date: contract C1 settles on 2039-06-01, more than 12 years after the horizon's end");
}

TEST_CASE("sectors of the failure settings that no firm has are warned of", "[check_book]") {
    auto scenario = fuzhou();
    scenario.places["failure.insolvency.pd"] = {"fuzhou.yaml", 30, 5};
    scenario.settings.failure.pd.sectors = {{"electronics", 0.03}, {"electronic", 0.04}};
    scenario.settings.failure.correlation.sectors = {{"food", 0.2}};
    scenario.settings.failure.order_loss_probability.sectors = {{"toys", 0.2}};
    CHECK(problems_of(scenario, one_firm()) ==
          "fuzhou.yaml:30:5: warning: failure.insolvency.pd: no firm is in the sector 'electronic'; did you mean 'electronics'?\n"
          "fuzhou.yaml: warning: failure.insolvency.correlation: no firm is in the sector 'food'\n"
          "fuzhou.yaml: warning: failure.order_loss.probability: no firm is in the sector 'toys'");
}

TEST_CASE("a shock that hits nothing is warned of", "[check_book]") {
    auto scenario = fuzhou();
    auto book = one_firm();
    book.contracts = {contract("C1", Date::of(2025, 12, 25), Date::of(2026, 3, 25))};
    const auto with = [&](Shock one) {
        scenario.settings.failure.shocks = {std::move(one)};
        return problems_of(scenario, book);
    };
    const Date first = Date::of(2026, 3, 1), last = Date::of(2026, 3, 31);
    const std::string start = "fuzhou.yaml:40:7: warning: failure.order_loss.shocks[0]: ";
    CHECK(with(shock(first, last)).empty());

    auto by_sector = shock(first, last);
    by_sector.sector = "electronics";
    CHECK(with(by_sector).empty());
    by_sector.sector = "electronic";
    CHECK(with(by_sector) == start + "no firm is in the sector 'electronic'; did you mean 'electronics'?");

    auto by_share = shock(first, last);
    by_share.us_share_above = 0.40;
    CHECK(with(by_share).empty());
    by_share.us_share_above = 0.45;  // above, not from
    CHECK(with(by_share) == start + "the shock matches no firm");

    CHECK(with(shock(Date::of(2026, 4, 1), Date::of(2026, 6, 30))) == start + "the shock matches no contract");
    CHECK(with(shock(Date::of(2028, 4, 1), Date::of(2028, 6, 30))) == start + "the shock lies outside the horizon");
}

TEST_CASE("new business needs a firm to ask for it, and USDCNY to be valued by", "[check_book]") {
    auto scenario = fuzhou();
    scenario.settings.new_business = NewBusinessSettings{.monthly_usd = 1e6, .tenors = {{3, 1.0}}, .pairs = {{"USDCNY", 1.0}}};
    CHECK(problems_of(scenario, {}) ==
          "fuzhou.yaml:7:3: new_business: there is no firm to ask for new business: give exporters, or contracts that name them");
    CHECK(problems_of(scenario, one_firm()).empty());

    add_pair(scenario, "EURCNY", 7.9, 0.02);
    scenario.settings.market.pairs.erase(scenario.settings.market.pairs.begin());
    scenario.settings.market.reference = "EURCNY";
    scenario.settings.new_business->pairs = {{"EURCNY", 1.0}};
    CHECK(problems_of(scenario, one_firm()) == "fuzhou.yaml:7:3: new_business.pairs: new business is counted in USD: market.pairs needs USDCNY");
}
