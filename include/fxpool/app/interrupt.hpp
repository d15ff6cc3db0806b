#pragma once

#include <atomic>

/// Ctrl-C, SIGTERM, and SIGHUP where a terminal is closed.
namespace fxpool::app {

/// Installs the handlers. Outside a run each signal ends the program at once with status 130: there is nothing to keep.
void watch_for_interrupts();

/// While one lives, the first signal only sets `wanted()`, so that the run can end cleanly; the second ends the program at once.
class InterruptGuard {
  public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

    const std::atomic<bool>& wanted() const;
};

}  // namespace fxpool::app
