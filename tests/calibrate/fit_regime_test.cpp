#include "fxpool/calibrate/hidden_chain.hpp"
#include "tests/calibrate/recovery.hpp"
#include "tests/support/planted.hpp"

#include <array>
#include <numbers>
#include <numeric>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

namespace {

const Family& regime() { return *family_of("regime"); }

FitOptions with_states(int states) {
    FitOptions options;
    options.states = states;
    return options;
}

/// A fit that stands at the truth.
Fit known_regime(const Truth& truth) {
    Fit fit;
    fit.dt = business_day;
    fit.model = truth.model;
    std::vector<double> coordinates;
    const auto& model = std::get<RegimeModel>(truth.model);
    for (const auto& state : model.states) {
        coordinates.push_back(std::log(state.volatility));
        coordinates.push_back((state.drift.rate - state.volatility * state.volatility / 2) / state.volatility);
    }
    for (std::size_t i = 0; i < model.states.size(); ++i) {
        for (std::size_t j = 0; j < model.states.size(); ++j) {
            if (i != j) coordinates.push_back(std::log(model.generator[i][j]));
        }
    }
    fit.parameters.resize(coordinates.size());
    return regime().at(fit, coordinates);
}

double normal_density(double x, double mean, double variance) {
    return std::exp(-0.5 * (x - mean) * (x - mean) / variance) / std::sqrt(2 * std::numbers::pi * variance);
}

}  // namespace

TEST_CASE("regime's likelihood is the sum over all ways the states can go", "[fit_regime]") {
    const auto fit = known_regime(true_regime());
    const auto& model = std::get<RegimeModel>(fit.model);
    const std::vector<double> moves = {0.001, -0.002, 0.006, -0.004, 0.0005};
    // two states: exp(Q dt) = long run + exp(-(a + b) dt) (1 - long run), with a = 6 and b = 10
    const double long_run_stressed = 6.0 / 16, left = std::exp(-16 * fit.dt);
    const auto transition = [&](int from, int to) {
        const double long_run = to == 1 ? long_run_stressed : 1 - long_run_stressed;
        return long_run + left * ((from == to ? 1 : 0) - long_run);
    };
    std::array<double, 2> ends{};
    for (int way = 0; way < 32; ++way) {
        double probability = 1;
        for (int day = 0; day < 5; ++day) {
            const int state = way >> day & 1;
            const auto& one = model.states[static_cast<std::size_t>(state)];
            const double variance = one.volatility * one.volatility;
            probability *= day == 0 ? (state == 1 ? long_run_stressed : 1 - long_run_stressed) : transition(way >> (day - 1) & 1, state);
            probability *= normal_density(moves[static_cast<std::size_t>(day)], (one.drift.rate - variance / 2) * fit.dt, variance * fit.dt);
        }
        ends[way >> 4 & 1] += probability;
    }
    CHECK(regime().log_likelihood(fit, fit.coordinates, moves) == Approx(std::log(ends[0] + ends[1])).epsilon(1e-10));
    const auto filtered = regime().filter(fit, moves);
    CHECK(filtered.log_likelihood == Approx(std::log(ends[0] + ends[1])).epsilon(1e-10));
    CHECK(filtered.weights[1] == Approx(long_run_stressed));  // before the first move
    CHECK(filtered.weights[11] == Approx(ends[1] / (ends[0] + ends[1])));
    CHECK(filtered.weights.size() == 12);
}

TEST_CASE("regime's transform of the first move is the long-run mixture's", "[fit_regime]") {
    const auto fit = known_regime(true_regime());
    const std::vector<double> moves = {0.002};
    const auto& states = std::get<RegimeModel>(fit.model).states;
    double below = 0;
    for (const auto& [share, one] : {std::pair{10.0 / 16, states[0]}, std::pair{6.0 / 16, states[1]}}) {
        const double mean = (one.drift.rate - one.volatility * one.volatility / 2) * fit.dt;
        below += share * normal_cdf((0.002 - mean) / (one.volatility * std::sqrt(fit.dt)));
    }
    CHECK(regime().filter(fit, moves).pit[0] == Approx(below));
}

