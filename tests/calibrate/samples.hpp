#pragma once

#include "fxpool/calibrate/fit.hpp"

#include <cmath>
#include <vector>

/// Series made by hand, and gbm with known parameters.
namespace fxpool::testing {

/// Weekdays from Monday 5 January 2004 on, from a rate of 7.
inline calibrate::Series series_of(const std::vector<double>& moves) {
    calibrate::Series series;
    series.pair = "USDCNY";
    series.dates = {Date::of(2004, 1, 5)};
    series.rates = {7.0};
    series.moves = moves;
    for (const double move : moves) {
        series.rates.push_back(series.rates.back() * std::exp(move));
        auto next = series.dates.back() + 1;
        while (next.weekday() > 4) next = next + 1;
        series.dates.push_back(next);
    }
    series.dt = (series.dates.back() - series.dates.front()) / 365.0 / static_cast<double>(moves.size());
    return series;
}

inline const calibrate::Family& gbm() { return *calibrate::family_of("gbm"); }

/// Weekdays; `growth`: mean log move a year.
inline calibrate::Fit known_gbm(double volatility, double growth = 0) {
    calibrate::Fit fit;
    fit.dt = 7.0 / 5 / 365;
    const std::vector<double> coordinates = {std::log(volatility), growth};
    return gbm().at(fit, coordinates);
}

}  // namespace fxpool::testing
