#include "fxpool/pool/waterfall.hpp"

#include "fxpool/pool/recovery.hpp"

#include <catch2/catch.hpp>

using namespace fxpool::pool;

namespace {

double sum(const Split& split) { return split.own_margin + split.pool + split.guarantor + split.bank + split.excess; }

}  // namespace

TEST_CASE("a loss within the margin is split by the terms", "[waterfall]") {
    // 30,000 lost on a deal of 1,000,000 that froze 50,000: the pool 80 % = 24,000, the bank 6,000
    const auto split = split_loss({.amount = 30'000, .frozen = 50'000, .notional = 1'000'000}, {.pool_share = 0.8}, false);
    CHECK(split.pool == Approx(24'000));
    CHECK(split.bank == Approx(6'000));
    CHECK(split.excess == 0);
    CHECK(sum(split) == Approx(30'000));
}

TEST_CASE("the deductible is the bank's, before the pool pays its share", "[waterfall]") {
    // 100,000 lost on 1,000,000: 10,000 deductible; the pool's 80 % of 90,000 = 72,000 is cut to the 50,000 frozen
    const auto split =
        split_loss({.amount = 100'000, .frozen = 50'000, .notional = 1'000'000}, {.pool_share = 0.8, .deductible = 0.01, .cap_multiple = 1}, false);
    CHECK(split.deductible == Approx(10'000));
    CHECK(split.share == Approx(72'000));
    CHECK(split.pool == Approx(50'000));
    CHECK(split.excess == Approx(22'000));
    CHECK(split.bank == Approx(10'000 + 18'000));
    CHECK(sum(split) == Approx(100'000));
}

TEST_CASE("a deductible larger than the loss leaves nothing to share", "[waterfall]") {
    const auto split = split_loss({.amount = 8'000, .frozen = 50'000, .notional = 1'000'000}, {.pool_share = 0.8, .deductible = 0.01}, false);
    CHECK(split.bank == Approx(8'000));
    CHECK(split.pool == 0);
}

TEST_CASE("own margin and call cash absorb first", "[waterfall]") {
    // 70,000 lost, 20,000 posted: net 50,000; pool 60 %, guarantor 30 %, bank 10 %
    const auto split = split_loss({.amount = 70'000, .frozen = 30'000, .notional = 1'000'000, .posted = 20'000},
                                  {.pool_share = 0.6, .guarantor_share = 0.3, .cap_multiple = none}, false);
    CHECK(split.own_margin == Approx(20'000));
    CHECK(split.net == Approx(50'000));
    CHECK(split.pool == Approx(30'000));
    CHECK(split.guarantor == Approx(15'000));
    CHECK(split.bank == Approx(5'000));
}

TEST_CASE("more posted than lost: the margin absorbs only the loss", "[waterfall]") {
    const auto split = split_loss({.amount = 5'000, .frozen = 30'000, .notional = 1'000'000, .posted = 20'000}, {}, false);
    CHECK(split.own_margin == Approx(5'000));
    CHECK(split.net == 0);
    CHECK(split.pool == 0);
}

TEST_CASE("a rejected claim is the bank's, after own margin", "[waterfall]") {
    const auto split = split_loss({.amount = 70'000, .frozen = 30'000, .notional = 1'000'000, .posted = 20'000}, {.pool_share = 0.8}, true);
    CHECK(split.own_margin == Approx(20'000));
    CHECK(split.bank == Approx(50'000));
    CHECK(split.pool == 0);
    CHECK(split.excess == 0);
}

TEST_CASE("the per-deal cap is a multiple of the frozen quota", "[waterfall]") {
    const Loss loss{.amount = 200'000, .frozen = 50'000, .notional = 1'000'000};
    CHECK(split_loss(loss, {.pool_share = 0.8, .cap_multiple = 1}, false).pool == Approx(50'000));
    CHECK(split_loss(loss, {.pool_share = 0.8, .cap_multiple = 2}, false).pool == Approx(100'000));
    CHECK(split_loss(loss, {.pool_share = 0.8, .cap_multiple = none}, false).pool == Approx(160'000));
}

TEST_CASE("with nothing frozen the cap leaves nothing, and no cap leaves the share", "[waterfall]") {
    const Loss loss{.amount = 10'000, .frozen = 0, .notional = 1'000'000};
    CHECK(split_loss(loss, {.pool_share = 0.8, .cap_multiple = 1}, false).pool == 0);
    CHECK(split_loss(loss, {.pool_share = 0.8, .cap_multiple = none}, false).pool == Approx(8'000));
}

TEST_CASE("terms that nobody filled in change nothing: the bank bears a loss, nothing comes back, nothing limits", "[waterfall]") {
    const Terms terms;
    const auto split = split_loss({.amount = 200'000, .frozen = 50'000, .notional = 1'000'000}, terms.claims, false);
    CHECK(split.bank == Approx(200'000));
    CHECK(split.excess == 0);
    CHECK(pool_recovery(50'000, 100'000, terms.recovery) == 0);
    CHECK(lognormal_lag(365, 3, terms.recovery) == 365);
    CHECK_FALSE(terms.brakes.on());
}

TEST_CASE("claims caps: first come, first served", "[waterfall]") {
    const ClaimTerms terms{.exporter_cap = 100'000, .yearly_cap = 250'000};
    CHECK(limb_after_claims_caps(60'000, 0, 0, terms) == Approx(60'000));
    CHECK(limb_after_claims_caps(60'000, 70'000, 70'000, terms) == Approx(30'000));  // the exporter's
    CHECK(limb_after_claims_caps(60'000, 0, 230'000, terms) == Approx(20'000));      // the year's
    CHECK(limb_after_claims_caps(60'000, 100'000, 0, terms) == 0);
    CHECK(limb_after_claims_caps(60'000, 1e9, 1e9, ClaimTerms{}) == Approx(60'000));  // none never binds
}
