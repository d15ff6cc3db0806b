#include "fxpool/calibrate/calibration.hpp"

#include "coordinates.hpp"

#include <fmt/format.h>
#include <cmath>

namespace fxpool::calibrate {
namespace {

std::string percent(double share) { return fmt::format("{:.1f}", 100 * share); }

/// Writes the window of a model that draws from history: the fit knows the moves, not where they stand.
void name_history(Model& model, const Series& series, const std::string& file) {
    if (history_of(model) == nullptr) return;
    std::visit(
        [&](auto& one) {
            if constexpr (requires { one.window.file; }) one.window = {{file}, series.dates.front(), series.dates.back()};
        },
        model);
}

/// What a window of less than two years leaves open, whatever the model.
Message of_a_short_window(const Series& series) {
    const auto moves = static_cast<double>(series.moves.size());
    const double volatility_error = std::sqrt(0.5 / moves);  // of a normal sample, over the volatility
    const double drift_error = std::sqrt(variance_of(series.moves) / series.dt / (moves * series.dt));
    return say(
        "a short window, {0} daily moves: the volatility is known to {1} % of itself at best, the drift to {2} % a year; the block tells what that "
        "time was like, not what comes next",
        series.moves.size(), percent(volatility_error), percent(drift_error));
}

/// Fit, tests, outlook and back-test of one model.
Calibrated calibrate_one(const Family& family, const Series& series, const std::string& file, const CalibrationOptions& options) {
    Calibrated one{.model = family.name};
    const auto share_of = [&](Stage::Work work) {
        return [&options, &family, work](double share_done) {
            if (options.progress) options.progress({work, family.name, share_done});
        };
    };
    const auto begin = [&](Stage::Work work) { share_of(work)(0); };

    begin(Stage::Work::fit);
    if (auto why = too_short(series.dates.front(), series.dates.back(), family.shortest)) {
        if (options.backtest) one.backtest = Backtest{.model = family.name, .failure = *why};
        one.fit.failure = std::move(*why);
        return one;
    }
    auto fit_options = options.fit;
    fit_options.start.clear();
    fit_options.progress = share_of(Stage::Work::fit);
    one.fit = family.fit(series, fit_options);
    name_history(one.fit.model, series, file);
    name_history(one.fit.long_run, series, file);
    if (!one.fit.failure && too_short(series.dates.front(), series.dates.back(), two_years)) one.fit.notes.push_back(of_a_short_window(series));
    if (!one.fit.failure) {
        one.tests = test_fit(family, one.fit, series, options.test_samples, options.seed, options.threads, share_of(Stage::Work::tests));
        begin(Stage::Work::outlook);
        one.outlook = outlook(one.fit, series, {.seed = options.seed, .threads = options.threads});
    }
    if (options.backtest) {
        begin(Stage::Work::backtest);
        BacktestOptions asked;
        asked.seed = options.seed;
        asked.threads = options.threads;
        asked.fit = options.fit;
        asked.progress = share_of(Stage::Work::backtest);
        one.backtest = backtest(family, series, one.fit, asked);
    }
    return one;
}

}  // namespace

std::optional<double> Calibrated::aic() const {
    if (!fit.log_likelihood) return std::nullopt;
    return 2 * fit.free_parameters - 2 * *fit.log_likelihood;
}

std::optional<double> Calibrated::bic(std::size_t moves) const {
    if (!fit.log_likelihood) return std::nullopt;
    return fit.free_parameters * std::log(static_cast<double>(moves)) - 2 * *fit.log_likelihood;
}

int Calibration::half_years() const { return static_cast<int>(series.moves.size()) / 126; }

const Calibrated* Calibration::find(const std::string& model) const {
    for (const auto& one : models) {
        if (one.model == model) return &one;
    }
    return nullptr;
}

Calibration calibrate(Series series, const std::string& file, const CalibrationOptions& options) {
    Calibration all{.series = std::move(series), .file = file};
    std::vector<Backtest> backtests;
    for (const auto* family : options.families) {
        all.models.push_back(calibrate_one(*family, all.series, options.history.empty() ? file : options.history, options));
        if (const auto& tested = all.models.back().backtest) backtests.push_back(*tested);
    }
    if (backtests.size() > 1) all.comparison = compare(backtests);
    return all;
}

}  // namespace fxpool::calibrate
