"""What a machine does to a run: kill -9 at any moment, a full disk, no right to write, two runs at once, files of others, closed pipes.
Whatever happens the result in the folder is whole: the former one or the new one."""

import json
import os
import resource
import shutil
import signal
import subprocess
import time
import unittest

from _program import BINARY, ProgramCase, environment, files_of

NOBODY = 65534
IS_ROOT = os.geteuid() == 0


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def names_if_any(folder):
    try:
        return names_in(folder)
    except FileNotFoundError:
        return None


class FaultCase(ProgramCase):
    def setUp(self):
        super().setUp()
        self.results = self.folder / "results"
        self.small = self.results / "small"

    def with_library(self, text):
        """The environment of a program whose C library is this C text where it speaks, else the system's."""
        source, library = self.write("faulty.c", text), self.folder / "faulty.so"
        compiler = next(filter(shutil.which, ("cc", "gcc", "g++", "clang-14")), "cc")
        subprocess.run([compiler, "-shared", "-fPIC", "-x", "c", source, "-o", library], check=True)
        return {"LD_PRELOAD": str(library), "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"}

    def run_small(self, *words, **options):
        answer = self.call("run", self.scenario(), *words, **options)
        self.expect(answer, 0)
        return answer

    def start(self, *words, **options):
        return subprocess.Popen([BINARY, "run", "small.yaml", *words], cwd=self.folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, encoding="utf-8", **options)

    def whole(self, folder=None):
        """The seed of the result, which must be whole: every file that its manifest lists, and the figures of one run."""
        folder = folder or self.small
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for name in manifest["files"]:
            self.assertTrue((folder / name).is_file(), name)
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        self.assertEqual(summary["parameters"]["simulation"]["seed"], manifest["seed"])
        losses = (folder / "losses.csv").read_text(encoding="utf-8-sig").splitlines()
        self.assertEqual(len(losses), 1 + manifest["paths"])
        return manifest["seed"]


class Killed(FaultCase):
    def killed(self, moment, *words):
        """Starts a run and kills it when `moment(names beside the result)` is true, None: nothing stands there. False where the run was quicker."""
        process = self.start(*words)
        beside = self.results / f".small.new-{process.pid}-2"  # the first holds the place while paths are walked
        while process.poll() is None and not moment(names_if_any(beside)):
            pass
        process.kill()
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def test_at_any_moment_of_writing(self):
        self.run_small("--quiet", "--seed", "1")
        files = len(names_in(self.small))
        cut = 0
        for count in range(files + 1):
            was_cut = self.killed(lambda names: names is not None and len(names) >= count, "--seed", "2", "--paths", "3000")
            cut += was_cut
            self.assertIn(self.whole(), (1, 2))
            if was_cut and self.whole() == 1 and len(names_in(self.results)) > 1:
                rests = [name for name in names_in(self.results) if name != "small"]
                answer = self.run_small("--seed", "1")
                self.assertEqual([line for line in answer.err.splitlines() if "removed" in line],
                                 ["small: removed what an interrupted run had left: " + ", ".join(rests)])
                self.assertEqual(names_in(self.results), ["small"])
        self.assertGreater(cut, 2)

    def test_at_random_moments(self):
        self.run_small("--quiet", "--seed", "1")
        for moment in range(12):
            stop_at = time.monotonic() + 0.02 * moment
            self.killed(lambda _: time.monotonic() > stop_at, "--seed", "2")
            self.assertIn(self.whole(), (1, 2))
        self.run_small("--quiet")
        self.assertEqual(names_in(self.results), ["small"])

    def test_the_former_result_stays_until_then(self):
        self.run_small("--quiet", "--seed", "1")
        before = files_of(self.small)
        self.assertTrue(self.killed(lambda names: names is not None, "--seed", "2", "--paths", "20000"))
        self.assertEqual(files_of(self.small), before)

    def test_a_rest_is_told_once_and_in_the_language_asked_for(self):
        self.run_small("--quiet")
        (self.results / ".small.new-1").mkdir()  # process 1 lives, but no run holds this folder
        self.assertIn("small: 已清除上次中断的运行留下的内容：.small.new-1", self.run_small("--lang", "zh").err)
        self.assertNotIn("removed", self.run_small().err)

    def test_another_result_is_not_swept(self):
        self.run_small("--quiet")
        (self.results / ".smaller.new-1").mkdir()
        self.assertNotIn("removed", self.run_small().err)
        self.assertEqual(names_in(self.results), [".smaller.new-1", "small"])


