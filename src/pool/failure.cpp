#include "fxpool/pool/failure.hpp"

#include "fxpool/base/random.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool::pool {

double hazard(double pd) { return -std::log1p(-pd); }

double clock_step(double beta, double move, double dt) {
    constexpr double furthest = 500;  // e^500 fails every firm at once, and a sum of such steps is still a number
    return beta == 0 ? dt : std::exp(std::min(beta * move / move_scale, furthest)) * dt;
}

double firm_factor(double correlation, double sector_loading, double common, double sector, double own) {
    const double systematic = std::sqrt(sector_loading) * common + std::sqrt(1 - sector_loading) * sector;
    return std::sqrt(correlation) * systematic + std::sqrt(1 - correlation) * own;
}

double insolvency_threshold(double x) { return -std::log(normal_cdf(-x)); }

double order_loss_probability(double base, double beta, double side, double move, double correlation, double common) {
    if (base <= 0 || base >= 1) return base;
    double moved = base;
    if (beta != 0) {
        const double logit = std::log(base / (1 - base)) + beta * side * move / move_scale;
        moved = 1 / (1 + std::exp(-logit));
    }
    if (correlation == 0 || moved <= 0 || moved >= 1) return moved;
    return normal_cdf((normal_quantile(moved) - std::sqrt(correlation) * common) / std::sqrt(1 - correlation));
}

bool walks_away(double side, double spot, double contract_rate, double threshold) { return side * (spot - contract_rate) / contract_rate > threshold; }

}  // namespace fxpool::pool
