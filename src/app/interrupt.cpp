#include "fxpool/app/interrupt.hpp"

#include "fxpool/app/console.hpp"

#include <unistd.h>
#include <csignal>

namespace fxpool::app {
namespace {

// What a signal handler may touch: atomics, and nothing that allocates or locks.
std::atomic<bool> stop_wanted = false;
std::atomic<bool> can_stop_cleanly = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int) {
    if (!can_stop_cleanly.load() || stop_wanted.exchange(true)) ::_exit(interrupted);
}

}  // namespace

void watch_for_interrupts() {
    struct sigaction action = {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    struct sigaction hangup = {};
    const bool outlives_its_terminal = sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler == SIG_IGN;  // nohup
    if (!outlives_its_terminal) sigaction(SIGHUP, &action, nullptr);
}

InterruptGuard::InterruptGuard() { can_stop_cleanly = true; }
InterruptGuard::~InterruptGuard() { can_stop_cleanly = false; }
const std::atomic<bool>& InterruptGuard::wanted() const { return stop_wanted; }

}  // namespace fxpool::app
