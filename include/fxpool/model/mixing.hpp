#pragma once

#include "fxpool/model/step_draws.hpp"

namespace fxpool {

/// A Student residual's mixing factor sqrt((df - 2) / chi-square(df)), df > 2: times a standard normal it has mean 0 and unit variance.
/// Draws: mixing and mixing_accept of the pair's place and day.
double mixing_factor(const StepDraws& draws, std::int32_t place, int day, double df);

}  // namespace fxpool
