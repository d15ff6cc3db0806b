#pragma once

#include "fxpool/model/model.hpp"

#include <string>
#include <utility>
#include <vector>

/// Models with known parameters, near what fits of USDCNY and EURCNY give, to simulate samples from.
namespace fxpool::testing {

using Values = std::vector<std::pair<std::string, double>>;
struct Truth {
    Model model;
    Values values;  ///< its parameters, as a fit names them
};

inline Truth true_gbm() {
    GbmModel model;
    model.volatility.steps = {{Date{}, 0.042}};
    model.drift.steps = {{Date{}, -0.01}};
    return {model, {{"volatility", 0.042}, {"drift", -0.01}}};
}

inline Truth true_merton() {
    MertonModel model;
    model.volatility = 0.03;
    model.drift.rate = 0.01;
    model.jump_intensity = 20;
    model.jump_mean = 0.001;
    model.jump_volatility = 0.007;
    return {model, {{"volatility", 0.03}, {"drift", 0.01}, {"jump_intensity", 20}, {"jump_mean", 0.001}, {"jump_volatility", 0.007}}};
}

inline Truth true_regime() {
    RegimeModel model;
    model.states = {{.name = "calm", .volatility = 0.02, .drift = {.rate = -0.02}}, {.name = "stressed", .volatility = 0.06, .drift = {.rate = 0.05}}};
    model.generator = {{-6, 6}, {10, -10}};
    return {model,
            {{"states[0].volatility", 0.02},
             {"states[0].drift", -0.02},
             {"states[1].volatility", 0.06},
             {"states[1].drift", 0.05},
             {"generator[0][1]", 6},
             {"generator[1][0]", 10}}};
}

inline Truth true_regime_3() {
    RegimeModel model;
    model.states = {{.name = "calm", .volatility = 0.01, .drift = {.rate = -0.01}},
                    {.name = "normal", .volatility = 0.03, .drift = {.rate = 0}},
                    {.name = "stressed", .volatility = 0.09, .drift = {.rate = 0.05}}};
    model.generator = {{-6, 5, 1}, {6, -10, 4}, {2, 8, -10}};
    Truth truth{model, {}};
    for (int i = 0; i < 3; ++i) {
        const auto at = static_cast<std::size_t>(i);
        truth.values.emplace_back("states[" + std::to_string(i) + "].volatility", model.states[at].volatility);
        truth.values.emplace_back("states[" + std::to_string(i) + "].drift", model.states[at].drift.rate);
    }
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            if (i == j) continue;
            truth.values.emplace_back("generator[" + std::to_string(i) + "][" + std::to_string(j) + "]",
                                      model.generator[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]);
        }
    }
    return truth;
}

inline Truth true_garch(Residuals::Kind kind) {
    GarchModel model;
    model.omega = 1.5e-7;
    model.alpha = 0.08;
    model.gamma = -0.02;
    model.beta = 0.9;
    model.mean = 1e-5;
    model.residuals.kind = kind;
    Truth truth{model, {{"omega", 1.5e-7}, {"alpha", 0.08}, {"beta", 0.9}, {"gamma", -0.02}, {"mean", 1e-5}}};
    if (kind == Residuals::Kind::student) {
        std::get<GarchModel>(truth.model).residuals.df = 6;
        truth.values.emplace_back("df", 6);
    }
    return truth;
}

inline Truth true_heston() {
    HestonModel model;
    model.kappa = 6;
    model.theta = 0.0018;
    model.xi = 0.12;
    model.rho = 0;
    model.v0 = 0.0018;
    model.drift.rate = 0.01;
    return {model, {{"kappa", 6}, {"theta", 0.0018}, {"xi", 0.12}, {"drift", 0.01}}};
}

}  // namespace fxpool::testing
