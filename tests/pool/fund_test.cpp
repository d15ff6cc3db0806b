#include "fxpool/pool/fund.hpp"
#include "fxpool/pool/quota.hpp"
#include "fxpool/pool/refill.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::pool;

namespace {

const BankId icbc{0}, boc{1};

/// A fund of 10 million and two banks, 60 % and 40 %.
Terms terms_with(Layout layout, double floor) {
    Terms terms;
    terms.fund = 10e6;
    terms.layout = layout;
    terms.floor = floor;
    terms.weight = Table<BankId, double>(std::vector<double>{0.6, 0.4});
    return terms;
}
const Terms shared = terms_with(Layout::shared, 0);
const Terms segregated = terms_with(Layout::segregated, 1);
const Terms hybrid = terms_with(Layout::hybrid, 0.5);

}  // namespace

TEST_CASE("layouts share the same fund out differently", "[fund]") {
    CHECK(opening_fund(shared).common.cash == Approx(10e6));
    CHECK(opening_fund(segregated).own[icbc].cash == Approx(6e6));
    CHECK(opening_fund(segregated).common.cash == 0);
    const auto fund = opening_fund(hybrid);
    CHECK(fund.own[icbc].cash == Approx(3e6));
    CHECK(fund.own[boc].cash == Approx(2e6));
    CHECK(fund.common.cash == Approx(5e6));
    CHECK(fund.cash() == Approx(10e6));
}

TEST_CASE("claims of one day that exceed the cash are paid pro rata", "[fund]") {
    const auto fund = opening_fund(shared);
    const std::vector<double> limbs = {9e6, 6e6};
    const std::vector<BankId> banks = {icbc, boc};
    const auto paid = fund_claims(fund, limbs, banks);  // 10 of 15 million: two thirds each
    CHECK(paid[0].covered() == Approx(6e6));
    CHECK(paid[1].covered() == Approx(4e6));
    CHECK(paid[0].waiting == Approx(3e6));
}

TEST_CASE("segregated: a bank's claims find its own part only", "[fund]") {
    const auto paid = fund_claims(opening_fund(segregated), std::vector<double>{1e6, 6e6}, std::vector<BankId>{icbc, boc});
    CHECK(paid[0].covered() == Approx(1e6));
    CHECK(paid[1].own == Approx(4e6));
    CHECK(paid[1].waiting == Approx(2e6));
}

TEST_CASE("hybrid: its own part first, then the common rest", "[fund]") {
    const auto paid = fund_claims(opening_fund(hybrid), std::vector<double>{1e6, 6e6}, std::vector<BankId>{icbc, boc});
    CHECK(paid[0].own == Approx(1e6));
    CHECK(paid[0].common == 0);
    CHECK(paid[1].own == Approx(2e6));
    CHECK(paid[1].common == Approx(4e6));
    CHECK(paid[1].waiting == 0);
}

TEST_CASE("reserved cash is not available, and stays in the balance until it is paid", "[fund]") {
    auto fund = opening_fund(shared);
    reserve(fund, icbc, {.common = 4e6});
    CHECK(fund.cash() == Approx(10e6));
    CHECK(fund.available() == Approx(6e6));
    CHECK(fund.unpaid() == Approx(4e6));
    pay(fund, icbc, 0, 4e6);
    CHECK(fund.cash() == Approx(6e6));
    CHECK(fund.unpaid() == 0);
}