class TwoAtOnce(FaultCase):
    def test_both_end_well_and_the_result_is_of_one(self):
        self.run_small("--quiet", "--seed", "1")
        for _ in range(3):
            both = [self.start("--quiet", "--seed", seed) for seed in ("2", "3")]
            for process in both:
                _, err = process.communicate(timeout=60)
                self.assertEqual((process.returncode, err), (0, ""))
            self.assertIn(self.whole(), (2, 3))
            self.assertEqual(names_in(self.results), ["small"])

    def test_into_an_empty_place(self):
        self.scenario()
        for _ in range(3):
            shutil.rmtree(self.results, ignore_errors=True)
            both = [self.start("--quiet", "--seed", seed) for seed in ("2", "3")]
            for process in both:
                self.assertEqual((process.communicate(timeout=60)[1], process.returncode), ("", 0))
            self.assertIn(self.whole(), (2, 3))

    def test_the_second_says_so(self):
        self.run_small("--quiet")
        first = self.start("--paths", "200000000")
        while not (self.results / f".small.new-{first.pid}").exists() and first.poll() is None:
            time.sleep(0.01)
        answer = self.run_small()
        first.kill()
        first.communicate()
        self.assertIn("small: another run is writing results/small too: the result of the one that ends last will stand there\n", answer.err)
        self.assertEqual(names_in(self.results), [f".small.new-{first.pid}", "small"])  # not taken for a rest while it lived


class ForeignFiles(FaultCase):
    def test_are_kept_and_named(self):
        self.run_small("--quiet", "--seed", "1")
        (self.small / "notes.txt").write_text("what the mayor said")
        (self.small / "slides").mkdir()
        (self.small / "slides/one.txt").write_text("1")
        (self.small / "link").symlink_to("notes.txt")
        answer = self.run_small("--seed", "2")
        self.assertIn("small: kept in results/small, though no result wrote it: link, notes.txt, slides\n", answer.err)
        self.assertEqual((self.small / "notes.txt").read_text(), "what the mayor said")
        self.assertEqual((self.small / "slides/one.txt").read_text(), "1")
        self.assertEqual(os.readlink(self.small / "link"), "notes.txt")
        self.assertEqual(self.whole(), 2)
        self.assertEqual(names_in(self.results), ["small"])
        self.run_small("--seed", "3")
        self.assertEqual((self.small / "notes.txt").read_text(), "what the mayor said")

    def test_nothing_is_said_where_there_are_none(self):
        self.run_small("--quiet")
        self.assertNotIn("kept", self.run_small().err)

    def test_a_folder_that_is_no_result_loses_nothing(self):
        self.small.mkdir(parents=True)
        (self.small / "summary.json").write_text("mine")
        (self.small / "daily.csv").write_text("mine too")
        self.run_small("--quiet")
        self.whole()
        self.assertEqual((self.small / "kept-summary.json").read_text(), "mine")
        self.assertEqual((self.small / "kept-daily.csv").read_text(), "mine too")

    def test_of_an_older_result_only_its_own_files_go(self):
        self.run_small("--quiet")
        manifest = json.loads((self.small / "manifest.json").read_text(encoding="utf-8"))
        del manifest["files"]
        (self.small / "manifest.json").write_text(json.dumps(manifest))
        (self.small / "losses_histogram.csv").write_text("of the older result")
        (self.small / "mine.csv").write_text("mine")
        self.run_small("--quiet")
        self.assertFalse((self.small / "losses_histogram.csv").exists())
        self.assertEqual((self.small / "mine.csv").read_text(), "mine")

    def test_the_place_may_be_a_link(self):
        far = self.folder / "far/away"
        far.mkdir(parents=True)
        self.results.mkdir()
        self.small.symlink_to(far)
        self.run_small("--quiet", "--seed", "4")
        self.run_small("--quiet", "--seed", "5")
        self.assertTrue(self.small.is_symlink())
        self.assertEqual(self.whole(far), 5)
        self.assertEqual((names_in(self.results), names_in(far.parent)), (["small"], ["away"]))

    def test_a_link_that_leads_nowhere_is_told_before_the_run(self):
        self.results.mkdir()
        self.small.symlink_to("nowhere")
        answer = self.call("run", self.scenario(), "--paths", "200000000", timeout=60)
        self.expect(answer, 1)
        self.assertIn("small: results/small can't be written: it is a link that leads nowhere", answer.err)


