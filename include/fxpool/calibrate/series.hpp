#pragma once

#include "fxpool/base/calendar.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/files/rate_file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fxpool::calibrate {

/// A stretch without rates.
struct Gap {
    Date after, before;  ///< the rows on both sides
};

/// Rates of one pair, cleaned, as log moves on one clock: every move takes the mean step, so that a simulated year has the sample's variance.
struct Series {
    std::string pair;
    std::vector<Date> dates;    ///< of the rates kept, ascending
    std::vector<double> rates;  ///< CNY per quoted unit
    std::vector<double> moves;  ///< ln(rates[i + 1] / rates[i])
    double dt = 0;              ///< calendar span / 365 / number of moves
    int dropped = 0;            ///< rows on days when the mainland market is shut: their move is in the next row's
    std::vector<Gap> gaps;      ///< of more than 10 calendar days, the market open on some of them
};

/// Cleans the rates from `from` to `to`. Problems, with their line:
/// - rows that follow their dates neither upwards nor downwards;
/// - a rate that is 10 or 100 times its neighbour, or a file that counts per 100 where scenarios count per 1 (JPY: per 1, not per 100);
/// - 10 rows or more with the same rate, as if copied forward;
/// - less than one year (some models want two: too_short), or rates that are not daily.
/// Gaps are notes.
std::optional<Series> clean(const RateSeries& rates, const std::string& pair, const std::string& file, std::optional<Date> from, std::optional<Date> to,
                            const Calendar& cn, Problems& problems);

}  // namespace fxpool::calibrate
