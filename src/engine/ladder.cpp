#include "fxpool/engine/ladder.hpp"

#include "fxpool/pool/admission.hpp"
#include "fxpool/pool/fund.hpp"
#include "fxpool/pool/margin.hpp"
#include "fxpool/pool/quota.hpp"

namespace fxpool {

std::vector<DealTerms> admit_ladder(const Prepared& prepared, const std::vector<DealTerms>& candidates) {
    const auto& terms = prepared.terms;
    const auto base = pool::quota_base(pool::opening_fund(terms), terms);
    Table<ExporterId, double> by_exporter(prepared.exporters.size(), 0.0), open_usd(prepared.exporters.size(), 0.0);
    Table<BankId, double> by_bank(prepared.banks.size(), 0.0);
    Table<SectorId, double> by_sector(prepared.sectors.size(), 0.0);
    Table<GroupId, double> by_group(static_cast<std::size_t>(prepared.groups), 0.0);

    const auto put_on_the_books = [&](const DealTerms& deal, double frozen) {
        const auto& exporter = prepared.exporters[deal.exporter];
        by_exporter[deal.exporter] += frozen;
        by_bank[deal.bank] += frozen;
        if (exporter.sector.valid()) by_sector[exporter.sector] += frozen;
        if (exporter.group.valid()) by_group[exporter.group] += frozen;
        open_usd[deal.exporter] += deal.usd;
    };
    const auto frozen_by = [&](const DealTerms& deal) { return pool::frozen_quota(terms.client_share, deal.margin_rate, deal.units * deal.contract_rate); };
    for (const auto& deal : prepared.deals) {
        if (!deal.trade_day.valid()) put_on_the_books(deal, frozen_by(deal));
    }

    std::vector<DealTerms> admitted;
    for (const auto& deal : candidates) {
        const auto& exporter = prepared.exporters[deal.exporter];
        pool::Request request;
        request.product = deal.product;
        request.usd = request.usd_today = deal.usd;
        request.tenor_months = deal.tenor_months;
        request.frozen = frozen_by(deal);
        pool::Standing standing;
        standing.grouped = exporter.group.valid();
        standing.in_sector = exporter.sector.valid();
        standing.exporter_frozen = by_exporter[deal.exporter];
        standing.group_frozen = standing.grouped ? by_group[exporter.group] : 0;
        standing.sector_frozen = standing.in_sector ? by_sector[exporter.sector] : 0;
        standing.bank_frozen = by_bank[deal.bank];
        standing.open_usd = open_usd[deal.exporter];
        standing.annual_receipts_usd = exporter.annual_receipts_usd;
        standing.quota = pool::quota(base, terms.multiple);
        standing.room = pool::room(base, terms.multiple, by_bank, deal.bank);
        if (pool::refusal(request, standing, terms.admission)) continue;
        put_on_the_books(deal, request.frozen);
        admitted.push_back(deal);
    }
    return admitted;
}

}  // namespace fxpool
