#pragma once

#include "fxpool/engine/prepared.hpp"

#include <optional>

/// What can be said of the pool's largest demand without simulating: however far rates move and whoever fails.
namespace fxpool {

struct DemandBound {
    /// CNY: the most that all deals together can claim of the pool over the horizon, by the caps on claims (per deal, per exporter, a
    /// year). None where a cap is missing, or where new business comes: its deals are as many as there are applications.
    std::optional<double> caps;
    /// No limb can be cut for want of cash on any path.
    bool never_exhausted = false;
};

/// Two certain statements (docs/results.md, "A pool that no move of the rate can exhaust"). A book without new business: `caps` is no
/// more than the fund. With new business: what is open can never claim more than the cash left.
DemandBound demand_bound(const Prepared& prepared);

}  // namespace fxpool
