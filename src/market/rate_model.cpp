#include "fxpool/market/rate_model.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {
namespace {

/// The value on a date: the last whose date has come; the first holds before its date, too.
double value_on(const DatedValues& values, Date date) {
    double value = values.front().second;
    for (const auto& [from, later] : values) {
        if (from > date) break;
        value = later;
    }
    return value;
}

/// The integral over the calendar days after `previous` up to `day` of f(value), in years Act/365.
template <class F>
double integral(const DatedValues& values, Date previous, Date day, F f) {
    if (values.empty()) return 0;
    if (values.size() == 1) return f(values.front().second) * (day - previous) / 365;
    double sum = 0;
    for (Date date = previous + 1; date <= day; date = date + 1) sum += f(value_on(values, date));
    return sum / 365;
}

}  // namespace

LogMoves gbm_moves(const GbmModel& model, std::span<const Date> days, std::span<const double> forward_factor) {
    LogMoves moves{std::vector<double>(days.size()), std::vector<double>(days.size())};
    const auto forward = [&](std::size_t t) { return forward_factor[static_cast<std::size_t>(days[t] - days[0])]; };
    for (std::size_t t = 1; t < days.size(); ++t) {
        const double variance = integral(model.volatility, days[t - 1], days[t], [](double volatility) { return volatility * volatility; });
        const double growth =
            model.carry ? std::log(forward(t) / forward(t - 1)) : integral(model.drift, days[t - 1], days[t], [](double drift) { return drift; });
        moves.drift[t] = growth - variance / 2;
        moves.volatility[t] = std::sqrt(variance);
    }
    return moves;
}

LogMoves path_moves(std::span<const double> moves, const std::optional<GbmModel>& then, std::span<const Date> days, std::span<const double> forward_factor) {
    LogMoves all = then ? gbm_moves(*then, days, forward_factor) : LogMoves{std::vector<double>(days.size()), std::vector<double>(days.size())};
    const auto given = std::min(moves.size(), days.empty() ? 0 : days.size() - 1);
    for (std::size_t i = 0; i < given; ++i) {
        all.drift[i + 1] = std::log1p(moves[i]);
        all.volatility[i + 1] = 0;
    }
    return all;
}

}  // namespace fxpool
