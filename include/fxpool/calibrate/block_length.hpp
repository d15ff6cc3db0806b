#pragma once

#include <optional>
#include <span>

/// How long the blocks of the stationary bootstrap should be.
namespace fxpool::calibrate {

/// The mean block, in rows, that estimates the variance of a mean best: Politis and White (2004), as corrected by Patton, Politis and White
/// (2009). Flat-top kernel; m is the smallest lag after which K_N = max(5, sqrt(log10 n)) autocorrelations lie within 2 sqrt(log10 n / n)
/// (the last lag beyond it where there is none such), bandwidth 2 m. At least 1, at most ceil(min(3 sqrt n, n/3)).
///
/// Of the moves it sees their mean's memory, of their squares that of the volatility.
double politis_white_length(std::span<const double> series);

/// The shortest mean block, in whole rows up to a quarter of them, whose bootstrap paths have the history's variance ratios at 63 and
/// 126 days to within one standard error each. None where there is none, or where there are 252 moves or fewer.
std::optional<double> shortest_block(std::span<const double> moves);

}  // namespace fxpool::calibrate
