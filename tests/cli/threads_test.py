"""The same bytes for any number of threads, in every file but manifest.json; and the same again."""

import unittest

from _program import SOURCE, ProgramCase, files_of, fxpool


class Threads(ProgramCase):
    def same_bytes(self, file, *more):
        first = None
        for threads in (1, 2, 3, 8, 1):
            out = self.folder / f"out-{threads}"
            answer = fxpool("run", file, "--quiet", "--threads", threads, "--out", out, *more)
            self.assertIn(answer.status, (0, 4), answer.err)  # a limit may be missed: that is no matter here
            files = {name: raw for name, raw in files_of(out).items() if not name.endswith("manifest.json")}
            self.assertGreater(len(files), 5)
            first = first or files
            self.assertEqual(set(files), set(first))
            for name, raw in files.items():
                self.assertTrue(raw == first[name], f"{name} differs with {threads} threads")  # no megabytes of difference in the log

    def test_a_small_book(self):
        self.same_bytes(self.folder / self.scenario(), "--paths", "3000")

    def test_new_business_calls_and_queues(self):
        self.same_bytes(SOURCE / "scenarios/replay-2022-trend-calls.yaml", "--paths", "200", "--set", "pool.claims.shortfall=queue", "--set",
                        "pool.layout=hybrid")


if __name__ == "__main__":
    unittest.main(verbosity=1)
