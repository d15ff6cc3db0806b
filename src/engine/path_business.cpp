// Step 7: new business (docs/rules.md, 5).
#include "fxpool/engine/path_walker.hpp"

#include "fxpool/engine/margin_ladder.hpp"
#include "fxpool/pool/admission.hpp"
#include "fxpool/pool/margin.hpp"
#include "fxpool/pool/quota.hpp"
#include "fxpool/pool/valuation.hpp"

#include <cmath>

namespace fxpool {

void PathWalker::do_new_business(DayIndex day) {
    for (const ContractId contract : dated_[day]) {  // on the books as they are
        const auto& terms = prepared_.deals[contract];
        if (firms_[terms.exporter].insolvent) {
            ++outcome_.not_opened;
            tell({.day = day, .kind = EventKind::not_opened, .exporter = terms.exporter, .bank = terms.bank, .contract = contract});
            continue;
        }
        open(contract, terms.contract_rate, terms.margin_rate);
        outcome_.new_notional += live_deal(contract).cny_notional();
        tell({.day = day,
              .kind = EventKind::opened,
              .exporter = terms.exporter,
              .bank = terms.bank,
              .contract = contract,
              .amount = live_deal(contract).frozen,
              .rate = terms.contract_rate});
    }

    std::vector<ContractId> still_waiting;
    for (const ContractId application : waiting_) apply(application, day, still_waiting);  // first come, before the day's new ones
    for (const ContractId application : applications_[day]) apply(application, day, still_waiting);
    waiting_ = std::move(still_waiting);
}

void PathWalker::apply(ContractId application, DayIndex day, std::vector<ContractId>& waiting) {
    const auto& terms = prepared_.deals[application];
    const auto& pool_terms = prepared_.terms;
    const int left = terms.settle_serial - prepared_.serial[day];
    if (left <= 0) return refuse(application, day, pool::Refusal::no_room);  // it waited until its own settlement date

    const double forward = pool::covered_parity_forward(rates_[terms.pair][day], prepared_.pairs[terms.pair].forward_factor[static_cast<std::size_t>(left)]);
    const double contract_rate = pool::new_contract_rate(terms.side, forward, prepared_.client_spread);
    const double rate = margin_rate_of(prepared_, terms, day) * pool::margin_factor_in_force(brakes_, pool_terms.brakes);
    const auto& exporter = prepared_.exporters[terms.exporter];
    const auto& firm = firms_[terms.exporter];

    pool::Request request;
    request.product = terms.product;
    request.usd = terms.usd;
    request.tenor_months = terms.tenor_months;
    request.usd_today = usd_of(terms.pair, terms.units, day);
    request.frozen = pool::frozen_quota(pool_terms.client_share, rate, terms.units * contract_rate);

    const auto base = pool::quota_base(fund_, pool_terms);
    pool::Standing standing;
    standing.barred = firm.barred;
    standing.grouped = exporter.group.valid();
    standing.in_sector = exporter.sector.valid();
    standing.exporter_frozen = firm.frozen;
    standing.group_frozen = standing.grouped ? frozen_by_group_[exporter.group] : 0;
    standing.sector_frozen = standing.in_sector ? frozen_by_sector_[exporter.sector] : 0;
    standing.bank_frozen = frozen_by_bank_[terms.bank];
    for (PairId pair{0}; pair.index() < open_units_.size(); ++pair) {
        if (open_units_[pair][terms.exporter] > 0) standing.open_usd += usd_of(pair, open_units_[pair][terms.exporter], day);
    }
    standing.annual_receipts_usd = exporter.annual_receipts_usd;
    standing.brake_red = brakes_.red.on;
    standing.bank_suspended = brakes_.bank[terms.bank].on;
    standing.quota = pool::quota(base, multiple_now());
    standing.room = pool::room(base, multiple_now(), frozen_by_bank_, terms.bank);

    if (const auto why = pool::refusal(request, standing, pool_terms.admission)) {
        const bool may_wait =
            pool_terms.admission.no_room == pool::NoRoom::queue && *why == pool::Refusal::no_room && day < terms.trade_day + pool_terms.admission.queue_days;
        if (!may_wait) return refuse(application, day, *why);
        waiting.push_back(application);
        if (day == terms.trade_day) {
            tell({.day = day, .kind = EventKind::waits, .exporter = terms.exporter, .bank = terms.bank, .contract = application, .amount = terms.usd});
        }
        return;
    }
    open(application, contract_rate, rate);
    ++outcome_.admitted;
    outcome_.admitted_usd += terms.usd;
    outcome_.new_notional += live_deal(application).cny_notional();
    tell({.day = day,
          .kind = EventKind::opened,
          .exporter = terms.exporter,
          .bank = terms.bank,
          .contract = application,
          .amount = live_deal(application).frozen,
          .rate = contract_rate});
}

void PathWalker::refuse(ContractId application, DayIndex day, pool::Refusal why) {
    const auto& terms = prepared_.deals[application];
    auto& refused = outcome_.refused[static_cast<std::size_t>(why)];
    ++refused.deals;
    refused.usd += terms.usd;
    if (!firms_[terms.exporter].refused) {
        firms_[terms.exporter].refused = true;
        ++outcome_.refused_firms;
    }
    tell(
        {.day = day, .kind = EventKind::refused, .exporter = terms.exporter, .bank = terms.bank, .contract = application, .amount = terms.usd, .refusal = why});
}

}  // namespace fxpool
