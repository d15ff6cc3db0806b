#pragma once

/// oneTBB as Debian builds it is not instrumented, so ThreadSanitizer does not see that a finished task happens before the wait for it
/// returns. The two files that know of threads say so at the hand-over of work and results, and nowhere else.
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#define FXPOOL_HAND_OVER(address) __tsan_release(address)
#define FXPOOL_TAKE_OVER(address) __tsan_acquire(address)
#else
#define FXPOOL_HAND_OVER(address) static_cast<void>(address)
#define FXPOOL_TAKE_OVER(address) static_cast<void>(address)
#endif
