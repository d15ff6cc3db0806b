#pragma once

#include "fxpool/model/gbm.hpp"
#include "fxpool/model/history.hpp"

/// Moves drawn from history in blocks (stationary bootstrap, Politis and Romano 1994, JASA 89): keeps fat tails, clusters and, with long
/// blocks, trends. One row a business day.
namespace fxpool {

struct BootstrapModel {
    static constexpr const char* name = "bootstrap";
    static constexpr bool has_trends = true;  ///< of some months
    static Message summary() { return say("moves drawn from history in blocks"); }

    HistoryWindow window;
    double mean_block = 20;  ///< days
    bool demean = true;
    std::optional<double> scale_volatility_to;  ///< a year, Act/365 by the history's own clock
    CarryOnly drift;

    void keys(auto&& key) {
        key("history", window.file, needed("usdcny.csv"), say("a file date,USDCNY,... or date,rate"));
        key("from", window.from, absent("2015-08-11"), say("its first row; without it the file's first"));
        key("to", window.to, absent("2025-12-31"), say("its last row; without it the file's last"));
        key("mean_block", mean_block, factor_form(1, 1e6), by_default(), say("mean length of a block in business days: long blocks keep trends"));
        key("demean", demean, by_default(), say("remove the mean of the log moves, so that the rate has no trend of its own"));
        key("scale_volatility_to", scale_volatility_to, volatility_form(), absent("4.2%"), say("stretch the moves to this volatility, a year"));
        key("drift", drift, absent("carry"), say("carry: a daily shift makes the expected rate the forward"));
    }
};

struct BootstrapStep {
    std::int32_t shared = 0;
    int first = 1;
    std::vector<double> rows;  ///< log moves, demeaned and scaled
    double mean_block = 1;

    void add(const StepDraws& draws, std::span<double> log_moves) const;
    void fields(auto&& f) { f(shared), f(first), f(rows), f(mean_block); }
};

/// `grid.history` must hold the window's moves.
NormalMoves normal_moves(const BootstrapModel& model, const ModelGrid& grid);
BootstrapStep step_of(const BootstrapModel& model, const ModelGrid& grid);
ModelProblems problems_of(const BootstrapModel& model);
inline const HistoryWindow* history_of(const BootstrapModel& model) { return &model.window; }

/// ln E[exp(sum of `days` moves)] for each number of days from 0 on, exactly, over all ways of drawing the blocks.
std::vector<double> log_growth(std::span<const double> rows, double mean_block, int days);

}  // namespace fxpool
