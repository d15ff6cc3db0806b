"""Plants every mistake, asks the program, and judges what it says.

A mistake is refused (an error), warned of, noted, or silent. A silent one is harmless where a run gives the same bytes as the right files do.
"""

import collections
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import tempfile

from planting import BASES, HERE, SCENARIOS
from still_silent import HARMLESS_HERE

SOURCE = pathlib.Path(os.environ.get("FXPOOL_SOURCE_DIR", HERE.parents[1]))
BINARY = os.environ.get("FXPOOL_BINARY", str(SOURCE / "build/release/fxpool"))
PATHS = 50
LOCALE_NAMES = ("LC_ALL", "LC_MESSAGES", "LANG", "FXPOOL_COMMAND")
ENVIRONMENT = {**{name: value for name, value in os.environ.items() if name not in LOCALE_NAMES}, "LC_ALL": "C"}


@dataclasses.dataclass(frozen=True)
class Said:
    severity: str
    file: str
    line: int
    text: str  # subject and message


@dataclasses.dataclass
class Judged:
    mistake: object
    status: int
    said: list  # beyond what the right files say
    outcome: str  # refused, warned, noted, silent
    fault: str = ""  # what is wrong with the answer
    changes: object = None  # whether results change; None: not looked at


def call(folder, *words, timeout=120):
    return subprocess.run([BINARY, *words], cwd=folder, env=ENVIRONMENT, text=True, encoding="utf-8", errors="replace", stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=timeout)


