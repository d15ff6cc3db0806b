#pragma once

#include "fxpool/model/gbm.hpp"
#include "fxpool/model/step_draws.hpp"

/// Markov regimes: gbm whose volatility and drift are those of a hidden state that changes in continuous time (Hamilton 1989 for the
/// estimation; the chain's time in each state during a day is simulated exactly, so there is no discretisation error).
namespace fxpool {

struct RegimeState {
    std::string name;
    double volatility = 0;
    Drift drift;  ///< growth of the expectation while in the state

    void keys(auto&& key) {
        key("name", name, needed("calm"), say("as `start` names it"));
        key("volatility", volatility, volatility_form(), needed("2.8%"), say("a year, while in the state"));
        key("drift", drift, growth_form(), by_default(), say("growth of the expected rate a year while in the state; carry = the rate difference"));
    }
};

/// A square matrix of intensities a year: [i][j] from state i to j, the diagonal minus the sum of the others.
using Generator = std::vector<std::vector<double>>;

/// A state's name, or a probability for each state; neither: the long-run probabilities.
struct RegimeStart {
    std::string state;
    std::vector<double> probabilities;
};

struct RegimeModel {
    static constexpr const char* name = "regime";
    static constexpr bool has_trends = true;  ///< of some months
    static Message summary() { return say("calm and stressed states that last for months, each with a volatility and a drift of its own"); }

    std::vector<RegimeState> states;
    Generator generator;
    RegimeStart start;
    CarryOnly drift;  ///< carry: a daily shift that makes E[S(t)] = F(0,t) over all states

    void keys(auto&& key) {
        key("states", states, needed("[{name: calm, volatility: 2.8%, drift: -2%}, {name: stress, volatility: 6%, drift: 8%}]"), say("the states"));
        key("generator", generator, needed("[[-1, 1], [2, -2]]"), say("moves between the states a year, row by row; each row sums to 0"));
        key("start", start, absent("calm"), say("a state's name, or a probability for each state; without it the long-run probabilities"));
        key("drift", drift, absent("carry"), say("carry: a daily shift makes the expected rate the forward"));
    }

    /// Probabilities of the states at the start. Only of a model without problems.
    std::vector<double> start_probabilities() const;
};

struct RegimeStep {
    std::int32_t shared = 0;
    int first = 1;
    std::vector<double> dt, carry;
    std::vector<double> volatility, log_drift;  ///< by state, a year; log_drift: of ln S, without carry
    std::vector<std::uint8_t> carried;          ///< by state: its growth is the day's carry
    std::vector<double> generator;              ///< row-major
    std::vector<double> start;

    /// Adds to the log moves. Draws a path: chain, two a change of state (index 0: the first state).
    void add(const StepDraws& draws, std::span<double> log_moves) const;
    void fields(auto&& f) { f(shared), f(first), f(dt), f(carry), f(volatility), f(log_drift), f(carried), f(generator), f(start); }
};

NormalMoves normal_moves(const RegimeModel& model, const ModelGrid& grid);
RegimeStep step_of(const RegimeModel& model, const ModelGrid& grid);
ModelProblems problems_of(const RegimeModel& model);

/// Whether two pairs on these models share one chain: states of the same names, generator and start.
bool share_chain(const RegimeModel& a, const RegimeModel& b);

/// Long-run probabilities of a chain, or empty where they are not unique.
std::vector<double> long_run_probabilities(const Generator& generator);

}  // namespace fxpool
