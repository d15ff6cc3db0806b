#include "fxpool/calibrate/maximise.hpp"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <memory>
#include <utility>

namespace fxpool::calibrate {

namespace {

constexpr double impossible = -1e300;
constexpr double enough = 1e-5;  ///< a gain of the log-likelihood not worth another step

/// The function, with what has been seen of it.
struct Search {
    const Likelihood& f;
    std::span<const double> low, high, scale;
    Maximum best;
    double lowest = std::numeric_limits<double>::infinity();  ///< of the values that are numbers
    nlopt_opt optimiser = nullptr;                            ///< the one at work
    std::exception_ptr thrown;

    std::size_t coordinates() const { return low.size(); }

    double evaluate(std::span<const double> at) {
        ++best.evaluations;
        const double value = f(at);
        if (!std::isfinite(value)) return impossible;
        lowest = std::min(lowest, value);
        if (value > best.value) {
            best.value = value;
            best.at.assign(at.begin(), at.end());
        }
        return value;
    }

    /// What an optimiser is told: -1e300 would drown every difference its model of the function is made of.
    double told(std::span<const double> at) {
        const double value = evaluate(at);
        if (value > impossible) return value;
        return std::isfinite(lowest) ? lowest - 10 - (best.value - lowest) : impossible;
    }
};

struct Destroy {
    void operator()(nlopt_opt_s* optimiser) const { nlopt_destroy(optimiser); }
};
using Optimiser = std::unique_ptr<nlopt_opt_s, Destroy>;

double told_to_nlopt(unsigned n, const double* at, double* /*gradient*/, void* user) {
    auto& search = *static_cast<Search*>(user);
    try {
        return search.told({at, n});
    } catch (...) {  // NLopt is C: an exception waits until it has returned
        search.thrown = std::current_exception();
        nlopt_force_stop(search.optimiser);
        return impossible;
    }
}

/// One run from the best point so far, first steps `first` scales wide, until steps are `last` scales wide.
void run(Search& search, nlopt_algorithm algorithm, double first, double last, int evaluations) {
    const auto n = search.coordinates();
    const Optimiser optimiser(nlopt_create(algorithm, static_cast<unsigned>(n)));
    std::vector<double> at = search.best.at, steps(n), finest(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double range = search.high[i] - search.low[i];
        steps[i] = range > 0 ? std::min(first * search.scale[i], 0.25 * range) : search.scale[i];
        finest[i] = last * search.scale[i];
    }
    nlopt_set_max_objective(optimiser.get(), told_to_nlopt, &search);
    nlopt_set_lower_bounds(optimiser.get(), search.low.data());
    nlopt_set_upper_bounds(optimiser.get(), search.high.data());
    nlopt_set_initial_step(optimiser.get(), steps.data());
    nlopt_set_xtol_abs(optimiser.get(), finest.data());
    nlopt_set_maxeval(optimiser.get(), evaluations);
    search.optimiser = optimiser.get();
    double value = 0;
    nlopt_optimize(optimiser.get(), at.data(), &value);  // how it ended does not matter: the best point is kept, and judged by climb()
    if (search.thrown) std::rethrow_exception(std::exchange(search.thrown, nullptr));
}

/// What is seen from the best point: steps along each axis at which the function falls by about 0.005, a tenth of a standard error, and the
/// slopes and curvatures by them. A coordinate at a bound that keeps it from rising is `pinned`.
struct Surroundings {
    std::vector<double> steps;
    std::vector<std::size_t> loose;  ///< the coordinates that are not pinned
    std::vector<double> slopes;      ///< along the loose ones, in units of their steps, as the values below
    std::vector<double> above;
    std::vector<double> curvature;  ///< minus the Hessian
    bool top = true;                ///< no step gains
};

/// The values a step up and a step down along one axis, the step adapted; false where it is pinned.
bool look_along(Search& search, std::size_t i, const std::vector<double>& at, double value, Surroundings& around) {
    constexpr double fall_wanted = 0.005;
    const double scale = search.scale[i], room = std::min(search.high[i] - at[i], at[i] - search.low[i]);
    auto beside = at;
    const auto gain_at = [&](double step) {
        beside[i] = std::clamp(at[i] + step, search.low[i], search.high[i]);
        return beside[i] == at[i] ? impossible : search.evaluate(beside) - value;
    };
    double& step = around.steps[i];
    for (int attempt = 0;; ++attempt) {
        if (room < 0.05 * step) {
            around.top = around.top && gain_at(step) < enough && gain_at(-step) < enough;
            return false;
        }
        step = std::min(step, room);
        const double up = gain_at(step), down = gain_at(-step);
        const double fall = -(up + down) / 2;
        double wanted = step;
        if (fall > 4 * fall_wanted || fall < fall_wanted / 4) wanted *= fall > 0 ? std::clamp(std::sqrt(fall_wanted / fall), 0.01, 10.0) : 10.0;
        wanted = std::min({std::clamp(wanted, 1e-6 * scale, 0.1 * scale), room});
        if (attempt == 4 || std::abs(wanted - step) < 0.01 * step) {
            around.top = around.top && up < enough && down < enough;
            around.slopes.push_back((up - down) / 2);
            around.above.push_back(up);
            around.curvature.push_back(2 * fall);  // the diagonal, for now
            return true;
        }
        step = wanted;
    }
}

/// Looks around from the best point. `steps` is where the search for steps begins.
Surroundings look_around(Search& search, std::vector<double> steps) {
    Surroundings around;
    around.steps = std::move(steps);
    const auto at = search.best.at;
    const double value = search.best.value;
    for (std::size_t i = 0; i < at.size(); ++i) {
        if (search.high[i] > search.low[i] && look_along(search, i, at, value, around)) around.loose.push_back(i);
    }
    const auto n = around.loose.size();
    const auto diagonal = std::exchange(around.curvature, std::vector<double>(n * n, 0.0));
    auto beside = at;
    for (std::size_t i = 0; i < n; ++i) {
        const auto one = around.loose[i];
        around.curvature[i * n + i] = diagonal[i];
        for (std::size_t j = 0; j < i; ++j) {
            const auto other = around.loose[j];
            beside[one] = at[one] + around.steps[one];
            beside[other] = at[other] + around.steps[other];
            const double both = search.evaluate(beside) - value;
            beside[one] = at[one];
            beside[other] = at[other];
            // up both ways = up one way + up the other - the curvature between them
            around.curvature[i * n + j] = around.curvature[j * n + i] = around.above[i] + around.above[j] - both;
        }
    }
    return around;
}

struct Verdict {
    bool maximum = false;  ///< no step gains, and Newton's promises nothing
    bool flat = false;     ///< no step gains, but there is no Newton step: the curvature is not a maximum's in every direction
};
/// Newton steps from the best point, as long as they gain.
Verdict climb(Search& search) {
    std::vector<double> steps(search.scale.begin(), search.scale.end());
    for (double& step : steps) step *= 1e-3;
    for (int climbs = 0; climbs < 6; ++climbs) {
        if (search.best.value <= impossible) return {};
        const auto at = search.best.at;
        const double value = search.best.value;
        const auto around = look_around(search, steps);
        steps = around.steps;
        const auto n = around.loose.size();
        const auto inverse = positive_inverse(around.curvature, n);
        if (!inverse) return {.flat = around.top};
        std::vector<double> move(n, 0.0);
        double promise = 0;
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) move[i] += (*inverse)[i * n + j] * around.slopes[j];
            promise += move[i] * around.slopes[i] / 2;
        }
        if (!std::isfinite(promise)) return {};
        if (around.top && promise < enough) return {.maximum = true};
        for (const double share : {1.0, 0.5, 0.25, 0.125}) {
            auto there = at;
            for (std::size_t i = 0; i < n; ++i) {
                const auto coordinate = around.loose[i];
                there[coordinate] = std::clamp(at[coordinate] + share * move[i] * steps[coordinate], search.low[coordinate], search.high[coordinate]);
            }
            if (search.evaluate(there) > value) break;
        }
        if (search.best.value - value < enough) return {};
    }
    return {};
}

}  // namespace

