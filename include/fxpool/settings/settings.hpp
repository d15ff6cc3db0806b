#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/settings/business.hpp"
#include "fxpool/settings/failure.hpp"
#include "fxpool/settings/market.hpp"
#include "fxpool/settings/pool.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// A scenario file as typed values, after defaults and `extends` (docs/scenario.md). Shares and rates are plain numbers (5 % = 0.05),
/// money in CNY unless named USD, volatilities and rates a year, Act/365.
///
/// Each struct names its keys once, with form and comment; what a new one holds are the defaults. Parser, `--set`, `init`, the JSON Schema
/// and docs/scenario.md are read off that (src/scenario/member_types.hpp).
namespace fxpool {

struct Localised {
    std::string en;
    std::string zh;

    void keys(auto&& key) {
        key("en", en, absent(), say("in English"));
        key("zh", zh, absent(), say("in Chinese"));
    }
};

/// The horizon as it is written: months, or its end.
struct HorizonSettings {
    Date start;
    int months = 12;
    std::optional<Date> end;

    void keys(auto&& key) {
        key("start", start, needed("2026-01-05"), say("the first day; its rates are the spot rates"));
        key("months", months, whole_form(1, 600), absent().in_template(), say("length in calendar months; {0} where no end is given", months));
        key("end", end, absent("2026-12-31"), say("or the last day"));
    }
};

/// The key `horizon`. The members are the settings'.
struct Horizon {
    Date& start;
    Date& end;
};

struct BankSettings {
    std::string id;
    Localised name;
    double weight = 0;
    Place place;

    void keys(auto&& key) {
        key("id", id, needed("ICBC"), say("as in the contracts file"));
        key("name", name, absent("{en: ICBC Fuzhou, zh: 工行福州分行}").in_template(), say("as reports show it; the id where none is given"));
        key("weight", weight, share_form(), needed("35%"), say("share of new business, and of the fund where it is divided; they sum to 100 %"));
    }
};

struct BenefitSettings {
    double loan_rate = 0.0348, deposit_rate = 0.013, fund_cost = 0.02, hedge_without = 0.06, hedge_with = 0.30;

    void keys(auto&& key) {
        key("loan_rate", loan_rate, share_form(-1), say("what a working capital loan costs an exporter, a year"));
        key("deposit_rate", deposit_rate, share_form(-1), say("what margin on deposit earns, a year"));
        key("fund_cost", fund_cost, share_form(-1), say("what the fund's money costs the government, a year"));
        key("hedge_without", hedge_without, share_form(), say("share of receipts hedged without the pool"));
        key("hedge_with", hedge_with, share_form(), say("share of receipts hedged with the pool"));
    }
    bool operator==(const BenefitSettings&) const = default;
};

struct SimulationSettings {
    std::int64_t paths = 100'000;
    std::uint64_t seed = 20250325;

    void keys(auto&& key) {
        key("paths", paths, whole_form(1, 1e12), say("number of paths"));
        key("seed", seed, seed_form(), say("of all draws: the same seed gives the same results"));
        key("antithetic", Reserved{"false", "true"}, say("antithetic paths: not in this version yet"));
        key("precision", Reserved{"none"}, say("paths until a wanted error is met: not in this version yet"));
        key("engine", Reserved{"reference", "fast"}, say("the engine that walks path by path"));
        key("tail", Reserved{"off", "auto"}, say("the sampler of rare events: not in this version yet"));
    }
    bool operator==(const SimulationSettings&) const = default;
};

/// "<= 1%" on a path into the metrics.
struct Limit {
    std::string metric;
    enum class Bound { at_most, less, at_least, more } bound = Bound::at_most;
    double value = 0;
    std::string text;  ///< the bound as written
};

struct Settings {
    std::string name;
    Localised title;
    Date start, end;  ///< of the horizon
    MarketSettings market;
    PoolSettings pool;
    std::vector<BankSettings> banks;
    ExporterSettings exporters;
    std::optional<std::filesystem::path> contracts;
    std::optional<NewBusinessSettings> new_business;
    FailureSettings failure;
    BenefitSettings benefit;
    SimulationSettings simulation;
    std::vector<Limit> limits;

    void keys(auto&& key) {
        key("name", name, TextForm::name, needed("my-pool"), say("letters, digits, - and _: names the result folder"));
        key("title", title, absent("{en: A public margin pool, zh: 公共保证金池}").in_template(), say("as reports show it; the name where none is given"));
        key("horizon", Horizon{start, end}, needed(), say("the time simulated"));
        key("market", market, needed(), say("rates of the market"));
        key("pool", pool, needed(), say("the pool and its rules"));
        key("banks", banks,
            needed("- {id: BOC, name: {en: BOC Fuzhou, zh: 中行福州分行}, weight: 35%}\n- {id: CCB, name: {en: CCB Fuzhou, zh: 建行福州分行}, weight: 30%}"),
            say("the banks that deal under the pool"));
        key("exporters", exporters, absent("exporters.csv").in_template(), say("a CSV file, or firms made at random"));
        key("contracts", contracts, absent("contracts.csv").in_template(), say("deals already on the books, a CSV file"));
        key("new_business", new_business, absent().in_template(), say("deals applied for during the horizon"));
        key("failure", failure, say("how deals fail"));
        key("benefit", benefit, say("what the benefit of the pool is computed with"));
        key("simulation", simulation, say("how much is simulated"));
        key("limits", limits, absent(R"({exhaustion.probability: "<= 1%", pool_loss.demand.var.0.99: "<= 20m"})"),
            say("pass or fail: a result and its bound; exit status 4 where one is not met"));
    }
};

/// `--set key.path=value`, the value as YAML text.
using Overrides = std::vector<std::pair<std::string, std::string>>;

/// A file of a chain of `extends`, and what holds because of it.
struct ChainFile {
    std::filesystem::path file;
    std::vector<std::string> changes;  ///< key paths whose value is this file's, not what the files below it (or the defaults) say
};

/// A scenario file read and checked: typed settings, and what reports and later checks need to know of the file.
struct Scenario {
    Settings settings;
    std::filesystem::path file;
    std::vector<std::filesystem::path> files_read;  ///< the file and those it extends
    std::vector<ChainFile> chain;                   ///< base first, the file itself last; empty where it extends none
    std::map<std::string, Place> places;            ///< key path ("pool.split") -> where it was written
    std::set<std::string> given;                    ///< key paths that a file (or --set) gives: the rest are defaults
    std::string parameters_json;                    ///< every input after defaults, as one JSON object
    bool fragment = false;                          ///< made to be extended: need not be complete

    /// Where `key` was written, or the nearest key above it, or the file itself.
    Place place_of(std::string key) const;
};

}  // namespace fxpool
