#pragma once

#include "fxpool/calibrate/fit.hpp"
#include "fxpool/calibrate/variance_ratio.hpp"

#include <array>
#include <functional>
#include <vector>

namespace fxpool::calibrate {

inline constexpr std::array<int, 4> ratio_days = {5, 21, 63, 126};

/// A statistic of the fit and how often the fitted model itself gives one at least as large.
struct TestResult {
    double statistic = 0;
    std::optional<double> p_value;  ///< none where the test says nothing of this model (bootstrap's in-sample transform)
};

/// How well a fit describes the sample it was made from.
struct FitTests {
    std::array<VarianceRatio, 4> history;             ///< variance ratios of the sample at ratio_days
    std::array<VarianceRatio, 4> implied;             ///< mean and standard deviation over simulated samples of the same length
    TestResult kolmogorov_smirnov, anderson_darling;  ///< of the probability integral transform of one-step forecasts
    TestResult ljung_box_moves, ljung_box_squares;    ///< 20 lags; of the transform's normal scores and of their squares
    int samples = 0;                                  ///< simulated samples behind the p-values
};

/// p-values by simulating the fitted model from its long run `samples` times (2 or more) and re-estimating each by one step from the fit (the
/// score at the fit times its covariance: asymptotically the full estimate), so that the fitting is in the null. Without a likelihood nothing
/// is re-estimated. `threads`: 0 for all; the results are the same for any number.
FitTests test_fit(const Family& family, const Fit& fit, const Series& series, int samples, std::uint64_t seed, int threads,
                  const std::function<void(double share_done)>& progress = {});

}  // namespace fxpool::calibrate
