#include "coordinates.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <numeric>

namespace fxpool::calibrate {

double logit(double share) { return std::log(share) - std::log1p(-share); }

double logistic(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

double log_normal_density(double x, double mean, double variance) {
    return -0.5 * ((x - mean) * (x - mean) / variance + std::log(2 * std::numbers::pi * variance));
}

double mean_of(std::span<const double> moves) { return std::accumulate(moves.begin(), moves.end(), 0.0) / static_cast<double>(moves.size()); }

double variance_of(std::span<const double> moves) {
    const double mean = mean_of(moves);
    double sum = 0;
    for (const double move : moves) sum += (move - mean) * (move - mean);
    return sum / static_cast<double>(moves.size());
}

void Space::start_from(std::span<const double> all) {
    for (std::size_t i = 0; i < ranges.size(); ++i) ranges[i].start = std::clamp(all[i], ranges[i].low, ranges[i].high);
}

void Space::hold(std::size_t slot, double at) {
    held[slot] = true;
    ranges[slot].start = at;
}

std::vector<double> Space::starts() const {
    std::vector<double> all;
    for (const auto& range : ranges) all.push_back(range.start);
    return all;
}

std::vector<double> free_part(std::span<const double> all, const std::vector<bool>& held) {
    std::vector<double> free;
    for (std::size_t i = 0; i < held.size(); ++i) {
        if (!held[i]) free.push_back(all[i]);
    }
    return free;
}

std::vector<double> with_free(std::span<const double> all, const std::vector<bool>& held, std::span<const double> free) {
    std::vector<double> whole(all.begin(), all.end());
    for (std::size_t i = 0, next = 0; i < held.size(); ++i) {
        if (!held[i]) whole[i] = free[next++];
    }
    return whole;
}

Maximum climb(const Likelihood& f, const Space& space) {
    std::vector<double> low, high, scale;
    for (std::size_t i = 0; i < space.ranges.size(); ++i) {
        const auto& range = space.ranges[i];
        low.push_back(space.held[i] ? range.start : range.low);
        high.push_back(space.held[i] ? range.start : range.high);
        scale.push_back(range.scale);
    }
    auto maximum = maximise(f, space.starts(), low, high, scale);
    if (!maximum.converged) {  // once more, from a little beside where it ended
        const int before = maximum.evaluations;
        auto beside = maximum.at;
        for (std::size_t i = 0; i < beside.size(); ++i) beside[i] = std::clamp(beside[i] + 0.2 * scale[i], low[i], high[i]);
        auto second = maximise(f, beside, low, high, scale);
        if (second.value > maximum.value || (second.converged && second.value > maximum.value - 1e-3)) maximum = std::move(second);
        maximum.evaluations += before;
    }
    std::erase_if(maximum.on_bound, [&](int slot) { return space.held[static_cast<std::size_t>(slot)]; });
    return maximum;
}

Likelihood with_progress(Likelihood f, const FitOptions& options, double from, double to, int expected) {
    if (!options.progress) return f;
    const auto count = std::make_shared<int>(0);
    return [f = std::move(f), &options, from, to, expected, count](std::span<const double> at) {
        const double share = std::min(1.0, static_cast<double>(++*count) / expected);
        options.progress(from + (to - from) * share);
        return f(at);
    };
}

void conclude(Fit& fit, const Maximum& maximum, const Likelihood& f, const Space& space, At at) {
    fit.coordinates = free_part(maximum.at, space.held);
    fit.free_parameters = static_cast<int>(fit.coordinates.size());
    fit.log_likelihood = maximum.value;
    if (!maximum.converged) {
        fit.failure = say("the search for the largest likelihood did not converge in {0} evaluations", maximum.evaluations);
        return;
    }
    std::vector<double> scale;
    for (const auto& range : space.ranges) scale.push_back(range.scale);
    const auto free_scale = free_part(scale, space.held);
    const auto of_free = [&](std::span<const double> free) { return f(with_free(maximum.at, space.held, free)); };
    const auto covariance = hessian_inverse(of_free, fit.coordinates, free_scale);
    if (!covariance) {
        fit.failure = say("the likelihood has no peak where the search ended: the data do not determine the parameters");
        return;
    }
    fit.covariance = *covariance;
    set_standard_errors(fit, at);
}

void set_standard_errors(Fit& fit, At at) {
    const auto count = fit.coordinates.size();
    const auto parameters = fit.parameters.size();
    std::vector<double> slope(parameters * count);
    for (std::size_t i = 0; i < count; ++i) {
        const double step = 1e-3 * std::sqrt(fit.covariance[i * count + i]);
        auto shifted = fit.coordinates;
        shifted[i] = fit.coordinates[i] + step;
        const auto above = at(fit, shifted).parameters;
        shifted[i] = fit.coordinates[i] - step;
        const auto below = at(fit, shifted).parameters;
        for (std::size_t p = 0; p < parameters; ++p) slope[p * count + i] = (above[p].value - below[p].value) / (2 * step);
    }
    for (std::size_t p = 0; p < parameters; ++p) {
        if (fit.parameters[p].status != Parameter::Status::estimated) continue;
        double variance = 0;
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = 0; j < count; ++j) variance += slope[p * count + i] * fit.covariance[i * count + j] * slope[p * count + j];
        }
        fit.parameters[p].standard_error = std::sqrt(variance);
    }
}

}  // namespace fxpool::calibrate
