#include "fxpool/study/run.hpp"

#include "fxpool/engine/path_walker.hpp"
#include "fxpool/engine/rates.hpp"
#include "fxpool/study/driver.hpp"
#include "fxpool/study/prepare.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

namespace fxpool {
namespace {

/// A breach of a money identity by more than this share of what flows on its path means that the program is wrong.
constexpr double identity_tolerance = 1e-9;

Problem runaway_problem(const PreparedScenario& ready, std::int64_t path, PairId pair, DayIndex day) {
    const auto& prepared = ready.prepared;
    const auto key = "market.pairs." + prepared.pairs[pair].name + ".model";
    const auto place = ready.scenario.place_of(key);
    return {Severity::error, place, place.file == "--set " + key ? "" : key,
            say("on path {0} the rate has left all bounds by {1}: above a million times the spot, or below a millionth of it; are the model's numbers right?",
                path, Date{prepared.serial[day]})};
}

/// A path of given moves runs away on every path: that can be said before the run.
void check_rates(const PreparedScenario& ready, Problems& problems) {
    Rates rates;
    rates.draw(ready.prepared, Draws(ready.prepared.seed, 0));
    if (rates.runaway_pair().valid()) problems.add(runaway_problem(ready, 0, rates.runaway_pair(), rates.runaway_day()));
}

/// Paths beyond which a forecast of time and memory is given before the run.
constexpr std::int64_t many_paths = 20'000'000;

void forecast(const PreparedScenario& ready, Problems& problems) {
    const auto& prepared = ready.prepared;
    if (prepared.paths < many_paths) return;
    PathWalker walker(prepared);
    constexpr int pilot = 64;
    const auto begin = std::chrono::steady_clock::now();
    for (int path = 0; path < pilot; ++path) walker.walk(path);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const double hours = took.count() / pilot * static_cast<double>(prepared.paths) / 3600;
    // Kept a path: the three pool losses, what the bearers bear, the balance; 8 bytes each.
    const double bytes = static_cast<double>(prepared.paths) * 8 * (9 + static_cast<double>(prepared.banks.size()));
    problems.warning(ready.scenario.place_of("simulation.paths"), "simulation.paths",
                     say("{0} paths will take about {1} hours on one core and up to {2} GB of memory", prepared.paths,
                         static_cast<std::int64_t>(std::ceil(hours)), static_cast<std::int64_t>(std::ceil(bytes / 1e9))));
}

/// The paths know ids alone: names go into the tables here, as their last columns.
void add_names(std::vector<DataTable>& tables, const PreparedScenario& ready) {
    std::map<std::string, const Localised*> bank_names;
    for (const auto& bank : ready.scenario.settings.banks) bank_names[bank.id] = &bank.name;
    for (auto& table : tables) {
        if (table.name == "banks") {
            constexpr std::size_t id = 1;
            for (const auto* column : {"name_en", "name_zh"}) table.columns.emplace_back(column);
            for (auto& row : table.rows) {
                const auto& name = *bank_names.at(std::get<std::string>(row[id]));
                row.emplace_back(name.en);
                row.emplace_back(name.zh);
            }
        }
        if (table.name == "exporters") {
            table.columns.emplace_back("name");
            for (std::size_t i = 0; i < table.rows.size(); ++i) table.rows[i].emplace_back(ready.book.exporters[i].name);
        }
    }
}

}  // namespace

std::optional<PreparedScenario> prepare_scenario(const std::filesystem::path& file, const Overrides& overrides, Problems& problems) {
    DataFiles named;
    auto scenario = load_scenario(file, overrides, problems, &named);
    if (!scenario) {  // every problem at once: what can be said of the data files by themselves
        if (named.exporters) load_exporters(*named.exporters, problems, {named.exporters_place, "exporters"});
        if (named.contracts) load_contracts(*named.contracts, problems, {named.contracts_place, "contracts"});
        return std::nullopt;
    }
    PreparedScenario ready;
    ready.scenario = std::move(*scenario);
    if (ready.scenario.fragment) return ready;  // need not be complete: nothing more to prepare
    ready.market = build_market(ready.scenario, problems);
    ready.book = load_book(ready.scenario, problems);
    if (problems.has_errors()) return std::nullopt;
    check_book(ready.scenario, ready.book, ready.market, problems);
    if (problems.has_errors()) return std::nullopt;
    ready.prepared = make_prepared(ready.scenario, ready.market, ready.book, problems);
    check_rates(ready, problems);
    if (problems.has_errors()) return std::nullopt;
    forecast(ready, problems);
    for (const auto* files : {&ready.scenario.files_read, &ready.market.files_read, &ready.book.files_read}) {
        ready.input_files.insert(ready.input_files.end(), files->begin(), files->end());
    }
    return ready;
}

RunOutcome run(const PreparedScenario& ready, const RunOptions& options) {
    const auto begin = std::chrono::steady_clock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
    const auto& prepared = ready.prepared;

    DriverOptions driver;
    driver.threads = options.threads;
    driver.stop = options.stop;
    if (options.progress) {
        driver.progress = [&](std::int64_t done) { options.progress({done, prepared.paths, seconds()}); };
    }
    auto walked = walk_all(prepared, driver);

    RunOutcome outcome;
    outcome.paths_done = walked.estimates.paths();
    outcome.seconds = seconds();
    if (walked.stopped) {
        outcome.end = RunEnd::interrupted;
        return outcome;
    }
    if (const auto& runaway = walked.estimates.runaway(); runaway.pair.valid()) {
        outcome.end = RunEnd::runaway_rate;
        outcome.runaway = runaway_problem(ready, runaway.path, runaway.pair, runaway.day);
        return outcome;
    }
    outcome.worst_identity_error = walked.estimates.worst_identity_error();
    if (outcome.worst_identity_error > identity_tolerance) {
        outcome.end = RunEnd::identity_broken;
        return outcome;
    }
    const auto& benefit = ready.scenario.settings.benefit;
    outcome.results = walked.estimates.results(prepared, {benefit.loan_rate, benefit.deposit_rate, benefit.fund_cost});
    add_names(outcome.results.tables, ready);
    outcome.seconds = seconds();
    return outcome;
}

TraceOutcome trace(const PreparedScenario& ready, std::int64_t path) {
    TraceOutcome traced;
    PathWalker walker(ready.prepared);
    traced.outcome = walker.walk(path, &traced.trace);
    const auto& outcome = traced.outcome;
    if (outcome.runaway_pair.valid()) traced.runaway = runaway_problem(ready, path, outcome.runaway_pair, outcome.runaway_day);
    return traced;
}

}  // namespace fxpool
