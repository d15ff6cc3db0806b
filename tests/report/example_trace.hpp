#pragma once

#include "fxpool/engine/trace.hpp"
#include "tests/report/example_results.hpp"

/// A path made by hand: two deals of E1 at ICBC; the second's order is lost on 2026-07-01 and costs 100,000.
namespace fxpool::testing {

struct TracedPath {
    Prepared prepared;
    PathTrace trace;
    PathOutcome outcome;
};

/// 100,000 lost on 1,000,000: 10,000 deductible; the pool's 80 % of 90,000 is cut to the 50,000 frozen.
inline TraceClaim traced_claim() {
    TraceClaim claim;
    claim.day = DayIndex{1};
    claim.cause = pool::Cause::order_loss;
    claim.exporter = ExporterId{0};
    claim.bank = BankId{0};
    claim.contracts = {ContractId{1}};
    claim.loss = {.amount = 100'000, .frozen = 50'000, .notional = 1'000'000, .posted = 0};
    claim.split = {.net = 100'000, .deductible = 10'000, .share = 72'000, .pool = 50'000, .bank = 28'000, .excess = 22'000};
    claim.after_claims_caps = 50'000;
    claim.funding = {.common = 50'000};
    claim.limb = 50'000;
    claim.excess = 22'000;
    claim.bank_pays = 50'000;
    claim.recovery = 13'500;
    claim.recovery_serial = Date::of(2027, 7, 1).serial;
    return claim;
}

inline TracedPath traced_path() {
    TracedPath path;
    auto& prepared = path.prepared;
    prepared = reported_prepared();
    prepared.pairs.push_back({.name = "USDCNY", .spot = 6.78});
    prepared.exporters.push_back({.id = "E1"});
    prepared.terms.fund = 20e6;
    prepared.terms.claims = {.pool_share = 0.8, .deductible = 0.01, .cap_multiple = 1, .exporter_cap = 1e6};
    for (const auto* id : {"C1", "C2"}) {
        DealTerms deal;
        deal.id = id;
        deal.exporter = ExporterId{0};
        deal.bank = BankId{0};
        deal.pair = PairId{0};
        deal.notional = 150'000;
        deal.settle_serial = Date::of(2026, 7, 1).serial;
        deal.trade_day = DayIndex{0};
        prepared.deals.push_back(deal);
    }

    auto& trace = path.trace;
    trace.common_factor = -1.25;
    for (const int day : {0, 1, 2}) {
        TraceDay traced;
        traced.day = DayIndex{day};
        traced.rates = Table<PairId, double>(std::vector<double>{6.78 + 0.1 * day});
        traced.interest = day > 0 ? 100 : 0;
        traced.claims_paid = day == 1 ? 50'000 : 0;
        traced.end.cash = 20e6 + 100 * day - (day > 0 ? 50'000 : 0);
        traced.end.available = traced.end.cash;
        traced.end.quota = traced.end.cash;
        traced.end.frozen = day == 0 ? 100'000 : 0;
        traced.end.utilisation = traced.end.frozen / traced.end.quota;
        traced.multiple = 1;
        trace.days.push_back(traced);
    }
    trace.events = {
        {.day = DayIndex{0}, .kind = EventKind::opened, .exporter = ExporterId{0}, .bank = BankId{0}, .contract = ContractId{1}, .amount = 50'000, .rate = 6.7},
        {.day = DayIndex{1},
         .kind = EventKind::order_lost,
         .exporter = ExporterId{0},
         .bank = BankId{0},
         .contract = ContractId{1},
         .draw = 0.004,
         .probability = 0.01},
        {.day = DayIndex{1}, .kind = EventKind::claim_paid, .bank = BankId{0}, .amount = 50'000},
    };
    trace.claims = {traced_claim()};

    auto& outcome = path.outcome;
    outcome.path = 17;
    outcome.gross = outcome.demand = 50'000;
    outcome.loss = 100'000;
    outcome.born.pool = 50'000;
    outcome.born.bank = Table<BankId, double>(std::vector<double>{50'000, 0});
    outcome.receivable = 13'500;
    outcome.end_cash = 19'950'200;
    outcome.years = {{.claims_paid = 50'000, .interest = 100}, {.interest = 100}};
    outcome.opened = 2;
    outcome.delivered = outcome.failed = 1;
    return path;
}

}  // namespace fxpool::testing
