#pragma once

#include "fxpool/base/calendar.hpp"
#include "fxpool/base/date.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/files/text_file.hpp"
#include "fxpool/settings/settings.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Who deals and what is on the books: exporters and contracts from CSV files or made synthetically, applications of new business.
namespace fxpool {

struct Market;

struct Exporter {
    std::string id;
    std::string name;
    std::string sector;  ///< empty where the file gives none
    std::string group;   ///< empty: stands alone
    std::optional<double> annual_receipts_usd;
    std::optional<double> pd;  ///< the file's own; else the scenario's by sector
    double us_share = 0;
    std::optional<double> liquidity_cny;
    Place place;  ///< its row
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

/// The columns of a data file: their English names and what the file calls them, with the place of that.
struct ColumnName {
    std::string written;
    Place place;
};
using ColumnNames = std::map<std::string, ColumnName, std::less<>>;

/// What a scenario's data files hold.
struct Book {
    std::vector<Exporter> exporters;
    std::vector<Contract> contracts;
    ColumnNames exporter_columns, contract_columns;
    bool exporters_from_ids = false;  ///< contracts without an exporters file: firms made from their ids
    std::vector<std::filesystem::path> files_read;
};

/// An application of new business: the same on every path (docs/rules.md, 5.2). Days before the start belong to the steady-state ladder.
struct Application {
    std::string id;            ///< unique; its draws hang on it
    Date date;                 ///< business day of the CN calendar
    std::size_t exporter = 0;  ///< place in Book::exporters
    std::size_t bank = 0;      ///< place in Settings::banks
    std::string pair;
    Direction direction = Direction::sell;
    double usd = 0;       ///< notional in USD at the start's rates
    double notional = 0;  ///< foreign currency
    int tenor_months = 0;
    Date settle_date;  ///< modified following on the pair's joint calendar
};

/// Loads (or makes) the exporters and contracts that `scenario` names. Every problem of every file goes to `problems`,
/// with those that show only between files and settings (an unknown bank or exporter, settlement before trade date).
Book load_book(const Scenario& scenario, Problems& problems);

/// The CSV loaders by themselves (docs/tables.md); `named` is where the file is named.
std::vector<Exporter> load_exporters(const std::filesystem::path& file, Problems& problems, const NamedAt& named = {}, ColumnNames* names = nullptr);
std::vector<Contract> load_contracts(const std::filesystem::path& file, Problems& problems, const NamedAt& named = {});

/// What shows only between the files, the settings and the market: contracts that settled before the start or are dealt after the
/// horizon (warnings: they are left out), shocks that match no firm or contract, sectors of the failure settings that no firm has,
/// new business without a firm to ask for it or without USDCNY to value it.
void check_book(const Scenario& scenario, const Book& book, const Market& market, Problems& problems);

/// Firms F0001, F0002, ... ; firm k's draws hang on (seed, k) alone (docs/rules.md, 5.1).
std::vector<Exporter> synthetic_exporters(const SyntheticSettings& settings);

/// The applications of the horizon and, with `steady_state`, of as long before the start as the longest tenor; in order of date, then
/// of number. The k-th of a day hangs on (seed, date, k) alone, and so do its exporter, bank, terms and size (docs/draws.md).
std::vector<Application> draw_applications(const NewBusinessSettings& business, const Settings& settings, const Book& book, const Market& market);

/// The margin rate of a deal: that of the first tenor whose end (trade date and so many months, rolled on `joint`, the pair's joint
/// calendar) is not before `settle`; the ladder's last rate beyond it.
double ladder_rate(const ByTenor& ladder, Date trade, Date settle, const Calendar& joint);

}  // namespace fxpool
