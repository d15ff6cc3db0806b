#include "fxpool/engine/path_walker.hpp"

#include "fxpool/pool/failure.hpp"
#include "fxpool/pool/margin.hpp"
#include "fxpool/pool/quota.hpp"
#include "fxpool/pool/refill.hpp"
#include "fxpool/pool/valuation.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace fxpool {

int tenor_bucket(int months) {
    if (months <= 3) return 0;
    if (months <= 6) return 1;
    if (months <= 9) return 2;
    return months <= 12 ? 3 : 4;
}

double BornBy::total() const {
    double sum = own_margin + pool + guarantor + government;
    for (const double part : bank) sum += part;
    return sum;
}

PathWalker::PathWalker(const Prepared& prepared) : prepared_(prepared) {
    const auto days = static_cast<std::size_t>(prepared.days());
    due_.resize(days);
    dated_.resize(days);
    applications_.resize(days);
    rolled_due_.resize(days);
    for (ContractId contract{0}; contract.index() < prepared.deals.size(); ++contract) {
        const auto& terms = prepared.deals[contract];
        if (terms.settle_day.valid()) due_[terms.settle_day].push_back(contract);
        if (terms.origin == Origin::application) {
            applications_[terms.trade_day].push_back(contract);
        } else if (terms.trade_day.valid()) {
            dated_[terms.trade_day].push_back(contract);
        } else {
            on_the_books_.push_back(contract);
        }
    }
    first_set_.assign(prepared.exporters.size() + 1, SetId{prepared.sets.size()});
    for (std::size_t s = prepared.sets.size(); s-- > 0;) first_set_[prepared.sets[SetId{s}].exporter] = SetId{s};
    for (std::size_t e = prepared.exporters.size(); e-- > 0;) {
        if (first_set_[ExporterId{e}].index() == prepared.sets.size()) first_set_[ExporterId{e}] = first_set_[ExporterId{e + 1}];
    }
    banded_ = std::any_of(prepared.pairs.begin(), prepared.pairs.end(), [](const auto& pair) { return std::isfinite(pair.band); });
}

const PathOutcome& PathWalker::walk(std::int64_t path, PathTrace* trace) {
    trace_ = trace;
    start(path);
    for (DayIndex day{0}; day <= prepared_.last_day(); ++day) {
        // 1. The rates have moved: start() drew them for all days, as nothing that happens below acts on them.
        any_cut_ = banded_ && rates_.any_cut(day);
        take_cash_in(day);               // 2
        close_out_insolvent(day);        // 3
        settle_due(day);                 // 4
        call_margin(day);                // 5
        assess_claims(day);              // 6
        look_at_brakes_and_refill(day);  //
        do_new_business(day);            // 7
        record(day);                     // 8
    }
    finish();
    return outcome_;
}

void PathWalker::start(std::int64_t path) {
    const auto& terms = prepared_.terms;
    const auto banks = prepared_.banks.size();
    const auto days = static_cast<std::size_t>(prepared_.days());
    draws_ = Draws(prepared_.seed, path);

    outcome_ = PathOutcome{.path = path, .days = std::move(outcome_.days), .exposure = std::move(outcome_.exposure)};
    outcome_.born.bank.assign(banks, 0);
    const int years = prepared_.year.back() - prepared_.year[DayIndex{0}] + 1;
    outcome_.years.assign(static_cast<std::size_t>(years), {});
    outcome_.days.resize(days);
    outcome_.exposure.resize(banks);
    for (auto& by_day : outcome_.exposure) by_day.assign(days, 0);
    outcome_.lowest_available = pool::none;

    places_.assign(prepared_.deals.size(), -1);
    own_margins_.assign(prepared_.deals.size(), 0);
    firms_.assign(prepared_.exporters.size(), {});
    for (ExporterId e{0}; e.index() < firms_.size(); ++e) firms_[e].liquidity = prepared_.exporters[e].liquidity;
    sets_.resize(prepared_.sets.size());
    for (auto& set : sets_) {
        set.deals.clear();
        set = DealSet{.deals = std::move(set.deals)};
    }
    active_sets_.assign((prepared_.sets.size() + 63) / 64, 0);
    for (const DayIndex day : rolled_days_) rolled_due_[day].clear();
    rolled_days_.clear();
    open_calls_.clear();
    waiting_sets_.clear();
    waiting_failures_.clear();

    fund_ = pool::opening_fund(terms);
    frozen_by_bank_.assign(banks, 0);
    frozen_by_sector_.assign(prepared_.sectors.size(), 0);
    frozen_by_group_.assign(static_cast<std::size_t>(prepared_.groups), 0);
    open_units_.resize(prepared_.pairs.size());
    for (auto& by_exporter : open_units_) by_exporter.assign(firms_.size(), 0);
    live_ = 0;
    claims_.clear();
    accepted_.clear();
    unpaid_.clear();
    receivables_.clear();
    limbs_by_year_.assign(static_cast<std::size_t>(years), 0);
    ordered_by_year_.assign(static_cast<std::size_t>(years), 0);
    refills_.clear();
    brakes_ = {};
    brakes_.bank.assign(banks, {});
    limbs_since_refill_ = recoveries_since_refill_ = 0;
    limbs_by_bank_.assign(banks, 0);
    ended_by_bank_.assign(banks, 0);
    waiting_.clear();
    cash_by_flows_ = flowed_ = fund_.cash();

    move_rates();
    find_insolvencies();
    for (const ContractId contract : on_the_books_) {
        open(contract, prepared_.deals[contract].contract_rate, prepared_.deals[contract].margin_rate);
    }
}

