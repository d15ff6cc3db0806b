#pragma once

#include "fxpool/base/calendar.hpp"
#include "fxpool/files/rate_file.hpp"

#include <optional>
#include <vector>

namespace fxpool {

/// Rates of one pair on days when the mainland market is open. A row on another day is dropped: its move goes into the next row's.
struct History {
    std::vector<Date> dates;  ///< ascending
    std::vector<double> rates;
    int dropped = 0;

    /// ln(rates[i + 1] / rates[i])
    std::vector<double> moves() const;
    /// Mean step of a move, years Act/365: calendar span / 365 / moves; 0 where there is no move.
    double step() const;
};

/// The rows from `from` to `to`, both included; none: the file's first and last.
History clean_history(const RateSeries& rates, std::optional<Date> from, std::optional<Date> to, const Calendar& cn);

}  // namespace fxpool
