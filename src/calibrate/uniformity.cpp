#include "fxpool/calibrate/uniformity.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fxpool::calibrate {

namespace {

std::vector<double> sorted_inside(std::span<const double> values) {
    constexpr double edge = 1e-12;
    std::vector<double> sorted(values.begin(), values.end());
    for (double& value : sorted) value = std::clamp(value, edge, 1 - edge);
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

}  // namespace

double kolmogorov_smirnov(std::span<const double> values) {
    const auto sorted = sorted_inside(values);
    const auto n = static_cast<double>(sorted.size());
    double distance = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const auto below = static_cast<double>(i);
        distance = std::max({distance, (below + 1) / n - sorted[i], sorted[i] - below / n});
    }
    return distance;
}

double kolmogorov_smirnov_tail(double distance, int n) {
    constexpr double pi = 3.14159265358979323846;
    const double t = std::sqrt(static_cast<double>(n)) * distance;
    if (t <= 0) return 1;
    if (t < 1) {  // the series of the distribution function, quick where the tail's is slow
        double sum = 0;
        for (int k = 1; k <= 19; k += 2) sum += std::exp(-k * k * pi * pi / (8 * t * t));
        return 1 - std::sqrt(2 * pi) / t * sum;
    }
    double tail = 0;
    for (int k = 1; k <= 10; ++k) tail += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * t * t);
    return tail;
}

double anderson_darling(std::span<const double> values) {
    if (values.empty()) return 0;
    const auto sorted = sorted_inside(values);
    double sum = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        sum += static_cast<double>(2 * i + 1) * (std::log(sorted[i]) + std::log1p(-sorted[sorted.size() - 1 - i]));
    }
    const auto n = static_cast<double>(sorted.size());
    return -n - sum / n;
}

double anderson_darling_tail(double a2) {
    const double z = a2;
    if (z <= 0) return 1;
    if (z < 2) {
        const double series = 2.00012 + (0.247105 - (0.0649821 - (0.0347962 - (0.0116720 - 0.00168691 * z) * z) * z) * z) * z;
        return 1 - std::exp(-1.2337141 / z) / std::sqrt(z) * series;
    }
    return -std::expm1(-std::exp(1.0776 - (2.30695 - (0.43424 - (0.082433 - (0.008056 - 0.0003146 * z) * z) * z) * z) * z));
}

}  // namespace fxpool::calibrate
