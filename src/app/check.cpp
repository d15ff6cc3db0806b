// fxpool check SCENARIO...
#include "fxpool/app/commands.hpp"
#include "fxpool/app/load.hpp"
#include "fxpool/report/assumptions.hpp"
#include "fxpool/report/summary_json.hpp"

#include <nlohmann/json.hpp>

namespace fxpool::app {
namespace {

const char* severity_key(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: break;
    }
    return "note";
}

/// Where a problem was met: the first places of one met again and again.
nlohmann::ordered_json places_of(const Problem& problem) {
    nlohmann::ordered_json places = {{{"line", problem.place.line}, {"column", problem.place.column}}};
    for (const auto& place : problem.also) places.push_back({{"line", place.line}, {"column", place.column}});
    return places;
}

/// {"file": ..., "ok": ..., "problems": [{"severity", "file", "line", "column", "subject", "message", "count", "places": [{"line", "column"}]}]}
nlohmann::ordered_json json_of(const std::string& file, const Problems& problems, Language language) {
    nlohmann::ordered_json json = {{"file", file}, {"ok", !problems.has_errors()}, {"problems", nlohmann::ordered_json::array()}};
    for (const auto& problem : problems.list()) {
        json["problems"].push_back({{"severity", severity_key(problem.severity)},
                                    {"file", problem.place.file},
                                    {"line", problem.place.line},
                                    {"column", problem.place.column},
                                    {"subject", problem.subject},
                                    {"message", render(problem.message, language)},
                                    {"count", problem.count},
                                    {"places", places_of(problem)}});
    }
    return json;
}

/// [{"file": ..., "changes": ["pool.fund", ...]}], base first.
nlohmann::ordered_json json_of_chain(const Scenario& scenario) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& [file, changes] : scenario.chain) list.push_back({{"file", file.string()}, {"changes", changes}});
    return list;
}

/// The files that the scenario is made of, and what each changes.
void print_chain(const Scenario& scenario, const Console& console) {
    for (const auto& one : report::chain_lines(scenario)) console.out << "  " << render(one, console.language) << "\n";
}

}  // namespace

Status check_command(const CommandLine& line, const Console& console) {
    Status status = done;
    int errors = 0;
    auto all = nlohmann::ordered_json::array();
    for (const auto& file : line.arguments) {
        Problems problems;
        const auto ready = load_for_run(file, line.overrides, problems);
        if (line.strict) problems.make_warnings_errors();
        if (problems.has_errors()) status = wrong_input;
        errors += problems.errors();
        if (line.json) {
            all.push_back(json_of(file, problems, console.language));
            if (line.verbose && ready) all.back()["chain"] = json_of_chain(ready->scenario);
            continue;
        }
        print_problems(problems, console, line.quiet);
        if (problems.has_errors() || line.quiet) continue;
        const bool fragment = ready && ready->scenario.fragment;
        console.print(fragment ? say("{0}: no problems, as far as it goes: it is a fragment", file) : say("{0}: no problems", file));
        if (line.verbose && ready) print_chain(ready->scenario, console);
    }
    if (line.json) console.out << report::json_text(line.arguments.size() == 1 ? all.front() : all);
    if (errors == 1) console.tell(say("1 problem; nothing was run"));
    if (errors > 1) console.tell(say("{0} problems; nothing was run", errors));
    return status;
}

}  // namespace fxpool::app
