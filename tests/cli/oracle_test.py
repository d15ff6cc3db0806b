#!/usr/bin/env python3
"""The program against the oracle, path by path, on random books.

FXPOOL_BINARY and FXPOOL_SOURCE_DIR name the program and the sources; FXPOOL_SLOW=1 takes 400 books for 40.
`oracle_test.py SEED...` takes these books alone and keeps them in ./oracle-books.
"""

import csv
import json
import multiprocessing
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter

SOURCE = pathlib.Path(os.environ.get("FXPOOL_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = os.environ.get("FXPOOL_BINARY", str(SOURCE / "build" / "release" / "fxpool"))
sys.path.insert(0, str(SOURCE / "tests" / "oracle"))

import pool_oracle  # noqa: E402
import random_books  # noqa: E402

PATHS = 12


def near(a, b):
    return abs(a - b) <= 0.01 + 1e-9 * max(abs(a), abs(b))


def place(metrics, *keys):
    """A metric's number, or None where the result has none."""
    for key in keys:
        if not isinstance(metrics, dict) or key not in metrics:
            return None
        metrics = metrics[key]
    return metrics.get("value") if isinstance(metrics, dict) else metrics


def mean(paths, take):
    return sum(take(p) for p in paths) / len(paths)


def losses_differ(rows, paths):
    """The first path whose losses differ, or None."""
    for number, (row, path) in enumerate(zip(rows, paths)):
        if int(row["path"]) != number:
            return f"row {number} is path {row['path']}"
        for key in ("gross", "demand", "net"):
            if not near(float(row[key]), path[key]):
                return f"path {number}: {key} {row[key]}, oracle {path[key]:.4f}"
        day = row["exhaustion_day"] or None
        if day != path["exhaustion_date"]:
            return f"path {number}: exhaustion {day}, oracle {path['exhaustion_date']}"
    return None


def means_of(paths):
    """Metric -> (the oracle's mean a path, whether it is a count)."""
    wanted = {("bearers", k, "mean"): (mean(paths, lambda p, k=k: p["bearers"][k]), False)
              for k in ("pool", "guarantor", "government", "client_margin")}
    wanted["bearers", "banks", "mean"] = mean(paths, lambda p: sum(p["bearers"]["banks"].values())), False
    for bank in paths[0]["bearers"]["banks"]:
        wanted["bearers", "bank", bank, "mean"] = mean(paths, lambda p, b=bank: p["bearers"]["banks"][b]), False
    wanted["bearers", "total", "mean"] = mean(paths, lambda p: p["losses"]), False
    for cause in pool_oracle.CAUSES:
        wanted["pool_loss", "by_cause", cause, "mean"] = mean(paths, lambda p, c=cause: p["by_cause"][c]), False
        wanted["failures", cause, "mean"] = mean(paths, lambda p, c=cause: p["failures"][c]), True
    wanted["failures", "pending", "mean"] = mean(paths, lambda p: p["failures"]["pending"]), True
    wanted["pool_loss", "receivable", "mean"] = mean(paths, lambda p: p["receivable"]), False
    wanted["quota", "refused", "deals", "mean"] = mean(paths, lambda p: p["refused"]["deals"]), True
    wanted["quota", "refused", "usd", "mean"] = mean(paths, lambda p: p["refused"]["usd"]), False
    wanted["balance", "end", "mean"] = mean(paths, lambda p: p["end_cash"]), False
    wanted["balance", "unpaid_end", "mean"] = mean(paths, lambda p: p["unpaid_end"]), False
    wanted["balance", "lowest", "mean"] = mean(paths, lambda p: p["lowest_available"]), False
    return wanted


OPTIONAL = {("balance", "unpaid_end", "mean"), ("balance", "lowest", "mean"), ("failures", "pending", "mean"),
            ("pool_loss", "receivable", "mean")}


def summary_differs(metrics, paths):
    for keys, (want, is_count) in means_of(paths).items():
        got = place(metrics, *keys)
        name = ".".join(keys)
        if got is None:
            if keys in OPTIONAL:
                continue
            return f"{name} is not in the summary"
        if is_count and round(got * len(paths), 6) != round(want * len(paths), 6):
            return f"{name} {got * len(paths):g} in all, oracle {want * len(paths):g}"
        if not is_count and not near(got, want):
            return f"{name} {got}, oracle {want:.4f}"
    return None


def compare(seed, folder):
    """(what differs or None, how often each switch bound)."""
    file, _ = random_books.write_book(seed, folder)
    run = subprocess.run([BINARY, "run", str(file), "--out", str(folder / "results"), "--threads", "2", "--quiet"],
                         capture_output=True, text=True, timeout=120)
    if run.returncode != 0:
        return f"the program ends with {run.returncode}: {(run.stderr or run.stdout).strip()[:500]}", Counter()
    paths = pool_oracle.simulate(file, PATHS)["paths"]
    bound = Counter()
    for path in paths:
        bound.update(path["bound"].keys())
    results = folder / "results" / f"book-{seed}"
    with open(results / "losses.csv", encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    if len(rows) != PATHS:
        return f"{len(rows)} rows in losses.csv", bound
    metrics = json.loads((results / "summary.json").read_text(encoding="utf-8"))["metrics"]
    return losses_differ(rows, paths) or summary_differs(metrics, paths), bound


def one(job):
    seed, keep = job
    folder = pathlib.Path(keep) / str(seed) if keep else pathlib.Path(tempfile.mkdtemp(prefix="oracle-"))
    try:
        return (seed, *compare(seed, folder))
    except Exception:  # a book that breaks the comparison is a difference too
        return seed, traceback.format_exc(), Counter()
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def main():
    if not os.access(BINARY, os.X_OK):
        print(f"no program at {BINARY}")
        return 1
    seeds = [int(a) for a in sys.argv[1:]]
    keep = "oracle-books" if seeds else None
    if not seeds:
        seeds = range(1, 401 if os.environ.get("FXPOOL_SLOW") == "1" else 41)
    books, wrong = Counter(), []
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for seed, difference, bound in pool.imap_unordered(one, [(s, keep) for s in seeds], chunksize=1):
            books.update(bound.keys())
            if difference:
                wrong.append((seed, difference))
    print(f"{len(seeds)} books, {PATHS} paths each. Books in which a switch bound:")
    print("  " + ", ".join(f"{name} {count}" for name, count in sorted(books.items(), key=lambda x: (-x[1], x[0]))))
    for seed, difference in sorted(wrong):
        print(f"book {seed}: {difference}")
    print(f"{len(wrong)} of {len(seeds)} books differ from the oracle")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
