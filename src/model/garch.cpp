#include "fxpool/model/garch.hpp"

#include "fxpool/model/mixing.hpp"

#include <cmath>
#include <numeric>

namespace fxpool {
namespace {

double next_variance(const auto& model, double h, double e) { return model.omega + (model.alpha + (e < 0 ? model.gamma : 0)) * e * e + model.beta * h; }

double long_run_variance(const GarchModel& model, double below) {
    const double left = 1 - persistence(model, below);
    return left > 0 ? model.omega / left : model.omega;
}

/// A persistence just below 1 makes of any omega a volatility that no rate has.
void add_wild_variance(const GarchModel& model, double below, ModelProblems& problems) {
    const double variance = long_run_variance(model, below);
    if (variance <= most_daily_variance) return;
    problems.push_back({"omega", say("the long-run volatility of a day, the root of omega / (1 - alpha - beta - gamma/2), is {0} %: too large for a rate",
                                     std::lround(std::sqrt(variance) * 100))});
}

}  // namespace

double persistence(const GarchModel& model, double below) { return model.alpha + model.beta + model.gamma * below; }

double share_below(std::span<const double> residuals) {
    double sum = 0;
    for (const double z : residuals) sum += z < 0 ? z * z : 0;
    return sum / static_cast<double>(residuals.size());
}

std::vector<double> filtered_variances(const GarchModel& model, std::span<const double> moves, double start) {
    std::vector<double> variances{start};
    variances.reserve(moves.size() + 1);
    for (const double move : moves) variances.push_back(next_variance(model, variances.back(), move - model.mean));
    return variances;
}

std::vector<double> standardised_residuals(const GarchModel& model, std::span<const double> moves) {
    const double count = static_cast<double>(moves.size());
    double square = 0;
    for (const double move : moves) square += (move - model.mean) * (move - model.mean);
    const auto variances = filtered_variances(model, moves, square / count);
    std::vector<double> residuals;
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < moves.size(); ++i) {
        residuals.push_back((moves[i] - model.mean) / std::sqrt(variances[i]));
        sum += residuals.back();
    }
    for (double& z : residuals) {
        z -= sum / count;
        squares += z * z;
    }
    for (double& z : residuals) z /= std::sqrt(squares / count);
    return residuals;
}

NormalMoves normal_moves(const GarchModel& model, const ModelGrid& grid) {
    NormalMoves moves{std::vector<double>(grid.dt.size()), std::vector<double>(grid.dt.size())};
    for (auto t = static_cast<std::size_t>(grid.first); t < grid.dt.size(); ++t) moves.drift[t] = model.drift.carry ? grid.carry[t] : model.mean;
    return moves;
}

GarchStep step_of(const GarchModel& model, const ModelGrid& grid) {
    GarchStep step{.place = grid.place,
                   .shared = grid.shared,
                   .first = grid.first,
                   .omega = model.omega,
                   .alpha = model.alpha,
                   .beta = model.beta,
                   .gamma = model.gamma,
                   .compensate = model.drift.carry,
                   .kind = model.residuals.kind,
                   .df = model.residuals.df,
                   .mean_block = model.mean_block};
    double below = 0.5;
    if (step.kind == Residuals::Kind::history) {
        step.rows = standardised_residuals(model, grid.history);
        below = share_below(step.rows);
    }
    step.start_variance = model.start_volatility ? *model.start_volatility * *model.start_volatility * grid.mean_dt() : long_run_variance(model, below);
    return step;
}

void GarchStep::add(const StepDraws& draws, std::span<double> log_moves) const {
    double h = start_variance;
    RowWalk walk(draws, shared, rows.size(), mean_block);
    for (int day = 1; day < first && kind == Residuals::Kind::history; ++day) walk.next(day);
    for (int day = first; day < static_cast<int>(log_moves.size()); ++day) {
        double z = 0;
        switch (kind) {
            case Residuals::Kind::normal: z = draws.shock(day); break;
            case Residuals::Kind::student: z = draws.shock(day) * mixing_factor(draws, place, day, df); break;
            case Residuals::Kind::history: z = rows[walk.next(day)]; break;
        }
        const double e = std::sqrt(h) * z;
        log_moves[static_cast<std::size_t>(day)] += compensate ? e - h / 2 : e;
        h = next_variance(*this, h, e);
    }
}

ModelProblems problems_of(const GarchModel& model) {
    ModelProblems problems;
    if (model.alpha + model.gamma < 0) problems.push_back({"gamma", say("alpha + gamma is below 0: a large fall would make the variance negative")});
    if (model.omega <= 0 && !model.start_volatility) problems.push_back({"omega", say("omega is 0: there is no long-run variance; give start_volatility")});
    if (model.omega <= 0 && model.beta <= 0)
        problems.push_back({"omega", say("omega and beta are 0: after a day without a move there would be no variance left")});
    if (model.residuals.kind == Residuals::Kind::student && !(model.residuals.df > 2)) {
        problems.push_back({"residuals", say("Student residuals need more than 2 degrees of freedom: with fewer they have no variance")});
    }
    if (model.residuals.kind != Residuals::Kind::history) {
        if (persistence(model, 0.5) >= 1) problems.push_back({"beta", say("alpha + beta + gamma/2 is 1 or above: the variance has no long-run mean")});
        else add_wild_variance(model, 0.5, problems);
    }
    return problems;
}

ModelProblems problems_with_history(const GarchModel& model, std::span<const double> moves) {
    const double below = share_below(standardised_residuals(model, moves));
    if (persistence(model, below) < 1) {
        ModelProblems problems;
        add_wild_variance(model, below, problems);
        return problems;
    }
    return {{"beta", say("alpha + beta + gamma times the residuals' mean(z^2; z < 0) is 1 or above: the variance has no long-run mean")}};
}

}  // namespace fxpool
