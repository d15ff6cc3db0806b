#include "fxpool/base/problem.hpp"

#include <algorithm>

namespace fxpool {
namespace {

void add_words(const Message& message, std::string& words) {
    words.append(message.pattern).push_back('\1');
    for (const auto& arg : message.args) add_words(arg, words);
}

/// What makes two problems the same: how grave, of which file and subject, in which words.
std::string words_of(const Problem& problem) {
    std::string words = std::to_string(static_cast<int>(problem.severity));
    words.append(problem.place.file).append("\1").append(problem.subject).append("\1");
    add_words(problem.message, words);
    return words;
}

void add_place(Problem& kept, const Place& place) {
    if (kept.also.size() + 1 < Problems::most_places) kept.also.push_back(place);
}

}  // namespace

void Problems::error(Place place, std::string subject, Message message) { add({Severity::error, std::move(place), std::move(subject), std::move(message)}); }

void Problems::warning(Place place, std::string subject, Message message) {
    add({Severity::warning, std::move(place), std::move(subject), std::move(message)});
}

void Problems::note(Place place, std::string subject, Message message) { add({Severity::note, std::move(place), std::move(subject), std::move(message)}); }

void Problems::add(Problem problem) {
    auto words = words_of(problem);
    if (const auto known = kept_.find(words); known != kept_.end()) {
        auto& kept = list_[known->second];
        const bool same_place = problem.place.line > 0 && problem.place == kept.place;
        const int more = problem.count - (same_place ? 1 : 0);
        if (problem.severity == Severity::error) errors_ += more;
        kept.count += more;
        if (!same_place) add_place(kept, problem.place);
        for (const auto& place : problem.also) add_place(kept, place);
        return;
    }
    if (problem.severity == Severity::error) errors_ += problem.count;
    auto& kind = kind_of(problem.message.pattern, problem.place.file);
    if (kind.kept == most_of_a_kind) {
        kind.more += problem.count;
        return;
    }
    ++kind.kept;
    kept_.emplace(std::move(words), list_.size());
    list_.push_back(std::move(problem));
}

Problems::Kind& Problems::kind_of(const std::string& pattern, const std::string& file) {
    const auto same = [&](const Kind& kind) { return kind.pattern == pattern && kind.file == file; };
    const auto kind = std::find_if(kinds_.begin(), kinds_.end(), same);
    return kind != kinds_.end() ? *kind : *kinds_.insert(kinds_.end(), {pattern, file});
}

void Problems::find_anew() {
    kept_.clear();
    for (std::size_t i = 0; i < list_.size(); ++i) kept_.emplace(words_of(list_[i]), i);
}

void Problems::append(const Problems& others) {
    int errors_kept = 0;
    for (const auto& problem : others.list_) {
        add(problem);
        if (problem.severity == Severity::error) errors_kept += problem.count;
    }
    for (const auto& kind : others.kinds_) {
        if (kind.more > 0) kind_of(kind.pattern, kind.file).more += kind.more;
    }
    errors_ += others.errors_ - errors_kept;
}

void Problems::make_warnings_errors() {
    for (auto& problem : list_) {
        if (problem.severity != Severity::warning) continue;
        problem.severity = Severity::error;
        errors_ += problem.count;
    }
}

std::vector<Problem> Problems::left_out() const {
    std::vector<Problem> lines;
    for (const auto& kind : kinds_) {
        if (kind.more == 0) continue;
        const auto like = std::find_if(list_.begin(), list_.end(),
                                       [&](const Problem& problem) { return problem.message.pattern == kind.pattern && problem.place.file == kind.file; });
        lines.push_back({like->severity, Place{kind.file}, {}, say("{0} more like this one: {1}", kind.more, like->message)});
    }
    return lines;
}

Message with_count(const Problem& problem) {
    if (problem.count == 1) return problem.message;
    std::vector<int> lines;
    for (const auto& place : problem.also) {
        const bool told = place.line == problem.place.line || std::find(lines.begin(), lines.end(), place.line) != lines.end();
        if (!told && place.line > 0) lines.push_back(place.line);
    }
    if (lines.empty()) return say("{0} ({1} times)", problem.message, problem.count);
    if (lines.size() == 1) return say("{0} ({1} times; also line {2})", problem.message, problem.count, lines[0]);
    return say("{0} ({1} times; also lines {2}, {3})", problem.message, problem.count, lines[0], lines[1]);
}

std::string format(const Problem& problem, Language language) {
    std::string text = problem.place.file;
    if (problem.place.line > 0) text += ":" + std::to_string(problem.place.line);
    if (problem.place.line > 0 && problem.place.column > 0) text += ":" + std::to_string(problem.place.column);
    if (!text.empty()) text += ": ";
    if (problem.severity == Severity::warning) text += render(say("warning"), language) + ": ";
    if (problem.severity == Severity::note) text += render(say("note"), language) + ": ";
    if (!problem.subject.empty()) text += problem.subject + ": ";
    return text + render(with_count(problem), language);
}

}  // namespace fxpool
