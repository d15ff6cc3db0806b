"""With --lang zh no English words are left but keys, ids, numbers, file names: every command, every kind of error."""

import csv
import io
import json
import re
import signal
import subprocess
import time
import unittest

import _bad_inputs
from _program import BINARY, SOURCE, ProgramCase, environment, fxpool

# Words that stay as they are, and why.
ALLOWED = {
    # the program, its commands and options: what a user types
    "fxpool", "run", "check", "trace", "init", "schema", "calibrate", "plan", "bench", "size", "sweep", "compare", "sensitivity", "stress",
    "reverse-stress", "batch", "report", "paths", "seed", "threads", "out", "set", "path", "all-days", "quiet", "verbose", "json", "lang", "en", "zh",
    "help", "version", "results", "pair", "model", "from", "to", "states", "residuals", "backtest", "all", "scenario", "full", "markdown", "strict",
    # names of formats and programs
    "JSON", "Schema", "YAML", "CSV", "UTF", "Excel", "xlsx",
    # names of libraries, compiler and build (fxpool --version)
    "QuantLib", "Boost", "oneTBB", "yaml-cpp", "fmt", "nlohmann-json", "OpenSSL", "GNU", "Release", "Debug", "address", "undefined", "thread",
    "dirty", "unknown",
    # environment variables and the folder of fragments
    "LC_ALL", "LC_MESSAGES", "LANG", "episodes",
    # words of data files, values, and names of conditions and tests
    "date", "true", "df", "calm", "stress", "Feller", "KS", "AD",
    # units of data
    "GB", "MB", "KB",
}
# Files and ids of the test's own inputs.
OWN = {"small", "my-pool", "ICBC", "BOC", "XYZ", "extra", "more", "bootstap"}

WORD = re.compile(r"[A-Za-z][A-Za-z_-]+")
FILE = re.compile(r"[\w./\\-]*\.(?:yaml|csv|json|xlsx)\b|(?:[\w.-]*/)+[\w.-]*")
METRIC = re.compile(r"\b[a-z_]+(?:\.[\w~]+)+")
CURRENCY = re.compile(r"^(?:[A-Z]{3}|[A-Z]{6}|CNY)$")  # USD, USDCNY


def keys_of(schema, found):
    """Every key and allowed word of the scenario file, from its schema."""
    if isinstance(schema, dict):
        for name, inner in schema.items():
            if name in ("properties", "patternProperties", "$defs"):
                found.update(inner)
            if name in ("enum", "const"):
                found.update(word for word in (inner if isinstance(inner, list) else [inner]) if isinstance(word, str))
            keys_of(inner, found)
    elif isinstance(schema, list):
        for inner in schema:
            keys_of(inner, found)
    return found


def words_in_patterns(schema):
    """Words that a text may be, written as patterns: 'shared', 'queue(5)'."""
    return set(WORD.findall(" ".join(re.findall(r'"pattern": "([^"]*)"', schema))))


