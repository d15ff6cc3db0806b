"""Reads a scenario (scenario.md, all forms but `extends`), its exporters and contracts, into plain objects."""

import csv
import math
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace as Box

import yaml

from oracle_calendar import add_months, following, is_business_day, modified_following, DAY
from oracle_draws import BUSINESS_TAG, SYNTHETIC_TAG, beta_quantile, book_uniform, normal_quantile

SUFFIXES = [("%", 0.01), ("亿", 1e8), ("万", 1e4), ("k", 1e3), ("m", 1e6), ("bn", 1e9)]


def number(text):
    """5%, 20m, 2000万, 1.5亿, 0.042, 20_000_000."""
    text = str(text).strip().replace("_", "").replace(",", "")
    for suffix, factor in SUFFIXES:
        if text.endswith(suffix):
            return float(text[: -len(suffix)]) / 100 if suffix == "%" else float(text[: -len(suffix)]) * factor
    return float(text)


def optional(text):
    return None if text is None or str(text).strip() in ("", "none") else number(text)


def truth(text):
    return str(text).lower() in ("true", "yes", "on")


def day(text):
    return date.fromisoformat(str(text))


def months(text):
    text = str(text).strip()
    return int(text[:-1]) * 12 if text.endswith("Y") else int(text.rstrip("M"))


def by_tenor(node):
    """A number, or tenor -> number: a sorted list of (months, value)."""
    if isinstance(node, dict):
        return sorted((months(k), number(v)) for k, v in node.items())
    return [(0, number(node))]


def by_sector(node):
    """A number, or sector -> value with a `default`."""
    if isinstance(node, dict):
        return {k: number(v) for k, v in node.items()}
    return {"default": number(node)}


def of_sector(values, sector):
    return values.get(sector, values["default"])


def is_none(node):
    return node is None or str(node) in ("none", "off")


@dataclass
class Exporter:
    id: str
    sector: str = ""
    receipts: float | None = None
    pd: float | None = None
    us_share: float | None = None
    liquidity: float | None = None
    group: str = ""


@dataclass
class Contract:
    id: str
    exporter: str
    bank: str
    pair: str
    direction: int  # +1 forward sale, -1 forward purchase
    notional: float  # foreign currency
    rate: float  # CNY a unit (JPY: per 100)
    trade: date
    settle: date
    margin_rate: float
    position: int  # place in the book: file's rows, then the ladder, then new business
    months: int | None = None
    usd: float = 0.0
    frozen: float = 0.0
    own_margin: float = 0.0
    rolled: bool = False
    state: str = "waiting"  # waiting, live, or how it ended
    closing_day: int | None = None
    extra: dict = field(default_factory=dict)

    @property
    def unit(self):
        return 100.0 if self.pair.startswith("JPY") else 1.0

    @property
    def cny_notional(self):
        return self.notional * self.rate / self.unit


@dataclass
class Application:
    id: str
    date: date
    exporter: str
    bank: str
    pair: str
    direction: int
    notional: float
    usd: float
    months: int
    settle: date


def read_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [{k.strip(): (v or "").strip() for k, v in row.items()} for row in csv.DictReader(file)]


def read_rates(path, pair):
    rows = read_rows(path)
    return [(day(r["date"]), number(r[pair] if pair in r else r["rate"])) for r in rows]


def read_model(node, folder, pair):
    node = dict(node)
    model = Box(type=node["type"])

    def steps(key):
        value = node.get(key, "0")
        if key == "drift" and value == "carry":
            return "carry"
        if isinstance(value, dict):
            return sorted((day(k), number(v)) for k, v in value.items())
        return [(date.min, number(value))]

    if model.type == "gbm":
        model.volatility, model.drift = steps("volatility"), steps("drift")
    elif model.type == "path":
        if "moves" in node:
            model.moves = [number(v) for v in node["moves"]]
        else:
            rows = read_rates(folder / node["file"], pair)
            low, high = day(node.get("from", "0001-01-01")), day(node.get("to", "9999-12-31"))
            kept = [rate for d, rate in sorted(rows) if low <= d <= high]
            model.moves = [b / a - 1 for a, b in zip(kept, kept[1:])]
        then = node.get("then")
        model.then = None if then is None or then == "flat" else read_model(then, folder, pair)
    else:
        raise ValueError(f"the oracle has no model '{model.type}'")
    return model


