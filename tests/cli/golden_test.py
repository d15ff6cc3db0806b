#!/usr/bin/env python3
"""The shipped scenarios give the results that they gave: key metrics at 2,000 paths against tests/golden/<scenario>.json.

Relative 1e-9; numbers of events exactly. FXPOOL_UPDATE_GOLDEN=1 (./fxpool test --update) writes the files anew: look at the
difference before committing it.
"""
import json
import os
import tempfile
import unittest

from _program import SOURCE, fxpool

PATHS = 2000
SHIPPED = sorted(path.stem for path in (SOURCE / "scenarios").glob("*.yaml"))
# Under a sanitizer, which is slow, the small ones are enough.
RUN = SHIPPED if os.environ.get("FXPOOL_REPETITIONS_DIVISOR", "1") == "1" else ["fuzhou-base", "fuzhou-first-deal"]
GOLDEN = SOURCE / "tests" / "golden"

# Means of these are whole numbers over the paths: they count events.
COUNTED = ["failures.insolvency.mean", "failures.order_loss.mean", "failures.strategic.mean", "failures.margin_call.mean",
           "failures.absorbed.mean", "failures.pending.mean", "contracts.opened.mean", "contracts.delivered.mean",
           "contracts.closed_out.mean", "contracts.rolled.mean", "contracts.alive.mean", "quota.refused.deals.mean",
           "exhaustion.probability"]
MEASURED = ["pool_loss.gross.mean", "pool_loss.gross.stdev", "pool_loss.gross.var.0.99", "pool_loss.demand.var.0.99",
            "pool_loss.demand.es.0.975", "pool_loss.demand.max", "pool_loss.net.mean", "pool_loss.by_cause.insolvency.mean",
            "pool_loss.by_cause.order_loss.mean", "pool_loss.by_cause.margin_call.mean", "pool_loss.receivable.mean",
            "bearers.banks.mean", "bearers.government.mean", "bearers.client_margin.mean", "bearers.total.mean",
            "balance.end.mean", "balance.end.0.05", "balance.lowest_available.0.01", "quota.utilisation.mean",
            "quota.refused.usd.mean", "quota.turnover", "benefit.margin_freed.mean", "benefit.net_public_cost", "margin.all.exceeded"]


def flat(metrics, before=""):
    """{"a": {"b": {"value": ...}}} as {"a.b": {"value": ...}}."""
    found = {}
    for key, value in metrics.items():
        if not isinstance(value, dict):
            continue
        if "value" in value:
            found[before + key] = value
        found.update(flat(value, before + key + "."))
    return found


def figures_of(name):
    with tempfile.TemporaryDirectory() as folder:
        answer = fxpool("run", SOURCE / "scenarios" / f"{name}.yaml", "--paths", PATHS, "--out", folder, "--json", "--quiet")
    if answer.status not in (0, 4):  # a limit that is not met is an answer too
        raise AssertionError(f"{name}: status {answer.status}\n{answer.err}")
    metrics = flat(json.loads(answer.out)["metrics"])
    figures = {key: round(metrics[key]["value"] * PATHS) for key in COUNTED}
    for key in MEASURED:
        figures[key] = {part: number for part, number in metrics[key].items() if part in ("value", "standard_error", "low", "high")}
    return figures


def near(a, b):
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


UPDATE = os.environ.get("FXPOOL_UPDATE_GOLDEN") == "1"


class Golden(unittest.TestCase):
    def test_scenarios_give_what_they_gave(self):
        if UPDATE:
            GOLDEN.mkdir(exist_ok=True)
            for file in GOLDEN.glob("*.json"):
                file.unlink()
        for name in SHIPPED if UPDATE else RUN:
            file = GOLDEN / f"{name}.json"
            figures = figures_of(name)
            if UPDATE:
                file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
                continue
            with self.subTest(scenario=name):
                self.assertTrue(file.exists(), f"{file.name} is missing: ./fxpool test --update writes it")
                golden = json.loads(file.read_text(encoding="utf-8"))
                self.assertEqual(set(figures), set(golden))
                for key in COUNTED:
                    self.assertEqual(figures[key], golden[key], key)
                for key in MEASURED:
                    self.assertEqual(set(figures[key]), set(golden[key]), key)
                    for part, number in golden[key].items():
                        self.assertTrue(near(figures[key][part], number), f"{key}.{part}: {figures[key][part]!r}, was {number!r}")

    @unittest.skipIf(UPDATE, "the files are being written")
    def test_no_golden_file_is_left_over(self):
        self.assertEqual(sorted(path.stem for path in GOLDEN.glob("*.json")), SHIPPED)

    def test_a_changed_figure_is_seen(self):
        self.assertFalse(near(100.0, 100.0 * (1 + 2e-9)))
        self.assertTrue(near(100.0, 100.0 * (1 + 1e-10)))
        self.assertFalse(near(None, 1.0))


if __name__ == "__main__":
    unittest.main()
