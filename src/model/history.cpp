#include "fxpool/model/history.hpp"

#include <algorithm>

namespace fxpool {

std::size_t RowWalk::next(int day) {
    const auto index = static_cast<std::uint32_t>(day);
    const bool begins = !begun_ || draws_.uniform(Purpose::block, shared_, index) < restart_;
    begun_ = true;
    if (begins) {
        const double u = draws_.uniform(Purpose::row, shared_, index);
        row_ = std::min(static_cast<std::size_t>(u * static_cast<double>(rows_)), rows_ - 1);
    } else if (++row_ == rows_) {
        row_ = 0;
    }
    return row_;
}

}  // namespace fxpool
