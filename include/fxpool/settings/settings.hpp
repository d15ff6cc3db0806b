#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/model/model.hpp"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

/// A scenario file as typed values, after defaults and `extends` (docs/scenario.md). Shares and rates are plain numbers (5 % = 0.05),
/// money in CNY unless named USD, volatilities and rates a year, Act/365.
namespace fxpool {

/// The value of a cap, limit or line that is `none`: it never binds.
inline constexpr double no_limit = std::numeric_limits<double>::infinity();

struct Localised {
    std::string en;
    std::string zh;
};

/// A number, or sector -> number with a default.
struct BySector {
    double otherwise = 0;
    std::map<std::string, double> sectors;

    double at(const std::string& sector) const {
        const auto found = sectors.find(sector);
        return found == sectors.end() ? otherwise : found->second;
    }
};

/// Months -> value; a plain number in the file is one entry at 0 months.
using ByTenor = std::map<int, double>;

/// The moves of a `path`: simple daily moves on the first business days, either written out or read from a file of rates.
struct GivenMoves {
    std::vector<double> moves;                  ///< these ...
    std::optional<std::filesystem::path> file;  ///< ... or a rates file: the pair's column, else `rate`
    std::optional<Date> from, to;
};

struct PairSettings {
    std::string name;     ///< USDCNY
    double spot = 0;      ///< CNY per unit; JPY per 100
    ByTenor swap_points;  ///< months -> pips (1/10,000 of the rate); empty: the foreign curve is used
    std::optional<std::filesystem::path> history;
    double band = no_limit;           ///< the most that the rate moves in a day
    std::optional<GivenMoves> given;  ///< type: path
    std::optional<Model> model;       ///< the model; after given moves the one that `then` names, or none: flat
};

struct MarketSettings {
    std::string reference;                                              ///< the pair whose move drives wrong-way risk
    std::map<std::string, ByTenor> curves;                              ///< currency -> months -> zero rate, continuously compounded Act/365
    std::vector<PairSettings> pairs;                                    ///< in the file's order
    std::map<std::pair<std::string, std::string>, double> correlation;  ///< as written: USDCNY~EURCNY
};

enum class QuotaBase { available, fixed };
enum class Layout { shared, segregated, hybrid };
enum class Cap { frozen, none };
enum class ExcessBearer { bank, guarantor, government };
enum class Product { forward_sale, forward_purchase, swap };
enum class Direction { sell, buy };  ///< the exporter sells foreign currency (结汇) or buys it (购汇)
enum class Shortfall { prorata, queue };

struct NoRoom {
    enum class Kind { reject, queue, own_margin } kind = Kind::reject;
    int days = 0;  ///< queue(days)
};

struct CallsSettings {
    double call_at = 0.8;
    int cure_days = 3;
    double slippage = 20;  ///< pips
    double meet = 0.7;
};

struct RecoverySettings {
    double rate = 0.3;
    int lag_months = 12;
    bool lognormal = false;
    double lag_sigma = 0.5;
    double cost = 0.1;
    bool pool_first = false;
    bool to_treasury = false;
};

struct RefillSettings {
    enum class When { yearly, trigger } when = When::yearly;
    double below = 0.8, to = 1;
    int delay_days = 60;
    double yearly_limit = no_limit;
};

struct AmberSettings {
    double at = no_limit;
    double multiple_factor = 0.5;
};
struct FxBrakeSettings {
    double volatility = no_limit, move = no_limit;
    double margin_factor = 1.5;
};
struct BrakesSettings {
    std::optional<AmberSettings> amber;
    std::optional<double> red;   ///< net claims over the fund
    std::optional<double> bank;  ///< limbs over ended notional
    std::optional<FxBrakeSettings> fx;
    int lift_days = 60;
};

struct PoolSettings {
    double fund = 20e6;
    double multiple = 1;
    QuotaBase quota_base = QuotaBase::available;
    Layout layout = Layout::shared;
    double floor = 0.5;
    double pool_share = 0.8, guarantor_share = 0;
    double deductible = 0;
    Cap cap = Cap::frozen;
    double cap_multiple = 1;
    ExcessBearer excess = ExcessBearer::bank;
    double exporter_frozen_cap = 1e6, exporter_claims_cap = 1e6;
    double deal_cap_usd = 2e6;
    double deal_cap_months = 12;
    double yearly_claims_cap = no_limit;
    double concentration_exporter = 0.10, concentration_group = 0.15, concentration_sector = 0.50, concentration_bank = 0.35;
    double hedge_ratio_cap = 0.8;
    NoRoom no_room;
    std::set<Product> products = {Product::forward_sale, Product::forward_purchase, Product::swap};
    ByTenor margin_rate = {{0, 0.05}};
    double client_share = 0;
    std::optional<CallsSettings> calls;
    int claims_delay_days = 0;
    double rejection = 0;
    Shortfall shortfall = Shortfall::prorata;
    int close_out_days = 0;
    bool netting = true;
    RecoverySettings recovery;
    double interest = 0.013;
    double fee = 0;
    std::optional<RefillSettings> refill;
    std::optional<BrakesSettings> brakes;
};

struct BankSettings {
    std::string id;
    Localised name;
    double weight = 0;
    Place place;
};

struct SyntheticSettings {
    int count = 200;
    std::uint64_t seed = 1;
    double pareto = 1.3;                     ///< exponent of the size law
    double minimum_usd = 1e6;                ///< its smallest firm
    std::map<std::string, double> sectors;   ///< shares, sum 1
    std::map<std::string, double> us_share;  ///< mean by sector
};

struct NewBusinessSettings {
    double monthly_usd = 0;
    double deal_mean_usd = 300e3, deal_cv = 1;
    double client_spread = 0;             ///< pips, against the client
    ByTenor tenors;                       ///< months -> share
    double sell = 1, buy = 0;             ///< shares
    std::map<std::string, double> pairs;  ///< shares
    double growth = 0;
    bool steady_state = true;
    std::uint64_t seed = 2;
};

struct Shock {
    Date from, to;
    std::optional<std::string> sector;
    std::optional<double> us_share_above;
    double probability = 0;
    Place place;
};

struct FailureSettings {
    BySector pd{0.03, {}};
    BySector correlation{0.12, {}};
    double sector_loading = 1;
    double insolvency_fx_beta = 0;
    bool keep_mean = false;
    BySector order_loss_probability{0.01, {}};
    double order_loss_correlation = 0;
    double order_loss_fx_beta = 0;
    double absorb = 0;
    bool absorb_from_liquidity = false;
    std::vector<Shock> shocks;
    double strategic_share = 0, strategic_threshold = 0.025;
    double late_probability = 0;
    int late_roll_months = 3;
    bool late_carried = false;
};

struct BenefitSettings {
    double loan_rate = 0.0348, deposit_rate = 0.013, fund_cost = 0.02, hedge_without = 0.06, hedge_with = 0.30;
};

struct SimulationSettings {
    std::int64_t paths = 100'000;
    std::uint64_t seed = 20250325;
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
    Date start, end;  ///< end = start + months where months are given
    MarketSettings market;
    PoolSettings pool;
    std::vector<BankSettings> banks;
    std::variant<std::monostate, std::filesystem::path, SyntheticSettings> exporters;
    std::optional<std::filesystem::path> contracts;
    std::optional<NewBusinessSettings> new_business;
    FailureSettings failure;
    BenefitSettings benefit;
    SimulationSettings simulation;
    std::vector<Limit> limits;
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
