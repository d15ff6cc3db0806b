"""`run` as a user meets it: several files, limits, names, JSON, and folders that can't be written."""

import csv
import io
import json
import os
import re
import subprocess
import unittest

from _program import BINARY, ProgramCase, files_of

RESULT_FILES = ["banks.csv", "bearers.csv", "budget.csv", "columns.zh.csv", "daily.csv", "exporters.csv", "losses.csv", "manifest.json", "summary.json"]


class Run(ProgramCase):
    def test_page_and_files(self):
        answer = self.call("run", self.scenario())
        self.expect(answer, 0)
        folder = self.folder / "results/small"
        self.assertEqual(sorted(files_of(folder)), RESULT_FILES)
        for text in ("Is the pool large enough?", "What does it cost?", "small, 200 paths, seed 7", "results/small"):
            self.assertIn(text, answer.out)
        lines = answer.out.rstrip("\n").split("\n")
        self.assertIn("fxpool run small.yaml --paths 200 --seed 7", lines[-1])
        self.assertLessEqual(max(map(len, lines)), 110)
        for name in RESULT_FILES:
            if name.endswith(".csv"):
                raw = (folder / name).read_bytes()
                self.assertTrue(raw.startswith(b"\xef\xbb\xbf"), name)
                rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
                self.assertEqual({len(row) for row in rows}, {len(rows[0])}, name)
        daily = list(csv.DictReader(io.StringIO((folder / "daily.csv").read_text("utf-8-sig"))))
        self.assertEqual(list(daily[0])[0], "date")
        self.assertEqual(daily[0]["date"], "2026-01-05")

    def test_the_repeating_command_repeats(self):
        first = self.call("run", self.scenario(), "--set", "pool.split={pool: 60%, guarantor: 10%}", "--paths", "300")
        self.expect(first, 0)
        command = first.out.rstrip("\n").split("\n")[-1].split(": ", 1)[1]
        [folder] = (self.folder / "results").iterdir()
        self.assertTrue(folder.name.startswith("small+pool.split=-pool-60%,-guarantor-10%-"), folder.name)
        before = files_of(folder)
        self.assertTrue(command.startswith("fxpool run small.yaml "))
        again = subprocess.run(["sh", "-c", command.replace("fxpool", '"$FXPOOL"', 1) + " --quiet"], cwd=self.folder,
                               env={**os.environ, "FXPOOL": BINARY}, check=False)
        self.assertEqual(again.returncode, 0)
        after = files_of(folder)
        del before["manifest.json"], after["manifest.json"]
        self.assertEqual(before, after)

    def test_json(self):
        answer = self.call("run", self.scenario(), "--json")
        self.expect(answer, 0)
        printed = json.loads(answer.out)
        self.assertEqual(printed.pop("limits"), [])
        self.assertEqual(printed.pop("folder"), "results/small")
        self.assertEqual(printed, self.summary("small"))
        summary = self.summary("small")
        self.assertEqual(summary["schema"], "fxpool-summary/1")
        self.assertEqual(summary["horizon"]["start"], "2026-01-05")
        metrics = summary["metrics"]
        for loss in ("gross", "net", "demand"):
            figures = metrics["pool_loss"][loss]
            self.assertEqual(set(figures["var"]), {"0.95", "0.99", "0.995", "0.999"})
            self.assertEqual(set(figures["es"]), {"0.975", "0.99"})
            self.assertIn("standard_error", figures["mean"])
        self.assertTrue(metrics["pool_loss"]["gross"]["var"]["0.999"]["open"])  # 200 paths have no upper end
        self.assertIsNone(metrics["pool_loss"]["gross"]["var"]["0.999"]["high"])
        manifest = json.loads((self.folder / "results/small/manifest.json").read_text("utf-8"))
        text = json.dumps(manifest)
        for word in ("small.yaml", "contracts.csv", "sha256", "QuantLib", "commit", "threads"):
            self.assertIn(word, text)

    def test_no_figure_is_nan_or_infinite(self):
        """A horizon of one day; moves of 1000 % that stay within bounds."""
        for change in ("horizon={start: 2026-01-05, end: 2026-01-05}",
                       "market.pairs.USDCNY.model={type: path, moves: [1000%, 1000%, 1000%, 1000%, 1000%]}"):
            answer = self.call("run", self.scenario(), "--out", "out", "--set", change)
            self.expect(answer, 0)
            for name, text in {"the page": answer.out.encode(), **files_of(self.folder / "out/small")}.items():
                self.assertIsNone(re.search(rb"\b(nan|inf|infinity)\b", text.lower()), f"{change}: {name}")
        self.call("run", self.scenario(), "--out", "day", "--set", "horizon={start: 2026-01-05, end: 2026-01-05}")
        self.assertEqual(self.summary("small", "day")["metrics"]["quota"]["turnover"], {"value": None, "remark": "the horizon is one day"})

    def test_a_model_that_runs_away_is_an_error_of_the_scenario(self):
        wild = "{type: gbm, volatility: 500%}"  # over ten years: three in five paths leave a million times the spot, or a millionth
        moves = "{type: path, moves: [" + ", ".join(["1000%"] * 8) + "]}"
        for words, status_of_check in ((wild, None), (moves, 3)):
            text = (self.folder / self.scenario()).read_text().replace("{type: gbm, volatility: 6%}", words).replace("months: 6", "months: 100")
            self.write("small.yaml", text)
            for command in (["run"], ["trace", "--path", "1"]):
                answer = self.call(command[0], "small.yaml", *command[1:])
                self.expect(answer, 3)
                self.assertRegex(answer.err, r"small.yaml:7:\d+: market.pairs.USDCNY.model: on path \d+ the rate has left all bounds by 20\d\d-\d\d-\d\d")
            self.assertFalse((self.folder / "results/small").exists())
            if status_of_check is not None:
                self.expect(self.call("check", "small.yaml"), status_of_check)

    def test_several_files_go_on_past_a_broken_one(self):
        good, other = self.scenario("good"), self.scenario("other")
        broken = self.scenario("broken", more="colour: red\n")
        answer = self.call("run", good, broken, other)
        self.expect(answer, 3)
        self.assertIn("broken.yaml:18:1", answer.err)
        self.assertEqual(self.summary("good")["scenario"], "good")
        self.assertEqual(self.summary("other")["scenario"], "other")
        table = answer.out.rstrip("\n").split("\n")[-4:]
        self.assertTrue(table[0].startswith("scenario"))
        self.assertEqual([line.split()[0] for line in table[1:]], ["good", "broken.yaml", "other"])
        self.assertIn("input wrong", table[2])

    def test_json_of_several_is_an_array(self):
        answer = self.call("run", self.scenario("a"), self.scenario("b"), "--json")
        self.expect(answer, 0)
        self.assertEqual([summary["scenario"] for summary in json.loads(answer.out)], ["a", "b"])

    def test_two_of_one_name_run_nothing(self):
        first = self.scenario("twin")
        self.write("copy.yaml", (self.folder / first).read_text("utf-8"))
        answer = self.call("run", first, self.scenario("single"), "copy.yaml")
        self.expect(answer, 3)
        self.assertIn("copy.yaml:2:7: name: 'twin' is also the name of twin.yaml", answer.err)
        self.assertIn("nothing was run", answer.err)
        self.assertFalse((self.folder / "results").exists())

    def test_limits(self):
        met = self.scenario("met", more="limits: {exhaustion.probability: '<= 100%'}\n")
        not_met = self.scenario("not-met", more="limits: {pool_loss.demand.mean: '<= 1', exhaustion.probability: '<= 100%'}\n")
        self.expect(self.call("run", met), 0)
        answer = self.call("run", not_met, met)
        self.expect(answer, 4)
        self.assertIn("limit not met", answer.out)
        self.assertIn("1 of 2", answer.out)
        quiet = self.call("run", not_met, "--quiet")
        self.expect(quiet, 4)
        self.assertIn("limit pool_loss.demand.mean <= 1 is not met", quiet.err)
        judged = json.loads(self.call("run", not_met, "--json").out)["limits"]
        self.assertEqual([(limit["metric"], limit["met"]) for limit in judged],
                         [("pool_loss.demand.mean", False), ("exhaustion.probability", True)])
        unknown = self.scenario("unknown", more="limits: {pool_loss.demnad.mean: '<= 1'}\n")
        self.expect(self.call("check", unknown), 3)
        answer = self.call("run", unknown)
        self.expect(answer, 3)
        self.assertIn("did you mean 'pool_loss.demand.mean'", answer.err)

    def test_the_worst_status_of_several(self):
        not_met = self.scenario("not-met", more="limits: {pool_loss.demand.mean: '<= 1'}\n")
        broken = self.scenario("broken", more="colour: red\n")
        self.expect(self.call("run", not_met, broken), 3)
        (self.folder / "file").write_text("in the way")
        self.expect(self.call("run", broken, not_met, "--out", "file"), 1)

    def test_a_fragment_is_checked_but_not_run(self):
        self.write("episodes/calm.yaml", "market: {pairs: {USDCNY: {model: {volatility: 2%}}}}\n")
        answer = self.call("check", "episodes/calm.yaml")
        self.expect(answer, 0)
        self.assertIn("fragment", answer.out)
        for words in (["run"], ["trace", "--path", "1"]):
            answer = self.call(*words, "episodes/calm.yaml")
            self.expect(answer, 3)
            self.assertIn("only 'check' takes it", answer.err)

    def test_quiet(self):
        answer = self.call("run", self.scenario(), "--quiet")
        self.expect(answer, 0)
        self.assertEqual(answer.out + answer.err, "")

    def test_warnings_do_not_change_the_status(self):
        answer = self.call("run", self.scenario(fund="0"), "--paths", "20")
        self.expect(answer, 0)
        self.assertIn("the fund is 0", answer.out)
        answer = self.call("check", self.scenario(fund="0"))
        self.expect(answer, 0)
        self.assertIn("small.yaml:9:9: warning: pool.fund: the fund is 0", answer.err)
        self.assertIn("small.yaml: no problems", answer.out)


