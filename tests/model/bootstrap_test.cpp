// Moves drawn from history in blocks, against exact moments of the stationary bootstrap.
#include "tests/support/model_paths.hpp"
#include "tests/support/statistics.hpp"

#include <numeric>

using namespace fxpool;
using namespace fxpool::testing;

namespace {

/// 200 log moves with trends that last: each is 60 % of the one before, and a shock of 0.3 %.
std::vector<double> trending() {
    std::vector<double> moves;
    double move = 0;
    for (std::uint32_t i = 0; i < 200; ++i) {
        move = 0.6 * move + 0.003 * Draws(11, 0).normal(Purpose::rate, i);
        moves.push_back(move);
    }
    return moves;
}

ModelGrid with_history(ModelGrid grid, std::vector<double> history) {
    grid.history = std::move(history);
    grid.history_dt = 1.45 / 365;
    return grid;
}

double mean_of(std::span<const double> rows) { return std::accumulate(rows.begin(), rows.end(), 0.0) / static_cast<double>(rows.size()); }

/// Of a row and the one `lag` further on, the first following the last.
double circular_covariance(std::span<const double> rows, std::size_t lag) {
    const double mean = mean_of(rows);
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) sum += (rows[i] - mean) * (rows[(i + lag) % rows.size()] - mean);
    return sum / static_cast<double>(rows.size());
}

/// Variance of the sum of so many days: two days are in one block with probability (1 - 1/block)^lag (Politis and Romano 1994, lemma 1).
double variance_of_sum(std::span<const double> rows, double block, int days) {
    double sum = days * circular_covariance(rows, 0);
    for (int lag = 1; lag < days; ++lag) sum += 2 * (days - lag) * std::pow(1 - 1 / block, lag) * circular_covariance(rows, static_cast<std::size_t>(lag));
    return sum;
}

/// E[exp(sum)] over all sequences of rows, one by one.
double growth_by_enumeration(std::span<const double> rows, double block, int days) {
    const auto count = rows.size();
    double sum = 0;
    const auto walk = [&](auto&& on, std::size_t row, int day, double probability, double level) -> void {
        level += rows[row];
        if (day == days) {
            sum += probability * std::exp(level);
            return;
        }
        for (std::size_t next = 0; next < count; ++next) {
            const double moved = 1 / block / static_cast<double>(count) + (next == (row + 1) % count ? 1 - 1 / block : 0);
            on(on, next, day + 1, probability * moved, level);
        }
    };
    for (std::size_t first = 0; first < count; ++first) walk(walk, first, 1, 1 / static_cast<double>(count), 0);
    return sum;
}

}  // namespace

TEST_CASE("the growth of all ways of drawing the blocks is that of their enumeration", "[bootstrap]") {
    const std::vector<double> rows = {0.05, -0.02, 0.11};
    for (const double block : {1.0, 1.7, 4.0, 1e6}) {
        const auto growth = log_growth(rows, block, 7);
        REQUIRE(growth.size() == 8);
        CHECK(growth[0] == 0);
        for (int days = 1; days <= 7; ++days) {
            CHECK(growth[static_cast<std::size_t>(days)] == Approx(std::log(growth_by_enumeration(rows, block, days))).epsilon(1e-13));
        }
    }
    const auto one = log_growth(std::vector<double>{0.01}, 5, 3);
    CHECK(one[3] == Approx(0.03).epsilon(1e-13));
}

