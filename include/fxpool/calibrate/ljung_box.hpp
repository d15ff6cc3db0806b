#pragma once

#include <span>

namespace fxpool::calibrate {

/// Ljung and Box (1978): n (n + 2) sum of rho_k^2 / (n - k) over lags 1 ... lags, the mean removed. About chi-square with `lags` degrees of
/// freedom where nothing is left to predict. 0 for a series without variance; lags beyond the series are left out.
double ljung_box(std::span<const double> series, int lags);

/// The probability that chi-square of `df` degrees of freedom exceeds x; 1 for x <= 0.
double chi_square_tail(double x, double df);

}  // namespace fxpool::calibrate
