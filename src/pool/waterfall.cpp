#include "fxpool/pool/waterfall.hpp"

#include <algorithm>

namespace fxpool::pool {

Split split_loss(const Loss& loss, const ClaimTerms& terms, bool rejected) {
    Split split;
    split.own_margin = std::min(loss.amount, loss.posted);
    split.net = loss.amount - split.own_margin;
    if (rejected) {
        split.bank = split.net;
        return split;
    }

    split.deductible = std::min(terms.deductible * loss.notional, split.net);
    const double base = split.net - split.deductible;
    split.share = terms.pool_share * base;
    split.guarantor = terms.guarantor_share * base;

    const double deal_cap = terms.cap_multiple == none ? none : terms.cap_multiple * loss.frozen;
    split.pool = std::min(split.share, deal_cap);
    split.excess = split.share - split.pool;
    split.bank = split.net - split.share - split.guarantor;
    return split;
}

double limb_after_claims_caps(double limb, double used_by_exporter, double used_this_year, const ClaimTerms& terms) {
    const double left_for_exporter = std::max(terms.exporter_cap - used_by_exporter, 0.0);
    const double left_this_year = std::max(terms.yearly_cap - used_this_year, 0.0);
    return std::min({limb, left_for_exporter, left_this_year});
}

}  // namespace fxpool::pool