Maximum maximise(const Likelihood& f, std::vector<double> start, std::span<const double> low, std::span<const double> high, std::span<const double> scale) {
    const auto n = start.size();
    for (std::size_t i = 0; i < n; ++i) start[i] = std::clamp(start[i], low[i], high[i]);
    Search search{f, low, high, scale, {.at = start, .value = impossible}};
    search.evaluate(start);

    constexpr int rounds = 6;
    const int patience = 200 * static_cast<int>(n);
    double first = 1;
    bool stalled = false;
    for (int round = 0; round < rounds && !search.best.converged; ++round) {
        const double before = search.best.value;
        run(search, stalled ? NLOPT_LN_SBPLX : NLOPT_LN_BOBYQA, first, 1e-3, patience);
        const bool gained = search.best.value - before > enough;
        const auto verdict = climb(search);
        search.best.converged = verdict.maximum || (verdict.flat && !gained);
        stalled = !gained && !stalled;
        first = stalled ? 1 : 0.1;
    }
    for (std::size_t i = 0; i < n; ++i) {
        const double near = 1e-6 * (high[i] - low[i]);
        if (search.best.at[i] - low[i] <= near || high[i] - search.best.at[i] <= near) search.best.on_bound.push_back(static_cast<int>(i));
    }
    return std::move(search.best);
}

}  // namespace fxpool::calibrate
