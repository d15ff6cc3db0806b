#!/usr/bin/env python3
"""What holds under gbm holds under every rate model: the same bytes for any number of threads, a trace that is the run's path, several
pairs at once, and what the models share."""

import csv
import io
import json
import re
import unittest

from _program import SOURCE, ProgramCase, files_of, fxpool

RATES = SOURCE / "scenarios/data/cny-fx-daily-2005-2026.csv"
WINDOW = f"history: {RATES}, from: 2015-08-11, to: 2025-12-31"
MODELS = {
    "quotes": "{type: gbm, volatility: {quotes: {1M: 2.5%, 6M: 3.6%, 12M: 4.2%}}, drift: carry}",
    "merton": "{type: merton, volatility: 3.5%, drift: carry, jump_intensity: 6, jump_mean: 0.2%, jump_volatility: 0.6%}",
    "heston": "{type: heston, v0: 0.0018, kappa: 2.8, theta: 0.0018, xi: 0.12, rho: 0.3, drift: 1%}",
    "regime": "{type: regime, states: [{name: calm, volatility: 2.8%}, {name: stress, volatility: 6%, drift: 8%}], generator: [[-1, 1], [2, -2]],"
              " start: [30%, 70%]}",
    "bootstrap": f"{{type: bootstrap, {WINDOW}, mean_block: 60, scale_volatility_to: 5%, drift: carry}}",
    "garch": "{type: garch, omega: 0.0000002, alpha: 0.06, beta: 0.9, gamma: -0.02, residuals: student(5)}",
    "filtered": f"{{type: garch, omega: 0.0000002, alpha: 0.06, beta: 0.9, residuals: history, {WINDOW}}}",
    "then": f"{{type: path, moves: [1.83%, 0.97%], then: {{type: bootstrap, {WINDOW}}}}}",
}


def scenario(model, more_pairs="", band="none"):
    return (f"fxpool: 1\nname: small\nhorizon: {{start: 2026-01-05, months: 6}}\n"
            f"market:\n  curves: {{CNY: 1.5%, USD: 3.4%, EUR: 2%, GBP: 3%}}\n"
            f"  pairs:\n    USDCNY: {{spot: 6.78, band: {band}, model: {model}}}\n{more_pairs}"
            "pool: {fund: 2m}\nbanks:\n  - {id: ICBC, weight: 60%}\n  - {id: BOC, weight: 40%}\ncontracts: contracts.csv\n"
            "failure: {insolvency: {pd: 20%, fx_beta: 0.5, keep_mean: true}, order_loss: {probability: 10%, fx_beta: 1}}\n"
            "simulation: {paths: 300, seed: 7}\n")


