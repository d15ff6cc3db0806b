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
        typed = re.compile(r"^# fxpool calibrate .*\n", re.MULTILINE)
        self.assertEqual(typed.sub("", text), typed.sub("", again))

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

    def test_years(self):
        needs = "days: gbm, merton, bootstrap need one year (350 days or more), heston, regime, garch two years (700 days or more)"
        self.wrong(rate_file(count=240), needs)
        self.wrong(rate_file(), needs, "--from", "2018-06-01")
        for model in ("heston", "regime", "garch"):
            self.wrong(rate_file(count=400), needs, "--model", model)

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


class OneYear(Calibrate):
    """A stressed calibration: the year 2022, or 2018."""

    def test_three_models_fit_it_and_say_what_it_can_not_tell(self):
        for year, fitted in (("2018", ("gbm", "bootstrap")), ("2022", ("gbm", "merton", "bootstrap"))):  # the moves of 2018 hold no rare jumps
            answer = self.calibrate("--pair", "USDCNY", "--from", f"{year}-01-01", "--to", f"{year}-12-31", "--model", "all")
            for model in fitted:
                self.assertEqual(block_of(answer.out, model)[1], f"  type: {model}")
            for model in ("heston", "regime", "garch"):
                self.assertRegex(answer.out, rf"\n# {model}: no fit: the rates reach from .* two years \(700 days or more\)\n")
            self.assertEqual(answer.out.count("# note: a short window, 2"), len(fitted))
            worst = answer.out.split("\n")[2]
            self.assertRegex(worst, r"history can't tell, the window holds too few half-years without overlap: 1$")
            self.assertEqual(answer.out.count("\n# half-years (126 days) in history without overlap: 1; "), len(fitted))
            self.assertIn("the window is too short for one (530 daily moves)", answer.out.split("\n")[3])

    def test_700_days_are_two_years(self):
        answer = self.calibrate("--pair", "USDCNY", "--from", "2022-01-01", "--to", "2023-12-15", "--model", "garch")
        self.assertNotIn("a short window", answer.out)


class Pasted(Calibrate):
    """A block runs from where it is pasted."""

    START = "2026-01-05"  # of SCENARIO

    def setUp(self):
        super().setUp()
        self.write("data/my rates.csv", RATES.read_bytes())
        self.write("cases/2026/firms.csv", "exporter_id\nE1\nE2\nE3\nE4\n")
        self.write("firms.csv", "exporter_id\nE1\nE2\nE3\nE4\n")
        self.write("cases/2026/contracts.csv", (self.folder / "contracts.csv").read_bytes())

    def scenario_at(self, path, block=None):
        text = SCENARIO.format(name="pasted", fund="2m", paths=100) + "exporters: firms.csv\n"
        old = "    USDCNY: {spot: 6.78, model: {type: gbm, volatility: 6%}}\n"
        self.assertIn(old, text)
        if block:
            text = text.replace(old, "    USDCNY:\n      spot: 6.78\n" + "".join(f"      {line}\n" for line in block))
        return self.write(path, text)

    def test_from_another_folder(self):
        self.scenario_at("cases/2026/case.yaml")
        for model in ("bootstrap", "garch"):  # both draw from the file
            answer = self.call("calibrate", "data/my rates.csv", "--from", "2015-08-11", "--model", model, "--scenario", "cases/2026/case.yaml")
            self.expect(answer, 0)
            self.assertNotIn("note", answer.err)
            block = block_of(answer.out)
            self.assertIn('  history: "../../data/my rates.csv"', block)
            self.assertIn("  from: 2015-08-11", block)
            self.assertIn("  to: 2025-12-31", block)  # the last row before the start
            self.assertIn("# window: it ends before 2026-01-05, the start of cases/2026/case.yaml\n", answer.out)
            self.assertIn(f"under market.pairs.USDCNY of cases/2026/case.yaml in place of its model; then: fxpool check cases/2026/case.yaml",
                          answer.out.split("\n")[4])
            self.scenario_at("cases/2026/case.yaml", block)
            checked = self.call("check", "cases/2026/case.yaml")
            self.expect(checked, 0)
            self.assertEqual((checked.out, checked.err), ("cases/2026/case.yaml: no problems\n", ""))
            ran = self.call("run", "cases/2026/case.yaml", "--paths", "100", "--quiet")
            self.expect(ran, 0)
            self.assertEqual(ran.err, "")
            page = self.call("run", "cases/2026/case.yaml", "--paths", "100").out
            self.assertEqual(re.findall(r"^(?:Note|Warning): (?!USDCNY moves by ).*", page, re.MULTILINE), [])
        # from within the scenario's folder, and with the folder reached by a link
        inside = fxpool("calibrate", "../../data/my rates.csv", "--model", "bootstrap", "--scenario", "case.yaml", "--json", cwd=self.folder / "cases/2026")
        self.assertEqual(json.loads(inside.out)["result"]["models"][0]["model"]["history"], "../../data/my rates.csv")
        (self.folder / "link").symlink_to(self.folder / "cases/2026")
        linked = self.call("calibrate", "data/my rates.csv", "--model", "bootstrap", "--scenario", "link/case.yaml", "--json")
        self.assertEqual(json.loads(linked.out)["result"]["models"][0]["model"]["history"], "../../data/my rates.csv")

    def test_without_a_scenario_the_path_is_as_typed(self):
        answer = self.call("calibrate", "data/my rates.csv", "--pair", "USDCNY", "--from", "2015-08-11", "--to", "2025-12-31", "--model", "bootstrap")
        self.expect(answer, 0)
        block = block_of(answer.out)
        for line in ('  history: "data/my rates.csv"', "  from: 2015-08-11", "  to: 2025-12-31"):
            self.assertIn(line, block)
        self.assertIn("# history: the path starts from the folder of this command; ", answer.out)
        self.assertIn("# window: from 2015-08-11 to 2025-12-31; ", answer.out)
        self.scenario_at("here.yaml", block)
        self.expect(self.call("check", "here.yaml"), 0)

    def test_the_scenario_names_the_pair(self):
        self.scenario_at("case.yaml")
        answer = self.call("calibrate", "data/my rates.csv", "--model", "gbm", "--json", "--scenario", "case.yaml")
        result = json.loads(answer.out)["result"]
        self.assertEqual((result["pair"], result["to"]), ("USDCNY", "2025-12-31"))
        other = self.call("calibrate", "data/my rates.csv", "--model", "gbm", "--json", "--scenario", "case.yaml", "--pair", "EURCNY")
        self.assertEqual(json.loads(other.out)["result"]["pair"], "EURCNY")
        self.assertRegex(other.err, r"case\.yaml:\d+:\d+: note: market\.pairs: there is no EURCNY, only USDCNY: add it before you paste the block")

    def test_a_window_past_the_start_is_kept_and_noted(self):
        self.scenario_at("case.yaml")
        answer = self.call("calibrate", "data/my rates.csv", "--model", "gbm", "--scenario", "case.yaml", "--to", "2026-01-06", "--from", "2022-01-01")
        self.expect(answer, 0)
        self.assertRegex(answer.err, r"case\.yaml:3:\d+: note: horizon\.start: the window reaches to 2026-01-06, past the start 2026-01-05: ")
        self.assertIn("# window: it reaches past 2026-01-05, the start of case.yaml: ", answer.out)
        before = self.call("calibrate", "data/my rates.csv", "--model", "gbm", "--scenario", "case.yaml", "--from", "2026-02-01")
        self.expect(before, 3)
        self.assertRegex(before.err, r"case\.yaml:3:\d+: horizon\.start: the scenario starts on 2026-01-05: no rate from 2026-02-01 on was known before")

    def test_a_scenario_with_mistakes_has_them_told(self):
        path = self.scenario_at("case.yaml")
        self.write("case.yaml", path.read_text().replace("volatility", "volatilty").replace("fund: 2m", "fund: many"))
        answer = self.call("calibrate", "data/my rates.csv", "--model", "gbm", "--scenario", "case.yaml")
        self.expect(answer, 3)
        self.assertEqual(answer.out, "")
        self.assertRegex(answer.err, r"case\.yaml:\d+:\d+: .*unknown key 'volatilty'")
        self.assertRegex(answer.err, r"case\.yaml:\d+:\d+: pool\.fund: ")
        self.assertIn("nothing was fitted", answer.err)
        missing = self.call("calibrate", "data/my rates.csv", "--model", "gbm", "--scenario", "nowhere.yaml")
        self.expect(missing, 3)
        self.assertIn("nowhere.yaml", missing.err)
        fragment = self.call("calibrate", "data/my rates.csv", "--model", "gbm", "--scenario", sorted((SOURCE / "scenarios/episodes").glob("*.yaml"))[0])
        self.expect(fragment, 3)
        self.assertIn("this is a fragment, without a start of its own", fragment.err)
        self.expect(self.call("check", "case.yaml", "--scenario", "case.yaml"), 2)


