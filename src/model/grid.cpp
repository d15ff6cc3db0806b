#include "fxpool/model/grid.hpp"

#include <cmath>
#include <numeric>

namespace fxpool {

double ModelGrid::mean_dt() const {
    if (dt.size() < 2) return 0;
    return std::accumulate(dt.begin() + 1, dt.end(), 0.0) / static_cast<double>(dt.size() - 1);
}

ModelGrid even_grid(int moves, double dt) {
    ModelGrid grid;
    for (int day = 0; day <= moves; ++day) {
        grid.days.push_back(Date{static_cast<std::int32_t>(std::lround(day * dt * 365))});
        grid.dt.push_back(day == 0 ? 0 : dt);
        grid.carry.push_back(0);
    }
    return grid;
}

}  // namespace fxpool
