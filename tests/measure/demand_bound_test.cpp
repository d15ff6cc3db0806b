// What is claimed of a pool that no move of the rate can exhaust, at its boundary.
#include "fxpool/measure/demand_bound.hpp"

#include "fxpool/engine/path_walker.hpp"
#include "tests/support/books.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::BookMaker;

namespace {

/// Three contracts of 1,000,000 at 7.00 and 5 %: 350,000 frozen each. Every order is lost, and the rate goes to 70.
BookMaker lost_book() {
    BookMaker maker(200);
    maker.ramp(70, 20);
    maker.book.terms.claims.cap_multiple = 1;
    maker.bank("BOC", 0.5);
    maker.book.terms.weight[BankId{0}] = 0.5;
    const auto first = maker.exporter("F1", 0, 0, 1), second = maker.exporter("F2", 0, 0, 1);
    maker.contract(first, 1e6, 7.0, 60);
    maker.contract(first, 1e6, 7.0, 90, 1, BankId{1});
    maker.contract(second, 1e6, 7.0, 120, 1, BankId{1});
    return maker;
}

PathOutcome walk(BookMaker& maker) {
    PathWalker walker(maker.ready());
    return walker.walk(0);
}

DealTerms& application(BookMaker& maker, int day) {
    auto& deal = maker.book.deals[maker.contract(ExporterId{0}, 1e6, 0, 150)];
    deal.origin = Origin::application;
    deal.trade_day = DayIndex{day};
    return deal;
}

}  // namespace

TEST_CASE("a book whose caps sum to the fund can't exhaust it; a fen less and it can", "[demand_bound]") {
    auto maker = lost_book();
    maker.book.terms.fund = 1'050'000;
    REQUIRE(demand_bound(maker.ready()).caps);
    CHECK(*demand_bound(maker.ready()).caps == Approx(1'050'000));
    CHECK(demand_bound(maker.ready()).never_exhausted);
    auto outcome = walk(maker);
    CHECK(outcome.demand == Approx(1'050'000));  // the bound is reached: it could not be lower
    CHECK_FALSE(outcome.exhausted_on.valid());

    maker.book.terms.fund = 1'049'999;
    CHECK_FALSE(demand_bound(maker.ready()).never_exhausted);
    outcome = walk(maker);
    CHECK(outcome.exhausted_on.valid());
}

TEST_CASE("caps on exporters and years lower the bound, a missing cap takes it away", "[demand_bound]") {
    auto maker = lost_book();
    auto& claims = maker.book.terms.claims;
    claims.exporter_cap = 400'000;  // F1: 400,000 of 700,000; F2: 350,000
    CHECK(*demand_bound(maker.ready()).caps == Approx(750'000));
    CHECK(walk(maker).demand == Approx(750'000));
    claims.yearly_cap = 500'000;
    CHECK(*demand_bound(maker.ready()).caps == Approx(500'000));
    claims.cap_multiple = pool::none;
    CHECK(*demand_bound(maker.ready()).caps == Approx(500'000));
    claims.yearly_cap = pool::none;
    CHECK(*demand_bound(maker.ready()).caps == Approx(800'000));
    claims.exporter_cap = pool::none;
    CHECK_FALSE(demand_bound(maker.ready()).caps);
    CHECK_FALSE(demand_bound(maker.ready()).never_exhausted);
}

TEST_CASE("what lowers a claim leaves the bound a bound", "[demand_bound]") {
    auto maker = lost_book();
    auto& terms = maker.book.terms;
    terms.fund = 1'050'000;
    terms.claims.deductible = 0.02;
    terms.claims.rejection = 0.3;
    terms.calls = {.on = true, .call_at = 0.5, .cure_days = 2, .slippage = 0.02, .meet = 0.3};
    CHECK(demand_bound(maker.ready()).never_exhausted);
    PathWalker walker(maker.ready());
    for (int path = 0; path < 200; ++path) {
        const auto outcome = walker.walk(path);
        CHECK(outcome.demand <= 1'050'000 * (1 + 1e-12));
        CHECK_FALSE(outcome.exhausted_on.valid());
    }
}

TEST_CASE("interest below nothing eats the fund without a claim", "[demand_bound]") {
    auto maker = lost_book();
    maker.book.terms.fund = 1'050'000;
    maker.book.terms.interest = -0.001;
    CHECK_FALSE(demand_bound(maker.ready()).never_exhausted);
}

TEST_CASE("each bank's claims need its own part and the common one", "[demand_bound]") {
    auto maker = lost_book();  // 350,000 at ICBC, 700,000 at BOC
    maker.book.terms.layout = pool::Layout::segregated;
    maker.book.terms.floor = 1;
    maker.book.terms.fund = 1'399'999;
    CHECK_FALSE(demand_bound(maker.ready()).never_exhausted);
    CHECK(walk(maker).exhausted_on.valid());
    maker.book.terms.fund = 1'400'000;
    CHECK(demand_bound(maker.ready()).never_exhausted);
    CHECK_FALSE(walk(maker).exhausted_on.valid());
    maker.book.terms.layout = pool::Layout::hybrid;
    maker.book.terms.floor = 0.5;
    maker.book.terms.fund = 1'050'000;  // own parts 262,500; common 525,000 for 87,500 + 437,500
    CHECK(demand_bound(maker.ready()).never_exhausted);
    CHECK_FALSE(walk(maker).exhausted_on.valid());
}

TEST_CASE("with new business the caps must stay within the cash from day to day", "[demand_bound]") {
    auto maker = lost_book();
    maker.book.terms.fund = 1'050'000;
    maker.book.terms.multiple = 1;
    application(maker, 100);
    CHECK(demand_bound(maker.ready()).never_exhausted);
    CHECK_FALSE(demand_bound(maker.ready()).caps);  // there may be many applications
    maker.book.terms.multiple = 1.01;
    CHECK_FALSE(demand_bound(maker.ready()).never_exhausted);
    maker.book.terms.claims.cap_multiple = 0.99;
    CHECK(demand_bound(maker.ready()).never_exhausted);
    maker.book.terms.quota_fixed = true;  // room is not reckoned on the cash left
    CHECK_FALSE(demand_bound(maker.ready()).never_exhausted);
    maker.book.terms.quota_fixed = false;
    maker.book.terms.fund = 1'000'000;  // the contracts of the file have more than the quota: 0.99 x 1,050,000
    CHECK_FALSE(demand_bound(maker.ready()).never_exhausted);
    maker.book.terms.fund = 1'050'000;
    maker.book.deals[ContractId{0}].trade_day = DayIndex{10};  // of the file, and opens whatever room there is
    CHECK_FALSE(demand_bound(maker.ready()).never_exhausted);
}