TEST_CASE("regime's states stand by volatility and its anchors start in each", "[fit_regime]") {
    const auto series = series_of(simulated(true_regime().model, 2000, 21, 1));
    const auto fit = regime().fit(series, with_states(2));
    REQUIRE(!fit.failure);
    const auto& model = std::get<RegimeModel>(fit.model);
    CHECK(model.states[0].name == "calm");
    CHECK(model.states[1].name == "stressed");
    CHECK(model.states[0].volatility < model.states[1].volatility);
    CHECK(problems_of(fit.model).empty());
    CHECK(problems_of(fit.long_run).empty());
    CHECK(std::accumulate(model.start.probabilities.begin(), model.start.probabilities.end(), 0.0) == Approx(1));
    CHECK(std::get<RegimeModel>(fit.long_run).start.probabilities.empty());
    const auto anchors = regime().anchors(fit);
    REQUIRE(anchors.size() == 2);
    CHECK(std::get<RegimeModel>(anchors[1]).start.state == "stressed");
    // at() keeps the start
    CHECK(std::get<RegimeModel>(regime().at(fit, fit.coordinates).model).start.probabilities == model.start.probabilities);
    CHECK(fit.parameters[5].name == "generator[1][0]");
}

TEST_CASE("regime recovers the parameters of samples it was simulated from", "[fit_regime][statistical]") {
    // ln of the estimated volatilities spreads by 2.0 % and 2.5 %: their means over 40 samples by 0.3 % and 0.4 %: the planted
    // bias is one of 10 %
    const auto recovery = recover(true_regime(), 40, 2500, 22, with_states(2));
    check_recovery(recovery);
    CHECK(planted(std::exp(of(recovery, "states[0].volatility").bias()), 0.1) == Approx(1).margin(5 * 0.004));
    CHECK(planted(std::exp(of(recovery, "states[1].volatility").bias()), 0.1) == Approx(1).margin(5 * 0.004));
}

TEST_CASE("regime of three states recovers them", "[fit_regime]") { check_recovery(recover(true_regime_3(), 20, 2500, 23, with_states(3))); }

TEST_CASE("an intensity that the sample never shows is left out", "[fit_regime]") {
    auto truth = true_regime_3();
    auto& model = std::get<RegimeModel>(truth.model);
    model.generator = {{-5, 5, 0}, {6, -10, 4}, {0, 8, -8}};
    int left_out = 0, fitted = 0;
    for (int sample = 0; sample < 6; ++sample) {
        const auto fit = regime().fit(series_of(simulated(truth.model, 2500, 24, sample)), with_states(3));
        if (fit.failure) continue;
        ++fitted;
        int zeros = 0;
        for (const auto& parameter : fit.parameters) {
            if (parameter.status != Parameter::Status::at_floor) continue;
            ++zeros;
            CHECK(parameter.value == 0);
            CHECK(!parameter.standard_error);
        }
        CHECK(fit.coordinates.size() == 12 - static_cast<std::size_t>(zeros));
        CHECK(fit.notes.size() == static_cast<std::size_t>(zeros));
        CHECK(problems_of(fit.model).empty());
        left_out += zeros;
    }
    CHECK(fitted >= 5);
    CHECK(left_out >= 3);
}

TEST_CASE("a peg ends on the volatility's floor, and the fit says so", "[fit_regime]") {
    auto moves = simulated(true_gbm().model, 1500, 25, 0);
    for (std::size_t i = 0; i < moves.size(); ++i) moves[i] *= i / 150 % 2 == 0 ? 1 : 1e-4;  // pegged and free by turns
    const auto fit = regime().fit(series_of(moves), with_states(2));
    REQUIRE(!fit.failure);
    CHECK(fit.parameters[0].value == Approx(0.0005));
    CHECK(fit.parameters[0].status == Parameter::Status::at_floor);
    CHECK(fit.parameters[2].value == Approx(0.042).epsilon(0.1));
    REQUIRE(fit.notes.size() == 1);
    CHECK(render(fit.notes[0], Language::en).starts_with("states[0].volatility stands at its floor of 0.05 % a year"));
    CHECK(regime().log_likelihood(fit, fit.coordinates, moves) == Approx(*fit.log_likelihood));
}

TEST_CASE("a state that a sample leaves for good is a failure", "[fit_regime]") {
    auto moves = simulated(true_gbm().model, 1000, 26, 0);
    for (std::size_t i = 0; i < 500; ++i) moves[i] *= 0.1;
    const auto fit = regime().fit(series_of(moves), with_states(2));
    // one change only: the way back is as rare as the long-run start allows, and its error says so; or it is refused
    if (!fit.failure) CHECK(*fit.parameters[5].standard_error > fit.parameters[5].value / 2);
}
