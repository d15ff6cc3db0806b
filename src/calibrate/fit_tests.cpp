#include "fxpool/calibrate/fit_tests.hpp"

#include "fxpool/calibrate/ljung_box.hpp"
#include "fxpool/calibrate/uniformity.hpp"
#include "parallel.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace fxpool::calibrate {

namespace {

constexpr int ljung_box_lags = 20;
constexpr double score_step = 0.1;  ///< of a standard error: the likelihood is near enough to a parabola, and far above its rounding
constexpr double longest_step = 5;  ///< standard errors; a score further out is no sampling error but a likelihood that is no parabola

/// Of one sample under one fit.
struct Shown {
    double kolmogorov_smirnov = 0, anderson_darling = 0, ljung_box_moves = 0, ljung_box_squares = 0;
    std::array<double, 4> ratios{};
};

std::array<VarianceRatio, 4> ratios_of(std::span<const double> moves) {
    std::array<VarianceRatio, 4> ratios;
    for (std::size_t i = 0; i < ratios.size(); ++i) ratios[i] = variance_ratio(moves, ratio_days[i]);
    return ratios;
}

Shown shown_by(const Family& family, const Fit& fit, std::span<const double> moves) {
    const auto filtered = family.filter(fit, moves);
    Shown shown{.kolmogorov_smirnov = kolmogorov_smirnov(filtered.pit), .anderson_darling = anderson_darling(filtered.pit)};
    std::vector<double> scores, squares;
    for (const double u : filtered.pit) {
        constexpr double edge = 1e-12;
        scores.push_back(normal_quantile(std::clamp(u, edge, 1 - edge)));
        squares.push_back(scores.back() * scores.back());
    }
    shown.ljung_box_moves = ljung_box(scores, ljung_box_lags);
    shown.ljung_box_squares = ljung_box(squares, ljung_box_lags);
    const auto ratios = ratios_of(moves);
    for (std::size_t i = 0; i < ratios.size(); ++i) shown.ratios[i] = ratios[i].value;
    return shown;
}

/// The fit that these moves would have given, to first order: coordinates + covariance * score (Le Cam's one-step estimate; van der Vaart 1998,
/// "Asymptotic Statistics", section 5.7). `fit` itself where there is no likelihood.
Fit re_estimated(const Family& family, const Fit& fit, std::span<const double> moves) {
    const auto count = fit.coordinates.size();
    if (family.log_likelihood == nullptr || fit.covariance.size() != count * count) return fit;
    const auto deviation = [&](std::size_t i) { return std::sqrt(fit.covariance[i * count + i]); };
    std::vector<double> score(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double step = score_step * deviation(i);
        auto shifted = fit.coordinates;
        shifted[i] = fit.coordinates[i] + step;
        const double above = family.log_likelihood(fit, shifted, moves);
        shifted[i] = fit.coordinates[i] - step;
        const double below = family.log_likelihood(fit, shifted, moves);
        score[i] = (above - below) / (2 * step);
        if (!std::isfinite(score[i])) return fit;
    }
    auto coordinates = fit.coordinates;
    for (std::size_t i = 0; i < count; ++i) {
        double change = 0;
        for (std::size_t j = 0; j < count; ++j) change += fit.covariance[i * count + j] * score[j];
        coordinates[i] += std::clamp(change, -longest_step * deviation(i), longest_step * deviation(i));
    }
    return family.at(fit, coordinates);
}

TestResult test_of(double statistic, const std::vector<Shown>& null, double Shown::*member) {
    const auto at_least = std::count_if(null.begin(), null.end(), [&](const Shown& one) { return one.*member >= statistic; });
    return {statistic, (1.0 + static_cast<double>(at_least)) / (1.0 + static_cast<double>(null.size()))};
}

VarianceRatio spread_of(const std::vector<Shown>& null, std::size_t ratio) {
    const auto count = static_cast<double>(null.size());
    double sum = 0, squares = 0;
    for (const auto& one : null) sum += one.ratios[ratio];
    const double mean = sum / count;
    for (const auto& one : null) squares += (one.ratios[ratio] - mean) * (one.ratios[ratio] - mean);
    return {mean, std::sqrt(squares / (count - 1))};
}

}  // namespace

FitTests test_fit(const Family& family, const Fit& fit, const Series& series, int samples, std::uint64_t seed, int threads,
                  const std::function<void(double share_done)>& progress) {
    FitTests tests;
    tests.samples = samples;
    tests.history = ratios_of(series.moves);

    const auto own_seed = seed ^ hash_of("fit tests");
    const auto terms = simulation_terms(fit, fit.long_run, static_cast<int>(series.moves.size()));
    std::vector<Shown> null(static_cast<std::size_t>(samples));
    constexpr std::size_t at_once = 20;  // so that progress is told in between, by one thread
    for (std::size_t done = 0; done < null.size(); done += at_once) {
        if (progress) progress(static_cast<double>(done) / static_cast<double>(null.size()));
        in_parallel(threads, std::min(at_once, null.size() - done), [&](std::size_t i) {
            const auto moves = simulate(terms, own_seed, static_cast<std::int64_t>(done + i));
            null[done + i] = shown_by(family, re_estimated(family, fit, moves), moves);
        });
    }

    for (std::size_t i = 0; i < ratio_days.size(); ++i) tests.implied[i] = spread_of(null, i);
    const auto shown = shown_by(family, fit, series.moves);
    tests.kolmogorov_smirnov = test_of(shown.kolmogorov_smirnov, null, &Shown::kolmogorov_smirnov);
    tests.anderson_darling = test_of(shown.anderson_darling, null, &Shown::anderson_darling);
    tests.ljung_box_moves = test_of(shown.ljung_box_moves, null, &Shown::ljung_box_moves);
    tests.ljung_box_squares = test_of(shown.ljung_box_squares, null, &Shown::ljung_box_squares);
    // drawn from the sample's own rows, the transform is uniform by construction
    if (family.log_likelihood == nullptr || !fit.history.empty()) tests.kolmogorov_smirnov.p_value = tests.anderson_darling.p_value = std::nullopt;
    return tests;
}

}  // namespace fxpool::calibrate
