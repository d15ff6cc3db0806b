#include "fxpool/app/progress_line.hpp"

#include "fxpool/report/figures.hpp"
#include "fxpool/report/layout.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool::app {
namespace {

constexpr double seconds_between_lines = 10;

/// "10,250 paths/s, 6 s left"; nothing is known before the first paths are done.
std::string speed_and_rest(const Progress& progress, Language language) {
    if (progress.paths_done <= 0 || progress.seconds <= 0) return {};
    const double speed = static_cast<double>(progress.paths_done) / progress.seconds;
    const double left = std::ceil(static_cast<double>(progress.paths - progress.paths_done) / speed);
    const auto rest = left < 10 ? render(say("{0} s", std::llround(left)), language) : report::duration(left, language);
    return render(say("{0} paths/s, {1} left", report::grouped(std::llround(speed)), rest), language);
}

/// "[########------------]  40 %"
std::string bar(double share) {
    constexpr int places = 20;
    const int full = static_cast<int>(share * places);
    return "[" + std::string(static_cast<std::size_t>(full), '#') + std::string(static_cast<std::size_t>(places - full), '-') + "] " +
           report::pad_left(std::to_string(static_cast<int>(share * 100)), 3) + " %";
}

}  // namespace

std::string progress_bar(const std::string& name, const Progress& progress, Language language) {
    const double share = progress.paths > 0 ? static_cast<double>(progress.paths_done) / static_cast<double>(progress.paths) : 1;
    return name + "  " + bar(share) + "  " + speed_and_rest(progress, language);
}

std::string progress_line(const std::string& name, const Progress& progress, Language language) {
    return render(
        say("{0}: {1} of {2} paths, {3}", name, report::grouped(progress.paths_done), report::grouped(progress.paths), speed_and_rest(progress, language)),
        language);
}

void ProgressTeller::tell(const Progress& progress) {
    if (console_.terminal) {
        console_.err << "\r" << progress_bar(name_, progress, console_.language) << "\033[K" << std::flush;
        bar_shown_ = true;
    } else if (progress.seconds >= next_line_) {
        console_.err << progress_line(name_, progress, console_.language) << std::endl;
        next_line_ = progress.seconds + seconds_between_lines;
    }
}

void ProgressTeller::clear() {
    if (bar_shown_) console_.err << "\r\033[K" << std::flush;
    bar_shown_ = false;
}

std::string stage_bar(const std::string& stage, double share_done) { return stage + "  " + bar(std::clamp(share_done, 0.0, 1.0)); }

void StageTeller::tell(const Message& stage, double share_done, double seconds) {
    constexpr double quiet_seconds = 1;
    if (seconds < quiet_seconds) return;
    const auto name = render(stage, console_.language);
    if (console_.terminal) {
        console_.err << "\r" << stage_bar(name, share_done) << "\033[K" << std::flush;
        bar_shown_ = true;
    } else if (seconds >= next_line_) {
        console_.err << render(say("{0}: {1} % done", name, static_cast<int>(std::clamp(share_done, 0.0, 1.0) * 100)), console_.language) << std::endl;
        next_line_ = seconds + seconds_between_lines;
    }
}

void StageTeller::clear() {
    if (bar_shown_) console_.err << "\r\033[K" << std::flush;
    bar_shown_ = false;
}

}  // namespace fxpool::app
