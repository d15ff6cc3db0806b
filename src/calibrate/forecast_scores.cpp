#include "fxpool/calibrate/forecast_scores.hpp"
#include "deviations.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool::calibrate {

namespace {

/// The integral of a squared line over `width`, from its values at both ends.
double squared_line(double width, double from, double to) { return width * (from * from + from * to + to * to) / 3; }

}  // namespace

double crps(std::span<const double> x, std::span<const double> cdf, double outcome) {
    if (x.empty()) return 0;
    double score = std::max(x.front() - outcome, 0.0) + std::max(outcome - x.back(), 0.0);
    for (std::size_t i = 1; i < x.size(); ++i) {
        const double width = x[i] - x[i - 1];
        if (width <= 0) continue;
        if (outcome <= x[i - 1]) {
            score += squared_line(width, cdf[i - 1] - 1, cdf[i] - 1);
        } else if (outcome >= x[i]) {
            score += squared_line(width, cdf[i - 1], cdf[i]);
        } else {
            const double there = cdf[i - 1] + (cdf[i] - cdf[i - 1]) * (outcome - x[i - 1]) / width;
            score += squared_line(outcome - x[i - 1], cdf[i - 1], there) + squared_line(x[i] - outcome, there - 1, cdf[i] - 1);
        }
    }
    return score;
}

double quantile(std::span<const double> x, std::span<const double> cdf, double p) {
    const auto place = static_cast<std::size_t>(std::lower_bound(cdf.begin(), cdf.end(), p) - cdf.begin());
    if (place == 0) return x.front();
    if (place == cdf.size()) return x.back();
    return x[place - 1] + (x[place] - x[place - 1]) * (p - cdf[place - 1]) / (cdf[place] - cdf[place - 1]);
}

double newey_west_error(std::span<const double> series, int lags) {
    if (series.empty()) return 0;
    const auto deviations = deviations_of(series);
    const auto n = static_cast<double>(series.size());
    double variance = 0;
    for (int j = 0; j <= lags && j < static_cast<int>(series.size()); ++j) {
        const double weight = 1 - static_cast<double>(j) / (lags + 1);
        variance += (j == 0 ? 1 : 2) * weight * lagged_products(deviations, static_cast<std::size_t>(j)) / n;
    }
    return std::sqrt(std::max(variance, 0.0) / n);
}

}  // namespace fxpool::calibrate
