#pragma once

#include "fxpool/base/message.hpp"
#include "fxpool/engine/prepared.hpp"
#include "fxpool/measure/results.hpp"
#include "fxpool/settings/settings.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The folder of a result (docs/results.md). It appears whole or not at all, and a former result stays until the new one is complete.
namespace fxpool::report {

/// What manifest.json says of the run itself: the only file that may differ between two runs of the same input.
struct RunFacts {
    std::string folder;   ///< its name below <out>; empty: the scenario's
    Overrides overrides;  ///< --set, as typed
    std::vector<std::filesystem::path> input_files;
    std::string command_line;
    int threads = 0;
    double seconds = 0;  ///< wall time of the simulation
};

struct WriteOutcome {
    std::filesystem::path folder;    ///< <out>/<folder>
    std::optional<Message> failure;  ///< why it could not be written; nothing has changed then
    bool stopped = false;            ///< `stop` was set: nothing has changed
    std::vector<std::string> kept;   ///< what stood in the folder and is not of a result: it stands there still
};

/// Writes summary.json, every table as CSV, columns.zh.csv (what their columns mean, in Chinese) and manifest.json to <out>/<folder>.
WriteOutcome write_results(const std::filesystem::path& out, const Scenario& scenario, const Prepared& prepared, const Results& results, const RunFacts& facts,
                           const std::atomic<bool>* stop);

/// What is to be known of <out>/<folder> before hours of simulation.
struct Ground {
    std::optional<Message> failure;    ///< why a result could not be written there
    std::vector<Message> told;         ///< what killed runs had left there and is gone now; another run at the same place
    std::shared_ptr<const void> held;  ///< while it lives, other runs see that this one is on its way
};
Ground try_ground(const std::filesystem::path& out, const std::string& folder);

}  // namespace fxpool::report
