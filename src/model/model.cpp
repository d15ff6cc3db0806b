#include "fxpool/model/model.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace fxpool {
namespace {

template <class M>
Step any_step_of(const M& model, const ModelGrid& grid) {
    if constexpr (std::is_same_v<M, GbmModel>) return std::monostate{};
    else return step_of(model, grid);
}

}  // namespace

MoveTerms move_terms(const Model& model, const ModelGrid& grid) {
    return std::visit(
        [&](const auto& one) {
            auto normal = normal_moves(one, grid);
            return MoveTerms{std::move(normal.drift), std::move(normal.volatility), any_step_of(one, grid)};
        },
        model);
}

MoveTerms move_terms(std::span<const double> given, const std::optional<Model>& then, const ModelGrid& grid) {
    auto after = grid;
    const auto days = grid.days.empty() ? 0 : grid.days.size() - 1;
    const auto count = std::min(given.size(), days);
    after.first = static_cast<int>(count) + 1;
    auto terms = then ? move_terms(*then, after) : MoveTerms{std::vector<double>(days + 1), std::vector<double>(days + 1), {}};
    for (std::size_t i = 0; i < count; ++i) terms.drift[i + 1] = std::log1p(given[i]);
    return terms;
}

void draw_moves(const MoveTerms& terms, const Draws& draws, std::span<const double> shocks, std::span<double> log_moves) {
    log_moves[0] = 0;
    for (std::size_t day = 1; day < log_moves.size(); ++day) log_moves[day] = terms.drift[day] + terms.volatility[day] * shocks[day];
    std::visit(
        [&](const auto& step) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(step)>, std::monostate>) step.add(StepDraws(draws, shocks), log_moves);
        },
        terms.step);
}

ModelProblems problems_of(const Model& model) {
    return std::visit([](const auto& one) { return problems_of(one); }, model);
}

const HistoryWindow* history_of(const Model& model) {
    return std::visit(
        [](const auto& one) -> const HistoryWindow* {
            if constexpr (requires { one.window; }) return history_of(one);
            else return nullptr;
        },
        model);
}

ModelProblems problems_with_history(const Model& model, std::span<const double> moves) {
    const auto* garch = std::get_if<GarchModel>(&model);
    return garch && garch->residuals.kind == Residuals::Kind::history ? problems_with_history(*garch, moves) : ModelProblems{};
}

}  // namespace fxpool
