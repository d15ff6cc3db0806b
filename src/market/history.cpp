#include "fxpool/market/history.hpp"

#include "fxpool/base/number.hpp"

#include <fmt/format.h>
#include <cmath>

namespace fxpool {

std::vector<double> History::moves() const {
    std::vector<double> moves;
    for (std::size_t i = 1; i < rates.size(); ++i) moves.push_back(std::log(rates[i] / rates[i - 1]));
    return moves;
}

double History::step() const { return rates.size() < 2 ? 0 : (dates.back() - dates.front()) / 365.0 / static_cast<double>(rates.size() - 1); }

History clean_history(const RateSeries& rates, std::optional<Date> from, std::optional<Date> to, const Calendar& cn) {
    History history;
    for (std::size_t i = 0; i < rates.dates.size(); ++i) {
        const Date date = rates.dates[i];
        if ((from && date < *from) || (to && date > *to)) continue;
        if (!cn.is_business_day(date)) {
            ++history.dropped;
            continue;
        }
        history.dates.push_back(date);
        history.rates.push_back(rates.rates[i]);
    }
    return history;
}

int decades_between(double rate, double before) {
    const double decades = std::log10(rate / before);
    for (const int size : {1, 2}) {
        if (std::abs(std::abs(decades) - size) < 0.2 * size) return decades > 0 ? size : -size;
    }
    return 0;
}

void check_scale(std::span<const double> rates, std::span<const int> lines, const std::string& file, const std::string& pair, Problems& problems) {
    const auto shown = [](double value) { return fmt::format("{:.6g}", value); };
    int off = 0;  // decades away from the first row
    for (std::size_t i = 1; i < rates.size(); ++i) {
        const int step = decades_between(rates[i], rates[i - 1]);
        off += step;
        if (step == 0 || off == 0) continue;
        problems.error({file, lines[i], 0}, pair,
                       say("the rate goes from {0} to {1}, about {2} times: a wrong digit, or another unit (JPY per 1 or per 100)?", shown(rates[i - 1]),
                           shown(rates[i]), shown(std::pow(10, step))));
    }
}

Message EqualRates::message() const {
    return say("the rate is {0} in {1} rows, {2} to {3}: copied forward? Leave such rows out, or choose other dates", exact_number(rate), rows, first, last);
}

std::vector<EqualRates> equal_rates(const RateSeries& rates, const Calendar& cn) {
    constexpr std::size_t most_equal = 10;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < rates.dates.size(); ++i) {
        if (cn.is_business_day(rates.dates[i])) open.push_back(i);
    }
    std::vector<EqualRates> runs;
    for (std::size_t begin = 0, i = 1; i <= open.size(); ++i) {
        const double rate = rates.rates[open[begin]];
        if (i < open.size() && rates.rates[open[i]] == rate) continue;
        if (i - begin >= most_equal) runs.push_back({rate, i - begin, rates.dates[open[begin]], rates.dates[open[i - 1]], rates.lines[open[begin + 1]]});
        begin = i;
    }
    return runs;
}

}  // namespace fxpool