class Overrides(ProgramCase):
    """--set shows wherever the result does."""

    def test_a_changed_scenario_has_a_folder_of_its_own(self):
        file = self.scenario()
        self.expect(self.call("run", file, "--quiet"), 0)
        base = files_of(self.folder / "results/small")
        answer = self.call("run", file, "--set", "pool.multiple=5", "--set", "simulation.seed=7", "--paths", "100")
        self.expect(answer, 0)
        self.assertIn("\nWith pool.multiple = 5\n", answer.out)
        self.assertIn("Files: results/small+pool.multiple=5/", answer.out)
        self.assertEqual(files_of(self.folder / "results/small"), base)
        self.assertEqual(sorted(path.name for path in (self.folder / "results").iterdir()), ["small", "small+pool.multiple=5"])
        summary = self.summary("small+pool.multiple=5")
        self.assertEqual((summary["scenario"], summary["parameters"]["pool"]["multiple"]), ("small", 5))
        manifest = json.loads((self.folder / "results/small+pool.multiple=5/manifest.json").read_text("utf-8"))
        self.assertEqual(manifest["overrides"], [{"key": "pool.multiple", "value": "5"}])

    def test_seed_and_paths_change_no_folder(self):
        answer = self.call("run", self.scenario(), "--paths", "50", "--seed", "3", "--set", "simulation.tail=off")
        self.expect(answer, 0)
        self.assertIn("Files: results/small/", answer.out)
        self.assertNotIn("\nWith ", answer.out)

    def test_out_is_taken_at_its_word(self):
        answer = self.call("run", self.scenario(), "--out", "results", "--set", "pool.multiple=5", "--json")
        self.expect(answer, 0)
        self.assertEqual(json.loads(answer.out)["folder"], "results/small")
        page = self.call("run", self.scenario(), "--out", "results", "--set", "pool.multiple=5").out
        self.assertIn("Repeat: fxpool run small.yaml --set pool.multiple=5 --paths 200 --seed 7 --out results", page)


