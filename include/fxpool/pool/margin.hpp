#pragma once

#include <algorithm>

/// Initial margin, frozen quota and margin calls (docs/rules.md, 1.4 and 3.5). CNY.
namespace fxpool::pool {

/// Quota frozen for a deal (冻结额度): the margin that the pool stands in for. Fixed on the trade date, released when the deal ends.
inline double frozen_quota(double client_share, double margin_rate, double cny_notional) { return (1 - client_share) * margin_rate * cny_notional; }

/// The exporter's own cash margin for a deal.
inline double own_margin(double client_share, double margin_rate, double cny_notional) { return client_share * margin_rate * cny_notional; }

/// A margin call (追加保证金) on a set worth `value` to the bank: what is missing, or 0 where no call is due.
/// Called when the uncovered loss exceeds `call_at` of the frozen quota.
inline double call_amount(double value, double posted, double call_at, double frozen) {
    const double uncovered = std::max(value, 0.0) - posted;
    return uncovered > call_at * frozen ? std::max(uncovered, 0.0) : 0;
}

}  // namespace fxpool::pool