class NoRoom(FaultCase):
    def fails(self, answer, why):
        self.expect(answer, 1)
        self.assertIn(f"results/small can't be written: {why}\n", answer.err)
        self.assertNotIn("error of the program", answer.err)
        self.assertEqual(answer.out, "")

    def limited(self, size, *words):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        process = self.start(*words, preexec_fn=limit)
        out, err = process.communicate(timeout=60)
        return type("Answer", (), {"status": process.returncode, "out": out, "err": err})

    def test_a_limit_on_files(self):
        self.run_small("--quiet", "--seed", "1")
        before = files_of(self.results)
        for size in (0, 5_000, 60_000):
            self.fails(self.limited(size, "--seed", "2", "--paths", "20000"), "a file would be larger than is allowed here (ulimit -f)")
            self.assertEqual(files_of(self.results), before)
            self.assertEqual(names_in(self.results), ["small"])

    def test_a_disk_that_says_when_all_is_written_that_it_is_full(self):
        self.run_small("--quiet", "--seed", "1")
        before = files_of(self.results)
        for call in (1, 2, 5):
            extra = self.with_library("#include <errno.h>\nint fsync(int file) { static int calls = 0; (void)file; "
                                      f"if (++calls < {call}) return 0; errno = ENOSPC; return -1; }}\n")
            self.fails(self.call("run", "small.yaml", "--seed", "2", "--quiet", **extra), "the disk is full")
            self.assertEqual(files_of(self.results), before)
            self.assertEqual(names_in(self.results), ["small"])

    def test_a_full_disk(self):
        """A disk of 200 kB in memory, mounted by root, or in a user's own name space."""
        own = [] if IS_ROOT else ["-r"]
        inside = ("mount -t tmpfs -o size=200k none results && \"$0\" run small.yaml --quiet --seed 1 && cp -r results/small first && "
                  "{ \"$0\" run small.yaml --quiet --seed 2 --paths 20000; echo $? >status; } && diff -r results/small first && ls -A results >left")
        if subprocess.run(["unshare", *own, "-m", "true"], stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("no disk can be mounted here (neither root's rights nor name spaces): only a disk that says that it is full is tried")
        self.results.mkdir()
        self.scenario()
        done = subprocess.run(["unshare", *own, "-m", "bash", "-c", inside, BINARY], cwd=self.folder, env=environment(), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "status").read_text(), "1\n")
        self.assertIn("results/small can't be written: the disk is full\n", done.stderr)
        self.assertEqual((self.folder / "left").read_text(), "small\n")


class NoRight(FaultCase):
    def as_user(self, *words):
        """The program as an ordinary user, whoever runs the tests."""
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if IS_ROOT else {}
        done = subprocess.run([self.program, *words], cwd=self.folder, env=environment(), capture_output=True, text=True, encoding="utf-8", **who)
        return type("Answer", (), {"status": done.returncode, "out": done.stdout, "err": done.stderr})

    def setUp(self):
        super().setUp()
        os.chmod(self.folder, 0o755)
        self.addCleanup(os.chmod, self.folder, 0o755)
        self.program = self.folder / "fxpool"  # the user may have no way to where it was built
        shutil.copy(BINARY, self.program)

    def test_no_folder_can_be_made(self):
        self.scenario()
        os.chmod(self.folder, 0o555)
        answer = self.as_user("run", "small.yaml", "--paths", "200000000")
        self.expect(answer, 1)
        self.assertIn("small: results can't be written: no permission to write there\n", answer.err)

    def test_the_former_result_of_another_user_stays(self):
        self.run_small("--quiet", "--seed", "1")
        before = files_of(self.results)
        os.chmod(self.results, 0o555)
        self.addCleanup(os.chmod, self.results, 0o755)
        answer = self.as_user("run", "small.yaml", "--seed", "2")
        self.expect(answer, 1)
        self.assertIn("small: results can't be written: no permission to write there\n", answer.err)
        self.assertEqual(files_of(self.results), before)

    def test_a_scenario_that_may_not_be_read(self):
        self.scenario()
        os.chmod(self.folder / "contracts.csv", 0)
        answer = self.as_user("check", "small.yaml")
        self.expect(answer, 3)
        self.assertIn("contracts.csv: the file can't be read", answer.err)