def lay_out(folder, base, changed):
    """The files of a base in a folder, some of them changed."""
    for name, text in {**base.texts, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    if base.folder == SCENARIOS:
        (folder / "data").symlink_to(SCENARIOS / "data")


def problems(folder, main, *options):
    done = call(folder, "check", main, "--json", *options)
    try:
        answer = json.loads(done.stdout)
    except json.JSONDecodeError:
        return done.returncode, [Said("crash", main, 0, (done.stdout + done.stderr)[-500:])]
    answer = answer[0] if isinstance(answer, list) else answer
    found = []
    for problem in answer["problems"]:
        subject = f"{problem['subject']}: " if problem["subject"] else ""
        found.append(Said(problem["severity"], os.path.normpath(problem["file"]), problem["line"], subject + problem["message"]))
    return done.returncode, found


def results(folder, main):
    """What a run gives: the bytes of its tables, its figures, whether limits are met. None where it does not run."""
    done = call(folder, "run", main, "--paths", str(PATHS), "--threads", "1", "--quiet", "--out", "results")
    if done.returncode not in (0, 4):
        return {"status": done.returncode, "said": done.stderr[-300:]}
    place = next((folder / "results").iterdir())
    found = {path.name: path.read_bytes() for path in place.iterdir() if path.suffix == ".csv"}
    found["metrics"] = json.loads((place / "summary.json").read_text(encoding="utf-8"))["metrics"]
    found["status"] = done.returncode
    return found


CHINESE = ("--lang", "zh")


def language(mistake):
    return CHINESE if mistake.chinese else ()


def spoken_by(base):
    """What the program says of the right files: notes, nothing else."""
    with tempfile.TemporaryDirectory(prefix="fxpool-planted-") as name:
        folder = pathlib.Path(name)
        lay_out(folder, base, {})
        status, said = problems(folder, base.main)
        if base.name == "minjiang":
            said += problems(folder, base.main, *CHINESE)[1]
        loud = [one for one in said if one.severity != "note"]
        assert status == 0 and not loud, f"the right files of {base.name} are not right: {loud}"
        return {(one.severity, one.text) for one in said}


def results_of_base(base):
    with tempfile.TemporaryDirectory(prefix="fxpool-planted-") as name:
        lay_out(pathlib.Path(name), base, {})
        return results(pathlib.Path(name), base.main)


RANK = {"crash": 3, "error": 3, "warning": 2, "note": 1}
OUTCOMES = {3: "refused", 2: "warned", 1: "noted", 0: "silent"}


def told_well(mistake, said):
    """Whether one of the messages is at the place, in the words, that the mistake asks for."""
    for one in said:
        if RANK[one.severity] < (1 if mistake.note_will_do else 2) or one.severity == "crash":
            continue
        here = one.file == os.path.normpath(mistake.file) and (not mistake.lines or one.line in mistake.lines)
        if mistake.chinese and not re.search("[\u4e00-\u9fff]", re.sub(r"'[^']*'", "", one.text)):
            continue
        if (here or one.file in mistake.told_in) and re.search(mistake.says, one.text):
            return True
    return False


def judge(mistake, spoken):
    base = BASES[mistake.base]
    with tempfile.TemporaryDirectory(prefix="fxpool-planted-") as name:
        folder = pathlib.Path(name)
        lay_out(folder, base, mistake.files)
        status, said = problems(folder, base.main, *language(mistake))
    said = [one for one in said if (one.severity, one.text) not in spoken]
    outcome = OUTCOMES[max((RANK[one.severity] for one in said), default=0)]
    judged = Judged(mistake, status, said, outcome)
    if any(one.severity == "crash" for one in said) or status not in (0, 3):
        judged.fault = f"ended with {status}"
    elif mistake.invisible or mistake.harmless:
        pass  # whatever is said of it, or nothing
    elif outcome == "silent" or (outcome == "noted" and not mistake.note_will_do):
        judged.outcome = "silent"
    elif not told_well(mistake, said):
        judged.fault = "told, but not at the place or in the words wanted"
    return judged


def changes_results(judged, right):
    base = BASES[judged.mistake.base]
    with tempfile.TemporaryDirectory(prefix="fxpool-planted-") as name:
        lay_out(pathlib.Path(name), base, judged.mistake.files)
        return results(pathlib.Path(name), base.main) != right


def run_all(mistakes, with_runs, workers=None):
    workers = workers or min(2, os.cpu_count() or 1)
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        bases = {name: BASES[name] for name in {mistake.base for mistake in mistakes}}
        spoken = dict(zip(bases, pool.map(spoken_by, bases.values())))
        judged = list(pool.map(lambda mistake: judge(mistake, spoken[mistake.base]), mistakes))
        silent = [one for one in judged if one.outcome in ("silent", "noted") and not one.fault]
        if with_runs and silent:
            needed = {one.mistake.base for one in silent}
            right = dict(zip(needed, pool.map(lambda name: results_of_base(BASES[name]), needed)))
            for one, changes in zip(silent, pool.map(lambda one: changes_results(one, right[one.mistake.base]), silent)):
                one.changes = changes
    return judged


def false_alarms(rights):
    """What is asked about right files: (name, message) of each."""
    def alarms(right):
        base = BASES[right.base]
        with tempfile.TemporaryDirectory(prefix="fxpool-planted-") as name:
            folder = pathlib.Path(name)
            lay_out(folder, base, right.files)
            _, said = problems(folder, base.main)
        return [(right.name, one) for one in said if RANK[one.severity] >= 2]
    with concurrent.futures.ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        return [alarm for found in pool.map(alarms, rights) for alarm in found]


def is_missed(one):
    """A mistake that could be seen, of which nothing is said, and which changes a result (as far as is known)."""
    return one.outcome == "silent" and not one.mistake.invisible and (
        one.changes or (one.changes is None and not one.mistake.harmless and one.mistake.id not in HARMLESS_HERE))


def kind_of(one):
    if one.outcome in ("refused", "warned"):
        return one.outcome
    if one.mistake.invisible:
        return "invisible from the file"
    if one.outcome == "noted":
        return "understood and said"
    return "silent and missed" if is_missed(one) else "silent and harmless"


def table(judged):
    count = collections.Counter(kind_of(one) for one in judged)
    return f"{len(judged)} mistakes: " + ", ".join(f"{number} {name}" for name, number in count.most_common())
