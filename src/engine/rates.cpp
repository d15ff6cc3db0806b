#include "fxpool/engine/rates.hpp"

#include "fxpool/pool/failure.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {

void Rates::draw(const Prepared& prepared, const Draws& draws) {
    const auto pairs = prepared.pairs.size();
    const auto days = static_cast<std::size_t>(prepared.days());
    level_.resize(pairs);
    model_.resize(pairs);
    shocks_.resize(pairs);
    correlated_.resize(days);
    moves_.resize(days);
    runaway_pair_ = {};
    runaway_day_ = {};
    for (std::size_t p = 0; p < pairs; ++p) {
        shocks_[p].resize(days);
        for (std::size_t day = 1; day < days; ++day) {
            const auto id = StepDraws::id(static_cast<std::int32_t>(p), static_cast<std::uint32_t>(day));
            shocks_[p][day] = draws.normal(Purpose::rate, id);
        }
    }
    for (std::size_t p = 0; p < pairs; ++p) {
        correlated_.assign(days, 0.0);
        for (std::size_t q = 0; q <= p; ++q) {
            const double root = prepared.correlation_root[p * pairs + q];
            if (root == 0) continue;
            for (std::size_t day = 1; day < days; ++day) correlated_[day] += root * shocks_[q][day];
        }
        const PairId pair{p};
        draw_moves(prepared.pairs[pair].moves, draws, correlated_, moves_);
        set_levels(pair, prepared.pairs[pair]);
    }
}

/// The model runs a rate of its own; the pair's rate follows it by at most the band a day (docs/rules.md, 2.4). A move of the band's own size is
/// inside it, whatever the rounding.
void Rates::set_levels(PairId pair, const PairTerms& terms) {
    auto& level = level_[pair];
    auto& model = model_[pair];
    const auto days = moves_.size();
    level.resize(days);
    level[DayIndex{0}] = terms.spot;
    const double log_spot = std::log(terms.spot);
    double log_rate = log_spot;
    const auto level_of_model = [&](DayIndex day) {
        const double from_start = log_rate - log_spot;
        if (std::abs(from_start) <= widest_log_move) return std::exp(log_rate);  // false for NaN, too
        if (!runaway_pair_.valid()) {
            runaway_pair_ = pair;
            runaway_day_ = day;
        }
        return std::exp(log_spot + (from_start < 0 ? -widest_log_move : widest_log_move));
    };
    if (!std::isfinite(terms.band)) {
        model.clear();
        for (DayIndex day{1}; day.index() < days; ++day) {
            log_rate += moves_[day.index()];
            level[day] = level_of_model(day);
        }
        return;
    }
    constexpr double rounding = 1e-9;
    model.resize(days);
    model[DayIndex{0}] = terms.spot;
    for (DayIndex day{1}; day.index() < days; ++day) {
        log_rate += moves_[day.index()];
        model[day] = level_of_model(day);
        const double within = std::clamp(model[day], level[day - 1] * (1 - terms.band), level[day - 1] * (1 + terms.band));
        level[day] = std::abs(within - model[day]) <= rounding * within ? model[day] : within;
    }
}

bool Rates::any_cut(DayIndex day) const {
    for (PairId pair{0}; pair.index() < level_.size(); ++pair) {
        if (is_cut(pair, day)) return true;
    }
    return false;
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
        rates.draw(prepared, Draws(prepared.seed, first_pilot_path + path));
        reference.read(prepared, rates);
        for (DayIndex day{0}; day <= prepared.last_day(); ++day) {
            sum[day] += pool::clock_step(prepared.failure.insolvency_beta, reference.move(day), 1);
        }
    }
    for (auto& value : sum) value = static_cast<double>(pilot_paths) / value;
    return sum;
}

}  // namespace fxpool
