"""What the user types: commands, options, exit status 2, help, version."""

import json
import unittest

from _program import ProgramCase

LATER = ["plan", "bench", "size", "sweep", "compare", "sensitivity", "stress", "reverse-stress", "batch", "report"]


class CommandLine(ProgramCase):
    def wrong(self, words, text):
        answer = self.call(*words)
        self.expect(answer, 2)
        self.assertIn(text, answer.err)
        self.assertEqual(answer.out, "")

    def test_without_arguments_a_short_help(self):
        self.wrong([], "Usage: fxpool COMMAND")

    def test_mistypings_are_guessed(self):
        self.wrong(["rnu", "x.yaml"], "unknown command 'rnu'; did you mean 'run'?")
        self.wrong(["run", "x.yaml", "--path", "3"], "--path is an option of 'trace' only")
        self.wrong(["run", "x.yaml", "--thread", "3"], "unknown option '--thread'; did you mean '--threads'?")
        self.wrong(["run", "x.yaml", "--xyzzy"], "unknown option '--xyzzy'; 'fxpool --help' lists them")

    def test_values_are_checked(self):
        self.wrong(["run"], "run needs a scenario file")
        self.wrong(["check"], "check needs a scenario file")
        self.wrong(["trace", "x.yaml"], "trace needs --path N")
        self.wrong(["trace", "x.yaml", "y.yaml", "--path", "1"], "trace takes one scenario file, not 2")
        self.wrong(["init", "a", "b"], "init takes one name, not 2")
        self.wrong(["init", "a b"], "'a b' can't name a scenario")
        self.wrong(["schema", "x"], "schema takes no argument: 'x'")
        self.wrong(["run", "x.yaml", "--paths", "0"], "--paths 0: must be a whole number from 1 on")
        self.wrong(["run", "x.yaml", "--paths", "1.5"], "--paths 1.5: must be")
        self.wrong(["run", "x.yaml", "--paths"], "--paths needs a value")
        self.wrong(["run", "x.yaml", "--seed", "x"], "--seed x: must be a whole number")
        self.wrong(["run", "x.yaml", "--threads", "0"], "--threads 0: must be a whole number from 1 to 1024")
        self.wrong(["run", "x.yaml", "--set", "pool.multiple"], "--set pool.multiple: write it as key=value")
        self.wrong(["run", "x.yaml", "--lang", "fr"], "--lang fr: must be en or zh")
        self.wrong(["run", "x.yaml", "--quiet=yes"], "--quiet takes no value")

    def test_commands_of_a_later_version(self):
        for command in LATER:
            self.wrong([command, "x.yaml"], f"'{command}' is not in this version")

    def test_help_and_version(self):
        for words in (["--help"], ["-h"], ["--help", "--lang", "en"]):
            answer = self.call(*words)
            self.expect(answer, 0)
            for word in ("run SCENARIO...", "check", "trace", "calibrate RATES.csv", "init", "schema", "--paths N", "--lang en|zh", "130"):
                self.assertIn(word, answer.out)
        answer = self.call("trace", "--help")
        self.expect(answer, 0)
        self.assertIn("--all-days", answer.out)
        self.assertNotIn("--threads", answer.out)
        version = self.call("--version")
        self.expect(version, 0)
        for word in ("fxpool 0.", "commit", "QuantLib 1.", "oneTBB"):
            self.assertIn(word, version.out)

    def test_options_before_or_after_the_command(self):
        file = self.scenario()
        for words in (["--paths", "20", "--json", "run", file], ["run", file, "--json", "--paths", "20"],
                      ["run", "--paths=20", file, "--json"], ["run", file, "--json", "--set", "simulation.paths=20"]):
            answer = self.call(*words, "--out", "r")
            self.expect(answer, 0)
            self.assertEqual(json.loads(answer.out)["paths"], 20)

    def test_numbers_as_people_write_them(self):
        file = self.scenario()
        for text, paths in (("1k", 1000), ("300", 300), ("0.2k", 200)):
            answer = self.call("run", file, "--json", "--paths", text, "--seed", "123456789012")
            self.expect(answer, 0)
            summary = json.loads(answer.out)
            self.assertEqual(summary["paths"], paths)
            self.assertEqual(summary["parameters"]["simulation"]["seed"], 123456789012)

    def test_set_reaches_the_parameters_and_is_checked(self):
        file = self.scenario()
        answer = self.call("run", file, "--json", "--set", "pool.multiple=3", "--set", "pool.margin.rate=4%")
        self.expect(answer, 0)
        pool = json.loads(answer.out)["parameters"]["pool"]
        self.assertEqual(pool["multiple"], 3)
        self.assertEqual(pool["margin"]["rate"], 0.04)
        answer = self.call("run", file, "--set", "pool.mutliple=3")
        self.expect(answer, 3)
        self.assertIn("did you mean 'multiple'", answer.err)

    def test_chinese_by_locale_or_option(self):
        for env in ({"LC_ALL": "zh_CN.UTF-8"}, {"LC_ALL": "", "LC_MESSAGES": "zh_CN"}, {"LC_ALL": "", "LANG": "zh_TW.UTF-8"}):
            self.assertIn("用法", self.call("--help", **env).out)
        self.assertIn("Usage", self.call("--help", "--lang", "en", LC_ALL="zh_CN.UTF-8").out)
        self.assertIn("用法", self.call("--lang=zh", "--help").out)
        self.assertIn("Usage", self.call("--help", LC_ALL="C", LANG="zh_CN.UTF-8").out)


class Schema(ProgramCase):
    def test_it_is_json(self):
        answer = self.call("schema")
        self.expect(answer, 0)
        schema = json.loads(answer.out)
        self.assertIn("pool", schema["properties"])
        self.assertTrue(answer.out.endswith("\n"))


class Init(ProgramCase):
    def setUp(self):
        super().setUp()
        (self.folder / "contracts.csv").unlink()

    def test_what_it_writes_runs_unchanged(self):
        for language in ("en", "zh"):
            for full in ([], ["--full"]):
                name = f"pool-{language}{len(full)}"
                answer = self.call("init", name, "--lang", language, *full)
                self.expect(answer, 0)
                checked = self.call("check", f"{name}.yaml", "--strict")
                self.expect(checked, 0)
                self.assertEqual([line for line in checked.err.splitlines() if "expected ones, not yet published" not in line], [])
                self.expect(self.call("run", f"{name}.yaml", "--paths", "40", "--quiet"), 0)
                self.assertEqual(self.summary(name)["scenario"], name)
                lines = (self.folder / f"{name}.yaml").read_text(encoding="utf-8").count("\n")
                self.assertTrue(lines > 200 if full else lines < 70, lines)
                for file in ("exporters.csv", "contracts.csv", "cny-fx-daily-2005-2026.csv"):
                    (self.folder / file).unlink()

    def test_it_never_overwrites(self):
        self.expect(self.call("init"), 0)
        before = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        self.assertEqual(sorted(before), ["cny-fx-daily-2005-2026.csv", "contracts.csv", "exporters.csv", "my-pool.yaml"])
        answer = self.call("init")
        self.expect(answer, 2)
        for name in before:
            self.assertIn(f"{name} is already here", answer.err)
        self.assertEqual(before, {path.name: path.read_bytes() for path in self.folder.iterdir()})
        other = self.call("init", "other")  # the tables are in the way
        self.expect(other, 2)
        self.assertFalse((self.folder / "other.yaml").exists())


if __name__ == "__main__":
    unittest.main(verbosity=1)
