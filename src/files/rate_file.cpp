#include "fxpool/files/rate_file.hpp"

#include "fxpool/base/number.hpp"
#include "fxpool/files/csv_file.hpp"
#include "fxpool/files/table_date.hpp"
#include "fxpool/files/utf8.hpp"

#include <algorithm>
#include <map>

namespace fxpool {
namespace {

struct RateRow {
    double rate;
    int line;
};

/// Date, the pair's own column, and the one of a file that has only this pair.
std::vector<CsvColumn> rate_columns(const std::string& pair) {
    const auto currency = pair.substr(0, 3);
    return {{"date", "日期", true, Measure::words, {"交易日期", "交易日"}},
            {pair, "", false, Measure::words, {currency + "/CNY", "100" + currency + "/CNY"}},
            {"rate", "汇率", false}};
}

}  // namespace

RateSeries load_rates(const std::filesystem::path& file, const std::string& pair, Problems& problems, const NamedAt& named) {
    enum Column : std::size_t { date, own, rate };
    const auto csv = CsvFile::open(file, rate_columns(pair), CsvFile::Others::allow, problems, named);
    if (!csv) return {};
    if (!csv->has(own) && !csv->has(rate)) {
        problems.error(csv->header_place(), {}, say("there is neither a column {0} nor a column rate (汇率); the file has: {1}", pair, csv->header_text()));
        return {};
    }
    const std::size_t column = csv->has(own) ? own : rate;
    std::map<Date, RateRow> rows;
    csv->read_rows(problems, [&](const CsvRow& row) {
        auto [day, why] = read_table_date(row[date]);
        if (!day) {
            problems.error(row.place(date), csv->column_name(date), row[date].empty() ? say("the field is empty") : std::move(why));
            return;
        }
        if (row[column].empty()) return;  // a day without this pair's rate
        const auto value = parse_number(row[column]);
        if (!value || *value <= 0) {
            problems.error(row.place(column), csv->column_name(column), say("'{0}' is no rate: it must be a number above 0", shortened(row[column])));
            return;
        }
        if (*value < smallest_rate || *value > largest_rate) {
            problems.error(row.place(column), csv->column_name(column), say("{0} is out of range: {1} to {2}", shortened(row[column]), "0.0001", "100,000"));
            return;
        }
        const auto [first, added] = rows.try_emplace(*day, RateRow{*value, row.line()});
        if (!added) problems.error(row.place(date), csv->column_name(date), say("{0} comes twice; first in line {1}", *day, first->second.line));
    });
    RateSeries series;
    for (const auto& [day, row] : rows) {
        series.dates.push_back(day);
        series.rates.push_back(row.rate);
        series.lines.push_back(row.line);
    }
    if (rows.empty() && !problems.has_errors()) problems.error(csv->header_place(), {}, say("there is no rate of {0} in the file", pair));
    return series;
}

bool is_pair(std::string_view text) {
    constexpr std::string_view against = "CNY";
    if (text.size() != 2 * against.size() || !text.ends_with(against) || text.starts_with(against)) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::vector<std::string> pairs_in(const std::filesystem::path& file, Problems& problems) {
    const auto csv = CsvFile::open(file, {rate_columns("").front()}, CsvFile::Others::allow, problems);
    std::vector<std::string> pairs;
    if (!csv) return pairs;
    for (auto name : csv->header()) {
        for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (is_pair(name)) pairs.push_back(name);
    }
    return pairs;
}

}  // namespace fxpool
