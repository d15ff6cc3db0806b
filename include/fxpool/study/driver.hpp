#pragma once

#include "fxpool/engine/prepared.hpp"
#include "fxpool/measure/block.hpp"
#include "fxpool/measure/block_estimates.hpp"

#include <atomic>
#include <functional>

/// Walks all paths, in blocks, on several threads: the only file that knows of threads.
namespace fxpool {

struct DriverOptions {
    int threads = 0;                             ///< 0: all cores
    std::function<void(std::int64_t)> progress;  ///< paths done so far; after each block, on one thread at a time
    const std::atomic<bool>* stop = nullptr;
};

struct DriverOutcome {
    bool stopped = false;
    BlockEstimates estimates;  ///< of whole blocks, from the first path on without a gap
};

/// Blocks are merged in their order, so that the results are the same bytes for any number of threads.
DriverOutcome walk_all(const Prepared& prepared, const DriverOptions& options);

}  // namespace fxpool
