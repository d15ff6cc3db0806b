#pragma once

#include "fxpool/calibrate/backtest.hpp"

/// Which of several back-tested models to take.
namespace fxpool::calibrate {

/// One model in a comparison.
struct Ranked {
    std::string model;
    double score = 1;            ///< scaled CRPS over the best model's
    double difference = 0;       ///< of scaled CRPS to the best model's, mean over the origins; the scale of a horizon is the models' mean
    double error = 0;            ///< its standard error: Newey and West, 25 origins, which is the longest horizon
    bool separable = false;      ///< from the best: the difference is beyond 1.96 errors
    bool rejected = false;       ///< by the tests of its bounds
    double depreciation_99 = 0;  ///< of Backtest
    double p_value = 1;          ///< of Backtest
};
struct Comparison {
    std::vector<Ranked> ranking;                          ///< best first
    std::vector<std::pair<std::string, Message>> failed;  ///< model and reason
    std::optional<std::string> recommended;  ///< among the models not rejected, the one with the largest depreciation: a fund that outlasts it is safe
    Message reason;
};

/// Ranks by CRPS: each horizon's divided by its mean over the models, averaged over the horizons that all have, origin by origin where all
/// models have one.
Comparison compare(const std::vector<Backtest>& backtests);

}  // namespace fxpool::calibrate
