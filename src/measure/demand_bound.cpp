#include "fxpool/measure/demand_bound.hpp"

#include "fxpool/pool/fund.hpp"
#include "fxpool/pool/margin.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {
namespace {

constexpr double rounding = 1e-12;  // sums of many deals carry it in their last digits

/// The most that a deal of the file or of the ladder can claim by its own cap.
double deal_cap(const DealTerms& deal, const pool::Terms& terms) {
    if (std::isinf(terms.claims.cap_multiple)) return pool::none;
    return terms.claims.cap_multiple * pool::frozen_quota(terms.client_share, deal.margin_rate, deal.units * deal.contract_rate);
}

/// Whether claims of so much at each bank find cash when all come at once: each in the bank's own part first, then in the common one.
bool cash_suffices(const Table<BankId, double>& claims, const pool::Terms& terms) {
    double asked_of_common = 0;
    for (BankId bank{0}; bank.index() < claims.size(); ++bank) asked_of_common += std::max(claims[bank] - pool::own_share_of_fund(terms, bank), 0.0);
    return asked_of_common <= pool::common_share_of_fund(terms) + rounding * terms.fund;
}

/// A book without new business: every deal can claim once, up to its cap.
DemandBound bound_of_book(const Prepared& prepared) {
    const auto& terms = prepared.terms;
    Table<ExporterId, double> by_exporter(prepared.exporters.size(), 0.0);
    Table<SetId, double> by_set(prepared.sets.size(), 0.0);
    for (const auto& deal : prepared.deals) {
        by_exporter[deal.exporter] += deal_cap(deal, terms);
        by_set[deal.set] += deal_cap(deal, terms);
    }
    double total = 0;
    for (const double claims : by_exporter) total += std::min(claims, claims > 0 ? terms.claims.exporter_cap : 0);
    const double years = prepared.year.back() - prepared.year[DayIndex{0}] + 1;
    if (terms.claims.yearly_cap < pool::none) total = std::min(total, years * terms.claims.yearly_cap);
    if (!std::isfinite(total)) return {};

    // A bank's claims find their own part and the common one alone; the caps on an exporter and on a year hold for each bank too.
    Table<BankId, double> by_bank(prepared.banks.size(), 0.0);
    for (SetId set{0}; set.index() < by_set.size(); ++set) by_bank[prepared.sets[set].bank] += std::min(by_set[set], terms.claims.exporter_cap);
    for (double& claims : by_bank) claims = std::min(claims, total);
    const bool one_balance = terms.floor == 0;
    return {total, one_balance ? total <= terms.fund + rounding * terms.fund : cash_suffices(by_bank, terms)};
}

/// With new business: cap_multiple times what is frozen never exceeds the cash left. So it is on day 0 where it is so of the opening
/// book; a new deal finds room only within multiple times the cash; a claim takes from the cash at most cap_multiple times the quota
/// that it frees; and nothing else takes cash away.
bool caps_stay_within_cash(const Prepared& prepared) {
    const auto& terms = prepared.terms;
    if (terms.quota_fixed || !(terms.claims.cap_multiple * terms.multiple <= 1 + rounding)) return false;
    Table<BankId, double> at_start(prepared.banks.size(), 0.0);
    for (const auto& deal : prepared.deals) {
        if (deal.origin == Origin::application) continue;
        if (deal.trade_day.valid()) return false;  // comes onto the books later, whatever room there is
        at_start[deal.bank] += deal_cap(deal, terms);
    }
    return cash_suffices(at_start, terms);
}

}  // namespace

DemandBound demand_bound(const Prepared& prepared) {
    const auto& deals = prepared.deals;
    const bool business_comes = std::any_of(deals.begin(), deals.end(), [](const DealTerms& deal) { return deal.origin == Origin::application; });
    DemandBound bound;
    if (business_comes) {
        bound.never_exhausted = caps_stay_within_cash(prepared);
    } else {
        bound = bound_of_book(prepared);
    }
    if (prepared.terms.interest < 0) bound.never_exhausted = false;  // cash is lost without a claim
    return bound;
}

}  // namespace fxpool
