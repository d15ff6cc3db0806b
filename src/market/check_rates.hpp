#pragma once

#include "fxpool/base/calendar.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/files/rate_file.hpp"
#include "fxpool/settings/settings.hpp"

#include <optional>
#include <string>

/// What a person sees in rates at a glance (settings/plausible.hpp has the ranges): another pair's column, a slip in one row, a missing
/// year, monthly rates for daily ones.
namespace fxpool {

enum class RateUse {
    drawn,     ///< a model draws their moves: what spoils them is an error
    replayed,  ///< their moves are taken one after the other
    looked_at  ///< before the start, for the six-month move
};

/// The rows from `from` to `to` of `file`. False where the level is that of something else: then it is no measure for a spot rate.
bool check_rates(const RateSeries& rates, std::optional<Date> from, std::optional<Date> to, RateUse use, const std::string& file, const std::string& pair,
                 const Calendar& cn, Problems& problems);

/// A history that ends a year or more before the start.
void check_age(const RateSeries& rates, Date start, const std::string& file, const std::string& pair, Problems& problems);

/// The pair's spot rate beside the last rate of `history` (null: none) or of the shipped rates, else beside what the currency usually costs.
void check_spot(const Scenario& scenario, const PairSettings& pair, const RateSeries* history, Problems& problems);

}  // namespace fxpool
