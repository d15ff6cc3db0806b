#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Estimates and tables as they leave the measuring: names, numbers, errors. What summary.json and the CSV files hold.
namespace fxpool {

/// A figure with its error: a standard error, or a 95 % interval, or neither where it is an observation (max) or exact.
/// A value of NaN is null: it could not be estimated, and `remark` says why ("too few").
struct Estimate {
    double value = std::numeric_limits<double>::quiet_NaN();
    std::optional<double> standard_error;
    std::optional<double> low, high;  ///< a high of infinity: the interval is open, print ">= value"
    std::string remark;

    bool known() const { return !std::isnan(value); }
    /// The 95 % interval: as given, or value -/+ 1.96 standard errors; nothing where there is neither.
    std::optional<std::pair<double, double>> interval() const;
};

/// A figure and its place under `metrics`: {"pool_loss", "demand", "var", "0.99"}.
struct Metric {
    std::vector<std::string> path;
    Estimate estimate;
};

/// A cell of a result table: a number (NaN is written as an empty cell), whole number or text.
using Cell = std::variant<double, std::int64_t, std::string>;

/// A result file, e.g. "daily": its columns, then rows.
struct DataTable {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<Cell>> rows;
};

/// A row of losses.csv.
struct PathLoss {
    std::int64_t path = 0;
    double gross = 0, demand = 0, net = 0;
    std::int32_t exhaustion_day = -1;  ///< business day of the grid, -1: not exhausted
};

struct Results {
    std::int64_t paths = 0;
    std::vector<Metric> metrics;    ///< in the order in which summary.json lists them
    std::vector<DataTable> tables;  ///< daily, banks, exporters, bearers, budget, and losses or losses_histogram
    std::int64_t worst_path = -1;   ///< the path with the largest demand, then the lowest number

    /// The estimate at a dotted path ("pool_loss.demand.var.0.99": `0.99` is one key, the longest matching key wins); null if there is none.
    const Estimate* find(const std::string& dotted) const;
};

}  // namespace fxpool
