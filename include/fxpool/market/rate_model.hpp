#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/settings.hpp"

#include <span>
#include <vector>

/// Rate models as moves of the log rate, day by day: move t is drift[t] + volatility[t] * z, z standard normal.
namespace fxpool {

struct LogMoves {
    std::vector<double> drift;       ///< [0] is unused (0)
    std::vector<double> volatility;  ///< of the whole day's move, not a year; [0] is unused (0)
};

/// gbm on the grid `days`: E[S(t)] = S(0) exp(drift t), or F(0,t) with `carry`. Steps of volatility and drift are integrated by calendar
/// day over (days[t-1], days[t]], Act/365. `forward_factor[n]` is F/S for n calendar days.
LogMoves gbm_moves(const GbmModel& model, std::span<const Date> days, std::span<const double> forward_factor);

/// Simple daily moves on the days 1, 2, ...; then gbm, or flat. Every move is above -100 %; those beyond the grid are not used.
LogMoves path_moves(std::span<const double> moves, const std::optional<GbmModel>& then, std::span<const Date> days, std::span<const double> forward_factor);

}  // namespace fxpool
