#include "coordinates.hpp"
#include "family_list.hpp"
#include "fxpool/base/number.hpp"
#include "fxpool/base/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

// merton by maximum likelihood. A day's log move is a Poisson mixture of normals (Merton 1976, eq. 14 and 16): with n jumps, probability
// Poisson(n; intensity dt), it is normal with mean base + n jump_mean and variance volatility^2 dt + n jump_volatility^2.
//
// Coordinates, in the order of the model's keys: ln volatility; mean log move a year over volatility (jumps included: far better determined
// than the drift between the jumps); ln intensity; jump_mean over jump_volatility; ln jump_volatility.
namespace fxpool::calibrate {
namespace {

enum Slot : std::size_t { volatility, mean, intensity, jump_mean, jump_volatility, slots };

/// Jumps a year beyond which they come on most days and are no jumps; and below which a sample has next to none.
constexpr double most_jumps = 250, fewest_jumps = 0.05;
/// Jumps a year that are no events.
constexpr double frequent_jumps = 50;
/// jump_volatility against a day's standard deviation: below it the jumps are of one size.
constexpr double least_jump = 0.1;

struct Parameters {
    double volatility, mean, intensity, jump_mean, jump_volatility;  ///< a year; mean of the log move, jumps included
};

Parameters parameters_of(std::span<const double> all) {
    const double sigma = std::exp(all[volatility]), delta = std::exp(all[jump_volatility]);
    return {sigma, all[mean] * sigma, std::exp(all[intensity]), all[jump_mean] * delta, delta};
}

MertonModel model_of(const Parameters& p) {
    MertonModel model;
    model.volatility = p.volatility;
    model.jump_intensity = p.intensity;
    model.jump_mean = p.jump_mean;
    model.jump_volatility = p.jump_volatility;
    // growth of the expectation = mean log move + volatility^2 / 2 + intensity (E[exp(jump)] - 1 - jump_mean)
    model.drift.rate = p.mean + p.volatility * p.volatility / 2 + p.intensity * (model.mean_jump() - p.jump_mean);
    return model;
}

std::vector<double> coordinates_of(const MertonModel& model) {
    const double mean_move = model.drift.rate - model.volatility * model.volatility / 2 - model.jump_intensity * (model.mean_jump() - model.jump_mean);
    return {std::log(model.volatility), mean_move / model.volatility, std::log(model.jump_intensity), model.jump_mean / model.jump_volatility,
            std::log(model.jump_volatility)};
}

/// The normals of a day's mixture, as many as have a probability: what is left out is below 1e-14.
class DayLaw {
  public:
    DayLaw(const Parameters& p, double dt) {
        const double expected = p.intensity * dt;
        const double base = (p.mean - p.intensity * p.jump_mean) * dt;
        double probability = std::exp(-expected), left = 1;
        for (int n = 0; n < 100 && left > 1e-14; ++n) {
            terms_.push_back({probability, base + n * p.jump_mean, p.volatility * p.volatility * dt + n * p.jump_volatility * p.jump_volatility});
            left -= probability;
            probability *= expected / (n + 1);
        }
        for (auto& term : terms_) {
            term.peak = term.probability / std::sqrt(2 * std::numbers::pi * term.variance);
            term.half = -0.5 / term.variance;
            term.deviation = std::sqrt(term.variance);
        }
    }
    double density(double move) const {
        double sum = 0;
        for (const auto& term : terms_) sum += term.peak * std::exp(term.half * (move - term.mean) * (move - term.mean));
        return sum;
    }
    double distribution(double move) const {
        double sum = 0;
        for (const auto& term : terms_) sum += term.probability * normal_cdf((move - term.mean) / term.deviation);
        return sum;
    }

