// The daily band (docs/rules.md, 2.4): a move beyond it is carried on to the next days, and what is to close out waits for them.
#include "fxpool/engine/path_walker.hpp"
#include "tests/support/books.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::BookMaker;

namespace {

constexpr double band = 0.02;
constexpr double sure = 1;         // an order loss of 100 %
constexpr PairId dollar{0};        // the pair that every book has
constexpr double first = 7.14;     // 7.00 + 2 %
constexpr double second = 7.2828;  // and again
constexpr double third = 7.35;     // 7.00 + 5 %: the rest of 0.92 % is inside the band

/// The rate of `pair` jumps from 7.00 to 7.35 (by `jump`) on a day; a band of 2 % takes three days for it, of which two are cut.
void jump_on(BookMaker& maker, int day, double jump = 0.05, PairId pair = dollar) {
    auto& terms = maker.book.pairs[pair];
    terms.band = band;
    if (day < maker.book.days()) terms.moves.drift[static_cast<std::size_t>(day)] = std::log1p(jump);
}

/// The day on which the exporter of the book becomes insolvent on path 0: rates that jump change nothing of it.
int insolvency_day(BookMaker& maker) {
    PathTrace trace;
    PathWalker(maker.ready()).walk(0, &trace);
    for (const auto& event : trace.events) {
        if (event.kind == EventKind::insolvent) return event.day.value();
    }
    return -1;
}

std::vector<TraceEvent> events_of(const PathTrace& trace, EventKind kind) {
    std::vector<TraceEvent> events;
    std::copy_if(trace.events.begin(), trace.events.end(), std::back_inserter(events), [&](const auto& event) { return event.kind == kind; });
    return events;
}

void check_identities(const PathOutcome& o) {
    CHECK(o.cash_error < 1e-3);
    CHECK(o.bearer_error < 1e-6);
    CHECK(o.frozen_error < 1e-6);
    CHECK(o.opened == o.delivered + o.failed + o.closed_out + o.rolled + o.alive);
    CHECK(o.pending <= o.alive);
}

}  // namespace

TEST_CASE("a jump of 5 % takes three days under a band of 2 %", "[band]") {
    for (const double way : {1.0, -1.0}) {
        BookMaker maker(20);
        jump_on(maker, 10, 0.05 * way);
        Rates rates;
        rates.draw(maker.ready(), Draws(1, 0));
        const auto& rate = rates[dollar];
        CHECK(rate[DayIndex{9}] == Approx(7.00));
        CHECK(rate[DayIndex{10}] == Approx(7.00 * (1 + 0.02 * way)));
        CHECK(rate[DayIndex{11}] == Approx(7.00 * (1 + 0.02 * way) * (1 + 0.02 * way)));
        CHECK(rate[DayIndex{12}] == Approx(7.00 * (1 + 0.05 * way)));  // the model's rate: nothing of the move is lost
        CHECK(rate[DayIndex{19}] == Approx(7.00 * (1 + 0.05 * way)));
        for (DayIndex day{1}; day <= DayIndex{19}; ++day) {
            INFO(day.value());
            CHECK(rates.is_cut(dollar, day) == (day.value() == 10 || day.value() == 11));
            CHECK(rates.model_rate(dollar, day) == Approx(day.value() < 10 ? 7.00 : 7.00 * (1 + 0.05 * way)));
            CHECK(rates.any_cut(day) == rates.is_cut(dollar, day));
        }
    }
}

TEST_CASE("a move of the band's own size is not cut, whatever the rounding", "[band]") {
    BookMaker maker(400);
    auto& terms = maker.book.pairs[dollar];
    terms.band = 0.009;
    for (DayIndex day{1}; day <= maker.book.last_day(); ++day) terms.moves.drift[day.index()] = std::log1p(day.value() % 2 == 0 ? 0.009 : -0.009);
    Rates rates;
    rates.draw(maker.ready(), Draws(1, 0));
    for (DayIndex day{1}; day <= maker.book.last_day(); ++day) CHECK_FALSE(rates.any_cut(day));
}

TEST_CASE("the trace marks the cut days", "[band]") {
    BookMaker maker(20);
    const auto euro = maker.pair("EURCNY", 8.0);
    jump_on(maker, 10);
    maker.contract(maker.exporter("firm"), 1e6, 7.00, 15);
    PathTrace trace;
    PathWalker(maker.ready()).walk(0, &trace);
    for (const auto& traced : trace.days) {
        INFO(traced.day.value());
        REQUIRE(traced.cut.size() == (traced.day == DayIndex{10} || traced.day == DayIndex{11} ? 1U : 0U));
        if (traced.cut.empty()) continue;
        CHECK(traced.cut[0].pair == dollar);
        CHECK(traced.cut[0].model_rate == Approx(third));
    }
    CHECK(trace.days[10].rates[euro] == Approx(8.0));
}