void PathWalker::move_rates() {
    rates_.draw(prepared_, draws_);
    reference_.read(prepared_, rates_);
    outcome_.runaway_pair = rates_.runaway_pair();
    outcome_.runaway_day = rates_.runaway_day();
}

void PathWalker::find_insolvencies() {
    const auto& failure = prepared_.failure;
    common_factor_ = draws_.normal(Purpose::common_factor, 0);
    Table<SectorId, double> sector_factors(prepared_.sectors.size(), 0.0);
    if (failure.sector_loading < 1) {
        for (SectorId s{0}; s.index() < prepared_.sectors.size(); ++s) {
            sector_factors[s] = draws_.normal(Purpose::sector_factor, prepared_.sectors[s].hash);
        }
    }

    Table<DayIndex, double> clock(static_cast<std::size_t>(prepared_.days()), 0.0);
    for (DayIndex day{1}; day <= prepared_.last_day(); ++day) {
        const double scale = failure.clock_scale.empty() ? 1 : failure.clock_scale[day];
        clock[day] = clock[day - 1] + scale * pool::clock_step(failure.insolvency_beta, reference_.move(day), prepared_.dt[day]);
    }

    insolvencies_.clear();
    insolvency_luck_.clear();
    closings_.clear();
    next_insolvency_ = next_closing_ = 0;
    for (ExporterId e{0}; e.index() < firms_.size(); ++e) {
        const auto& firm = prepared_.exporters[e];
        if (firm.hazard <= 0) continue;
        const double sector = firm.sector.valid() ? sector_factors[firm.sector] : 0;
        const double loading = firm.sector.valid() ? failure.sector_loading : 1;
        const double own = draws_.normal(Purpose::firm_factor, firm.hash);
        const double x = pool::firm_factor(firm.correlation, loading, common_factor_, sector, own);
        const double threshold = pool::insolvency_threshold(x) / firm.hazard;
        if (clock.back() < threshold) continue;
        const auto reached = std::lower_bound(clock.begin() + 1, clock.end(), threshold);
        const DayIndex day{static_cast<std::int64_t>(reached - clock.begin())};
        insolvencies_.emplace_back(day, e);
        if (trace_) insolvency_luck_[e] = {normal_cdf(x), -std::expm1(-firm.hazard * clock[day])};
    }
    std::stable_sort(insolvencies_.begin(), insolvencies_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });

    if (trace_) {
        trace_->common_factor = common_factor_;
        trace_->sector_factors = std::move(sector_factors);
    }
}

