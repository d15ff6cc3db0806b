"""Applications of new business: drawn once from their own seed, the same on every path (docs/rules.md, 5.2)."""

import math
from datetime import date

import draws
from calendars import ONE_DAY, add_months, joint
from reading import months_of, number, pick

PURPOSE = 0x4E425300
EPOCH = date(1970, 1, 1)


class Application:
    def __init__(self, identity, day, firm, bank, pair, d, months, usd, notional, settle):
        self.id, self.day, self.firm, self.bank, self.pair, self.d = identity, day, firm, bank, pair, d
        self.months, self.usd, self.notional, self.settle = months, usd, notional, settle


def poisson(u, mean):
    """The smallest count whose cumulative probability is not below u."""
    count, term = 0, math.exp(-mean)
    total = term
    while total < u and count < 100_000:
        count += 1
        term *= mean / count
        total += term
    return count


def applications(scenario):
    """(before the start, {grid date: applications}), each in order of date and number."""
    rules = scenario.new_business
    if rules is None:
        return [], {}
    seed = int(number(rules["seed"]))
    mean, cv = number(rules["deal_usd"]["mean"]), number(rules["deal_usd"]["cv"])
    monthly, growth = number(rules["monthly_usd"]), number(rules["growth"])
    tenors = sorted((months_of(t), number(w)) for t, w in rules["tenors"].items())
    pairs = sorted((p, number(w)) for p, w in rules["pairs"].items())
    directions = [(1, number(rules["direction"].get("sell", 0))), (-1, number(rules["direction"].get("buy", 0)))]
    given = [f.receipts for f in scenario.firms if f.receipts is not None]
    usual = sum(given) / len(given) if given else 1.0
    firms = [(f.id, usual if f.receipts is None else f.receipts) for f in scenario.firms]
    usd_rate = scenario.spot["USDCNY"]
    variance = math.log(1.0 + cv * cv)

    start = scenario.grid[0]
    day = add_months(start, -tenors[-1][0]) if rules["steady_state"] else start
    before, during = [], {}
    while day <= scenario.grid[-1]:
        if scenario.calendars.is_open(day):
            serial = (day - EPOCH).days
            years = (day - start).days / 365.0
            rate = monthly / mean / 21.0 * (1.0 + growth) ** years
            for k in range(1, poisson(draws.counter_uniform(seed, (serial, 0, 0, PURPOSE)), rate) + 1):
                u = [draws.counter_uniform(seed, (serial, k, draw, PURPOSE)) for draw in range(6)]
                pair, months = pick(u[2], pairs), pick(u[4], tenors)
                usd = math.exp(math.log(mean) - variance / 2 + math.sqrt(variance) * draws.normal_inverse(u[5]))
                settle = scenario.calendars.modified_following(add_months(day, months), joint(pair))
                made = Application(f"NB{day:%Y%m%d}-{k}", day, pick(u[0], firms), pick(u[1], scenario.banks), pair,
                                   pick(u[3], directions), months, usd, usd * usd_rate / scenario.spot[pair], settle)
                if day >= start:
                    during.setdefault(day, []).append(made)
                elif settle > start:
                    before.append(made)
        day += ONE_DAY
    return before, during