def read_pair(name, node, folder, start):
    pair = Box(name=name, spot=number(node["spot"]), currency=name[:3])
    pair.swap_points = [(m, v) for m, v in by_tenor(node["swap_points"])] if "swap_points" in node else None
    pair.history = []
    if not is_none(node.get("history")):
        rows = read_rates(folder / node["history"], name)
        pair.history = [rate for d, rate in sorted(rows) if d < start and is_business_day(d)]
    pair.model = read_model(node["model"], folder, name)
    return pair


def read_scenario(file):
    file = Path(file)
    folder = file.parent
    top = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    s = Box(name=top["name"])

    # the grid
    first = day(top["horizon"]["start"])
    last = day(top["horizon"]["end"]) if "end" in top["horizon"] else add_months(first, int(top["horizon"]["months"]))
    s.days = []
    d = first
    while d <= last:
        if is_business_day(d):
            s.days.append(d)
        d += DAY
    s.start = s.days[0]

    # the market
    market = top["market"]
    s.curves = {k: by_tenor(v) for k, v in market.get("curves", {}).items()}
    s.pairs = [read_pair(name, node, folder, s.start) for name, node in market["pairs"].items()]
    s.reference = market.get("reference", s.pairs[0].name)
    names = [p.name for p in s.pairs]
    s.correlation = [[float(i == j) for j in range(len(names))] for i in range(len(names))]
    for key, value in market.get("correlation", {}).items():
        i, j = (names.index(name.strip()) for name in key.split("~"))
        s.correlation[i][j] = s.correlation[j][i] = number(value)

    read_pool(s, top["pool"])
    s.banks = [b["id"] for b in top["banks"]]
    s.weights = {b["id"]: number(b["weight"]) for b in top["banks"]}
    read_failure(s, top.get("failure", {}))

    benefit = top.get("benefit", {})
    s.loan_rate, s.deposit_rate = number(benefit.get("loan_rate", "3.48%")), number(benefit.get("deposit_rate", "1.3%"))
    simulation = top.get("simulation", {})
    s.paths, s.seed = int(number(simulation.get("paths", "100000"))), int(simulation.get("seed", "20250325"))

    # the book
    rows = read_rows(folder / top["contracts"]) if not is_none(top.get("contracts")) else []
    s.exporters = read_exporters(top.get("exporters"), folder, rows)
    s.exporter_of = {e.id: e for e in s.exporters}
    s.contracts = [read_contract(s, row, i) for i, row in enumerate(rows)]
    s.new_business = None
    if not is_none(top.get("new_business")):
        read_new_business(s, top["new_business"])
    s.applications = draw_applications(s) if s.new_business else []
    return s


