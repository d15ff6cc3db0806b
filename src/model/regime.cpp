#include "fxpool/model/regime.hpp"

#include "fxpool/model/matrix_exponential.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace fxpool {
namespace {

constexpr double sum_tolerance = 1e-9;
constexpr double most_changes = 1e4;  ///< a year; every one is drawn

std::vector<double> flat(const Generator& generator) {
    std::vector<double> entries;
    for (const auto& row : generator) entries.insert(entries.end(), row.begin(), row.end());
    return entries;
}

std::string shown(double value) {
    auto text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::vector<std::string> names_of(const RegimeModel& model) {
    std::vector<std::string> names;
    for (const auto& state : model.states) names.push_back(state.name);
    return names;
}

/// The entry at or below a uniform draw in a list of weights that sum to `total`.
std::size_t pick(std::span<const double> weights, double target, std::size_t leave_out) {
    std::size_t last = leave_out == 0 ? 1 : 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (i == leave_out || weights[i] <= 0) continue;
        last = i;
        if (target < weights[i]) return i;
        target -= weights[i];
    }
    return last;
}

/// ln E[exp(integral of the states' growth)] from the start to each day of the grid: the shift that `carry` takes away.
std::vector<double> log_growth(const RegimeModel& model, const ModelGrid& grid) {
    const auto states = model.states.size();
    std::vector<double> growth(grid.dt.size(), 0.0);
    auto weight = model.start_probabilities();
    for (auto t = static_cast<std::size_t>(grid.first); t < grid.dt.size(); ++t) {
        auto matrix = flat(model.generator);
        for (std::size_t i = 0; i < states; ++i) {
            const auto& drift = model.states[i].drift;
            matrix[i * states + i] += drift.carry ? grid.carry[t] / grid.dt[t] : drift.rate;
        }
        const auto step = matrix_exponential(matrix, states, grid.dt[t]);
        std::vector<double> next(states, 0.0);
        double sum = 0;
        for (std::size_t i = 0; i < states; ++i) {
            for (std::size_t j = 0; j < states; ++j) next[j] += weight[i] * step[i * states + j];
        }
        for (const double entry : next) sum += entry;
        for (double& entry : next) entry /= sum;
        growth[t] = std::log(sum);  // of the day
        weight = std::move(next);
    }
    return growth;
}

}  // namespace

std::vector<double> long_run_probabilities(const Generator& generator) {
    // pi Q = 0 and sum pi = 1: the last equation of the first set is replaced by the second
    const auto size = generator.size();
    double largest = 0;
    for (const auto& row : generator) {
        for (const double entry : row) largest = std::max(largest, std::abs(entry));
    }
    std::vector<std::vector<double>> rows(size, std::vector<double>(size + 1, 0.0));
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) rows[i][j] = i + 1 == size ? 1 : largest > 0 ? generator[j][i] / largest : 0;
    }
    rows[size - 1][size] = 1;
    for (std::size_t i = 0; i < size; ++i) {
        std::size_t best = i;
        for (std::size_t k = i + 1; k < size; ++k) {
            if (std::abs(rows[k][i]) > std::abs(rows[best][i])) best = k;
        }
        if (std::abs(rows[best][i]) < 1e-12) return {};
        std::swap(rows[i], rows[best]);
        for (std::size_t k = 0; k < size; ++k) {
            if (k == i) continue;
            const double factor = rows[k][i] / rows[i][i];
            for (std::size_t j = i; j <= size; ++j) rows[k][j] -= factor * rows[i][j];
        }
    }
    std::vector<double> probabilities;
    for (std::size_t i = 0; i < size; ++i) probabilities.push_back(std::max(rows[i][size] / rows[i][i], 0.0));
    return probabilities;
}

std::vector<double> RegimeModel::start_probabilities() const {
    if (!start.probabilities.empty()) return start.probabilities;
    if (start.state.empty()) return long_run_probabilities(generator);
    std::vector<double> probabilities(states.size(), 0.0);
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states[i].name == start.state) probabilities[i] = 1;
    }
    return probabilities;
}

NormalMoves normal_moves(const RegimeModel& model, const ModelGrid& grid) {
    NormalMoves moves{std::vector<double>(grid.dt.size()), std::vector<double>(grid.dt.size())};
    if (!model.drift.carry) return moves;
    const auto growth = log_growth(model, grid);
    for (auto t = static_cast<std::size_t>(grid.first); t < grid.dt.size(); ++t) moves.drift[t] = grid.carry[t] - growth[t];
    return moves;
}

