#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/message.hpp"

#include <optional>

/// How many years of rates a model wants.
namespace fxpool::calibrate {

/// Calendar days from the first rate to the last. Whole years begin and end on holidays: the rates of 2022 reach from 4 January to
/// 30 December, 360 days.
inline constexpr int one_year = 350, two_years = 700;

/// Why a window is too short for a model that needs `shortest` days, and which models are content with how much; nothing where it is long
/// enough.
std::optional<Message> too_short(Date first, Date last, int shortest);

}  // namespace fxpool::calibrate
