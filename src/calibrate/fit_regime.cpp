#include "coordinates.hpp"
#include "family_list.hpp"
#include "fxpool/base/number.hpp"
#include "fxpool/base/random.hpp"
#include "fxpool/calibrate/hidden_chain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

// regime by maximum likelihood: the filter of Hamilton (1989), a day's transition being the matrix exponential of generator * dt, the first
// day's state from the long-run probabilities. In the likelihood states change at the days' ends, in the model's step within the day: on a
// day of a change, one in (stay in days), the variance is mixed instead of one or the other. That is of order dt.
//
// Coordinates, in the order of the model's keys: for each state ln volatility and mean log move a year over volatility; then ln intensity,
// row by row. States stand by volatility, lowest first.
namespace fxpool::calibrate {
namespace {

/// Intensities a year: beyond the highest a state lasts half a day; below the lowest a sample of 20 years sees no change.
constexpr double highest_intensity = 500, lowest_intensity = 0.01;
/// ln of an intensity that was set to 0.
constexpr double ln_of_none = -50;
/// An intensity whose removal costs less log-likelihood than this is set to 0.
constexpr double no_loss = 0.02;

using Size = std::size_t;

Size intensity_slot(Size states, Size from, Size to) { return 2 * states + from * (states - 1) + (to < from ? to : to - 1); }

struct Law {
    std::vector<double> volatility, mean;  ///< a year; of the log move
    std::vector<double> generator;         ///< row-major
};

Law law_of(std::span<const double> all, Size states) {
    Law law{{}, {}, std::vector<double>(states * states, 0.0)};
    for (Size i = 0; i < states; ++i) {
        law.volatility.push_back(std::exp(all[2 * i]));
        law.mean.push_back(all[2 * i + 1] * law.volatility[i]);
        for (Size j = 0; j < states; ++j) {
            if (i == j) continue;
            const double logarithm = all[intensity_slot(states, i, j)];
            const double intensity = logarithm <= ln_of_none ? 0 : std::exp(logarithm);
            law.generator[i * states + j] = intensity;
            law.generator[i * states + i] -= intensity;
        }
    }
    return law;
}

/// Without a start.
RegimeModel model_of(const Law& law) {
    const auto states = law.volatility.size();
    constexpr std::array two = {"calm", "stressed"};
    constexpr std::array three = {"calm", "normal", "stressed"};
    RegimeModel model;
    for (Size i = 0; i < states; ++i) {
        const double sigma = law.volatility[i];
        model.states.push_back({.name = states == 2 ? two[i] : three[i], .volatility = sigma, .drift = {.rate = law.mean[i] + sigma * sigma / 2}});
        const auto row = law.generator.begin() + static_cast<std::ptrdiff_t>(i * states);
        model.generator.emplace_back(row, row + static_cast<std::ptrdiff_t>(states));
    }
    return model;
}

std::vector<double> coordinates_of(const RegimeModel& model) {
    const auto states = model.states.size();
    std::vector<double> all;
    for (const auto& state : model.states) {
        all.push_back(std::log(state.volatility));
        all.push_back((state.drift.rate - state.volatility * state.volatility / 2) / state.volatility);
    }
    for (Size i = 0; i < states; ++i) {
        for (Size j = 0; j < states; ++j) {
            if (i != j) all.push_back(model.generator[i][j] > 0 ? std::log(model.generator[i][j]) : ln_of_none);
        }
    }
    return all;
}

/// Normal density of every move in every state, [move * states + state].
std::vector<double> densities_of(const Law& law, double dt, std::span<const double> moves) {
    const auto states = law.volatility.size();
    std::vector<double> peak, mean, half;
    for (Size s = 0; s < states; ++s) {
        const double variance = law.volatility[s] * law.volatility[s] * dt;
        peak.push_back(1 / std::sqrt(2 * std::numbers::pi * variance));
        mean.push_back(law.mean[s] * dt);
        half.push_back(-0.5 / variance);
    }
    std::vector<double> densities(moves.size() * states);
    for (Size t = 0; t < moves.size(); ++t) {
        for (Size s = 0; s < states; ++s) {
            const double away = moves[t] - mean[s];
            densities[t * states + s] = peak[s] * std::exp(half[s] * away * away);
        }
    }
    return densities;
}

HiddenChain chain_of(const Law& law, double dt) {
    const int states = static_cast<int>(law.volatility.size());
    return {.states = states, .transition = transition_of(law.generator, states, dt), .start = stationary(law.generator, states)};
}

double log_likelihood_of(std::span<const double> all, Size states, double dt, std::span<const double> moves) {
    const auto law = law_of(all, states);
    return filter(chain_of(law, dt), densities_of(law, dt, moves));
}

// The search begins with the EM algorithm of Baum et al. (1970) on a daily transition matrix: cheap, and never far off.

/// A chain by day: what the EM algorithm iterates.
struct DailyChain {
    std::vector<double> mean, variance, transition;
    double log_likelihood = 0;
};

/// The chain that fits these probabilities of the states, [move * states + state], and counts of changes.
DailyChain chain_from(std::span<const double> moves, std::span<const double> probabilities, std::vector<double> changes, double floor) {
    const auto count = moves.size();
    const auto states = probabilities.size() / count;
    DailyChain chain{std::vector<double>(states, 0.0), std::vector<double>(states, 0.0), std::move(changes)};
    for (Size s = 0; s < states; ++s) {
        double weight = 1e-12, sum = 0, squares = 0;
        for (Size t = 0; t < count; ++t) {
            weight += probabilities[t * states + s];
            sum += probabilities[t * states + s] * moves[t];
        }
        chain.mean[s] = sum / weight;
        for (Size t = 0; t < count; ++t) squares += probabilities[t * states + s] * (moves[t] - chain.mean[s]) * (moves[t] - chain.mean[s]);
        chain.variance[s] = std::max(squares / weight, floor);
        double row = 0;
        for (Size j = 0; j < states; ++j) row += chain.transition[s * states + j] += 1e-6;
        for (Size j = 0; j < states; ++j) chain.transition[s * states + j] /= row;
    }
    return chain;
}

/// One step: forwards and backwards over the moves.
DailyChain improved(DailyChain chain, std::span<const double> moves, double floor) {
    const auto states = chain.mean.size(), count = moves.size();
    Law law{{}, chain.mean, {}};
    for (const double variance : chain.variance) law.volatility.push_back(std::sqrt(variance));
    const auto densities = densities_of(law, 1, moves);
    std::vector<double> after, predicted;
    const HiddenChain hidden{
        .states = static_cast<int>(states), .transition = chain.transition, .start = stationary(chain.transition, static_cast<int>(states))};
    const double log_likelihood = filter(hidden, densities, &after, &predicted);
    if (!std::isfinite(log_likelihood)) {
        chain.log_likelihood = log_likelihood;
        return chain;
    }

    // smoothed probabilities from the last day back: p(s | all) = p(s | until t) sum over j of transition(s, j) p(j | all) / p(j | before)
    std::vector<double> changes(states * states, 0.0), smoothed = after, ratio(states);
    for (Size t = count - 1; t > 0; --t) {
        for (Size j = 0; j < states; ++j) ratio[j] = predicted[t * states + j] > 0 ? smoothed[t * states + j] / predicted[t * states + j] : 0;
        for (Size i = 0; i < states; ++i) {
            double back = 0;
            for (Size j = 0; j < states; ++j) {
                const double both = after[(t - 1) * states + i] * chain.transition[i * states + j] * ratio[j];
                changes[i * states + j] += both;
                back += both;
            }
            smoothed[(t - 1) * states + i] = back;
        }
    }
    auto next = chain_from(moves, smoothed, std::move(changes), floor);
    next.log_likelihood = log_likelihood;
    return next;
}

/// States by how far the moves of the days around stray, cut at these quantiles.
DailyChain first_guess(std::span<const double> moves, Size states, Size half_window, std::span<const double> quantiles, double floor) {
    const auto count = moves.size();
    const double centre = mean_of(moves);
    std::vector<double> sums{0.0}, stray;
    for (const double move : moves) sums.push_back(sums.back() + std::abs(move - centre));
    for (Size t = 0; t < count; ++t) {
        const Size first = t < half_window ? 0 : t - half_window, last = std::min(t + half_window + 1, count);
        stray.push_back((sums[last] - sums[first]) / static_cast<double>(last - first));
    }
    auto sorted = stray;
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> probabilities(count * states, 0.0), changes(states * states, 0.5);
    Size before = 0;
    for (Size t = 0; t < count; ++t) {
        Size state = 0;
        for (const double quantile : quantiles) state += stray[t] > sorted[static_cast<Size>(quantile * static_cast<double>(count - 1))];
        probabilities[t * states + state] = 1;
        if (t > 0) changes[before * states + state] += 1;
        before = state;
    }
    return chain_from(moves, probabilities, std::move(changes), floor);
}

/// The best chain that EM finds from several guesses: long and short windows, wide and narrow cuts.
DailyChain best_chain(std::span<const double> moves, Size states, double floor) {
    const std::vector<std::vector<double>> cuts = states == 2 ? std::vector<std::vector<double>>{{0.5}, {0.75}, {0.92}}
                                                              : std::vector<std::vector<double>>{{0.33, 0.67}, {0.5, 0.85}, {0.3, 0.9}, {0.65, 0.95}};
    std::vector<DailyChain> chains;
    for (const Size half_window : {Size{15}, Size{2}}) {
        for (const auto& quantiles : cuts) {
            auto chain = first_guess(moves, states, half_window, quantiles, floor);
            for (int i = 0; i < 25; ++i) chain = improved(std::move(chain), moves, floor);
            chains.push_back(std::move(chain));
        }
    }
    const auto higher = [](const auto& a, const auto& b) { return a.log_likelihood > b.log_likelihood; };
    std::sort(chains.begin(), chains.end(), higher);
    chains.resize(2);
    for (auto& chain : chains) {
        for (int i = 0; i < 200; ++i) {
            const double before = chain.log_likelihood;
            chain = improved(std::move(chain), moves, floor);
            if (chain.log_likelihood - before < 1e-3) break;
        }
    }
    return chains[0].log_likelihood >= chains[1].log_likelihood ? chains[0] : chains[1];
}

std::vector<double> coordinates_of(const DailyChain& chain, double dt) {
    const auto states = chain.mean.size();
    std::vector<double> all;
    for (Size i = 0; i < states; ++i) {
        all.push_back(0.5 * std::log(chain.variance[i] / dt));
        all.push_back(chain.mean[i] / std::sqrt(chain.variance[i] * dt));
    }
    for (Size i = 0; i < states; ++i) {
        // exact for two states but for a factor 1 + O(dt): leaving a day with probability p is an intensity of -ln(1 - p)/dt
        const double leave = 1 - chain.transition[i * states + i];
        const double stretch = -std::log(std::max(1 - leave, 1e-3)) / std::max(leave, 1e-12);
        for (Size j = 0; j < states; ++j) {
            if (i != j) all.push_back(std::log(std::max(chain.transition[i * states + j], 1e-9) * stretch / dt));
        }
    }
    return all;
}

std::vector<double> by_volatility(std::span<const double> all, Size states) {
    std::vector<Size> order;
    for (Size i = 0; i < states; ++i) order.push_back(i);
    std::sort(order.begin(), order.end(), [&](Size a, Size b) { return all[2 * a] < all[2 * b]; });
    std::vector<double> sorted;
    for (const Size i : order) {
        sorted.push_back(all[2 * i]);
        sorted.push_back(all[2 * i + 1]);
    }
    for (Size i = 0; i < states; ++i) {
        for (Size j = 0; j < states; ++j) {
            if (i != j) sorted.push_back(all[intensity_slot(states, order[i], order[j])]);
        }
    }
    return sorted;
}

/// Whether every state can be reached from every other.
bool connected(std::span<const double> all, Size states) {
    for (Size from = 0; from < states; ++from) {
        std::vector<bool> reached(states, false);
        reached[from] = true;
        for (Size round = 1; round < states; ++round) {
            for (Size i = 0; i < states; ++i) {
                for (Size j = 0; j < states; ++j) {
                    if (i != j && reached[i] && all[intensity_slot(states, i, j)] > ln_of_none) reached[j] = true;
                }
            }
        }
        if (std::find(reached.begin(), reached.end(), false) != reached.end()) return false;
    }
    return true;
}

/// The intensity that the data miss least, if they hardly miss it and its removal leaves the states connected.
std::optional<Size> idle_intensity(const Likelihood& f, const Maximum& maximum, const Space& space, Size states) {
    std::optional<Size> idle;
    double least = no_loss;
    for (Size slot = 2 * states; slot < space.held.size(); ++slot) {
        if (space.held[slot] || maximum.at[slot] > std::log(1.0)) continue;  // one a year or more is seen
        auto without = maximum.at;
        without[slot] = ln_of_none;
        if (!connected(without, states)) continue;
        const double loss = maximum.value - f(without);
        if (loss < least) {
            least = loss;
            idle = slot;
        }
    }
    return idle;
}

/// The search from `start`. What ends at a floor (a volatility, or an intensity at 0) stays there while the rest is sought again.
Maximum search(const Likelihood& f, std::span<const double> start, Space& space, Size states) {
    space.start_from(start);
    auto maximum = climb(f, space);
    const auto again = [&] {
        for (Size i = 0; i < space.held.size(); ++i) {
            if (!space.held[i]) space.ranges[i].start = maximum.at[i];
        }
        maximum = climb(f, space);
    };
    bool floored = false;
    for (Size i = 0; i < states; ++i) {
        if (maximum.at[2 * i] < space.ranges[2 * i].low + 1e-3) {
            space.hold(2 * i, space.ranges[2 * i].low);
            floored = true;
        }
    }
    if (floored) again();
    while (const auto idle = states > 2 ? idle_intensity(f, maximum, space, states) : std::nullopt) {
        space.hold(*idle, ln_of_none);
        again();
    }
    return maximum;
}

std::string element(const char* list, Size i, const char* key) { return list + ("[" + std::to_string(i) + "]") + key; }

/// Names, scales and what is held; the values come from `at`.
std::vector<Parameter> parameters_of(const std::vector<bool>& held, Size states) {
    std::vector<Parameter> parameters;
    const auto add = [&](std::string name, Parameter::Scale scale) {
        const bool at_floor = held[parameters.size()];
        parameters.push_back({.name = std::move(name), .status = at_floor ? Parameter::Status::at_floor : Parameter::Status::estimated, .scale = scale});
    };
    for (Size i = 0; i < states; ++i) {
        add(element("states", i, ".volatility"), Parameter::Scale::log);
        add(element("states", i, ".drift"), Parameter::Scale::plain);
    }
    for (Size i = 0; i < states; ++i) {
        for (Size j = 0; j < states; ++j) {
            if (i != j) add(element("generator", i, "") + "[" + std::to_string(j) + "]", Parameter::Scale::log);
        }
    }
    return parameters;
}

std::vector<bool> held_in(const Fit& fit) {
    std::vector<bool> held;
    for (const auto& parameter : fit.parameters) held.push_back(parameter.status != Parameter::Status::estimated);
    return held;
}

std::vector<double> all_of(const Fit& fit, std::span<const double> free) {
    return with_free(coordinates_of(std::get<RegimeModel>(fit.model)), held_in(fit), free);
}

Size states_in(const Fit& fit) { return std::get<RegimeModel>(fit.model).states.size(); }

double regime_log_likelihood(const Fit& fit, std::span<const double> coordinates, std::span<const double> moves) {
    return log_likelihood_of(all_of(fit, coordinates), states_in(fit), fit.dt, moves);
}

Fit regime_at(const Fit& fit, std::span<const double> coordinates) {
    const auto states = states_in(fit);
    const auto law = law_of(all_of(fit, coordinates), states);
    auto model = model_of(law);
    auto at = fit;
    at.coordinates.assign(coordinates.begin(), coordinates.end());
    Size next = 0;
    for (const auto& state : model.states) {
        at.parameters[next++].value = state.volatility;
        at.parameters[next++].value = state.drift.rate;
    }
    for (Size i = 0; i < states; ++i) {
        for (Size j = 0; j < states; ++j) {
            if (i != j) at.parameters[next++].value = model.generator[i][j];
        }
    }
    at.long_run = model;
    model.start = std::get<RegimeModel>(fit.model).start;
    at.model = std::move(model);
    return at;
}

Filtered regime_filter(const Fit& fit, std::span<const double> moves) {
    const auto states = states_in(fit);
    const auto law = law_of(all_of(fit, fit.coordinates), states);
    const auto chain = chain_of(law, fit.dt);
    std::vector<double> after, predicted;
    Filtered filtered;
    filtered.anchors = static_cast<int>(states);
    filtered.log_likelihood = filter(chain, densities_of(law, fit.dt, moves), &after, &predicted);
    filtered.weights = chain.start;
    filtered.weights.insert(filtered.weights.end(), after.begin(), after.end());
    for (Size t = 0; t < moves.size(); ++t) {
        double below = 0;
        for (Size s = 0; s < states; ++s) {
            below += predicted[t * states + s] * normal_cdf((moves[t] - law.mean[s] * fit.dt) / (law.volatility[s] * std::sqrt(fit.dt)));
        }
        filtered.pit.push_back(below);
    }
    return filtered;
}

/// Why the maximum is none to be printed: an intensity at the end of its range.
std::optional<Message> bound_met(const Maximum& maximum, const Space& space, const std::vector<Parameter>& parameters, Size states) {
    for (Size slot = 2 * states; slot < space.held.size(); ++slot) {
        if (space.held[slot]) continue;
        const auto& name = parameters[slot].name;
        if (maximum.at[slot] > space.ranges[slot].high - 1e-3) {
            return say("{0} goes to its bound of {1} a year: daily rates can't show a state that ends within the day; use merton, or other dates", name,
                       exact_number(highest_intensity));
        }
        if (maximum.at[slot] < space.ranges[slot].low + 1e-3) {
            return say("{0} goes to 0 and would cut a state off: the sample does not come back to it; use fewer states, or other dates", name);
        }
    }
    if (!maximum.on_bound.empty()) return say("the largest likelihood lies on the bound of {0}", parameters[static_cast<Size>(maximum.on_bound.front())].name);
    return std::nullopt;
}

Fit regime_fit(const Series& series, const FitOptions& options) {
    const auto states = static_cast<Size>(options.states);
    const auto& moves = series.moves;
    Fit fit;
    fit.dt = series.dt;
    if (!(variance_of(moves) > 0)) {
        fit.failure = say("the rate does not move: there is nothing to fit");
        return fit;
    }
    const Likelihood f =
        with_progress([&](std::span<const double> all) { return log_likelihood_of(all, states, fit.dt, moves); }, options, 0.1, 1, states == 2 ? 500 : 3000);
    std::vector<Range> ranges;
    for (Size i = 0; i < states; ++i) {
        ranges.push_back({0, std::log(volatility_floor), std::log(5.0), 0.05});
        ranges.push_back({0, -100, 100, 0.3});
    }
    while (ranges.size() < states * (states + 1)) ranges.push_back({0, std::log(lowest_intensity), std::log(highest_intensity), 0.3});
    Space space(ranges);
    const bool known = options.start.size() == ranges.size();
    const auto start = known ? options.start : coordinates_of(best_chain(moves, states, volatility_floor * volatility_floor * fit.dt), fit.dt);
    auto maximum = search(f, by_volatility(start, states), space, states);

    for (int round = 0; round < 3; ++round) {
        const auto sorted = by_volatility(maximum.at, states);
        if (sorted == maximum.at) break;
        space = Space(ranges);  // the search swapped two states: once more, in order, so that what is held is held in its place
        maximum = search(f, sorted, space, states);
    }

    fit.parameters = parameters_of(space.held, states);
    fit.model = model_of(law_of(maximum.at, states));
    fit = regime_at(fit, free_part(maximum.at, space.held));
    for (Size i = 0; i < space.held.size(); ++i) {
        if (!space.held[i]) continue;
        if (i < 2 * states) {
            fit.notes.push_back(
                say("{0} stands at its floor of {1} % a year: the rate was pegged for some time, and the likelihood grows without bound as it goes to 0",
                    fit.parameters[i].name, exact_number(100 * volatility_floor)));
        } else {
            fit.notes.push_back(say("{0} goes to 0 and is left out: the sample has no such change of state", fit.parameters[i].name));
        }
    }
    fit.failure = bound_met(maximum, space, fit.parameters, states);
    if (!fit.failure) conclude(fit, maximum, f, space, regime_at);
    if (!fit.failure) {
        const auto filtered = regime_filter(fit, moves);
        std::get<RegimeModel>(fit.model).start.probabilities.assign(filtered.weights.end() - static_cast<std::ptrdiff_t>(states), filtered.weights.end());
    }
    return fit;
}

std::vector<Model> regime_anchors(const Fit& fit) {
    std::vector<Model> anchors;
    for (const auto& state : std::get<RegimeModel>(fit.long_run).states) {
        auto model = std::get<RegimeModel>(fit.long_run);
        model.start.state = state.name;
        anchors.emplace_back(std::move(model));
    }
    return anchors;
}

}  // namespace

Family regime_family() { return {RegimeModel::name, regime_fit, regime_log_likelihood, regime_at, regime_filter, regime_anchors}; }

}  // namespace fxpool::calibrate
