#pragma once

#include "fxpool/book/book.hpp"
#include "fxpool/calibrate/series.hpp"
#include "fxpool/files/rate_file.hpp"
#include "fxpool/market/market.hpp"
#include "fxpool/scenario/scenario_file.hpp"
#include "tests/support/scratch.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

/// What the fuzzers throw bytes at: each reader of input from outside. A target does what the program does with such a file, and throws
/// where the program would end with "an error of the program". The sanitizers watch the rest.
namespace fxpool::fuzz {

/// A folder in memory with the one file that changes from run to run.
class Desk {
  public:
    Desk() {
        std::filesystem::create_directories(scratch_.path("episodes"));
        scratch_.file("base.yaml",
                      "fxpool: 1\nname: base\nhorizon: {start: 2026-01-05, months: 6}\nmarket:\n  curves: {CNY: 1.5%, USD: 3.4%, EUR: 2%}\n  pairs:\n"
                      "    USDCNY: {spot: 6.78, model: {type: gbm, volatility: {2026-01-05: 4%, 2026-06-01: 6%}}}\n"
                      "    EURCNY: {spot: 7.9, model: {type: regime, states: [{name: a, volatility: 3%}, {name: b, volatility: 6%}], "
                      "generator: [[-1, 1], [2, -2]]}}\n  correlation: {USDCNY~EURCNY: 0.3}\n"
                      "pool: {fund: 20m, multiple: 3, exporter_cap: 1m, split: {pool: 80%}, refill: {below: 50%}}\n"
                      "banks: [{id: ICBC, weight: 60%}, {id: BOC, weight: 40%}]\ncontracts: book.csv\nexporters: {synthetic: {count: 20}}\n"
                      "new_business: {per_year: 100}\nfailure:\n  insolvency: {pd: {default: 2%, textiles: 5%}}\n  order_loss: {probability: 10%}\n"
                      "limits: {exhaustion.probability: '<= 1%'}\nsimulation: {paths: 200, seed: 7}\n");
    }
    std::filesystem::path base() const { return scratch_.path("base.yaml"); }
    std::filesystem::path put(std::string_view name, std::string_view bytes) const { return scratch_.file(name, bytes); }

  private:
    testing::Scratch scratch_;
};

inline const Desk& desk() {
    static const Desk only;
    return only;
}

/// Every problem as a person and as a program (check --json) gets it; JSON takes no damaged UTF-8.
inline void tell(const Problems& problems) {
    auto all = problems.list();
    for (auto& rest : problems.left_out()) all.push_back(std::move(rest));
    for (const auto& problem : all) {
        for (const auto language : {Language::en, Language::zh}) nlohmann::json(format(problem, language)).dump();
    }
}

inline void expect(bool kept, const char* promise) {
    if (!kept) throw std::logic_error(promise);
}

inline void load(const std::filesystem::path& file, const Overrides& overrides) {
    Problems problems;
    DataFiles named;
    const auto scenario = load_scenario(file, overrides, problems, &named);
    tell(problems);
    expect(scenario.has_value() != problems.has_errors(), "a scenario is loaded, or an error says why not");
}

/// A whole scenario file; it may extend base.yaml. A first line "# fragment" puts it into an episodes folder.
inline void try_scenario(std::string_view bytes) { load(desk().put(bytes.starts_with("# fragment\n") ? "episodes/a.yaml" : "a.yaml", bytes), {}); }

/// Each line is the argument of a --set.
inline void try_overrides(std::string_view bytes) {
    Overrides overrides;
    std::istringstream lines{std::string(bytes)};
    for (std::string line; std::getline(lines, line);) {
        const auto equals = line.find('=');
        if (equals == std::string::npos || equals == 0) continue;  // refused with the rest of the command line
        overrides.emplace_back(line.substr(0, equals), line.substr(equals + 1));
    }
    load(desk().base(), overrides);
}

inline void try_contracts(std::string_view bytes) {
    Problems problems;
    load_contracts(desk().put("contracts.csv", bytes), problems);
    tell(problems);
}

inline void try_exporters(std::string_view bytes) {
    Problems problems;
    load_exporters(desk().put("exporters.csv", bytes), problems);
    tell(problems);
}

/// A file of rates as `calibrate` takes it.
inline void try_rates(std::string_view bytes) {
    static const Calendar cn = cn_calendar();
    const auto file = desk().put("rates.csv", bytes);
    Problems problems;
    const auto pairs = pairs_in(file, problems);
    const auto pair = pairs.empty() ? "USDCNY" : pairs.front();
    if (!problems.has_errors()) {
        const auto rates = load_rates(file, pair, problems);
        if (!problems.has_errors()) calibrate::clean(rates, pair, file.string(), {}, {}, cn, problems);
    }
    tell(problems);
}

using Target = void (*)(std::string_view);
inline const std::map<std::string, Target> targets = {
    {"scenario", try_scenario}, {"overrides", try_overrides}, {"contracts", try_contracts}, {"exporters", try_exporters}, {"rates", try_rates},
};

}  // namespace fxpool::fuzz
