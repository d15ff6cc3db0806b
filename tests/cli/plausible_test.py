"""Inputs that are allowed but almost surely wrong, as a user sees them; --strict; and that right files say nothing."""

import csv
import datetime
import unittest

from _program import SOURCE, ProgramCase

GOOD = """\
fxpool: 1
name: city
horizon: {start: 2026-01-05, months: 12}
market:
  curves: {CNY: 1.5%, USD: 3.4%}
  pairs:
    USDCNY: {spot: 6.98, model: {type: gbm, volatility: 4.2%}}
pool: {fund: 20m}
banks: [{id: ICBC, weight: 100%}]
exporters: exporters.csv
contracts: contracts.csv
simulation: {paths: 20}
"""

EXPORTERS = "exporter_id,sector,annual_receipts_usd,pd,us_share,liquidity_cny,group_id\n" + "".join(
    f"E{i},{'electronics' if i < 4 else '纺织'},{1000000 * i},3%,20%,500000,集团{'一二'[i % 2]}\n" for i in range(1, 9))
CONTRACTS = "contract_id,exporter_id,bank_id,direction,notional,contract_rate,trade_date,settle_date\n" + "".join(
    f"C{i},E{i},ICBC,sell,{100000 * i},7.0{i},2025-11-0{i + 2},2026-06-{10 + i}\n" for i in range(1, 7))

# key, value, what the English line must hold
NUMBERS = [
    ("market.pairs.USDCNY.model.volatility", "4.2", "420 %", "did you mean 4.2 %?"),
    ("market.pairs.USDCNY.spot", "67.8", "6.9", "did you mean 6.78?"),
    ("market.pairs.USDCNY.spot", "0.143", "6.9", "did you mean 6.993?"),
    ("pool.concentration.bank", "35", "3500 %", "did you mean 35 %?"),
    ("pool.fund", "2000", "2,000 CNY", "did you mean 20,000,000 CNY?"),
    ("market.curves.CNY", "0.015%", "0.015 %", "did you mean 1.5 %?"),
    ("failure.insolvency.correlation", "70%", "70 %", "Basel"),
    ("failure.insolvency.pd", "0.03%", "0.03 %", "did you mean 3 %?"),
    ("failure.order_loss.probability", "80%", "80 %", "usually 0.05 % to 50 %"),
    ("market.pairs.USDCNY.model", "{type: heston, v0: 4%, kappa: 3, theta: 0.16%, xi: 0.1, rho: 0}", "v0", "variance"),
    ("pool.recovery.lag_months", "36", "36 months", "the horizon has 12"),
    ("limits", "{exhaustion.probability: '<= 1'}", "<= 1", "did you mean 1 %?"),
    ("market.pairs.USDCNY.swap_points", "{12M: -12500}", "-12500 pips", "USD rate"),
    ("market.pairs.USDCNY.swap_points", "{12M: -13}", "-13 pips", "its curve has 3.4 %"),
    ("market.pairs.USDCNY.spot", "7.73", "6.9", "is it CNY per unit"),
    ("limits", "{exhaustion.probability: '>= 1%'}", ">= 1%", "did you mean <= ?"),
    ("pool.margin.rate", "{3M: 5%, 12M: 3%}", "5 %", "are they swapped?"),
    ("pool.concentration", "{exporter: 50%, sector: 10%}", "50 %", "are they swapped?"),
]

# the same with business to come
BUSINESS = [
    ("pool.products", "[forward_purchase, swap]", "forward_sale", "100 % of the business"),
    ("pool.deal_cap.months", "1", "1 months", "is refused"),
    ("pool.exporter_cap", "{frozen: 1m, claims: 7k}", "7,000 CNY", "is a unit wrong?"),
    ("pool.exporter_cap", "{frozen: 100m, claims: 1m}", "100,000,000 CNY", "never binds"),
    ("new_business.monthly_usd", "200m", "firms receive", "is a unit wrong"),
    ("new_business.deal_usd.mean", "30m", "above the cap for a deal", "refused"),
]


def rates(change=lambda i, day, rate: rate, keep=lambda i, day: True, column="USDCNY", until="2026-01-02", since="2023-01-03"):
    """The shipped rates of one pair, changed row by row, as a CSV text."""
    with open(SOURCE / "scenarios/data/cny-fx-daily-2005-2026.csv", encoding="utf-8") as file:
        rows = [(row["date"], float(row[column])) for row in csv.DictReader(file) if since <= row["date"] <= until]
    return "date,USDCNY\n" + "".join(f"{day},{change(i, day, rate):.6f}\n" for i, (day, rate) in enumerate(rows) if keep(i, day))


