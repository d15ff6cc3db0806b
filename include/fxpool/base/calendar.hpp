#pragma once

#include "fxpool/base/date.hpp"

#include <vector>

namespace fxpool {

/// Business days as a plain list of days off on top of Saturday and Sunday; `market/` fills it (docs/rules.md, 2.1).
class Calendar {
  public:
    Calendar() = default;
    /// `holidays`: weekdays that are no business days, in any order; weekends among them do no harm.
    explicit Calendar(std::vector<Date> holidays);

    bool is_business_day(Date date) const;
    /// The day itself or the next business day.
    Date on_or_after(Date date) const;
    /// The day itself or the last business day before it.
    Date on_or_before(Date date) const;
    /// On or after, but on or before where that would leave the calendar month.
    Date modified_following(Date date) const;
    /// `months` calendar months later, rolled to the next business day (docs/rules.md, 2.1).
    Date months_later(Date date, int months) const;

    const std::vector<Date>& holidays() const { return holidays_; }

  private:
    std::vector<Date> holidays_;  // ascending
};

/// A day is a business day of the joint calendar where it is one of both.
Calendar joint(const Calendar& a, const Calendar& b);

}  // namespace fxpool
