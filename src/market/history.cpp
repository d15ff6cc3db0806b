#include "fxpool/market/history.hpp"

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

}  // namespace fxpool
