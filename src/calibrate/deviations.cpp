#include "deviations.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fxpool::calibrate {

std::vector<double> deviations_of(std::span<const double> series) {
    std::vector<double> deviations(series.begin(), series.end());
    const double mean = std::accumulate(series.begin(), series.end(), 0.0) / static_cast<double>(series.size());
    bool moves = false;
    for (double& deviation : deviations) {
        deviation -= mean;
        moves = moves || std::abs(deviation) > 1e-12 * std::abs(mean);
    }
    if (!moves) std::fill(deviations.begin(), deviations.end(), 0.0);
    return deviations;
}

double lagged_products(std::span<const double> x, std::size_t lag) {
    double sum = 0;
    for (std::size_t t = lag; t < x.size(); ++t) sum += x[t] * x[t - lag];
    return sum;
}

}  // namespace fxpool::calibrate
