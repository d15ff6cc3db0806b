#include "fxpool/model/merton.hpp"

#include <cmath>

namespace fxpool {

double MertonModel::mean_jump() const { return std::expm1(jump_mean + jump_volatility * jump_volatility / 2); }

NormalMoves normal_moves(const MertonModel& model, const ModelGrid& grid) {
    GbmModel between;
    between.volatility.steps = {{Date{}, model.volatility}};
    between.drift = {{{Date{}, model.drift.rate}}, model.drift.carry};
    auto moves = normal_moves(between, grid);
    for (auto t = static_cast<std::size_t>(grid.first); t < grid.dt.size(); ++t) moves.drift[t] -= model.jump_intensity * model.mean_jump() * grid.dt[t];
    return moves;
}

MertonStep step_of(const MertonModel& model, const ModelGrid& grid) {
    MertonStep step{.place = grid.place, .first = grid.first, .expected = {}, .jump_mean = model.jump_mean, .jump_volatility = model.jump_volatility};
    for (const double dt : grid.dt) step.expected.push_back(model.jump_intensity * dt);
    return step;
}

void MertonStep::add(const StepDraws& draws, std::span<double> log_moves) const {
    for (int day = first; day < static_cast<int>(log_moves.size()); ++day) {
        const auto t = static_cast<std::size_t>(day);
        const auto index = static_cast<std::uint32_t>(day);
        // the Poisson count by inversion: the first n whose distribution function exceeds u
        const double u = draws.uniform(Purpose::jump_count, place, index);
        double probability = std::exp(-expected[t]), reached = probability;
        int jumps = 0;
        while (u > reached && probability > 0) {
            probability *= expected[t] / ++jumps;
            reached += probability;
        }
        if (jumps == 0) continue;
        log_moves[t] += jumps * jump_mean + std::sqrt(jumps) * jump_volatility * draws.normal(Purpose::jump_size, place, index);
    }
}

ModelProblems problems_of(const MertonModel& model) {
    const double variance = model.jump_intensity * (model.jump_mean * model.jump_mean + model.jump_volatility * model.jump_volatility);
    const double most = volatility_form().high;
    if (variance <= most * most) return {};
    return {{"jump_intensity", say("so many jumps of this size make a volatility of {0} % a year, above {1} %", std::lround(std::sqrt(variance) * 100),
                                   std::lround(most * 100))}};
}

}  // namespace fxpool
