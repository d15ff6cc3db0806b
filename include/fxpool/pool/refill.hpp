#pragma once

#include "fxpool/pool/fund.hpp"

/// Topping the fund up (补充): docs/rules.md, 4.5. CNY.
namespace fxpool::pool {

/// What to order now: up to `to` times the fund, when what is available has fallen below `below` times the fund; at most what the
/// calendar year's limit leaves. 0 where nothing is due. Whether one is under way already is the caller's to know.
double refill_order(const Fund& fund, const Terms& terms, double ordered_this_year);

}  // namespace fxpool::pool
