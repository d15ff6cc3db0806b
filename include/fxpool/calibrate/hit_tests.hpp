#pragma once

#include "fxpool/calibrate/forecast.hpp"

#include <array>
#include <functional>
#include <span>
#include <vector>

/// The back-test's tests of bounds, and what they show where the model holds: the same forecasts along paths of the model itself.
namespace fxpool::calibrate {

/// The days on which forecasts are made: after `first`, `first + every`, ... moves. All origins of a horizon end within the sample.
struct Origins {
    int moves = 0;  ///< of the sample
    int first = 0, every = 10;
    std::array<bool, 4> kept{true, true, true, true};  ///< by horizon: false where it is left out

    std::size_t count(std::size_t h) const;
    int at(std::size_t origin) const { return first + every * static_cast<int>(origin); }
};

/// The distribution function of each forecast at what came: [h][origin]; uniform where the model holds. Empty where a horizon is left out.
using Transforms = std::array<std::vector<double>, 4>;

/// Along moves of which all is known: one set of laws, one pass of the filter. `stretch`: each outcome so many times as far from the mean of
/// its forecast.
Transforms transforms_along(const HorizonLaws& laws, const Filtered& filtered, std::span<const double> moves, const Origins& origins, double stretch = 1);

struct HitTest {
    enum class Kind {
        kupiec,         ///< as many hits as the bound says: Kupiec (1995)
        christoffersen  ///< and not in clusters: Christoffersen (1998), conditional coverage. Of forecasts that do not overlap
    };
    Kind kind = Kind::kupiec;
    std::size_t h = 0;
    double level = 0.95;  ///< of the bound
    bool upward = true;   ///< beyond the upper bound (CNY weakens), else below the lower one
};

/// Kupiec's at each horizon kept, and Christoffersen's at 10 days: bounds of 95 and 99 % in both directions.
std::vector<HitTest> hit_tests(const Origins& origins);
int hits(const HitTest& test, const Transforms& transforms);
double statistic(const HitTest& test, const Transforms& transforms);
std::vector<double> statistics(std::span<const HitTest> tests, const Transforms& transforms);

/// What the tests show on paths of the model itself. Forecasts that overlap do so there too, so their dependence is in the p-values; that the
/// parameters of the model were estimated is not: the model that draws the paths knows its own. A back-test that estimates on the way therefore
/// rejects a right model more often than in 5 % of all cases: gbm in about 10 % (tests/calibrate/backtest_test.cpp).
///
/// Hits are whole numbers, so many paths share a statistic. A path with the same one counts as at least as large: a test at 5 % then rejects
/// in 5 % of all cases at most, and in fewer where hits are rare (99 %, long horizons).
class HitNull {
  public:
    /// What one path shows, a number a test; `stretched` with every outcome 1.3 times as far from its mean.
    struct Path {
        std::vector<double> statistics, stretched;
    };
    explicit HitNull(std::vector<Path> paths);

    /// (1 + paths with at least this statistic) / (paths + 1).
    double p_value(std::size_t test, double statistic) const;
    /// Probability that the test rejects at 5 % where the model holds: less than that where hits are few.
    double size(std::size_t test) const;
    /// The same where moves are 1.3 times as far from their mean as the model says.
    double power(std::size_t test) const;
    /// The p-value of all tests together: of the smallest of their p-values, against the smallest of each path's. Westfall and Young (1993).
    double joint_p_value(std::span<const double> statistics) const;

  private:
    double share_rejected(std::size_t test, std::vector<double> Path::*shown) const;

    std::vector<Path> paths_;
    std::vector<std::vector<double>> sorted_;  ///< [test], ascending
};

inline constexpr double power_stretch = 1.3;

/// The null of a model: `paths` series as long as the sample, drawn from its long run, the filter and the forecasts of `laws` along each.
HitNull simulate_null(const Family& family, const Fit& fit, const HorizonLaws& laws, const Origins& origins, int paths, std::uint64_t seed, int threads,
                      const std::function<void(double share_done)>& progress);

}  // namespace fxpool::calibrate
