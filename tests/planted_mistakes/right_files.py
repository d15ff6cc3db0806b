"""Right files, as varied as cities are: nothing may be asked about them. A warning here is a false alarm."""

import csv
import dataclasses
import functools

from planting import BASES, SCENARIOS, replaced, with_value

NAMES = ("USDCNY", "EURCNY", "JPYCNY", "GBPCNY", "HKDCNY")


@dataclasses.dataclass(frozen=True)
class Right:
    name: str
    base: str
    files: dict


@functools.cache
def daily():
    with open(SCENARIOS / "data/cny-fx-daily-2005-2026.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def history(pair, first, last, digits=4, newest_first=False, header=("date", None), skip=lambda date: False):
    rows = [f"{row['date']},{float(row[pair]):.{digits}f}" for row in daily() if first <= row["date"] <= last and not skip(row["date"])]
    return "\n".join([f"{header[0]},{header[1] or pair}", *(reversed(rows) if newest_first else rows)]) + "\n"


def changed(name, base, *changes, file=None, **files):
    """A base with values at paths ("pool/fund", "20m") or pieces of text (old, new, "text") changed."""
    base = BASES[base]
    file = file or base.main
    text = base.texts[file]
    for change in changes:
        text = replaced(text, change[0], change[1]) if len(change) == 3 else with_value(text, change[0], change[1])
    return Right(name, base.name, {file: text, **{key.replace("__", "."): value for key, value in files.items()}})


def own(name, *, start="2026-01-05", months=12, curves="CNY: 1.5%, USD: 3.6%", pairs="USDCNY: {spot: 6.98, model: {type: gbm, volatility: 4.2%}}", fund="20m", pool="",
        banks="[{id: ICBC, weight: 60%}, {id: BOC, weight: 40%}]", firms="exporters: {synthetic: {count: 200}}", business="monthly_usd: 3m", failure="", more="", **files):
    """A small scenario of its own, laid in the place of the base's main file."""
    business = f"new_business: {{{business}}}\n" if business else ""
    text = (f"fxpool: 1\nname: right\nhorizon: {{start: {start}, months: {months}}}\nmarket:\n  curves: {{{curves}}}\n  pairs:\n    {pairs}\n"
            f"pool:\n  fund: {fund}\n{pool}banks: {banks}\n{firms}\n{business}{failure}{more}")
    return Right(name, "fuzhou-first-deal", {"fuzhou-first-deal.yaml": text, **{key.replace("__", "."): value for key, value in files.items()}})


DEALS = "contract_id,exporter_id,bank_id,pair,direction,notional,contract_rate,trade_date,settle_date\n"


def pair_alone(name, pair, spot, curves, volatility, rows, start="2026-01-05"):
    return own(name, start=start, curves=curves, pairs=f"{pair}: {{spot: {spot}, model: {{type: gbm, volatility: {volatility}}}}}", firms="contracts: deals.csv", business="",
               deals__csv=DEALS + "".join(f"C{i},E{i},ICBC,{pair},{row}\n" for i, row in enumerate(rows, 1)))


def cities():
    return [
        own("a tiny city", fund="100万", business="monthly_usd: 30万, deal_usd: {mean: 5万}", firms="exporters: {synthetic: {count: 15}}",
            pool="  exporter_cap: 20万\n  deal_cap: {usd: 30万, months: 12}\n  concentration: {exporter: 30%, group: 30%, sector: 80%, bank: 80%}\n"),
        own("a county of three firms", fund="30万", firms="exporters: firms.csv", business="monthly_usd: 5万, deal_usd: {mean: 2万}",
            pool="  exporter_cap: 100k\n  concentration: none\n", firms__csv="exporter_id,sector,annual_receipts_usd\nA,tea,600000\nB,tea,450000\nC,bamboo,1200000\n"),
        own("a national pool", fund="50亿", business="monthly_usd: 3bn, deal_usd: {mean: 5m}", pool="  exporter_cap: 100m\n  deal_cap: {usd: 50m, months: 12}\n",
            firms="exporters: {synthetic: {count: 5000, size: {minimum: 5m}}}"),
        own("a province", fund="300m", business="monthly_usd: 120m, deal_usd: {mean: 1m}", pool="  exporter_cap: 10m\n  deal_cap: {usd: 10m, months: 12}\n",
            firms="exporters: {synthetic: {count: 1500}}"),
        own("a pool that is hardly used", business="monthly_usd: 500k"),
        own("a multiple of ten", pool="  multiple: 10\n", business="monthly_usd: 60m", firms="exporters: {synthetic: {count: 2000}}"),
        own("five years", months=60),
        own("a month", months=1),
        own("one bank", banks="[{id: ICBC, weight: 100%}]", pool="  concentration: {bank: none}\n"),
        own("no caps at all", pool="  exporter_cap: none\n  deal_cap: none\n  concentration: none\n  hedge_ratio_cap: none\n  cap: none\n"),
        own("no insolvency", failure="failure: {insolvency: none}\n"),
        own("a deep recession", failure="failure: {insolvency: {pd: 12%, correlation: 25%}, order_loss: {probability: 8%}}\n"),
        own("rated firms", failure="failure: {insolvency: {pd: 0.4%}, order_loss: {probability: 0.2%}}\n"),
        own("own margin of a half", pool="  margin: {rate: {3M: 3%, 6M: 5%, 12M: 8%}, client_share: 50%}\n"),
        own("segregated parts", pool="  layout: segregated\n  deductible: 1%\n  split: {pool: 50%, guarantor: 30%}\n"),
        own("a refill each year", months=24, pool="  refill: {when: yearly, below: 90%, to: 120%}\n  fee: 1%\n  interest: 0%\n"),
        own("short deals only", business="monthly_usd: 6m, tenors: {1M: 70%, 2M: 30%}, direction: {sell: 100%}"),
        own("long deals", months=24, business="monthly_usd: 2m, tenors: {12M: 60%, 24M: 40%}", pool="  deal_cap: {usd: 2m, months: 24}\n"),
        own("importers", business="monthly_usd: 2m, direction: {sell: 20%, buy: 80%}"),
        own("sectors that differ by a figure", firms="exporters: firms.csv", business="monthly_usd: 300k, deal_usd: {mean: 100k}",
            firms__csv="exporter_id,sector,group_id,annual_receipts_usd\n" + "".join(f"E{i},zone-{1 + i // 4},GROUP-{i:02},{9000000 + i * 700000}\n" for i in range(1, 13))),
        own("firms of every size", firms="exporters: firms.csv", business="monthly_usd: 2m",
            firms__csv="exporter_id,annual_receipts_usd\nE1,150000\nE2,900000\nE3,4500000\nE4,26000000\nE5,310000000\nE6,2400000000\nE7,1200000\nE8,780000\n"),
        own("firms without receipts", firms="exporters: firms.csv", business="monthly_usd: 2m",
            firms__csv="exporter_id,name,sector\nE1,Alpha,textile\nE2,Beta,textile\nE3,Gamma,food\nE4,Delta,food\nE5,Epsilon,toys\nE6,Zeta,toys\n"),
    ]


def markets():
    three = ("USDCNY: {spot: 6.98, model: {type: gbm, volatility: 4%}}\n    EURCNY: {spot: 8.15, model: {type: gbm, volatility: 7%}}\n"
             "    JPYCNY: {spot: 4.45, model: {type: gbm, volatility: 9%}}\n  correlation: {USDCNY~EURCNY: -0.2, EURCNY~JPYCNY: 0.4}")
    return [
        pair_alone("the euro alone", "EURCNY", 8.1478, "CNY: 1.5%, EUR: 2%", "7.5%", ("sell,400000,8.20,2025-11-03,2026-05-06", "sell,250000,8.16,2025-12-08,2026-06-08")),
        pair_alone("the yen, per 100", "JPYCNY", 4.4541, "CNY: 1.5%, JPY: 0.7%", "9%", ("sell,60000000,4.52,2025-11-03,2026-05-06", "buy,30000000,4.48,2025-12-08,2026-06-08")),
        pair_alone("the Hong Kong dollar", "HKDCNY", 0.8971, "CNY: 1.5%, HKD: 3.2%", "4%", ("sell,3000000,0.905,2025-11-03,2026-05-06",)),
        pair_alone("the pound", "GBPCNY", 9.3912, "CNY: 1.5%, GBP: 3.8%", "7%", ("sell,300000,9.25,2025-11-03,2026-05-06",)),
        pair_alone("the euro below nought", "EURCNY", 7.8, "CNY: 2.7%, EUR: -0.55%", "6%", ("sell,400000,7.97,2020-09-03,2021-03-05",), start="2021-01-04"),
        pair_alone("the yen below nought", "JPYCNY", 6.32, "CNY: 2.7%, JPY: -0.1%", "8%", ("sell,40000000,6.42,2020-09-03,2021-03-05",), start="2021-01-04"),
        own("three pairs", curves="CNY: 1.5%, USD: 3.6%, EUR: 2%, JPY: 0.7%", pairs=three, business="monthly_usd: 3m, pairs: {USDCNY: 70%, EURCNY: 20%, JPYCNY: 10%}"),
        own("dollars at nought", start="2021-01-04", curves="CNY: 2.7%, USD: 0.1%", pairs="USDCNY: {spot: 6.46, model: {type: gbm, volatility: 4%}}"),
        own("2015", start="2015-01-05", curves="CNY: 4.5%, USD: 0.3%", pairs="USDCNY: {spot: 6.2219, swap_points: {1M: 230, 6M: 930, 12M: 1500}, model: {type: gbm, volatility: 2%}}"),
        own("2008", start="2008-01-02", curves="CNY: 4%, USD: 4.2%", pairs="USDCNY: {spot: 7.30, swap_points: {3M: -1150, 12M: -4900}, model: {type: gbm, volatility: 2%, drift: -6%}}"),
        own("swap points of late 2024", start="2024-12-16", curves="CNY: 1.3%, USD: 4.3%",
            pairs="USDCNY: {spot: 7.2836, swap_points: {1M: -230, 6M: -1330, 12M: -2485}, model: {type: gbm, volatility: 2.5%}}"),
        own("volatility by date", pairs="USDCNY: {spot: 6.98, model: {type: gbm, volatility: {2026-01-05: 3%, 2026-06-01: 8%}, drift: {2026-01-05: 0%, 2026-06-01: 12%}}}"),
        own("quoted volatilities", pairs="USDCNY: {spot: 6.98, model: {type: gbm, volatility: {quotes: {1M: 2.5%, 6M: 3.6%, 12M: 4.2%}}, drift: carry}}"),
        own("rare large jumps", pairs="USDCNY: {spot: 6.98, model: {type: merton, volatility: 3%, jump_intensity: 0.5, jump_mean: 3%, jump_volatility: 2%}}"),
        own("a garch with fat tails", pairs="USDCNY: {spot: 6.98, model: {type: garch, omega: 1e-7, alpha: 0.06, beta: 0.93, residuals: student(5)}}"),
        own("a calm heston", pairs="USDCNY: {spot: 6.98, model: {type: heston, v0: 0.0004, kappa: 3, theta: 0.0009, xi: 0.05, rho: 0.3}}"),
        own("given moves", pairs="USDCNY: {spot: 6.98, model: {type: path, moves: [1.83%, 1.6%, 0.97%, -0.3%], then: {type: gbm, volatility: 5%}}}"),
        own("a hundred days of calm, then crisis", pairs="USDCNY: {spot: 6.98, model: {type: regime, states: [{name: calm, volatility: 1.5%}, {name: crisis, volatility: 14%, drift: 25%}], "
            "generator: [[-0.1, 0.1], [2, -2]], start: calm}}"),
        own("a history of its own", pairs="USDCNY: {spot: 7.0010, history: own.csv, model: {type: bootstrap}}", own__csv=history("USDCNY", "2023-06-01", "2026-01-02")),
        own("newest first", pairs="USDCNY: {spot: 7.0010, history: own.csv, model: {type: bootstrap}}", own__csv=history("USDCNY", "2023-06-01", "2026-01-02", newest_first=True)),
        own("a history without Chinese holidays", pairs="USDCNY: {spot: 7.0010, history: own.csv, model: {type: bootstrap}}",
            own__csv=history("USDCNY", "2023-06-01", "2026-01-02", skip=lambda day: day[5:] in ("10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07", "10-08")
                             or "2024-02-09" <= day <= "2024-02-18" or "2025-01-28" <= day <= "2025-02-04")),
        own("the yen's history per 100", curves="CNY: 1.5%, JPY: 0.7%", pairs="JPYCNY: {spot: 4.4686, history: own.csv, model: {type: bootstrap}}", firms="contracts: deals.csv", business="",
            own__csv=history("JPYCNY", "2021-01-04", "2026-01-02"), deals__csv=DEALS + "C1,E1,ICBC,JPYCNY,sell,60000000,4.52,2025-11-03,2026-05-06\n"),
    ]


def tables():
    rows = BASES["two-rivers"].texts["contracts.csv"]
    firms = BASES["two-rivers"].texts["exporters.csv"]
    rates = BASES["two-rivers"].texts["rates.csv"]

    def two_rivers(name, **files):
        return Right(name, "two-rivers", {key.replace("__", "."): value for key, value in files.items()})
    chinese = BASES["minjiang"].texts
    return [
        two_rivers("semicolons", contracts__csv=rows.replace(",", ";")),
        two_rivers("tabs", contracts__csv=rows.replace(",", "\t"), exporters__csv=firms.replace(",", "\t")),
        two_rivers("a byte order mark and Windows' line ends", contracts__csv=("\ufeff" + rows).replace("\n", "\r\n")),
        two_rivers("dates with slashes", contracts__csv="\n".join(line.replace("-", "/") if line.startswith("D-") is False else
                                                                    ",".join(cell.replace("-", "/") if cell.startswith("202") else cell for cell in line.split(","))
                                                                    for line in rows.split("\n"))),
        two_rivers("thousands in quotes", contracts__csv=rows.replace(",600000,", ',"600,000",')),
        two_rivers("an old deal far from today's rate", contracts__csv=rows.replace("7.2407,2025-01-15", "6.7400,2024-07-16")),
        two_rivers("small and large deals", contracts__csv=rows.replace(",600000,", ",5000,").replace(",450000,", ",3500000,")),
        two_rivers("amounts in 万", contracts__csv=rows.replace(",600000,", ",60万,")),
        two_rivers("an empty line at the end", contracts__csv=rows + "\n\n", exporters__csv=firms + "\n", rates__csv=rates + "\n"),
        Right("Chinese, as it is", "minjiang", {"企业.csv": chinese["企业.csv"]}),
        Right("Chinese, from an Excel of 2010", "minjiang", {name: chinese[name].replace("\n", "\r\n").encode("gb18030") for name in ("企业.csv", "合约.csv", "汇率.csv")}),
        Right("Chinese dates", "minjiang", {"合约.csv": chinese["合约.csv"].replace("2025-01-15,2025-07-15", "2025年1月15日,2025年7月15日")}),
        changed("a stricter limit", "fuzhou-base", ("limits/exhaustion.probability", '"<= 0.1%"')),
        changed("another seed", "fuzhou-base", ("simulation/seed", "1")),
        changed("the window from the pegs on", "fuzhou-base", ("market/pairs/USDCNY/model/from", "2005-07-22")),
        changed("a loss in the crisis", "joint-tail-wrong-way", ("failure/order_loss/fx_beta", "0.5"), ("pool/recovery/rate", "5%")),
    ]


def all_right():
    return cities() + markets() + tables()