TEST_CASE("a band that never cuts changes nothing", "[band]") {
    const auto book = [](double most) {
        BookMaker maker(300);
        maker.gbm(0.1);
        maker.book.pairs[dollar].band = most;
        maker.book.failure.late = 0.3;
        maker.book.terms.calls = {.on = true, .call_at = 0.5, .cure_days = 3, .slippage = 0.002, .meet = 0.5};
        for (int i = 0; i < 6; ++i) {
            const auto firm = maker.exporter("F" + std::to_string(i), 0.4, 0.2, 0.3);
            for (const int day : {50, 150, 250}) maker.contract(firm, 1e6, 7.00, day + i);
        }
        return maker.ready();
    };
    const auto without = book(pool::none), with = book(0.5);
    PathWalker a(without), b(with);
    for (std::int64_t path = 0; path < 50; ++path) {
        const auto& x = a.walk(path);
        const auto& y = b.walk(path);
        CHECK(x.gross == y.gross);
        CHECK(x.end_cash == y.end_cash);
        CHECK(x.closed_out == y.closed_out);
        CHECK(x.failed == y.failed);
    }
}

TEST_CASE("an insolvent exporter's close-out waits for the first uncut day, its quota frozen", "[band]") {
    BookMaker maker(365);
    const auto firm = maker.exporter("firm", 0.95);
    const auto other = maker.exporter("other");
    maker.contract(firm, 1e6, 7.00, 360);  // freezes 350,000
    const int day = insolvency_day(maker);
    REQUIRE(day > 10);
    REQUIRE(day < 300);
    jump_on(maker, day);
    // Another firm asks for 357,000 on that day; 600,000 are there for both.
    const auto application = maker.contract(other, 1e6, 0, day + 90);
    maker.book.deals[application].origin = Origin::application;
    maker.book.deals[application].trade_day = DayIndex{day};
    auto& terms = maker.book.terms;
    terms.fund = 1e6;
    terms.multiple = 0.6;
    terms.admission.no_room = pool::NoRoom::queue;
    terms.admission.queue_days = 5;
    PathWalker walker(maker.ready());
    PathTrace trace;
    const auto& o = walker.walk(0, &trace);

    CHECK(o.loss == Approx(1e6 * (third - 7.00)));
    CHECK(o.gross == Approx(0.8 * 350'000));
    CHECK(o.closed_out == 1);
    CHECK(o.days[DayIndex{day}].frozen == Approx(350'000));
    CHECK(o.days[DayIndex{day + 1}].frozen == Approx(350'000));
    CHECK(o.days[DayIndex{day + 1}].limbs == 0);
    CHECK(o.days[DayIndex{day + 2}].limbs == Approx(280'000));
    // The quota that it gives back is the other firm's: 0.6 * 720,000 are room for 5 % of 7,350,000.
    const auto opened = events_of(trace, EventKind::opened);
    REQUIRE(opened.size() == 1);
    CHECK(opened[0].day == DayIndex{day + 2});
    CHECK(o.days[DayIndex{day + 2}].frozen == Approx(0.05 * 7.35e6));
    const auto waits = events_of(trace, EventKind::close_out_waits);
    REQUIRE(waits.size() == 1);  // told once
    CHECK(waits[0].day == DayIndex{day});
    CHECK(waits[0].exporter == firm);
    CHECK(waits[0].bank == BankId{0});
    CHECK(waits[0].cause == pool::Cause::insolvency);
    check_identities(o);
}

TEST_CASE("close-out days count to the day on which it waits", "[band]") {
    for (const int jump : {2, 3, 5, 6}) {  // days after the insolvency; the close-out is due on the fifth
        BookMaker maker(365);
        maker.contract(maker.exporter("firm", 0.95), 1e6, 7.00, 360);
        maker.book.terms.close_out_days = 5;
        const int day = insolvency_day(maker);
        jump_on(maker, day + jump);
        PathTrace trace;
        PathWalker walker(maker.ready());
        const auto& o = walker.walk(0, &trace);
        const auto closed = events_of(trace, EventKind::close_out);
        REQUIRE(closed.size() == 1);
        CHECK(closed[0].day == DayIndex{jump == 5 ? day + 7 : day + 5});
        CHECK(o.loss == Approx(jump == 6 ? 0 : 1e6 * (third - 7.00)).margin(1e-6));
        CHECK(o.days[closed[0].day].limbs == Approx(o.gross).margin(1e-6));
        check_identities(o);
    }
}

TEST_CASE("deliveries, late receipts and new deals go on on a cut day", "[band]") {
    BookMaker maker(200);
    jump_on(maker, 10);
    const auto firm = maker.exporter("firm");
    maker.contract(firm, 1e6, 7.00, 10);
    const auto later = maker.contract(firm, 1e6, 7.10, 60);
    maker.book.deals[later].trade_day = DayIndex{11};
    const auto application = maker.contract(firm, 1e6, 0, 70);
    maker.book.deals[application].origin = Origin::application;
    maker.book.deals[application].trade_day = DayIndex{11};
    for (const bool late : {false, true}) {
        maker.book.failure.late = late ? 1 : 0;
        PathWalker walker(maker.ready());
        PathTrace trace;
        const auto& o = walker.walk(0, &trace);
        CHECK(events_of(trace, late ? EventKind::rolled : EventKind::delivered)[0].day == DayIndex{10});
        CHECK(o.admitted == 1);
        const auto opened = events_of(trace, EventKind::opened);
        REQUIRE(opened.size() == 2);
        CHECK(opened[1].day == DayIndex{11});
        CHECK(opened[1].rate == Approx(second));  // at the rate that was dealt
        CHECK(events_of(trace, EventKind::close_out_waits).empty());
        check_identities(o);
    }
}

TEST_CASE("a contract that fails on a cut day closes out alone on the first uncut one", "[band]") {
    // A sale at 7.20 is worth -60,000 to the bank when it fails, 82,800 a day later and 150,000 when it may be closed.
    for (const bool strategic : {false, true}) {
        BookMaker maker(100);
        jump_on(maker, 10);
        const auto firm = maker.exporter("firm", 0, 0, strategic ? 0 : sure);
        const double rate = strategic ? 6.90 : 7.20;
        if (strategic) {
            maker.book.failure.strategic_share = 1;
            maker.book.failure.strategic_threshold = 0.03;
        }
        const auto contract = maker.contract(firm, 1e6, rate, 10);
        maker.contract(firm, 1e6, 8.00, 90);  // lives on
        const auto application = maker.contract(firm, 1e6, 0, 70);
        maker.book.deals[application].origin = Origin::application;
        maker.book.deals[application].trade_day = DayIndex{10};
        maker.book.terms.client_share = 0.2;
        PathWalker walker(maker.ready());
        PathTrace trace;
        const auto& o = walker.walk(0, &trace);

        const double loss = 1e6 * (third - rate), margin = 0.01 * 1e6 * rate;
        REQUIRE(trace.claims.size() == 1);
        CHECK(trace.claims[0].day == DayIndex{12});
        CHECK(trace.claims[0].cause == (strategic ? pool::Cause::strategic : pool::Cause::order_loss));
        CHECK(trace.claims[0].contracts == std::vector{contract});
        CHECK(o.loss == Approx(loss));
        CHECK(o.born.own_margin == Approx(margin));
        CHECK(o.gross == Approx(0.8 * (loss - margin)));
        CHECK((strategic ? o.walked_away : o.lost_orders) == (strategic ? 1 : 2));       // the second is lost on day 90, a gain
        CHECK(events_of(trace, EventKind::order_lost).size() == (strategic ? 0U : 2U));  // not settled again
        CHECK(o.days[DayIndex{11}].frozen == Approx(0.04 * 1e6 * (rate + 8.00)));
        CHECK(o.days[DayIndex{12}].frozen == Approx(0.04 * 8e6));
        CHECK(o.refused[static_cast<std::size_t>(pool::Refusal::barred)].deals == 1);  // it failed on day 10

        const auto waits = events_of(trace, EventKind::close_out_waits);
        REQUIRE(waits.size() == 1);
        CHECK(waits[0].day == DayIndex{10});
        CHECK(waits[0].contract == contract);
        CHECK(waits[0].cause == trace.claims[0].cause);
        const auto closed = events_of(trace, EventKind::close_out);
        REQUIRE(closed.size() == 1);
        CHECK(closed[0].amount == Approx(loss));
        check_identities(o);
    }
}

TEST_CASE("a gain that waits may become a loss, and a loss a gain", "[band]") {
    BookMaker maker(100);
    jump_on(maker, 10);
    maker.contract(maker.exporter("buyer", 0, 0, sure), 1e6, 7.30, 10, -1);  // worth 160,000 on the day, -50,000 two days later
    PathTrace trace;
    PathWalker walker(maker.ready());
    const auto& o = walker.walk(0, &trace);
    CHECK(o.loss == 0);
    CHECK(o.failed == 1);
    CHECK(events_of(trace, EventKind::gain).at(0).amount == Approx(-50'000));
    check_identities(o);
}

TEST_CASE("an absorbed order loss is a delivery: it does not wait", "[band]") {
    BookMaker maker(100);
    jump_on(maker, 10);
    maker.contract(maker.exporter("firm", 0, 0, sure), 1e6, 7.00, 10);
    maker.book.failure.absorb = 1;
    PathWalker walker(maker.ready());
    const auto& o = walker.walk(0);
    CHECK(o.absorbed == 1);
    CHECK(o.days[DayIndex{10}].frozen == 0);
    check_identities(o);
}

TEST_CASE("a called-out set waits; what falls due meanwhile is delivered", "[band]") {
    BookMaker maker(100);
    const auto firm = maker.exporter("firm");
    maker.contract(firm, 1e6, 7.00, 90);
    const auto due = maker.contract(firm, 1e6, 7.05, 14);
    maker.book.pairs[dollar].moves.drift[10] = std::log1p(0.015);  // 7.105: a loss of 160,000 against a fifth of 702,500
    jump_on(maker, 13);                                            // and the next jump on the day of the close-out: 7.2471, 7.392042, 7.46025
    maker.book.terms.calls = {.on = true, .call_at = 0.2, .cure_days = 3, .slippage = 0.0020, .meet = 0};
    PathWalker walker(maker.ready());
    PathTrace trace;
    const auto& o = walker.walk(0, &trace);
    CHECK(events_of(trace, EventKind::call).at(0).day == DayIndex{10});
    CHECK(events_of(trace, EventKind::call).size() == 1);  // open until it closes
    const auto waits = events_of(trace, EventKind::close_out_waits);
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].day == DayIndex{13});
    CHECK(waits[0].cause == pool::Cause::margin_call);
    CHECK(events_of(trace, EventKind::delivered).at(0).contract == due);
    CHECK(events_of(trace, EventKind::delivered).at(0).day == DayIndex{14});
    CHECK(events_of(trace, EventKind::forced_close).at(0).day == DayIndex{15});
    CHECK(o.called_out == 1);
    CHECK(o.closed_out == 1);
    CHECK(o.loss == Approx(1e6 * (7.00 * 1.015 * 1.05 - 7.00 + 0.0020)));
    CHECK(o.days[DayIndex{13}].frozen == Approx(702'500));
    CHECK(o.days[DayIndex{14}].frozen == Approx(350'000));
    CHECK(o.days[DayIndex{15}].frozen == 0);
    check_identities(o);
}

TEST_CASE("a call goes out on a cut day; without days to cure, only the close-out waits", "[band]") {
    BookMaker maker(100);
    jump_on(maker, 10);
    maker.contract(maker.exporter("firm"), 1e6, 7.00, 90);
    maker.book.terms.calls = {.on = true, .call_at = 0.2, .cure_days = 0, .meet = 0};
    PathWalker walker(maker.ready());
    PathTrace trace;
    const auto& o = walker.walk(0, &trace);
    CHECK(events_of(trace, EventKind::call).at(0).day == DayIndex{10});
    CHECK(events_of(trace, EventKind::close_out_waits).at(0).day == DayIndex{10});
    CHECK(events_of(trace, EventKind::forced_close).at(0).day == DayIndex{12});
    CHECK(o.loss == Approx(350'000));
    check_identities(o);
}

TEST_CASE("what waits at the horizon is pending, not booked", "[band]") {
    for (const int last : {10, 11, 12}) {  // cut, cut, not
        BookMaker maker(last + 1);
        const auto bad = maker.exporter("bad", 0, 0, sure);
        const auto called = maker.exporter("called");
        maker.contract(bad, 1e6, 7.00, 10);
        maker.contract(bad, 1e6, 7.00, 90);
        maker.contract(called, 1e6, 7.00, 90);
        maker.contract(called, 1e6, 7.00, 95);
        jump_on(maker, 10);
        maker.book.terms.calls = {.on = true, .call_at = 0.2, .cure_days = 0, .meet = 0};
        maker.book.exporters[bad].has_liquidity = true;  // meets its calls
        maker.book.exporters[bad].liquidity = 1e9;
        PathWalker walker(maker.ready());
        PathTrace trace;
        const auto& o = walker.walk(0, &trace);
        const bool cut = last < 12;
        CHECK(o.pending == (cut ? 3 : 0));
        CHECK(o.alive == (cut ? 4 : 1));
        CHECK(o.lost_orders == 1);
        CHECK(o.failed == (cut ? 0 : 1));
        CHECK(o.called_out == (cut ? 0 : 1));
        CHECK(o.loss == Approx(cut ? 0 : 3 * 350'000));
        const auto pending = events_of(trace, EventKind::pending);
        REQUIRE(pending.size() == (cut ? 2U : 0U));
        if (cut) {
            CHECK(pending[0].contract == ContractId{0});
            CHECK(pending[0].cause == pool::Cause::order_loss);
            CHECK_FALSE(pending[1].contract.valid());
            CHECK(pending[1].exporter == called);
            CHECK(pending[1].cause == pool::Cause::margin_call);
        }
        check_identities(o);
    }
}

TEST_CASE("an insolvent exporter's deals that wait at the horizon are pending, each once", "[band]") {
    BookMaker whole(365);
    whole.contract(whole.exporter("firm", 0.95), 1e6, 7.00, 360);
    const int day = insolvency_day(whole);
    for (const bool netting : {false, true}) {
        BookMaker maker(day + 1);
        const auto firm = maker.exporter("firm", 0.95, 0, sure);
        maker.contract(firm, 1e6, 7.00, 360);
        maker.contract(firm, 1e6, 7.00, day - 1);  // fails on the day before: closes out alone
        maker.contract(firm, 1e6, 7.00, 350, 1, maker.bank("BOC", 0));
        maker.book.terms.netting = netting;
        jump_on(maker, day - 1);
        PathWalker walker(maker.ready());
        PathTrace trace;
        const auto& o = walker.walk(0, &trace);
        CHECK(o.insolvent == 1);
        CHECK(o.pending == 3);
        CHECK(o.alive == 3);
        CHECK(o.loss == 0);
        check_identities(o);
    }
}

TEST_CASE("two pairs, one of them cut: a netted set waits whole, without netting each contract for its own pair", "[band]") {
    for (const bool netting : {true, false}) {
        BookMaker maker(365);
        const auto euro = maker.pair("EURCNY", 8.0);
        const auto boc = maker.bank("BOC", 0);
        const auto firm = maker.exporter("firm", 0.95);
        const auto in_dollars = maker.contract(firm, 1e6, 7.00, 360);
        const auto in_euros = maker.contract(firm, 1e6, 7.90, 360, 1, BankId{0}, 0.05, euro);
        const auto elsewhere = maker.contract(firm, 1e6, 7.80, 360, 1, boc, 0.05, euro);
        const int day = insolvency_day(maker);
        jump_on(maker, day);
        maker.book.pairs[euro].moves.drift[static_cast<std::size_t>(day + 1)] = std::log(8.04 / 8.00);
        maker.book.terms.netting = netting;
        PathWalker walker(maker.ready());
        PathTrace trace;
        const auto& o = walker.walk(0, &trace);

        REQUIRE(trace.claims.size() == (netting ? 2U : 3U));
        const auto claim_of = [&](ContractId contract) {
            return *std::find_if(trace.claims.begin(), trace.claims.end(),
                                 [&](const auto& claim) { return std::count(claim.contracts.begin(), claim.contracts.end(), contract) == 1; });
        };
        CHECK(claim_of(elsewhere).day == DayIndex{day});  // its set holds no dollars
        CHECK(claim_of(elsewhere).loss.amount == Approx(200'000));
        CHECK(claim_of(in_dollars).day == DayIndex{day + 2});
        CHECK(claim_of(in_euros).day == DayIndex{netting ? day + 2 : day});
        CHECK(claim_of(in_dollars).loss.amount == Approx(350'000 + (netting ? 140'000 : 0)));
        CHECK(o.loss == Approx(200'000 + 350'000 + (netting ? 140'000 : 100'000)));
        CHECK(o.closed_out == 3);
        const auto waits = events_of(trace, EventKind::close_out_waits);
        REQUIRE(waits.size() == 1);
        CHECK(waits[0].bank == BankId{0});
        CHECK(waits[0].contract == (netting ? ContractId{} : in_dollars));
        check_identities(o);
    }
}

TEST_CASE("an insolvency does not take over a contract that failed before: it closes out alone, for its own cause", "[band]") {
    BookMaker maker(365);
    const auto firm = maker.exporter("firm", 0.95);
    maker.contract(firm, 1e6, 7.20, 360, -1);  // a purchase: a gain of 150,000 for the netted set
    maker.contract(firm, 1e6, 7.00, 360);
    const int day = insolvency_day(maker);
    const auto failed = maker.contract(firm, 1e6, 7.10, day - 1);
    maker.book.failure.shocks.push_back(
        {.first_serial = maker.book.serial[DayIndex{day - 1}], .last_serial = maker.book.serial[DayIndex{day - 1}], .probability = 1});
    jump_on(maker, day - 1);
    PathWalker walker(maker.ready());
    PathTrace trace;
    const auto& o = walker.walk(0, &trace);
    CHECK(o.lost_orders == 1);
    CHECK(o.insolvent == 1);
    CHECK(o.failed == 1);
    CHECK(o.closed_out == 2);
    REQUIRE(trace.claims.size() == 2);
    CHECK(trace.claims[0].loss.amount == Approx(1e6 * (third - 7.00) - 1e6 * (third - 7.20)));
    CHECK(trace.claims[1].contracts == std::vector{failed});
    CHECK(trace.claims[1].cause == pool::Cause::order_loss);
    CHECK(trace.claims[1].loss.amount == Approx(1e6 * (third - 7.10)));
    for (const auto& claim : trace.claims) CHECK(claim.day == DayIndex{day + 1});
    check_identities(o);
}

TEST_CASE("a contract that waits is not called, nor is its margin there for a call", "[band]") {
    // On day 10 the failed contract loses 140,000 and the live one 40,000: less than a fifth of its own 350,000, and no call. On day 11 the live
    // one loses 182,800 and is called, out of its own 5 % alone; on day 12 the failed one closes out, the other three days after its call.
    BookMaker maker(100);
    const auto firm = maker.exporter("firm");
    maker.contract(firm, 1e6, 7.00, 10);
    maker.contract(firm, 1e6, 7.10, 90);
    maker.book.failure.shocks.push_back({.first_serial = maker.book.serial[DayIndex{10}], .last_serial = maker.book.serial[DayIndex{10}], .probability = 1});
    jump_on(maker, 10);
    maker.book.terms.client_share = 0.2;
    maker.book.terms.calls = {.on = true, .call_at = 0.2, .cure_days = 3, .meet = 0};
    PathWalker walker(maker.ready());
    PathTrace trace;
    const auto& o = walker.walk(0, &trace);
    const auto calls = events_of(trace, EventKind::call);
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].day == DayIndex{11});
    CHECK(calls[0].amount == Approx(1e6 * (second - 7.10) - 71'000));
    REQUIRE(trace.claims.size() == 2);
    CHECK(trace.claims[0].day == DayIndex{12});
    CHECK(trace.claims[0].loss.posted == Approx(70'000));
    CHECK(trace.claims[1].day == DayIndex{14});
    CHECK(trace.claims[1].loss.posted == Approx(71'000));
    CHECK(o.called_out == 1);
    check_identities(o);
}

TEST_CASE("a call lapses with the last deal that it could close", "[band]") {
    // Called on day 9, due on day 12; the only deal fails on day 10, a cut day: what waits closes out for the lost order, not for the call.
    BookMaker maker(100);
    const auto firm = maker.exporter("firm", 0, 0, sure);
    maker.contract(firm, 1e6, 7.00, 10);
    maker.book.pairs[dollar].moves.drift[9] = std::log1p(0.015);
    jump_on(maker, 10);
    maker.book.terms.calls = {.on = true, .call_at = 0.2, .cure_days = 3, .slippage = 0.01, .meet = 0};
    PathWalker walker(maker.ready());
    PathTrace trace;
    const auto& o = walker.walk(0, &trace);
    CHECK(events_of(trace, EventKind::call_unmet).at(0).day == DayIndex{9});
    CHECK(o.called_out == 0);
    REQUIRE(trace.claims.size() == 1);
    CHECK(trace.claims[0].cause == pool::Cause::order_loss);
    CHECK(o.loss == Approx(1e6 * (7.00 * 1.015 * 1.05 - 7.00)));
    check_identities(o);
}
