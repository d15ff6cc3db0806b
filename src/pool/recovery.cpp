#include "fxpool/pool/recovery.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool::pool {

double pool_recovery(double limb, double net, const RecoveryTerms& terms) {
    const double kept = terms.rate * (1 - terms.cost);
    return terms.pool_first ? std::min(limb, kept * net) : kept * limb;
}

int lognormal_lag(int median_days, double z, const RecoveryTerms& terms) {
    const double days = median_days * std::exp(terms.lag_sigma * z);
    return static_cast<int>(std::min(std::floor(days + 0.5), 1e6));
}

}  // namespace fxpool::pool
