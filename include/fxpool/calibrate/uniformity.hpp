#pragma once

#include <span>

/// Whether values are uniform on (0, 1), as probability integral transforms are under the right model. Values outside are taken as 1e-12
/// inside: a model may find a move impossible.
namespace fxpool::calibrate {

/// The largest distance between the values' distribution function and the uniform one (Kolmogorov-Smirnov); 0 of no values.
double kolmogorov_smirnov(std::span<const double> values);
/// The probability of so large a distance or larger with n values, by Kolmogorov's limit law of sqrt(n) D. For a model known beforehand:
/// one fitted to the same values lies closer than this law knows.
double kolmogorov_smirnov_tail(double distance, int n);

/// Anderson-Darling's A^2: squared distances, those in the tails weighted up; 0 of no values.
double anderson_darling(std::span<const double> values);
/// The probability of A^2 or more, by the limit law (Marsaglia and Marsaglia 2004, "Evaluating the Anderson-Darling distribution", adinf:
/// absolute error below 2e-6). For a model known beforehand, as above.
double anderson_darling_tail(double a2);

}  // namespace fxpool::calibrate
