"""Business days by rule: CN from the published list, USD (Federal Reserve) and EUR (TARGET) computed."""

import calendar
import csv
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)


def add_months(day, months):
    """The same day of the month `months` later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=None)
def easter(year):
    """Easter Sunday (Gregorian, the anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _nth_weekday(year, month, weekday, n):
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _sunday_to_monday(day):
    return day + ONE_DAY if day.weekday() == 6 else day


@lru_cache(maxsize=None)
def usd_holidays(year):
    last_of_may = date(year, 5, 31)
    days = {
        _sunday_to_monday(date(year, 1, 1)), _nth_weekday(year, 1, 0, 3), _nth_weekday(year, 2, 0, 3),
        last_of_may - timedelta(days=last_of_may.weekday()),
        _sunday_to_monday(date(year, 7, 4)), _nth_weekday(year, 9, 0, 1), _nth_weekday(year, 10, 0, 2),
        _sunday_to_monday(date(year, 11, 11)), _nth_weekday(year, 11, 3, 4),
        _sunday_to_monday(date(year, 12, 25)),
    }
    if year >= 2022:
        juneteenth = _sunday_to_monday(date(year, 6, 19))
        # QuantLib 1.29, which the rules name, shuts the Friday before a Saturday's Juneteenth (the bank itself doesn't)
        days.add(juneteenth - ONE_DAY if juneteenth.weekday() == 5 else juneteenth)
    return days


@lru_cache(maxsize=None)
def eur_holidays(year):
    days = {date(year, 1, 1), date(year, 12, 25)}
    if year >= 2000:
        days |= {easter(year) - 2 * ONE_DAY, easter(year) + ONE_DAY, date(year, 5, 1), date(year, 12, 26)}
    return days


class Calendars:
    def __init__(self, cn_file):
        self.cn_holidays = set()
        with open(cn_file, encoding="utf-8-sig", newline="") as text:
            for row in csv.reader(text):
                try:
                    self.cn_holidays.add(date.fromisoformat(row[0].strip()))
                except (ValueError, IndexError):
                    continue  # the header, a comment

    def is_open(self, day, currencies=("CNY",)):
        if day.weekday() >= 5:
            return False
        for currency in currencies:
            if currency == "CNY" and day in self.cn_holidays:
                return False
            if currency == "USD" and day in usd_holidays(day.year):
                return False
            if currency == "EUR" and day in eur_holidays(day.year):
                return False
        return True

    def following(self, day, currencies=("CNY",)):
        while not self.is_open(day, currencies):
            day += ONE_DAY
        return day

    def preceding(self, day, currencies=("CNY",)):
        while not self.is_open(day, currencies):
            day -= ONE_DAY
        return day

    def modified_following(self, day, currencies):
        later = self.following(day, currencies)
        return later if later.month == day.month else self.preceding(day, currencies)

    def days_between(self, first, last):
        """Every CN business day from first to last, both inclusive."""
        days, day = [], first
        while day <= last:
            if self.is_open(day):
                days.append(day)
            day += ONE_DAY
        return days


def joint(pair):
    """The currencies of a pair's joint calendar."""
    return (pair[:3], pair[3:])
