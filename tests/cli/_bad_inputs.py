"""Broken input of every kind: what is changed in a good scenario, where the program points, and what it says."""

import datetime
import io
import zipfile

from _program import CONTRACTS, SCENARIO

GOOD = SCENARIO.format(name="small", fund="2m", paths=200)
HEADER = CONTRACTS.split("\n")[0]
ROW = "C1,E1,ICBC,USDCNY,sell,500000,6.75,2025-12-01,2026-03-02"


def swap(old, new, text=GOOD):
    assert text.count(old) == 1, old
    return {"small.yaml": text.replace(old, new)}


def model(words, **files):
    """The pair's model, which begins in line 7, column 33."""
    return {**swap("{type: gbm, volatility: 6%}", words), **{f"{name}.csv": text for name, text in files.items()}}


def table(text):
    return {"contracts.csv": text}


def workbook():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return held.getvalue()


def rates(pair="USDCNY", first="2025-01-06", days=200):
    """A rate each weekday."""
    start = datetime.date.fromisoformat(first)
    dates = [start + datetime.timedelta(days=day) for day in range(days)]
    rows = [f"{date},{7 + date.day / 1000:.3f}" for date in dates if date.weekday() < 5]
    return f"date,{pair}\n" + "\n".join(rows) + "\n"


REGIME = "{type: regime, states: [{name: a, volatility: 3%}, {name: b, volatility: 6%}], "
GARCH = "{type: garch, omega: 1e-7, alpha: 0.08, beta: 0.9"
MERTON = "{type: merton, volatility: 4%, jump_mean: 0%, jump_volatility: 1%, "
TWO_BOOTSTRAPS = GOOD.replace("USD: 3.4%", "USD: 3.4%, EUR: 2%").replace("type: gbm, volatility: 6%", "type: bootstrap, history: usd.csv").replace(
    "pool:\n", "    EURCNY: {spot: 7.9, history: eur.csv, model: {type: bootstrap}}\npool:\n", 1)

