#pragma once

#include "fxpool/settings/settings.hpp"

#include <vector>

/// Zero rates by tenor (docs/rules.md, 1.3): continuously compounded, Act/365, linear in tenor between pillars (k months = k/12 years), flat outside.
namespace fxpool {

/// The rate a year at a tenor of `years`.
double zero_rate(const ByTenor& curve, double years);

/// The foreign zero rates that quoted forwards imply: at each pillar F = spot + pips/10,000 and r_f = r_d - ln(F/spot)/tau.
/// Every F must be positive and no pillar at 0 months.
ByTenor implied_foreign_curve(double spot, const ByTenor& swap_points, const ByTenor& domestic);

/// exp(-r(n/365) * n/365) for n = 0 ... longest calendar days.
std::vector<double> discount_factors(const ByTenor& curve, int longest_days);

/// Forward over spot by covered interest parity: exp((r_d - r_f) * n/365) for n = 0 ... longest calendar days.
std::vector<double> forward_factors(const ByTenor& domestic, const ByTenor& foreign, int longest_days);

}  // namespace fxpool
