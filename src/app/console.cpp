#include "fxpool/app/console.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace fxpool::app {

Status combined(Status so_far, Status next) {
    constexpr std::array order = {interrupted, internal_failure, wrong_input, limit_not_met, precision_not_reached};
    for (const Status status : order) {
        if (so_far == status || next == status) return status;
    }
    return so_far == done ? next : so_far;
}

void print_problems(const Problems& problems, const Console& console, bool quiet) {
    auto lines = problems.list();
    std::stable_sort(lines.begin(), lines.end(), [](const Problem& a, const Problem& b) {
        return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
    });
    for (auto& rest : problems.left_out()) lines.push_back(std::move(rest));
    for (const auto& problem : lines) {
        if (quiet && problem.severity != Severity::error) continue;
        console.err << format(problem, console.language) << "\n";
    }
}

}  // namespace fxpool::app
