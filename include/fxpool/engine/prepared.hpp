#pragma once

#include "fxpool/base/id.hpp"
#include "fxpool/model/model.hpp"
#include "fxpool/pool/terms.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

/// Everything that the paths need, as plain arrays of day indices and numbers: no file, no clock, no calendar. `study/` makes it from
/// settings, market and book; the engine only reads it. It goes to bytes and back (base/bytes.hpp).
namespace fxpool {

/// One currency pair against CNY. A quoted unit is one unit of the currency (JPY: a hundred).
struct PairTerms {
    std::string name;
    double spot = 0;
    double unit = 1;                                        ///< foreign units per quoted unit
    std::vector<double> forward_factor;                     ///< F(t, t+n)/S(t) for n calendar days
    MoveTerms moves;                                        ///< how the rate moves, day by day
    double band = std::numeric_limits<double>::infinity();  ///< the most that it moves in a day, as a share; the rest is carried on
    Table<DayIndex, std::int32_t> rolled_to;                ///< serial of the new settlement date of a late receipt that was due on this day
    /// Last serial that each rung of the margin ladder reaches for a deal of this day; [rung][day]. Empty where one rate serves all.
    std::vector<Table<DayIndex, std::int32_t>> rung_end;

    void fields(auto&& f) { f(name), f(spot), f(unit), f(forward_factor), f(moves), f(band), f(rolled_to), f(rung_end); }
};

struct ExporterTerms {
    std::string id;
    std::uint64_t hash = 0;
    SectorId sector;         ///< invalid: none
    GroupId group;           ///< invalid: none
    double hazard = 0;       ///< a year, at m = 0
    double correlation = 0;  ///< of its insolvency
    double order_loss = 0;   ///< base probability a contract
    double us_share = 0;
    double annual_receipts_usd = 0;  ///< 0: not known
    bool has_liquidity = false;
    double liquidity = 0;  ///< CNY

    void fields(auto&& f) {
        f(id), f(hash), f(sector), f(group), f(hazard), f(correlation), f(order_loss), f(us_share), f(annual_receipts_usd);
        f(has_liquidity), f(liquidity);
    }
};

struct SectorTerms {
    std::string name;
    std::uint64_t hash = 0;

    void fields(auto&& f) { f(name), f(hash); }
};

struct SetTerms {
    ExporterId exporter;
    BankId bank;
    std::uint64_t hash = 0;  ///< of "exporter|bank"

    void fields(auto&& f) { f(exporter), f(bank), f(hash); }
};

/// Where a deal comes from.
enum class Origin : std::uint8_t { file, ladder, application };

/// A contract of the file or of the opening ladder, or an application that becomes one when it is admitted on a path.
struct DealTerms {
    std::string id;
    std::uint64_t hash = 0;
    Origin origin = Origin::file;
    ExporterId exporter;
    BankId bank;
    SetId set;
    PairId pair;
    std::int8_t product = 0;         ///< 0 forward sale, 1 forward purchase, 2 swap
    double side = 1;                 ///< +1 the exporter sells, -1 it buys
    double notional = 0;             ///< foreign currency
    double units = 0;                ///< notional in quoted units: N * K / unit = units * K in CNY
    double usd = 0;                  ///< notional in USD at the start's rates
    double contract_rate = 0;        ///< file and ladder; an application's comes from its path
    double margin_rate = 0;          ///< file and ladder
    DayIndex trade_day;              ///< invalid: on the books when day 0 begins
    std::int32_t settle_serial = 0;  ///< settlement date
    DayIndex settle_day;             ///< invalid: after the horizon
    int tenor_months = 0;            ///< of an application; for the file's deals whole months, rounded up

