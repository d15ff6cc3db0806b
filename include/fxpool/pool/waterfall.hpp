#pragma once

#include "fxpool/pool/terms.hpp"

/// Who pays for a failed set, in what order (docs/rules.md, 4.1). All amounts in CNY.
namespace fxpool::pool {

/// What a close-out leaves behind.
struct Loss {
    double amount = 0;    ///< the set's value to the bank on the close-out day; positive
    double frozen = 0;    ///< quota frozen for it
    double notional = 0;  ///< sum of N * K
    double posted = 0;    ///< own margin and call cash: these absorb first
};

/// The terms' split of a loss, line by line. own_margin + pool + guarantor + bank + excess = Loss::amount.
struct Split {
    double own_margin = 0;
    double net = 0;         ///< what own margin and call cash leave
    double deductible = 0;  ///< part of `bank`
    double share = 0;       ///< the pool's share before its per-deal cap
    double pool = 0;        ///< the pool's limb after it
    double guarantor = 0;
    double bank = 0;
    double excess = 0;  ///< cut off by the per-deal cap
};

/// Splits a loss by the terms alone: before the claims caps and before cash runs short. A rejected claim is the bank's.
Split split_loss(const Loss& loss, const ClaimTerms& terms, bool rejected);

/// What the claims caps leave of a limb. `used_by_exporter` and `used_this_year` are the limbs before it, in order of claim.
double limb_after_claims_caps(double limb, double used_by_exporter, double used_this_year, const ClaimTerms& terms);

}  // namespace fxpool::pool
