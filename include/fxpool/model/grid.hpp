#pragma once

#include "fxpool/base/date.hpp"

#include <cstdint>
#include <vector>

namespace fxpool {

/// The business days that a model moves over, and what it needs of the market there.
struct ModelGrid {
    std::vector<Date> days;       ///< [0] carries the spot
    std::vector<double> dt;       ///< years Act/365 from the day before; [0] = 0
    std::vector<double> carry;    ///< ln F(0,t)/F(0,t-1) of the day; [0] = 0
    int first = 1;                ///< the first day that the model moves: later where the moves of a `path` come before it
    std::int32_t place = 0;       ///< the pair's place in the file: its draws hang on it
    std::int32_t shared = 0;      ///< place of the pair whose chain or row index it uses: its own, or the first that shares
    std::vector<double> history;  ///< cleaned log moves of the model's own history, oldest first; empty where it has none
    double history_dt = 0;        ///< mean step of these, years Act/365: calendar span / 365 / moves

    int size() const { return static_cast<int>(days.size()); }
    /// Mean step of the days, years Act/365: one row a business day.
    double mean_dt() const;
};

/// `moves` steps of `dt` years each and no carry: what calibration simulates on, one row a business day.
ModelGrid even_grid(int moves, double dt);

}  // namespace fxpool