class Pipes(FaultCase):
    def through(self, words, take):
        """Reads `take` bytes of the output and closes the pipe. Status as the shell sees it, and what was said."""
        process = subprocess.Popen([BINARY, *words], cwd=self.folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, pipesize=4096)
        os.read(process.stdout.fileno(), take)
        process.stdout.close()
        err = process.stderr.read().decode("utf-8")
        process.stderr.close()
        status = process.wait(timeout=60)
        return (128 - status if status < 0 else status), err

    def test_the_shell_sees_a_broken_pipe_and_nothing_is_said(self):
        self.scenario()
        for words in (["trace", "small.yaml", "--quiet", "--path", "0", "--all-days"], ["schema"]):
            self.assertEqual(self.through(words, 1), (141, ""))

    def test_head_of_everything(self):
        self.scenario()
        for line in ("schema", "trace small.yaml --path 0 --all-days", "run small.yaml --quiet", "run small.yaml", "--help", "check small.yaml"):
            done = subprocess.run(["bash", "-c", f'"{BINARY}" {line} 2>err | head -1; echo "${{PIPESTATUS[0]}}"'], cwd=self.folder, env=environment(),
                                  capture_output=True, text=True, encoding="utf-8")
            self.assertIn(done.stdout.splitlines()[-1], ("0", "141"), line)
            self.assertNotIn("can't be written", (self.folder / "err").read_text(encoding="utf-8"))
        self.whole()

    def test_a_run_whose_reader_is_gone_writes_its_results_all_the_same(self):
        for name in ("one", "two"):
            self.scenario(name)
        read, write = os.pipe()
        os.close(read)
        process = subprocess.Popen([BINARY, "run", "one.yaml", "two.yaml"], cwd=self.folder, env=environment(), stdout=write, stderr=write)
        os.close(write)
        self.assertEqual(process.wait(timeout=60), -signal.SIGPIPE)
        for name in ("one", "two"):
            self.whole(self.results / name)

    def test_where_broken_pipes_are_ignored_it_is_a_success(self):
        self.scenario()
        done = subprocess.run(["bash", "-c", f'trap "" PIPE; {{ "{BINARY}" run small.yaml 2>err; echo $? >status; }} | true'], cwd=self.folder, env=environment())
        self.assertEqual(done.returncode, 0)
        self.assertEqual((self.folder / "status").read_text(), "0\n")
        self.assertEqual(self.whole(), 7)

    def test_a_closed_standard_output_is_not_a_result_file(self):
        self.scenario()
        done = subprocess.run(["bash", "-c", f'"{BINARY}" run small.yaml >&-'], cwd=self.folder, env=environment(), capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("standard output can't be written", done.stderr)
        self.whole()

    def test_a_full_standard_output_is_told(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([BINARY, "schema"], env=environment(), stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual((done.returncode, done.stderr), (1, "fxpool: standard output can't be written\n"))

    def test_a_terminal_that_is_closed_stops_a_run_and_nohup_does_not(self):
        self.run_small("--quiet", "--seed", "1")
        for ignored, status in ((False, 130), (True, None)):
            process = self.start("--paths", "200000000",
                                 preexec_fn=(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) if ignored else (lambda: None))
            time.sleep(1)
            process.send_signal(signal.SIGHUP)
            time.sleep(0.5 if ignored else 0)
            if ignored:
                self.assertIsNone(process.poll())
                process.kill()
            process.communicate(timeout=30)
            if not ignored:
                self.assertEqual(process.returncode, status)
        self.assertEqual(self.whole(), 1)


class WithoutAnExchange(FaultCase):
    """File systems that can't exchange two folders in one step: renameat2 fails in a library loaded before the C library's."""

    def setUp(self):
        super().setUp()
        self.extra = self.with_library("#include <errno.h>\nint renameat2(int a, const char* b, int c, const char* d, unsigned e) "
                                       "{ (void)a; (void)b; (void)c; (void)d; (void)e; errno = EINVAL; return -1; }\n")

    def test_two_renames_do(self):
        self.run_small("--quiet", "--seed", "1", **self.extra)
        (self.small / "notes.txt").write_text("mine")
        self.run_small("--quiet", "--seed", "2", **self.extra)
        self.assertEqual((self.whole(), names_in(self.results)), (2, ["small"]))
        self.assertEqual((self.small / "notes.txt").read_text(), "mine")

    def test_two_at_once(self):
        self.run_small("--quiet", "--seed", "1")
        for _ in range(3):
            both = [subprocess.Popen([BINARY, "run", "small.yaml", "--quiet", "--seed", seed], cwd=self.folder, env=environment(**self.extra),
                                     stderr=subprocess.PIPE, text=True) for seed in ("2", "3")]
            for process in both:
                self.assertEqual((process.communicate(timeout=60)[1], process.returncode), ("", 0))
            self.assertIn(self.whole(), (2, 3))
            self.assertEqual(names_in(self.results), ["small"])

    def test_killed_in_between_the_former_result_comes_back(self):
        self.run_small("--quiet", "--seed", "1")
        self.small.rename(self.results / ".small.new-1.former")
        self.assertEqual(self.call("run", "small.yaml", "--seed", "1").err.count("is back in results/small\n"), 1)
        self.assertEqual(self.whole(), 1)


if __name__ == "__main__":
    unittest.main(verbosity=1)
