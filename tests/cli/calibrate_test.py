"""fxpool calibrate: a file of rates in, a model block out that `check` takes; what is wrong with the rates; both languages; JSON."""

import datetime
import json
import math
import random
import re
import unittest

import chinese_test
from _program import SCENARIO, SOURCE, ProgramCase, fxpool

RATES = SOURCE / "scenarios/data/cny-fx-daily-2005-2026.csv"
WINDOW = ("--pair", "USDCNY", "--from", "2018-01-01", "--to", "2020-12-31")
MODELS = re.search(r"--model MODEL +([a-z, ]+)", fxpool("calibrate", "--help").out)[1].replace(",", "").split()


def weekdays(count, start=datetime.date(2016, 1, 4)):
    """So many days from Monday to Friday; some are holidays."""
    day = start
    while count > 0:
        if day.weekday() < 5:
            yield day
            count -= 1
        day += datetime.timedelta(days=1)


def rate_file(count=800, header="date,USDCNY", change=None, level=6.5, volatility=0.003, seed=1):
    """A random walk; `change` may alter the list of [date, rate] rows."""
    draws = random.Random(seed)
    rows, log_rate = [], math.log(level)
    for day in weekdays(count):
        rows.append([day.isoformat(), f"{math.exp(log_rate):.6f}"])
        log_rate += draws.gauss(0, volatility)
    if change:
        change(rows)
    return "\n".join([header] + [",".join(row) for row in rows]) + "\n"


def block_of(text, key="model"):
    """The lines of one top-level block, the key's own included."""
    lines = text.split("\n")
    begin = lines.index(f"{key}:")
    end = begin + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    return lines[begin:end]


def is_yaml_shape(text):
    """Nothing stands at column 0 but comments, and keys that open a block."""
    return all(re.match(r"^(#.*|\w+:|  .*|)$", line) for line in text.split("\n"))


def numbers_of(value):
    """Every leaf of nested lists and maps, by its path."""
    if isinstance(value, dict):
        return {f"{key}.{path}": leaf for key, inner in value.items() for path, leaf in numbers_of(inner).items()}
    if isinstance(value, list):
        return {f"{i}.{path}": leaf for i, inner in enumerate(value) for path, leaf in numbers_of(inner).items()}
    return {"": value}


class Calibrate(ProgramCase):
    def scenario_with(self, block, name="fitted"):
        text = SCENARIO.format(name=name, fund="2m", paths=20)
        old = "    USDCNY: {spot: 6.78, model: {type: gbm, volatility: 6%}}\n"
        self.assertIn(old, text)
        pasted = "".join(f"      {line}\n" for line in block)
        return self.write(f"{name}.yaml", text.replace(old, "    USDCNY:\n      spot: 6.78\n" + pasted))

    def calibrate(self, *words, file=RATES, status=0):
        answer = self.call("calibrate", file, *words)
        self.expect(answer, status)
        return answer


