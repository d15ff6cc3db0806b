#pragma once

#include "fxpool/engine/prepared.hpp"
#include "fxpool/measure/block_estimates.hpp"

#include <atomic>

/// A block of paths and what is measured of it: the unit of work for a thread, another machine, or a worker in a browser.
namespace fxpool {

/// Paths a block: a function of the number of paths alone, as the merging's bytes hang on it.
std::int64_t block_size(std::int64_t paths);

/// The estimates of paths [first, first + count): what one machine, or one worker in a browser, does.
BlockEstimates walk_block(const Prepared& prepared, std::int64_t first, std::int64_t count, const std::atomic<bool>* stop = nullptr);

}  // namespace fxpool
