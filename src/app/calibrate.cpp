// fxpool calibrate RATES.csv --pair P --model M
#include "fxpool/app/commands.hpp"
#include "fxpool/app/progress_line.hpp"
#include "fxpool/app/shell_words.hpp"
#include "fxpool/files/rate_file.hpp"
#include "fxpool/market/market.hpp"
#include "fxpool/report/calibration.hpp"
#include "fxpool/report/summary_json.hpp"
#include "fxpool/scenario/scenario_file.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>

namespace fxpool::app {
namespace {

namespace fs = std::filesystem;

std::string in_one_line(const std::vector<std::string>& words) {
    std::string line;
    for (const auto& word : words) line += (line.empty() ? "" : ", ") + word;
    return line;
}

/// The scenario that the block is for, where one is named. Only its errors are told: what else there is to say of it, `check` says.
std::optional<Scenario> load_target(const std::string& file, Problems& problems) {
    if (file.empty()) return std::nullopt;
    Problems found;
    auto scenario = load_scenario(file, {}, found);
    if (found.has_errors()) {
        problems.append(found);
        return std::nullopt;
    }
    if (scenario && scenario->fragment) {
        problems.error({file, 0, 0}, {}, say("this is a fragment, without a start of its own: name the scenario that extends it"));
        return std::nullopt;
    }
    return scenario;
}

/// The pair asked for; else the scenario's only one; else the file's only one. A file `date,rate` does not say whose rate it is.
std::optional<std::string> pair_of(const std::string& asked, const std::optional<Scenario>& scenario, const std::string& file, Problems& problems) {
    if (!asked.empty()) return asked;
    if (scenario && scenario->settings.market.pairs.size() == 1) return scenario->settings.market.pairs.front().name;
    const auto pairs = pairs_in(file, problems);
    if (problems.has_errors()) return std::nullopt;
    if (pairs.size() == 1) return pairs.front();
    problems.error({file, 1, 1}, {},
                   pairs.empty() ? say("no column names a pair like USDCNY: say with --pair whose rates these are")
                                 : say("the file has several pairs, {0}: say with --pair which one", in_one_line(pairs)));
    return std::nullopt;
}

/// A block for a pair that the scenario has not: where would it go?
void check_pair(const Scenario& scenario, const std::string& pair, Problems& problems) {
    std::vector<std::string> names;
    for (const auto& one : scenario.settings.market.pairs) names.push_back(one.name);
    if (std::find(names.begin(), names.end(), pair) != names.end()) return;
    problems.note(scenario.place_of("market.pairs"), "market.pairs",
                  say("there is no {0}, only {1}: add it before you paste the block", pair, in_one_line(names)));
}

std::vector<const calibrate::Family*> families_asked(const std::string& model) {
    std::vector<const calibrate::Family*> asked;
    for (const auto& family : calibrate::families()) {
        if (model == "all" || model == family.name) asked.push_back(&family);
    }
    return asked;
}

/// The rates to fit. What a scenario is run on must have been known at its start: where it is named and --to is not, the window ends before.
std::optional<calibrate::Series> load_series(const CommandLine& line, const std::optional<Scenario>& scenario, Problems& problems) {
    const auto& file = line.arguments.front();
    const auto& choice = line.calibrate;
    const auto pair = pair_of(choice.pair, scenario, file, problems);
    if (!pair) return std::nullopt;
    if (scenario) check_pair(*scenario, *pair, problems);
    const auto rates = load_rates(file, *pair, problems);
    if (problems.has_errors()) return std::nullopt;
    auto to = choice.to;
    if (scenario && !to) to = scenario->settings.start - 1;
    if (choice.from && to && *choice.from > *to) {
        problems.error(scenario->place_of("horizon.start"), "horizon.start",
                       say("the scenario starts on {0}: no rate from {1} on was known before that; choose an earlier --from", *to + 1, *choice.from));
        return std::nullopt;
    }
    auto series = calibrate::clean(rates, *pair, file, choice.from, to, cn_calendar(), problems);
    if (!series) return std::nullopt;
    if (scenario && series->dates.back() >= scenario->settings.start) {
        problems.note(scenario->place_of("horizon.start"), "horizon.start",
                      say("the window reaches to {0}, past the start {1}: it holds moves that nobody knew then; without --to it ends before",
                          series->dates.back(), scenario->settings.start));
    }
    const auto asked = families_asked(choice.model);
    const bool none_fits = std::all_of(asked.begin(), asked.end(), [&](const auto* family) {
        return calibrate::too_short(series->dates.front(), series->dates.back(), family->shortest).has_value();
    });
    if (none_fits) {
        problems.error({file, 0, 0}, *pair, *calibrate::too_short(series->dates.front(), series->dates.back(), asked.front()->shortest));
        return std::nullopt;
    }
    return series;
}

/// The rates as the scenario must name them: relative paths in it start from its folder. An absolute path stays as it was typed.
std::string named_from(const fs::path& rates, const fs::path& scenario) {
    if (rates.is_absolute()) return rates.string();
    const auto folder_of = [](const fs::path& file) { return fs::weakly_canonical(fs::absolute(file).parent_path()); };
    return (folder_of(rates).lexically_relative(folder_of(scenario)) / rates.filename()).lexically_normal().generic_string();
}

calibrate::CalibrationOptions options_of(const CommandLine& line) {
    calibrate::CalibrationOptions options;
    const auto& choice = line.calibrate;
    options.families = families_asked(choice.model);
    options.fit.states = choice.states;
    options.fit.residuals = choice.residuals;
    options.backtest = choice.backtest;
    if (!choice.scenario.empty()) options.history = named_from(line.arguments.front(), choice.scenario);
    if (line.seed) options.seed = *line.seed;
    options.threads = line.threads;
    return options;
}

Message stage_name(const calibrate::Stage& stage) {
    using Work = calibrate::Stage::Work;
    switch (stage.work) {
        case Work::tests: return say("{0}: tests", stage.model);
        case Work::outlook: return say("{0}: outlook", stage.model);
        case Work::backtest: return say("{0}: back-test", stage.model);
        case Work::fit: break;
    }
    return say("{0}: fit", stage.model);
}

calibrate::Calibration run(calibrate::Series series, const CommandLine& line, const Console& console) {
    auto options = options_of(line);
    StageTeller teller(console);
    std::mutex one_at_a_time;  // a stage may tell from any of its threads
    const auto begin = std::chrono::steady_clock::now();
    if (!line.quiet) {
        options.progress = [&](const calibrate::Stage& stage) {
            const std::lock_guard lock(one_at_a_time);
            teller.tell(stage_name(stage), stage.share_done, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        };
    }
    return calibrate::calibrate(std::move(series), line.arguments.front(), options);
}

report::CalibrationFacts facts_of(const CommandLine& line, const std::vector<std::string>& words, const std::optional<Scenario>& scenario) {
    std::vector<std::string> typed = {program_word()};
    typed.insert(typed.end(), words.begin(), words.end());
    report::CalibrationFacts facts{.command = shell_line(typed), .program = program_word()};
    if (scenario) facts.target = {shell_line({line.calibrate.scenario}), scenario->settings.start};
    return facts;
}

/// Of one model: whether its fit failed; of several: whether all did.
bool all_failed(const calibrate::Calibration& calibration) {
    return std::all_of(calibration.models.begin(), calibration.models.end(), [](const auto& one) { return one.fit.failure.has_value(); });
}

}  // namespace

Status calibrate_command(const CommandLine& line, const std::vector<std::string>& words, const Console& console) {
    Problems problems;
    const auto scenario = load_target(line.calibrate.scenario, problems);
    std::optional<calibrate::Series> series;
    if (!problems.has_errors()) series = load_series(line, scenario, problems);
    print_problems(problems, console, line.quiet);
    if (!series) {
        console.tell(say("nothing was fitted"));
        return wrong_input;
    }
    const auto calibration = run(std::move(*series), line, console);
    if (line.json) {
        console.out << report::json_text(report::calibration_json(calibration));
    } else {
        console.out << report::calibration_yaml(calibration, facts_of(line, words, scenario), console.language);
    }
    for (const auto& one : calibration.models) {
        if (one.fit.failure) console.tell(say("{0}: no fit: {1}", one.model, *one.fit.failure));
    }
    return all_failed(calibration) ? internal_failure : done;
}

}  // namespace fxpool::app
