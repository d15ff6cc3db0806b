"""Scenario, exporters and contracts as plain dictionaries, defaults filled in (all forms but `extends`)."""

import copy
import csv
import math
import pathlib
import re
from datetime import date

import yaml

import draws
from calendars import Calendars, add_months, joint

SUFFIX = {"k": 1e3, "m": 1e6, "万": 1e4, "亿": 1e8, "": 1.0}
NUMBER = re.compile(r"^([-+]?[0-9][0-9_,]*\.?[0-9]*(?:[eE][-+]?\d+)?|[-+]?\.\d+)\s*(%|k|m|万|亿)?$")

DEFAULTS = {
    "pool": {
        "multiple": 1, "quota_base": "available", "layout": "shared", "floor": "50%",
        "split": {"pool": "80%", "guarantor": "0%"}, "deductible": "0%", "cap": "frozen", "cap_multiple": 1,
        "excess": "bank", "exporter_cap": "1m", "deal_cap": {"usd": "2m", "months": 12},
        "yearly_claims_cap": "none",
        "concentration": {"exporter": "10%", "group": "15%", "sector": "50%", "bank": "35%"},
        "hedge_ratio_cap": "80%", "no_room": "reject",
        "products": ["forward_sale", "forward_purchase", "swap"],
        "margin": {"rate": "5%", "client_share": "0%", "calls": "off"},
        "claims": {"delay_days": 0, "rejection": "0%", "shortfall": "prorata"},
        "close_out_days": 0, "netting": True,
        "recovery": {"rate": "30%", "lag_months": 12, "lag": "fixed", "lag_sigma": "50%", "cost": "10%",
                     "split": "proportional", "to": "pool"},
        "interest": "1.3%", "fee": "0%", "refill": "none", "brakes": "none",
    },
    "failure": {
        "insolvency": {"pd": "3%", "correlation": "12%", "sector_loading": 1, "fx_beta": 0, "keep_mean": False},
        "order_loss": {"probability": "1%", "correlation": "0%", "fx_beta": 0, "absorb": "0%", "shocks": []},
        "strategic": {"share": "0%", "threshold": "2.5%"},
        "late": "none",
    },
    "simulation": {"paths": 100000, "seed": 20250325},
}
NEW_BUSINESS = {"deal_usd": {"mean": "300k", "cv": 1.0}, "client_spread": 0,
                "tenors": {"3M": "40%", "6M": "40%", "12M": "20%"}, "direction": {"sell": "90%", "buy": "10%"},
                "pairs": {"USDCNY": "100%"}, "growth": "0%", "steady_state": True, "seed": 2}
CALLS = {"call_at": "80%", "cure_days": 3, "slippage": 20, "meet": "70%"}
LATE = {"probability": "10%", "roll_months": 3, "settle": "cash"}


def is_none(value):
    return value is None or (isinstance(value, str) and value.strip().lower() in ("none", "off")) or value is False


def number(value):
    """A number as people write it: 5%, 20m, 2000万, 20_000_000."""
    if isinstance(value, bool):
        raise ValueError(f"not a number: {value}")
    if isinstance(value, (int, float)):
        return float(value)
    match = NUMBER.match(str(value).strip())
    if not match:
        raise ValueError(f"not a number: {value!r}")
    digits = float(match.group(1).replace("_", "").replace(",", ""))
    return digits / 100.0 if match.group(2) == "%" else digits * SUFFIX[match.group(2) or ""]


def optional(value):
    return None if is_none(value) else number(value)


def day_of(value):
    return value if isinstance(value, date) else date.fromisoformat(str(value).strip())


def merged(base, over):
    result = copy.deepcopy(base)
    for key, value in (over or {}).items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def months_of(tenor):
    return int(str(tenor).strip().upper().rstrip("M"))


class Curve:
    """Zero rates: linear in tenor between pillars, flat outside."""

    def __init__(self, pillars):
        self.pillars = sorted(pillars)

    def rate(self, tenor):
        points = self.pillars
        if tenor <= points[0][0]:
            return points[0][1]
        for (t0, r0), (t1, r1) in zip(points, points[1:]):
            if tenor <= t1:
                return r0 + (r1 - r0) * (tenor - t0) / (t1 - t0)
        return points[-1][1]


