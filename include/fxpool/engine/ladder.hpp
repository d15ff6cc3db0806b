#pragma once

#include "fxpool/engine/prepared.hpp"

#include <vector>

namespace fxpool {

/// The deals that past business at this rate would have left (docs/rules.md, 5.3): `candidates`, in order of date and with
/// their contract and margin rates set, are put through the admission tests at the start's rates, on top of what `prepared.deals`
/// already has on the books. Returns those admitted.
std::vector<DealTerms> admit_ladder(const Prepared& prepared, const std::vector<DealTerms>& candidates);

}  // namespace fxpool
