// Step 6: the day's claims, then brakes and refill (docs/rules.md, 4).
#include "fxpool/engine/path_walker.hpp"

#include "fxpool/pool/brakes.hpp"
#include "fxpool/pool/recovery.hpp"
#include "fxpool/pool/refill.hpp"

#include <algorithm>

namespace fxpool {
namespace {

/// A limb cut by no more than this for want of cash does not count as exhaustion. CNY.
constexpr double exhaustion_tolerance = 0.01;

}  // namespace

void PathWalker::assess_claims(DayIndex day) {
    if (claims_.empty()) return;
    const auto& terms = prepared_.terms;
    auto& used_this_year = limbs_by_year_[static_cast<std::size_t>(prepared_.year[day] - prepared_.year[DayIndex{0}])];

    // In the file's order: of a set, its first contract counts.
    const auto first_contract = [](const Claim& claim) { return *std::min_element(claim.contracts.begin(), claim.contracts.end()); };
    std::stable_sort(claims_.begin(), claims_.end(), [&](const Claim& a, const Claim& b) { return first_contract(a) < first_contract(b); });

    // By the terms and the caps.
    std::vector<pool::Split> splits;
    std::vector<double> limbs;
    std::vector<BankId> banks;
    std::vector<bool> rejected;
    std::vector<double> rejection_luck;
    for (const auto& claim : claims_) {
        const Purpose purpose = claim.of_set ? Purpose::reject_set : Purpose::reject_contract;
        const double luck = terms.claims.rejection > 0 ? draws_.uniform(purpose, claim.draw_id) : 1;
        rejected.push_back(luck < terms.claims.rejection);
        rejection_luck.push_back(luck);
        splits.push_back(pool::split_loss(claim.loss, terms.claims, rejected.back()));
        auto& used_by_exporter = firms_[claim.exporter].limbs;
        const double limb = pool::limb_after_claims_caps(splits.back().pool, used_by_exporter, used_this_year, terms.claims);
        used_by_exporter += limb;
        used_this_year += limb;
        outcome_.demand += limb;
        limbs.push_back(limb);
        banks.push_back(claim.bank);
    }

    // By the cash, pro rata over the day.
    auto fundings = pool::fund_claims(fund_, limbs, banks);
    for (std::size_t i = 0; i < claims_.size(); ++i) {
        const auto& claim = claims_[i];
        const auto& split = splits[i];
        auto& funding = fundings[i];
        if (funding.waiting > exhaustion_tolerance && !outcome_.exhausted_on.valid()) {
            outcome_.exhausted_on = day;
            tell({.day = day, .kind = EventKind::exhausted, .exporter = claim.exporter, .bank = claim.bank, .amount = funding.waiting});
        }
        const pool::Funding asked = funding;
        double excess = split.excess + (split.pool - limbs[i]);
        double limb = limbs[i];
        if (!terms.claims.queue) {
            excess += funding.waiting;
            limb -= funding.waiting;
            funding.waiting = 0;
        }

        double bank_pays = split.bank, guarantor_pays = split.guarantor, government_pays = 0;
        switch (terms.claims.excess) {
            case pool::Bearer::bank: bank_pays += excess; break;
            case pool::Bearer::guarantor: guarantor_pays += excess; break;
            case pool::Bearer::government: government_pays += excess; break;
        }
        outcome_.loss += claim.loss.amount;
        outcome_.born.own_margin += split.own_margin;
        outcome_.born.pool += limb;
        outcome_.born.guarantor += guarantor_pays;
        outcome_.born.bank[claim.bank] += bank_pays;
        outcome_.born.government += government_pays;
        outcome_.gross += limb;
        outcome_.gross_by_cause[static_cast<std::size_t>(claim.cause)] += limb;
        auto& exporter = outcome_of(claim.exporter);
        exporter.loss += claim.loss.amount;
        exporter.limb += limb;
        flows_.limbs += limb;
        limbs_since_refill_ += limb;
        limbs_by_bank_[claim.bank] += limb;

        pool::reserve(fund_, claim.bank, funding);
        accepted_.push_back({.bank = claim.bank, .due = day + terms.claims.delay_days, .unpaid = funding});
        if (limb > 0) unpaid_.push_back(accepted_.size() - 1);

        TraceClaim traced;
        schedule_recovery(claim, day, limb, split.net, accepted_.size() - 1, trace_ ? &traced : nullptr);
        if (trace_) {
            traced.day = day;
            traced.cause = claim.cause;
            traced.exporter = claim.exporter;
            traced.bank = claim.bank;
            traced.contracts = claim.contracts;
            traced.loss = claim.loss;
            traced.rejected = rejected[i];
            if (terms.claims.rejection > 0) traced.rejection_draw = rejection_luck[i];
            traced.split = split;
            traced.after_claims_caps = limbs[i];
            traced.funding = asked;
            traced.limb = limb;
            traced.excess = excess;
            traced.excess_bearer = terms.claims.excess;
            traced.bank_pays = bank_pays;
            traced.guarantor_pays = guarantor_pays;
            traced.government_pays = government_pays;
            trace_->claims.push_back(std::move(traced));
        }
    }
    claims_.clear();
    if (terms.claims.delay_days == 0) pay_accepted(day);
}

void PathWalker::schedule_recovery(const Claim& claim, DayIndex day, double limb, double net, std::size_t accepted, TraceClaim* traced) {
    const auto& recovery = prepared_.terms.recovery;
    const double amount = pool::pool_recovery(limb, net, recovery);
    if (amount <= 0) return;
    int lag = prepared_.recovery_lag_days[day];
    if (recovery.lognormal) {
        lag = pool::lognormal_lag(lag, draws_.normal(claim.of_set ? Purpose::lag_set : Purpose::lag_contract, claim.draw_id), recovery);
    }
    const int arrives = std::max(prepared_.day_on_or_after(prepared_.serial[day] + lag), day.value() + 1);
    receivables_.push_back({DayIndex{arrives}, amount, accepted});
    if (traced) {
        traced->recovery = amount;
        traced->recovery_serial = arrives < prepared_.days() ? prepared_.serial[DayIndex{arrives}] : prepared_.serial[day] + lag;
    }
}

void PathWalker::look_at_brakes_and_refill(DayIndex day) {
    const auto& terms = prepared_.terms;
    if (terms.brakes.on()) {
        constexpr std::size_t fx_window = 20;
        const auto log_rates = reference_.last(day, fx_window + 1);
        pool::BrakeReadings readings;
        readings.net_claims = pool::ratio(limbs_since_refill_ - recoveries_since_refill_, terms.fund);
        readings.fx_volatility = pool::realised_volatility(log_rates);
        readings.fx_move = pool::absolute_move(log_rates);
        for (BankId bank{0}; bank.index() < limbs_by_bank_.size(); ++bank) {
            readings.claim_rate.push_back(pool::ratio(limbs_by_bank_[bank], ended_by_bank_[bank]));
        }
        const pool::Brakes before = trace_ ? brakes_ : pool::Brakes{};
        pool::look_at_brakes(brakes_, readings, terms.brakes);
        if (trace_) {
            const auto compare = [&](const pool::Brake& was, const pool::Brake& is, int which, BankId bank) {
                if (was.on != is.on) tell({.day = day, .kind = is.on ? EventKind::brake_on : EventKind::brake_off, .bank = bank, .which = which});
            };
            compare(before.amber, brakes_.amber, 0, {});
            compare(before.red, brakes_.red, 1, {});
            compare(before.fx, brakes_.fx, 2, {});
            for (BankId bank{0}; bank.index() < brakes_.bank.size(); ++bank) compare(before.bank[bank], brakes_.bank[bank], 3, bank);
        }
    }

    if (terms.refill.when == pool::RefillTerms::When::trigger && refills_.empty()) {
        auto& ordered = ordered_by_year_[static_cast<std::size_t>(prepared_.year[day] - prepared_.year[DayIndex{0}])];
        const double amount = pool::refill_order(fund_, terms, ordered);
        if (amount > 0) {
            ordered += amount;
            const DayIndex arrives = day + std::max(terms.refill.delay_days, 1);
            refills_.push_back({arrives, amount});
            tell({.day = day, .kind = EventKind::refill_ordered, .amount = amount});
        }
    }
}

}  // namespace fxpool
