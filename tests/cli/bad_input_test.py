"""Bad input: message, place, exit status 3; what is allowed warns and runs."""

import json
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
        rows = "\n".join(_bad_inputs.ROW.replace("C1", f"C{i}").replace("ICBC", f"XYZ{i}") for i in range(250))
        answer = self.look({"contracts.csv": f"{_bad_inputs.HEADER}\n{rows}\n"})
        self.expect(answer, 3)
        lines = answer.err.rstrip("\n").split("\n")
        self.assertEqual(len([line for line in lines if line.startswith("contracts.csv:")]), 101)
        self.assertIn("150 more like this one", answer.err)
        self.assertEqual(lines[-1], "250 problems; nothing was run")

    def test_one_mistake_on_many_rows_is_one_line(self):
        rows = "\n".join(_bad_inputs.ROW.replace("C1", f"C{i}").replace("ICBC", "ICBCX") for i in range(111))
        files = {"contracts.csv": f"{_bad_inputs.HEADER}\n{rows}\n"}
        answer = self.look(files)
        self.expect(answer, 3)
        lines = answer.err.rstrip("\n").split("\n")
        self.assertEqual(lines[0], "contracts.csv:2:7: bank_id: unknown bank 'ICBCX'; did you mean 'ICBC'? (111 times; also lines 3, 4)")
        self.assertEqual([line for line in lines[1:] if line.startswith("contracts.csv")], [])
        self.assertEqual(lines[-1], "111 problems; nothing was run")
        problem = json.loads(self.look(files, "check", "--json").out)["problems"][0]
        self.assertEqual(problem["count"], 111)
        self.assertEqual(problem["places"], [{"line": 2, "column": 7}, {"line": 3, "column": 7}, {"line": 4, "column": 7}])
        self.assertEqual(problem["message"], "unknown bank 'ICBCX'; did you mean 'ICBC'?")

    def test_a_file_name_that_is_no_utf8(self):
        answer = self.call("check", "\udcff.yaml", "--json")  # the byte FF
        self.expect(answer, 3)
        self.assertEqual(json.loads(answer.out)["problems"][0]["message"], "there is no such file")

    def test_a_table_as_an_office_writes_it(self):
        contracts = ("合约编号,企业编号,银行,货币对（如USDCNY）,方向,外币金额（万美元）,合约汇率,交易日期,交割日（YYYY-MM-DD）,备注\n"
                     "C1,E1,ICBC,USDCNY,结汇,50,6.75,45992,2026/3/2 0:00,x\n").encode("gb18030")
        exporters = "企业编号,企业名称,年收汇（万美元）,违约概率（%）\nE1,Total Textiles Ltd,\"1,200\",3\n"
        answer = self.look({"small.yaml": _bad_inputs.GOOD + "exporters: exporters.csv\n", "contracts.csv": contracts, "exporters.csv": exporters}, "check")
        self.expect(answer, 0)
        self.assertEqual(answer.err.rstrip("\n").split("\n"), [
            "contracts.csv:1:30: note: 外币金额（万美元）: read as 万美元: 50 is 500,000 USD",
            "contracts.csv:1:66: note: unknown column '备注'; it is not read",
            "exporters.csv:1:11: note: 年收汇（万美元）: read as 万美元: 1,200 is 12,000,000 USD",
            "exporters.csv:1:20: note: 违约概率（%）: read as %: 3 is 0.03"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
