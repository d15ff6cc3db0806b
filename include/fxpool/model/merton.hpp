#pragma once

#include "fxpool/model/gbm.hpp"
#include "fxpool/model/step_draws.hpp"

/// Jump diffusion: gbm and a Poisson number of normal log jumps (Merton 1976, "Option pricing when underlying stock returns are
/// discontinuous"). A day's move is exact: no discretisation error.
namespace fxpool {

struct MertonModel {
    static constexpr const char* name = "merton";
    static constexpr bool has_trends = false;  ///< of some months
    static Message summary() { return say("constant volatility and jumps"); }

    double volatility = 0.04;  ///< a year, of the part without jumps
    Drift drift;               ///< growth of the expectation, jumps included
    double jump_intensity = 1;
    double jump_mean = 0;
    double jump_volatility = 0.01;

    void keys(auto&& key) {
        key("volatility", volatility, volatility_form(), needed("3.5%"), say("a year, between the jumps"));
        key("drift", drift, growth_form(), by_default(), say("growth of the expected rate, a year, jumps included; carry = the rate difference"));
        key("jump_intensity", jump_intensity, factor_form(0, 1000), needed("4"), say("jumps a year"));
        key("jump_mean", jump_mean, share_form(-1, 1), needed("0.2%"), say("mean of a jump of the log rate"));
        key("jump_volatility", jump_volatility, share_form(), needed("0.6%"), say("standard deviation of a jump of the log rate"));
    }

    /// E[exp(jump)] - 1: what a jump adds to the expectation.
    double mean_jump() const;
};

/// The jumps; drift and diffusion are NormalMoves.
struct MertonStep {
    std::int32_t place = 0;
    int first = 1;
    std::vector<double> expected;  ///< number of jumps of the day
    double jump_mean = 0, jump_volatility = 0;

    /// Adds the jumps to the log moves. Draws a day: jump_count; and jump_size where there is one.
    void add(const StepDraws& draws, std::span<double> log_moves) const;
    void fields(auto&& f) { f(place), f(first), f(expected), f(jump_mean), f(jump_volatility); }
};

NormalMoves normal_moves(const MertonModel& model, const ModelGrid& grid);
MertonStep step_of(const MertonModel& model, const ModelGrid& grid);
ModelProblems problems_of(const MertonModel& model);

}  // namespace fxpool
