#!/usr/bin/env python3
"""Each shipped scenario against something worked out here, beside its golden file: insolvencies by 1 - (1 - PD)^t, the rate of a replay
by the data's own rows, the cash of a path without claims by compounding, the quota that the first deal freezes."""
import csv
import datetime
import json
import math
import os
import tempfile
import unittest

from _program import SOURCE, fxpool

PATHS = 2000 // int(os.environ.get("FXPOOL_REPETITIONS_DIVISOR", "1"))  # fewer under a sanitizer
FIRMS = {  # firms, annual default probability; None where it follows the rate and has no such formula
    "fuzhou-base": (200, 0.03), "fuzhou-5x": (1000, 0.03), "fuzhou-first-deal": (1, 0.03), "replay-2015-08": (200, 0.045),
    "replay-2018-trade-war": (200, 0.03), "replay-2022-trend": (1000, 0.03), "replay-2022-trend-calls": (1000, 0.03),
    "tariff-order-shock-2025": (200, 0.03), "liquidity-lines": (36, 0.03), "liquidity-lines-without": (36, 0.03),
    "fuzhou-base-gbm": (200, 0.03), "calm-carry-strategic": (200, 0.03), "appreciation-2025-26": (200, 0.03),
    "joint-tail-wrong-way": (200, None), "joint-tail-wrong-way-3x": (600, None), "joint-tail-wrong-way-5x": (1000, None),
    "joint-tail-wrong-way-crisis": (1000, None),
    "model-comparison": (1000, None),
}
REPLAYS = {  # the row from which the moves start
    "replay-2015-08": "2015-08-10", "replay-2018-trade-war": "2018-04-03", "replay-2022-trend": "2022-02-28",
    "replay-2022-trend-calls": "2022-02-28", "tariff-order-shock-2025": "2025-03-18", "liquidity-lines": "2022-02-28",
    "liquidity-lines-without": "2022-02-28",
}


class ScenarioChecks(unittest.TestCase):
    def test_every_scenario_is_checked(self):
        self.assertEqual(sorted(FIRMS), sorted(path.stem for path in (SOURCE / "scenarios").glob("*.yaml")))

    def test_insolvencies_and_quiet_cash(self):
        for name, (firms, pd) in FIRMS.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                answer = fxpool("run", SOURCE / "scenarios" / f"{name}.yaml", "--paths", PATHS, "--out", folder, "--json", "--quiet")
                self.assertIn(answer.status, (0, 4), answer.err)
                summary = json.loads(answer.out)
                start, end = (datetime.date.fromisoformat(summary["horizon"][key]) for key in ("start", "end"))
                # correlation spreads the count, not its mean; 5 standard errors of the run's own estimate (binomial where it saw none)
                floor = firms * (1 - (1 - 0.03) ** ((end - start).days / 365))
                expected = floor if pd is None else firms * (1 - (1 - pd) ** ((end - start).days / 365))
                estimate = summary["metrics"]["failures"]["insolvency"]["mean"]
                error = max(estimate["standard_error"], math.sqrt(expected / PATHS) / 2)
                if pd is None:  # the hazard is convex in the rate, whose drift is 0 or upwards: more insolvencies than without the link
                    self.assertGreater(estimate["value"], expected - 5 * error, f"{name}: {estimate} against {expected}")
                else:
                    self.assertLess(abs(estimate["value"] - expected), 5 * error, f"{name}: {estimate} against {expected}")
                # the best path has paid nothing: the fund grows by 1.3 % simple interest a day on the day's balance
                with open(f"{folder}/{name}/daily.csv", encoding="utf-8-sig") as file:
                    rows = list(csv.DictReader(file))
                cash, before = 20e6, start
                for row in rows[1:]:
                    day = datetime.date.fromisoformat(row["date"])
                    cash += cash * 0.013 * (day - before).days / 365
                    before = day
                most = float(rows[-1]["cash_p95"])
                self.assertLessEqual(most, cash * (1 + 1e-9))
                if name == "fuzhou-first-deal":  # most paths pay nothing
                    self.assertAlmostEqual(most / cash, 1, places=9)

    def test_replays_follow_the_data(self):
        with open(SOURCE / "scenarios/data/cny-fx-daily-2005-2026.csv", encoding="utf-8") as file:
            rows = [(row["date"], float(row["USDCNY"])) for row in csv.DictReader(file)]
        dates = [date for date, _ in rows]
        for name, first in REPLAYS.items():
            with self.subTest(name):
                trace = json.loads(fxpool("trace", SOURCE / "scenarios" / f"{name}.yaml", "--path", 0, "--json").out)
                begin = dates.index(first)
                for number, day in enumerate(trace["days"]):
                    expected = 6.78 * rows[begin + number][1] / rows[begin][1]
                    self.assertAlmostEqual(day["rates"]["USDCNY"] / expected, 1, places=12)

    def test_the_first_deal_freezes_five_per_cent(self):
        trace = json.loads(fxpool("trace", SOURCE / "scenarios/fuzhou-first-deal.yaml", "--path", 0, "--json").out)
        self.assertAlmostEqual(trace["days"][0]["frozen"], 0.05 * 500_000 * 7.17, places=6)
        self.assertEqual(trace["days"][0]["date"], "2025-03-25")


if __name__ == "__main__":
    unittest.main()
