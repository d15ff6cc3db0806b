// fxpool trace SCENARIO --path N
#include "fxpool/app/commands.hpp"
#include "fxpool/report/summary_json.hpp"
#include "fxpool/report/trace_json.hpp"
#include "fxpool/report/trace_text.hpp"
#include "fxpool/study/run.hpp"

#include <nlohmann/json.hpp>

namespace fxpool::app {

Status trace_command(const CommandLine& line, const Console& console) {
    const auto& file = line.arguments.front();
    Problems problems;
    const auto ready = prepare_scenario(file, line.overrides, problems);
    if (ready && ready->scenario.fragment) {
        problems.error({file, 0, 0}, {}, say("this is a fragment, made to be extended: only 'check' takes it"));
    }
    if (line.strict) problems.make_warnings_errors();
    print_problems(problems, console, line.quiet);
    if (!ready || problems.has_errors()) return wrong_input;

    const auto& prepared = ready->prepared;
    const std::int64_t path = *line.path;
    if (path >= prepared.paths && !line.quiet) {
        console.tell(say("path {0} is beyond the scenario's {1} paths (0 to {2}); it is walked all the same, but no result counts it", path, prepared.paths,
                         prepared.paths - 1));
    }
    const auto walked = trace(*ready, path);
    if (walked.runaway) {
        console.err << format(*walked.runaway, console.language) << "\n";
        return wrong_input;
    }
    if (line.json) {
        console.out << report::json_text(report::trace_json(ready->scenario, prepared, walked.trace, walked.outcome));
    } else {
        console.out << report::trace_text(ready->scenario, prepared, walked.trace, walked.outcome, line.all_days, console.language);
    }
    return done;
}

}  // namespace fxpool::app
