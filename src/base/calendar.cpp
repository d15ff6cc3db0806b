#include "fxpool/base/calendar.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fxpool {

Calendar::Calendar(std::vector<Date> holidays) : holidays_(std::move(holidays)) {
    std::sort(holidays_.begin(), holidays_.end());
    holidays_.erase(std::unique(holidays_.begin(), holidays_.end()), holidays_.end());
}

bool Calendar::is_business_day(Date date) const {
    constexpr int saturday = 5;
    return date.weekday() < saturday && !std::binary_search(holidays_.begin(), holidays_.end(), date);
}

Date Calendar::on_or_after(Date date) const {
    while (!is_business_day(date)) date = date + 1;
    return date;
}

Date Calendar::on_or_before(Date date) const {
    while (!is_business_day(date)) date = date - 1;
    return date;
}

Date Calendar::modified_following(Date date) const {
    const Date following = on_or_after(date);
    return following.month() == date.month() ? following : on_or_before(date);
}

Date Calendar::months_later(Date date, int months) const { return on_or_after(add_months(date, months)); }

Calendar joint(const Calendar& a, const Calendar& b) {
    std::vector<Date> holidays;
    std::set_union(a.holidays().begin(), a.holidays().end(), b.holidays().begin(), b.holidays().end(), std::back_inserter(holidays));
    return Calendar(std::move(holidays));
}

}  // namespace fxpool
