"""Broken input of every kind: what is changed in a good scenario, where the program points, and what it says."""

import io
import zipfile

from _program import CONTRACTS, SCENARIO

GOOD = SCENARIO.format(name="small", fund="2m", paths=200)
HEADER = CONTRACTS.split("\n")[0]
ROW = "C1,E1,ICBC,USDCNY,sell,500000,6.75,2025-12-01,2026-03-02"


def swap(old, new, text=GOOD):
    assert text.count(old) == 1, old
    return {"small.yaml": text.replace(old, new)}


def table(text):
    return {"contracts.csv": text}


def workbook():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return held.getvalue()


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
    ("a missing file", swap("contracts: contracts.csv", "contracts: nowhere.csv"), "nowhere.csv", "no such file"),
    ("a missing scenario", {"small.yaml": GOOD + "extends: nowhere.yaml\n"}, "small.yaml:18:", "nowhere.yaml"),
    ("an empty CSV", table(""), "contracts.csv", "empty"),
    ("a missing column", table(CONTRACTS.replace("settle_date", "other", 1)), "contracts.csv:1", "settle_date"),
    ("a doubled id", table(CONTRACTS.replace("C2,", "C1,")), "contracts.csv:3:1", "C1"),
    ("a ragged row", table(f"{HEADER}\n{ROW},extra,more\n"), "contracts.csv:2", ""),
    ("half a GB18030 character", table("合约编号,企业编号\n".encode("gb18030") + b"C1,\xb8\n"), "contracts.csv", ""),
    ("a row of 10 MB", table(f"{HEADER}\n{ROW[:3]}{'x' * 10_000_000}\n"), "contracts.csv:2", ""),
    ("an .xlsx", {"contracts.xlsx": workbook(), **swap("contracts.csv", "contracts.xlsx")}, "contracts.xlsx", "CSV"),
    ("a workbook called .csv", table(workbook()), "contracts.csv", "CSV"),
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
] + [
    (f"{what}: not in this version", files, "small.yaml", "")
    for what, files in [
        ("a merton model", swap("type: gbm, volatility: 6%", "type: merton, volatility: 6%")),
        ("a heston model", swap("type: gbm, volatility: 6%", "type: heston, v0: 0.01")),
        ("a band", swap("spot: 6.78,", "spot: 6.78, band: 2%,")),
        ("volatility quotes", swap("volatility: 6%", "volatility: {quotes: {1M: 3%}}")),
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
    ("expected holidays", swap("months: 6", "months: 18"), "small.yaml:3:", "expected"),
]
