// What a path of fuzhou-base costs under each rate model: the time of gbm is the measure of the others.
#include "fxpool/engine/path_walker.hpp"
#include "fxpool/study/run.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

using namespace fxpool;

namespace {

const Prepared& fuzhou() {
    static const auto ready = [] {
        const char* root = std::getenv("FXPOOL_SOURCE_DIR");
        Problems problems;
        auto prepared = prepare_scenario(std::filesystem::path(root ? root : ".") / "scenarios/fuzhou-base.yaml", {}, problems);
        if (!prepared) std::abort();
        return std::move(prepared->prepared);
    }();
    return ready;
}

/// The days of fuzhou-base, and ten years of made-up moves for what draws from a history.
ModelGrid grid() {
    const auto& book = fuzhou();
    ModelGrid grid;
    for (DayIndex day{0}; day <= book.last_day(); ++day) {
        grid.days.push_back(Date{book.serial[day]});
        grid.dt.push_back(book.dt[day]);
        grid.carry.push_back(0);
    }
    const Draws draws(7, 0);
    for (std::uint64_t i = 0; i < 2'500; ++i) grid.history.push_back(0.0026 * draws.normal(Purpose::rate, i));
    grid.history_dt = 1.5 / 365;
    return grid;
}

void walk_with(benchmark::State& state, const Model& model) {
    Prepared book = fuzhou();
    book.pairs[PairId{0}].moves = move_terms(model, grid());
    PathWalker walker(book);
    std::int64_t path = 0;
    for (auto _ : state) benchmark::DoNotOptimize(walker.walk(path++).gross);
}

GarchModel garch(Residuals residuals) {
    GarchModel model;
    model.omega = 1e-7, model.alpha = 0.05, model.beta = 0.93;
    model.residuals = residuals;
    return model;
}

RegimeModel regime() { return {.states = {{"calm", 0.028, {}}, {"stress", 0.06, {0.08, false}}}, .generator = {{-1, 1}, {2, -2}}, .start = {}, .drift = {}}; }

// one after another in the same loop would share caches; as separate runs of the same paths they are compared by ratio
BENCHMARK_CAPTURE(walk_with, gbm, Model{GbmModel{}})->Name("path_with_gbm")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(walk_with, merton, Model{MertonModel{.jump_intensity = 10}})->Name("path_with_merton")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(walk_with, heston, Model{HestonModel{.xi = 0.1, .rho = 0.2}})->Name("path_with_heston")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(walk_with, regime, Model{regime()})->Name("path_with_regime")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(walk_with, bootstrap, Model{BootstrapModel{}})->Name("path_with_bootstrap")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(walk_with, garch_normal, Model{garch({})})->Name("path_with_garch_normal")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(walk_with, garch_student, Model{garch({Residuals::Kind::student, 5})})->Name("path_with_garch_student")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(walk_with, garch_history, Model{garch({Residuals::Kind::history, 0})})->Name("path_with_garch_history")->Unit(benchmark::kMicrosecond);

}  // namespace
