"""Bad input: message, place, exit status 3; what is allowed warns and runs."""

import unittest

import _bad_inputs
from _program import ProgramCase


class BadInput(ProgramCase):
    def look(self, files, command="check", *more):
        for name, text in {"small.yaml": _bad_inputs.GOOD, "contracts.csv": _bad_inputs.CONTRACTS, **files}.items():
            self.write(name, text)
        return self.call(command, "small.yaml", *more)

    def test_errors(self):
        for title, files, place, said in _bad_inputs.ERRORS:
            with self.subTest(title):
                answer = self.look(files)
                self.expect(answer, 3)
                lines = answer.err.rstrip("\n").split("\n")
                self.assertTrue(any(line.startswith(place) and said in line for line in lines), f"{place} ... {said}\n{answer.err[:1000]}")
                self.assertRegex(lines[-1], r"^(1 problem|\d+ problems); nothing was run$")
                self.assertTrue(all(len(line) < 1000 for line in lines))

    def test_run_and_trace_refuse_them_too(self):
        for title, files, _, _ in _bad_inputs.ERRORS[:6]:
            with self.subTest(title):
                self.expect(self.look(files, "run"), 3)
                self.expect(self.look(files, "trace", "--path", "1"), 3)
        self.assertFalse((self.folder / "results").exists())

    def test_warnings(self):
        for title, files, place, said in _bad_inputs.WARNINGS:
            with self.subTest(title):
                answer = self.look(files)
                self.expect(answer, 0)
                self.assertTrue(any(line.startswith(place) and said in line for line in answer.err.split("\n")), answer.err)
                self.assertIn("small.yaml: no problems", answer.out)

    def test_at_most_a_hundred_of_a_kind(self):
        rows = "\n".join(_bad_inputs.ROW.replace("C1", f"C{i}").replace("ICBC", "XYZ") for i in range(250))
        answer = self.look({"contracts.csv": f"{_bad_inputs.HEADER}\n{rows}\n"})
        self.expect(answer, 3)
        lines = answer.err.rstrip("\n").split("\n")
        self.assertEqual(len([line for line in lines if line.startswith("contracts.csv:")]), 101)
        self.assertIn("150 more like this one", answer.err)
        self.assertEqual(lines[-1], "250 problems; nothing was run")


if __name__ == "__main__":
    unittest.main(verbosity=1)
