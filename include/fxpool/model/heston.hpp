#pragma once

#include "fxpool/model/gbm.hpp"
#include "fxpool/model/step_draws.hpp"

/// Stochastic variance (Heston 1993): dv = kappa (theta - v) dt + xi sqrt(v) dW_v, corr(W_S, W_v) = rho. Stepped by the quadratic-exponential
/// scheme with martingale correction (Andersen 2008, "Simple and efficient simulation of the Heston stochastic volatility model").
namespace fxpool {

struct HestonModel {
    static constexpr const char* name = "heston";
    static constexpr bool has_trends = false;  ///< of some months
    static Message summary() { return say("volatility that wanders and returns to its mean"); }

    double v0 = 0.0016;  ///< variance a year at the start
    double kappa = 2;    ///< speed of return a year
    double theta = 0.0016;
    double xi = 0.1;
    double rho = 0;
    Drift drift;

    void keys(auto&& key) {
        key("v0", v0, factor_form(0, 25), needed("0.0018"), say("variance a year at the start (0.0018 is a volatility of 4.2 %)"));
        key("kappa", kappa, factor_above(0, 1000), needed("2.8"), say("speed at which the variance returns to its mean, a year"));
        key("theta", theta, factor_above(0, 25), needed("0.0018"), say("long-run variance a year"));
        key("xi", xi, factor_above(0, 10), needed("0.1"), say("volatility of the variance"));
        key("rho", rho, NumberForm{NumberForm::Unit::factor, -1, 1, true, true}, needed("0.2"), say("correlation of the rate's and the variance's shocks"));
        key("drift", drift, growth_form(), by_default(), say("growth of the expected rate, a year; carry = the rate difference"));
    }
};

/// Everything but the drift. The shock of the rate is the part that is independent of the variance's.
struct HestonStep {
    std::int32_t place = 0;
    int first = 1;
    std::vector<double> dt;
    double v0 = 0, kappa = 0, theta = 0, xi = 0, rho = 0;

    /// Adds to the log moves. Draws a day: variance. E[exp(move)] = 1 on every day, whatever came before.
    void add(const StepDraws& draws, std::span<double> log_moves) const;
    void fields(auto&& f) { f(place), f(first), f(dt), f(v0), f(kappa), f(theta), f(xi), f(rho); }
};

NormalMoves normal_moves(const HestonModel& model, const ModelGrid& grid);
HestonStep step_of(const HestonModel& model, const ModelGrid& grid);
ModelProblems problems_of(const HestonModel& model);

}  // namespace fxpool