// Step 2: cash in, then what is due goes out.
void PathWalker::take_cash_in(DayIndex day) {
    const auto& terms = prepared_.terms;
    flows_ = {};
    interest_today_ = pool::add_interest(fund_, terms.interest, prepared_.dt[day]);
    fees_today_ = pool::add_fees(fund_, terms, frozen_by_bank_, prepared_.dt[day]);

    for (const auto& due : receivables_) {
        if (due.day != day) continue;
        const auto& claim = accepted_[due.claim];
        if (!terms.recovery.to_treasury) {
            pool::add_recovery(fund_, terms, claim.bank, due.amount, claim.paid_by_own + claim.unpaid.own, claim.paid_by_common + claim.unpaid.common);
            flows_.recoveries += due.amount;
        }
        outcome_.recovered += due.amount;
        recoveries_since_refill_ += due.amount;
        flows_of(day).recoveries += due.amount;
        tell({.day = day, .kind = EventKind::recovery, .bank = claim.bank, .amount = due.amount});
    }
    std::erase_if(receivables_, [&](const Receivable& due) { return due.day == day; });

    for (const auto& refill : refills_) {
        if (refill.day == day) receive_refill(day, refill.amount);
    }
    std::erase_if(refills_, [&](const Refill& refill) { return refill.day == day; });

    const bool year_begins = day > DayIndex{0} && prepared_.year[day] != prepared_.year[day - 1];
    if (year_begins && terms.refill.when == pool::RefillTerms::When::yearly) {
        const double amount = pool::refill_order(fund_, terms, 0);
        if (amount > 0) receive_refill(day, amount);
    }
    pay_accepted(day);

    flows_of(day).interest += interest_today_;
    flows_of(day).fees += fees_today_;
}

void PathWalker::receive_refill(DayIndex day, double amount) {
    pool::add_refill(fund_, prepared_.terms, amount);
    flows_.refills += amount;
    flows_of(day).refills += amount;
    limbs_since_refill_ = recoveries_since_refill_ = 0;
    tell({.day = day, .kind = EventKind::refill, .amount = amount});
}

void PathWalker::pay_accepted(DayIndex day) {
    for (const auto place : unpaid_) {
        auto& claim = accepted_[place];
        if (claim.unpaid.waiting > 0) {
            const auto covered = pool::cover_waiting(fund_, claim.bank, claim.unpaid.waiting);
            claim.unpaid.own += covered.own;
            claim.unpaid.common += covered.common;
            claim.unpaid.waiting = covered.waiting;
        }
        const double amount = claim.unpaid.covered();
        if (claim.due > day || amount <= 0) continue;
        pool::pay(fund_, claim.bank, claim.unpaid.own, claim.unpaid.common);
        claim.paid_by_own += claim.unpaid.own;
        claim.paid_by_common += claim.unpaid.common;
        claim.unpaid.own = claim.unpaid.common = 0;
        flows_.claims_paid += amount;
        flows_of(day).claims_paid += amount;
        tell({.day = day, .kind = EventKind::claim_paid, .bank = claim.bank, .amount = amount});
    }
    std::erase_if(unpaid_, [&](std::size_t place) {
        const auto& unpaid = accepted_[place].unpaid;
        return unpaid.own + unpaid.common + unpaid.waiting <= 0;
    });
    if (unpaid_.empty()) pool::clear_reserves(fund_);
}

// Step 8. Values every live deal once more: the exposure of each bank, netted by exporter.
void PathWalker::record(DayIndex day) {
    double frozen = 0;
    for (std::size_t word = 0; word < active_sets_.size(); ++word) {
        for (auto bits = active_sets_[word]; bits != 0; bits &= bits - 1) {
            const SetId id{word * 64 + static_cast<std::size_t>(std::countr_zero(bits))};
            const auto& set = sets_[id];
            const double value = value_of(set, day);
            if (value > 0) outcome_.exposure[prepared_.sets[id].bank][day] += value;
            for (const auto& deal : set.deals) frozen += deal.frozen;
        }
    }
    outcome_.frozen_error = std::max(outcome_.frozen_error, std::abs(frozen - frozen_in_all()));
    outcome_.largest_sum = std::max(outcome_.largest_sum, frozen);

    auto& end = outcome_.days[day];
    end = flows_;
    end.cash = fund_.cash();
    end.available = fund_.available();
    end.unpaid = fund_.unpaid();
    end.frozen = frozen;
    end.quota = pool::quota(pool::quota_base(fund_, prepared_.terms), multiple_now());
    end.utilisation = pool::utilisation(frozen, end.quota);

    cash_by_flows_ += interest_today_ + fees_today_ + flows_.recoveries + flows_.refills - flows_.claims_paid;
    flowed_ += std::abs(interest_today_) + fees_today_ + flows_.recoveries + flows_.refills + flows_.claims_paid;
    outcome_.cash_error = std::max(outcome_.cash_error, std::abs(end.cash - cash_by_flows_));
    outcome_.lowest_available = std::min(outcome_.lowest_available, end.available);
    outcome_.amber_days += brakes_.amber.on;
    outcome_.red_days += brakes_.red.on;
    outcome_.fx_days += brakes_.fx.on;
    outcome_.bank_days += std::any_of(brakes_.bank.begin(), brakes_.bank.end(), [](const auto& brake) { return brake.on; });

    if (trace_) {
        TraceDay traced{.day = day,
                        .move = reference_.move(day),
                        .interest = interest_today_,
                        .fees = fees_today_,
                        .recoveries = flows_.recoveries,
                        .refills = flows_.refills,
                        .claims_paid = flows_.claims_paid,
                        .end = end,
                        .multiple = multiple_now()};
        for (PairId pair{0}; pair.index() < rates_.size(); ++pair) {
            traced.rates.push_back(rates_[pair][day]);
            if (rates_.is_cut(pair, day)) traced.cut.push_back({pair, rates_.model_rate(pair, day)});
        }
        trace_->days.push_back(std::move(traced));
    }
}

