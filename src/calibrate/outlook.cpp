#include "fxpool/calibrate/outlook.hpp"

#include "parallel.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace fxpool::calibrate {
namespace {

constexpr double tail_level = 0.99;

/// The quantile of values in ascending order, linear between them.
double quantile(std::span<const double> ascending, double p) {
    const double place = p * static_cast<double>(ascending.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, ascending.size() - 1);
    return ascending[below] + (place - static_cast<double>(below)) * (ascending[above] - ascending[below]);
}

/// Simple moves over each of `days` on simulated paths: [horizon][path], ascending.
std::vector<std::vector<double>> simulated(const Fit& fit, const Model& model, std::span<const int> days, const OutlookOptions& options) {
    const auto terms = simulation_terms(fit, model, days.back());
    const auto paths = static_cast<std::size_t>(options.paths);
    std::vector<std::vector<double>> moves(days.size(), std::vector<double>(paths));
    in_parallel(options.threads, paths, [&](std::size_t path) {
        const auto steps = simulate(terms, options.seed, static_cast<std::int64_t>(path));
        double sum = 0;
        std::size_t day = 0;
        for (std::size_t h = 0; h < days.size(); ++h) {
            for (; day < static_cast<std::size_t>(days[h]); ++day) sum += steps[day];
            moves[h][path] = std::expm1(sum);
        }
    });
    for (auto& of_horizon : moves) std::sort(of_horizon.begin(), of_horizon.end());
    return moves;
}

/// The sample's own simple moves over so many days, overlapping, ascending.
std::vector<double> windows_of(const Series& series, int days) {
    const auto length = static_cast<std::size_t>(days);
    std::vector<double> moves;
    for (std::size_t i = length; i < series.rates.size(); ++i) moves.push_back(series.rates[i] / series.rates[i - length] - 1);
    std::sort(moves.begin(), moves.end());
    return moves;
}

}  // namespace

Outlook outlook(const Fit& fit, const Series& series, const OutlookOptions& options) {
    Outlook seen;
    const auto from_now = simulated(fit, fit.model, Outlook::fan_days, options);
    for (std::size_t h = 0; h < Outlook::fan_days.size(); ++h) {
        FanRow row{.days = Outlook::fan_days[h]};
        for (std::size_t level = 0; level < FanRow::levels.size(); ++level) row.moves[level] = quantile(from_now[h], FanRow::levels[level]);
        seen.fan.push_back(row);
    }
    const auto from_long_run = simulated(fit, fit.long_run, Outlook::tail_days, options);
    for (std::size_t h = 0; h < Outlook::tail_days.size(); ++h) {
        TailRow row{.days = Outlook::tail_days[h], .model = quantile(from_long_run[h], tail_level)};
        const auto windows = windows_of(series, row.days);
        row.windows = static_cast<int>(windows.size());
        if (series.moves.size() >= 2 * static_cast<std::size_t>(row.days)) row.history = quantile(windows, tail_level);
        seen.tail.push_back(row);
    }
    return seen;
}

}  // namespace fxpool::calibrate