class Columns(ProgramCase):
    def test_every_column_is_named_in_chinese_and_firms_and_banks_by_name(self):
        self.write("firms.csv", "exporter_id,name,sector\nE1,福建一号,food\nE2,\"Two, Ltd\",food\nE3,,food\nE4,Four,food\n")
        file = self.scenario(more="exporters: firms.csv\n")
        text = (self.folder / file).read_text("utf-8").replace("{id: ICBC,", "{id: ICBC, name: {en: ICBC Fuzhou, zh: 工行福州分行},")
        self.expect(self.call("run", self.write("named.yaml", text), "--quiet"), 0)
        folder = self.folder / "results/small"
        read = lambda name: list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"))))
        named = {(row["文件"], row["列"]): row["中文名称"] for row in read("columns.zh.csv")}
        for name in RESULT_FILES:
            if name.endswith(".csv") and name != "columns.zh.csv":
                for column in read(name)[0]:
                    self.assertTrue(named.pop((name, column)), (name, column))
        self.assertEqual(named, {})
        firms = read("exporters.csv")
        self.assertEqual(list(firms[0])[-1], "name")
        self.assertEqual([row["name"] for row in firms], ["福建一号", "Two, Ltd", "", "Four"])
        banks = read("banks.csv")
        self.assertEqual(list(banks[0])[-2:], ["name_en", "name_zh"])
        self.assertEqual([(row["bank"], row["name_en"], row["name_zh"]) for row in banks[:2]],
                         [("ICBC", "ICBC Fuzhou", "工行福州分行"), ("BOC", "BOC", "BOC")])


