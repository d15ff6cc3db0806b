#pragma once

#include "fxpool/model/bootstrap.hpp"
#include "fxpool/model/garch.hpp"
#include "fxpool/model/gbm.hpp"
#include "fxpool/model/heston.hpp"
#include "fxpool/model/merton.hpp"
#include "fxpool/model/regime.hpp"

#include <variant>

/// The rate models: the one list of them. A new one is a parameter struct with `name`, `summary`, `keys`, a step, and a line here.
namespace fxpool {

using Model = std::variant<GbmModel, MertonModel, HestonModel, RegimeModel, BootstrapModel, GarchModel>;
/// What a model does beyond its NormalMoves; nothing for gbm.
using Step = std::variant<std::monostate, MertonStep, HestonStep, RegimeStep, BootstrapStep, GarchStep>;

/// A pair's moves, ready to be drawn: log move = drift + volatility * shock, and what the step adds.
struct MoveTerms {
    std::vector<double> drift, volatility;  ///< by day
    Step step;

    void fields(auto&& f) { f(drift), f(volatility), f(step); }
};

MoveTerms move_terms(const Model& model, const ModelGrid& grid);

/// Given simple moves on days 1, 2, ..., the last ones unused where there are more than days; then the model, or no move.
MoveTerms move_terms(std::span<const double> given, const std::optional<Model>& then, const ModelGrid& grid);

/// The log moves of one path: [day], [0] = 0. `shocks` by day.
void draw_moves(const MoveTerms& terms, const Draws& draws, std::span<const double> shocks, std::span<double> log_moves);

ModelProblems problems_of(const Model& model);

/// The history whose rows the model draws, shared between pairs (bootstrap, garch with residuals from history); null where it draws none.
const HistoryWindow* history_of(const Model& model);
/// What is wrong between the model and the moves of its history.
ModelProblems problems_with_history(const Model& model, std::span<const double> moves);

}  // namespace fxpool
