#pragma once

#include "fxpool/engine/prepared.hpp"

namespace fxpool {

/// The margin rate of a deal struck on `day`: that of the first rung whose end is not before its settlement date, the last rung's beyond.
inline double margin_rate_of(const Prepared& prepared, const DealTerms& deal, DayIndex day) {
    const auto& ends = prepared.pairs[deal.pair].rung_end;
    for (std::size_t rung = 0; rung < ends.size(); ++rung) {
        if (deal.settle_serial <= ends[rung][day]) return prepared.ladder.rates[rung];
    }
    return prepared.ladder.rates.back();
}

}  // namespace fxpool
