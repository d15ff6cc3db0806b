#pragma once

#include "fxpool/pool/fund.hpp"

/// How much may be frozen (额度): docs/rules.md, 1.5. CNY.
namespace fxpool::pool {

/// The cash that the multiple stands on: what is available, or the fund as it began where the quota base is fixed.
struct QuotaBase {
    double total = 0;           ///< of the whole pool: a part's debt to waiting claims weighs on it
    Table<BankId, double> own;  ///< by part, for the room of each bank
    double common = 0;
};
QuotaBase quota_base(const Fund& fund, const Terms& terms);

/// Total quota: multiple times base.
double quota(const QuotaBase& base, double multiple);

/// Room for a new deal of `bank`: what its own part still carries, and what the banks' overhangs leave of the common part.
/// Shared: the whole free quota. Segregated: the bank's own free quota.
double room(const QuotaBase& base, double multiple, const Table<BankId, double>& frozen_by_bank, BankId bank);

/// Share of the quota in use at day's end, at most 1; 1 where something is frozen against a quota of nothing.
double utilisation(double frozen, double quota);

}  // namespace fxpool::pool
