// fxpool run SCENARIO...
#include "fxpool/app/commands.hpp"
#include "fxpool/app/interrupt.hpp"
#include "fxpool/app/load.hpp"
#include "fxpool/app/progress_line.hpp"
#include "fxpool/app/shell_words.hpp"
#include "fxpool/report/figures.hpp"
#include "fxpool/report/folder_name.hpp"
#include "fxpool/report/layout.hpp"
#include "fxpool/report/one_page.hpp"
#include "fxpool/report/result_folder.hpp"
#include "fxpool/report/summary_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <thread>

namespace fxpool::app {
namespace {

/// A scenario on its way: loaded, run, told.
struct Job {
    std::string file;
    std::optional<PreparedScenario> ready;
    Problems problems;
    Status status = done;
    bool complete = false;  ///< its results are written
    std::vector<report::Verdict> verdicts;
    Results results;  ///< without the tables, once these are written

    std::string folder;  ///< of its results, below --out
    std::string name() const { return ready ? ready->scenario.settings.name : file; }
};

Job load(const std::string& file, const CommandLine& line) {
    Job job{.file = file};
    job.ready = load_for_run(file, line.overrides, job.problems);
    if (job.ready && job.ready->scenario.fragment) {
        job.problems.error({file, 0, 0}, {}, say("this is a fragment, made to be extended: only 'check' takes it"));
        job.ready.reset();
    }
    if (line.strict) job.problems.make_warnings_errors();
    if (job.problems.has_errors()) job.ready.reset();
    if (!job.ready) {
        job.status = wrong_input;
    } else {
        job.folder = line.out_given ? job.name() : report::folder_name(job.name(), line.overrides);
    }
    return job;
}

/// Two scenarios whose results would go to the same folder: an error before anything runs. True where there are such.
bool tell_shared_names(const std::vector<Job>& jobs, const Console& console) {
    std::map<std::string, std::string> file_of;
    bool shared = false;
    for (const auto& job : jobs) {
        if (!job.ready) continue;
        const auto [first, is_new] = file_of.try_emplace(job.folder, job.file);
        if (is_new) continue;
        const auto place = job.ready->scenario.place_of("name");
        console.err << format(
                           {Severity::error, place, "name", say("'{0}' is also the name of {1}: both would write the same results", job.name(), first->second)},
                           console.language)
                    << "\n";
        shared = true;
    }
    return shared;
}

void tell_limits(const Job& job, const Console& console) {
    for (const auto& verdict : job.verdicts) {
        if (verdict.met) continue;
        const auto found = report::metric_text(verdict.limit.metric, verdict.estimate, console.language);
        console.tell(say("{0}: limit {1} {2} is not met: {3}", job.name(), verdict.limit.metric, verdict.limit.text, found));
    }
}

/// At most five names.
std::string list_of(const std::vector<std::string>& names) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? text + ", ..." : text;
}

/// Simulates a job, writes its results, and prints its page.
void run_job(Job& job, const CommandLine& line, const std::vector<std::string>& words, const Console& console, std::string& json) {
    const auto& ready = *job.ready;
    const auto& scenario = ready.scenario;
    const auto tell = [&](const Message& message) { console.err << job.name() << ": " << render(message, console.language) << "\n"; };
    const auto fail = [&](Status status, const Message& message) {
        job.status = status;
        tell(message);
    };
    const auto ground = report::try_ground(line.out, job.folder);
    if (!line.quiet) std::for_each(ground.told.begin(), ground.told.end(), tell);
    if (ground.failure) return fail(internal_failure, *ground.failure);

    InterruptGuard guard;
    RunOutcome outcome;
    {
        ProgressTeller teller(console, job.name());
        RunOptions options{.threads = line.threads, .stop = &guard.wanted()};
        if (!line.quiet) {
            teller.tell({0, ready.prepared.paths, 0});
            options.progress = [&](const Progress& progress) { teller.tell(progress); };
        }
        outcome = run(ready, options);
    }
    if (outcome.end == RunEnd::identity_broken) {
        return fail(internal_failure, say("the money of some path does not add up (by {0} of its flows): this is an error of the program, please report it",
                                          verbatim(std::to_string(outcome.worst_identity_error))));
    }
    if (outcome.runaway) {
        job.status = wrong_input;
        console.err << format(*outcome.runaway, console.language) << "\n";
        return;
    }
    report::WriteOutcome written{.stopped = true};
    if (outcome.end == RunEnd::complete) {
        const int threads = line.threads > 0 ? line.threads : static_cast<int>(std::thread::hardware_concurrency());
        std::vector<std::string> typed = {program_word()};
        typed.insert(typed.end(), words.begin(), words.end());
        const report::RunFacts facts{job.folder, typed_overrides(line), ready.input_files, shell_line(typed), threads, outcome.seconds};
        written = report::write_results(line.out, scenario, ready.prepared, outcome.results, facts, &guard.wanted());
    }
    if (written.stopped) {
        return fail(interrupted,
                    say("interrupted after {0} of {1} paths; nothing was written", report::grouped(outcome.paths_done), report::grouped(ready.prepared.paths)));
    }
    if (written.failure) return fail(internal_failure, *written.failure);
    if (!written.kept.empty() && !line.quiet) tell(say("kept in {0}, though no result wrote it: {1}", written.folder.string(), list_of(written.kept)));

    job.complete = true;
    job.verdicts = report::judge(scenario.settings.limits, outcome.results);
    for (const auto& verdict : job.verdicts) {
        if (!verdict.met) job.status = limit_not_met;
    }
    if (line.json) {
        auto summary = report::summary_json(scenario, ready.prepared, outcome.results);
        summary["limits"] = report::verdicts_json(job.verdicts);
        summary["folder"] = written.folder.string();
        json = report::json_text(summary);
    } else if (!line.quiet) {
        report::PageFacts facts;
        facts.seconds = outcome.seconds;
        facts.folder = written.folder;
        facts.overrides = report::told_overrides(line.overrides);
        facts.warnings = job.problems.list();
        facts.verdicts = job.verdicts;
        facts.run_command = repeat_run(line, job.file, ready.prepared.paths, ready.prepared.seed);
        facts.trace_command = repeat_trace(line, job.file, ready.prepared.seed);
        console.out << report::one_page(scenario, ready.prepared, outcome.results, facts, console.language) << std::flush;
    }
    if (line.json || line.quiet) tell_limits(job, console);
    job.results.metrics = std::move(outcome.results.metrics);
}

Message status_word(const Job& job) {
    switch (job.status) {
        case done: return job.complete ? say("done") : say("not run");
        case limit_not_met: return say("limit not met");
        case wrong_input: return say("input wrong");
        case interrupted: return say("interrupted");
        default: return say("failed");
    }
}

/// What became of each of several files: status, limits, key figures.
std::string table_of(const std::vector<Job>& jobs, Language language) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> header;
    for (const auto& title : {say("scenario"), say("status"), say("limits met"), say("exhausted"), say("expected loss"), say("VaR 99"), say("quota used")}) {
        header.push_back(render(title, language));
    }
    rows.push_back(header);
    for (const auto& job : jobs) {
        std::vector<std::string> row = {job.name(), render(status_word(job), language)};
        if (job.complete) {
            int met = 0;
            for (const auto& verdict : job.verdicts) met += verdict.met;
            row.push_back(job.verdicts.empty() ? "-" : render(say("{0} of {1}", met, job.verdicts.size()), language));
            const auto& results = job.results;
            row.push_back(report::share(*results.find("exhaustion.probability"), language).value);
            row.push_back(report::money(*results.find("pool_loss.gross.mean"), language).value);
            row.push_back(report::money(*results.find("pool_loss.demand.var.0.99"), language).value);
            row.push_back(report::share(*results.find("quota.utilisation.mean"), language).value);
        } else {
            row.resize(header.size(), "-");
        }
        rows.push_back(std::move(row));
    }
    return report::columns(rows, "llrrrrr");
}

}  // namespace

