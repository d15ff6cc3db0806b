#include "fxpool/calibrate/variance_ratio.hpp"
#include "deviations.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fxpool::calibrate {

namespace {

/// The variance of a ratio's value under a random walk of uncorrelated moves of any changing variance: sum of (2 (q - j) / q)^2 delta_j.
double robust_null_variance(std::span<const double> deviations, int q, double squares) {
    double variance = 0;
    for (int j = 1; j < q; ++j) {
        double products = 0;
        for (auto k = static_cast<std::size_t>(j); k < deviations.size(); ++k) {
            const double product = deviations[k] * deviations[k - static_cast<std::size_t>(j)];
            products += product * product;
        }
        const double weight = 2.0 * (q - j) / q;
        variance += weight * weight * products / (squares * squares);
    }
    return variance;
}

}  // namespace

VarianceRatio variance_ratio(std::span<const double> moves, int q) {
    if (q < 2 || moves.size() <= static_cast<std::size_t>(q)) return {};
    const auto deviations = deviations_of(moves);
    const double squares = lagged_products(deviations, 0);
    if (squares <= 0) return {};

    double sum = std::accumulate(deviations.begin(), deviations.begin() + q, 0.0);
    double sums_squared = sum * sum;
    for (auto k = static_cast<std::size_t>(q); k < deviations.size(); ++k) {
        sum += deviations[k] - deviations[k - static_cast<std::size_t>(q)];
        sums_squared += sum * sum;
    }
    const auto n = static_cast<double>(moves.size());
    const double m = q * (n - q + 1) * (1 - q / n);
    const double value = sums_squared / m / (squares / (n - 1));
    return {value, std::sqrt(robust_null_variance(deviations, q, squares)) * value};
}

std::vector<double> circular_autocorrelations(std::span<const double> moves, int lags) {
    std::vector<double> correlations(static_cast<std::size_t>(lags) + 1, 0.0);
    correlations[0] = 1;
    if (moves.empty()) return correlations;
    const auto deviations = deviations_of(moves);
    const auto n = deviations.size();
    const double squares = lagged_products(deviations, 0);
    if (squares <= 0) return correlations;
    for (std::size_t j = 1; j < correlations.size(); ++j) {
        const std::size_t shift = j % n;
        double products = 0;
        for (std::size_t k = 0; k + shift < n; ++k) products += deviations[k] * deviations[k + shift];
        for (std::size_t k = n - shift; k < n; ++k) products += deviations[k] * deviations[k + shift - n];
        correlations[j] = products / squares;
    }
    return correlations;
}

double stationary_bootstrap_ratio_of(std::span<const double> autocorrelations, int q, double mean_block) {
    const double same_block = 1 - 1 / mean_block;
    double together = 1;
    double ratio = 1;
    for (int j = 1; j < q; ++j) {
        together *= same_block;
        ratio += 2 * (1 - static_cast<double>(j) / q) * together * autocorrelations[static_cast<std::size_t>(j)];
    }
    return ratio;
}

double stationary_bootstrap_variance_ratio(std::span<const double> moves, int q, double mean_block) {
    return stationary_bootstrap_ratio_of(circular_autocorrelations(moves, std::max(q - 1, 0)), q, mean_block);
}

}  // namespace fxpool::calibrate