BUSINESS = """\
new_business: {monthly_usd: 3m, deal_usd: {mean: 300k}, tenors: {3M: 1}, direction: {sell: 1, buy: 0}, pairs: {USDCNY: 1}}
"""


class Books(ProgramCase):
    """What the books hold is said where a reader could take it for something else."""

    def test_a_contracts_file_beside_a_steady_state(self):
        file = self.scenario(fund="20m", more=BUSINESS)
        answer = self.call("check", file)
        self.expect(answer, 0)
        self.assertRegex(answer.err, r"small.yaml:18:15: warning: new_business.steady_state: \d+\.\d m is frozen on the first day where the contracts "
                                     r"file has 0\.6 m: .* write steady_state: false\n")  # 5 % of 12.1 m yuan; C5 opens later
        self.assertNotIn("steady_state:", self.call("check", self.scenario(fund="20m", more=BUSINESS.replace("1}}", "1}, steady_state: false}"))).err)
        few = BUSINESS.replace("3m", "20k").replace("300k", "10k")  # some 10,000 yuan beside 0.6 m
        self.assertNotIn("steady_state:", self.call("check", self.scenario(fund="20m", more=few)).err)

    def test_a_book_that_no_move_of_the_rate_can_exhaust(self):
        words = "No move of the rate can exhaust it: the caps on all its claims sum to "
        # 5 % of 0.5 x 6.75 + 0.3 x 6.70 + 0.8 x 6.72 + 0.2 x 6.80 + 0.65 x 6.74 m = 825,100
        self.assertIn(words + "0.825 m", self.call("run", self.scenario(fund="825100"), "--paths", "20").out)
        self.assertNotIn(words, self.call("run", self.scenario(fund="825099"), "--paths", "20").out)
        self.assertNotIn("No move", self.call("run", self.scenario(), "--paths", "20", "--set", "pool.cap=none", "--set", "pool.exporter_cap=none").out)

    def test_the_files_of_a_chain(self):
        self.scenario("base")
        self.write("crisis.yaml", "pool: {recovery: {rate: 15%}}\n")
        self.write("child.yaml", "extends: [base.yaml, crisis.yaml]\nname: child\nfailure: {insolvency: {fx_beta: 1}}\n")
        plain = self.call("check", "child.yaml")
        self.assertEqual(plain.out, "child.yaml: no problems\n")
        self.assertNotIn("warning", plain.err)
        answer = self.call("check", "child.yaml", "--verbose")
        self.expect(answer, 0)
        self.assertEqual(answer.out, "child.yaml: no problems\n  base.yaml\n  crisis.yaml changes pool.recovery.rate\n"
                                     "  child.yaml changes failure.insolvency.fx_beta\n")
        told = json.loads(self.call("check", "child.yaml", "--verbose", "--json").out)["chain"]
        self.assertEqual(told[1:], [{"file": "crisis.yaml", "changes": ["pool.recovery.rate"]}, {"file": "child.yaml", "changes": ["failure.insolvency.fx_beta"]}])
        self.assertEqual(self.call("check", "base.yaml", "--verbose").out, "base.yaml: no problems\n")
        page = self.call("run", "child.yaml", "--paths", "20").out
        self.assertIn("Made of: base.yaml; crisis.yaml changes pool.recovery.rate; child.yaml changes failure.insolvency.fx_beta\n", page)


