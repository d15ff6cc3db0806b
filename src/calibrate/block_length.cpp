#include "fxpool/calibrate/block_length.hpp"
#include "deviations.hpp"
#include "fxpool/calibrate/variance_ratio.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fxpool::calibrate {

namespace {

/// Of lags 0 ... lags, over n.
std::vector<double> autocovariances(std::span<const double> series, int lags) {
    const auto deviations = deviations_of(series);
    std::vector<double> covariances;
    for (int lag = 0; lag <= lags; ++lag)
        covariances.push_back(lagged_products(deviations, static_cast<std::size_t>(lag)) / static_cast<double>(series.size()));
    return covariances;
}

/// The smallest lag after which `quiet` correlations lie within the bound, else the last beyond it; at least 1.
int memory_of(std::span<const double> covariances, int longest, int quiet, double bound) {
    int last_beyond = 0;
    for (int lag = 1; lag < static_cast<int>(covariances.size()); ++lag) {
        if (std::abs(covariances[static_cast<std::size_t>(lag)]) >= bound * covariances[0]) last_beyond = lag;
        if (lag - last_beyond == quiet) break;
    }
    return std::clamp(last_beyond, 1, longest);
}

}  // namespace

double politis_white_length(std::span<const double> series) {
    if (series.size() < 8) return 1;
    const auto n = static_cast<double>(series.size());
    const int quiet = std::max(5, static_cast<int>(std::ceil(std::sqrt(std::log10(n)))));
    const int longest = static_cast<int>(std::ceil(std::sqrt(n))) + quiet;
    const auto covariances = autocovariances(series, longest + quiet);
    if (covariances[0] <= 0) return 1;

    const int bandwidth = std::min(2 * memory_of(covariances, longest, quiet, 2 * std::sqrt(std::log10(n) / n)), longest);
    double slope = 0;                  // sum of |k| R(k), the paper's G
    double long_run = covariances[0];  // the spectrum at 0: sum of R(k)
    for (int k = 1; k <= bandwidth; ++k) {
        const double flat_top = std::min(1.0, 2 * (1 - static_cast<double>(k) / bandwidth));
        const double covariance = covariances[static_cast<std::size_t>(k)];
        slope += 2 * flat_top * k * covariance;
        long_run += 2 * flat_top * covariance;
    }
    const double most = std::ceil(std::min(3 * std::sqrt(n), n / 3));
    if (long_run == 0) return most;
    return std::clamp(std::cbrt(slope * slope / (long_run * long_run) * n), 1.0, most);  // (2 G^2 / D)^(1/3) n^(1/3), D = 2 g(0)^2
}

std::optional<double> shortest_block(std::span<const double> moves) {
    constexpr int quarter = 63, half_year = 126, least = 2 * half_year;
    if (moves.size() <= least) return std::nullopt;
    const auto near = variance_ratio(moves, quarter), far = variance_ratio(moves, half_year);
    const auto autocorrelations = circular_autocorrelations(moves, half_year - 1);
    const auto holds = [&](const VarianceRatio& history, int q, int block) {
        return std::abs(stationary_bootstrap_ratio_of(autocorrelations, q, block) - history.value) <= history.standard_error;
    };
    for (int block = 1; block <= static_cast<int>(moves.size() / 4); ++block) {
        if (holds(near, quarter, block) && holds(far, half_year, block)) return block;
    }
    return std::nullopt;
}

}  // namespace fxpool::calibrate
