#pragma once

#include "fxpool/measure/results.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The columns of the result tables in Chinese. Their own headers are a contract and stay English.
namespace fxpool::report {

struct ColumnName {
    std::string_view table, column;
    std::string_view chinese, unit;  ///< the unit in Chinese too
};

/// Every column of every table that a run may write.
const std::vector<ColumnName>& column_names();

/// columns.zh.csv for these tables: file, column, Chinese name, unit.
DataTable chinese_columns(const std::vector<DataTable>& tables);

}  // namespace fxpool::report
