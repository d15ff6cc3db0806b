#include "fxpool/pool/refill.hpp"

#include <algorithm>

namespace fxpool::pool {

double refill_order(const Fund& fund, const Terms& terms, double ordered_this_year) {
    const auto& refill = terms.refill;
    if (refill.when == RefillTerms::When::never) return 0;
    if (!(fund.available() < refill.below * terms.fund)) return 0;
    const double missing = refill.to * terms.fund - (fund.cash() - fund.unpaid());
    const double left_this_year = std::max(refill.yearly_limit - ordered_this_year, 0.0);
    return std::max(std::min(missing, left_this_year), 0.0);
}

}  // namespace fxpool::pool
