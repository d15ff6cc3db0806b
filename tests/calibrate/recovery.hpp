#pragma once

#include "tests/calibrate/samples.hpp"
#include "tests/calibrate/truths.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Whether a fit finds the parameters that a sample was simulated from, and whether its errors are honest.
namespace fxpool::testing {

/// The clock of series_of() where the moves make whole weeks.
inline constexpr double business_day = 7.0 / 5 / 365;

inline std::vector<double> simulated(const Model& truth, int days, std::uint64_t seed, std::int64_t sample) {
    calibrate::Fit clock;
    clock.dt = business_day;
    return calibrate::simulate(clock, truth, days, seed, sample);
}

/// How one parameter came back over many samples.
struct Recovered {
    int fitted = 0;        ///< samples in which it was estimated, with an error
    int covered = 0;       ///< of these, samples whose 95 % interval holds the truth
    double z = 0, z2 = 0;  ///< sums of (estimate - truth) / error, on the parameter's scale
    double deviation = 0;  ///< sum of estimate - truth on that scale
    double deviation2 = 0;

    double coverage() const { return static_cast<double>(covered) / fitted; }
    double mean_z() const { return z / fitted; }
    double spread_z() const { return std::sqrt(z2 / fitted - mean_z() * mean_z()); }
    double bias() const { return deviation / fitted; }
    double spread() const { return std::sqrt(deviation2 / fitted - bias() * bias()); }
};

struct Recovery {
    std::string model;
    int samples = 0;
    std::map<std::string, int> failures;  ///< by message
    std::vector<std::pair<std::string, Recovered>> parameters;

    int failed() const {
        int sum = 0;
        for (const auto& [message, count] : failures) sum += count;
        return sum;
    }
    void print() const {
        for (const auto& [name, one] : parameters) {
            std::printf("%-10s %-22s fitted %4d  coverage %5.1f %%  mean z %6.3f  sd z %5.3f  bias %7.4f  sd %7.4f\n", model.c_str(), name.c_str(), one.fitted,
                        100 * one.coverage(), one.mean_z(), one.spread_z(), one.bias(), one.spread());
        }
        for (const auto& [message, count] : failures) std::printf("%-10s %d failed: %s\n", model.c_str(), count, message.c_str());
    }
};

/// The deviation of an estimate from the truth and its error, on the scale where the error is closest to normal.
struct Deviation {
    double value, error;
};
inline Deviation deviation_of(const calibrate::Parameter& estimate, double truth) {
    using Scale = calibrate::Parameter::Scale;
    const double value = estimate.value, error = *estimate.standard_error;
    if (estimate.scale == Scale::log) return {std::log(value / truth), error / value};
    if (estimate.scale == Scale::logit) return {std::log(value / (1 - value)) - std::log(truth / (1 - truth)), error / (value * (1 - value))};
    return {value - truth, error};
}

/// Fits `samples` samples of `days` days of the truth: whole weeks.
inline Recovery recover(const Truth& truth, int samples, int days, std::uint64_t seed, const calibrate::FitOptions& options = {}) {
    const auto& values = truth.values;
    const auto name = std::visit([](const auto& model) { return std::string(model.name); }, truth.model);
    const auto& family = *calibrate::family_of(name);
    Recovery recovery{.model = name, .samples = samples, .failures = {}, .parameters = {}};
    for (const auto& [parameter, value] : values) recovery.parameters.emplace_back(parameter, Recovered{});
    for (int sample = 0; sample < samples; ++sample) {
        const auto fit = family.fit(series_of(simulated(truth.model, days, seed, sample)), options);
        if (fit.failure) {
            ++recovery.failures[render(*fit.failure, Language::en)];
            continue;
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto found = std::find_if(fit.parameters.begin(), fit.parameters.end(), [&](const auto& one) { return one.name == values[i].first; });
            if (found == fit.parameters.end() || !found->standard_error) continue;
            const auto deviation = deviation_of(*found, values[i].second);
            const double z = deviation.value / deviation.error;
            auto& one = recovery.parameters[i].second;
            ++one.fitted;
            one.covered += std::abs(z) < 1.959964;
            one.z += z;
            one.z2 += z * z;
            one.deviation += deviation.value;
            one.deviation2 += deviation.value * deviation.value;
        }
    }
    return recovery;
}

/// No parameter's errors stray from 0 by more than chance (5 standard errors of their mean), and every sample was fitted.
inline void check_recovery(const Recovery& recovery) {
    CHECK(recovery.failed() == 0);
    for (const auto& [name, one] : recovery.parameters) {
        INFO(recovery.model << " " << name << ": mean z " << one.mean_z() << ", coverage " << one.coverage());
        CHECK(one.fitted > recovery.samples * 3 / 4);
        CHECK(std::abs(one.mean_z()) < 5 / std::sqrt(one.fitted));
        CHECK(one.spread_z() < 2);
        CHECK(one.coverage() > 0.6);
    }
}

inline const Recovered& of(const Recovery& recovery, std::string_view parameter) {
    return std::find_if(recovery.parameters.begin(), recovery.parameters.end(), [&](const auto& one) { return one.first == parameter; })->second;
}

}  // namespace fxpool::testing
