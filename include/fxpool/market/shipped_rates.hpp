#pragma once

#include "fxpool/files/rate_file.hpp"

#include <optional>
#include <string_view>

namespace fxpool {

/// The daily rates that the program carries with it (scenarios/data/cny-fx-daily-2005-2026.csv); null for a pair that is not among them.
const RateSeries* shipped_rates(std::string_view pair);

/// A rate and how many days it is away from the date asked for.
struct KnownRate {
    double rate = 0;
    Date date;
    int days_off = 0;
};
/// The last rate on or before `date`, else the first; nothing of an empty series.
std::optional<KnownRate> last_known(const RateSeries& rates, Date date);

}  // namespace fxpool