def read_pool(s, node):
    def sub(key, **defaults):
        given = node.get(key)
        return Box(**{**defaults, **(given if isinstance(given, dict) else {})})

    s.fund = number(node["fund"])
    s.multiple = number(node.get("multiple", "1"))
    s.quota_base = node.get("quota_base", "available")
    s.layout = node.get("layout", "shared")
    s.floor = {"shared": 0.0, "segregated": 1.0, "hybrid": number(node.get("floor", "50%"))}[s.layout]
    split = sub("split", pool="80%", guarantor="0%")
    s.pool_share, s.guarantor_share = number(split.pool), number(split.guarantor)
    s.deductible = number(node.get("deductible", "0")) if not is_none(node.get("deductible", "0")) else 0.0
    s.deal_cap_frozen = node.get("cap", "frozen") == "frozen"
    s.cap_multiple = number(node.get("cap_multiple", "1"))
    s.excess = node.get("excess", "bank")

    cap = node.get("exporter_cap", "1m")
    if isinstance(cap, dict):
        s.frozen_cap, s.claims_cap = optional(cap.get("frozen")), optional(cap.get("claims"))
    else:
        s.frozen_cap = s.claims_cap = optional(cap)
    cap = node.get("deal_cap", {})
    cap = {"usd": "none", "months": "none"} if is_none(cap) else {"usd": "2m", "months": "12", **cap}
    s.deal_usd, s.deal_months = optional(cap["usd"]), optional(cap["months"])
    s.yearly_claims_cap = optional(node.get("yearly_claims_cap"))
    concentration = node.get("concentration", {})
    if is_none(concentration):
        concentration = dict.fromkeys(("exporter", "group", "sector", "bank"), "none")
    concentration = {"exporter": "10%", "group": "15%", "sector": "50%", "bank": "35%", **concentration}
    s.concentration = {k: optional(v) for k, v in concentration.items()}
    s.hedge_ratio_cap = optional(node.get("hedge_ratio_cap", "80%"))
    no_room = node.get("no_room", "reject")
    s.queue_days = int(no_room[6:-1]) if no_room.startswith("queue(") else None
    s.own_margin_outside = no_room == "own-margin"
    s.products = node.get("products", ["forward_sale", "forward_purchase", "swap"])

    margin = node.get("margin", {})
    s.ladder = by_tenor(margin.get("rate", "5%"))
    s.client_share = number(margin.get("client_share", "0"))
    s.calls = None
    if not is_none(margin.get("calls")):
        calls = {"call_at": "80%", "cure_days": "3", "slippage": "20", "meet": "70%", **margin["calls"]}
        s.calls = Box(call_at=number(calls["call_at"]), cure_days=int(calls["cure_days"]),
                      slippage=number(calls["slippage"]), meet=number(calls["meet"]))

    claims = sub("claims", delay_days="0", rejection="0", shortfall="prorata")
    s.delay_days, s.rejection, s.queue_claims = int(claims.delay_days), number(claims.rejection), claims.shortfall == "queue"
    s.close_out_days = int(node.get("close_out_days", "0"))
    s.netting = truth(node.get("netting", "true"))

    if "recovery" in node and is_none(node["recovery"]):
        node = {**node, "recovery": {"rate": "0"}}
    r = sub("recovery", rate="30%", lag_months="12", lag="fixed", lag_sigma="50%", cost="10%", split="proportional", to="pool")
    s.recovery = Box(rate=number(r.rate), lag_months=int(r.lag_months), lognormal=r.lag == "lognormal", sigma=number(r.lag_sigma),
                     cost=number(r.cost), pool_first=r.split == "pool-first", to_pool=r.to == "pool")
    s.interest = number(node.get("interest", "1.3%"))
    s.fee = number(node.get("fee", "0"))

    s.refill = None
    if not is_none(node.get("refill")):
        r = node["refill"]
        yearly = r["when"] == "yearly"
        s.refill = Box(yearly=yearly, below=number(r.get("below", "80%" if yearly else "50%")), to=number(r.get("to", "100%")),
                       delay_days=int(r.get("delay_days", "60")), yearly_limit=optional(r.get("yearly_limit")))
    s.brakes = None
    if not is_none(node.get("brakes")):
        b = node["brakes"]
        s.brakes = Box(amber=None, red=None, bank=None, fx=None, lift_days=int(b.get("lift_days", "60")))
        if not is_none(b.get("amber")):
            s.brakes.amber = Box(at=number(b["amber"].get("at", "20%")), factor=number(b["amber"].get("multiple_factor", "0.5")))
        for key in ("red", "bank"):
            if not is_none(b.get(key)):
                setattr(s.brakes, key, number(b[key]["at"]))
        if not is_none(b.get("fx")):
            fx = b["fx"]
            s.brakes.fx = Box(volatility=optional(fx.get("volatility")), move=optional(fx.get("move")), factor=number(fx.get("margin_factor", "1.5")))


