#include "fxpool/app/standard_streams.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>

namespace fxpool::app {
namespace {

bool pipe_signal_was_ignored = false;

}  // namespace

void prepare_standard_streams() {
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; ++file) {
        if (::fcntl(file, F_GETFD) >= 0 || errno != EBADF) continue;
        if (::open("/dev/null", O_RDONLY) < 0) return;  // the lowest free number: `file`; writing to it fails as before
    }
    pipe_signal_was_ignored = std::signal(SIGPIPE, SIG_IGN) == SIG_IGN;
    std::signal(SIGXFSZ, SIG_IGN);
}

bool reader_is_gone() {
    pollfd output = {STDOUT_FILENO, POLLOUT, 0};
    return ::poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0;
}

void end_for_want_of_a_reader() {
    if (pipe_signal_was_ignored) return;
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
}

}  // namespace fxpool::app