void PathWalker::finish() {
    outcome_.end_cash = fund_.cash();
    outcome_.unpaid_end = fund_.waiting_in_all();
    outcome_.alive = live_;
    for (; next_closing_ < closings_.size(); ++next_closing_) {
        const ExporterId exporter = closings_[next_closing_].second;
        int closing = 0;
        for (SetId set = first_set_[exporter]; set < first_set_[ExporterId{exporter.index() + 1}]; ++set) closing += sets_[set].closing_together();
        if (closing == 0) continue;  // what failed before the insolvency closes out alone
        outcome_.pending += closing;
        tell({.day = prepared_.last_day(), .kind = EventKind::pending, .exporter = exporter, .cause = pool::Cause::insolvency});
    }
    const auto set_is_pending = [&](SetId id, pool::Cause cause) {
        const auto& couple = prepared_.sets[id];
        outcome_.pending += sets_[id].closing_together();
        tell({.day = prepared_.last_day(), .kind = EventKind::pending, .exporter = couple.exporter, .bank = couple.bank, .cause = cause});
    };
    for (const SetId id : waiting_sets_) set_is_pending(id, pool::Cause::insolvency);
    for (const auto& [contract, cause] : waiting_failures_) {
        const auto& terms = prepared_.deals[contract];
        ++outcome_.pending;
        tell({.day = prepared_.last_day(), .kind = EventKind::pending, .exporter = terms.exporter, .bank = terms.bank, .contract = contract, .cause = cause});
    }
    for (const SetId id : open_calls_) {
        if (sets_[id].call_open && !firms_[prepared_.sets[id].exporter].insolvent) set_is_pending(id, pool::Cause::margin_call);
    }
    for (const auto& due : receivables_) outcome_.receivable += due.amount;
    outcome_.bearer_error = std::abs(outcome_.born.total() - outcome_.loss);
    outcome_.largest_sum = std::max({outcome_.largest_sum, flowed_, outcome_.loss});
}

// --- what every step uses ------------------------------------------------------------------------------------------------------------

void PathWalker::open(ContractId contract, double contract_rate, double margin_rate) {
    const auto& terms = prepared_.deals[contract];
    const double share = prepared_.terms.client_share;
    Deal deal{
        .units = terms.side * terms.units, .contract_rate = contract_rate, .contract = contract, .pair = terms.pair, .settle_serial = terms.settle_serial};
    deal.frozen = pool::frozen_quota(share, margin_rate, terms.units * contract_rate);
    own_margins_[contract] = pool::own_margin(share, margin_rate, terms.units * contract_rate);

    auto& set = sets_[terms.set];
    places_[contract] = static_cast<std::int32_t>(set.deals.size());
    set.deals.push_back(deal);
    set.frozen += deal.frozen;
    set.own_margin += own_margins_[contract];
    active_sets_[terms.set.index() / 64] |= std::uint64_t{1} << (terms.set.index() % 64);

    auto& firm = firms_[terms.exporter];
    ++firm.live;
    firm.frozen += deal.frozen;
    frozen_by_bank_[terms.bank] += deal.frozen;
    const auto& exporter = prepared_.exporters[terms.exporter];
    if (exporter.sector.valid()) frozen_by_sector_[exporter.sector] += deal.frozen;
    if (exporter.group.valid()) frozen_by_group_[exporter.group] += deal.frozen;
    open_units_[terms.pair][terms.exporter] += terms.units;
    ++live_;
    ++outcome_.opened;
}

