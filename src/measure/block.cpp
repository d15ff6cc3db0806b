#include "fxpool/measure/block.hpp"

#include "fxpool/engine/path_walker.hpp"

#include <algorithm>

namespace fxpool {

std::int64_t block_size(std::int64_t paths) {
    constexpr std::int64_t smallest = 16, largest = 512, blocks = 64;
    return std::clamp(paths / blocks / 4 * 4, smallest, largest);  // whole fours: a Philox call serves four paths
}

BlockEstimates walk_block(const Prepared& prepared, std::int64_t first, std::int64_t count, const std::atomic<bool>* stop) {
    BlockEstimates estimates(prepared);
    PathWalker walker(prepared);
    for (std::int64_t path = first; path < first + count; ++path) {
        if (stop && stop->load(std::memory_order_relaxed)) break;
        estimates.add(walker.walk(path));
    }
    estimates.close();
    return estimates;
}

}  // namespace fxpool
