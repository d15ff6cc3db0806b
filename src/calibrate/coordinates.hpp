#pragma once

#include "fxpool/calibrate/fit.hpp"
#include "fxpool/calibrate/maximise.hpp"

#include <span>
#include <vector>

/// What the fits by maximum likelihood share: coordinates on unbounded scales, some of them held, and what is printed of them.
namespace fxpool::calibrate {

/// A volatility a year below which none is fitted: the likelihood of merton and regime is unbounded as one goes to 0, and comes near that on
/// the pegs of 2005 and 2008-10.
inline constexpr double volatility_floor = 0.0005;

double logit(double share);
double logistic(double x);
double log_normal_density(double x, double mean, double variance);

double mean_of(std::span<const double> moves);
/// About the mean, over their number.
double variance_of(std::span<const double> moves);

/// Where the search for one coordinate begins, may go, and a step worth trying.
struct Range {
    double start, low, high, scale;
};

/// A model's coordinates and those held where they start.
struct Space {
    std::vector<Range> ranges;
    std::vector<bool> held;

    explicit Space(std::vector<Range> of) : ranges(std::move(of)), held(ranges.size(), false) {}
    void start_from(std::span<const double> all);
    void hold(std::size_t slot, double at);
    std::vector<double> starts() const;
};

/// The entries of `all` that are not held, and back.
std::vector<double> free_part(std::span<const double> all, const std::vector<bool>& held);
std::vector<double> with_free(std::span<const double> all, const std::vector<bool>& held, std::span<const double> free);

/// The maximum over the coordinates that are not held. `on_bound` names none of the held.
Maximum climb(const Likelihood& f, const Space& space);

/// f, telling `options.progress` from `from` to `to` as `expected` evaluations go by.
Likelihood with_progress(Likelihood f, const FitOptions& options, double from, double to, int expected);

using At = Fit (*)(const Fit& fit, std::span<const double> coordinates);

/// Completes a fit whose model and parameters stand at the maximum: coordinates, likelihood, covariance by the Hessian, standard errors; or
/// the failure where the search did not converge or the likelihood has no peak there.
void conclude(Fit& fit, const Maximum& maximum, const Likelihood& f, const Space& space, At at);

/// Standard errors of the estimated parameters by the delta method (Jacobian of `at` by central differences); `fit.covariance` is given.
void set_standard_errors(Fit& fit, At at);

}  // namespace fxpool::calibrate
