#pragma once

#include "fxpool/model/model.hpp"

#include <cmath>
#include <vector>

/// Paths of one model alone, without an engine.
namespace fxpool::testing {

/// `moves` weekdays from Monday 5 January 2026 on: steps of 1 day and, over weekends, 3. `carry`: the rate difference a year.
inline ModelGrid weekdays(int moves, double carry = 0) {
    ModelGrid grid;
    for (Date day = Date::of(2026, 1, 5); grid.size() <= moves; day = day + 1) {
        if (day.weekday() > 4) continue;
        grid.dt.push_back(grid.days.empty() ? 0 : (day - grid.days.back()) / 365.0);
        grid.carry.push_back(carry * grid.dt.back());
        grid.days.push_back(day);
    }
    return grid;
}

/// Years from the first day to the last.
inline double years_of(const ModelGrid& grid) { return (grid.days.back() - grid.days.front()) / 365.0; }

class ModelPaths {
  public:
    explicit ModelPaths(MoveTerms terms, std::int32_t place = 0) : terms_(std::move(terms)), place_(place) {
        const auto size = terms_.drift.size();
        shocks_.assign(size, 0), moves_.assign(size, 0), zeros_.assign(size, 0), ones_.assign(size, 1), without_.assign(size, 0);
    }
    ModelPaths(const Model& model, const ModelGrid& grid) : ModelPaths(move_terms(model, grid), grid.place) {}

    /// The log moves by day, [0] = 0.
    const std::vector<double>& draw(std::int64_t path) {
        const Draws draws(seed, path);
        for (std::size_t day = 1; day < shocks_.size(); ++day) {
            shocks_[day] = draws.normal(Purpose::rate, StepDraws::id(place_, static_cast<std::uint32_t>(day)));
        }
        draw_moves(terms_, draws, shocks_, moves_);
        return moves_;
    }
    /// The shocks of the last path drawn.
    const std::vector<double>& shocks() const { return shocks_; }
    double sum(std::int64_t path) {
        double sum = 0;
        for (const double move : draw(path)) sum += move;
        return sum;
    }

    /// The log moves of a model that has no use for shocks (bootstrap), or with all of them 0.
    const std::vector<double>& draw_without_shocks(std::int64_t path) {
        draw_moves(terms_, Draws(seed, path), zeros_, without_);
        return without_;
    }

    /// The normal law of the path's log move given all draws but the shocks, which enter linearly (gbm, merton, heston, regime): what is
    /// drawn of an option is then its Black price, with a far smaller variance than its payoff's.
    struct Given {
        double mean, variance;
        double forward() const { return std::exp(mean + variance / 2); }
    };
    Given given_all_but_shocks(std::int64_t path) {
        const Draws draws(seed, path);
        draw_moves(terms_, draws, zeros_, without_);
        draw_moves(terms_, draws, ones_, moves_);
        Given given{0, 0};
        for (std::size_t day = 1; day < moves_.size(); ++day) {
            given.mean += without_[day];
            given.variance += (moves_[day] - without_[day]) * (moves_[day] - without_[day]);
        }
        return given;
    }

    static constexpr std::uint64_t seed = 20260105;

  private:
    MoveTerms terms_;
    std::int32_t place_;
    std::vector<double> shocks_, moves_, zeros_, ones_, without_;
};

}  // namespace fxpool::testing
