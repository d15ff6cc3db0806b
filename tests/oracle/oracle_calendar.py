"""Business days: CN from the holiday file, the others by the rules of their central banks."""

import csv
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

DAY = timedelta(days=1)
HOLIDAYS = Path(__file__).resolve().parents[2] / "data" / "cn-holidays-2005-2035.csv"


@lru_cache(maxsize=1)
def cn_holidays():
    with open(HOLIDAYS, encoding="utf-8-sig") as file:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(file))


def easter(year):
    """Easter Sunday (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month = (h + m - 7 * n + 114) // 31
    return date(year, month, (h + m - 7 * n + 114) % 31 + 1)


def usd_holiday(d):
    """Days on which the Federal Reserve is shut; a holiday on Sunday is kept on Monday, one on Saturday not at all."""
    m, n, monday, thursday = d.month, d.day, d.weekday() == 0, d.weekday() == 3

    def fixed(month, day):
        return m == month and (n == day or (n == day + 1 and monday))

    return (fixed(1, 1) or (m == 1 and monday and 15 <= n <= 21) or (m == 2 and monday and 15 <= n <= 21)
            or (m == 5 and monday and n >= 25) or (d.year >= 2022 and fixed(6, 19)) or fixed(7, 4)
            or (m == 9 and monday and n <= 7) or (m == 10 and monday and 8 <= n <= 14) or fixed(11, 11)
            or (m == 11 and thursday and 22 <= n <= 28) or fixed(12, 25))


def eur_holiday(d):
    """Days on which TARGET is shut."""
    sunday = easter(d.year)
    return ((d.month, d.day) in {(1, 1), (5, 1), (12, 25), (12, 26)} or d in (sunday - 2 * DAY, sunday + DAY))


def jpy_holiday(d):
    """Japanese bank holidays from 2022 on."""
    m, n, monday = d.month, d.day, d.weekday() == 0
    y = d.year - 2000
    leaps = y // 4 + y // 100 - y // 400
    spring = int(20.69115 + y * 0.242194 - leaps)
    autumn = int(23.09 + y * 0.242194 - leaps)

    def fixed(month, day):
        return m == month and (n == day or (n == day + 1 and monday))

    return ((m == 1 and n <= 3) or (m == 1 and monday and 8 <= n <= 14) or fixed(2, 11) or fixed(2, 23) or fixed(3, spring)
            or fixed(4, 29) or (m == 5 and 3 <= n <= 5) or (m == 5 and n == 6 and d.weekday() <= 2)
            or (m == 7 and monday and 15 <= n <= 21) or fixed(8, 11) or (m == 9 and monday and 15 <= n <= 21)
            or (m == 9 and d.weekday() == 1 and n + 1 == autumn and 16 <= n <= 22) or fixed(9, autumn)
            or (m == 10 and monday and 8 <= n <= 14) or fixed(11, 3) or fixed(11, 23) or (m == 12 and n == 31))


HOLIDAYS_OF = {"USD": usd_holiday, "EUR": eur_holiday, "JPY": jpy_holiday}


@lru_cache(maxsize=None)
def is_business_day(d, currency=None):
    """Of the CN calendar, or of the joint calendar of CNY and `currency`."""
    if d.weekday() >= 5 or d in cn_holidays():
        return False
    return currency is None or not HOLIDAYS_OF[currency](d)


def following(d, currency=None):
    while not is_business_day(d, currency):
        d += DAY
    return d


def preceding(d, currency=None):
    while not is_business_day(d, currency):
        d -= DAY
    return d


def modified_following(d, currency=None):
    later = following(d, currency)
    return later if later.month == d.month else preceding(d, currency)


def add_months(d, months):
    index = d.year * 12 + d.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(d.day, (first_of_next - DAY).day))