TEST_CASE("a waiting claim takes the cash that comes, its bank's part first", "[fund]") {
    auto fund = opening_fund(hybrid);
    reserve(fund, boc, {.own = 2e6, .common = 5e6, .waiting = 1e6});
    fund.own[boc].cash += 300'000;
    fund.common.cash += 400'000;
    const auto taken = cover_waiting(fund, boc, 1e6);
    CHECK(taken.own == Approx(300'000));
    CHECK(taken.common == Approx(400'000));
    CHECK(taken.waiting == Approx(300'000));
    CHECK(fund.waiting[boc] == Approx(300'000));
    CHECK(fund.waiting[icbc] == 0);
}

TEST_CASE("interest accrues by part, fees go to the common part or the bank's", "[fund]") {
    auto fund = opening_fund(hybrid);
    CHECK(add_interest(fund, 0.0365, 10 / 365.0) == Approx(10'000));
    CHECK(fund.own[icbc].cash == Approx(3'003'000));
    auto terms = segregated;
    terms.fee = 0.01;
    auto parts = opening_fund(terms);
    CHECK(add_fees(parts, terms, Table<BankId, double>(std::vector<double>{36.5e6, 0}), 1 / 365.0) == Approx(1'000));
    CHECK(parts.own[icbc].cash == Approx(6'001'000));
    terms = shared;
    terms.fee = 0.01;
    auto one = opening_fund(terms);
    add_fees(one, terms, Table<BankId, double>(std::vector<double>{36.5e6, 36.5e6}), 1 / 365.0);
    CHECK(one.common.cash == Approx(10'002'000));
}

TEST_CASE("a recovery returns to the parts that paid", "[fund]") {
    auto fund = opening_fund(hybrid);
    add_recovery(fund, hybrid, boc, 900, 2e6, 1e6);
    CHECK(fund.own[boc].cash == Approx(2e6 + 600));
    CHECK(fund.common.cash == Approx(5e6 + 300));
}

TEST_CASE("a refill goes where it lacks", "[fund]") {
    auto terms = hybrid;
    terms.refill = {.when = RefillTerms::When::trigger, .below = 0.9, .to = 1};
    auto fund = opening_fund(terms);
    fund.own[boc].cash -= 1e6;
    fund.common.cash -= 3e6;
    add_refill(fund, terms, 2e6);
    CHECK(fund.own[icbc].cash == Approx(3e6));
    CHECK(fund.own[boc].cash == Approx(1.5e6));
    CHECK(fund.common.cash == Approx(3.5e6));
}

TEST_CASE("a refill is ordered when available cash is below its line, up to its target and the year's limit", "[refill]") {
    auto terms = shared;
    terms.refill = {.when = RefillTerms::When::trigger, .below = 0.5, .to = 1, .yearly_limit = 4e6};
    auto fund = opening_fund(terms);
    CHECK(refill_order(fund, terms, 0) == 0);
    reserve(fund, icbc, {.common = 5.5e6});
    CHECK(refill_order(fund, terms, 0) == Approx(4e6));  // 5.5 million are missing
    CHECK(refill_order(fund, terms, 3e6) == Approx(1e6));
    terms.refill.yearly_limit = none;
    CHECK(refill_order(fund, terms, 0) == Approx(5.5e6));
    reserve(fund, icbc, {.common = 4.5e6, .waiting = 1e6});
    CHECK(refill_order(fund, terms, 0) == Approx(11e6));  // what waits is missing too
    terms.refill.when = RefillTerms::When::never;
    CHECK(refill_order(fund, terms, 0) == 0);
}

TEST_CASE("a waiting claim of one bank weighs on the whole pool's available cash, not on the other's part", "[fund]") {
    auto fund = opening_fund(segregated);
    reserve(fund, boc, {.own = 4e6, .waiting = 1e6});
    CHECK(fund.available() == Approx(5e6));  // ICBC's 6 million less what BOC still owes
    CHECK(fund.own[icbc].available() == Approx(6e6));
    CHECK(quota(quota_base(fund, segregated), 2) == Approx(10e6));
    auto terms = segregated;
    terms.refill.to = 1;
    add_refill(fund, terms, 1e6);  // BOC lacks its 4 million and the 1 that waits
    CHECK(fund.own[boc].cash == Approx(5e6));
    CHECK(fund.own[icbc].cash == Approx(6e6));
}

TEST_CASE("quota stands on what is available, or on the fund where it is fixed", "[quota]") {
    auto fund = opening_fund(shared);
    reserve(fund, icbc, {.common = 4e6});
    CHECK(quota(quota_base(fund, shared), 5) == Approx(30e6));
    auto fixed = shared;
    fixed.quota_fixed = true;
    CHECK(quota(quota_base(fund, fixed), 5) == Approx(50e6));
}

TEST_CASE("room for a new deal by layout", "[quota]") {
    const Table<BankId, double> frozen(std::vector<double>{4e6, 1e6});
    CHECK(room(quota_base(opening_fund(shared), shared), 1, frozen, icbc) == Approx(5e6));
    CHECK(room(quota_base(opening_fund(segregated), segregated), 1, frozen, icbc) == Approx(2e6));
    CHECK(room(quota_base(opening_fund(segregated), segregated), 1, frozen, boc) == Approx(3e6));
    // ICBC's 4 million overhang its own 3 by 1: the common 5 keep 4 for both; BOC has 1 of its own left
    CHECK(room(quota_base(opening_fund(hybrid), hybrid), 1, frozen, icbc) == Approx(4e6));
    CHECK(room(quota_base(opening_fund(hybrid), hybrid), 1, frozen, boc) == Approx(5e6));
}

TEST_CASE("utilisation is at most 1, and 1 where something is frozen against nothing", "[quota]") {
    CHECK(utilisation(5, 20) == Approx(0.25));
    CHECK(utilisation(30, 20) == 1);
    CHECK(utilisation(5, 0) == 1);
    CHECK(utilisation(0, 0) == 0);
}
