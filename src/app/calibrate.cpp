// fxpool calibrate RATES.csv --pair P --model M
#include "fxpool/app/commands.hpp"
#include "fxpool/app/progress_line.hpp"
#include "fxpool/app/shell_words.hpp"
#include "fxpool/files/rate_file.hpp"
#include "fxpool/market/market.hpp"
#include "fxpool/report/calibration.hpp"
#include "fxpool/report/summary_json.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>

namespace fxpool::app {
namespace {

/// The pair asked for, else the file's only one. A file `date,rate` does not say whose rate it is.
std::optional<std::string> pair_of(const std::string& asked, const std::string& file, Problems& problems) {
    if (!asked.empty()) return asked;
    const auto pairs = pairs_in(file, problems);
    if (problems.has_errors()) return std::nullopt;
    if (pairs.size() == 1) return pairs.front();
    std::string listed;
    for (const auto& pair : pairs) listed += (listed.empty() ? "" : ", ") + pair;
    problems.error({file, 1, 1}, {},
                   pairs.empty() ? say("no column names a pair like USDCNY: say with --pair whose rates these are")
                                 : say("the file has several pairs, {0}: say with --pair which one", listed));
    return std::nullopt;
}

std::optional<calibrate::Series> load_series(const CommandLine& line, Problems& problems) {
    const auto& file = line.arguments.front();
    const auto pair = pair_of(line.calibrate.pair, file, problems);
    if (!pair) return std::nullopt;
    const auto rates = load_rates(file, *pair, problems);
    if (problems.has_errors()) return std::nullopt;
    return calibrate::clean(rates, *pair, file, line.calibrate.from, line.calibrate.to, cn_calendar(), problems);
}

calibrate::CalibrationOptions options_of(const CommandLine& line) {
    calibrate::CalibrationOptions options;
    const auto& choice = line.calibrate;
    for (const auto& family : calibrate::families()) {
        if (choice.model == "all" || choice.model == family.name) options.families.push_back(&family);
    }
    options.fit.states = choice.states;
    options.fit.residuals = choice.residuals;
    options.backtest = choice.backtest;
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

/// Of one model: whether its fit failed; of several: whether all did.
bool all_failed(const calibrate::Calibration& calibration) {
    return std::all_of(calibration.models.begin(), calibration.models.end(), [](const auto& one) { return one.fit.failure.has_value(); });
}

}  // namespace

Status calibrate_command(const CommandLine& line, const std::vector<std::string>& words, const Console& console) {
    Problems problems;
    auto series = load_series(line, problems);
    print_problems(problems, console, line.quiet);
    if (!series) {
        console.tell(say("nothing was fitted"));
        return wrong_input;
    }
    const auto calibration = run(std::move(*series), line, console);
    if (line.json) {
        console.out << report::json_text(report::calibration_json(calibration));
    } else {
        std::vector<std::string> typed = {program_word()};
        typed.insert(typed.end(), words.begin(), words.end());
        console.out << report::calibration_yaml(calibration, shell_line(typed), console.language);
    }
    for (const auto& one : calibration.models) {
        if (one.fit.failure) console.tell(say("{0}: no fit: {1}", one.model, *one.fit.failure));
    }
    return all_failed(calibration) ? internal_failure : done;
}

}  // namespace fxpool::app
