#include "fxpool/calibrate/compare.hpp"

#include "fxpool/calibrate/forecast_scores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace fxpool::calibrate {

namespace {

using ByOrigin = std::vector<double>;

double mean_of(const ByOrigin& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

const Score* score_of(const Backtest& model, int horizon) {
    const auto found = std::find_if(model.scores.begin(), model.scores.end(), [&](const Score& score) { return score.horizon == horizon; });
    return found != model.scores.end() && !found->crps_by_origin.empty() ? &*found : nullptr;
}

/// The CRPS of each model on one scale, origin by origin: [model][origin].
std::vector<ByOrigin> scaled_scores(const std::vector<const Backtest*>& models) {
    std::vector<std::vector<ByOrigin>> present;  // [horizon][model]
    auto origins = std::numeric_limits<std::size_t>::max();
    for (const int horizon : horizons) {
        std::vector<ByOrigin> of_models;
        for (const auto* model : models) {
            if (const auto* score = score_of(*model, horizon)) of_models.push_back(score->crps_by_origin);
        }
        if (of_models.size() < models.size()) continue;
        for (const auto& scores : of_models) origins = std::min(origins, scores.size());
        present.push_back(std::move(of_models));
    }
    if (present.empty()) return std::vector<ByOrigin>(models.size(), ByOrigin{0});
    std::vector<ByOrigin> scaled(models.size(), ByOrigin(origins));
    for (auto& of_models : present) {
        double scale = 0;
        for (auto& scores : of_models) {
            scores.resize(origins);
            scale += mean_of(scores) / static_cast<double>(models.size());
        }
        for (std::size_t m = 0; m < models.size(); ++m) {
            for (std::size_t i = 0; i < origins; ++i) scaled[m][i] += of_models[m][i] / scale / static_cast<double>(present.size());
        }
    }
    return scaled;
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

}  // namespace

Comparison compare(const std::vector<Backtest>& backtests) {
    Comparison comparison;
    std::vector<const Backtest*> models;
    for (const auto& model : backtests) {
        if (model.failure) comparison.failed.emplace_back(model.model, *model.failure);
        else models.push_back(&model);
    }
    if (models.empty()) {
        comparison.reason = say("no model is recommended: no fit succeeded");
        return comparison;
    }

    const auto scaled = scaled_scores(models);
    std::vector<std::size_t> order(models.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return mean_of(scaled[a]) < mean_of(scaled[b]); });
    const auto& best = scaled[order.front()];
    for (const auto m : order) {
        constexpr int lags = horizons.back() / 10;
        constexpr double two_sided_5_percent = 1.96;
        ByOrigin differences(best.size());
        for (std::size_t i = 0; i < best.size(); ++i) differences[i] = scaled[m][i] - best[i];
        Ranked ranked{.model = models[m]->model,
                      .score = mean_of(scaled[m]) / mean_of(best),
                      .difference = mean_of(differences),
                      .error = newey_west_error(differences, lags),
                      .separable = false,
                      .rejected = models[m]->rejected(),
                      .depreciation_99 = models[m]->depreciation_99,
                      .p_value = models[m]->p_value};
        ranked.separable = std::abs(ranked.difference) > two_sided_5_percent * ranked.error;
        comparison.ranking.push_back(std::move(ranked));
    }

    const Ranked* chosen = nullptr;
    int held = 0;
    for (const auto& ranked : comparison.ranking) {
        if (ranked.rejected) continue;
        ++held;
        if (chosen == nullptr || ranked.depreciation_99 > chosen->depreciation_99) chosen = &ranked;
    }
    if (chosen == nullptr) {
        comparison.reason = say("no model is recommended: the back-test rejects every one of them");
        return comparison;
    }
    comparison.recommended = chosen->model;
    if (held == 1) {
        comparison.reason = say("{0} is recommended: it is the only model that the back-test does not reject", chosen->model);
    } else {
        comparison.reason =
            say("{0} is recommended: of the {1} models that the back-test does not reject it has the largest 99 % depreciation over six months, "
                "{2}",
                chosen->model, held, percent(chosen->depreciation_99));
    }
    return comparison;
}

}  // namespace fxpool::calibrate
