#include "fxpool/book/book.hpp"

#include "contracts.hpp"

#include <unordered_set>

namespace fxpool {
namespace {

/// One firm for each exporter id of the contracts, in order of first appearance.
std::vector<Exporter> exporters_of(const std::vector<Contract>& contracts) {
    std::vector<Exporter> exporters;
    std::unordered_set<std::string_view> met;
    for (const auto& contract : contracts) {
        if (!met.insert(contract.exporter_id).second) continue;
        exporters.emplace_back();
        exporters.back().id = contract.exporter_id;
    }
    return exporters;
}

}  // namespace

Book load_book(const Scenario& scenario, Problems& problems) {
    const auto& settings = scenario.settings;
    Book book;
    KnownIds known;
    for (const auto& bank : settings.banks) known.banks.push_back(bank.id);
    for (const auto& pair : settings.market.pairs) known.pairs.push_back(pair.name);
    if (const auto* file = std::get_if<std::filesystem::path>(&settings.exporters)) {
        book.exporters = load_exporters(*file, problems, {scenario.place_of("exporters"), "exporters"}, &book.exporter_columns);
        book.files_read.push_back(*file);
    } else if (const auto* synthetic = std::get_if<SyntheticSettings>(&settings.exporters)) {
        book.exporters = synthetic_exporters(*synthetic);
    }
    for (const auto& exporter : book.exporters) known.exporters.push_back(exporter.id);
    if (!settings.contracts) return book;

    book.contracts = load_contracts(*settings.contracts, &known, problems, {scenario.place_of("contracts"), "contracts"}, &book.contract_columns);
    book.files_read.push_back(*settings.contracts);
    if (std::holds_alternative<std::monostate>(settings.exporters) && !book.contracts.empty()) {
        book.exporters = exporters_of(book.contracts);
        book.exporters_from_ids = true;
        problems.note(scenario.place_of("contracts"), "contracts",
                      say("no exporters file: the firms are made from the contracts' exporter ids ({0} of them), all with the default probability",
                          book.exporters.size()));
    }
    return book;
}

}  // namespace fxpool
