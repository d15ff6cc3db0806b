#include "coordinates.hpp"
#include "family_list.hpp"
#include "fxpool/base/number.hpp"
#include "fxpool/base/random.hpp"
#include "fxpool/calibrate/hidden_chain.hpp"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

// heston from returns alone, by maximum likelihood on cells of the variance: the square-root process becomes a Markov chain that steps
// between neighbouring cells. A day's transition is the chain's matrix exponential, and a day's log move is normal given the variance at its
// end (in the model's step given the mean of both ends: a difference of order dt). The filter is that of a hidden chain (Hamilton 1989).
//
// Returns hardly tell rho, which is held at 0; and often not kappa: where ln kappa has a standard error above 0.5, or goes to its bound,
// kappa is held at 2.8 (a half-life of 3 months) and the rest is fitted again. docs/models.md has the bias on simulated samples.
//
// Coordinates, in the order of the model's keys: ln kappa, ln theta, ln xi, drift over sqrt(theta).
namespace fxpool::calibrate {
namespace {

enum Slot : std::size_t { kappa, theta, xi, drift, slots };
enum Key : std::size_t { v0_key, kappa_key, theta_key, xi_key, rho_key, drift_key };
constexpr std::array<std::size_t, slots> key_of = {kappa_key, theta_key, xi_key, drift_key};

constexpr double usual_kappa = 2.8, widest_error = 0.5;
constexpr double lowest_kappa = 0.05, highest_kappa = 250;
constexpr std::size_t cells = 36, anchor_count = 12;

HestonModel model_of(std::span<const double> all) {
    HestonModel model;
    model.kappa = std::exp(all[kappa]);
    model.theta = std::exp(all[theta]);
    model.xi = std::exp(all[xi]);
    model.rho = 0;
    model.drift.rate = all[drift] * std::sqrt(model.theta);
    model.v0 = model.theta;
    return model;
}

std::vector<double> coordinates_of(const HestonModel& model) {
    return {std::log(model.kappa), std::log(model.theta), std::log(model.xi), model.drift.rate / std::sqrt(model.theta)};
}

/// Where the cells of the variance meet: [k] is the upper end of cell k. Even steps of the root (where the process has the same spread
/// everywhere) up to where the long-run gamma law with shape 2 kappa theta / xi^2 has 1e-7 left, the last cell open.
std::vector<double> cells_of(const HestonModel& model) {
    const double shape = 2 * model.kappa * model.theta / (model.xi * model.xi), scale = model.theta / shape;
    const double low = std::sqrt(scale * boost::math::gamma_p_inv(shape, 1e-7)), high = std::sqrt(scale * boost::math::gamma_q_inv(shape, 1e-7));
    std::vector<double> ends;
    for (std::size_t k = 0; k + 1 < cells; ++k) {
        const double root = low + (high - low) * static_cast<double>(k + 1) / (cells - 1);
        ends.push_back(root * root);
    }
    return ends;
}

struct VarianceChain {
    std::vector<double> variance;  ///< a year, the mean in each cell
    HiddenChain chain;
};

/// The process as a chain on the cells, by finite volumes. Its long-run probabilities p_k are the gamma law's in each cell, its variances v_k
/// the law's means there. With the law's density f, kappa (theta - v) f = (xi^2 v f / 2)', so that steps between neighbours as often as
/// (xi^2 v f / 2 where they meet) / (v_{k+1} - v_k) make the drift from each cell exactly kappa (theta - v_k) and the variance of dv that of
/// the process, up to the cells' width; and no rate is negative.
VarianceChain chain_of(const HestonModel& model, const std::vector<double>& ends, double dt) {
    const double shape = 2 * model.kappa * model.theta / (model.xi * model.xi), scale = model.theta / shape;
    constexpr double none = 1e-200;  // a cell of less probability is never visited
    VarianceChain result;
    std::vector<double> edge;     // x^shape exp(-x) / Gamma(shape + 1) at each end: xi^2 v f / 2 is kappa theta times that
    double below = 0, above = 1;  // the law's mass below and above the last end
    for (std::size_t k = 0; k < cells; ++k) {
        const bool last = k + 1 == cells;
        const double x = last ? 0 : ends[k] / scale;
        edge.push_back(last ? 0 : std::exp(shape * std::log(x) - x - boost::math::lgamma(shape + 1)));
        const double up_to = last ? 1 : boost::math::gamma_p(shape, x), beyond = last ? 0 : boost::math::gamma_q(shape, x);
        // the difference of the smaller ones keeps its digits
        const double probability = below < 0.5 ? up_to - below : above - beyond;
        result.chain.start.push_back(probability);
        const double inflow = edge[k] - (k > 0 ? edge[k - 1] : 0);
        const double middle = last ? ends[k - 1] * 1.1 : (ends[k] + (k > 0 ? ends[k - 1] : 0)) / 2;
        result.variance.push_back(probability > none ? model.theta * (1 - inflow / probability) : middle);
        below = up_to;
        above = beyond;
    }
    std::vector<double> generator(cells * cells, 0.0);
    for (std::size_t k = 0; k + 1 < cells; ++k) {
        if (!(result.chain.start[k] > none && result.chain.start[k + 1] > none)) continue;
        const double flow = model.kappa * model.theta * edge[k] / (result.variance[k + 1] - result.variance[k]);
        generator[k * cells + k + 1] = flow / result.chain.start[k];
        generator[(k + 1) * cells + k] = flow / result.chain.start[k + 1];
    }
    result.chain.states = static_cast<int>(cells);
    result.chain.transition = transition_of(generator, static_cast<int>(cells), dt);
    // days that step over more cells with a probability below 1e-12 are left out
    for (std::size_t i = 0; i < cells; ++i) {
        for (std::size_t j = 0; j < cells; ++j) {
            const int distance = static_cast<int>(i > j ? i - j : j - i);
            if (result.chain.transition[i * cells + j] > 1e-12) result.chain.band = std::max(result.chain.band, distance);
        }
    }
    return result;
}

/// Normal density of every move at every variance, [move * cells + cell]: mean (drift - v/2) dt, variance v dt.
std::vector<double> densities_of(const HestonModel& model, const std::vector<double>& variance, double dt, std::span<const double> moves) {
    std::array<double, cells> peak, mean, half;
    for (std::size_t k = 0; k < cells; ++k) {
        peak[k] = 1 / std::sqrt(2 * std::numbers::pi * variance[k] * dt);
        mean[k] = (model.drift.rate - variance[k] / 2) * dt;
        half[k] = -0.5 / (variance[k] * dt);
    }
    std::vector<double> densities(moves.size() * cells);
    double* density = densities.data();
    for (const double move : moves) {
        for (std::size_t k = 0; k < cells; ++k) {
            const double away = move - mean[k], exponent = half[k] * away * away;
            // 0 in good time: products of numbers near 1e-308 are slow
            *density++ = exponent > -300 ? peak[k] * std::exp(exponent) : 0;
        }
    }
    return densities;
}

double log_likelihood_of(const HestonModel& model, const std::vector<double>& ends, double dt, std::span<const double> moves) {
    const auto [variance, chain] = chain_of(model, ends, dt);
    return filter(chain, densities_of(model, variance, dt, moves));
}

std::vector<bool> held_in(const Fit& fit) {
    std::vector<bool> held(slots);
    for (std::size_t slot = 0; slot < slots; ++slot) held[slot] = fit.parameters[key_of[slot]].status != Parameter::Status::estimated;
    return held;
}

std::vector<double> all_of(const Fit& fit, std::span<const double> free) {
    return with_free(coordinates_of(std::get<HestonModel>(fit.model)), held_in(fit), free);
}

/// The cells are those of the fit, whatever the coordinates: the likelihood stays smooth in them.
double heston_log_likelihood(const Fit& fit, std::span<const double> coordinates, std::span<const double> moves) {
    return log_likelihood_of(model_of(all_of(fit, coordinates)), cells_of(std::get<HestonModel>(fit.model)), fit.dt, moves);
}

Fit heston_at(const Fit& fit, std::span<const double> coordinates) {
    auto model = model_of(all_of(fit, coordinates));
    auto at = fit;
    at.coordinates.assign(coordinates.begin(), coordinates.end());
    at.parameters[kappa_key].value = model.kappa;
    at.parameters[theta_key].value = model.theta;
    at.parameters[xi_key].value = model.xi;
    at.parameters[drift_key].value = model.drift.rate;
    at.long_run = model;
    model.v0 = std::get<HestonModel>(fit.model).v0;
    at.model = model;
    return at;
}

/// The best of a few usual points, its variance and mean from the sample.
std::vector<double> start_of(std::span<const double> moves, double dt, bool kappa_free) {
    const double variance = variance_of(moves) / dt;
    std::vector<double> best;
    double highest = 0;
    for (const double speed : {1.5, usual_kappa, 6.0, 25.0}) {
        if (!kappa_free && speed != usual_kappa) continue;
        for (const double spread : {0.15, 0.5, 1.5}) {  // of the long-run law: variance over squared mean
            const std::vector<double> all = {std::log(speed), std::log(variance), 0.5 * std::log(2 * speed * variance * spread),
                                             (mean_of(moves) / dt + variance / 2) / std::sqrt(variance)};
            const auto model = model_of(all);
            const double value = log_likelihood_of(model, cells_of(model), dt, moves);
            if (best.empty() || value > highest) {
                best = all;
                highest = value;
            }
        }
    }
    return best;
}

/// The search, on the cells of where it stands, until they stay.
Maximum search(std::span<const double> moves, double dt, Space& space, const std::function<Likelihood(Likelihood)>& watched) {
    Maximum maximum;
    for (int round = 0; round < 3; ++round) {
        const auto ends = cells_of(model_of(space.starts()));
        const auto f = watched([&](std::span<const double> all) { return log_likelihood_of(model_of(all), ends, dt, moves); });
        maximum = climb(f, space);
        for (std::size_t i = 0; i < slots; ++i) space.ranges[i].start = maximum.at[i];
        const auto after = cells_of(model_of(maximum.at));
        if (std::abs(std::log(after.back() / ends.back())) < 0.1) break;
    }
    return maximum;
}

struct Shares {
    std::vector<double> variance;          ///< of the anchors, ascending
    std::array<std::size_t, cells> lower;  ///< anchor below each cell
    std::array<double, cells> above;       ///< share of a cell's weight that goes to the anchor above, so that the mean variance stays
};

/// Every so many cells one anchor.
Shares shares_of(const std::vector<double>& variance) {
    Shares shares{};
    for (std::size_t k = 0; k < anchor_count; ++k) {
        shares.variance.push_back(variance[static_cast<std::size_t>(std::lround(static_cast<double>(k * (cells - 1)) / (anchor_count - 1)))]);
    }
    for (std::size_t k = 0; k < cells; ++k) {
        const auto after = std::upper_bound(shares.variance.begin(), shares.variance.end(), variance[k]) - shares.variance.begin();
        shares.lower[k] = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(after - 1, 0, static_cast<std::ptrdiff_t>(anchor_count) - 2));
        const double low = shares.variance[shares.lower[k]], high = shares.variance[shares.lower[k] + 1];
        shares.above[k] = (variance[k] - low) / (high - low);
    }
    return shares;
}

void add_weights(std::vector<double>& weights, const Shares& shares, std::span<const double> probabilities) {
    const auto row = weights.size();
    weights.resize(row + anchor_count, 0.0);
    for (std::size_t k = 0; k < cells; ++k) {
        weights[row + shares.lower[k]] += probabilities[k] * (1 - shares.above[k]);
        weights[row + shares.lower[k] + 1] += probabilities[k] * shares.above[k];
    }
}

Filtered heston_filter(const Fit& fit, std::span<const double> moves) {
    const auto& model = std::get<HestonModel>(fit.long_run);
    const auto [variance, chain] = chain_of(model, cells_of(model), fit.dt);
    const auto shares = shares_of(variance);
    std::vector<double> after, predicted;
    Filtered filtered;
    filtered.anchors = static_cast<int>(anchor_count);
    filtered.log_likelihood = filter(chain, densities_of(model, variance, fit.dt, moves), &after, &predicted);
    add_weights(filtered.weights, shares, chain.start);
    for (std::size_t t = 0; t < moves.size(); ++t) {
        add_weights(filtered.weights, shares, std::span(after).subspan(t * cells, cells));
        double below = 0;
        for (std::size_t k = 0; k < cells; ++k) {
            const double probability = predicted[t * cells + k];
            if (probability < 1e-15) continue;
            below += probability * normal_cdf((moves[t] - (model.drift.rate - variance[k] / 2) * fit.dt) / std::sqrt(variance[k] * fit.dt));
        }
        filtered.pit.push_back(below);
    }
    return filtered;
}

std::vector<Model> heston_anchors(const Fit& fit) {
    const auto& long_run = std::get<HestonModel>(fit.long_run);
    std::vector<Model> anchors;
    for (const double variance : shares_of(chain_of(long_run, cells_of(long_run), fit.dt).variance).variance) {
        auto model = long_run;
        model.v0 = variance;
        anchors.emplace_back(model);
    }
    return anchors;
}

/// Sets v0 to the filtered mean of the variance at the sample's end, its error to the filtered spread; and says what was held.
void set_start(Fit& fit, std::span<const double> moves) {
    fit.notes.push_back(say("rho is held at 0: the returns say almost nothing of it"));
    auto& model = std::get<HestonModel>(fit.model);
    const auto [variance, chain] = chain_of(model, cells_of(model), fit.dt);
    std::vector<double> after;
    filter(chain, densities_of(model, variance, fit.dt, moves), &after);
    const auto last = std::span(after).last(cells);
    double mean = 0, square = 0;
    for (std::size_t k = 0; k < cells; ++k) mean += last[k] * variance[k];
    for (std::size_t k = 0; k < cells; ++k) square += last[k] * (variance[k] - mean) * (variance[k] - mean);
    model.v0 = mean;
    fit.parameters[v0_key].value = mean;
    fit.parameters[v0_key].standard_error = std::sqrt(square);
}

std::optional<Message> bound_met(const Maximum& maximum, const Space& space) {
    if (maximum.on_bound.empty()) return std::nullopt;
    const auto slot = static_cast<std::size_t>(maximum.on_bound.front());
    if (slot == xi && maximum.at[xi] < space.ranges[xi].low + 1e-3) return say("xi goes to 0: the variance hardly varies; use gbm");
    constexpr std::array names = {"kappa", "theta", "xi", "drift"};
    return say("the largest likelihood lies on the bound of {0}", names[slot]);
}

/// One attempt, with kappa free or held.
Fit attempt(const Series& series, const FitOptions& options, bool kappa_free, std::span<const double> start, double from, double to) {
    const auto& moves = series.moves;
    using Scale = Parameter::Scale;
    Fit fit;
    fit.dt = series.dt;
    fit.parameters = {{.name = "v0", .scale = Scale::log},
                      {.name = "kappa", .scale = Scale::log},
                      {.name = "theta", .scale = Scale::log},
                      {.name = "xi", .scale = Scale::log},
                      {.name = "rho", .status = Parameter::Status::fixed},
                      {.name = "drift"}};
    const double variance = std::log(variance_of(moves) / fit.dt);
    Space space({{0, std::log(lowest_kappa), std::log(highest_kappa), 0.4},
                 {0, variance - 5, variance + 5, 0.2},
                 {0, variance / 2 - 4, variance / 2 + 5, 0.2},
                 {0, -100, 100, 0.3}});
    space.start_from(start);
    if (!kappa_free) {
        space.hold(kappa, std::log(usual_kappa));
        fit.parameters[kappa_key].status = Parameter::Status::fixed;
    }
    const auto watched = [&](Likelihood f) { return with_progress(std::move(f), options, from, to, 400); };
    const auto maximum = search(moves, fit.dt, space, watched);
    fit.model = model_of(maximum.at);
    fit = heston_at(fit, free_part(maximum.at, space.held));
    fit.failure = bound_met(maximum, space);
    if (fit.failure) return fit;
    const auto ends = cells_of(std::get<HestonModel>(fit.model));
    conclude(
        fit, maximum, [&](std::span<const double> all) { return log_likelihood_of(model_of(all), ends, fit.dt, moves); }, space, heston_at);
    fit.log_likelihood = heston_log_likelihood(fit, fit.coordinates, moves);
    return fit;
}

Fit heston_fit(const Series& series, const FitOptions& options) {
    Fit fit;
    fit.dt = series.dt;
    if (!(variance_of(series.moves) > 0)) {
        fit.failure = say("the rate does not move: there is nothing to fit");
        return fit;
    }
    if (options.start.size() != slots - 1) {
        const auto start = options.start.size() == slots ? options.start : start_of(series.moves, fit.dt, true);
        fit = attempt(series, options, true, start, 0, 0.6);
        const bool vague = !fit.failure && std::sqrt(fit.covariance[0]) > widest_error;
        if (!fit.failure && !vague) {
            set_start(fit, series.moves);
            return fit;
        }
    }
    // kappa held; a refit whose last fit held it starts from there
    std::vector<double> start;
    if (options.start.size() == slots - 1) {
        start = options.start;
        start.insert(start.begin(), std::log(usual_kappa));
    } else {
        start = start_of(series.moves, fit.dt, false);
    }
    fit = attempt(series, options, false, start, 0.6, 1);
    if (fit.failure) return fit;
    fit.notes.push_back(
        say("kappa is held at {0}, a half-life of 3 months: the returns do not tell how fast the variance comes back", exact_number(usual_kappa)));
    set_start(fit, series.moves);
    return fit;
}

}  // namespace

Family heston_family() { return {HestonModel::name, heston_fit, heston_log_likelihood, heston_at, heston_filter, heston_anchors}; }

}  // namespace fxpool::calibrate