class Check(ProgramCase):
    def test_every_problem_at_once_in_order(self):
        self.write("contracts.csv", "contract_id,exporter_id,bank_id,pair,direction,notional,contract_rate,trade_date,settle_date\n"
                                    "C1,E1,XYZ,USDCNY,sell,500000,6.75,2025-12-01,2026-03-02\n"
                                    "C2,E1,ICBC,USDCNY,sell,500000,6.75,2025-12-01,2026-02-30\n")
        answer = self.call("check", self.scenario(more="colour: red\nbenefit: {loan_rate: lots}\n"))
        self.expect(answer, 3)
        lines = answer.err.rstrip("\n").split("\n")
        self.assertEqual(lines[-1], f"{len(lines) - 1} problems; nothing was run")
        self.assertGreaterEqual(len(lines), 3)
        yaml_lines = [int(line.split(":")[1]) for line in lines if line.startswith("small.yaml:")]
        self.assertEqual(yaml_lines, sorted(yaml_lines))

    def test_json(self):
        answer = self.call("check", self.scenario(more="colour: red\n"), "--json")
        self.expect(answer, 3)
        report = json.loads(answer.out)
        self.assertFalse(report["ok"])
        problem = report["problems"][0]
        self.assertEqual((problem["severity"], problem["line"], problem["column"]), ("error", 18, 1))
        self.assertIn("colour", problem["message"])


class Folders(ProgramCase):
    def former(self):
        self.expect(self.call("run", self.scenario(), "--quiet"), 0)
        return files_of(self.folder / "results")

    def test_a_file_in_place_of_the_folder(self):
        (self.folder / "taken").write_text("a file")
        answer = self.call("run", self.scenario(), "--out", "taken")
        self.expect(answer, 1)
        self.assertIn("can't be written", answer.err)
        self.assertEqual((self.folder / "taken").read_text(), "a file")

    def test_a_new_result_replaces_the_former_one_whole(self):
        before = self.former()
        manifest = self.folder / "results/small/manifest.json"
        listed = json.loads(manifest.read_text("utf-8"))
        listed["files"].append("of-the-former.csv")  # what that run wrote and this one does not; a foreign file stays (faults_test.py)
        manifest.write_text(json.dumps(listed), encoding="utf-8")
        (self.folder / "results/small/of-the-former.csv").write_text("x")
        self.expect(self.call("run", self.scenario(), "--quiet", "--seed", "8"), 0)
        after = files_of(self.folder / "results")
        self.assertEqual(sorted(after), sorted(before))
        self.assertNotEqual(after["small/losses.csv"], before["small/losses.csv"])

    def test_a_full_disk(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], stderr=subprocess.PIPE, check=False)
        if mounted.returncode != 0:
            self.skipTest("no small disk can be mounted here: " + mounted.stderr.decode(errors="replace").strip())
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=False)
        self.expect(self.call("run", self.scenario(), "--out", "disk", "--quiet", "--paths", "40"), 0)
        before = files_of(disk)
        answer = self.call("run", self.scenario(), "--out", "disk", "--paths", "20000")
        self.expect(answer, 1)
        self.assertIn("the disk is full", answer.err)
        self.assertEqual(files_of(disk), before)

    def test_without_the_right_to_write(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everywhere")
        closed = self.folder / "closed"
        closed.mkdir(mode=0o555)
        answer = self.call("run", self.scenario(), "--out", "closed")
        self.expect(answer, 1)
        self.assertIn("no permission to write there", answer.err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
