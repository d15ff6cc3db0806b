#pragma once

#include "fxpool/base/calendar.hpp"
#include "fxpool/base/date.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/model/model.hpp"
#include "fxpool/settings/settings.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// Curves, calendars and rate models read into plain arrays, once, before the paths start. The only module that includes QuantLib.
namespace fxpool {

/// One currency pair against CNY.
struct PairMarket {
    std::string name;   ///< USDCNY
    double spot = 0;    ///< CNY per quoted unit
    double unit = 1;    ///< foreign units per quote: 100 for JPY, else 1; a CNY amount is N * rate / unit
    Calendar calendar;  ///< joint calendar of CN and the foreign currency: contracts settle on it
    /// F(t, t+n)/S(t) for n calendar days, n = 0 ... Market::longest_days: exp((r_cny - r_foreign) * n/365).
    std::vector<double> forward_factor;
    MoveTerms moves;         ///< how the rate moves, by grid day
    double band = no_limit;  ///< the most that it moves in a day, as a share
};

struct Market {
    static constexpr int years_beyond = 12;  ///< a contract settles at most so many years after the horizon's end
    std::vector<Date> days;                  ///< the grid: CN business days, [0] = first on or after `start`, last on or before `end`
    Calendar cn;
    std::vector<PairMarket> pairs;          ///< in the file's order
    std::size_t reference = 0;              ///< place in `pairs`
    std::vector<double> discount;           ///< CNY discount factor for n calendar days, n = 0 ... longest_days
    int longest_days = 0;                   ///< calendar days that the factors reach: from the start to `years_beyond` years after the end
    std::vector<double> correlation_root;   ///< lower Cholesky factor of the shocks' correlation (heston: of their part independent of the variance), row-major
    std::vector<double> reference_history;  ///< the reference pair's cleaned rates before the start, oldest first; may be empty
    std::vector<std::filesystem::path> files_read;
};

/// CN business days 2005 to 2035 from the shipped list (weekends are never business days; make-up weekends are no FX days).
Calendar cn_calendar();
/// The last date up to which the list is published (not "expected"), and the list's last year.
Date cn_calendar_published_to();
int cn_calendar_last_year();
/// QuantLib's calendar of a currency (USD, EUR, JPY, GBP, HKD, ...) as a plain list, 2004 to 2047; nothing where the currency is unknown.
std::optional<Calendar> currency_calendar(const std::string& currency);

/// Everything of the market that a run needs. Problems: a horizon before 2005 or past 2035 or without a business day, a missing curve,
/// a correlation that is not positive definite, unreadable rate files, moves that leave no rate; notes where holidays are only expected.
Market build_market(const Scenario& scenario, Problems& problems);

}  // namespace fxpool
