#include "fxpool/engine/rates.hpp"

#include "fxpool/pool/failure.hpp"

#include <cmath>

namespace fxpool {

void draw_rates(const Prepared& prepared, const Draws& draws, Purpose purpose, Rates& rates) {
    const auto pairs = prepared.pairs.size();
    const auto days = static_cast<std::size_t>(prepared.days());
    rates.resize(pairs);
    std::vector<double> shocks(pairs);
    std::vector<double> log_rates(pairs);
    for (PairId pair{0}; pair.index() < pairs; ++pair) {
        rates[pair].resize(days);
        rates[pair][DayIndex{0}] = prepared.pairs[pair].spot;
        log_rates[pair.index()] = std::log(prepared.pairs[pair].spot);
    }
    for (DayIndex day{1}; day.index() < days; ++day) {
        for (std::size_t p = 0; p < pairs; ++p) {
            const auto id = static_cast<std::uint64_t>(p) << 32U | static_cast<std::uint64_t>(day.index());
            shocks[p] = draws.normal(purpose, id);
        }
        for (std::size_t p = 0; p < pairs; ++p) {
            double correlated = 0;
            for (std::size_t q = 0; q <= p; ++q) correlated += prepared.correlation_root[p * pairs + q] * shocks[q];
            const PairId pair{p};
            const auto& terms = prepared.pairs[pair];
            log_rates[p] += terms.log_drift[day] + terms.log_volatility[day] * correlated;
            rates[pair][day] = std::exp(log_rates[p]);
        }
    }
}

void ReferenceLog::read(const Prepared& prepared, const Rates& rates) {
    history_ = prepared.reference_history.size();
    log_rates_.clear();
    for (const double rate : prepared.reference_history) log_rates_.push_back(std::log(rate));
    for (const double rate : rates[prepared.reference]) log_rates_.push_back(std::log(rate));
}

double ReferenceLog::move(DayIndex day) const {
    const auto now = history_ + day.index();
    const auto then = now < pool::move_window ? 0 : now - pool::move_window;
    return log_rates_[now] - log_rates_[then];
}

std::span<const double> ReferenceLog::last(DayIndex day, std::size_t count) const {
    const auto known = history_ + day.index() + 1;
    if (known < count) return {};
    return {log_rates_.data() + (known - count), count};
}

Table<DayIndex, double> pilot_clock_scale(const Prepared& prepared) {
    Table<DayIndex, double> sum(static_cast<std::size_t>(prepared.days()), 0.0);
    Rates rates;
    ReferenceLog reference;
    for (std::int64_t path = 0; path < pilot_paths; ++path) {
        draw_rates(prepared, Draws(prepared.seed, path), Purpose::pilot_rate, rates);
        reference.read(prepared, rates);
        for (DayIndex day{0}; day <= prepared.last_day(); ++day) {
            sum[day] += pool::clock_step(prepared.failure.insolvency_beta, reference.move(day), 1);
        }
    }
    for (auto& value : sum) value = static_cast<double>(pilot_paths) / value;
    return sum;
}

}  // namespace fxpool
