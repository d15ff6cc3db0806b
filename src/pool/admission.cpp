#include "fxpool/pool/admission.hpp"

#include <cstddef>

namespace fxpool::pool {
namespace {

// A limit met to the fen is met: sums of many deals carry rounding in their last digits.
constexpr double rounding = 1e-12;

bool exceeds(double amount, double limit) { return amount > limit + rounding * limit; }

bool exceeds_share(double frozen, double share, double quota) { return share < none && exceeds(frozen, share * quota); }

}  // namespace

std::optional<Refusal> refusal(const Request& request, const Standing& standing, const AdmissionTerms& terms) {
    if (!terms.products[static_cast<std::size_t>(request.product)]) return Refusal::product;
    if (exceeds(request.usd, terms.deal_cap_usd)) return Refusal::notional_cap;
    if (request.tenor_months > terms.deal_cap_months) return Refusal::tenor_cap;
    if (standing.barred) return Refusal::barred;
    if (exceeds(standing.exporter_frozen + request.frozen, terms.exporter_frozen_cap)) return Refusal::exporter_cap;

    const double hedged = standing.open_usd + request.usd_today;
    const bool receipts_known = standing.annual_receipts_usd > 0;
    if (receipts_known && exceeds(hedged, terms.hedge_ratio_cap * standing.annual_receipts_usd)) return Refusal::hedge_ratio;

    const auto too_much = [&](double frozen, double share) { return exceeds_share(frozen + request.frozen, share, standing.quota); };
    if (too_much(standing.exporter_frozen, terms.exporter_share)) return Refusal::exporter_concentration;
    if (standing.grouped && too_much(standing.group_frozen, terms.group_share)) return Refusal::group_concentration;
    if (standing.in_sector && too_much(standing.sector_frozen, terms.sector_share)) return Refusal::sector_concentration;
    if (too_much(standing.bank_frozen, terms.bank_share)) return Refusal::bank_concentration;

    if (standing.brake_red || standing.bank_suspended) return Refusal::brake;
    if (exceeds(request.frozen, standing.room)) return Refusal::no_room;
    return std::nullopt;
}

}  // namespace fxpool::pool
