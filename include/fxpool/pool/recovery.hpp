#pragma once

#include "fxpool/pool/terms.hpp"

/// What comes back from a failed exporter (追偿): docs/rules.md, 4.3. CNY.
namespace fxpool::pool {

/// The pool's part of what is recovered on a claim, after cost. `net`: the loss after own margin and call cash; `limb`: what the pool booked.
/// Proportional: each bearer gets the same rate back. Pool first: the pool is made whole before the others.
double pool_recovery(double limb, double net, const RecoveryTerms& terms);

/// Lognormal lag in calendar days, with the fixed lag as its median; `z` is standard normal. At least 0, rounded.
int lognormal_lag(int median_days, double z, const RecoveryTerms& terms);

}  // namespace fxpool::pool