TEST_CASE("moves are rows of history in their order, the first after the last", "[bootstrap]") {
    const auto grid = with_history(weekdays(400), {0.01, 0.02, 0.03, 0.04});
    BootstrapModel model{.mean_block = 1e6, .demean = false, .scale_volatility_to = {}};
    const std::vector<double> whole = {0, 0.01, 0.02, 0.03, 0.04};
    ModelPaths paths(model, grid);
    int starts[5] = {};
    for (int path = 0; path < 200; ++path) {
        const auto& moves = paths.draw(path);
        const auto row_of = [&](std::size_t day) { return static_cast<int>(std::round(moves[day] * 100)); };
        ++starts[row_of(1)];
        int breaks = 0;
        for (std::size_t day = 1; day < moves.size(); ++day) {
            CHECK(moves[day] == whole[static_cast<std::size_t>(row_of(day))]);
            if (day > 1) breaks += row_of(day) != row_of(day - 1) % 4 + 1;
        }
        CHECK(breaks <= 1);
    }
    for (int row = 1; row <= 4; ++row) CHECK(starts[row] > 25);
    // blocks of one day: any row after any
    model.mean_block = 1;
    ModelPaths single(model, grid);
    int after[5][5] = {};
    for (int path = 0; path < 100; ++path) {
        const auto& moves = single.draw(path);
        for (std::size_t day = 2; day < moves.size(); ++day) ++after[std::lround(moves[day - 1] * 100)][std::lround(moves[day] * 100)];
    }
    for (int from = 1; from <= 4; ++from) {
        for (int to = 1; to <= 4; ++to) CHECK(after[from][to] / (100 * 399.0) == Approx(1 / 16.0).margin(0.008));
    }
}

