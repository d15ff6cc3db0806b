#include "fxpool/market/curve.hpp"

#include <cmath>
#include <iterator>

namespace fxpool {

double zero_rate(const ByTenor& curve, double years) {
    const auto tenor = [](const auto& pillar) { return pillar->first / 12.0; };
    auto after = curve.begin();
    while (after != curve.end() && tenor(after) < years) ++after;
    if (after == curve.begin()) return after->second;
    const auto before = std::prev(after);
    if (after == curve.end()) return before->second;
    const double share = (years - tenor(before)) / (tenor(after) - tenor(before));
    return before->second + share * (after->second - before->second);
}

ByTenor implied_foreign_curve(double spot, const ByTenor& swap_points, const ByTenor& domestic) {
    constexpr double pip = 1e-4;
    ByTenor foreign;
    for (const auto& [months, pips] : swap_points) {
        const double tau = months / 12.0;
        foreign[months] = zero_rate(domestic, tau) - std::log1p(pips * pip / spot) / tau;
    }
    return foreign;
}

std::vector<double> discount_factors(const ByTenor& curve, int longest_days) {
    std::vector<double> factors;
    for (int days = 0; days <= longest_days; ++days) {
        const double tau = days / 365.0;
        factors.push_back(std::exp(-zero_rate(curve, tau) * tau));
    }
    return factors;
}

std::vector<double> forward_factors(const ByTenor& domestic, const ByTenor& foreign, int longest_days) {
    std::vector<double> factors;
    for (int days = 0; days <= longest_days; ++days) {
        const double tau = days / 365.0;
        factors.push_back(std::exp((zero_rate(domestic, tau) - zero_rate(foreign, tau)) * tau));
    }
    return factors;
}

}  // namespace fxpool
