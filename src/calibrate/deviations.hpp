#pragma once

#include <span>
#include <vector>

namespace fxpool::calibrate {

/// The series less its mean; all 0 where it differs from it by rounding alone.
std::vector<double> deviations_of(std::span<const double> series);

/// The sum of x[t] x[t - lag]; lag 0: of the squares.
double lagged_products(std::span<const double> x, std::size_t lag);

}  // namespace fxpool::calibrate