    void fields(auto&& f) {
        f(id), f(hash), f(origin), f(exporter), f(bank), f(set), f(pair), f(product), f(side), f(notional), f(units), f(usd);
        f(contract_rate), f(margin_rate), f(trade_day), f(settle_serial), f(settle_day), f(tenor_months);
    }
};

/// A shock to order losses for settlement dates in a window.
struct ShockTerms {
    std::int32_t first_serial = 0, last_serial = 0;
    SectorId sector;             ///< invalid: every sector
    bool one_sector = false;     ///< where true and `sector` is invalid, no firm matches
    double us_share_above = -1;  ///< matches firms with more; -1: all
    double probability = 0;

    void fields(auto&& f) { f(first_serial), f(last_serial), f(sector), f(one_sector), f(us_share_above), f(probability); }
};

struct FailureTerms {
    double sector_loading = 1;
    double insolvency_beta = 0;
    bool keep_mean = false;
    Table<DayIndex, double> clock_scale;  ///< keep_mean: 1 / the pilot's mean step over dt; empty: 1
    double order_correlation = 0, order_beta = 0;
    double absorb = 0;
    bool absorb_from_liquidity = false;
    std::vector<ShockTerms> shocks;
    double strategic_share = 0, strategic_threshold = 0;
    double late = 0;
    bool late_carried = false;

    void fields(auto&& f) {
        f(sector_loading), f(insolvency_beta), f(keep_mean), f(clock_scale), f(order_correlation), f(order_beta), f(absorb);
        f(absorb_from_liquidity), f(shocks), f(strategic_share), f(strategic_threshold), f(late), f(late_carried);
    }
};

/// The margin rate of new deals, by rung; one rung serves every tenor.
struct LadderTerms {
    std::vector<double> rates;

    void fields(auto&& f) { f(rates); }
};

struct Prepared {
    std::uint64_t seed = 0;
    std::int64_t paths = 0;

    Table<DayIndex, std::int32_t> serial;             ///< date of each business day, days since 1970-01-01
    Table<DayIndex, double> dt;                       ///< calendar days since the previous business day / 365; [0] = 0
    Table<DayIndex, std::int32_t> year;               ///< calendar year
    std::vector<std::int32_t> day_from;               ///< n calendar days after day 0 -> first business day on or after; days() where past the horizon
    Table<DayIndex, std::int32_t> recovery_lag_days;  ///< calendar days to the fixed recovery date of a close-out on this day

    Table<PairId, PairTerms> pairs;
    std::vector<double> discount;          ///< CNY discount factor for n calendar days
    std::vector<double> correlation_root;  ///< lower Cholesky factor, row-major
    PairId reference;
    PairId usd;                             ///< USDCNY; invalid where the market has none
    std::vector<double> reference_history;  ///< the reference pair's rates before day 0, oldest first

    Table<BankId, std::string> banks;
    Table<SectorId, SectorTerms> sectors;
    std::int32_t groups = 0;
    Table<ExporterId, ExporterTerms> exporters;
    Table<SetId, SetTerms> sets;
    Table<ContractId, DealTerms> deals;  ///< the file's contracts in its order, the ladder, then the applications in order of date
    LadderTerms ladder;
    double client_spread = 0;  ///< CNY per quoted unit

    pool::Terms terms;
    FailureTerms failure;

    int days() const { return static_cast<int>(serial.size()); }
    DayIndex last_day() const { return DayIndex{days() - 1}; }
    /// First business day on or after a date; days() where that is past the horizon. Dates before day 0 give day 0.
    int day_on_or_after(std::int32_t date_serial) const {
        const auto n = date_serial - serial[DayIndex{0}];
        if (n <= 0) return 0;
        return static_cast<std::size_t>(n) < day_from.size() ? day_from[static_cast<std::size_t>(n)] : days();
    }

    void fields(auto&& f) {
        f(seed), f(paths), f(serial), f(dt), f(year), f(day_from), f(recovery_lag_days), f(pairs), f(discount), f(correlation_root);
        f(reference), f(usd), f(reference_history), f(banks), f(sectors), f(groups), f(exporters), f(sets), f(deals), f(ladder);
        f(client_spread), f(terms), f(failure);
    }
};

}  // namespace fxpool
