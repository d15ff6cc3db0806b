"""Ctrl-C, SIGTERM, kill -9: how fast the program answers, and what it leaves. And how a run tells how far it is."""

import os
import pty
import re
import select
import signal
import subprocess
import time
import unittest

from _program import BINARY, ProgramCase, environment, files_of

LONG = 200_000_000  # paths: far more than any machine does in the time of these tests


# A second, as promised; a sanitizer's slowness is not the program's.
PATIENCE = 1.0 if os.environ.get("FXPOOL_REPETITIONS_DIVISOR", "1") == "1" else 5.0


class Interrupt(ProgramCase):
    def start(self, *words):
        return subprocess.Popen([BINARY, *words], cwd=self.folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                encoding="utf-8")

    def interrupted(self, number, *words, after=1.5):
        process = self.start(*words)
        time.sleep(after)
        self.assertIsNone(process.poll(), "the run was over before the signal")
        began = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
        return process.returncode, time.monotonic() - began, out, err

    def test_former_result_intact_within_a_second(self):
        self.expect(self.call("run", self.scenario(), "--quiet"), 0)
        before = files_of(self.folder / "results")
        for number in (signal.SIGINT, signal.SIGTERM):
            status, seconds, out, err = self.interrupted(number, "run", "small.yaml", "--paths", str(LONG), "--lang", "en")
            self.assertEqual(status, 130, err)
            self.assertLess(seconds, PATIENCE)
            self.assertIn("interrupted after", err)
            self.assertEqual(out, "")
            self.assertEqual(files_of(self.folder / "results"), before)
            self.assertEqual([path.name for path in (self.folder / "results").iterdir()], ["small"])

    def test_what_is_complete_is_kept(self):
        self.scenario("first", paths=50)
        self.scenario("second", paths=LONG)
        self.scenario("third", paths=50)
        status, _, out, err = self.interrupted(signal.SIGINT, "run", "first.yaml", "second.yaml", "third.yaml", after=2.5)
        self.assertEqual(status, 130, err)
        self.assertEqual([path.name for path in (self.folder / "results").iterdir()], ["first"])
        table = out.rstrip("\n").split("\n")[-3:]
        self.assertRegex(table[0], r"^first +done")
        self.assertRegex(table[1], r"^second +interrupted")
        self.assertRegex(table[2], r"^third +not run")

    def test_while_files_are_read(self):
        rows = "".join(f"C{i},E1,ICBC,USDCNY,sell,500000,6.75,2025-12-01,2026-03-02\n" for i in range(400_000))
        header = "contract_id,exporter_id,bank_id,pair,direction,notional,contract_rate,trade_date,settle_date\n"
        self.write("contracts.csv", header + rows)
        status, seconds, _, _ = self.interrupted(signal.SIGINT, "run", self.scenario(), after=0.15)
        self.assertEqual(status, 130)
        self.assertLess(seconds, PATIENCE)
        self.assertFalse((self.folder / "results/small").exists())

    def test_the_rest_of_a_killed_run_is_swept_by_the_next(self):
        self.expect(self.call("run", self.scenario(), "--quiet"), 0)
        gone = subprocess.Popen(["true"])
        gone.wait()
        rest = self.folder / f"results/.small.new-{gone.pid}"
        rest.mkdir()
        (rest / "daily.csv").write_text("half a run")
        self.expect(self.call("run", self.scenario(), "--quiet"), 0)
        self.assertEqual([path.name for path in (self.folder / "results").iterdir()], ["small"])

    def test_a_former_result_moved_aside_comes_back(self):
        self.expect(self.call("run", self.scenario(), "--quiet"), 0)
        before = files_of(self.folder / "results/small")
        gone = subprocess.Popen(["true"])
        gone.wait()
        (self.folder / "results/small").rename(self.folder / f"results/.small.new-{gone.pid}.former")
        status, _, _, _ = self.interrupted(signal.SIGINT, "run", "small.yaml", "--paths", str(LONG))
        self.assertEqual(status, 130)
        self.assertEqual(files_of(self.folder / "results/small"), before)


class Progress(ProgramCase):
    def test_plain_lines_where_there_is_no_terminal(self):
        process = subprocess.Popen([BINARY, "run", self.scenario(), "--paths", str(LONG)], cwd=self.folder, env=environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        time.sleep(12)
        process.send_signal(signal.SIGINT)
        lines = process.communicate(timeout=30)[1].rstrip("\n").split("\n")
        pattern = r"^small: [\d,]+ of 200,000,000 paths, [\d,]+ paths/s, (\d+ s|\d+ min \d+ s|\d+ h \d+ min) left$"
        told = [line for line in lines if re.match(pattern, line)]
        self.assertEqual(len(told), 1, lines)
        self.assertNotIn("\r", "".join(lines))

    def test_a_bar_on_a_terminal(self):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([BINARY, "run", self.scenario(), "--paths", str(LONG)], cwd=self.folder, env=environment(),
                                   stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        shown = b""
        while select.select([ours], [], [], 0.2)[0]:
            try:
                more = os.read(ours, 65536)
            except OSError:  # the other end is closed and read out
                break
            if not more:
                break
            shown += more
        os.close(ours)
        self.assertRegex(shown.decode("utf-8"), r"small  \[[#-]{20}\] +\d+ %  [\d,]+ paths/s, .* left")
        self.assertIn(b"\r\x1b[K", shown)  # the bar is taken away

    def test_none_when_quiet(self):
        answer = self.call("run", self.scenario(), "--quiet", "--paths", "2000")
        self.expect(answer, 0)
        self.assertEqual(answer.err, "")


if __name__ == "__main__":
    unittest.main(verbosity=1)
