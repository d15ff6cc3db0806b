#pragma once

#include <cstdint>
#include <span>

/// Whether a quantile forecast is exceeded as often as it says, and not in clusters. A hit is a day beyond the forecast.
namespace fxpool::calibrate {

/// Twice the log of a ratio of likelihoods, and the probability of so much or more where the forecast is right.
struct LikelihoodRatio {
    double statistic = 0;
    double p_value = 1;
};

/// Kupiec (1995): the share of hits against the forecast's probability; chi-square of 1 degree. 0 log 0 counts as 0.
LikelihoodRatio unconditional_coverage(std::int64_t hits, std::int64_t days, double probability);

/// Christoffersen (1998): hits that know nothing of the day before against a Markov chain of first order; chi-square of 1 degree. `hits` has
/// a 0 or a 1 a day. A sample that was never in one of the two states has statistic 0.
LikelihoodRatio independence(std::span<const int> hits);

struct Coverage {
    std::int64_t hits = 0, days = 0;
    LikelihoodRatio unconditional;  ///< over all days
    LikelihoodRatio independence;   ///< over the pairs of successive days
    LikelihoodRatio conditional;    ///< Christoffersen (1998): the sum of both; chi-square of 2 degrees
};
Coverage coverage(std::span<const int> hits, double probability);

}  // namespace fxpool::calibrate
