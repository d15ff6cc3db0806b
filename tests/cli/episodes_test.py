#!/usr/bin/env python3
"""Each fragment of scenarios/episodes: it checks, moves as the noon rates did to half a point, and a path under it is the rates file's own."""
import bisect
import csv
import json
import subprocess
import sys
import unittest

from _program import SOURCE, ProgramCase, fxpool

EPISODES = SOURCE / "scenarios/episodes"
NOON = {  # first and last day, move in per cent by the Federal Reserve's noon rates
    "811-reform": ("2015-08-04", "2015-08-25", 3.3), "2015-16-slide": ("2015-10-30", "2016-12-16", 10.1),
    "trade-war-1": ("2018-02-07", "2018-10-31", 11.3), "trade-war-2": ("2019-04-17", "2019-09-03", 7.4),
    "covid": ("2020-01-17", "2020-05-27", 4.5), "2022": ("2022-02-28", "2022-10-31", 15.8), "2023": ("2023-01-13", "2023-09-08", 9.6),
    "2024-q4": ("2024-09-26", "2025-01-10", 4.6), "tariffs": ("2025-03-18", "2025-04-09", 1.7),
    "appreciation-1": ("2020-05-27", "2021-01-29", -10.3), "snap-back": ("2022-10-31", "2023-01-13", -8.3),
    "appreciation-2": ("2025-04-09", "2026-04-13", -7.1),  # noon's is from one monthly average to another, later than the file goes
}
with open(SOURCE / "scenarios/data/cny-fx-daily-2005-2026.csv", encoding="utf-8") as table:
    ROWS = [(row["date"], float(row["USDCNY"])) for row in csv.DictReader(table)]
DATES = [date for date, _ in ROWS]


def rates_of(name):
    """The file's rates from the row at or before the first day to the one at or before the last."""
    first, last = (bisect.bisect_right(DATES, day) for day in NOON[name][:2])
    return [rate for _, rate in ROWS[first - 1:last]]


class Episodes(ProgramCase):
    def extended(self, name):
        base, episode = (json.dumps(str(file)) for file in (SOURCE / "scenarios/fuzhou-base.yaml", EPISODES / f"{name}.yaml"))
        return self.write(f"under-{name}.yaml", f"extends: [{base}, {episode}]\nname: under-{name}\n")

    def test_every_episode_is_here(self):
        self.assertEqual(sorted(NOON), sorted(file.stem for file in EPISODES.glob("*.yaml")))

    def test_each_checks_and_is_a_fragment(self):
        for name in NOON:
            with self.subTest(name):
                answer = fxpool("check", EPISODES / f"{name}.yaml")
                self.expect(answer, 0)
                self.assertIn("it is a fragment", answer.out)
                self.assertEqual(answer.err, "")

    def test_each_moves_as_noon_rates_did(self):
        for name, (_, _, noon) in NOON.items():
            with self.subTest(name):
                rates = rates_of(name)
                move = 100 * (rates[-1] / rates[0] - 1)
                self.assertLess(abs(move - noon), 0.5)
                self.assertIn(f"{move:+.2f} % in {len(rates) - 1} moves", (EPISODES / f"{name}.yaml").read_text(encoding="utf-8"))

    def test_a_path_is_the_file(self):
        for name in NOON:
            with self.subTest(name):
                rates = rates_of(name)
                answer = fxpool("trace", self.extended(name), "--path", 7, "--json", "--set", "horizon.months=16")
                self.expect(answer, 0)
                walked = [day["rates"]["USDCNY"] for day in json.loads(answer.out)["days"]]
                self.assertGreater(len(walked), len(rates))
                for i in range(1, len(rates)):
                    self.assertAlmostEqual(walked[i] / walked[i - 1], rates[i] / rates[i - 1], delta=1e-12)
                self.assertAlmostEqual(walked[-1] / walked[len(rates) - 1], 1, delta=1e-12)  # then it stands still

    def test_each_runs_on_the_base(self):
        for name in NOON:
            with self.subTest(name):
                answer = fxpool("run", self.extended(name), "--paths", 50, "--out", self.folder / "out", "--quiet", "--json")
                self.assertIn(answer.status, (0, 4), answer.err)
                model = json.loads(answer.out)["parameters"]["market"]["pairs"]["USDCNY"]["model"]
                self.assertEqual(model["type"], "path")
                self.assertEqual((model["from"], model["to"]), NOON[name][:2])

    def test_the_table_is_what_the_script_prints(self):
        done = subprocess.run([sys.executable, str(EPISODES / "moves.py")], stdout=subprocess.PIPE, env={"PYTHONIOENCODING": "utf-8"}, check=True)
        self.assertIn(done.stdout.decode("utf-8"), (SOURCE / "docs/episodes.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