class Blocks(Calibrate):
    def test_each_model_can_be_pasted_and_means_the_same(self):
        self.write("rates.csv", RATES.read_bytes())
        fits = {model: [] for model in MODELS}
        fits["regime"] = [["--states", "2"]]
        fits["garch"] = [["--residuals", kind] for kind in ("normal", "student", "history")]
        for model, variants in fits.items():
            for more in variants or [[]]:
                with self.subTest(model=model, more=more):
                    self.same_both_ways(model, more)

    def same_both_ways(self, model, more):
        words = ["calibrate", "rates.csv", *WINDOW, "--model", model, *more]
        printed, as_data = self.call(*words), self.call(*words, "--json")
        self.assertEqual(printed.status, as_data.status)
        part = json.loads(as_data.out)["result"]["models"][0]
        if printed.status == 1:  # a fit may fail on these rates: then it says so and prints no block
            self.assertNotIn("model:", printed.out.split("\n"))
            self.assertNotIn("model", part)
            self.assertIn(f"{model}: no fit: ", printed.err)
            return
        self.expect(printed, 0)
        self.assertTrue(is_yaml_shape(printed.out), printed.out)
        file = self.scenario_with(block_of(printed.out), f"with-{model}")
        self.expect(self.call("check", file.name), 0)
        ran = self.call("run", file.name, "--json", "--paths", "20")
        self.expect(ran, 0)
        pasted = numbers_of(json.loads(ran.out)["parameters"]["market"]["pairs"]["USDCNY"]["model"])
        fitted = numbers_of(part["model"])
        for path, value in fitted.items():
            if path == "history.":
                self.assertTrue(pasted[path].endswith(value))
            elif isinstance(value, float):
                self.assertAlmostEqual(pasted[path], value, delta=1e-8 * max(abs(value), 1e-2), msg=path)
            else:
                self.assertEqual(pasted[path], value, path)
        for parameter in part["parameters"]:
            self.assertIn(parameter["status"], ("estimated", "fixed", "at_floor"))
            if parameter["status"] == "estimated" and model != "bootstrap":
                self.assertGreater(parameter["standard_error"], 0, parameter["name"])

    def test_gbm_is_what_a_person_computes(self):
        self.write("r.csv", rate_file())
        result = json.loads(self.calibrate("--model", "gbm", "--json", file="r.csv").out)["result"]
        self.assertEqual(result["pair"], "USDCNY")
        self.assertEqual(result["moves"], result["rates"] - 1)
        self.assertGreater(result["dropped"], 20)  # weekdays that are holidays
        part = result["models"][0]
        self.assertAlmostEqual(part["model"]["volatility"], 0.003 / math.sqrt(result["dt"]), delta=0.003)
        n, k = result["moves"], part["free_parameters"]
        self.assertAlmostEqual(part["aic"], 2 * k - 2 * part["log_likelihood"])
        self.assertAlmostEqual(part["bic"], k * math.log(n) - 2 * part["log_likelihood"])
        days = [row["days"] for row in part["fan"]["rows"]]
        self.assertEqual(days, [21, 63, 126, 189, 250])
        for row in part["fan"]["rows"]:
            self.assertEqual(row["moves"], sorted(row["moves"]))
        for row in part["term_structure"]:
            self.assertGreater(row["model"], 0)
        self.assertEqual([row["days"] for row in part["variance_ratios"]], [5, 21, 63, 126])

    def test_the_comments_tell_the_sample(self):
        text = self.calibrate(*WINDOW, "--model", "gbm").out
        for part in ("2018-01-02 to 2020-12-31", "rows left out", "+- ", "log-likelihood", "AIC", "BIC", "Kolmogorov-Smirnov", "Ljung-Box"):
            self.assertIn(part, text)
        again = self.calibrate(*WINDOW, "--model", "gbm", "--threads", "1").out
        self.assertEqual(text.split("\n")[1:], again.split("\n")[1:])

    def test_newest_first_is_the_same(self):
        self.write("r.csv", rate_file())
        self.write("s.csv", rate_file(change=lambda rows: rows.reverse()))
        first, second = (json.loads(self.calibrate("--model", "gbm", "--json", file=file).out)["result"] for file in ("r.csv", "s.csv"))
        self.assertEqual(first["models"], second["models"])

    def test_a_fit_that_failed_says_so_and_prints_no_block(self):
        self.write("r.csv", rate_file())  # normal moves: what merton finds in them are no jumps
        answer = self.calibrate("--model", "merton", file="r.csv", status=1)
        self.assertIn("merton: no fit: ", answer.err)
        self.assertIn("# merton: no fit: ", answer.out)
        self.assertTrue(all(line.startswith("#") or not line for line in answer.out.split("\n")), answer.out)
        part = json.loads(self.calibrate("--model", "merton", "--json", file="r.csv", status=1).out)["result"]["models"][0]
        self.assertEqual(sorted(part), ["failure", "name", "notes"])
        self.assertEqual(sorted(part["failure"]), ["en", "zh"])

    def test_all_has_a_block_a_model(self):
        self.write("r.csv", rate_file())
        answer = self.calibrate("--model", "all", file="r.csv")
        self.assertTrue(is_yaml_shape(answer.out), answer.out)
        for model in MODELS:
            if f"# {model}: no fit: " in answer.out:
                continue
            self.assertEqual(block_of(answer.out, model)[1], f"  type: {model}")
        self.assertNotIn("model:", answer.out.split("\n"))  # nothing was ranked, so nothing is recommended


class Progress(Calibrate):
    def test_quiet_and_results_apart(self):
        self.write("r.csv", rate_file())
        answer = self.calibrate("--model", "gbm", "--quiet", file="r.csv")
        self.assertEqual(answer.err, "")


