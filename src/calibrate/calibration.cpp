#include "fxpool/calibrate/calibration.hpp"

#include <cmath>

namespace fxpool::calibrate {
namespace {

/// Writes the window of a model that draws from history: the fit knows the moves, not where they stand.
void name_history(Model& model, const Series& series, const std::string& file) {
    if (history_of(model) == nullptr) return;
    std::visit(
        [&](auto& one) {
            if constexpr (requires { one.window.file; }) one.window = {{file}, series.dates.front(), series.dates.back()};
        },
        model);
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
    auto fit_options = options.fit;
    fit_options.start.clear();
    fit_options.progress = share_of(Stage::Work::fit);
    one.fit = family.fit(series, fit_options);
    name_history(one.fit.model, series, file);
    name_history(one.fit.long_run, series, file);
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
        all.models.push_back(calibrate_one(*family, all.series, file, options));
        if (const auto& tested = all.models.back().backtest) backtests.push_back(*tested);
    }
    if (backtests.size() > 1) all.comparison = compare(backtests);
    return all;
}

}  // namespace fxpool::calibrate
