#pragma once

#include <span>

/// Scores of forecasts that are whole distributions. A distribution function is given by its values `cdf` at ascending `x`: linear between,
/// 0 below the first, 1 above the last; a step where two x are equal, at the first where cdf starts above 0, at the last where it ends below 1.
namespace fxpool::calibrate {

/// Continuous ranked probability score (Matheson and Winkler 1976): the integral of (F(x) - [x >= outcome])^2, exact; in the unit of x.
/// Lower is better; of a forecast of one value it is the absolute error.
double crps(std::span<const double> x, std::span<const double> cdf, double outcome);

/// The smallest x whose distribution function is p or more.
double quantile(std::span<const double> x, std::span<const double> cdf, double p);

/// Standard error of the mean of a series whose values are correlated up to `lags` apart, such as losses of overlapping forecasts: Newey and
/// West (1987), Bartlett weights 1 - j/(lags + 1), autocovariances over n. No small-sample correction.
double newey_west_error(std::span<const double> series, int lags);

}  // namespace fxpool::calibrate
