#!/usr/bin/env python3
"""Prints the table of docs/episodes.md: each episode's move by noon rates, as its file says, and by the rates file, computed here.

    python3 scenarios/episodes/moves.py
"""
import csv
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent


def rates(file):
    with open(file, encoding="utf-8") as text:
        return [(row["date"], float(row["USDCNY"])) for row in csv.DictReader(text)]


def row(file):
    """(first day, line of the table) of one episode."""
    text = file.read_text(encoding="utf-8")
    name = text.splitlines()[0].lstrip("# ")
    good_for = re.search(r"^# Good for: (.*)\.$", text, re.M)[1]
    noon, took = re.search(r"^# Noon rates.*, ([-+][\d.]+) % in (.*)\.$", text, re.M).groups()
    source, first, last = re.search(r"file: (\S+), from: (\S+), to: (\S+)}", text).groups()
    chosen = [rate for date, rate in rates(HERE / source) if first <= date <= last]
    move = 100 * (chosen[-1] / chosen[0] - 1)
    return first, (f"| [`{file.stem}`](../scenarios/episodes/{file.name}) | {name} | {first} to {last} | {noon} % | {move:+.2f} % "
                   f"| {round(move - float(noon), 2) + 0:+.2f} | {took.removesuffix(' trading days')} | {len(chosen) - 1} | {good_for} |")


print("| file | episode | rows of the file | noon | ECB | difference, points | trading days, noon | moves, ECB | good for |")
print("|---|---|---|---|---|---|---|---|---|")
for _, line in sorted(map(row, HERE.glob("*.yaml"))):
    print(line)
