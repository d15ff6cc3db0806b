// Steps 3 to 5: insolvencies, settlements, margin calls (docs/rules.md, 3).
#include "fxpool/engine/path_walker.hpp"

#include "fxpool/pool/failure.hpp"
#include "fxpool/pool/margin.hpp"
#include "fxpool/pool/valuation.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <utility>

namespace fxpool {

// Step 3.
void PathWalker::close_out_insolvent(DayIndex day) {
    for (; next_insolvency_ < insolvencies_.size() && insolvencies_[next_insolvency_].first == day; ++next_insolvency_) {
        const ExporterId exporter = insolvencies_[next_insolvency_].second;
        auto& firm = firms_[exporter];
        firm.insolvent = firm.barred = true;
        outcome_of(exporter).insolvent = true;
        ++outcome_.insolvent;
        if (trace_) {
            const auto [luck, probability] = insolvency_luck_.at(exporter);
            tell({.day = day, .kind = EventKind::insolvent, .exporter = exporter, .draw = luck, .probability = probability});
        }
        if (firm.live == 0) continue;
        ++outcome_.insolvent_with_contracts;
        closings_.emplace_back(day + prepared_.terms.close_out_days, exporter);
    }
    std::erase_if(waiting_sets_, [&](SetId set) { return close_insolvent_set(set, day, false); });
    for (; next_closing_ < closings_.size() && closings_[next_closing_].first == day; ++next_closing_) {
        const ExporterId exporter = closings_[next_closing_].second;
        for (SetId set = first_set_[exporter]; set < first_set_[ExporterId{exporter.index() + 1}]; ++set) {
            if (!close_insolvent_set(set, day, true)) waiting_sets_.push_back(set);
        }
    }
}

/// Closes what it may of an insolvent exporter's set, and says whether that was all. Where the band cuts a pair today, a netted set waits
/// whole; without netting each contract is a close-out of its own.
bool PathWalker::close_insolvent_set(SetId id, DayIndex day, bool first_try) {
    const bool netted = prepared_.terms.netting;
    const auto& couple = prepared_.sets[id];
    auto closing = deals_to_close(sets_[id]);
    const auto cut = [&](ContractId contract) { return is_cut(contract, day); };
    std::vector<ContractId> waiting;
    if (netted && std::any_of(closing.begin(), closing.end(), cut)) {
        waiting = std::exchange(closing, {});
    } else if (any_cut_ && !netted) {
        std::copy_if(closing.begin(), closing.end(), std::back_inserter(waiting), cut);
        std::erase_if(closing, cut);
    }
    if (!closing.empty()) close_set(id, day, pool::Cause::insolvency, closing, netted, 0);
    for (const ContractId contract : waiting) {
        if (!first_try) break;
        tell({.day = day,
              .kind = EventKind::close_out_waits,
              .exporter = couple.exporter,
              .bank = couple.bank,
              .contract = netted ? ContractId{} : contract,
              .cause = pool::Cause::insolvency});
        if (netted) break;  // once for the set
    }
    return waiting.empty();
}

std::vector<ContractId> PathWalker::deals_to_close(const DealSet& set) const {
    std::vector<ContractId> closing;
    for (const auto& deal : set.deals) {
        if (!deal.failed) closing.push_back(deal.contract);
    }
    std::sort(closing.begin(), closing.end());
    return closing;
}

/// Closes deals of a set at today's value plus slippage. Netted: one claim for what is left after gains; else one a contract, gains ignored.
void PathWalker::close_set(SetId id, DayIndex day, pool::Cause cause, const std::vector<ContractId>& closing, bool netted, double slippage) {
    const auto& couple = prepared_.sets[id];
    pool::Loss net;
    double own_margin = 0;
    for (const ContractId contract : closing) {
        const auto& deal = live_deal(contract);
        const double value = value_now(deal, day) + slippage * std::abs(deal.units);
        count_margin(contract, value);
        tell({.day = day, .kind = EventKind::close_out, .exporter = couple.exporter, .bank = couple.bank, .contract = contract, .amount = value});
        if (netted) {
            net.amount += value;
            net.frozen += deal.frozen;
            net.notional += deal.cny_notional();
            own_margin += own_margins_[contract];
        } else if (value > 0) {
            claim(id, day, cause, {.amount = value, .frozen = deal.frozen, .notional = deal.cny_notional()}, own_margins_[contract], {contract}, false);
        }
    }
    if (netted && net.amount > 0) {
        claim(id, day, cause, net, own_margin, closing, true);
    } else if (netted) {
        tell({.day = day, .kind = EventKind::gain, .exporter = couple.exporter, .bank = couple.bank, .amount = net.amount});
    }
    for (const ContractId contract : closing) end(contract, day);
    outcome_.closed_out += static_cast<int>(closing.size());
}

// Step 4.
void PathWalker::settle_due(DayIndex day) {
    auto& rolled = rolled_due_[day];
    if (rolled.empty() && waiting_failures_.empty()) {
        for (const ContractId contract : due_[day]) settle(contract, day);
        return;
    }
    std::vector<ContractId> due = due_[day];
    due.insert(due.end(), rolled.begin(), rolled.end());
    for (const auto& waiting : waiting_failures_) due.push_back(waiting.contract);
    std::sort(due.begin(), due.end());  // the book's order
    for (const ContractId contract : due) settle(contract, day);
}

void PathWalker::settle(ContractId contract, DayIndex day) {
    const auto& terms = prepared_.deals[contract];
    const auto& failure = prepared_.failure;
    if (!is_live(contract)) return;  // not admitted, or closed before
    const auto& deal = live_deal(contract);
    if (deal.failed) return close_waiting_failure(contract, day);
    if (firms_[terms.exporter].insolvent) return;  // it waits for its close-out
    if (deal.settle_serial != prepared_.serial[day]) return;

    // Order loss: the receipt never comes.
    const double base = order_loss_base(terms, deal.settle_serial);
    const double lost_below =
        pool::order_loss_probability(base, failure.order_beta, terms.side, reference_.move(day), failure.order_correlation, common_factor_);
    const double luck = lost_below > 0 ? draws_.uniform(deal.rolled ? Purpose::order_loss_rolled : Purpose::order_loss, terms.hash) : 1;
    if (luck < lost_below) {
        tell({.day = day,
              .kind = EventKind::order_lost,
              .exporter = terms.exporter,
              .bank = terms.bank,
              .contract = contract,
              .draw = luck,
              .probability = lost_below});
        if (absorbs(contract, std::max(value_now(deal, day), 0.0))) {
            deliver(contract, day, true);
        } else {
            fail(contract, day, pool::Cause::order_loss);
        }
        return;
    }

    // Strategic default: the exporter walks away from a loss.
    if (failure.strategic_share > 0 && pool::walks_away(terms.side, rates_[deal.pair][day], deal.contract_rate, failure.strategic_threshold)) {
        const double character = draws_.uniform(Purpose::strategic, prepared_.exporters[terms.exporter].hash);
        if (character < failure.strategic_share) {
            tell({.day = day,
                  .kind = EventKind::walked_away,
                  .exporter = terms.exporter,
                  .bank = terms.bank,
                  .contract = contract,
                  .draw = character,
                  .probability = failure.strategic_share});
            fail(contract, day, pool::Cause::strategic);
            return;
        }
    }

    // Late receipt, once a contract.
    if (!deal.rolled && failure.late > 0) {
        const double lateness = draws_.uniform(Purpose::late, terms.hash);
        if (lateness < failure.late) return roll(contract, day, lateness);
    }
    deliver(contract, day, false);
}

double PathWalker::order_loss_base(const DealTerms& terms, std::int32_t settle_serial) const {
    const auto& exporter = prepared_.exporters[terms.exporter];
    const auto& shocks = prepared_.failure.shocks;
    for (auto shock = shocks.rbegin(); shock != shocks.rend(); ++shock) {  // the last that matches wins
        const bool in_window = shock->first_serial <= settle_serial && settle_serial <= shock->last_serial;
        const bool in_sector = !shock->one_sector || (shock->sector.valid() && shock->sector == exporter.sector);
        if (in_window && in_sector && exporter.us_share > shock->us_share_above) return shock->probability;
    }
    return exporter.order_loss;
}

bool PathWalker::absorbs(ContractId contract, double loss) {
    const auto& terms = prepared_.deals[contract];
    auto& firm = firms_[terms.exporter];
    if (prepared_.failure.absorb_from_liquidity) {
        if (!prepared_.exporters[terms.exporter].has_liquidity || loss > firm.liquidity) return false;
        firm.liquidity -= loss;
        return true;
    }
    if (prepared_.failure.absorb <= 0) return false;
    return draws_.uniform(live_deal(contract).rolled ? Purpose::absorb_rolled : Purpose::absorb, terms.hash) < prepared_.failure.absorb;
}

void PathWalker::deliver(ContractId contract, DayIndex day, bool absorbed) {
    const auto& terms = prepared_.deals[contract];
    tell({.day = day,
          .kind = absorbed ? EventKind::absorbed : EventKind::delivered,
          .exporter = terms.exporter,
          .bank = terms.bank,
          .contract = contract,
          .amount = value_now(live_deal(contract), day)});
    outcome_.absorbed += absorbed;
    ++outcome_.delivered;
    end(contract, day);
}

/// A contract that fails at settlement closes out alone, on a cut day later; the exporter's other deals live on, but it gets no new ones.
void PathWalker::fail(ContractId contract, DayIndex day, pool::Cause cause) {
    const auto& terms = prepared_.deals[contract];
    firms_[terms.exporter].barred = true;
    ++outcome_of(terms.exporter).failed;
    ++(cause == pool::Cause::order_loss ? outcome_.lost_orders : outcome_.walked_away);
    if (!is_cut(contract, day)) return close_failed(contract, day, cause);

    auto& set = sets_[terms.set];
    live_deal(contract).failed = true;
    ++set.failed;
    if (set.closing_together() == 0) set.call_open = false;
    waiting_failures_.push_back({contract, cause});
    tell({.day = day, .kind = EventKind::close_out_waits, .exporter = terms.exporter, .bank = terms.bank, .contract = contract, .cause = cause});
}

void PathWalker::close_waiting_failure(ContractId contract, DayIndex day) {
    if (is_cut(contract, day)) return;
    const auto& terms = prepared_.deals[contract];
    const auto waiting =
        std::find_if(waiting_failures_.begin(), waiting_failures_.end(), [&](const WaitingFailure& failure) { return failure.contract == contract; });
    const pool::Cause cause = waiting->cause;
    waiting_failures_.erase(waiting);
    const double value = value_now(live_deal(contract), day);
    tell({.day = day, .kind = EventKind::close_out, .exporter = terms.exporter, .bank = terms.bank, .contract = contract, .amount = value});
    close_failed(contract, day, cause);
}

void PathWalker::close_failed(ContractId contract, DayIndex day, pool::Cause cause) {
    const auto& terms = prepared_.deals[contract];
    const auto& deal = live_deal(contract);
    const double value = value_now(deal, day);
    ++outcome_.failed;
    count_margin(contract, value);
    if (value > 0) {
        claim(terms.set, day, cause, {.amount = value, .frozen = deal.frozen, .notional = deal.cny_notional()}, own_margins_[contract], {contract}, false);
    } else {
        tell({.day = day, .kind = EventKind::gain, .exporter = terms.exporter, .bank = terms.bank, .contract = contract, .amount = value});
    }
    end(contract, day);
}

/// A late receipt: the deal goes on to a new date at a new rate; its frozen quota and own margin stay.
void PathWalker::roll(ContractId contract, DayIndex day, double luck) {
    const auto& terms = prepared_.deals[contract];
    const auto& pair = prepared_.pairs[terms.pair];
    auto& deal = live_deal(contract);
    const double spot = rates_[terms.pair][day];
    const std::int32_t new_serial = pair.rolled_to[day];
    const auto left = static_cast<std::size_t>(new_serial - prepared_.serial[day]);
    const double forward = pool::covered_parity_forward(spot, pair.forward_factor[left]);
    const double paid_now = prepared_.failure.late_carried ? 0 : value_now(deal, day);
    ended_by_bank_[terms.bank] += deal.cny_notional();
    deal.contract_rate = prepared_.failure.late_carried ? pool::carried_rate(forward, deal.contract_rate, spot, prepared_.discount[left]) : forward;
    deal.rolled = true;
    deal.settle_serial = new_serial;
    ++outcome_.rolled;
    ++outcome_.opened;
    const int new_day = prepared_.day_on_or_after(new_serial);
    if (new_day < prepared_.days()) {
        auto& due = rolled_due_[DayIndex{new_day}];
        if (due.empty()) rolled_days_.push_back(DayIndex{new_day});
        due.push_back(contract);
    }
    tell({.day = day,
          .kind = EventKind::rolled,
          .exporter = terms.exporter,
          .bank = terms.bank,
          .contract = contract,
          .amount = paid_now,
          .rate = deal.contract_rate,
          .draw = luck,
          .probability = prepared_.failure.late});
}

// Step 5.
void PathWalker::call_margin(DayIndex day) {
    const auto& calls = prepared_.terms.calls;
    if (!calls.on) return;

    const auto close_due = [&] {
        std::sort(open_calls_.begin(), open_calls_.end());
        for (const SetId id : open_calls_) {
            auto& set = sets_[id];
            const ExporterId exporter = prepared_.sets[id].exporter;
            if (!set.call_open || firms_[exporter].insolvent || set.closes_on > day) continue;
            const auto closing = deals_to_close(set);
            if (std::any_of(closing.begin(), closing.end(), [&](ContractId contract) { return is_cut(contract, day); })) {
                if (set.closes_on == day) {
                    tell({.day = day,
                          .kind = EventKind::close_out_waits,
                          .exporter = exporter,
                          .bank = prepared_.sets[id].bank,
                          .cause = pool::Cause::margin_call});
                }
                continue;
            }
            tell({.day = day, .kind = EventKind::forced_close, .exporter = exporter, .bank = prepared_.sets[id].bank});
            firms_[exporter].barred = true;
            ++outcome_.called_out;
            ++outcome_of(exporter).failed;
            close_set(id, day, pool::Cause::margin_call, closing, true, calls.slippage);
        }
        std::erase_if(open_calls_, [&](SetId id) { return !sets_[id].call_open; });
    };
    close_due();

    for (std::size_t word = 0; word < active_sets_.size(); ++word) {
        for (auto bits = active_sets_[word]; bits != 0; bits &= bits - 1) {
            const SetId id{word * 64 + static_cast<std::size_t>(std::countr_zero(bits))};
            const auto& set = sets_[id];
            if (set.call_open || firms_[prepared_.sets[id].exporter].insolvent) continue;
            const auto called = called_part(set, day);
            const double amount = pool::call_amount(called.value, called.own_margin + set.call_cash, calls.call_at, called.frozen);
            if (amount > 0) raise_call(id, day, amount);
        }
    }
    if (calls.cure_days == 0) close_due();
}

PathWalker::Called PathWalker::called_part(const DealSet& set, DayIndex day) const {
    if (set.failed == 0) return {value_of(set, day), set.own_margin, set.frozen};
    Called called;
    for (const auto& deal : set.deals) {
        if (deal.failed) continue;
        called.value += value_now(deal, day);
        called.own_margin += own_margins_[deal.contract];
        called.frozen += deal.frozen;
    }
    return called;
}

void PathWalker::raise_call(SetId id, DayIndex day, double amount) {
    const auto& calls = prepared_.terms.calls;
    const auto& couple = prepared_.sets[id];
    const auto& exporter = prepared_.exporters[couple.exporter];
    auto& firm = firms_[couple.exporter];
    auto& set = sets_[id];

    std::optional<double> luck;
    bool met = false;
    if (exporter.has_liquidity) {
        met = amount <= firm.liquidity;
        if (met) firm.liquidity -= amount;
    } else {
        luck = draws_.uniform(Purpose::meet_call, on_day(couple.hash, day.value()));
        met = *luck < calls.meet;
    }
    tell({.day = day, .kind = EventKind::call, .exporter = couple.exporter, .bank = couple.bank, .amount = amount});
    tell({.day = day,
          .kind = met ? EventKind::call_met : EventKind::call_unmet,
          .exporter = couple.exporter,
          .bank = couple.bank,
          .amount = amount,
          .draw = luck,
          .probability = luck ? std::optional{calls.meet} : std::nullopt});
    if (met) {
        set.call_cash += amount;
        return;
    }
    set.call_open = true;
    set.closes_on = day + calls.cure_days;
    open_calls_.push_back(id);
}

/// Notes a loss to be assessed in step 6. What own margin and call cash absorb is taken now: the deals are about to end.
void PathWalker::claim(SetId id, DayIndex day, pool::Cause cause, pool::Loss loss, double own_margin, std::vector<ContractId> contracts, bool of_set) {
    auto& set = sets_[id];
    const auto& couple = prepared_.sets[id];
    loss.posted = own_margin + set.call_cash;
    set.call_cash -= std::clamp(loss.amount - own_margin, 0.0, set.call_cash);
    const std::uint64_t draw_id = of_set ? on_day(couple.hash, day.value()) : prepared_.deals[contracts.front()].hash;
    claims_.push_back({cause, couple.exporter, couple.bank, loss, of_set, draw_id, std::move(contracts)});
}

void PathWalker::count_margin(ContractId contract, double value) {
    auto& margin = outcome_.margin[static_cast<std::size_t>(tenor_bucket(prepared_.deals[contract].tenor_months))];
    ++margin.close_outs;
    const double excess = value - live_deal(contract).frozen;
    if (value <= 0 || excess <= 0) return;
    ++margin.exceeded;
    margin.excess += excess;
}

}  // namespace fxpool
