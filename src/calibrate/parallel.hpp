#pragma once

#include <cstddef>
#include <functional>

namespace fxpool::calibrate {

/// body(i) for i in [0, count), on `threads` threads (0: all). Each i writes to a place of its own, so the outcome does not hang on the
/// number of threads.
void in_parallel(int threads, std::size_t count, const std::function<void(std::size_t)>& body);

}  // namespace fxpool::calibrate
