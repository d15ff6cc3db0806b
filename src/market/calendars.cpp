#include "calendars.hpp"

#include "fxpool/data/embedded.hpp"

#include <algorithm>
#include <ql/time/calendars/australia.hpp>
#include <ql/time/calendars/canada.hpp>
#include <ql/time/calendars/denmark.hpp>
#include <ql/time/calendars/hongkong.hpp>
#include <ql/time/calendars/hungary.hpp>
#include <ql/time/calendars/japan.hpp>
#include <ql/time/calendars/mexico.hpp>
#include <ql/time/calendars/newzealand.hpp>
#include <ql/time/calendars/norway.hpp>
#include <ql/time/calendars/poland.hpp>
#include <ql/time/calendars/singapore.hpp>
#include <ql/time/calendars/southafrica.hpp>
#include <ql/time/calendars/southkorea.hpp>
#include <ql/time/calendars/sweden.hpp>
#include <ql/time/calendars/switzerland.hpp>
#include <ql/time/calendars/target.hpp>
#include <ql/time/calendars/unitedkingdom.hpp>
#include <ql/time/calendars/unitedstates.hpp>
#include <vector>

namespace fxpool {
namespace {

/// The shipped list: `date,holiday,status,source`, status record, published or expected.
struct CnHolidays {
    std::vector<Date> days;
    Date published_to;
    int last_year = 0;
};

const CnHolidays& cn_holidays() {
    static const CnHolidays holidays = [] {
        CnHolidays read;
        std::string_view text = data::cn_holidays_csv;
        while (!text.empty()) {
            const auto line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(line.size() + 1, text.size()));
            const auto date = parse_iso_date(line.substr(0, line.find(',')));
            if (!date) continue;  // the header
            read.days.push_back(*date);
            read.last_year = std::max(read.last_year, date->year());
            if (line.find(",expected,") == std::string_view::npos) read.published_to = std::max(read.published_to, *date);
        }
        // A year's list is published as a whole: it holds to the year's last day.
        read.published_to = Date::of(read.published_to.year(), 12, 31);
        return read;
    }();
    return holidays;
}

struct CurrencyCalendar {
    std::string_view currency;
    QuantLib::Calendar calendar;
    /// The last year whose lunar holidays QuantLib 1.29 lists; 0 where the calendar follows from rules.
    int known_to = 0;
};

const std::vector<CurrencyCalendar>& currency_calendars() {
    using namespace QuantLib;
    static const std::vector<CurrencyCalendar> all = {
        {"USD", UnitedStates(UnitedStates::FederalReserve)},
        {"EUR", TARGET()},
        {"JPY", Japan()},
        {"GBP", UnitedKingdom(UnitedKingdom::Settlement)},
        {"HKD", HongKong(), 2020},
        {"AUD", Australia()},
        {"CAD", Canada(Canada::Settlement)},
        {"CHF", Switzerland()},
        {"SGD", Singapore(), 2014},
        {"KRW", SouthKorea(SouthKorea::Settlement), 2031},
        {"NZD", NewZealand()},
        {"SEK", Sweden()},
        {"NOK", Norway()},
        {"DKK", Denmark()},
        {"ZAR", SouthAfrica()},
        {"MXN", Mexico()},
        {"PLN", Poland()},
        {"HUF", Hungary()},
    };
    return all;
}

const CurrencyCalendar* find(std::string_view currency) {
    for (const auto& entry : currency_calendars()) {
        if (entry.currency == currency) return &entry;
    }
    return nullptr;
}

}  // namespace

Calendar cn_calendar() { return Calendar(cn_holidays().days); }
Date cn_calendar_published_to() { return cn_holidays().published_to; }
int cn_calendar_last_year() { return cn_holidays().last_year; }

std::optional<Calendar> currency_calendar(const std::string& currency) {
    return currency_calendar(currency, 2004, cn_calendar_last_year() + Market::years_beyond);
}

std::optional<Calendar> currency_calendar(std::string_view currency, int first_year, int last_year) {
    const auto* found = find(currency);
    if (found == nullptr) return std::nullopt;
    std::vector<Date> holidays;
    constexpr QuantLib::Date::serial_type quantlib_epoch = 25569;  // QuantLib's serial number of 1970-01-01, as in Excel
    constexpr int saturday = 5;
    for (Date date = Date::of(first_year, 1, 1); date <= Date::of(last_year, 12, 31); date = date + 1) {
        if (date.weekday() >= saturday) continue;
        if (!found->calendar.isBusinessDay(QuantLib::Date(date.serial + quantlib_epoch))) holidays.push_back(date);
    }
    return Calendar(std::move(holidays));
}

int currency_calendar_known_to(std::string_view currency) {
    const auto* found = find(currency);
    return found == nullptr ? 0 : found->known_to;
}

}  // namespace fxpool