void PathWalker::end(ContractId contract, DayIndex day) {
    const auto& terms = prepared_.deals[contract];
    auto& set = sets_[terms.set];
    const Deal deal = live_deal(contract);
    set.deals[static_cast<std::size_t>(places_[contract])] = set.deals.back();  // the last one takes its place
    places_[set.deals.back().contract] = places_[contract];
    places_[contract] = -1;
    set.deals.pop_back();
    set.failed -= deal.failed;

    // Sums that have come down to no deal are set to 0: a rest of rounding is no frozen quota.
    const auto take = [](double& sum, double amount, bool last) { sum = last ? 0 : sum - amount; };
    take(set.frozen, deal.frozen, set.deals.empty());
    take(set.own_margin, own_margins_[contract], set.deals.empty());
    auto& firm = firms_[terms.exporter];
    --firm.live;
    --live_;
    take(firm.frozen, deal.frozen, firm.live == 0);
    take(frozen_by_bank_[terms.bank], deal.frozen, live_ == 0);
    const auto& exporter = prepared_.exporters[terms.exporter];
    if (exporter.sector.valid()) take(frozen_by_sector_[exporter.sector], deal.frozen, live_ == 0);
    if (exporter.group.valid()) take(frozen_by_group_[exporter.group], deal.frozen, live_ == 0);
    take(open_units_[terms.pair][terms.exporter], terms.units, firm.live == 0);
    ended_by_bank_[terms.bank] += deal.cny_notional();

    if (set.closing_together() == 0) set.call_open = false;
    if (!set.deals.empty()) return;
    active_sets_[terms.set.index() / 64] &= ~(std::uint64_t{1} << (terms.set.index() % 64));
    if (set.call_cash > 0) {  // the set's last contract has ended: what the calls left goes back
        tell({.day = day, .kind = EventKind::cash_returned, .exporter = terms.exporter, .bank = terms.bank, .amount = set.call_cash});
        firm.liquidity += set.call_cash;
        set.call_cash = 0;
    }
}

double PathWalker::value_now(const Deal& deal, DayIndex day) const {
    const auto& pair = prepared_.pairs[deal.pair];
    const auto left = static_cast<std::size_t>(std::max(deal.settle_serial - prepared_.serial[day], 0));
    const double forward = pool::covered_parity_forward(rates_[deal.pair][day], pair.forward_factor[left]);
    return pool::value_to_bank(1, deal.units, forward, deal.contract_rate, prepared_.discount[left]);
}

double PathWalker::value_of(const DealSet& set, DayIndex day) const {
    double value = 0;
    for (const auto& deal : set.deals) value += value_now(deal, day);
    return value;
}

PathWalker::Deal& PathWalker::live_deal(ContractId contract) { return sets_[prepared_.deals[contract].set].deals[static_cast<std::size_t>(places_[contract])]; }

double PathWalker::usd_of(PairId pair, double units, DayIndex day) const {
    return pair == prepared_.usd ? units : units * rates_[pair][day] / rates_[prepared_.usd][day];
}

double PathWalker::frozen_in_all() const {
    double sum = 0;
    for (const double part : frozen_by_bank_) sum += part;
    return sum;
}

double PathWalker::multiple_now() const { return pool::multiple_in_force(prepared_.terms.multiple, brakes_, prepared_.terms.brakes); }

ExporterOutcome& PathWalker::outcome_of(ExporterId exporter) {
    auto& firm = firms_[exporter];
    if (firm.outcome < 0) {
        firm.outcome = static_cast<int>(outcome_.exporters.size());
        outcome_.exporters.push_back({.exporter = exporter});
    }
    return outcome_.exporters[static_cast<std::size_t>(firm.outcome)];
}

YearFlows& PathWalker::flows_of(DayIndex day) { return outcome_.years[static_cast<std::size_t>(prepared_.year[day] - prepared_.year[DayIndex{0}])]; }

void PathWalker::tell(TraceEvent event) {
    if (trace_) trace_->events.push_back(std::move(event));
}

}  // namespace fxpool
