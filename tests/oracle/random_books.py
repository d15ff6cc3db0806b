#!/usr/bin/env python3
"""A small random scenario with its CSV files: random_books.py --seed K --out DIR. Prints the switches that are on.

Parameters are drawn so that things happen: the fund is small, defaults are frequent, rates move.
"""

import argparse
import csv
import json
import pathlib
import random
from datetime import date, timedelta

import yaml

from calendars import Calendars, add_months, joint

DATA = pathlib.Path(__file__).resolve().parents[2] / "data" / "cn-holidays-2005-2035.csv"
SECTORS = ("electronics", "textile", "food")
STARTS = (date(2026, 1, 5), date(2026, 3, 2), date(2026, 6, 15), date(2025, 9, 1), date(2026, 10, 12))


class Dice(random.Random):
    def chance(self, p):
        return self.random() < p

    def between(self, low, high, digits=4):
        return round(self.uniform(low, high), digits)


def gbm(dice):
    volatility = dice.between(0.08, 0.20)
    return {"type": "gbm", "volatility": volatility, "drift": dice.choice([0, 0.08, 0.12, -0.03, "carry"])}


def market(dice, start, months, out):
    pairs = {"USDCNY": {"spot": 6.9, "model": gbm(dice)}}
    if dice.chance(0.5):
        pairs["EURCNY"] = {"spot": 7.85, "model": gbm(dice)}
    for pair in pairs.values():
        if dice.chance(0.15):
            step = add_months(start, max(months // 2, 1)).isoformat()
            pair["model"]["volatility"] = {start.isoformat(): dice.between(0.05, 0.1), step: dice.between(0.15, 0.25)}
        if dice.chance(0.2):
            moves = [dice.between(-0.012, 0.014) for _ in range(dice.randint(5, 60))]
            pair["model"] = {"type": "path", "moves": moves}
            if dice.chance(0.7):
                pair["model"]["then"] = gbm(dice)
        band = dice.choice([0.008, 0.012] + 8 * [None])
        if band:
            pair["band"] = band
        if dice.chance(0.3):
            pair["swap_points"] = {"1M": -110, "6M": -640, "12M": -1250}
    curves = {"CNY": 0.016 if dice.chance(0.5) else {"1M": 0.014, "6M": 0.016, "12M": 0.0175},
              "USD": 0.034 if dice.chance(0.5) else {"3M": 0.036, "12M": 0.033}, "EUR": 0.02}
    made = {"reference": dice.choice(list(pairs)), "curves": curves, "pairs": pairs}
    if len(pairs) == 2 and dice.chance(0.7):
        made["correlation"] = {"USDCNY~EURCNY": dice.between(-0.3, 0.8, 2)}
    if dice.chance(0.25):
        name, rate, day = made["reference"], pairs[made["reference"]]["spot"] * 0.97, start - timedelta(days=260)
        with open(out / "history.csv", "w", newline="", encoding="utf-8") as text:
            writer = csv.writer(text)
            writer.writerow(["date", "rate"])
            while day < start + timedelta(days=20):
                writer.writerow([day.isoformat(), f"{rate:.4f}"])
                rate *= 1 + dice.gauss(0.0003, 0.005)
                day += timedelta(days=1)
        pairs[name]["history"] = "history.csv"
    return made


def pool(dice, fund, multiple, calls):
    maybe = lambda p, value: value if dice.chance(p) else "none"
    quota = int(fund * multiple)
    made = {
        "fund": fund, "multiple": multiple,
        "quota_base": dice.choice(["available", "available", "fixed"]),
        "layout": dice.choice(["shared", "shared", "segregated", "hybrid"]), "floor": dice.choice([0.3, 0.6]),
        "split": dice.choice([{"pool": 0.8, "guarantor": 0}, {"pool": 0.6, "guarantor": 0.2}, {"pool": 1, "guarantor": 0}]),
        "deductible": dice.choice([0, 0, 0.005, 0.01]), "cap": dice.choice(["frozen", "none", "none"]),
        "cap_multiple": dice.choice([1, 1.5]), "excess": dice.choice(["bank", "guarantor", "government"]),
        "exporter_cap": dice.choice(["none", "none", "none", {"frozen": "none", "claims": fund // 3},
                                     {"frozen": quota // 8, "claims": "none"}, fund // 2]),
        "deal_cap": dice.choice(["none", {"usd": 600_000, "months": 12}, {"usd": 2_000_000, "months": 9}]),
        "yearly_claims_cap": dice.choice(["none", "none", "none", fund // 2]),
        "concentration": dice.choice(["none", {"exporter": 0.25, "group": 0.3, "sector": 0.6, "bank": 0.8},
                                      {"exporter": "none", "group": "none", "sector": 0.4, "bank": "none"}]),
        "hedge_ratio_cap": maybe(0.5, 0.6),
        "no_room": dice.choice(["reject", f"queue({dice.randint(1, 15)})", "own-margin"]),
        "margin": {"rate": dice.choice([0.03, 0.05, {"3M": 0.02, "6M": 0.03, "9M": 0.04, "12M": 0.05}]),
                   "client_share": dice.choice([0, 0, 0.2, 0.4]), "calls": calls},
        "claims": {"delay_days": dice.choice([0, 0, 1, 5, 30]), "rejection": dice.choice([0, 0, 0.2]),
                   "shortfall": dice.choice(["prorata", "queue"])},
        "close_out_days": dice.choice([0, 0, 1, 10]), "netting": dice.chance(0.6),
        "recovery": {"rate": dice.choice([0, 0.3, 0.6]), "lag_months": dice.choice([0, 1, 3, 12]),
                     "lag": dice.choice(["fixed", "lognormal"]), "lag_sigma": 0.5, "cost": 0.1,
                     "split": dice.choice(["proportional", "pool-first"]), "to": dice.choice(["pool", "pool", "treasury"])},
        "interest": dice.choice([0, 0.013, 0.03]), "fee": dice.choice([0, 0, 0.01]),
    }
    if dice.chance(0.15):
        made["products"] = ["forward_sale"]
    made["refill"] = dice.choice(["none", "none", {"when": "yearly", "below": 0.9, "to": 1}, {
        "when": "trigger", "below": 0.8, "to": 1, "delay_days": dice.choice([0, 5, 20]),
        "yearly_limit": dice.choice(["none", fund // 3])}])
    brakes = {}
    if dice.chance(0.5):
        if dice.chance(0.5):
            brakes["amber"] = {"at": 0.1, "multiple_factor": 0.5}
        if dice.chance(0.5):
            brakes["red"] = {"at": 0.25}
        if dice.chance(0.5):
            brakes["bank"] = {"at": 0.01}
        if dice.chance(0.5):
            brakes["fx"] = {"volatility": 0.13, "move": 0.05, "margin_factor": 1.5}
        if brakes:
            brakes["lift_days"] = dice.choice([5, 20, 60])
    made["brakes"] = brakes or "none"
    return made


def failure(dice, start, months, scale):
    middle = add_months(start, max(months // 3, 1))
    shocks = []
    if dice.chance(0.35):
        shocks.append({"from": middle.isoformat(), "to": add_months(middle, 3).isoformat(), "probability": 0.5})
        if dice.chance(0.6):
            shocks[0]["sector"] = "electronics"
        if dice.chance(0.5):
            shocks.append({"from": middle.isoformat(), "to": add_months(middle, 6).isoformat(),
                           "us_share_above": 0.4, "probability": 0.7})
    by_sector = lambda low, high: ({"default": low, "electronics": high} if dice.chance(0.2) else dice.choice([low, high]))
    return {
        "insolvency": {"pd": by_sector(0.1 * scale, 0.4 * scale), "correlation": by_sector(0.0, 0.2),
                       "sector_loading": dice.choice([1, 1, 0.5]), "fx_beta": dice.choice([0, 0.4])},
        "order_loss": {"probability": by_sector(0.1 * scale, 0.3 * scale), "correlation": dice.choice([0, 0.1, 0.3]),
                       "fx_beta": dice.choice([0, 0.5]), "absorb": dice.choice([0, 0.3, "liquidity"]), "shocks": shocks},
        "strategic": {"share": dice.choice([0, 0.3]), "threshold": 0.02},
        "late": dice.choice(["none", {"probability": 0.25, "roll_months": dice.choice([1, 3]),
                                      "settle": dice.choice(["cash", "carried"])}]),
    }


def exporters(dice, count, out):
    blank = lambda p, value: "" if dice.chance(p) else value
    rows = []
    for i in range(count):
        rows.append([f"E{i + 1:02d}", dice.choice(SECTORS), blank(0.15, dice.randint(1, 20) * 1_000_000),
                     blank(0.7, dice.between(0.05, 0.5, 2)), blank(0.3, dice.between(0, 1, 2)),
                     blank(0.5, dice.randint(1, 40) * 10_000), blank(0.6, dice.choice(["G1", "G2"]))])
    with open(out / "exporters.csv", "w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(["exporter_id", "sector", "annual_receipts_usd", "pd", "us_share", "liquidity_cny", "group_id"])
        writer.writerows(rows)
    return [row[0] for row in rows]


def contracts(dice, count, start, months, pairs, firms, banks, calendars, out):
    rows, total = [], 0.0
    spots = {"USDCNY": 6.9, "EURCNY": 7.85}
    for i in range(count):
        pair = dice.choice(list(pairs))
        days = dice.randint(-150, -1) if dice.chance(0.8) else dice.randint(0, max(months * 20, 20))
        trade = calendars.following(start + timedelta(days=days))
        settle = calendars.modified_following(add_months(trade, dice.choice([1, 3, 6, 9, 12])), joint(pair))
        if settle < start:
            settle = calendars.modified_following(add_months(start, dice.randint(1, months)), joint(pair))
        if dice.chance(0.3):  # an odd date, perhaps a day off
            settle += timedelta(days=dice.randint(1, 25))
        notional = dice.randint(1, 20) * 50_000
        rate = round(spots[pair] * (1 + dice.gauss(-0.005, 0.02)), 4)
        direction = "sell" if dice.chance(0.75) else "buy"
        rows.append([f"C{i + 1:03d}", dice.choice(firms), dice.choice(banks)["id"], pair, direction, notional, rate,
                     trade.isoformat(), settle.isoformat(), dice.choice(["", "", "", "0.04"])])
        total += notional * rate
    with open(out / "contracts.csv", "w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(["contract_id", "exporter_id", "bank_id", "pair", "direction", "notional", "contract_rate",
                         "trade_date", "settle_date", "margin_rate"])
        writer.writerows(rows)
    return total


def new_business(dice, pairs):
    shares = {"USDCNY": 1} if len(pairs) == 1 else {"USDCNY": 0.7, "EURCNY": 0.3}
    return {"monthly_usd": dice.choice([2_000_000, 4_000_000]), "deal_usd": {"mean": 300_000, "cv": 1.0},
            "client_spread": dice.choice([0, 50]), "tenors": {"1M": 0.3, "3M": 0.4, "6M": 0.2, "12M": 0.1},
            "direction": {"sell": 0.8, "buy": 0.2}, "pairs": shares, "growth": dice.choice([0, 0.3]),
            "steady_state": dice.chance(0.4), "seed": dice.randint(1, 10_000)}


def switches(book):
    """The switches that are on, for the reports."""
    p, f = book["pool"], book["failure"]
    on = {f"layout={p['layout']}", f"quota_base={p['quota_base']}", f"cap={p['cap']}", f"excess={p['excess']}",
          f"shortfall={p['claims']['shortfall']}", f"recovery={p['recovery']['lag']},{p['recovery']['split']}",
          f"recovery_to={p['recovery']['to']}", "netting" if p["netting"] else "no_netting"}
    for name in ("exporter_cap", "yearly_claims_cap", "concentration", "hedge_ratio_cap", "refill", "brakes"):
        if p[name] != "none":
            on.add(name)
    on |= {name for name in ("deductible", "close_out_days", "interest", "fee") if p[name]}
    on |= {name for name in ("delay_days", "rejection") if p["claims"][name]}
    on |= {"client_share"} if p["margin"]["client_share"] else set()
    on |= {"calls"} if p["margin"]["calls"] != "off" else set()
    on |= {"strategic"} if f["strategic"]["share"] else set()
    on |= {f"late={f['late']['settle']}"} if f["late"] != "none" else set()
    on |= {"shocks"} if f["order_loss"]["shocks"] else set()
    on |= {f"absorb={f['order_loss']['absorb']}"} if f["order_loss"]["absorb"] else set()
    on |= {"new_business", "no_room=" + p["no_room"].split("(")[0]} if "new_business" in book else set()
    for setting in book["market"]["pairs"].values():
        on.add("model=" + setting["model"]["type"])
        on |= {key for key in ("band", "history", "swap_points") if key in setting}
    return sorted(on)


def write_book(seed, out):
    """Writes book-<seed>.yaml and its CSV files into `out`; returns (file, switches)."""
    dice, out = Dice(seed), pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    calendars = Calendars(DATA)
    start, months = calendars.following(dice.choice(STARTS)), dice.randint(2, 14)
    count = dice.randint(1, 3)
    weights = {1: [1], 2: [0.6, 0.4], 3: [0.5, 0.3, 0.2]}[count]
    banks = [{"id": b, "weight": w} for b, w in zip(("ICBC", "BOC", "CCB"), weights)]
    book = {"fxpool": 1, "name": f"book-{seed}", "horizon": {"start": start.isoformat(), "months": months},
            "market": market(dice, start, months, out), "banks": banks}
    firms = exporters(dice, dice.randint(2, 12), out)
    book["exporters"] = "exporters.csv"
    grows = dice.chance(0.5)
    total = contracts(dice, dice.randint(5, 20 if grows else 40), start, months, book["market"]["pairs"], firms, banks,
                      calendars, out)
    book["contracts"] = "contracts.csv"
    if grows:
        book["new_business"] = new_business(dice, book["market"]["pairs"])
        if dice.chance(0.2):  # firms by draw, and only their new deals
            book["exporters"] = {"synthetic": {"count": 8, "seed": dice.randint(1, 999), "size": {"pareto": 1.3},
                                               "sectors": {"electronics": 0.4, "textile": 0.35, "food": 0.25},
                                               "us_share": {"electronics": 0.5, "textile": 1, "food": 0.5}}}
            del book["contracts"]
            total = 3e7
    calls = "off"
    if dice.chance(0.45):
        calls = {"call_at": dice.choice([0.3, 0.6]), "cure_days": dice.choice([0, 1, 3]), "slippage": dice.choice([0, 20]),
                 "meet": 0.6}
    fund = max(int(total * dice.choice([0.002, 0.004, 0.01, 0.03])), 10_000)
    multiple = dice.choice([1, 2])
    if "new_business" in book:  # near the frozen quota of the book, so that room is scarce but there is some
        multiple = max(round(0.04 * total * dice.choice([0.9, 1.3, 2, 4]) / fund, 1), 1)
    book["pool"] = pool(dice, fund, multiple, calls)
    book["failure"] = failure(dice, start, months, 0.4 if "new_business" in book else 1.0)
    book["simulation"] = {"paths": 12, "seed": dice.randint(1, 2**53)}
    file = out / f"book-{seed}.yaml"
    file.write_text(yaml.safe_dump(book, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return file, switches(book)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, required=True)
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()
    file, on = write_book(options.seed, options.out)
    print(json.dumps({"file": str(file), "switches": on}))


if __name__ == "__main__":
    main()
