#include "fxpool/model/heston.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {
namespace {

/// What of Andersen's scheme depends on the step's length only (his equations 33 and 34, both gammas 1/2).
struct StepConstants {
    double dt, decay, k1, k2, k34, a;
    double variance_of_v, variance_of_theta;  ///< Var[v'] = v * the one + the other

    StepConstants(const HestonStep& step, double length) : dt(length) {
        decay = std::exp(-step.kappa * dt);
        const double half = 0.5 * dt * (step.kappa * step.rho / step.xi - 0.5);
        k1 = half - step.rho / step.xi;
        k2 = half + step.rho / step.xi;
        k34 = 0.5 * dt * (1 - step.rho * step.rho);
        a = k2 + 0.5 * k34;
        const double xi2 = step.xi * step.xi;
        variance_of_v = xi2 * decay / step.kappa * (1 - decay);
        variance_of_theta = step.theta * xi2 / (2 * step.kappa) * (1 - decay) * (1 - decay);
    }
};

/// The next variance, and ln E[exp(a v')] given the last one.
struct NextVariance {
    double v, log_mean;
    bool has_mean;  ///< false where the expectation does not exist: then the martingale correction is left out
};

/// Years that are stepped at once: a weekend. The Spring Festival's ten days are stepped in pieces, for over them the variance wanders too far.
constexpr double longest_piece = 3 / 365.0;
constexpr double switch_at = 1.5;  ///< psi beyond which the variance is drawn from the exponential law (Andersen, section 3.2.3)

NextVariance next_variance(const HestonStep& step, const StepConstants& c, double v, double u) {
    const double mean = step.theta + (v - step.theta) * c.decay;
    const double psi = (v * c.variance_of_v + c.variance_of_theta) / (mean * mean);
    if (psi <= switch_at) {
        const double twice = 2 / psi;
        const double b2 = twice - 1 + std::sqrt(twice) * std::sqrt(twice - 1);
        const double scale = mean / (1 + b2);
        const double z = std::sqrt(b2) + normal_quantile(u);
        const double left = 1 - 2 * c.a * scale;
        return {scale * z * z, left > 0 ? c.a * b2 * scale / left - 0.5 * std::log(left) : 0, left > 0};
    }
    const double p = (psi - 1) / (psi + 1);
    const double beta = (1 - p) / mean;
    const bool exists = c.a < beta;
    return {u <= p ? 0 : std::log((1 - p) / (1 - u)) / beta, exists ? std::log(p + beta * (1 - p) / (beta - c.a)) : 0, exists};
}

}  // namespace

NormalMoves normal_moves(const HestonModel& model, const ModelGrid& grid) {
    GbmModel growth;
    growth.volatility.steps = {{Date{}, 0.0}};
    growth.drift = {{{Date{}, model.drift.rate}}, model.drift.carry};
    return normal_moves(growth, grid);
}

HestonStep step_of(const HestonModel& model, const ModelGrid& grid) {
    return {
        .place = grid.place, .first = grid.first, .dt = grid.dt, .v0 = model.v0, .kappa = model.kappa, .theta = model.theta, .xi = model.xi, .rho = model.rho};
}

void HestonStep::add(const StepDraws& draws, std::span<double> log_moves) const {
    double v = v0;
    StepConstants c(*this, 0);
    for (int day = first; day < static_cast<int>(log_moves.size()); ++day) {
        const auto t = static_cast<std::size_t>(day);
        const auto pieces = static_cast<std::uint32_t>(std::max(1.0, std::ceil(dt[t] / longest_piece - 1e-9)));
        const double length = dt[t] / pieces;
        if (length != c.dt) c = StepConstants(*this, length);
        double drift = 0, variance = 0;
        for (std::uint32_t piece = 0; piece < pieces; ++piece) {
            const auto next = next_variance(*this, c, v, draws.uniform(Purpose::variance, place, piece << 24U | static_cast<std::uint32_t>(day)));
            const double k0 = next.has_mean ? -next.log_mean - (c.k1 + 0.5 * c.k34) * v : -rho * kappa * theta * c.dt / xi;
            drift += k0 + c.k1 * v + c.k2 * next.v;
            variance += c.k34 * (v + next.v);
            v = next.v;
        }
        log_moves[t] += drift + std::sqrt(variance) * draws.shock(day);
    }
}

ModelProblems problems_of(const HestonModel& model) {
    ModelProblems problems;
    if (2 * model.kappa * model.theta < model.xi * model.xi) {
        problems.push_back({"xi", say("2 kappa theta is below xi squared (Feller): the variance touches 0 now and then; that is allowed"), false});
    }
    return problems;
}

}  // namespace fxpool
