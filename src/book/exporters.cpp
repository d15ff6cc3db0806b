#include "fields.hpp"
#include "fxpool/book/book.hpp"

#include <unordered_map>

namespace fxpool {

std::vector<Exporter> load_exporters(const std::filesystem::path& file, Problems& problems) {
    enum Column : std::size_t { id, name, sector, receipts, pd, us_share, liquidity, group };
    const std::vector<CsvColumn> columns = {{"exporter_id", "企业编号", true},        {"name", "企业名称", false}, {"sector", "行业", false},
                                            {"annual_receipts_usd", "年收汇", false}, {"pd", "违约概率", false},   {"us_share", "对美占比", false},
                                            {"liquidity_cny", "流动性", false},       {"group_id", "集团", false}};
    std::vector<Exporter> exporters;
    const auto csv = CsvFile::open(file, columns, CsvFile::Others::warn, problems);
    if (!csv) return exporters;
    std::unordered_map<std::string, int> first_line;
    bool any_row = false;
    csv->read_rows(problems, [&](const CsvRow& row) {
        any_row = true;
        FieldReader field(row, columns, problems);
        Exporter exporter;
        exporter.id = field.required_text(id);
        exporter.name = field.text(name);
        exporter.sector = field.text(sector);
        exporter.group = field.text(group);
        exporter.annual_receipts_usd = field.at_least_zero(receipts);
        exporter.pd = field.share(pd, true);
        exporter.us_share = field.share(us_share, false).value_or(0);
        exporter.liquidity_cny = field.at_least_zero(liquidity);
        exporter.place = row.row_place();
        if (!exporter.id.empty()) {
            const auto [first, added] = first_line.try_emplace(exporter.id, row.line());
            if (!added) field.error(id, say("{0} comes twice; first in line {1}", exporter.id, first->second));
        }
        exporters.push_back(std::move(exporter));
    });
    if (!any_row && !problems.has_errors()) problems.error(csv->header_place(), {}, say("there is a header but no exporter below it"));
    return exporters;
}

}  // namespace fxpool
