#include "fxpool/model/gbm.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace fxpool {
namespace {

/// The integral over the calendar days after `previous` up to `day` of f(value), in years Act/365; `dt` where the value is one.
template <class F>
double integral(const DatedValues& values, Date previous, Date day, double dt, F f) {
    if (values.empty()) return 0;
    if (values.size() == 1) return f(values.front().second) * dt;
    double sum = 0;
    for (Date date = previous + 1; date <= day; date = date + 1) sum += f(value_on(values, date));
    return sum / 365;
}

}  // namespace

double value_on(const DatedValues& values, Date date) {
    double value = values.front().second;
    for (const auto& [from, later] : values) {
        if (from > date) break;
        value = later;
    }
    return value;
}

double total_variance(const std::map<int, double>& quotes, double years) {
    const auto tenor = [](auto quote) { return quote->first / 12.0; };
    const auto variance = [&](auto quote) { return quote->second * quote->second * tenor(quote); };
    auto after = quotes.begin();
    while (after != quotes.end() && tenor(after) < years) ++after;
    if (after == quotes.begin()) return after->second * after->second * years;
    const auto before = std::prev(after);
    if (after == quotes.end()) return before->second * before->second * years;
    const double share = (years - tenor(before)) / (tenor(after) - tenor(before));
    return variance(before) + share * (variance(after) - variance(before));
}

NormalMoves normal_moves(const GbmModel& model, const ModelGrid& grid) {
    const auto size = grid.days.size();
    NormalMoves moves{std::vector<double>(size), std::vector<double>(size)};
    const auto& quotes = model.volatility.quotes;
    const auto quoted = [&](std::size_t t) { return total_variance(quotes, (grid.days[t] - grid.days.front()) / 365.0); };
    for (auto t = static_cast<std::size_t>(grid.first); t < size; ++t) {
        const Date before = grid.days[t - 1], day = grid.days[t];
        // of quotes whose variance stands still a rounding's rest may be negative
        const double variance = quotes.empty() ? integral(model.volatility.steps, before, day, grid.dt[t], [](double v) { return v * v; })
                                               : std::max(quoted(t) - quoted(t - 1), 0.0);
        const double growth = model.drift.carry ? grid.carry[t] : integral(model.drift.steps, before, day, grid.dt[t], [](double v) { return v; });
        moves.drift[t] = growth - variance / 2;
        moves.volatility[t] = std::sqrt(variance);
    }
    return moves;
}

ModelProblems problems_of(const GbmModel& model) {
    ModelProblems problems;
    double before = 0;
    int months_before = 0;
    for (const auto& [months, volatility] : model.volatility.quotes) {
        const double variance = volatility * volatility * months;
        if (variance < before) {
            problems.push_back({"volatility", say("calendar arbitrage: the variance to {0}M is below that to {1}M, so that none would be left in between",
                                                  months, months_before)});
        }
        before = variance;
        months_before = months;
    }
    return problems;
}

}  // namespace fxpool