Status run_command(const CommandLine& line, const std::vector<std::string>& words, const Console& console) {
    std::vector<Job> jobs;
    for (const auto& file : line.arguments) {
        jobs.push_back(load(file, line));
        // A page tells its own warnings; where there will be none they are told here.
        const bool has_page = jobs.back().ready && !line.json;
        if (!has_page) print_problems(jobs.back().problems, console, line.quiet);
    }
    Status status = done;
    for (const auto& job : jobs) status = combined(status, job.status);
    if (tell_shared_names(jobs, console)) {
        console.tell(say("nothing was run"));
        return combined(status, wrong_input);
    }

    std::vector<std::string> summaries;
    bool first_page = true;
    for (auto& job : jobs) {
        if (!job.ready) continue;
        if (!first_page && !line.json && !line.quiet) console.out << "\n";
        first_page = false;
        std::string json;
        run_job(job, line, words, console, json);
        if (!json.empty()) summaries.push_back(std::move(json));
        status = combined(status, job.status);
        job.ready->prepared = {};  // a big book is no longer needed
        job.ready->book = {};
        if (job.status == interrupted) break;
    }

    const bool several = jobs.size() > 1;
    if (line.json) {
        if (several) {
            auto all = nlohmann::ordered_json::array();
            for (const auto& summary : summaries) all.push_back(nlohmann::ordered_json::parse(summary));
            console.out << report::json_text(all);
        } else if (!summaries.empty()) {
            console.out << summaries.front();
        }
    } else if (several) {
        if (!line.quiet) console.out << "\n";
        console.out << table_of(jobs, console.language);
    }
    return status;
}

}  // namespace fxpool::app
