// Exact books: sure rates, sure failures, every yuan by hand.
#include "fxpool/engine/path_walker.hpp"
#include "tests/support/books.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::BookMaker;

namespace {

const double sure = 1;  // an order loss of 100 %

void check_identities(const PathOutcome& o) {
    CHECK(o.cash_error < 1e-3);
    CHECK(o.bearer_error < 1e-6);
    CHECK(o.frozen_error < 1e-6);
    CHECK(o.opened + 0 == o.delivered + o.failed + o.closed_out + o.rolled + o.alive);
}

}  // namespace

TEST_CASE("five contracts: delivered, lost, a gain, own margin, alive", "[engine]") {
    // The rate goes from 7.00 to 7.20 in 100 days and stays.
    BookMaker maker(201);
    maker.ramp(7.20, 100);
    const auto good = maker.exporter("good");
    const auto bad = maker.exporter("bad", 0, 0, sure);
    maker.contract(good, 1e6, 7.00, 100);      // delivered
    maker.contract(bad, 1e6, 7.00, 100);       // lost: 200,000; pool 80 %
    maker.contract(bad, 1e6, 7.30, 150);       // lost with a gain: no claim, but a failure
    maker.contract(bad, 2e6, 7.10, 150);       // lost: 2e6 * 0.10 = 200,000
    maker.contract(good, 1e6, 7.00, 300);      // alive at the horizon
    maker.book.terms.client_share = 0.2;       // own margin: a fifth of 5 %
    maker.book.terms.claims.cap_multiple = 1;  // limb at most the frozen quota
    PathWalker walker(maker.ready());
    const auto& o = walker.walk(0);

    // Contract 2: N*K 7,000,000; margin 350,000: own 70,000, frozen 280,000. Net 130,000: pool 104,000, bank 26,000.
    // Contract 4: N*K 14,200,000; own 142,000. Net 58,000: pool 46,400, bank 11,600.
    CHECK(o.loss == Approx(400'000));
    CHECK(o.born.own_margin == Approx(70'000 + 142'000));
    CHECK(o.gross == Approx(104'000 + 46'400));
    CHECK(o.demand == Approx(o.gross));
    CHECK(o.born.bank[BankId{0}] == Approx(26'000 + 11'600));
    CHECK(o.gross_by_cause[1] == Approx(o.gross));
    CHECK(o.lost_orders == 3);
    CHECK(o.delivered == 1);
    CHECK(o.failed == 3);
    CHECK(o.alive == 1);
    CHECK(o.end_cash == Approx(1e9 - o.gross));
    // Frozen on day 0: 4/5 of 5 % of 7.00 + 7.00 + 7.30 + 14.20 + 7.00 million
    CHECK(o.days[DayIndex{0}].frozen == Approx(0.04 * 42.5e6));
    CHECK(o.days[DayIndex{100}].frozen == Approx(0.04 * 28.5e6));
    CHECK(o.days[DayIndex{200}].frozen == Approx(0.04 * 7e6));
    // Exposure on day 200: the live deal alone, 1e6 * 0.20
    CHECK(o.exposure[BankId{0}][DayIndex{200}] == Approx(200'000));
    check_identities(o);
}

TEST_CASE("netting sets gains off against losses, without it gains are ignored", "[engine]") {
    for (const bool netting : {true, false}) {
        BookMaker maker(100);
        maker.ramp(7.20, 10);
        const auto firm = maker.exporter("firm", 0.999999);  // insolvent in the first days
        maker.contract(firm, 1e6, 7.00, 90);                 // a loss
        maker.contract(firm, 1e6, 7.00, 90, -1);             // a purchase: the same size of gain
        maker.contract(firm, 1e6, 6.90, 90);                 // a loss
        maker.book.terms.netting = netting;
        PathWalker walker(maker.ready());
        PathTrace trace;
        const auto& o = walker.walk(3, &trace);
        REQUIRE(o.insolvent == 1);
        const auto closed_on = trace.claims.front().day;
        const double rate = trace.days[closed_on.index()].rates[PairId{0}];
        const double net = netting ? 1e6 * (rate - 6.90) : 1e6 * (rate - 7.00) + 1e6 * (rate - 6.90);
        CHECK(o.loss == Approx(net));
        CHECK(o.closed_out == 3);
        CHECK(trace.claims.size() == (netting ? 1U : 2U));
        check_identities(o);
    }
}

TEST_CASE("prorata: what the cash does not cover goes to the excess bearer", "[engine]") {
    BookMaker maker(100);
    maker.ramp(7.50, 10);
    const auto firm = maker.exporter("firm", 0, 0, sure);
    maker.contract(firm, 4e6, 7.00, 20);  // loses 2,000,000: pool 1,600,000
    maker.contract(firm, 4e6, 7.00, 50);  // again
    maker.book.terms.fund = 2e6;
    maker.book.terms.claims.excess = pool::Bearer::government;
    PathWalker walker(maker.ready());
    const auto& o = walker.walk(0);
    CHECK(o.demand == Approx(3.2e6));
    CHECK(o.gross == Approx(2e6));
    CHECK(o.born.government == Approx(1.2e6));
    CHECK(o.born.bank[BankId{0}] == Approx(0.8e6));
    CHECK(o.exhausted_on == DayIndex{50});
    CHECK(o.end_cash == Approx(0).margin(1e-6));
    CHECK(o.days[DayIndex{60}].quota == Approx(0).margin(1e-6));
    check_identities(o);
}

TEST_CASE("queue: the claim waits for cash, and is the pool's in full", "[engine]") {
    BookMaker maker(365);
    maker.ramp(7.50, 10);
    const auto firm = maker.exporter("firm", 0, 0, sure);
    maker.contract(firm, 4e6, 7.00, 20);
    maker.contract(firm, 4e6, 7.00, 50);
    auto& terms = maker.book.terms;
    terms.fund = 2e6;
    terms.claims.queue = true;
    terms.refill = {.when = pool::RefillTerms::When::trigger, .below = 0.5, .to = 1, .delay_days = 60, .yearly_limit = 1.5e6};
    PathWalker walker(maker.ready());
    const auto& o = walker.walk(0);
    // Day 20: 400,000 left, below 1,000,000: order 1,600,000, cut to 1,500,000, there on day 80.
    // Day 50: 1,600,000 against 400,000: 1,200,000 wait, and are paid on day 80.
    CHECK(o.gross == Approx(3.2e6));
    CHECK(o.exhausted_on == DayIndex{50});
    CHECK(o.days[DayIndex{60}].unpaid == Approx(1.2e6));
    CHECK(o.days[DayIndex{80}].unpaid == Approx(0).margin(1e-6));
    CHECK(o.days[DayIndex{80}].cash == Approx(300'000));
    CHECK(o.days[DayIndex{80}].refills == Approx(1.5e6));
    CHECK(o.unpaid_end == Approx(0).margin(1e-6));
    check_identities(o);
}

TEST_CASE("payment is delayed, the reserve is not: the cash is spoken for on the day of the decision", "[engine]") {
    BookMaker maker(100);
    maker.ramp(7.50, 10);
    const auto firm = maker.exporter("firm", 0, 0, sure);
    maker.contract(firm, 1e6, 7.00, 20);  // pool 400,000
    maker.book.terms.fund = 2e6;
    maker.book.terms.claims.delay_days = 15;
    PathWalker walker(maker.ready());
    const auto& o = walker.walk(0);
    CHECK(o.days[DayIndex{20}].cash == Approx(2e6));
    CHECK(o.days[DayIndex{20}].available == Approx(1.6e6));
    CHECK(o.days[DayIndex{34}].claims_paid == 0);
    CHECK(o.days[DayIndex{35}].claims_paid == Approx(400'000));
    CHECK(o.days[DayIndex{35}].cash == Approx(1.6e6));
    check_identities(o);
}

TEST_CASE("a recovery comes back to the pool a year later, or is receivable", "[engine]") {
    for (const int horizon : {300, 500}) {
        BookMaker maker(horizon);
        maker.ramp(7.50, 10);
        const auto firm = maker.exporter("firm", 0, 0, sure);
        maker.contract(firm, 1e6, 7.00, 20);  // net 500,000, pool 400,000
        maker.book.terms.recovery = {.rate = 0.3, .cost = 0.1};
        PathWalker walker(maker.ready());
        const auto& o = walker.walk(0);
        const double part = 0.3 * 0.9 * 400'000;
        if (horizon == 300) {
            CHECK(o.receivable == Approx(part));
            CHECK(o.net() == Approx(400'000));
        } else {
            CHECK(o.days[DayIndex{385}].recoveries == Approx(part));
            CHECK(o.net() == Approx(400'000 - part));
            CHECK(o.years[1].recoveries == Approx(part));
            CHECK(o.receivable == 0);
        }
        check_identities(o);
    }
}

TEST_CASE("late receipt: the loss is paid in cash, or carried into the new rate", "[engine]") {
    for (const bool carried : {false, true}) {
        BookMaker maker(200, 0.02, 0.04);
        maker.ramp(7.20, 50);
        const auto firm = maker.exporter("firm");
        const auto deal = maker.contract(firm, 1e6, 7.00, 50);
        maker.book.failure.late = 1;
        maker.book.failure.late_carried = carried;
        PathWalker walker(maker.ready());
        PathTrace trace;
        const auto& o = walker.walk(0, &trace);
        CHECK(o.rolled == 1);
        CHECK(o.delivered == 1);  // on day 140, once
        CHECK(o.days[DayIndex{139}].frozen == Approx(350'000));
        CHECK(o.days[DayIndex{140}].frozen == 0);
        const double forward = 7.20 * std::exp((0.02 - 0.04) * 90 / 365);
        const double expected = carried ? forward + (7.00 - 7.20) * std::exp(0.02 * 90 / 365) : forward;
        for (const auto& event : trace.events) {
            if (event.kind != EventKind::rolled) continue;
            CHECK(event.contract == deal);
            CHECK(event.rate == Approx(expected));
            CHECK(event.amount == Approx(carried ? 0 : 200'000));
        }
        check_identities(o);
    }
}

TEST_CASE("an unmet margin call closes the set three days later, with slippage", "[engine]") {
    BookMaker maker(200);
    maker.ramp(8.00, 100);
    const auto firm = maker.exporter("firm");
    maker.contract(firm, 1e6, 7.00, 150);
    maker.book.terms.calls = {.on = true, .call_at = 0.8, .cure_days = 3, .slippage = 0.0020, .meet = 0};
    PathWalker walker(maker.ready());
    PathTrace trace;
    const auto& o = walker.walk(0, &trace);
    // Called on the first day with a loss above 280,000, that is a rate above 7.28
    DayIndex called;
    for (const auto& event : trace.events) {
        if (event.kind == EventKind::call && !called.valid()) called = event.day;
    }
    REQUIRE(called.valid());
    CHECK(trace.days[called.index()].rates[PairId{0}] > 7.28);
    CHECK(trace.days[called.index() - 1].rates[PairId{0}] <= 7.28);
    const double rate_at_close = trace.days[called.index() + 3].rates[PairId{0}];
    CHECK(o.loss == Approx(1e6 * (rate_at_close - 7.00 + 0.0020)));
    CHECK(o.called_out == 1);
    CHECK(o.closed_out == 1);
    check_identities(o);
}

TEST_CASE("a met call posts cash, which absorbs before the pool and goes back in the end", "[engine]") {
    BookMaker maker(200);
    maker.ramp(7.40, 100);
    const auto firm = maker.exporter("firm", 0, 0, sure);
    maker.contract(firm, 1e6, 7.00, 150);
    maker.book.exporters[firm].has_liquidity = true;
    maker.book.exporters[firm].liquidity = 500'000;
    maker.book.terms.calls = {.on = true, .call_at = 0.8, .cure_days = 3, .meet = 0};
    PathWalker walker(maker.ready());
    PathTrace trace;
    const auto& o = walker.walk(0, &trace);
    // The loss of 400,000 is more than the first call's cash, and less than call_at above it: what was posted absorbs.
    double posted = 0;
    for (const auto& event : trace.events) {
        if (event.kind == EventKind::call_met) posted += event.amount;
    }
    CHECK(posted > 280'000);
    CHECK(o.born.own_margin == Approx(posted));
    CHECK(o.gross == Approx(0.8 * (400'000 - posted)));
    check_identities(o);
}

TEST_CASE("refills of the year come on its first business day", "[engine]") {
    BookMaker maker(400);
    maker.ramp(7.50, 10);
    const auto firm = maker.exporter("firm", 0, 0, sure);
    maker.contract(firm, 2e6, 7.00, 20);  // pool 800,000 of 2,000,000
    maker.book.terms.fund = 2e6;
    maker.book.terms.refill = {.when = pool::RefillTerms::When::yearly, .below = 0.8, .to = 1};
    PathWalker walker(maker.ready());
    const auto& o = walker.walk(0);
    CHECK(o.days[DayIndex{364}].cash == Approx(1.2e6));
    CHECK(o.days[DayIndex{365}].refills == Approx(0.8e6));
    CHECK(o.days[DayIndex{365}].cash == Approx(2e6));
    CHECK(o.years[1].refills == Approx(0.8e6));
    check_identities(o);
}

TEST_CASE("interest and fees", "[engine]") {
    BookMaker maker(366);
    maker.contract(maker.exporter("firm"), 1e6, 7.00, 900);
    maker.book.terms.fund = 2e6;
    maker.book.terms.interest = 0.0365;
    maker.book.terms.fee = 0.01;
    PathWalker walker(maker.ready());
    const auto& o = walker.walk(0);
    // Each day the balance grows by 1/10,000 and by 350,000 * 1 % / 365 of fee
    double cash = 2e6;
    for (int day = 1; day <= 365; ++day) cash += cash * 1e-4 + 350'000 * 0.01 / 365;
    CHECK(o.end_cash == Approx(cash).epsilon(1e-12));
    CHECK(o.years[0].fees + o.years[1].fees == Approx(3'500));
    check_identities(o);
}