class ForWhoDecides(Calibrate):
    """Five lines before everything else."""

    def lines(self, *words, lang="en"):
        text = self.calibrate(*words, "--lang", lang).out
        lines = text.split("\n")
        self.assertTrue(all(line.startswith("# ") for line in lines[:5]), lines[:6])
        self.assertEqual(lines[5], "")
        above, rule, below = text.partition("\n# ----\n")
        self.assertTrue(rule)
        for word in ("Kolmogorov", "KS", "CRPS", "fxpool calibrate"):
            self.assertNotIn(word, above)
        self.assertIn("# fxpool calibrate ", below)
        return lines[:5], above

    def test_one_model(self):
        lines, above = self.lines(*WINDOW, "--model", "gbm")
        self.assertRegex(lines[0], r"^# fitted: gbm, to USDCNY from 2018-01-02 to 2020-12-31 \(3\.0 years, 7\d\d daily moves\)$")
        self.assertRegex(lines[1], r"^# does it fit\? ")
        self.assertRegex(lines[2], r"^# worst half-year in a hundred: the rate rises by \d+\.\d % in the model, by \d+\.\d % in history, which holds only 5 half-years")
        self.assertRegex(lines[3], r"^# back-test: none made, .* add --backtest$")
        self.assertRegex(lines[4], r"^# next: paste the block, indented, under market\.pairs\.USDCNY of a scenario in place of its model")
        self.assertIn("\nmodel:\n  type: gbm\n", above)
        chinese, _ = self.lines(*WINDOW, "--model", "gbm", lang="zh")
        for line, begin in zip(chinese, ("# 已拟合：gbm", "# 是否吻合：", "# 百里挑一的最差半年：模型中汇率升 ", "# 回测：未做", "# 下一步：将此段缩进后粘贴到")):
            self.assertTrue(line.startswith(begin), line)


class InChinese(Calibrate):
    def english_in(self, text, echoed):
        chinese_test.Chinese.setUpClass()
        probe = chinese_test.Chinese("english_in")
        probe.columns = set()
        return probe.english_in(text, echoed)

    def test_comments_and_errors(self):
        names = [*MODELS, "all", "pair", "scenario", "model", "from", "CRPS", "Ljung-Box", "Kupiec", "Christoffersen", "Politis-White-Patton", "Politis", "White",
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
