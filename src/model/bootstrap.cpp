#include "fxpool/model/bootstrap.hpp"

#include <cmath>
#include <numeric>

namespace fxpool {
namespace {

std::vector<double> rows_of(const BootstrapModel& model, const ModelGrid& grid) {
    auto rows = grid.history;
    const double count = static_cast<double>(rows.size());
    const double mean = std::accumulate(rows.begin(), rows.end(), 0.0) / count;
    double squares = 0;
    for (const double row : rows) squares += (row - mean) * (row - mean);
    const double volatility = std::sqrt(squares / count / grid.history_dt);
    const double stretch = model.scale_volatility_to && volatility > 0 ? *model.scale_volatility_to / volatility : 1;
    for (double& row : rows) row = (row - mean) * stretch + (model.demean ? 0 : mean);
    return rows;
}

}  // namespace

// u_k(i) = E[exp(sum of the next k moves) | the first of them is row i]; the last factor is the row itself, before it the walk goes on.
std::vector<double> log_growth(std::span<const double> rows, double mean_block, int days) {
    const auto count = rows.size();
    std::vector<double> factor(count), expected(count, 1.0), next(count);
    for (std::size_t i = 0; i < count; ++i) factor[i] = std::exp(rows[i]);
    std::vector<double> growth{0.0};
    double average = 1;
    for (int day = 1; day <= days; ++day) {
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const double on = day == 1 ? 1 : expected[i + 1 == count ? 0 : i + 1];
            next[i] = factor[i] * (on + (average - on) / mean_block);
            sum += next[i];
        }
        expected.swap(next);
        average = sum / static_cast<double>(count);
        growth.push_back(std::log(average));
    }
    return growth;
}

NormalMoves normal_moves(const BootstrapModel& model, const ModelGrid& grid) {
    NormalMoves moves{std::vector<double>(grid.dt.size()), std::vector<double>(grid.dt.size())};
    if (!model.drift.carry) return moves;
    const auto growth = log_growth(rows_of(model, grid), model.mean_block, grid.size() - grid.first);
    for (int day = grid.first; day < grid.size(); ++day) {
        const auto n = static_cast<std::size_t>(day - grid.first);
        moves.drift[static_cast<std::size_t>(day)] = grid.carry[static_cast<std::size_t>(day)] - (growth[n + 1] - growth[n]);
    }
    return moves;
}

BootstrapStep step_of(const BootstrapModel& model, const ModelGrid& grid) {
    return {.shared = grid.shared, .first = grid.first, .rows = rows_of(model, grid), .mean_block = model.mean_block};
}

void BootstrapStep::add(const StepDraws& draws, std::span<double> log_moves) const {
    RowWalk walk(draws, shared, rows.size(), mean_block);
    for (int day = 1; day < static_cast<int>(log_moves.size()); ++day) {
        const auto row = walk.next(day);
        if (day >= first) log_moves[static_cast<std::size_t>(day)] += rows[row];
    }
}

ModelProblems problems_of(const BootstrapModel&) { return {}; }

}  // namespace fxpool