def read_failure(s, node):
    i = {"pd": "3%", "correlation": "12%", "sector_loading": "1", "fx_beta": "0", "keep_mean": "false", **node.get("insolvency", {})}
    s.insolvency = Box(pd=by_sector(i["pd"]), correlation=by_sector(i["correlation"]), sector_loading=number(i["sector_loading"]),
                       fx_beta=number(i["fx_beta"]), keep_mean=truth(i["keep_mean"]))
    o = {"probability": "1%", "correlation": "0", "fx_beta": "0", "absorb": "0", "shocks": [], **node.get("order_loss", {})}
    s.order_loss = Box(probability=by_sector(o["probability"]), correlation=by_sector(o["correlation"]), fx_beta=number(o["fx_beta"]),
                       absorb="liquidity" if o["absorb"] == "liquidity" else number(o["absorb"]), shocks=[])
    for shock in o["shocks"]:
        s.order_loss.shocks.append(Box(start=day(shock["from"]), end=day(shock["to"]), sector=shock.get("sector"),
                                       us_share_above=optional(shock.get("us_share_above")), probability=number(shock["probability"])))
    t = {"share": "0", "threshold": "2.5%", **(node.get("strategic") if isinstance(node.get("strategic"), dict) else {})}
    s.strategic = Box(share=number(t["share"]), threshold=number(t["threshold"]))
    s.late = None
    if not is_none(node.get("late")):
        late = {"probability": "10%", "roll_months": "3", "settle": "cash", **node["late"]}
        s.late = Box(probability=number(late["probability"]), roll_months=int(late["roll_months"]), carried=late["settle"] == "carried")


def read_exporters(node, folder, contract_rows):
    if isinstance(node, dict):
        return synthetic_exporters(node["synthetic"])
    if is_none(node):
        return [Exporter(id=i) for i in dict.fromkeys(row["exporter_id"] for row in contract_rows)]
    return [Exporter(id=r["exporter_id"], sector=r.get("sector", ""), receipts=optional(r.get("annual_receipts_usd")),
                     pd=optional(r.get("pd")), us_share=optional(r.get("us_share")), liquidity=optional(r.get("liquidity_cny")),
                     group=r.get("group_id", "")) for r in read_rows(folder / node)]


def synthetic_exporters(node):
    size = node.get("size", {})
    pareto, minimum = number(size.get("pareto", "1.3")), number(size.get("minimum", size.get("minimum_usd", "1m")))
    seed = int(node.get("seed", "1"))
    sectors = sorted((k, number(v)) for k, v in node.get("sectors", {}).items())
    us_share = {k: number(v) for k, v in node.get("us_share", {}).items()}
    exporters = []
    for k in range(1, int(node["count"]) + 1):
        draw = [book_uniform(seed, (k, which, SYNTHETIC_TAG, 0)) for which in range(3)]
        e = Exporter(id=f"F{k:04d}", receipts=minimum * draw[1] ** (-1 / pareto))
        total = 0.0
        for sector, share in sectors:
            total += share
            e.sector = sector
            if draw[0] < total:
                break
        mean = us_share.get(e.sector)
        if mean is not None:
            e.us_share = min(max(mean, 0.0), 1.0) if mean <= 0 or mean >= 1 else beta_quantile(draw[2], 2 * mean, 2 - 2 * mean)
        exporters.append(e)
    return exporters


def ladder_rate(s, trade, settle, currency):
    """The rate of the first tenor whose end is not before the settlement; the last beyond the ladder."""
    for tenor, rate in s.ladder[:-1]:
        if settle <= following(add_months(trade, tenor), currency):
            return rate
    return s.ladder[-1][1]


