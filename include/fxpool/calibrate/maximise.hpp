#pragma once

#include "fxpool/calibrate/hessian.hpp"

#include <span>
#include <vector>

/// The maximum of a log-likelihood within bounds. Made for 3 to 14 coordinates and functions of 0.1 to 10 ms.
namespace fxpool::calibrate {

struct Maximum {
    std::vector<double> at;
    double value = 0;
    bool converged = false;     ///< what is said at maximise() holds
    int evaluations = 0;        ///< of the function
    std::vector<int> on_bound;  ///< coordinates within 1e-6 of their range of a bound
};

/// The highest point found from `start`. `scale` is a step worth trying, coordinate by coordinate: near the uncertainty of a first guess, not
/// that of the maximum. Coordinates with low = high stay. A value that is no number, or infinite, is worse than all others (-1e300).
///
/// Powell's BOBYQA (by NLopt), then Newton steps; BOBYQA again, or Sbplx (Rowan), where they fail. `converged`, in units of the log-likelihood
/// (1e-5 is 0.0045 standard errors off): no step along a coordinate, of about a tenth of its standard error, gains 1e-5, and Newton's step in
/// all of them promises no more. Where the curvature is not that of a maximum in every direction, as in a flat one: a whole round of
/// BOBYQA gained no more instead.
///
/// The same arguments give the same bytes. An exception of `f` comes through.
Maximum maximise(const Likelihood& f, std::vector<double> start, std::span<const double> low, std::span<const double> high, std::span<const double> scale);

}  // namespace fxpool::calibrate
