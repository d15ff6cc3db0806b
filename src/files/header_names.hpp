#pragma once

#include "fxpool/files/csv_file.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which column a header means.
namespace fxpool {

/// "年收汇（万美元）": the name, and what stands in brackets behind it.
struct HeaderWords {
    std::string name;
    std::vector<std::string> brackets;
};
HeaderWords split_header(std::string_view header);

/// The column that has this name among its names.
std::optional<std::size_t> column_called(const std::vector<CsvColumn>& columns, std::string_view name);

/// A column and how its header should be written.
struct NearColumn {
    std::size_t column = 0;
    std::string name;
};

/// The column of those that the file lacks which a header was probably meant to be: a letter off, or a known name with something before
/// or behind it (合约编号*, 银行名称, 年收汇万美元); nothing where none is near.
std::optional<NearColumn> column_nearly_called(const std::vector<CsvColumn>& columns, const std::vector<bool>& lacking, std::string_view header);

}  // namespace fxpool
