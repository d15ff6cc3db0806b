// What a path costs, and how that grows with contracts and days.
#include "fxpool/engine/path_walker.hpp"
#include "fxpool/measure/block.hpp"
#include "fxpool/study/run.hpp"
#include "tests/support/books.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

using namespace fxpool;
using fxpool::testing::BookMaker;

namespace {

Prepared book_of(int contracts, int days) {
    BookMaker maker(days, 0.0155, 0.034);
    maker.gbm(0.042);
    constexpr int exporters = 200;
    for (int e = 0; e < exporters; ++e) maker.exporter("F" + std::to_string(e), 0.03, 0.12, 0.01);
    for (int c = 0; c < contracts; ++c) {
        maker.contract(ExporterId{c % exporters}, 1e5, 7.0, 1 + (c * 7919) % (2 * days));
    }
    return maker.ready();
}

void walk_paths(benchmark::State& state, const Prepared& book) {
    PathWalker walker(book);
    std::int64_t path = 0;
    for (auto _ : state) benchmark::DoNotOptimize(walker.walk(path++).gross);
    state.SetItemsProcessed(state.iterations());
}

void path_by_contracts(benchmark::State& state) {
    walk_paths(state, book_of(static_cast<int>(state.range(0)), 245));
    state.SetComplexityN(state.range(0));
}
BENCHMARK(path_by_contracts)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);

void path_by_days(benchmark::State& state) { walk_paths(state, book_of(1'000, static_cast<int>(state.range(0)))); }
BENCHMARK(path_by_days)->Arg(125)->Arg(250)->Arg(500)->Arg(1'000)->Unit(benchmark::kMicrosecond);

const PreparedScenario& fuzhou() {
    static const auto ready = [] {
        const char* root = std::getenv("FXPOOL_SOURCE_DIR");
        Problems problems;
        auto prepared = prepare_scenario(std::filesystem::path(root ? root : ".") / "scenarios/fuzhou-base.yaml", {}, problems);
        if (!prepared) std::abort();
        return std::move(*prepared);
    }();
    return ready;
}

void path_of_fuzhou_base(benchmark::State& state) { walk_paths(state, fuzhou().prepared); }
BENCHMARK(path_of_fuzhou_base)->Unit(benchmark::kMicrosecond);

/// A block with its measuring: what a path costs in a run.
void block_of_fuzhou_base(benchmark::State& state) {
    std::int64_t first = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(walk_block(fuzhou().prepared, first, 512).paths());
        first += 512;
    }
    state.SetItemsProcessed(512 * state.iterations());
}
BENCHMARK(block_of_fuzhou_base)->Unit(benchmark::kMillisecond);

void trace_of_fuzhou_base(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(trace(fuzhou(), 99'999).trace.days.size());
}
BENCHMARK(trace_of_fuzhou_base)->Unit(benchmark::kMillisecond);

}  // namespace
