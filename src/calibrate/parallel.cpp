#include "parallel.hpp"

#include "fxpool/base/hand_over.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

namespace fxpool::calibrate {

void in_parallel(int threads, std::size_t count, const std::function<void(std::size_t)>& body) {
    const int used = threads > 0 ? threads : tbb::info::default_concurrency();
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(std::max(used, 1)));
    tbb::task_arena arena(used);
    std::atomic<char> hand_over{0};
    FXPOOL_HAND_OVER(&hand_over);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
            FXPOOL_TAKE_OVER(&hand_over);
            body(i);
            FXPOOL_HAND_OVER(&hand_over);
        });
    });
    FXPOOL_TAKE_OVER(&hand_over);
}

}  // namespace fxpool::calibrate