# title, files to write, how a problem's line begins, what it says
ERRORS = [
    ("truncated YAML", {"small.yaml": GOOD[: GOOD.index("weight: 60%") + 7]}, "small.yaml:1", ""),
    ("a tab", swap("  fund: 2m", "\tfund: 2m"), "small.yaml:9:1", "tab"),
    ("a doubled key", swap("  fund: 2m", "  fund: 2m\n  fund: 3m"), "small.yaml:10:3", "fund"),
    ("an unknown key", swap("volatility: 6%", "volatilty: 6%"), "small.yaml:7:", "did you mean 'volatility'"),
    ("a full-width colon", swap("fund: 2m", "fund：2m"), "small.yaml:9:", "："),
    ("a full-width comma", swap("{{id: ICBC, weight: 60%}}".replace("{{", "{").replace("}}", "}"), "{id: ICBC， weight: 60%}"), "small.yaml:11:", "，"),
    ("a full-width per cent sign", swap("volatility: 6%", "volatility: 6％"), "small.yaml:7:", "％"),
    ("full-width digits", swap("fund: 2m", "fund: ２m"), "small.yaml:9:9", "２"),
    ("a wrong unit", swap("fund: 2m", "fund: 2 lots"), "small.yaml:9:9: pool.fund", "2 lots"),
    ("a share above 100 %", swap("pd: 20%", "pd: 120%"), "small.yaml:15:", "120%"),
    ("a split above 100 %", swap("  fund: 2m", "  fund: 2m\n  split: {pool: 80%, guarantor: 40%}"), "small.yaml:10:", "120"),
    ("NaN", swap("fund: 2m", "fund: .nan"), "small.yaml:9:9: pool.fund", ".nan"),
    ("an infinity", swap("fund: 2m", "fund: .inf"), "small.yaml:9:9: pool.fund", ".inf"),
    ("a date that is none", swap("2026-01-05", "2026-02-30"), "small.yaml:3:", "2026-02-30"),
    ("weights of 99 %", swap("weight: 40%", "weight: 39%"), "small.yaml:1", "99"),
    ("a correlation that is not positive definite",
     {"small.yaml": GOOD.replace("USD: 3.4%", "USD: 3.4%, EUR: 2%, GBP: 3%").replace(
         "pool:\n", "    EURCNY: {spot: 7.9, model: {type: gbm, volatility: 7%}}\n    GBPCNY: {spot: 9.1, model: {type: gbm, volatility: 8%}}\n"
         "  correlation: {USDCNY~EURCNY: 0.9, USDCNY~GBPCNY: 0.9, EURCNY~GBPCNY: -0.9}\npool:\n", 1)},
     "small.yaml:10:", "positive definite"),
    ("an extends circle", {"small.yaml": GOOD + "extends: other.yaml\n", "other.yaml": "extends: small.yaml\n"}, "", "small.yaml"),
    ("a missing file", swap("contracts: contracts.csv", "contracts: nowhere.csv"), "small.yaml:13:12: contracts: nowhere.csv: there is no such file", ""),
    ("a missing exporters file", {"small.yaml": GOOD + "exporters: nowhere.csv\n"}, "small.yaml:18:12: exporters: nowhere.csv: there is no such file", ""),
    ("a missing scenario", {"small.yaml": GOOD + "extends: nowhere.yaml\n"}, "small.yaml:18:10: extends: nowhere.yaml: there is no such file", ""),
    ("an empty CSV", table(""), "contracts.csv", "empty"),
    ("a missing column", table(CONTRACTS.replace("settle_date", "other", 1)), "contracts.csv:1", "settle_date"),
    ("a doubled id", table(CONTRACTS.replace("C2,", "C1,")), "contracts.csv:3:1", "C1"),
    ("a ragged row", table(f"{HEADER}\n{ROW},extra,more\n"), "contracts.csv:2", ""),
    ("half a GB18030 character", table("合约编号,企业编号\n".encode("gb18030") + b"C1,\xb8\n"), "contracts.csv", ""),
    ("a row of 10 MB", table(f"{HEADER}\n{ROW[:3]}{'x' * 10_000_000}\n"), "contracts.csv:2", ""),
    ("an .xlsx", {"contracts.xlsx": workbook(), **swap("contracts.csv", "contracts.xlsx")}, "contracts.xlsx", "CSV"),
    ("a workbook called .csv", table(workbook()), "contracts.csv", "CSV"),
    ("a row of totals", table(f"{HEADER}\n{ROW}\n合计,,,,,500000,,,\n"), "contracts.csv:3:1: the row '合计'", "delete it"),
    ("a last row that is a sum", table(CONTRACTS + ",,,,,2450000,,,\n"), "contracts.csv:7:1: the last row is the sum", "delete it"),
    ("full-width commas in a row", table(f"{HEADER}\n{ROW.replace(',', '，')}\n"), "contracts.csv:2:3: fields are separated by '，'", "write ','"),
    ("a number with commas", table(f"{HEADER}\n{ROW.replace('500000', '500,000')}\n"), "contracts.csv:2:1: the row has 10 fields, the header 9", "commas"),
    ("a date of two readings", table(f"{HEADER}\n{ROW.replace('2026-03-02', '3/2/2026')}\n"), "contracts.csv:2:47: settle_date", "may be 2026-03-02 or 2026-02-03"),
    ("a notional of 1e308", table(f"{HEADER}\n{ROW.replace('500000', '1e308')}\n"), "contracts.csv:2:24: notional", "out of range"),
    ("a near-miss of a header", table(CONTRACTS.replace("bank_id", "银行名称", 1)), "contracts.csv:1:25: unknown column '银行名称'", "did you mean '银行'?"),
    ("a unit that does not fit", table(CONTRACTS.replace("notional", "外币金额（万元）", 1)), "contracts.csv:1:48: '万元' is no unit", "万美元"),
    ("a title that is no text", {"small.yaml": GOOD + 'title: "\\u0000"\n'}, "small.yaml:18:8: there is a control character", "U+0000"),
    ("a title of damaged UTF-8", {"small.yaml": GOOD.encode() + b"title: \xed\xa0\x80\n"}, "small.yaml:18:9: half a character", ""),
    ("a date of a table in a scenario", swap("2026-01-05", "2026/1/5"), "small.yaml:3:18: horizon.start", "write 2026-01-05"),
    ("settlement before trade date", table(f"{HEADER}\n{ROW.replace('2026-03-02', '2025-11-03')}\n"), "contracts.csv:2:", "2025-11-03"),
    ("an unknown bank", table(f"{HEADER}\n{ROW.replace('ICBC', 'XYZ')}\n"), "contracts.csv:2:7", "XYZ"),
    ("an unknown pair", table(f"{HEADER}\n{ROW.replace('USDCNY', 'EURCNY')}\n"), "contracts.csv:2:", "EURCNY"),
    ("a number that is none", table(f"{HEADER}\n{ROW.replace('500000', '5oo')}\n"), "contracts.csv:2:", "5oo"),
    ("a date that is none in a table", table(f"{HEADER}\n{ROW.replace('2026-03-02', '2026-02-30')}\n"), "contracts.csv:2:", "2026-02-30"),
    ("neither contracts nor new business", swap("contracts: contracts.csv\n", ""), "small.yaml", "new_business"),
    ("a horizon past 2035", swap("months: 6", "months: 200"), "small.yaml:3:", "2035"),
    ("no banks", {"small.yaml": GOOD.replace("banks:\n  - {id: ICBC, weight: 60%}\n  - {id: BOC, weight: 40%}\n", "")}, "small.yaml", "banks"),
    ("a limit on an unknown metric", {"small.yaml": GOOD + "limits: {exhaustion.probabilty: '<= 1%'}\n"}, "small.yaml:18:", "exhaustion.probability"),
    ("a limit without a bound", {"small.yaml": GOOD + "limits: {exhaustion.probability: 1%}\n"}, "small.yaml:18:", "<="),
    # rate models
    ("a model that there is none of", model("{type: bootstap, history: rates.csv}"), "small.yaml:7:40: market.pairs.USDCNY.model.type", "did you mean 'bootstrap'"),
    ("a parameter that is missing", model("{type: heston, v0: 0.0018, kappa: 2, theta: 0.0018, rho: 0}"), "small.yaml:7:26: market.pairs.USDCNY.model", "'xi' is missing"),
    ("a parameter of another model", model(GARCH + ", jump_intensity: 1}"), "small.yaml:7:84:", "does not go with type: garch"),
    ("a negative jump intensity", model(MERTON + "jump_intensity: -4}"), "small.yaml:7:116: market.pairs.USDCNY.model.jump_intensity", "-4 is out of range: 0 to 1000"),
    ("a generator whose rows don't sum to zero", model(REGIME + "generator: [[-1, 1], [2, -1]]}"),
     "small.yaml:7:133: market.pairs.USDCNY.model.generator[1]", "the row sums to 1, not to 0"),
    ("a generator of another size", model(REGIME + "generator: [[-1, 1]]}"), "small.yaml:7:123: market.pairs.USDCNY.model.generator", "2 states"),
    ("start probabilities that don't sum", model(REGIME + "generator: [[-1, 1], [2, -2]], start: [50%, 40%]}"),
     "small.yaml:7:150: market.pairs.USDCNY.model.start", "sum to 0.9"),
    ("a start in no state", model(REGIME + "generator: [[-1, 1], [2, -2]], start: calm}"), "small.yaml:7:150: market.pairs.USDCNY.model.start", "'calm'"),
    ("alpha + beta at 1", model("{type: garch, omega: 1e-7, alpha: 0.1, beta: 0.9}"), "small.yaml:7:78: market.pairs.USDCNY.model.beta", "1 or above"),
    ("alpha + beta + gamma/2 above 1", model("{type: garch, omega: 1e-7, alpha: 0.1, beta: 0.85, gamma: 0.2}"),
     "small.yaml:7:78: market.pairs.USDCNY.model.beta", "1 or above"),
    ("two degrees of freedom", model(GARCH + ", residuals: student(2)}"), "small.yaml:7:95: market.pairs.USDCNY.model.residuals", "above 2"),
    ("a block shorter than a day", model("{type: bootstrap, history: rates.csv, mean_block: 0.5}", rates=rates()),
     "small.yaml:7:83: market.pairs.USDCNY.model.mean_block", "0.5 is out of range: 1 to"),
    ("a drift that only carry may be", model("{type: bootstrap, history: rates.csv, drift: 2%}", rates=rates()),
     "small.yaml:7:78: market.pairs.USDCNY.model.drift", "write carry"),
    ("no history to draw from", model("{type: bootstrap}"), "small.yaml:7:26: market.pairs.USDCNY.model.history", "as the history of the pair"),
    ("no history for the residuals", model(GARCH + ", residuals: history}"), "small.yaml:7:26: market.pairs.USDCNY.model.history", "no history"),
    ("a history that is not there", model("{type: bootstrap, history: nowhere.csv}"),
     "small.yaml:7:60: market.pairs.USDCNY.model.history: nowhere.csv: there is no such file", ""),
    ("a path's file that is not there", model("{type: path, file: nowhere.csv}"), "small.yaml:7:52: market.pairs.USDCNY.model.file: nowhere.csv", "no such file"),
    ("a pair's history that is not there", swap("spot: 6.78,", "spot: 6.78, history: nowhere.csv,"),
     "small.yaml:7:35: market.pairs.USDCNY.history: nowhere.csv: there is no such file", ""),
    ("a history without the pair", model("{type: bootstrap, history: rates.csv}", rates=rates("EURCNY")), "rates.csv:1", "USDCNY"),
    ("a path's file without the pair", model("{type: path, file: rates.csv}", rates=rates("EURCNY")), "rates.csv:1", "USDCNY"),
    ("a history that ends before its window", model("{type: bootstrap, history: rates.csv, to: 2026-01-02}", rates=rates()),
     "small.yaml:7:60: market.pairs.USDCNY.model.history", "ends on 2025-07-24, before the window's end 2026-01-02"),
    ("a history of a few days", model("{type: bootstrap, history: rates.csv}", rates=rates(days=30)), "small.yaml:7:60: market.pairs.USDCNY.model.history", "60 or more"),
    ("a window that ends before it begins", model("{type: bootstrap, history: rates.csv, from: 2025-03-03, to: 2025-02-03}", rates=rates()),
     "small.yaml:7:93: market.pairs.USDCNY.model.to", "2025-02-03 is not after 2025-03-03"),
    ("two histories of different days", {"small.yaml": TWO_BOOTSTRAPS, "usd.csv": rates(), "eur.csv": rates("EURCNY", "2025-01-07")}, "small.yaml:8:", "USDCNY"),
    ("a correlation that names a bootstrap pair",
     {"small.yaml": TWO_BOOTSTRAPS.replace("pool:\n", "  correlation: {USDCNY~EURCNY: 0.5}\npool:\n", 1), "usd.csv": rates(), "eur.csv": rates("EURCNY")},
     "small.yaml:9:17: market.correlation", "USDCNY draws its moves from the rows of a history"),
    ("quotes out of order", model("{type: gbm, volatility: {quotes: {12M: 4.2%, 1M: 2.5%}}}"), "small.yaml:7:78: market.pairs.USDCNY.model.volatility.quotes", "1M comes after 12M"),
    ("quotes with calendar arbitrage", model("{type: gbm, volatility: {quotes: {1M: 9%, 12M: 2%}}}"), "small.yaml:7:57: market.pairs.USDCNY.model.volatility", "calendar arbitrage"),
    ("quotes and dates in one", model("{type: gbm, volatility: {2026-01-05: 3%, quotes: {1M: 3%}}}"), "small.yaml:7:74: market.pairs.USDCNY.model.volatility", "'quotes'"),
    ("a path within a path's then", model("{type: path, moves: [1%], then: {type: path, moves: [2%]}}"), "small.yaml:7:72: market.pairs.USDCNY.model.then.type", "a path"),
    ("a then within a then", model("{type: path, moves: [1%], then: {type: gbm, then: {type: gbm}}}"), "small.yaml:7:77: market.pairs.USDCNY.model.then", "a 'then'"),
    ("a wrong model in a then", model("{type: path, moves: [1%], then: {type: garch, omega: 1e-7, alpha: 0.3, beta: 0.9}}"),
     "small.yaml:7:110: market.pairs.USDCNY.model.then.beta", "1 or above"),
    ("swap points without a foreign curve",
     {"small.yaml": GOOD.replace(", USD: 3.4%", "").replace("spot: 6.78,", "spot: 6.78, swap_points: none,")}, "small.yaml:7:5: market.pairs.USDCNY", "a curve of USD"),
    ("no swap points at any tenor", {"small.yaml": GOOD.replace(", USD: 3.4%", "").replace("spot: 6.78,", "spot: 6.78, swap_points: {},")},
     "small.yaml:7:26: market.pairs.USDCNY.swap_points", "the map is empty"),
    ("a band of 0", swap("spot: 6.78,", "spot: 6.78, band: 0%,"), "small.yaml:7:32: market.pairs.USDCNY.band", "above 0 %"),
    ("a band without its per cent sign", swap("spot: 6.78,", "spot: 6.78, band: 2,"), "small.yaml:7:32: market.pairs.USDCNY.band", "is a % missing?"),
] + [
    (f"{what}: not in this version", files, "small.yaml", "")
    for what, files in [
        ("precision", swap("seed: 7", "seed: 7, precision: {metric: exhaustion.probability, relative_error: 5%, max_paths: 10m}")),
        ("antithetic", swap("seed: 7", "seed: 7, antithetic: true")),
        ("the fast engine", swap("seed: 7", "seed: 7, engine: fast")),
        ("the tail sampler", swap("seed: 7", "seed: 7, tail: auto")),
    ]
]

# allowed, with a warning or a note
WARNINGS = [
    ("a book that freezes more than the quota", swap("fund: 2m", "fund: 100k"), "small.yaml:13:12: warning: contracts", "more than the quota"),
    ("a fund of 0", swap("fund: 2m", "fund: 0"), "small.yaml:9:9: warning: pool.fund", "the fund is 0"),
    ("10^9 paths", swap("paths: 200", "paths: 1000000000"), "small.yaml:17:", "GB of memory"),
    ("a variance that touches 0", model("{type: heston, v0: 0.0018, kappa: 1, theta: 0.0018, xi: 0.2, rho: 0}"),
     "small.yaml:7:89: note: market.pairs.USDCNY.model.xi", "Feller"),
    ("a history that nothing draws from", model(GARCH + ", history: rates.csv}", rates=rates()),
     "small.yaml:7:93: warning: market.pairs.USDCNY.model.history", "residuals is normal"),
    ("expected holidays", swap("months: 6", "months: 18"), "small.yaml:3:", "expected"),
]