class Plausible(ProgramCase):
    def setUp(self):
        super().setUp()
        self.write("city.yaml", GOOD)
        self.write("exporters.csv", EXPORTERS)
        self.write("contracts.csv", CONTRACTS)

    def warnings(self, *words):
        answer = self.call("check", "city.yaml", *words)
        self.expect(answer, 0)
        return [line for line in answer.err.split("\n") if ": warning: " in line]

    def test_a_right_file_says_nothing(self):
        self.assertEqual(self.warnings(), [])

    def test_numbers(self):
        for key, value, understood, asked in NUMBERS:
            with self.subTest(f"{key}={value}"):
                words = ("--set", f"{key}={value}")
                lines = self.warnings(*words)
                self.assertEqual(len(lines), 1, lines)
                self.assertTrue(lines[0].startswith(f"--set {key}: warning: "), lines)
                self.assertIn(understood, lines[0])
                self.assertIn(asked, lines[0])
                strict = self.call("check", "city.yaml", "--strict", *words)
                self.expect(strict, 3)
                self.assertTrue(strict.err.endswith("1 problem; nothing was run\n"), strict.err)

    def test_business(self):
        self.write("city.yaml", GOOD + "new_business: {monthly_usd: 1m, tenors: {6M: 100%}, direction: {sell: 100%}, steady_state: false}\n")
        self.assertEqual(self.warnings(), [])
        for key, value, understood, asked in BUSINESS:
            with self.subTest(f"{key}={value}"):
                lines = self.warnings("--set", f"{key}={value}")
                self.assertEqual(len(lines), 1, lines)
                self.assertIn(understood, lines[0])
                self.assertIn(asked, lines[0])

    def test_replays(self):
        self.write("rates.csv", rates())
        for window, said in (("from: 2025-01-02", None), ("from: 2025-11-20", "are from and to right?"), ("from: 2025-01-02, to: 2035-12-31", "ends on 2026-01-02")):
            answer = self.call("check", "city.yaml", "--set", "market.pairs.USDCNY.model={type: path, file: rates.csv, " + window + "}")
            self.assertEqual(answer.status, 3 if said and "ends" in said else 0, answer.err)
            if said:
                self.assertIn(said, answer.err)
            else:
                self.assertNotIn("warning", answer.err)

    def test_headers_are_those_of_the_file(self):
        self.write("exporters.csv", EXPORTERS.replace("annual_receipts_usd", "年收汇").replace("000000,", "00,"))
        lines = self.warnings()
        self.assertTrue(len(lines) == 1 and lines[0].startswith("exporters.csv:1:20: warning: 年收汇: "), lines)

    def test_chinese(self):
        answer = self.call("check", "city.yaml", "--lang", "zh", "--set", "pool.concentration.bank=35")
        self.assertIn("3500 %：单一银行集中度上限通常在 2 % 到 100 % 之间（这是占额度的比例，超过 100% 便永远不起作用）；是否应为 35 %？", answer.err)
        answer = self.call("check", "city.yaml", "--lang", "zh", "--set", "market.pairs.USDCNY.spot=67.8")
        self.assertIn("是否应为 6.78？", answer.err)

    def test_nothing_is_said_twice(self):
        answer = self.call("check", "city.yaml", "--set", "market.pairs.USDCNY.model.volatility=42")
        self.expect(answer, 3)
        self.assertNotIn("warning", answer.err)

    def test_contract_rates(self):
        for wrong, meant in (("707", "7.07"), ("700.16", "7.0016"), ("0.0716", "7.16"), ("0.1414", "7.07")):
            self.write("contracts.csv", CONTRACTS.replace("7.03", wrong))
            lines = self.warnings()
            self.assertEqual(len(lines), 1, lines)
            self.assertIn("contracts.csv:4", lines[0])
            self.assertIn(f"did you mean {meant}", lines[0])

    def test_many_rows_are_one_line(self):
        self.write("contracts.csv", CONTRACTS.replace("7.0", "70"))
        lines = self.warnings()
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("the same of 6 rows, the next in lines 3 and 4", lines[0])

    def test_units_of_the_book(self):
        cases = [
            ("contracts.csv", CONTRACTS.replace("300000", "30000000"), "contracts.csv:4", "more than the firm receives in a year"),
            ("contracts.csv", CONTRACTS.replace("00000,", "0,"), "contracts.csv:1", "half of the deals"),
            ("exporters.csv", EXPORTERS.replace("000000,", "00,"), "exporters.csv:1", "万美元"),
            ("exporters.csv", EXPORTERS.replace("000000,", "000,").replace(",1000,", ",100000,"), "exporters.csv:1", "万美元"),
            ("exporters.csv", EXPORTERS.replace("3%", "0.01%"), "exporters.csv:2", "did you mean"),
            ("exporters.csv", EXPORTERS.replace("20%", "0.2%"), "exporters.csv:1", "did you mean 20 %?"),
            ("exporters.csv", EXPORTERS.replace("20%", "0.2%", 1), "exporters.csv:2", "did you mean 20 %?"),
            ("exporters.csv", EXPORTERS.replace("500000", "50", 1), "exporters.csv:2", "liquidity"),
            ("exporters.csv", EXPORTERS.replace("500000", "5000000000", 1), "exporters.csv:2", "beside receipts"),
            ("contracts.csv", CONTRACTS.replace("100000,", "10,", 1), "contracts.csv:2", "did you mean"),
            ("contracts.csv", CONTRACTS.replace("2026-06-13", "2036-06-13"), "contracts.csv:4", "a wrong year?"),
            ("contracts.csv", CONTRACTS.replace("2025-11-05", "2015-11-05"), "contracts.csv:4", "a wrong year?"),
        ]
        for name, text, place, said in cases:
            with self.subTest(place + said):
                self.write(name, text)
                lines = self.warnings()
                self.assertEqual(len(lines), 1, lines)
                self.assertIn(place, lines[0])
                self.assertIn(said, lines[0])
                self.write("contracts.csv", CONTRACTS)
                self.write("exporters.csv", EXPORTERS)

    def test_words_that_match_nothing(self):
        for right, wrong, meant in (("E2,electronics", "E2,electronic", "electronics"), ("E7,纺织", "E7,纺职", "纺织"), ("E7,纺织", "E7,纺织业", "纺织")):
            self.write("exporters.csv", EXPORTERS.replace(right, wrong))
            lines = self.warnings()
            self.assertEqual(len(lines), 1, lines)
            self.assertIn(f"did you mean '{meant}'?", lines[0])
        for right, other in (("E7,纺织", "E7,针织"), ("集团一\nE2", "集团三\nE2")):
            self.write("exporters.csv", EXPORTERS.replace(right, other))
            self.assertEqual(self.warnings(), [])

    def history(self, text, drawn=False):
        self.write("rates.csv", text)
        words = ("--set", "market.pairs.USDCNY.model={type: bootstrap, history: rates.csv}") if drawn else ("--set", "market.pairs.USDCNY.history=rates.csv")
        answer = self.call("check", "city.yaml", *words)
        return answer.status, [line for line in answer.err.split("\n") if line.startswith("rates.csv") and ": note: " not in line]

    def test_rates(self):
        def stands(i, day, rate):
            return 7.1234 if 600 <= i < 612 else rate

        year = datetime.date
        cases = [
            ("right", rates(), 0, None),
            ("inverted", rates(lambda i, day, rate: 1 / rate), 0, "the wrong way round"),
            ("another pair's", rates(column="EURCNY"), 0, "those of EURCNY"),
            ("one rate 10 % off", rates(lambda i, day, rate: rate * (1.1 if i == 600 else 1)), 0, "off both its neighbours"),
            ("a missing year", rates(keep=lambda i, day: not day.startswith("2025-0")), 0, "no rates between"),
            ("monthly", rates(keep=lambda i, day: i % 21 == 0, since="2010-01-01"), 3, "not daily"),
            ("weekly", rates(keep=lambda i, day: year.fromisoformat(day).weekday() == 2), 3, "not daily"),
            ("copied forward", rates(stands), 3, "copied forward"),
            ("a year old", rates(until="2024-11-29"), 0, "days earlier"),
        ]
        for title, text, status, said in cases:
            with self.subTest(title):
                found, lines = self.history(text, drawn=True)
                self.assertEqual(found, status, lines)
                self.assertEqual(len(lines), 0 if said is None else 1, lines)
                if said:
                    self.assertIn(said, lines[0])
                found, lines = self.history(text)
                self.assertEqual(found, 0, lines)
                self.assertEqual(len(lines), 0 if said is None else 1, lines)

    def test_strict(self):
        words = ("city.yaml", "--set", "pool.concentration.bank=35")
        self.expect(self.call("run", *words, "--strict"), 3)
        self.assertFalse((self.folder / "results").exists())
        self.expect(self.call("trace", *words, "--path", "0", "--strict"), 3)
        self.expect(self.call("check", *words), 0)
        self.expect(self.call("check", "city.yaml", "--strict"), 0)
        self.expect(self.call("run", "city.yaml", "--strict"), 0)  # that gbm has thin tails is no warning about an input
        self.expect(self.call("calibrate", "rates.csv", "--model", "gbm", "--strict"), 2)

    def test_shipped_scenarios_say_nothing(self):
        files = sorted(path for folder in ("", "models", "episodes") for path in (SOURCE / "scenarios" / folder).glob("*.yaml"))
        self.assertGreater(len(files), 30)
        answer = self.call("check", "--strict", *files)
        self.expect(answer, 0)
        self.assertNotIn("warning", answer.err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
