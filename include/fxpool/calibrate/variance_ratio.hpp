#pragma once

#include <span>
#include <vector>

/// Whether moves trend or revert: the variance of q-day moves over q times that of one day. 1 for a random walk, above it where moves
/// follow each other, below it where they turn back.
namespace fxpool::calibrate {

struct VarianceRatio {
    double value = 1;
    double standard_error = 0;
};

/// The ratio over overlapping q-day sums, mean removed, with the small-sample correction (Lo and MacKinlay 1988, "Stock market prices do not
/// follow random walks", eq. 12). A sample of no variance, or of q moves or fewer, has ratio 1 and error 0.
///
/// The standard error is their heteroskedasticity-robust one of a random walk (their delta_j) times the ratio's value: a sum of correlated
/// moves has as many effective terms as one of independent moves, so its variance spreads in proportion to itself.
VarianceRatio variance_ratio(std::span<const double> moves, int q);

/// Autocorrelations of lags 0 ... lags of the moves laid in a ring, the mean removed: what resampling in wrapped blocks can reproduce.
std::vector<double> circular_autocorrelations(std::span<const double> moves, int lags);

/// The ratio that paths of the stationary bootstrap (Politis and Romano 1994) have, given the rows they draw from: exact, no simulation.
/// Two drawn days j apart are of one block with probability (1 - 1/mean_block)^j, else independent; so the lag-j autocovariance of the paths
/// is that probability times the rows' circular one. `mean_block` is in days, 1 or more.
double stationary_bootstrap_variance_ratio(std::span<const double> moves, int q, double mean_block);

/// The same from circular_autocorrelations of lags up to q - 1 at least.
double stationary_bootstrap_ratio_of(std::span<const double> autocorrelations, int q, double mean_block);

}  // namespace fxpool::calibrate
