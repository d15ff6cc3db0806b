#pragma once

#include "fxpool/book/book.hpp"

#include <string>
#include <vector>

namespace fxpool {

/// The ids that a contract may name.
struct KnownIds {
    std::vector<std::string> banks;
    std::vector<std::string> exporters;  ///< empty: any, the firms are made from the contracts
    std::vector<std::string> pairs;
};

/// load_contracts() with every bank, exporter and pair looked up in `known`; a row without a pair gets the only one there is.
std::vector<Contract> load_contracts(const std::filesystem::path& file, const KnownIds* known, Problems& problems, const NamedAt& named = {},
                                     ColumnNames* names = nullptr);

}  // namespace fxpool
