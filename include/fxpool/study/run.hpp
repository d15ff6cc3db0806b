#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/book/book.hpp"
#include "fxpool/engine/prepared.hpp"
#include "fxpool/engine/trace.hpp"
#include "fxpool/market/market.hpp"
#include "fxpool/measure/results.hpp"
#include "fxpool/scenario/scenario_file.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

/// What a user asks, made of the modules: a scenario file to prepared input, prepared input to results.
namespace fxpool {

/// A scenario with its market and book, ready to run.
struct PreparedScenario {
    Scenario scenario;
    Market market;
    Book book;
    Prepared prepared;
    std::vector<std::filesystem::path> input_files;  ///< every file read, for the manifest
};

/// Reads and checks everything that `file` names; nothing where there are errors. Warnings and notes stay in `problems`
/// (a book that freezes more than the quota, a fund of 0, expected holidays, 10^9 paths with a forecast, ...).
std::optional<PreparedScenario> prepare_scenario(const std::filesystem::path& file, const Overrides& overrides, Problems& problems);

/// How far a run is; after each block of paths, on one thread at a time.
struct Progress {
    std::int64_t paths_done = 0, paths = 0;
    double seconds = 0;
};

struct RunOptions {
    int threads = 0;  ///< 0: all cores
    std::function<void(const Progress&)> progress;
    const std::atomic<bool>* stop = nullptr;  ///< set from outside (Ctrl-C): the run ends within a second
};

enum class RunEnd { complete, interrupted, identity_broken, runaway_rate };

struct RunOutcome {
    RunEnd end = RunEnd::complete;
    Results results;
    double seconds = 0;
    std::int64_t paths_done = 0;
    double worst_identity_error = 0;  ///< CNY, relative to the flows of its path
    std::optional<Problem> runaway;   ///< a model that takes a rate out of all bounds: an error of the scenario
};

/// Simulates all paths. The same prepared input gives the same results for any number of threads.
RunOutcome run(const PreparedScenario& prepared, const RunOptions& options);

/// One path's ledger; costs one path, whatever its number (with `keep_mean` the pilot has been run when preparing).
struct TraceOutcome {
    PathTrace trace;
    PathOutcome outcome;
    std::optional<Problem> runaway;  ///< as in RunOutcome: nothing of the path is to be believed
};
TraceOutcome trace(const PreparedScenario& prepared, std::int64_t path);

}  // namespace fxpool
