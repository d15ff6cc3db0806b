#pragma once

#include "fxpool/market/market.hpp"

#include <optional>
#include <string_view>

namespace fxpool {

/// currency_calendar() of the years needed only: a holiday rule costs up to a microsecond a day.
std::optional<Calendar> currency_calendar(std::string_view currency, int first_year, int last_year);

/// The last year whose lunar holidays the currency's calendar lists; 0 where the calendar follows from rules and has no such end.
int currency_calendar_known_to(std::string_view currency);

}  // namespace fxpool
