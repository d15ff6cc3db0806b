#pragma once

#include "fxpool/model/gbm.hpp"
#include "fxpool/model/history.hpp"

/// GJR-GARCH(1,1) on daily log moves (Glosten, Jagannathan and Runkle 1993): x = mean + e, e = sqrt(h) z,
/// h' = omega + alpha e^2 + gamma e^2 [e < 0] + beta h. One row a business day.
namespace fxpool {

struct Residuals {
    enum class Kind { normal, student, history } kind = Kind::normal;
    double df = 0;  ///< student: unit variance, df > 2
};

inline constexpr double most_daily_variance = 0.1;  ///< the highest volatility that may be written, 500 % a year, on a business day

struct GarchModel {
    static constexpr const char* name = "garch";
    static constexpr bool has_trends = false;  ///< of some months
    static Message summary() { return say("calm and turbulent days follow one another"); }

    double omega = 0, alpha = 0, beta = 0, gamma = 0;  ///< of daily log moves
    double mean = 0;                                   ///< daily log move
    std::optional<double> start_volatility;            ///< a year: sqrt(h / mean step)
    Residuals residuals;
    HistoryWindow window;  ///< residuals: history
    double mean_block = 1;
    CarryOnly drift;

    void keys(auto&& key) {
        key("omega", omega, factor_form(0, most_daily_variance), needed("0.0000001"), say("constant of the daily variance"));
        key("alpha", alpha, factor_form(0, 10), needed("0.08"), say("weight of the last squared move"));
        key("beta", beta, factor_form(0, 1), needed("0.9"), say("weight of the last variance"));
        key("gamma", gamma, factor_form(-10, 10), by_default(), say("added to alpha for moves below the mean; negative where rises stir more than falls"));
        key("mean", mean, share_form(-0.02, 0.02), by_default(), say("mean of the daily log move"));
        key("start_volatility", start_volatility, volatility_form(), absent("3.5%"), say("a year, on the first day; without it the long-run one"));
        key("residuals", residuals, by_default(), say("normal | student(df) | history"));
        key("history", window.file, absent("usdcny.csv"), say("residuals: history: a file date,USDCNY,... or date,rate"));
        key("from", window.from, absent("2015-08-11"), say("its first row; without it the file's first"));
        key("to", window.to, absent("2025-12-31"), say("its last row; without it the file's last"));
        key("mean_block", mean_block, factor_form(1, 1e6), by_default(), say("residuals: history: mean length of a block in business days"));
        key("drift", drift, absent("carry"), say("carry: a daily shift makes the expected rate the forward"));
    }
};

struct GarchStep {
    std::int32_t place = 0, shared = 0;
    int first = 1;
    double omega = 0, alpha = 0, beta = 0, gamma = 0, start_variance = 0;  ///< daily
    bool compensate = false;                                               ///< carry: half the day's variance is taken off
    Residuals::Kind kind = Residuals::Kind::normal;
    double df = 0;
    std::vector<double> rows;  ///< history: standardised residuals
    double mean_block = 1;

    /// Adds to the log moves. Draws a day: the shock; student: mixing too; history: row and block in place of both.
    void add(const StepDraws& draws, std::span<double> log_moves) const;
    void fields(auto&& f) {
        f(place), f(shared), f(first), f(omega), f(alpha), f(beta), f(gamma), f(start_variance), f(compensate), f(kind), f(df), f(rows), f(mean_block);
    }
};

NormalMoves normal_moves(const GarchModel& model, const ModelGrid& grid);
GarchStep step_of(const GarchModel& model, const ModelGrid& grid);
ModelProblems problems_of(const GarchModel& model);
/// Residuals from history: whether the persistence that they make is below 1.
ModelProblems problems_with_history(const GarchModel& model, std::span<const double> moves);
inline const HistoryWindow* history_of(const GarchModel& model) { return model.residuals.kind == Residuals::Kind::history ? &model.window : nullptr; }

/// alpha + beta + gamma E[z^2; z < 0]: 1/2 for a symmetric z. Below 1 the long-run variance omega / (1 - persistence) exists.
double persistence(const GarchModel& model, double share_below);
/// mean(z^2; z < 0) of standardised residuals.
double share_below(std::span<const double> residuals);

/// The daily variances that `moves` leave behind, [i] before move i, one more at the end; h starts at `start`.
std::vector<double> filtered_variances(const GarchModel& model, std::span<const double> moves, double start);
/// Residuals of `moves`, with mean 0 and variance 1.
std::vector<double> standardised_residuals(const GarchModel& model, std::span<const double> moves);

}  // namespace fxpool
