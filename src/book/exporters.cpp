#include "fields.hpp"
#include "fxpool/book/book.hpp"
#include "totals.hpp"

#include <unordered_map>

namespace fxpool {
namespace {

enum Column : std::size_t { id, name, sector, receipts, pd, us_share, liquidity, group };

/// The last names of each are in docs/tables.md.
const std::vector<CsvColumn>& columns() {
    static const std::vector<CsvColumn> all = {
        {"exporter_id", "企业编号", true, Measure::words, {"企业代码", "企业ID", "客户编号", "客户号", "exporter", "firm_id", "company_id"}},
        {"name", "企业名称", false, Measure::words, {"公司名称", "客户名称", "单位名称", "exporter_name", "firm_name", "company_name", "company"}},
        {"sector", "行业", false, Measure::words, {"所属行业", "行业分类", "行业名称", "industry"}},
        {"annual_receipts_usd", "年收汇", false, Measure::usd, {"年收汇额", "年收汇金额", "年收汇量", "annual_receipts"}},
        {"pd", "违约概率", false, Measure::share, {"违约率", "probability_of_default", "default_probability"}},
        {"us_share", "对美占比", false, Measure::share, {"对美比例", "对美出口占比"}},
        {"liquidity_cny", "流动性", false, Measure::cny, {"liquidity", "流动资金"}},
        {"group_id", "集团", false, Measure::words, {"集团编号", "所属集团", "group"}}};
    return all;
}

/// Reads the rows of one file.
class ExporterReader {
  public:
    explicit ExporterReader(Problems& problems) : problems_(problems) {}

    std::vector<Exporter> read(const std::filesystem::path& file, const NamedAt& named, ColumnNames* names) {
        const auto csv = CsvFile::open(file, columns(), CsvFile::Others::note, problems_, named);
        if (!csv) return {};
        if (names != nullptr) *names = column_names(*csv, columns().size());
        csv->read_rows(problems_, [&](const CsvRow& row) {
            any_row_ = true;
            if (!calls_itself_totals(row, {id, name}, problems_)) read_row(row);
        });
        if (!any_row_ && !problems_.has_errors()) problems_.error(csv->header_place(), {}, say("there is a header but no exporter below it"));
        return std::move(exporters_);
    }

  private:
    void read_row(const CsvRow& row) {
        Problems of_row;
        FieldReader field(row, notes_, of_row);
        Exporter exporter;
        exporter.id = field.required_text(id);
        exporter.name = field.text(name);
        exporter.sector = field.text(sector);
        exporter.group = field.text(group);
        exporter.annual_receipts_usd = field.optional_amount(receipts);
        exporter.pd = field.share(pd, true);
        exporter.us_share = field.share(us_share, false).value_or(0);
        exporter.liquidity_cny = field.optional_amount(liquidity);
        exporter.place = row.row_place();
        const RunningTotals::Amounts amounts = {exporter.annual_receipts_usd, exporter.liquidity_cny};
        if (row.is_last() && totals_.are_of(exporter.id, amounts)) {
            problems_.error(row.place(id), {}, say("the last row is the sum of the rows above it, a row of totals; delete it"));
            return;
        }
        totals_.add(exporter.id, amounts);
        if (!exporter.id.empty()) {
            const auto [first, added] = first_line_.try_emplace(exporter.id, row.line());
            if (!added) field.error(id, say("{0} comes twice; first in line {1}", exporter.id, first->second));
        }
        problems_.append(of_row);
        exporters_.push_back(std::move(exporter));
    }

    Problems& problems_;
    UnitNotes notes_;
    RunningTotals totals_;
    std::vector<Exporter> exporters_;
    std::unordered_map<std::string, int> first_line_;
    bool any_row_ = false;
};

}  // namespace

std::vector<Exporter> load_exporters(const std::filesystem::path& file, Problems& problems, const NamedAt& named, ColumnNames* names) {
    return ExporterReader(problems).read(file, named, names);
}

}  // namespace fxpool
