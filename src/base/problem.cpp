#include "fxpool/base/problem.hpp"

#include <algorithm>

namespace fxpool {

void Problems::error(Place place, std::string subject, Message message) { add({Severity::error, std::move(place), std::move(subject), std::move(message)}); }

void Problems::warning(Place place, std::string subject, Message message) {
    add({Severity::warning, std::move(place), std::move(subject), std::move(message)});
}

void Problems::note(Place place, std::string subject, Message message) { add({Severity::note, std::move(place), std::move(subject), std::move(message)}); }

void Problems::add(Problem problem) {
    if (problem.severity == Severity::error) ++errors_;
    const auto same = [&](const Kind& kind) { return kind.pattern == problem.message.pattern && kind.place.file == problem.place.file; };
    auto kind = std::find_if(kinds_.begin(), kinds_.end(), same);
    if (kind == kinds_.end()) kind = kinds_.insert(kinds_.end(), {problem.message.pattern, problem.place, 0});
    if (++kind->count <= most_of_a_kind) list_.push_back(std::move(problem));
}

void Problems::append(const Problems& others) {
    for (const auto& problem : others.list_) add(problem);
    for (const auto& kind : others.kinds_) {
        const int more = kind.count - most_of_a_kind;
        if (more <= 0) continue;
        const auto same = [&](const Kind& mine) { return mine.pattern == kind.pattern && mine.place.file == kind.place.file; };
        std::find_if(kinds_.begin(), kinds_.end(), same)->count += more;
    }
    errors_ = std::max(errors_, 0);
    int kept_errors = 0;
    for (const auto& problem : others.list_) kept_errors += problem.severity == Severity::error;
    errors_ += others.errors_ - kept_errors;
}

void Problems::make_warnings_errors() {
    for (auto& problem : list_) {
        if (problem.severity != Severity::warning) continue;
        problem.severity = Severity::error;
        ++errors_;
    }
}

std::vector<Problem> Problems::left_out() const {
    std::vector<Problem> lines;
    for (const auto& kind : kinds_) {
        const int more = kind.count - most_of_a_kind;
        if (more <= 0) continue;
        const auto like = std::find_if(list_.begin(), list_.end(), [&](const Problem& problem) {
            return problem.message.pattern == kind.pattern && problem.place.file == kind.place.file;
        });
        Place place{kind.place.file, 0, 0};
        lines.push_back({like->severity, std::move(place), {}, say("{0} more like this one: {1}", more, like->message)});
    }
    return lines;
}

std::string format(const Problem& problem, Language language) {
    std::string text = problem.place.file;
    if (problem.place.line > 0) text += ":" + std::to_string(problem.place.line);
    if (problem.place.line > 0 && problem.place.column > 0) text += ":" + std::to_string(problem.place.column);
    if (!text.empty()) text += ": ";
    if (problem.severity == Severity::warning) text += render(say("warning"), language) + ": ";
    if (problem.severity == Severity::note) text += render(say("note"), language) + ": ";
    if (!problem.subject.empty()) text += problem.subject + ": ";
    return text + render(problem.message, language);
}

}  // namespace fxpool