  private:
    struct Term {
        double probability, mean, variance, peak = 0, half = 0, deviation = 0;
    };
    std::vector<Term> terms_;
};

double log_likelihood_of(std::span<const double> all, double dt, std::span<const double> moves) {
    const DayLaw law(parameters_of(all), dt);
    double sum = 0;
    for (const double move : moves) sum += std::log(law.density(move));
    return sum;
}

std::vector<bool> held_in(const Fit& fit) {
    std::vector<bool> held;
    for (const auto& parameter : fit.parameters) held.push_back(parameter.status != Parameter::Status::estimated);
    return held;
}

std::vector<double> all_of(const Fit& fit, std::span<const double> free) {
    return with_free(coordinates_of(std::get<MertonModel>(fit.model)), held_in(fit), free);
}

double merton_log_likelihood(const Fit& fit, std::span<const double> coordinates, std::span<const double> moves) {
    return log_likelihood_of(all_of(fit, coordinates), fit.dt, moves);
}

Fit merton_at(const Fit& fit, std::span<const double> coordinates) {
    const auto model = model_of(parameters_of(all_of(fit, coordinates)));
    auto at = fit;
    at.model = at.long_run = model;
    at.coordinates.assign(coordinates.begin(), coordinates.end());
    const std::array values = {model.volatility, model.drift.rate, model.jump_intensity, model.jump_mean, model.jump_volatility};
    for (std::size_t i = 0; i < slots; ++i) at.parameters[i].value = values[i];
    return at;
}

/// A start for each of these intensities: the volatilities that give the sample's variance and fourth moment.
std::vector<std::vector<double>> starts_of(std::span<const double> moves, double dt) {
    const double centre = mean_of(moves), variance = variance_of(moves);
    double fourth = 0;
    for (const double move : moves) fourth += std::pow(move - centre, 4);
    const double excess = std::max(fourth / static_cast<double>(moves.size()) - 3 * variance * variance, 0.1 * variance * variance);
    std::vector<std::vector<double>> starts;
    for (const double jumps : {2.0, 10.0, 40.0, 120.0}) {
        const double a_day = jumps * dt;
        // fourth cumulant of the jumps: 3 a_day jump_volatility^4
        const double jump_variance = std::min(std::sqrt(excess / (3 * a_day)), 0.8 * variance / a_day);
        const double sigma = std::sqrt((variance - a_day * jump_variance) / dt);
        starts.push_back({std::log(sigma), centre / dt / sigma, std::log(jumps), 0, 0.5 * std::log(jump_variance)});
    }
    return starts;
}

void say_what_binds(Fit& fit, const Space& space) {
    if (space.held[volatility]) {
        fit.parameters[volatility].status = Parameter::Status::at_floor;
        fit.notes.push_back(
            say("volatility stands at its floor of {0} % a year: on many days the rate hardly moves, and the likelihood grows without bound as "
                "it goes to 0",
                exact_number(100 * volatility_floor)));
    }
    if (std::get<MertonModel>(fit.model).jump_intensity > frequent_jumps) {
        fit.notes.push_back(say("more than {0} jumps a year: these are not rare jumps but turbulent times; regime, garch and heston say when they come",
                                exact_number(frequent_jumps)));
    }
    if (space.held[jump_volatility]) {
        fit.parameters[jump_volatility].status = Parameter::Status::at_floor;
        fit.notes.push_back(
            say("jump_volatility stands at its floor, {0} of a day's standard deviation: all jumps are of about one size", exact_number(least_jump)));
    }
}

Fit merton_fit(const Series& series, const FitOptions& options) {
    Fit fit;
    fit.dt = series.dt;
    const double variance = variance_of(series.moves);
    if (!(variance > 0)) {
        fit.failure = say("the rate does not move: there is nothing to fit");
        return fit;
    }
    const Likelihood f = with_progress([&](std::span<const double> all) { return log_likelihood_of(all, fit.dt, series.moves); }, options, 0, 1, 800);

    const double daily = std::sqrt(variance);
    Space space({{0, std::log(volatility_floor), std::log(5.0), 0.1},
                 {0, -100, 100, 0.3},
                 {0, std::log(fewest_jumps), std::log(most_jumps), 0.5},
                 {0, -20, 20, 0.3},
                 {0, std::log(least_jump * daily), std::log(5.0), 0.2}});
    auto starts = options.start.size() == slots ? std::vector<std::vector<double>>{options.start} : starts_of(series.moves, fit.dt);
    std::sort(starts.begin(), starts.end(), [&](const auto& a, const auto& b) { return f(a) > f(b); });
    starts.resize(std::min<std::size_t>(starts.size(), 2));
    std::optional<Maximum> best;
    for (const auto& start : starts) {
        space.start_from(start);
        auto maximum = climb(f, space);
        const bool fine = maximum.converged && maximum.on_bound.empty();
        if (!best || maximum.value > best->value) best = std::move(maximum);
        if (fine) break;  // on rates of five currencies and on simulated samples all starts end in one place: the second is for those that don't
    }
    // what ended at a floor stays there while the rest is sought again
    for (const auto slot : {volatility, jump_volatility}) {
        if (best->at[slot] < space.ranges[slot].low + 1e-3) space.hold(slot, space.ranges[slot].low);
    }
    if (space.held[volatility] || space.held[jump_volatility]) {
        for (std::size_t i = 0; i < slots; ++i) {
            if (!space.held[i]) space.ranges[i].start = best->at[i];
        }
        best = climb(f, space);
    }

    using Scale = Parameter::Scale;
    fit.parameters = {{.name = "volatility", .scale = Scale::log},
                      {.name = "drift"},
                      {.name = "jump_intensity", .scale = Scale::log},
                      {.name = "jump_mean"},
                      {.name = "jump_volatility", .scale = Scale::log}};
    fit.model = model_of(parameters_of(best->at));
    say_what_binds(fit, space);
    fit = merton_at(fit, free_part(best->at, space.held));
    if (best->at[intensity] < std::log(fewest_jumps) + 1e-3) {
        fit.failure = say("the data have no jumps (jump_intensity goes to its floor of {0} a year): use gbm", exact_number(fewest_jumps));
    } else if (best->at[intensity] > std::log(most_jumps) - 1e-3) {
        fit.failure = say("jump_intensity goes to its bound of {0} a year: what comes every day is no jump; use garch or regime, of a single year gbm",
                          exact_number(most_jumps));
    } else if (!best->on_bound.empty()) {
        fit.failure = say("the largest likelihood lies on the bound of {0}", fit.parameters[static_cast<std::size_t>(best->on_bound.front())].name);
    } else {
        conclude(fit, *best, f, space, merton_at);
    }
    return fit;
}

Filtered merton_filter(const Fit& fit, std::span<const double> moves) {
    const DayLaw law(parameters_of(all_of(fit, fit.coordinates)), fit.dt);
    Filtered filtered;
    for (const double move : moves) {
        filtered.log_likelihood += std::log(law.density(move));
        filtered.pit.push_back(law.distribution(move));
    }
    filtered.weights.assign(moves.size() + 1, 1.0);
    return filtered;
}

}  // namespace

Family merton_family() {
    return {MertonModel::name, merton_fit, merton_log_likelihood, merton_at, merton_filter, [](const Fit& fit) { return std::vector<Model>{fit.long_run}; },
            one_year};
}

}  // namespace fxpool::calibrate