class Chinese(ProgramCase):
    @classmethod
    def setUpClass(cls):
        schema = fxpool("schema").out
        cls.keys = keys_of(json.loads(schema), set()) | words_in_patterns(schema)
        cls.keys |= {word for key in cls.keys for word in WORD.findall(key)}

    def setUp(self):
        super().setUp()
        self.scenario()
        self.columns = set()

    def english_in(self, text, echoed=()):
        text = METRIC.sub(" ", FILE.sub(" ", text))
        for word in sorted(echoed, key=len, reverse=True):  # what the user wrote himself
            text = re.sub(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", " ", text)
        known = ALLOWED | OWN | self.keys | self.columns
        found = []
        for word in WORD.findall(text):
            word = word.strip("-_")
            if len(word) > 1 and word not in known and not CURRENCY.match(word):
                found.append(word)
        return found

    def chinese(self, status, *words, echoed=(), speak=True):
        answer = self.call(*words, "--lang", "zh")
        self.expect(answer, status)
        text = answer.out + answer.err
        self.assertEqual(self.english_in(text, echoed), [], text[:3000])
        if speak:
            self.assertRegex(text, "[\u4e00-\u9fff]")
        return answer

    def test_help(self):
        self.chinese(0, "--help")
        for command in ("run", "check", "trace", "calibrate", "init", "schema"):
            self.chinese(0, command, "--help")
        self.chinese(2)
        self.chinese(0, "--version", echoed=re.findall(r"\b[0-9a-f]{7,}\b", self.call("--version").out))

    def test_mistakes_on_the_command_line(self):
        for words in (["rnu"], ["xyzzy"], ["size"], ["run"], ["trace", "x.yaml"], ["trace", "x.yaml", "y.yaml", "--path", "1"], ["init", "a", "b"],
                      ["init", "a b"], ["schema", "x"], ["run", "x.yaml", "--paths", "0"], ["run", "x.yaml", "--seed", "x"],
                      ["run", "x.yaml", "--threads", "0"], ["run", "x.yaml", "--set", "pool"], ["run", "x.yaml", "--thread", "2"],
                      ["run", "x.yaml", "--xyzzy"], ["run", "x.yaml", "--quiet=yes"], ["run", "x.yaml", "--path", "2"],
                      ["check", "x.yaml", "--all-days"], ["trace", "x.yaml", "--path", "x"], ["run", "x.yaml", "--seed"],
                      ["calibrate"], ["calibrate", "x.csv"], ["calibrate", "x.csv", "y.csv"], ["calibrate", "x.csv", "--model", "regim"],
                      ["calibrate", "x.csv", "--model", "xyzzy"], ["calibrate", "x.csv", "--pair", "EURUSD"], ["calibrate", "x.csv", "--from", "nonesuch"],
                      ["calibrate", "x.csv", "--from", "2016-01-01", "--to", "2015-01-01"], ["calibrate", "x.csv", "--states", "4"],
                      ["calibrate", "x.csv", "--residuals", "nonesuch"], ["calibrate", "x.csv", "--model", "gbm", "--paths", "5"], ["run", "x.yaml", "--backtest"]):
            with self.subTest(words):
                self.chinese(2, *words, echoed=["rnu", "xyzzy", "thread", "regim", "nonesuch"])
        answer = self.call("run", "x.yaml", "--lang", "fr", LC_ALL="zh_CN.UTF-8")
        self.expect(answer, 2)
        self.assertEqual(self.english_in(answer.err, ["fr"]), [])

    def test_results(self):
        answer = self.chinese(0, "run", "small.yaml")
        for text in ("资金池够用吗", "万元", "2026年1月5日"):
            self.assertIn(text, answer.out)
        self.scenario("my-pool", more="limits: {pool_loss.demand.mean: '<= 1', exhaustion.probability: '<= 100%'}\n")
        self.chinese(4, "run", "small.yaml", "my-pool.yaml")
        self.chinese(4, "run", "my-pool.yaml", "--quiet")
        self.chinese(0, "check", "small.yaml")

    def test_shipped_scenarios(self):
        for file in sorted((SOURCE / "scenarios").glob("*.yaml")):
            with self.subTest(file.name):
                answer = self.call("run", file, "--paths", "40", "--lang", "zh")
                self.assertIn(answer.status, (0, 4))
                self.assertEqual(self.english_in(answer.out + answer.err, [file.stem]), [], answer.out)

    def test_trace(self):
        ids = re.compile(r"\b(?:C\d+|E\d+|F\d{4}|NB\d+-\d+)\b")
        files = [("small.yaml", []), (str(SOURCE / "scenarios/replay-2022-trend-calls.yaml"),
                                      ["--set", "pool.fund=3m", "--set", "pool.claims={shortfall: queue, delay_days: 3, rejection: 5%}",
                                       "--set", "pool.refill={when: trigger, below: 80%, to: 100%, delay_days: 20}", "--set",
                                       "pool.brakes={amber: {at: 5%}, red: {at: 30%}}", "--set", "failure.late={probability: 20%}", "--set",
                                       "failure.strategic.share=5%", "--set", "failure.order_loss.absorb=50%", "--set", "failure.insolvency.sector_loading=0.5"])]
        for file, more in files:
            for path in ("0", "1", "2"):
                answer = self.call("trace", file, "--path", path, "--lang", "zh", *more)
                self.expect(answer, 0)
                sectors = ["electronics", "textile", "food"]
                banks = ["BOCOM", "HXB", "CCB", "ABC", "CIB"]
                names = ["replay-2022-trend-calls"]
                self.assertEqual(self.english_in(ids.sub(" ", answer.out + answer.err), sectors + banks + names), [])
                self.assertIn("日终", answer.out)

    def test_init(self):
        (self.folder / "contracts.csv").unlink()
        self.chinese(0, "init")
        self.chinese(2, "init")
        for name in ("exporters.csv", "contracts.csv"):
            header = (self.folder / name).read_text("utf-8-sig").split("\n")[0]
            self.assertRegex(header, "^[\u4e00-\u9fff]")
        comments = "\n".join(line[line.index("#"):] for line in (self.folder / "my-pool.yaml").read_text("utf-8").split("\n") if "#" in line)
        # names that the user is to replace by his own, and words that stand for themselves in the examples
        examples = ["electronics", "textile", "food", "date", "default"]
        self.assertEqual(self.english_in(comments, examples), [], comments)
        self.chinese(0, "check", "my-pool.yaml")
        self.chinese(0, "run", "my-pool.yaml", "--paths", "20")

    def test_every_kind_of_bad_input(self):
        header = self.columns_of_tables()
        for title, files, _, _ in _bad_inputs.ERRORS + _bad_inputs.WARNINGS:
            with self.subTest(title):
                for name, text in {"small.yaml": _bad_inputs.GOOD, "contracts.csv": _bad_inputs.CONTRACTS, **files}.items():
                    self.write(name, text)
                self.columns = header
                echoed = ["volatilty", "probabilty", "nowhere", "lots", "oo", "other", "C1", ".nan", ".inf", "colour",
                          "merton", "heston", "quotes", "true", "fast", "auto"]
                self.chinese(0 if (title, files) in [(w[0], w[1]) for w in _bad_inputs.WARNINGS] else 3, "check", "small.yaml", echoed=echoed)

    def columns_of_tables(self):
        """The English names of the tables' columns: keys, in any language."""
        other = self.folder / "english"
        other.mkdir()
        fxpool("init", "--lang", "en", cwd=other)
        names = set()
        for table in ("exporters.csv", "contracts.csv"):
            names |= set(next(csv.reader(io.StringIO((other / table).read_text("utf-8-sig")))))
        self.assertIn("exporter_id", names)
        return names

    def test_folders_and_names(self):
        (self.folder / "taken").write_text("a file")
        self.chinese(1, "run", "small.yaml", "--out", "taken", echoed=["taken"])
        self.write("twin.yaml", (self.folder / "small.yaml").read_text("utf-8"))
        self.chinese(3, "run", "small.yaml", "twin.yaml")
        self.write("episodes/calm.yaml", "market: {pairs: {USDCNY: {model: {volatility: 2%}}}}\n")
        self.chinese(0, "check", "episodes/calm.yaml")
        self.chinese(3, "run", "episodes/calm.yaml")
        self.chinese(3, "check", "nowhere.yaml")
        self.chinese(0, "trace", "small.yaml", "--path", "1000", "--quiet")

    def test_interrupt_and_progress(self):
        process = subprocess.Popen([BINARY, "run", "small.yaml", "--paths", "200000000", "--lang", "zh"], cwd=self.folder, env=environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        time.sleep(12)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(self.english_in(out + err), [], err)
        self.assertIn("条路径", err)


class Detector(unittest.TestCase):
    def test_it_sees_english(self):
        probe = Chinese("english_in")
        probe.keys, probe.columns = {"pool", "split"}, set()
        self.assertEqual(probe.english_in("small.yaml:3:2: pool.split: 资金池 is 80 %"), ["is"])
        self.assertEqual(probe.english_in("fxpool run a/b.yaml --paths 20000 USDCNY pool 5 %"), [])
        self.assertEqual(probe.english_in("未知的键 'colour'", ["colour"]), [])


if __name__ == "__main__":
    unittest.main(verbosity=1)
