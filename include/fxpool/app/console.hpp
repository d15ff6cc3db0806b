#pragma once

#include "fxpool/base/message.hpp"
#include "fxpool/base/problem.hpp"

#include <ostream>

namespace fxpool::app {

/// Exit statuses (the README's "Other commands").
enum Status { done = 0, internal_failure = 1, wrong_command_line = 2, wrong_input = 3, limit_not_met = 4, precision_not_reached = 5, interrupted = 130 };

/// Of several files: the first of 130, 1, 3, 4, 5 that occurred, else 0.
Status combined(Status so_far, Status next);

/// Where results and messages go, and in which language.
struct Console {
    std::ostream& out;
    std::ostream& err;
    Language language = Language::en;
    bool terminal = false;  ///< err is a terminal: the progress bar may overwrite its line

    void tell(const Message& message) const { err << render(message, language) << "\n"; }
    void print(const Message& message) const { out << render(message, language) << "\n"; }
};

/// Problems as lines of standard error, sorted by file and place; errors only where `quiet`.
void print_problems(const Problems& problems, const Console& console, bool quiet);

}  // namespace fxpool::app