def read_curve(value):
    if isinstance(value, dict):
        return Curve([(months_of(t) / 12.0, number(r)) for t, r in value.items()])
    return Curve([(0.0, number(value))])


def by_sector(value):
    """A number, or sector -> value with a default: a function of the sector."""
    if isinstance(value, dict):
        table = {str(k): number(v) for k, v in value.items()}
        return lambda sector: table.get(sector, table.get("default"))
    constant = number(value)
    return lambda sector: constant


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as text:
        return [{k.strip(): (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(text)]


class Firm:
    def __init__(self, identity, sector="", receipts=None, pd=None, us_share=None, liquidity=None, group=""):
        self.id, self.sector, self.receipts, self.pd = identity, sector, receipts, pd
        self.us_share, self.liquidity, self.group = us_share, liquidity, group


class Deal:
    """A contract as it was agreed."""

    def __init__(self, identity, firm, bank, pair, d, notional, rate, trade, settle, margin_rate):
        self.id, self.firm, self.bank, self.pair, self.d = identity, firm, bank, pair, d
        self.notional, self.rate, self.trade, self.settle, self.margin_rate = notional, rate, trade, settle, margin_rate


class Scenario:
    def __init__(self, path):
        path = pathlib.Path(path)
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.folder, self.name = path.parent, raw["name"]
        data = pathlib.Path(__file__).resolve().parents[2] / "data" / "cn-holidays-2005-2035.csv"
        self.calendars = Calendars(data)
        self.pool = merged(DEFAULTS["pool"], raw["pool"])
        self.failure = merged(DEFAULTS["failure"], raw.get("failure"))
        self.simulation = merged(DEFAULTS["simulation"], raw.get("simulation"))
        self.seed = int(number(self.simulation["seed"]))
        self.paths = int(number(self.simulation["paths"]))
        self.banks = [(b["id"], number(b.get("weight", 1.0 / len(raw["banks"])))) for b in raw["banks"]]
        self._horizon(raw["horizon"])
        self._market(raw["market"])
        self.firms = self._exporters(raw.get("exporters"))
        self.deals = self._contracts(raw.get("contracts"))
        self.new_business = None if is_none(raw.get("new_business")) else merged(NEW_BUSINESS, raw["new_business"])
        if self.new_business is not None:
            for key in ("tenors", "direction", "pairs"):  # shares given replace the default's as a whole
                if key in raw["new_business"]:
                    self.new_business[key] = raw["new_business"][key]

    def _horizon(self, horizon):
        start = day_of(horizon["start"])
        end = day_of(horizon["end"]) if "end" in horizon else add_months(start, int(horizon["months"]))
        self.grid = self.calendars.days_between(self.calendars.following(start), end)

    def _market(self, market):
        self.pairs = list(market["pairs"])
        self.reference = market.get("reference", self.pairs[0])
        self.settings = market["pairs"]
        curves = {c: read_curve(v) for c, v in market["curves"].items()}
        self.domestic, self.foreign, self.spot = curves["CNY"], {}, {}
        for pair, setting in self.settings.items():
            self.spot[pair] = number(setting["spot"])
            if is_none(setting.get("swap_points")):
                self.foreign[pair] = curves[pair[:3]]
                continue
            pillars = []
            for tenor, pips in setting["swap_points"].items():
                tau = months_of(tenor) / 12.0
                forward = self.spot[pair] + number(pips) * 0.0001
                pillars.append((tau, self.domestic.rate(tau) - math.log(forward / self.spot[pair]) / tau))
            self.foreign[pair] = Curve(pillars)
        n = len(self.pairs)
        matrix = [[float(i == j) for j in range(n)] for i in range(n)]
        for key, value in (market.get("correlation") or {}).items():
            i, j = (self.pairs.index(p.strip()) for p in key.split("~"))
            matrix[i][j] = matrix[j][i] = number(value)
        self.cholesky = [[0.0] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1):
                rest = matrix[i][j] - sum(self.cholesky[i][k] * self.cholesky[j][k] for k in range(j))
                self.cholesky[i][j] = math.sqrt(rest) if i == j else rest / self.cholesky[j][j]
        self.history = {p: [] for p in self.pairs}
        for pair, setting in self.settings.items():
            if is_none(setting.get("history")):
                continue
            for row in rows_of(self.folder / setting["history"]):
                day = day_of(row["date"])
                if day < self.grid[0] and self.calendars.is_open(day):
                    self.history[pair].append((day, number(row.get(pair) or row["rate"])))
            self.history[pair].sort()

    def forward(self, pair, spot, tau):
        return spot * math.exp((self.domestic.rate(tau) - self.foreign[pair].rate(tau)) * tau)

    def discount(self, tau):
        return math.exp(-self.domestic.rate(tau) * tau)

    def _exporters(self, setting):
        if setting is None:
            return []
        if isinstance(setting, dict):
            return synthetic_firms(setting["synthetic"])
        firms = []
        for row in rows_of(self.folder / setting):
            amount = {k: (number(row[k]) if row.get(k) else None)
                      for k in ("annual_receipts_usd", "pd", "us_share", "liquidity_cny")}
            firms.append(Firm(row["exporter_id"], row.get("sector", ""), amount["annual_receipts_usd"], amount["pd"],
                              amount["us_share"], amount["liquidity_cny"], row.get("group_id", "")))
        return firms

    def _contracts(self, setting):
        deals, known = [], {f.id for f in self.firms}
        for row in rows_of(self.folder / setting) if not is_none(setting) else []:
            if row["exporter_id"] not in known:
                self.firms.append(Firm(row["exporter_id"]))
                known.add(row["exporter_id"])
            settle = self.calendars.modified_following(day_of(row["settle_date"]), joint(row["pair"]))
            trade = day_of(row["trade_date"])
            rate = number(row["margin_rate"]) if row.get("margin_rate") else self.margin_rate(trade, settle, row["pair"])
            deals.append(Deal(row["contract_id"], row["exporter_id"], row["bank_id"], row["pair"],
                              1 if row["direction"] in ("sell", "结汇") else -1, number(row["notional"]),
                              number(row["contract_rate"]), trade, settle, rate))
        return deals

    def margin_rate(self, trade, settle, pair):
        """The ladder's rate: that of the first tenor that ends on or after the settlement."""
        rate = self.pool["margin"]["rate"]
        if not isinstance(rate, dict):
            return number(rate)
        ladder = sorted((months_of(t), number(r)) for t, r in rate.items())
        for months, value in ladder:
            if self.calendars.following(add_months(trade, months), joint(pair)) >= settle:
                return value
        return ladder[-1][1]


def synthetic_firms(setting):
    setting = merged({"seed": 1, "size": {"pareto": 1.3}}, setting)
    seed, firms = int(number(setting["seed"])), []
    shares = sorted((str(s), number(v)) for s, v in (setting.get("sectors") or {}).items())
    minimum = number(setting["size"].get("minimum", 1_000_000))
    power = number(setting["size"]["pareto"])
    for k in range(1, int(number(setting["count"])) + 1):
        u = [draws.counter_uniform(seed, (k, draw, 0x53594E00, 0)) for draw in (0, 1, 2)]
        sector = pick(u[0], shares) if shares else ""
        mean = number((setting.get("us_share") or {}).get(sector, 0))
        if mean not in (0.0, 0.5, 1.0):
            raise ValueError("us_share of synthetic firms: the oracle knows 0, 50 % and 100 % alone")
        us_share = u[2] if mean == 0.5 else mean  # Beta(1, 1) is uniform
        firms.append(Firm(f"F{k:04d}", sector, minimum * u[1] ** (-1.0 / power), None, us_share))
    return firms


def pick(u, weighted):
    """The first whose cumulative weight is above u of the total."""
    total, running = sum(w for _, w in weighted), 0.0
    for item, weight in weighted:
        running += weight
        if u * total < running:
            return item
    return weighted[-1][0]
