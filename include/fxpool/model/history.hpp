#pragma once

#include "fxpool/model/parameter.hpp"
#include "fxpool/model/step_draws.hpp"

#include <span>

namespace fxpool {

/// The rates that a model draws from.
struct HistoryWindow {
    FileName file;
    std::optional<Date> from, to;  ///< first and last row; none: the file's
};

/// One row of a history for each day, in blocks of random length (the stationary bootstrap of Politis and Romano 1994): after row i
/// comes row i + 1, the first after the last, or with probability 1/mean_block any row.
class RowWalk {
  public:
    RowWalk(const StepDraws& draws, std::int32_t shared, std::size_t rows, double mean_block)
        : draws_(draws), shared_(shared), rows_(rows), restart_(1 / mean_block) {}

    /// The row of `day`; to be asked for day after day from day 1 on, so that pairs that begin on different days share the walk.
    /// Draws: block; and row where a block begins.
    std::size_t next(int day);

  private:
    const StepDraws& draws_;
    std::int32_t shared_;
    std::size_t rows_;
    double restart_;
    std::size_t row_ = 0;
    bool begun_ = false;
};

}  // namespace fxpool
