#!/usr/bin/env python3
"""Runs the fuzzers (cmake --preset fuzz), each from its stored corpus and from what the scenarios and the tests hold.

usage: fuzz.py BUILD_DIR [--seconds N] [--store] [TARGET...]

    --seconds N   for each target (60)
    --store       afterwards, writes the corpus anew, made small: tests/fuzz/corpus/TARGET.zip

A find stays in BUILD_DIR/finds/. Once mended, it goes to tests/fuzz/found/TARGET/ under a name that says what it was: the suite
replays what lies there. What was learnt stays in BUILD_DIR/corpus/, for the next run.
"""
import argparse
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGETS = ("scenario", "overrides", "contracts", "exporters", "rates")
LONGEST = {"scenario": 6000, "overrides": 600, "contracts": 3000, "exporters": 3000, "rates": 4000}
MOST_STORED = 400_000  # bytes of one zip

sys.path.insert(0, str(ROOT / "tests/cli"))


def values_of(text):
    """key.path=value for the lines of a scenario that has one key a line: food for --set."""
    found, path = [], []
    for line in text.splitlines():
        match = re.match(r"( *)([A-Za-z_]+): *(.*)", line)
        if not match:
            continue
        depth = len(match[1]) // 2
        path = path[:depth] + [match[2]]
        if match[3] and not match[3].startswith("#"):
            found.append(".".join(path) + "=" + match[3].split(" #")[0].strip())
    return found


def seeds():
    """target -> inputs that the project itself has."""
    import _bad_inputs  # the tests' broken files

    found = {target: [] for target in TARGETS}
    yaml = [path.read_bytes() for path in sorted((ROOT / "scenarios").rglob("*.yaml"))]
    found["scenario"] += yaml + [b"# fragment\n" + text for text in yaml]
    for case in _bad_inputs.ERRORS + _bad_inputs.WARNINGS:
        for name, text in case[1].items():
            raw = text if isinstance(text, bytes) else text.encode("utf-8")
            if name.endswith(".yaml"):
                found["scenario"].append(raw)
            elif name.startswith("contracts"):
                found["contracts"].append(raw)
            elif name.endswith(".csv"):
                found["rates"].append(raw)
    found["overrides"] = [line.encode("utf-8") for text in yaml for line in values_of(text.decode("utf-8"))]
    for path in sorted((ROOT / "scenarios").glob("*.csv")):
        found["contracts" if "contracts" in path.name else "exporters"].append(path.read_bytes())
    chinese = "企业编号,企业名称,行业,集团,年收汇美元,违约率\nE1,甲公司,纺织,,1200000,2%\nE2,乙公司,机械,G1,35万,3%\n"
    found["exporters"] += [chinese.encode(code) for code in ("utf-8", "utf-8-sig", "gb18030", "utf-16")]
    rates = (ROOT / "scenarios/data/cny-fx-daily-2005-2026.csv").read_text(encoding="utf-8").splitlines()
    found["rates"] += ["\n".join(rates[:1] + rates[first:first + 40]).encode() for first in (1, 2000, 4000)]
    found["rates"] += [("date,USDCNY\n" + "\n".join(f"{day[:10]},{7 + i / 1000}" for i, day in enumerate(rates[-520:]))).encode()]
    for target in TARGETS:
        kept = ROOT / "tests/fuzz/found" / target
        found[target] += [path.read_bytes() for path in sorted(kept.glob("*"))]
        found[target] = [raw for raw in found[target] if len(raw) <= 4 * LONGEST[target]]  # a row of 10 MB teaches a fuzzer nothing
    return found


def prepare(build, target, own):
    """The folder of the inputs to start from; what the fuzzer learns is added to it."""
    folder = build / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    stored = ROOT / f"tests/fuzz/corpus/{target}.zip"
    if stored.exists():
        with zipfile.ZipFile(stored) as pack:
            own = own + [pack.read(name) for name in pack.namelist()]
    for raw in own:
        (folder / hashlib.sha1(raw).hexdigest()).write_bytes(raw)
    return folder


def options(build, target):
    words = [f"-max_len={LONGEST[target]}", "-timeout=10", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=1"]
    dictionary = build / "scenario.dict"
    return words + ([f"-dict={dictionary}"] if target in ("scenario", "overrides") else [])


def run(build, target, seconds, own):
    """True where nothing was found."""
    folder, finds = prepare(build, target, own), build / "finds"
    finds.mkdir(exist_ok=True)
    environment = os.environ | {"UBSAN_OPTIONS": "print_stacktrace=1", "TMPDIR": "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"}
    began = time.monotonic()
    with open(build / f"{target}.log", "wb") as log:
        done = subprocess.run([build / "tests/fuzz" / f"fuzz_{target}", *options(build, target), f"-max_total_time={seconds}",
                               f"-artifact_prefix={finds}/{target}-", folder], env=environment, stdout=log, stderr=subprocess.STDOUT)
    text = (build / f"{target}.log").read_text(encoding="utf-8", errors="replace")
    runs = re.search(r"stat::number_of_executed_units: (\d+)", text)
    count = int(runs[1]) if runs else 0
    took = time.monotonic() - began
    if done.returncode == 0 and count > 0:
        print(f"{target}: {count:,} runs in {took:.0f} s ({count / took:,.0f} a second), nothing found", flush=True)
        return True
    print(f"{target}: a find after {took:.0f} s, in {finds}; the end of {build / target}.log:", flush=True)
    at = max(text.rfind("ERROR: "), text.rfind("runtime error: "), 0)
    print(text[max(at - 400, 0):at + 4000] if at else text[-4000:], flush=True)
    return False


def store(build, target):
    """The stored corpus: the smallest inputs that reach what all of them reach."""
    small = build / "small" / target
    shutil.rmtree(small, ignore_errors=True)
    small.mkdir(parents=True)
    subprocess.run([build / "tests/fuzz" / f"fuzz_{target}", f"-max_len={LONGEST[target]}", "-merge=1", small, build / "corpus" / target],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    to = ROOT / f"tests/fuzz/corpus/{target}.zip"
    to.parent.mkdir(exist_ok=True)
    inputs = sorted(small.iterdir(), key=lambda path: (path.stat().st_size, path.name))
    total = 0
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for path in inputs:
            raw = path.read_bytes()
            pack.writestr(zipfile.ZipInfo(path.name), raw, zipfile.ZIP_DEFLATED)  # no times in it: the same inputs, the same bytes
            total += 1
            if pack.fp.tell() > MOST_STORED:
                break
    print(f"{target}: {total} of {len(inputs)} inputs stored, {to.stat().st_size:,} bytes", flush=True)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("build", type=pathlib.Path)
    words.add_argument("--seconds", type=int, default=60)
    words.add_argument("--store", action="store_true")
    words.add_argument("targets", nargs="*", default=TARGETS)
    asked = words.parse_args()
    build = asked.build.resolve()
    own = seeds()
    good = True
    for target in asked.targets or TARGETS:
        good &= run(build, target, asked.seconds, own[target])
        if asked.store:
            store(build, target)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