RegimeStep step_of(const RegimeModel& model, const ModelGrid& grid) {
    RegimeStep step{.shared = grid.shared,
                    .first = grid.first,
                    .dt = grid.dt,
                    .carry = {},
                    .volatility = {},
                    .log_drift = {},
                    .carried = {},
                    .generator = flat(model.generator),
                    .start = model.start_probabilities()};
    for (const auto& state : model.states) {
        step.volatility.push_back(state.volatility);
        step.log_drift.push_back((state.drift.carry ? 0 : state.drift.rate) - state.volatility * state.volatility / 2);
        step.carried.push_back(state.drift.carry);
    }
    const bool any = std::any_of(step.carried.begin(), step.carried.end(), [](auto carried) { return carried != 0; });
    if (any) step.carry = grid.carry;
    return step;
}

void RegimeStep::add(const StepDraws& draws, std::span<double> log_moves) const {
    const auto states = volatility.size();
    std::uint32_t number = 0;
    const auto draw = [&] { return draws.uniform(Purpose::chain, shared, number++); };
    auto state = pick(start, draw(), states);
    // what is left of the stay in `state`, in years
    const auto stay = [&] {
        const double leave = -generator[state * states + state];
        const double u = draw();
        return leave > 0 ? -std::log(u) / leave : std::numeric_limits<double>::infinity();
    };
    double left = stay();
    for (int day = first; day < static_cast<int>(log_moves.size()); ++day) {
        const auto t = static_cast<std::size_t>(day);
        double open = dt[t], variance = 0, drift = 0;
        while (true) {
            const double time = std::min(open, left);
            variance += volatility[state] * volatility[state] * time;
            drift += log_drift[state] * time;
            if (carried[state]) drift += carry[t] * time / dt[t];
            if (left > open) break;
            open -= left;
            const auto row = std::span(generator).subspan(state * states, states);
            state = pick(row, draw() * -row[state], state);
            left = stay();
        }
        left -= open;
        log_moves[t] += drift + std::sqrt(variance) * draws.shock(day);
    }
}

ModelProblems problems_of(const RegimeModel& model) {
    ModelProblems problems;
    const auto states = model.states.size();
    const auto error = [&](std::string key, Message message) { problems.push_back({std::move(key), std::move(message)}); };
    const auto element = [](std::size_t i) { return "generator[" + std::to_string(i) + "]"; };

    std::set<std::string> names;
    for (std::size_t i = 0; i < states; ++i) {
        if (!names.insert(model.states[i].name).second)
            error("states[" + std::to_string(i) + "].name", say("two states are named '{0}'", model.states[i].name));
    }
    bool square = model.generator.size() == states;
    if (!square) error("generator", say("{0} states need {0} rows of {0} intensities; here are {1} rows", states, model.generator.size()));
    for (std::size_t i = 0; i < model.generator.size(); ++i) {
        const auto& row = model.generator[i];
        if (row.size() != states) {
            square = false;
            error(element(i), say("the row has {0} intensities, not one for each of {1} states", row.size(), states));
            continue;
        }
        double sum = 0, largest = 0;
        for (std::size_t j = 0; j < row.size(); ++j) {
            sum += row[j];
            largest = std::max(largest, std::abs(row[j]));
            if (i != j && row[j] > most_changes)
                error(element(i), say("an intensity of {0} a year is too high: the state would last less than an hour", shown(row[j])));
            if (i != j && row[j] < 0) error(element(i), say("an intensity is negative: {0}", shown(row[j])));
        }
        if (std::abs(sum) > sum_tolerance * std::max(1.0, largest)) {
            error(element(i), say("the row sums to {0}, not to 0: the diagonal is minus the sum of the others", shown(sum)));
        }
    }
    if (!model.start.probabilities.empty()) {
        double sum = 0;
        for (const double p : model.start.probabilities) sum += p;
        if (model.start.probabilities.size() != states) {
            error("start", say("{0} probabilities for {1} states", model.start.probabilities.size(), states));
        } else if (std::abs(sum - 1) > 1e-6) {
            error("start", say("the probabilities sum to {0}, not to 1", shown(sum)));
        }
    } else if (!model.start.state.empty()) {
        if (!names.contains(model.start.state)) error("start", say("no state is named '{0}'", model.start.state));
    } else if (square && problems.empty() && long_run_probabilities(model.generator).empty()) {
        error("start", say("the long-run probabilities are not unique: give a state's name, or probabilities"));
    }
    return problems;
}

bool share_chain(const RegimeModel& a, const RegimeModel& b) {
    return names_of(a) == names_of(b) && a.generator == b.generator && a.start.state == b.start.state && a.start.probabilities == b.start.probabilities;
}

}  // namespace fxpool
