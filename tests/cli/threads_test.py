#!/usr/bin/env python3
"""The same bytes for any number of threads, in every file but manifest.json."""
import pathlib
import tempfile
import unittest

from _program import SOURCE, fxpool

SCENARIOS = ("fuzhou-base", "replay-2022-trend-calls")
PATHS = 1500  # several blocks, and a last one that is not full


def files_in(folder):
    return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}


class Threads(unittest.TestCase):
    def test_threads_change_nothing_but_the_manifest(self):
        for name in SCENARIOS:
            with tempfile.TemporaryDirectory() as out:
                results = {}
                for threads in (1, 2, 3, 8):
                    answer = fxpool("run", SOURCE / "scenarios" / f"{name}.yaml", "--paths", PATHS, "--threads", threads,
                                    "--out", f"{out}/{threads}", "--quiet")
                    self.assertIn(answer.status, (0, 4), answer.err)
                    results[threads] = files_in(f"{out}/{threads}/{name}")
                for threads in (2, 3, 8):
                    self.assertEqual(set(results[threads]), set(results[1]))
                    for file, contents in results[1].items():
                        if file == "manifest.json":
                            continue
                        with self.subTest(scenario=name, threads=threads, file=file):
                            self.assertTrue(results[threads][file] == contents, f"{file} differs with {threads} threads")

    def test_another_seed_changes_the_results(self):
        with tempfile.TemporaryDirectory() as out:
            for seed in (1, 2):
                fxpool("run", SOURCE / "scenarios" / "fuzhou-base.yaml", "--paths", 100, "--seed", seed, "--out", f"{out}/{seed}", "--quiet")
            one, two = (files_in(f"{out}/{seed}/fuzhou-base") for seed in (1, 2))
            self.assertNotEqual(one["losses.csv"], two["losses.csv"])


if __name__ == "__main__":
    unittest.main()
