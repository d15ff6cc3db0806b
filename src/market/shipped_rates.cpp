#include "fxpool/market/shipped_rates.hpp"

#include "fxpool/data/embedded.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <string>

namespace fxpool {
namespace {

using SeriesByPair = std::map<std::string, RateSeries, std::less<>>;

std::string_view take(std::string_view& text, char end) {
    const auto part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return part;
}

SeriesByPair read_shipped() {
    std::string_view text = data::cny_fx_daily_csv;
    auto header = take(text, '\n');
    take(header, ',');
    std::vector<RateSeries*> columns;
    SeriesByPair all;
    while (!header.empty()) columns.push_back(&all[std::string(take(header, ','))]);
    for (int line = 2; !text.empty(); ++line) {
        auto row = take(text, '\n');
        const auto date = parse_iso_date(take(row, ','));
        if (!date) continue;
        for (auto* column : columns) {
            const auto field = take(row, ',');
            double rate = 0;
            if (std::from_chars(field.data(), field.data() + field.size(), rate).ec != std::errc{} || rate <= 0) continue;
            column->dates.push_back(*date);
            column->rates.push_back(rate);
            column->lines.push_back(line);
        }
    }
    return all;
}

}  // namespace

const RateSeries* shipped_rates(std::string_view pair) {
    static const auto all = read_shipped();
    const auto found = all.find(pair);
    return found == all.end() ? nullptr : &found->second;
}

std::optional<KnownRate> last_known(const RateSeries& rates, Date date) {
    if (rates.dates.empty()) return std::nullopt;
    const auto after = std::upper_bound(rates.dates.begin(), rates.dates.end(), date);
    const auto at = static_cast<std::size_t>(after == rates.dates.begin() ? 0 : after - rates.dates.begin() - 1);
    return KnownRate{rates.rates[at], rates.dates[at], std::abs(date - rates.dates[at])};
}

}  // namespace fxpool
