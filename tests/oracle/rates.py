"""The rates of one path on the grid (docs/rules.md, 2): gbm and path models, band, m(t)."""

import math
from datetime import timedelta

import draws
from reading import day_of, is_none, number, rows_of


def value_on(setting, day):
    """A number, or date -> value steps: the step in force on the day."""
    if isinstance(setting, dict):
        steps = sorted((day_of(k), number(v)) for k, v in setting.items())
        return [v for k, v in steps if k <= day][-1] if steps[0][0] <= day else steps[0][1]
    return number(setting)


def moves_of(scenario, model, pair):
    if "moves" in model:
        return [number(m) for m in model["moves"]]
    rows = [(day_of(r["date"]), number(r.get(pair) or r["rate"])) for r in rows_of(scenario.folder / model["file"])]
    rows = sorted(r for r in rows if ("from" not in model or r[0] >= day_of(model["from"]))
                  and ("to" not in model or r[0] <= day_of(model["to"])))
    return [b / a - 1.0 for (_, a), (_, b) in zip(rows, rows[1:])]


def growth_of(scenario, pair, model, day):
    """The log growth of the expectation over the step that ends on grid day `day`."""
    grid = scenario.grid
    drift = model.get("drift", 0)
    if drift == "carry":
        taus = [(grid[i] - grid[0]).days / 365.0 for i in (day - 1, day)]
        return math.log(scenario.forward(pair, 1.0, taus[1]) / scenario.forward(pair, 1.0, taus[0]))
    return over_step(scenario, day, lambda date: value_on(drift, date))


def over_step(scenario, day, value):
    """The yearly value over the calendar days of the step that ends on grid day `day`, each at its own date's step."""
    first, last = scenario.grid[day - 1], scenario.grid[day]
    return sum(value(first + timedelta(days=i)) for i in range(1, (last - first).days + 1)) / 365.0


def gbm_factor(scenario, pair, model, day, shock):
    variance = over_step(scenario, day, lambda date: value_on(model["volatility"], date) ** 2)
    return math.exp(growth_of(scenario, pair, model, day) - variance / 2 + math.sqrt(variance) * shock)


class Rates:
    """S by pair and grid day, the days on which the band cut, and m(t) of the reference pair."""

    def __init__(self, scenario, draw):
        self.scenario, self.s, self.cut = scenario, {}, {}
        days, pairs = len(scenario.grid), scenario.pairs
        moves = {p: moves_of(scenario, scenario.settings[p]["model"], p) for p in pairs
                 if scenario.settings[p]["model"]["type"] == "path"}
        free = {p: [scenario.spot[p]] for p in pairs}  # S*, what the model alone would give
        for day in range(1, days):
            raw = [draw.normal(draws.RATE, (i << 32) | day) for i in range(len(pairs))]
            for i, pair in enumerate(pairs):
                shock = sum(scenario.cholesky[i][k] * raw[k] for k in range(i + 1))
                model = scenario.settings[pair]["model"]
                factor = 1.0
                if model["type"] == "path":
                    if day <= len(moves[pair]):
                        factor = 1.0 + moves[pair][day - 1]
                    elif isinstance(model.get("then"), dict):
                        factor = gbm_factor(scenario, pair, model["then"], day, shock)
                else:
                    factor = gbm_factor(scenario, pair, model, day, shock)
                free[pair].append(free[pair][-1] * factor)
        for pair in pairs:
            band = scenario.settings[pair].get("band")
            band = None if is_none(band) else number(band)
            s, cut = [free[pair][0]], [False]
            for day in range(1, days):
                ratio = free[pair][day] / s[-1]
                inside = ratio if band is None else min(max(ratio, 1.0 - band), 1.0 + band)
                # a move of the band's own size is inside it, whatever the rounding of the ratio
                cut.append(abs(inside - ratio) > 1e-9)
                s.append(s[-1] * inside if cut[-1] else free[pair][day])
            self.s[pair], self.cut[pair] = s, cut
        known = [rate for _, rate in scenario.history[scenario.reference]]
        self.before, self.series = len(known), known + self.s[scenario.reference]

    def momentum(self, day):
        """m on the day: the reference pair's log move over 126 business days."""
        now = self.before + day
        return math.log(self.series[now] / self.series[max(now - 126, 0)])

    def recent(self, day):
        """(volatility, absolute move) over the last 20 daily moves, or None while fewer are known."""
        now = self.before + day
        if now < 20:
            return None
        moves = [math.log(self.series[i] / self.series[i - 1]) for i in range(now - 19, now + 1)]
        return (math.sqrt(250.0 * sum(r * r for r in moves) / 20.0),
                abs(math.log(self.series[now] / self.series[now - 20])))
