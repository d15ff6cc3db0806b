#pragma once

#include "fxpool/base/random.hpp"
#include "fxpool/engine/prepared.hpp"

#include <span>
#include <vector>

/// The rates of a path, and what is read off the reference pair.
namespace fxpool {

using Rates = Table<PairId, Table<DayIndex, double>>;

/// Fills `rates` with one path: spot on day 0, then day by day. Uses one normal a pair and day, whose purpose is `purpose`
/// (rate, or pilot_rate); correlated by the lower Cholesky factor, so that a pair added at the end changes no other's rates.
void draw_rates(const Prepared& prepared, const Draws& draws, Purpose purpose, Rates& rates);

/// Log rates of the reference pair with its history in front: what m(t) and the fx brake look back on.
class ReferenceLog {
  public:
    void read(const Prepared& prepared, const Rates& rates);

    /// m(t): log move over the last 126 business days, or since the oldest rate known.
    double move(DayIndex day) const;
    /// The last `count` log rates up to `day`; empty while fewer are known.
    std::span<const double> last(DayIndex day, std::size_t count) const;

  private:
    std::vector<double> log_rates_;
    std::size_t history_ = 0;
};

/// The scale of the hazard clock for `keep_mean`: one over the mean of exp(beta m / 5 %) on each day over 4,096 pilot paths.
Table<DayIndex, double> pilot_clock_scale(const Prepared& prepared);
inline constexpr std::int64_t pilot_paths = 4096;

}  // namespace fxpool
