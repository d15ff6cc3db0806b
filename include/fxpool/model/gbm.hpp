#pragma once

#include "fxpool/model/grid.hpp"
#include "fxpool/model/parameter.hpp"

#include <span>
#include <vector>

/// Geometric Brownian motion: d ln S = (mu - sigma^2/2) dt + sigma dW (Black and Scholes 1973; Garman and Kohlhagen 1983 for rates).
namespace fxpool {

struct GbmModel {
    static constexpr const char* name = "gbm";
    static constexpr bool has_trends = false;  ///< of some months
    static Message summary() { return say("constant volatility"); }

    DatedVolatility volatility{{{Date{}, 0.042}}, {}};
    DatedDrift drift{{{Date{}, 0}}, false};  ///< growth of the expectation: E[S(t)] = S(0) exp(drift t)

    void keys(auto&& key) {
        key("volatility", volatility, volatility_form(), by_default(),
            say("a year; or {2026-01-05: 3%, 2026-07-01: 6%}: from these dates on; or {quotes: {1M: 2.5%, 12M: 4.2%}}: implied volatilities"));
        key("drift", drift, growth_form(), by_default(),
            say("growth of the expected rate, a year; carry = the rate difference, so that the expectation is the forward; or steps by date"));
    }
};

/// What is normal in a model's day: log move = drift + volatility * shock.
struct NormalMoves {
    std::vector<double> drift;       ///< [0] is unused (0)
    std::vector<double> volatility;  ///< of the whole day's move, not a year; [0] is unused (0)
};

/// The days from `grid.first` on; those before are 0.
NormalMoves normal_moves(const GbmModel& model, const ModelGrid& grid);

ModelProblems problems_of(const GbmModel& model);

/// Total variance sigma^2 t to `years` of quoted implied volatilities: linear in time between the quotes, the nearest volatility outside.
double total_variance(const std::map<int, double>& quotes, double years);

/// The value on a date: the last whose date has come.
double value_on(const DatedValues& values, Date date);

}  // namespace fxpool
