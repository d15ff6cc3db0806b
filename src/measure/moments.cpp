#include "fxpool/measure/moments.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {

void Moments::add(double x) {
    ++n;
    const double delta = x - mean;
    mean += delta / static_cast<double>(n);
    squares += delta * (x - mean);
}

void Moments::merge(const Moments& other) {
    if (other.n == 0) return;
    if (n == 0) {
        *this = other;
        return;
    }
    const double all = static_cast<double>(n + other.n);
    const double delta = other.mean - mean;
    mean += delta * static_cast<double>(other.n) / all;
    squares += other.squares + delta * delta * static_cast<double>(n) * static_cast<double>(other.n) / all;
    n += other.n;
}

double Moments::standard_error() const { return n > 1 ? std::sqrt(variance() / static_cast<double>(n)) : 0; }

Estimate Moments::estimate() const {
    Estimate estimate;
    if (n == 0) return estimate;
    estimate.value = mean;
    if (n > 1) estimate.standard_error = standard_error();
    return estimate;
}

void RatioMoments::add(double numerator, double denominator) {
    ++n;
    x += denominator;
    y += numerator;
    xx += denominator * denominator;
    xy += denominator * numerator;
    yy += numerator * numerator;
}

void RatioMoments::merge(const RatioMoments& other) {
    n += other.n;
    x += other.x;
    y += other.y;
    xx += other.xx;
    xy += other.xy;
    yy += other.yy;
}

Estimate RatioMoments::estimate() const {
    Estimate estimate;
    if (x <= 0) {
        estimate.remark = "too few";
        return estimate;
    }
    const double ratio = y / x;
    const double residuals = std::max(yy - 2 * ratio * xy + ratio * ratio * xx, 0.0);
    estimate.value = ratio;
    estimate.standard_error = std::sqrt(residuals) / x;
    return estimate;
}

Estimate wilson(std::int64_t hits, std::int64_t trials) {
    Estimate estimate;
    if (trials == 0) return estimate;
    constexpr double z = 1.959963984540054;
    const auto n = static_cast<double>(trials);
    const double p = static_cast<double>(hits) / n;
    const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    estimate.value = p;
    estimate.low = hits == 0 ? 0 : std::max(centre - half, 0.0);
    estimate.high = hits == trials ? 1 : std::min(centre + half, 1.0);
    return estimate;
}

}  // namespace fxpool
