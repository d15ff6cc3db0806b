#pragma once

#include <span>
#include <vector>

/// A Markov chain nobody sees, judged by moves whose law depends on its state (Hamilton 1989).
namespace fxpool::calibrate {

struct HiddenChain {
    int states = 0;
    std::vector<double> transition;  ///< of one day, row-major: [from * states + to]
    std::vector<double> start;       ///< probabilities before the transition into the first move's day
    int band = 0;                    ///< steps of more than this many states are taken as impossible; 0: none is
};

/// The log-likelihood of moves whose density in state s on day t is densities[t * states + s], by the forward filter, scaled day by day.
/// -infinity where a day's densities are all 0 (below 1e-307) in the states that can be, or one is no number.
///
/// `probabilities_after`: of the states on day t given the moves up to it, [t * states + s]; `predicted`: the same given the moves before
/// it. Either may be null. Both are zeros from the day on that makes the likelihood -infinity.
double filter(const HiddenChain& chain, std::span<const double> densities, std::vector<double>* probabilities_after = nullptr,
              std::vector<double>* predicted = nullptr);

/// The transition probabilities over `dt` years of a chain with the generator's rates a year: the matrix exponential of generator * dt, by
/// uniformisation, scaling and squaring. Only off-diagonal rates, none negative, are read; rows sum to 1, no entry is negative. All NaN where
/// a rate is no number or infinite.
std::vector<double> transition_of(std::span<const double> generator, int states, double dt);

/// The long-run probabilities of a chain by its generator or its transition matrix (either: only off-diagonal entries are read), without
/// subtraction (Grassmann, Taksar and Heyman 1985). The chain has one closed class.
std::vector<double> stationary(std::span<const double> matrix, int states);

}  // namespace fxpool::calibrate
