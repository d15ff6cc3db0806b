#pragma once

#include "fxpool/base/calendar.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/files/rate_file.hpp"

#include <optional>
#include <span>
#include <string>
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

/// 1 or 2 where the ratio of two rates is so near 10 or 100 that it can only be a change of unit (within 20 % of its logarithm); negative
/// where the rate falls by it; 0 for an ordinary move.
int decades_between(double rate, double before);

/// Errors, at their line of `file`, for rates that are 10 or 100 times the row before. A single row is told once, not again when the rate
/// comes back. `rates`, `lines`: in order of date.
void check_scale(std::span<const double> rates, std::span<const int> lines, const std::string& file, const std::string& pair, Problems& problems);

/// Ten or more open days in a row with one rate: it was copied forward. Of the shipped rates no two in a row are the same six digits more
/// than three times, the pegs of 2005 and of 2008 to 2010 included.
struct EqualRates {
    double rate = 0;
    std::size_t rows = 0;
    Date first, last;
    int line = 0;  ///< of the first row that repeats

    Message message() const;
};
std::vector<EqualRates> equal_rates(const RateSeries& rates, const Calendar& cn);

}  // namespace fxpool