class WrongRates(Calibrate):
    def wrong(self, text, message, *words, lang="en"):
        self.write("r.csv", text)
        for more in ([], ["--json"]):
            answer = self.call("calibrate", "r.csv", "--model", "gbm", "--lang", lang, *words, *more)
            self.expect(answer, 3)
            self.assertEqual(answer.out, "")
            self.assertIn(message, answer.err)

    @staticmethod
    def setting(row, rate):
        def change(rows):
            rows[row][1] = rate
        return change

    def test_each_has_its_line(self):
        self.wrong(rate_file(change=self.setting(10, "0")), "r.csv:12:12: USDCNY: '0' is no rate")
        self.wrong(rate_file(change=self.setting(10, "-6.5")), "r.csv:12:12: USDCNY: '-6.5' is no rate")
        self.wrong(rate_file(change=lambda rows: rows.insert(11, rows[10])), "r.csv:13:1: date: 2016-01-18 comes twice; first in line 12")
        self.wrong(rate_file(change=lambda rows: rows.insert(5, rows.pop(10))), "r.csv:8: USDCNY: 2016-01-11 stands after 2016-01-18: the rows must follow")
        self.wrong(rate_file(change=self.setting(10, "65.1")), "r.csv:12: USDCNY: the rate goes from ")

        def stale(rows):
            for row in rows[100:130]:
                row[1] = rows[100][1]
        self.wrong(rate_file(change=stale), "copied forward?")

    def test_units(self):
        def per_hundred(rows):
            for row in rows[400:]:
                row[1] = str(float(row[1]) * 100)
        self.wrong(rate_file(header="date,JPYCNY", level=0.055, change=per_hundred), "r.csv:402: JPYCNY: the rate goes from ")
        self.wrong(rate_file(header="date,JPYCNY", level=0.055), "write them per 100 JPY")

    def test_two_years(self):
        self.wrong(rate_file(count=400), "a fit needs two years, 730 days; missing: ")
        self.wrong(rate_file(), "a fit needs two years", "--from", "2018-01-01")

    def test_pairs(self):
        two = "date,USDCNY,EURCNY\n2016-01-04,6.5,7.1\n"
        self.wrong(two, "the file has several pairs, USDCNY, EURCNY: say with --pair which one")
        self.wrong("date,rate\n2016-01-04,6.5\n", "say with --pair whose rates these are")
        self.wrong(two, "there is neither a column GBPCNY nor", "--pair", "GBPCNY")
        self.expect(self.call("calibrate", "nowhere.csv", "--model", "gbm"), 3)

    def test_a_gap_is_a_note(self):
        def gap(rows):
            del rows[300:320]
        self.write("r.csv", rate_file(change=gap))
        answer = self.calibrate("--model", "gbm", file="r.csv")
        self.assertRegex(answer.err, r"r\.csv:302: note: USDCNY: no rates between .* one move of the sample")
        self.assertIn("# gap: no rates between", answer.out)


class InChinese(Calibrate):
    def english_in(self, text, echoed):
        chinese_test.Chinese.setUpClass()
        probe = chinese_test.Chinese("english_in")
        probe.columns = set()
        return probe.english_in(text, echoed)

    def test_comments_and_errors(self):
        names = [*MODELS, "all", "pair", "model", "from", "CRPS", "Ljung-Box", "Kupiec", "Christoffersen", "Politis-White-Patton", "Politis", "White",
                 "calm", "stressed", "student", "normal", "r.csv"]
        self.write("r.csv", rate_file())
        answer = self.calibrate("--model", "all", "--lang", "zh", file="r.csv")
        self.assertIn("对数似然", answer.out)
        self.assertEqual(self.english_in(answer.out + answer.err, names), [])
        self.write("r.csv", rate_file(change=WrongRates.setting(10, "65.1")))
        answer = self.calibrate("--model", "gbm", "--lang", "zh", file="r.csv", status=3)
        self.assertIn("未进行拟合", answer.err)
        self.assertEqual(self.english_in(answer.err, names), [])
        help_text = self.call("calibrate", "--help", "--lang", "zh")
        self.expect(help_text, 0)
        self.assertIn("情景文件", help_text.out)


if __name__ == "__main__":
    unittest.main(verbosity=1)