class Models(ProgramCase):
    def rates(self, path, *more, file="small.yaml"):
        answer = self.call("trace", file, "--path", path, "--json", *more)
        self.assertEqual(answer.status, 0, answer.err)
        return [day["rates"] for day in json.loads(answer.out)["days"]]

    def test_same_bytes_and_the_trace_is_the_path(self):
        for name, model in MODELS.items():
            for band in ("none", "0.3%"):
                with self.subTest(name, band=band):
                    self.write("small.yaml", scenario(model, band=band))
                    first = None
                    for threads in (1, 3):
                        out = self.folder / f"{name}-{band}-{threads}"
                        answer = self.call("run", "small.yaml", "--quiet", "--threads", threads, "--out", out)
                        self.assertEqual(answer.status, 0, answer.err)
                        files = {file: raw for file, raw in files_of(out).items() if not file.endswith("manifest.json")}
                        first = first or files
                        self.assertTrue(files == first, f"{name}: other bytes with {threads} threads")
                    losses = next(out.rglob("losses.csv")).read_text("utf-8-sig")
                    rows = {int(row["path"]): row for row in csv.DictReader(io.StringIO(losses))}
                    worst = max(rows, key=lambda path: float(rows[path]["gross"]))
                    for path in (0, worst):
                        sums = json.loads(self.call("trace", "small.yaml", "--path", path, "--json").out)["sums"]
                        for loss in ("gross", "demand", "net"):
                            self.assertAlmostEqual(sums[loss], float(rows[path][loss]), delta=0.005)
                    self.assertGreater(float(rows[worst]["gross"]), 0)

    def test_every_model_has_an_example_here(self):
        schema = json.loads(fxpool("schema").out)
        pairs = schema["properties"]["market"]
        names = set(re.findall(r'"type": {"const": "([a-z]+)"', json.dumps(pairs)))
        self.assertGreater(len(names), 5)
        self.assertEqual(names, {re.search(r"type: ([a-z]+)", model)[1] for model in MODELS.values()})

    def test_the_calibrated_models_that_ship(self):
        shipped = sorted((SOURCE / "scenarios/models").glob("*.yaml"))
        self.assertEqual([file.stem for file in shipped], ["bootstrap", "garch", "gbm", "heston", "merton", "regime"])
        for file in shipped:
            with self.subTest(file.name):
                self.assertEqual(fxpool("check", file).status, 0)
        answer = fxpool("calibrate", RATES, "--pair", "USDCNY", "--model", "gbm", "--from", "2015-08-01", "--to", "2025-12-31", "--json", "--quiet")
        volatility = json.loads(answer.out)["result"]["models"][0]["model"]["volatility"]
        text = (SOURCE / "scenarios/models/gbm.yaml").read_text("utf-8")
        self.assertAlmostEqual(float(re.search(r"volatility: (\S+)", text)[1]), volatility, places=9)

    def test_a_seed_moves_the_rates_and_a_path_repeats(self):
        for name, model in MODELS.items():
            with self.subTest(name):
                self.write("small.yaml", scenario(model))
                one = self.rates(5)
                self.assertEqual(one, self.rates(5))
                self.assertNotEqual(one, self.rates(6))
                self.assertNotEqual(one, self.rates(5, "--seed", 8))

    def test_pairs_that_draw_from_history_share_their_rows(self):
        # in EURCNY's moves over the same days every row must stand as often, and beside the same row of USDCNY
        more = f"    EURCNY: {{spot: 7.9, model: {{type: bootstrap, {WINDOW}, demean: false}}}}\n"
        self.write("small.yaml", scenario(f"{{type: bootstrap, {WINDOW}, demean: false}}", more))
        with open(RATES, encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if "2015-08-11" <= row["date"] <= "2025-12-31" and row["USDCNY"] and row["EURCNY"]]
        with open(SOURCE / "data/cn-holidays-2005-2035.csv", encoding="utf-8") as file:
            holidays = {row["date"] for row in csv.DictReader(file)}
        rows = [row for row in rows if row["date"] not in holidays]
        pairs = {}
        for before, after in zip(rows, rows[1:]):
            pairs[round(float(after["USDCNY"]) / float(before["USDCNY"]), 11)] = float(after["EURCNY"]) / float(before["EURCNY"])
        rates = self.rates(3)
        self.assertGreater(len(rates), 100)
        for before, after in zip(rates, rates[1:]):
            dollar = round(after["USDCNY"] / before["USDCNY"], 11)
            self.assertIn(dollar, pairs)
            self.assertAlmostEqual(after["EURCNY"] / before["EURCNY"], pairs[dollar], delta=1e-10)

    def test_a_pair_added_at_the_end_changes_no_other(self):
        for name, model in MODELS.items():
            with self.subTest(name):
                self.write("small.yaml", scenario(model))
                alone = [day["USDCNY"] for day in self.rates(2)]
                more = "    GBPCNY: {spot: 9.1, model: {type: garch, omega: 0.0000005, alpha: 0.05, beta: 0.9}}\n"
                self.write("small.yaml", scenario(model, more))
                self.assertEqual(alone, [day["USDCNY"] for day in self.rates(2)])

    def test_a_band_cuts_the_day_and_carries_the_rest_on(self):
        moves = "{type: path, moves: [5%, 0%, 0%, -5%]}"
        self.write("small.yaml", scenario(moves, band="2%"))
        rates = [day["USDCNY"] for day in self.rates(0)]
        wanted = [6.78, 6.78 * 1.02, 6.78 * 1.02 ** 2, 6.78 * 1.05, 6.78 * 1.05 * 0.98, 6.78 * 1.05 * 0.98 ** 2, 6.78 * 1.05 * 0.95]
        for rate, expected in zip(rates, wanted):
            self.assertAlmostEqual(rate, expected, places=12)


if __name__ == "__main__":
    unittest.main(verbosity=1)