def read_contract(s, row, position):
    pair, trade = row["pair"], day(row["trade_date"])
    settle = modified_following(day(row["settle_date"]), pair[:3])
    direction = 1 if row["direction"] in ("sell", "结汇") else -1
    rate = optional(row.get("margin_rate"))
    if rate is None:
        rate = ladder_rate(s, trade, settle, pair[:3])
    return Contract(row["contract_id"], row["exporter_id"], row["bank_id"], pair, direction, number(row["notional"]),
                    number(row["contract_rate"]), trade, settle, rate, position)


def read_new_business(s, node):
    deal = {"mean": "300k", "cv": "1.0", **node.get("deal_usd", {})}
    s.new_business = Box(
        monthly_usd=number(node["monthly_usd"]), mean=number(deal["mean"]), cv=number(deal["cv"]), spread=number(node.get("client_spread", "0")),
        tenors=by_tenor(node.get("tenors", {"3M": "40%", "6M": "40%", "12M": "20%"})),
        direction=[(+1, number(node.get("direction", {"sell": "90%"}).get("sell", "0"))),
                   (-1, number(node.get("direction", {"buy": "10%"}).get("buy", "0")))],
        pairs=[(k, number(v)) for k, v in node.get("pairs", {"USDCNY": "100%"}).items()],
        growth=number(node.get("growth", "0")), steady=truth(node.get("steady_state", "true")), seed=int(node.get("seed", "2")))


def choose(items, u):
    """The item at `u` of the weights' running sum."""
    target, total = u * sum(weight for _, weight in items), 0.0
    for item, weight in items:
        total += weight
        if target < total:
            return item
    return items[-1][0]


def poisson(seed, serial, mean):
    """By inversion, means above 500 in pieces."""
    count, piece = 0, 0
    while mean > 0:
        part = min(mean, 500.0)
        u = book_uniform(seed, (serial, 0, piece, BUSINESS_TAG))
        k, probability = 0, math.exp(-part)
        below = probability
        while u > below and probability > 0:
            k += 1
            probability *= part / k
            below += probability
        count, piece, mean = count + k, piece + 1, mean - 500.0
    return count


def draw_applications(s):
    """Applications over the horizon, and as long before it as the longest tenor where the pool starts in a steady state."""
    nb = s.new_business
    given = [e.receipts for e in s.exporters if e.receipts is not None]
    mean = sum(given) / len(given) if given and sum(given) > 0 else None
    firms = [(e.id, 1.0 if mean is None else (e.receipts if e.receipts is not None else mean)) for e in s.exporters]
    banks = [(b, s.weights[b]) for b in s.banks]
    spot = {p.name: p.spot for p in s.pairs}
    d = add_months(s.start, -nb.tenors[-1][0]) if nb.steady else s.start
    applications = []
    while d <= s.days[-1]:
        if is_business_day(d):
            serial = (d - date(1970, 1, 1)).days
            a_day = nb.monthly_usd / nb.mean / 21 * (1 + nb.growth) ** ((d - s.start).days / 365)
            for k in range(1, poisson(nb.seed, serial, a_day) + 1):
                u = [book_uniform(nb.seed, (serial, k, which, BUSINESS_TAG)) for which in range(6)]
                pair = choose(nb.pairs, u[2])
                tenor = choose(nb.tenors, u[4])
                variance = math.log(1 + nb.cv**2)
                usd = nb.mean * math.exp(math.sqrt(variance) * normal_quantile(u[5]) - variance / 2)
                unit = 100.0 if pair.startswith("JPY") else 1.0
                applications.append(Application(
                    f"NB{d:%Y%m%d}-{k}", d, choose(firms, u[0]), choose(banks, u[1]), pair, choose(nb.direction, u[3]),
                    usd * spot["USDCNY"] / spot[pair] * unit, usd, tenor, modified_following(add_months(d, tenor), pair[:3])))
        d += DAY
    return applications
