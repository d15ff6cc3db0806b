"""Curves, forwards and the rates of a path."""

import math

from oracle_draws import PILOT, RATE, normal

TREND_DAYS = 126


def on_curve(pillars, years):
    """Linear in tenor between pillars (kM = k/12 years), flat outside."""
    points = [(m / 12.0, rate) for m, rate in pillars]
    if years <= points[0][0]:
        return points[0][1]
    for (t0, r0), (t1, r1) in zip(points, points[1:]):
        if years <= t1:
            return r0 + (r1 - r0) * (years - t0) / (t1 - t0)
    return points[-1][1]


class Market:
    def __init__(self, s):
        self.s = s
        self.cny = s.curves["CNY"]
        self.foreign = {}
        for pair in s.pairs:
            if pair.swap_points:
                # F = S + points/10000 = S exp((r_cny - r_foreign) T) at each pillar
                self.foreign[pair.name] = [
                    (m, on_curve(self.cny, m / 12) - math.log((pair.spot + points / 1e4) / pair.spot) / (m / 12)) for m, points in pair.swap_points]
            else:
                self.foreign[pair.name] = s.curves[pair.currency]
        self.root = cholesky(s.correlation)
        self.known = {}

    def growth(self, pair, days):
        """F/S over so many calendar days."""
        key = (pair, days)
        if key not in self.known:
            tau = days / 365.0
            self.known[key] = math.exp((on_curve(self.cny, tau) - on_curve(self.foreign[pair], tau)) * tau)
        return self.known[key]

    def discount(self, days):
        key = days
        if key not in self.known:
            tau = days / 365.0
            self.known[key] = math.exp(-on_curve(self.cny, tau) * tau)
        return self.known[key]

    def step(self, path, t, previous, purpose=RATE):
        """Rates of day t from those of the day before: pair -> rate."""
        s = self.s
        z = [normal(s.seed, path, purpose, place << 32 | t) for place in range(len(s.pairs))]
        rates = {}
        for i, pair in enumerate(s.pairs):
            shock = sum(self.root[i][j] * z[j] for j in range(i + 1))
            rates[pair.name] = previous[pair.name] * self.move(pair, pair.model, t, shock)
        return rates

    def move(self, pair, model, t, shock):
        """S(t)/S(t-1)."""
        if model.type == "path":
            if t <= len(model.moves):
                return 1 + model.moves[t - 1]
            return 1.0 if model.then is None else self.move(pair, model.then, t, shock)
        now, before = self.s.days[t], self.s.days[t - 1]
        dt = (now - before).days / 365.0
        volatility = in_force(model.volatility, now)
        if model.drift == "carry":
            start = self.s.start
            growth = math.log(self.growth(pair.name, (now - start).days) / self.growth(pair.name, (before - start).days))
        else:
            growth = in_force(model.drift, now) * dt
        return math.exp(growth - volatility**2 / 2 * dt + volatility * math.sqrt(dt) * shock)


def in_force(steps, d):
    """The value of the last step dated on or before d; the first before that."""
    value = steps[0][1]
    for since, v in steps:
        if since <= d:
            value = v
    return value


def cholesky(matrix):
    n = len(matrix)
    root = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(root[i][k] * root[j][k] for k in range(j))
            root[i][j] = math.sqrt(rest) if i == j else rest / root[j][j]
    return root


def trend(series):
    """m: the log move over 126 business days, against the oldest rate known while there are fewer."""
    return math.log(series[-1] / series[max(0, len(series) - 1 - TREND_DAYS)])


def pilot_means(s, market, paths=4096):
    """keep_mean: the mean over the pilot of exp(beta m / 5 %), by day."""
    sums = [0.0] * len(s.days)
    reference = next(p for p in s.pairs if p.name == s.reference)
    for path in range(paths):
        rates = {p.name: p.spot for p in s.pairs}
        series = list(reference.history) + [reference.spot]
        for t in range(1, len(s.days)):
            rates = market.step(path, t, rates, PILOT)
            series.append(rates[s.reference])
            sums[t] += math.exp(s.insolvency.fx_beta * trend(series) / 0.05)
    return [total / paths for total in sums]
