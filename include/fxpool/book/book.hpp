#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/scenario/settings.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// Who deals and what is on the books: exporters and contracts from CSV files or made synthetically, applications of new business.
namespace fxpool {

struct Exporter {
    std::string id;
    std::string name;
    std::string sector;                       ///< empty where the file gives none
    std::string group;                        ///< empty: stands alone
    std::optional<double> annual_receipts_usd;
    std::optional<double> pd;                 ///< the file's own; else the scenario's by sector
    double us_share = 0;
    std::optional<double> liquidity_cny;
};

struct Contract {
    std::string id;
    std::string exporter_id;
    std::string bank_id;
    Product product = Product::forward_sale;
    std::string pair;
    Direction direction = Direction::sell;
    double notional = 0;       ///< foreign currency
    double contract_rate = 0;  ///< CNY per unit; JPY per 100
    Date trade_date, settle_date;
    std::optional<double> margin_rate;
    Place place;
};

/// What a scenario's data files hold.
struct Book {
    std::vector<Exporter> exporters;
    std::vector<Contract> contracts;
    bool exporters_from_ids = false;  ///< contracts without an exporters file: firms made from their ids
    std::vector<std::filesystem::path> files_read;
};

/// An application of new business: the same on every path (pool-rules 5). Days before the start belong to the steady-state ladder.
struct Application {
    std::string id;          ///< unique; its draws hang on it
    Date date;               ///< business day of the CN calendar
    std::size_t exporter = 0;  ///< place in Book::exporters
    std::size_t bank = 0;      ///< place in Settings::banks
    std::string pair;
    Direction direction = Direction::sell;
    double usd = 0;          ///< notional in USD at the start's rates
    double notional = 0;     ///< foreign currency
    int tenor_months = 0;
    Date settle_date;        ///< modified following on the pair's joint calendar
};

/// Loads (or makes) the exporters and contracts that `scenario` names. Every problem of every file goes to `problems`,
/// with those that show only between files and settings (an unknown bank or exporter, settlement before trade date).
Book load_book(const Scenario& scenario, Problems& problems);

/// The CSV loaders by themselves; columns and encodings as in scenario.md, "Data files".
std::vector<Exporter> load_exporters(const std::filesystem::path& file, Problems& problems);
std::vector<Contract> load_contracts(const std::filesystem::path& file, Problems& problems);

/// date -> rate rows of one pair: `date,USDCNY[,...]` or `date,rate`.
struct RateSeries {
    std::vector<Date> dates;    ///< ascending
    std::vector<double> rates;  ///< CNY per unit
    std::vector<int> lines;     ///< line in the file
};
RateSeries load_rates(const std::filesystem::path& file, const std::string& pair, Problems& problems);

/// Firm k's draws hang on (seed, k) alone (pool-rules 5).
std::vector<Exporter> synthetic_exporters(const SyntheticSettings& settings);

}  // namespace fxpool
