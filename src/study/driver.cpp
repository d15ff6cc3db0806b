#include "fxpool/study/driver.hpp"

#include "fxpool/base/hand_over.hpp"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <vector>

namespace fxpool {
namespace {

/// Runs body(i) for i in [0, count) on the arena's threads; what was written before is seen by the bodies, and what they wrote after.
template <class Body>
void run_parallel(tbb::task_arena& arena, std::size_t count, std::size_t grain, const Body& body) {
    std::atomic<char> hand_over{0};
    FXPOOL_HAND_OVER(&hand_over);
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, count, grain),
            [&](const tbb::blocked_range<std::size_t>& range) {
                FXPOOL_TAKE_OVER(&hand_over);
                for (std::size_t i = range.begin(); i < range.end(); ++i) body(i);
                FXPOOL_HAND_OVER(&hand_over);
            },
            tbb::simple_partitioner{});
    });
    FXPOOL_TAKE_OVER(&hand_over);
}

}  // namespace

DriverOutcome walk_all(const Prepared& prepared, const DriverOptions& options) {
    const int threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency();
    // --threads beyond the cores is allowed: the same bytes must come out, whatever the number.
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(std::max(threads, 1)));
    tbb::task_arena arena(threads);

    const std::int64_t size = block_size(prepared.paths);
    const std::int64_t blocks = (prepared.paths + size - 1) / size;
    // So many blocks at a time: enough that no thread waits long for the last one, few enough that memory stays small.
    const std::int64_t wave = std::int64_t{4} * threads;

    DriverOutcome outcome;
    std::atomic<std::int64_t> paths_done{0};
    std::mutex telling;
    for (std::int64_t first = 0; first < blocks && !outcome.stopped; first += wave) {
        const auto count = static_cast<std::size_t>(std::min(wave, blocks - first));
        std::vector<BlockEstimates> finished(count);
        run_parallel(arena, count, 1, [&](std::size_t i) {
            const std::int64_t first_path = (first + static_cast<std::int64_t>(i)) * size;
            const std::int64_t paths = std::min(size, prepared.paths - first_path);
            finished[i] = walk_block(prepared, first_path, paths, options.stop);
            paths_done.fetch_add(finished[i].paths(), std::memory_order_relaxed);
            // Whoever finds the line free tells how far all are; nobody waits for it.
            const std::unique_lock tell(telling, std::try_to_lock);
            if (options.progress && tell.owns_lock()) options.progress(paths_done.load(std::memory_order_relaxed));
        });
        outcome.stopped = options.stop && options.stop->load(std::memory_order_relaxed);
        if (outcome.stopped) break;  // a wave that was cut short has gaps: only whole waves count

        auto& all = outcome.estimates;
        std::size_t next = 0;
        if (first == 0) all = std::move(finished[next++]);
        run_parallel(arena, all.daily_series(), 64, [&](std::size_t series) {
            for (std::size_t i = next; i < count; ++i) all.merge_daily(finished[i], series);
        });
        for (; next < count; ++next) all.merge(std::move(finished[next]));
        if (options.progress) options.progress(paths_done.load(std::memory_order_relaxed));
    }
    return outcome;
}

}  // namespace fxpool
