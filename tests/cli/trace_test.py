"""A path's ledger: its sums are the path's row of losses.csv to the fen, and its lines add up."""

import csv
import io
import json
import re
import unittest
from decimal import Decimal

from _program import SOURCE, ProgramCase, fxpool

FEN = 0.005


def number(text):
    return float(text.replace(",", ""))


class Trace(ProgramCase):
    def setUp(self):
        super().setUp()
        self.out = self.folder / "out"

    def rows(self, file, *more):
        """losses.csv of a run: path -> row."""
        answer = fxpool("run", file, "--quiet", "--out", self.out, *more)
        self.assertIn(answer.status, (0, 4), answer.err)
        text = next(self.out.rglob("losses.csv")).read_text("utf-8-sig")
        return {int(row["path"]): row for row in csv.DictReader(io.StringIO(text))}

    def ledger(self, file, path, *more):
        answer = fxpool("trace", file, "--path", path, "--json", *more)
        self.expect(answer, 0)
        return json.loads(answer.out)

    def check_path(self, file, row, path, *more):
        ledger = self.ledger(file, path, *more)
        sums = ledger["sums"]
        for loss in ("gross", "demand", "net"):
            self.assertAlmostEqual(sums[loss], float(row[loss]), delta=FEN)
        self.assertEqual(sums["exhaustion_day"] or "", row["exhaustion_day"])

        # every claim splits whole, and the claims make the sums
        for claim in ledger["claims"]:
            self.assertAlmostEqual(sum(claim["pays"].values()), claim["loss"], delta=FEN)
            self.assertAlmostEqual(claim["loss"] - claim["own_margin"], claim["net"], delta=FEN)
            if not claim["rejected"]:
                cut = claim["cut_by_deal_cap"] + claim["cut_by_exporter_cap"] + claim["cut_by_yearly_cap"]
                self.assertAlmostEqual(claim["pool_share"] - cut, claim["demand"], delta=FEN)
            covered = claim["from_own_part"] + claim["from_common_part"] + claim["short_of_cash"]
            self.assertAlmostEqual(covered, claim["demand"], delta=FEN)
        add = lambda key: sum(claim["pays"][key] for claim in ledger["claims"])
        bearers = sums["bearers"]
        self.assertAlmostEqual(add("pool"), sums["gross"], delta=FEN)
        self.assertAlmostEqual(add("pool"), bearers["pool"], delta=FEN)
        self.assertAlmostEqual(add("bank"), sum(bearers["bank"].values()), delta=FEN)
        for key in ("guarantor", "government", "client_margin"):
            self.assertAlmostEqual(add(key), bearers[key], delta=FEN)
        self.assertAlmostEqual(sum(claim["demand"] for claim in ledger["claims"]), sums["demand"], delta=FEN)
        self.assertAlmostEqual(sum(claim["loss"] for claim in ledger["claims"]), sums["loss"], delta=FEN)

        # the cash of every day follows from the day before
        cash = sums["cash"]["start"]
        for day in ledger["days"]:
            cash += day["interest"] + day["fees"] + day["recoveries"] + day["refills"] - day["claims_paid"]
            self.assertAlmostEqual(cash, day["cash"], delta=FEN)
        self.assertAlmostEqual(cash, sums["cash"]["end"], delta=FEN)
        paid = sum(event["amount"] for event in ledger["events"] if event["event"] == "claim_paid")
        self.assertAlmostEqual(paid, sums["cash"]["claims_paid"], delta=FEN)
        return ledger

    def test_sums_are_the_row_of_the_results(self):
        file = SOURCE / "scenarios/fuzhou-base.yaml"
        rows = self.rows(file, "--paths", "400")
        worst = max(rows, key=lambda path: float(rows[path]["demand"]))
        for path in (0, 1, 17, worst):
            self.check_path(file, rows[path], path, "--paths", "400")

    def test_with_calls_a_queue_refills_and_caps(self):
        file = SOURCE / "scenarios/replay-2022-trend-calls.yaml"
        more = ["--paths", "60", "--set", "pool.fund=3m", "--set", "pool.claims={shortfall: queue, delay_days: 3, rejection: 5%}",
                "--set", "pool.deductible=1%", "--set", "pool.exporter_cap={claims: 300k}", "--set", "pool.layout=hybrid",
                "--set", "pool.refill={when: trigger, below: 80%, to: 100%, delay_days: 20}", "--set", "pool.yearly_claims_cap=4m",
                "--set", "pool.excess=government", "--set", "pool.margin.client_share=20%"]
        rows = self.rows(file, *more)
        worst = sorted(rows, key=lambda path: -float(rows[path]["demand"]))[:4]
        seen = set()
        for path in worst:
            ledger = self.check_path(file, rows[path], path, *more)
            seen |= {event["event"] for event in ledger["events"]}
            seen |= {key for claim in ledger["claims"] for key, value in claim.items() if value is True or (isinstance(value, float) and value > 0)}
        for kind in ("call", "call_met", "forced_close", "refill", "deductible", "own_margin", "excess"):
            self.assertIn(kind, seen)

    def test_the_text_adds_up(self):
        file = SOURCE / "scenarios/fuzhou-base.yaml"
        rows = self.rows(file, "--paths", "400")
        worst = max(rows, key=lambda path: float(rows[path]["demand"]))
        answer = fxpool("trace", file, "--path", worst, "--paths", "400")
        self.expect(answer, 0)
        text = answer.out
        last = lambda label: re.findall(rf"^ *{re.escape(label)}.*?  +([-\d,.]+)$", text, re.M)
        self.assertEqual(last("gross: booked to the pool"), [f"{Decimal(rows[worst]['gross']):,.2f}"])
        self.assertEqual(last("demand: before the cut"), [f"{Decimal(rows[worst]['demand']):,.2f}"])
        limbs = [number(figure) for figure in last("borne by the pool")]
        self.assertGreater(len(limbs), 3)
        self.assertAlmostEqual(sum(limbs), float(rows[worst]["gross"]), delta=FEN * (len(limbs) + 1))
        paid = [number(figure) for figure in re.findall(r"^  claim paid +([\d,.]+), paid to", text, re.M)]
        self.assertAlmostEqual(sum(paid), -number(last("claims paid")[-1]), delta=FEN * (len(paid) + 1))
        bearers = text[text.index("Who bore what"):text.index("The pool's cash")].split("\n")[1:-2]
        figures = [number(line.split()[-1]) for line in bearers if line.strip()]
        self.assertAlmostEqual(sum(figures[:-1]), figures[-1], delta=FEN * len(figures))

    def test_quiet_days_fold(self):
        file = self.folder / self.scenario()
        folded, whole = fxpool("trace", file, "--path", "3"), fxpool("trace", file, "--path", "3", "--all-days")
        self.expect(folded, 0)
        self.expect(whole, 0)
        self.assertRegex(folded.out, r"2026-\d\d-\d\d to 2026-\d\d-\d\d: \d+ quiet days   USDCNY \d\.\d{6}")
        self.assertNotIn("quiet day", whole.out)
        days = len(self.ledger(file, 3)["days"])
        self.assertEqual(len(re.findall(r"^2026-\d\d-\d\d \(day \d+\)", whole.out, re.M)), days)

    def test_any_path_number_can_be_walked(self):
        file = self.folder / self.scenario()
        answer = fxpool("trace", file, "--path", "123456789012")
        self.expect(answer, 0)
        self.assertIn("path 123456789012 is beyond the scenario's 200 paths (0 to 199)", answer.err)
        self.assertNotIn("beyond", fxpool("trace", file, "--path", "199").err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
