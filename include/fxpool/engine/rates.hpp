#pragma once

#include "fxpool/base/random.hpp"
#include "fxpool/engine/prepared.hpp"

#include <span>
#include <vector>

/// The rates of a path, and what is read off the reference pair.
namespace fxpool {

/// One path's rates, and the days on which a pair's band cut its move.
class Rates {
  public:
    /// Draws one path: spot on day 0, then day by day. One normal a pair and day, correlated by the lower Cholesky factor, so that a pair
    /// added at the end changes no other's rates; and what the pairs' models draw besides (docs/draws.md).
    void draw(const Prepared& prepared, const Draws& draws);

    const Table<DayIndex, double>& operator[](PairId pair) const { return level_[pair]; }
    std::size_t size() const { return level_.size(); }
    /// Whether the pair's move on that day was cut at its band: no close-out of a set that holds it.
    bool is_cut(PairId pair, DayIndex day) const { return !model_[pair].empty() && model_[pair][day] != level_[pair][day]; }
    /// Whether any pair's was.
    bool any_cut(DayIndex day) const;
    /// The first pair (and the day) whose model took the rate out of its range; invalid: none. The rate stays at the range's end from there on.
    PairId runaway_pair() const { return runaway_pair_; }
    DayIndex runaway_day() const { return runaway_day_; }

    /// A million times the spot, or a millionth of it: a rate beyond is no rate but a model that runs away (an explosive garch, moves of
    /// 1000 % a day). Within it every sum of squares of the money that flows stays finite.
    static constexpr double widest_log_move = 13.815510557964274;

    /// Where the pair's model has its rate on that day: elsewhere while a cut move is carried on.
    double model_rate(PairId pair, DayIndex day) const { return model_[pair].empty() ? level_[pair][day] : model_[pair][day]; }

  private:
    void set_levels(PairId pair, const PairTerms& terms);

    Table<PairId, Table<DayIndex, double>> level_;
    Table<PairId, Table<DayIndex, double>> model_;  ///< the model's own rates; empty where the pair has no band
    std::vector<std::vector<double>> shocks_;       ///< by pair and day; kept from path to path, like the next two
    std::vector<double> correlated_, moves_;
    PairId runaway_pair_;
    DayIndex runaway_day_;
};

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
