#include "parallel.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

// As in study/driver.cpp: oneTBB is not instrumented, so ThreadSanitizer has to be told of the hand-over of work and results.
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#define FXPOOL_HAND_OVER(address) __tsan_release(address)
#define FXPOOL_TAKE_OVER(address) __tsan_acquire(address)
#else
#define FXPOOL_HAND_OVER(address) static_cast<void>(address)
#define FXPOOL_TAKE_OVER(address) static_cast<void>(address)
#endif

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