TEST_CASE("blocks are as long as the mean says", "[statistical][known][bootstrap]") {
    // a block ends after a day with probability 1/2.5; one in 1,000 goes on where it was. s.e. 0.13 %
    constexpr int count = 1000;
    std::vector<double> history(count);
    std::iota(history.begin(), history.end(), 0.0);
    ModelPaths paths(BootstrapModel{.mean_block = 2.5, .demean = false, .scale_volatility_to = {}}, with_history(weekdays(300), history));
    Moments ends;
    for (std::int64_t path = 0; path < cut(3'000); ++path) {
        const auto& moves = paths.draw_without_shocks(path);
        for (std::size_t day = 2; day < moves.size(); ++day) ends.add(std::lround(moves[day]) != (std::lround(moves[day - 1]) + 1) % count);
    }
    check_answer(ends, 0.4 * (1 - 1.0 / count), 0.0014);
}

TEST_CASE("rows are demeaned and stretched to a volatility by the history's own clock", "[bootstrap]") {
    const auto history = trending();
    const auto grid = with_history(weekdays(10), history);
    const double mean = mean_of(history);
    const auto step = [&](bool demean, std::optional<double> volatility) {
        return step_of(BootstrapModel{.mean_block = 20, .demean = demean, .scale_volatility_to = volatility}, grid);
    };
    CHECK(mean_of(step(true, {}).rows) == Approx(0).margin(1e-17));
    CHECK(mean_of(step(false, {}).rows) == Approx(mean).epsilon(1e-12));
    CHECK(circular_covariance(step(true, {}).rows, 0) == Approx(circular_covariance(history, 0)).epsilon(1e-12));
    for (const bool demean : {true, false}) {
        const auto rows = step(demean, 0.042).rows;
        CHECK(std::sqrt(circular_covariance(rows, 0) / (1.45 / 365)) == Approx(0.042).epsilon(1e-12));
        CHECK(mean_of(rows) == Approx(demean ? 0 : mean).margin(1e-16));  // the mean is not stretched
    }
    // a history that never moves has no volatility to stretch
    const auto still = step_of(BootstrapModel{.scale_volatility_to = 0.05}, with_history(weekdays(3), {0.001, 0.001}));
    for (const double row : still.rows) CHECK(row == Approx(0).margin(1e-18));
}

TEST_CASE("the variance ratio at 21 and 63 days is the stationary bootstrap's", "[statistical][known][bootstrap]") {
    // variance of 21 and of 63 days' moves over as many times one day's: s.e. 0.10 and 0.13 %. 2.1 and 2.3, where days alone would give 1
    constexpr double block = 20;
    const auto history = trending();
    const auto grid = with_history(weekdays(63), history);
    ModelPaths paths(BootstrapModel{.mean_block = block, .demean = true, .scale_volatility_to = {}}, grid);
    Moments month, quarter, day;
    for (std::int64_t path = 0; path < cut(1'000'000); ++path) {
        const auto& moves = paths.draw_without_shocks(path);
        double sum = 0, whole = 0;
        for (std::size_t t = 1; t < moves.size(); ++t) {
            sum += moves[t];
            if (t % 21 != 0) continue;
            whole += sum;
            if (t == 21 || t == 63) month.add(sum * sum);
            sum = 0;
        }
        day.add(moves[30] * moves[30]);
        quarter.add(whole * whole);
    }
    const double one = circular_covariance(history, 0);
    check_answer(day, one, 0.0014);
    check_answer(month.mean / (21 * one), month.standard_error() / (21 * one), variance_of_sum(history, block, 21) / (21 * one), 0.0014);
    check_answer(quarter.mean / (63 * one), quarter.standard_error() / (63 * one), variance_of_sum(history, block, 63) / (63 * one), 0.0014);
}

TEST_CASE("with carry the expected rate is the forward on every day, whatever the trends", "[statistical][known][bootstrap]") {
    // moves of 4 % about a mean of 0.5 %: without the shift 60 days would grow by more than a third. s.e. 0.01 to 0.09 %
    auto history = trending();
    for (double& move : history) move = 0.005 + 10 * move;
    const auto grid = with_history(weekdays(60, -0.03), history);
    const BootstrapModel model{.mean_block = 3, .demean = false, .scale_volatility_to = {}, .drift = {true}};
    ModelPaths paths(model, grid);
    Moments first, middle, last;
    for (std::int64_t path = 0; path < cut(200'000); ++path) {
        const auto& moves = paths.draw_without_shocks(path);
        double level = 0;
        for (std::size_t t = 1; t < moves.size(); ++t) {
            level += moves[t];
            if (t == 1) first.add(std::exp(level));
            if (t == 10) middle.add(std::exp(level));
        }
        last.add(std::exp(level));
    }
    check_answer(first, std::exp(grid.carry[1]), 0.0014);
    check_answer(middle, std::exp(-0.03 * 14 / 365), 0.0014);
    check_answer(last, std::exp(-0.03 * years_of(grid)), 0.0014);
}

TEST_CASE("pairs that share rows have rows of the same days", "[bootstrap]") {
    auto first_history = trending(), second_history = trending();
    for (std::size_t i = 0; i < second_history.size(); ++i) second_history[i] = 2 * first_history[i] + 0.001;
    const BootstrapModel model{.mean_block = 5, .demean = false, .scale_volatility_to = {}};
    auto grid = with_history(weekdays(80), first_history);
    ModelPaths first(model, grid);
    grid.place = 1;
    grid.history = second_history;
    ModelPaths second(model, grid);
    grid.first = 31;  // its first 30 days are given
    ModelPaths later(model, grid);
    grid.shared = 1;
    ModelPaths alone(model, grid);
    bool differs = false;
    for (int path = 0; path < 20; ++path) {
        const auto moves = first.draw(path), other = second.draw(path), after = later.draw(path);
        for (std::size_t t = 1; t < moves.size(); ++t) {
            CHECK(other[t] == Approx(2 * moves[t] + 0.001).margin(1e-16));
            CHECK(after[t] == (t < 31 ? 0 : other[t]));
        }
        differs = differs || alone.draw(path) != after;
    }
    CHECK(differs);
}

TEST_CASE("after given moves the carry of the bootstrap starts afresh", "[bootstrap]") {
    auto grid = with_history(weekdays(10, -0.02), {0.05, -0.02, 0.11});
    const BootstrapModel model{.mean_block = 2, .demean = false, .scale_volatility_to = {}, .drift = {true}};
    grid.first = 4;
    const auto moves = normal_moves(model, grid);
    const auto growth = log_growth(grid.history, 2, 7);
    double sum = 0;
    for (std::size_t t = 1; t < 11; ++t) {
        sum += t < 4 ? 0 : moves.drift[t] - grid.carry[t];
        CHECK(sum == Approx(t < 4 ? 0 : -growth[t - 3]).margin(1e-15));
        if (t < 4) CHECK(moves.drift[t] == 0);
    }
}
