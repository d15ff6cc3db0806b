#pragma once

#include "fxpool/calibrate/fit.hpp"

#include <array>
#include <vector>

namespace fxpool::calibrate {

/// Horizons of the back-test, in business days.
inline constexpr std::array<int, 4> horizons = {10, 63, 126, 250};

/// The law of the log move over each horizon, from each of a fit's anchors, on a grid of moves: made once by simulation, then mixed by
/// the weights that the filter gives. An anchor's law is the empirical one of `paths` simulated paths, linear between the grid's points.
///
/// Everywhere below: `h` is the place in `horizons`, `weights` one number an anchor, summing to 1 (a row of Filtered::weights).
class HorizonLaws {
  public:
    /// `threads`: 0 for all; the laws are the same for any number.
    HorizonLaws(const Family& family, const Fit& fit, int paths, std::uint64_t seed, int threads);

    /// Probability of a log move of at most `move` over horizons[h].
    double distribution(std::size_t h, std::span<const double> weights, double move) const;
    /// The move that is not exceeded with probability p.
    double quantile(std::size_t h, std::span<const double> weights, double p) const;
    double mean(std::size_t h, std::span<const double> weights) const;
    /// Continuous ranked probability score of an outcome; the lower the better. In log move.
    double crps(std::size_t h, std::span<const double> weights, double outcome) const;
    /// ln density at an outcome; the higher the better. The density is a kernel estimate, and for one path in `paths` a law with tails so
    /// long (Student, 3 degrees of freedom) that an outcome beyond all simulated ones still has a finite score.
    double log_score(std::size_t h, std::span<const double> weights, double outcome) const;
    int anchors() const { return anchors_; }

  private:
    struct Law {
        std::vector<double> grid;       ///< ascending log moves; below the first none was simulated, nor above the last
        std::vector<double> function;   ///< distribution function, [anchor * points + point]
        std::vector<double> density;    ///< kernel estimate, likewise
        std::vector<double> mean;       ///< by anchor
        std::vector<double> deviation;  ///< standard deviation, by anchor
    };

    static Law law_of(std::vector<std::vector<double>> outcomes);
    std::vector<double> mixed_function(std::size_t h, std::span<const double> weights) const;

    int anchors_ = 1;
    double paths_ = 0;
    std::array<Law, 4> laws_;
};

}  // namespace fxpool::calibrate
