#include "family_list.hpp"
#include "fxpool/calibrate/fit.hpp"

#include <array>

namespace fxpool::calibrate {

std::span<const Family> families() {
    static const std::array all = {gbm_family(), merton_family(), heston_family(), regime_family(), bootstrap_family(), garch_family()};
    return all;
}

const Family* family_of(std::string_view name) {
    for (const auto& family : families()) {
        if (family.name == name) return &family;
    }
    return nullptr;
}

MoveTerms simulation_terms(const Fit& fit, const Model& model, int count) {
    auto grid = even_grid(count, fit.dt);
    grid.history = fit.history;
    grid.history_dt = fit.dt;
    return move_terms(model, grid);
}

std::vector<double> simulate(const MoveTerms& terms, std::uint64_t seed, std::int64_t path) {
    const Draws draws(seed, first_calibration_path + path);
    std::vector<double> shocks(terms.drift.size()), moves(terms.drift.size());
    for (std::uint32_t day = 1; day < shocks.size(); ++day) shocks[day] = draws.normal(Purpose::rate, StepDraws::id(0, day));
    draw_moves(terms, draws, shocks, moves);
    moves.erase(moves.begin());
    return moves;
}

std::vector<double> simulate(const Fit& fit, const Model& model, int count, std::uint64_t seed, std::int64_t path) {
    return simulate(simulation_terms(fit, model, count), seed, path);
}

}  // namespace fxpool::calibrate
