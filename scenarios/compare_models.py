#!/usr/bin/env python3
"""One pool under every market model: calibrates them on one window, writes scenarios/models/, runs them, prints the table.

    python3 scenarios/compare_models.py [--paths 100000] [--program ./fxpool] [--write docs/models.md]

--write puts the tables between the marks `<!-- comparison:begin -->` and `<!-- comparison:end -->` of that page, and the Chinese ones between
those of the page in Chinese beside it (models.zh.md).
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from answers import estimate

HERE = pathlib.Path(__file__).resolve().parent
RATES = HERE / "data/cny-fx-daily-2005-2026.csv"
WINDOW = ["--pair", "USDCNY", "--from", "2015-08-01", "--to", "2025-12-31"]  # before the scenarios' start
MODELS = ["gbm", "merton", "heston", "regime", "garch", "bootstrap"]
FIGURES = ["pool_loss.demand.mean", "pool_loss.demand.var.0.99", "pool_loss.demand.es.0.975"]
POOLS = {"model-comparison": {"en": "multiple 5, failures that follow the rate", "zh": "放大 5 倍，违约随汇率变化"},
         "fuzhou-base": {"en": "the base case", "zh": "基准情景"}}
WORDS = {"en": {"interval": "{} ({} to {})", "title": "`{}` ({}), {} paths, million CNY with 95 % intervals:",
                "head": "| model | expected loss, million | VaR 99, million | ES 97.5, million | exhausted |"},
         "zh": {"interval": "{}（{} 至 {}）", "title": "`{}`（{}），{} 条路径，金额单位为百万元，附 95 % 区间：",
                "head": "| 模型 | 预期损失，百万元 | 99 % 在险价值，百万元 | 97.5 % 预期短缺，百万元 | 耗尽概率 |"}}


def call(program, *words):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True)
    if done.returncode not in (0, 4):  # 4: a limit is not met, which is an answer too
        sys.exit(f"{' '.join(map(str, words))}: {done.stderr}")
    return json.loads(done.stdout)


def flow(value):
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def without_trend(block):
    """The block with no growth of its own: the window's is 1 % a year with an error as large, and would hide what the shapes do."""
    block = dict(block)
    for key in ("drift", "mean"):
        if key in block:
            block[key] = 0
    if "states" in block:
        block["states"] = [without_trend(state) for state in block["states"]]
    return block


def calibrated(program):
    """Model name -> its block, from the sample's end, with the history where a file in scenarios/models/ finds it."""
    blocks = {}
    for name in MODELS:
        answer = call(program, "calibrate", RATES, *WINDOW, "--model", name, "--json", "--quiet")
        block = answer["result"]["models"][0]["model"]
        if "history" in block:
            block["history"] = "../data/" + RATES.name
        blocks[name] = without_trend(block)
    return blocks


def write_scenarios(blocks):
    folder = HERE / "models"
    folder.mkdir(exist_ok=True)
    for name, block in blocks.items():
        lines = "\n".join(f"        {key}: {flow(value)}" for key, value in block.items())
        (folder / f"{name}.yaml").write_text(
            f"# Question: what does the pool of model-comparison.yaml cost under {name}?\n#\n"
            f"# Written by scenarios/compare_models.py: `fxpool calibrate data/{RATES.name} {' '.join(WINDOW)} --model {name}`, its drift set to 0.\n"
            f"extends: ../model-comparison.yaml\nname: model-comparison-{name}\n"
            f"title: {{en: One pool under {name}, zh: 同一资金池（{name}）}}\n"
            f"market:\n  pairs:\n    USDCNY:\n      model:\n{lines}\n", encoding="utf-8")


def money(one, language):
    value, low, high = (one.get(key) for key in ("value", "low", "high"))
    if low is None or high is None:
        half = 1.96 * one["standard_error"]
        low, high = value - half, value + half
    return WORDS[language]["interval"].format(f"{value / 1e6:.2f}", f"{low / 1e6:.2f}", f"{high / 1e6:.2f}")


def run(program, pool, block, paths, out):
    """The metrics of one pool under one model."""
    file = pathlib.Path(out) / "one.yaml"
    block = dict(block)
    if "history" in block:
        block["history"] = str(RATES)
    file.write_text(f"extends: {HERE / (pool + '.yaml')}\nname: one\nmarket: {{pairs: {{USDCNY: {{model: {flow(block)}}}}}}}\n", encoding="utf-8")
    return call(program, "run", file, "--paths", paths, "--out", out, "--quiet", "--json")["metrics"]


def measured(program, pool, blocks, paths):
    """The metrics of one pool under every model."""
    rows = {}
    with tempfile.TemporaryDirectory() as out:
        for name, block in blocks.items():
            print(f"{pool}: {name}", file=sys.stderr)
            rows[name] = run(program, pool, block, paths, out)
    return rows


def table(rows, language):
    lines = [WORDS[language]["head"], "|---|---|---|---|---|"]
    for name, metrics in rows.items():
        dry = estimate(metrics, "exhaustion.probability")
        shares = WORDS[language]["interval"].format(f"{100 * dry['value']:.3f} %", f"{100 * dry['low']:.3f}", f"{100 * dry['high']:.3f}")
        lines.append(f"| {name} | " + " | ".join(money(estimate(metrics, key), language) for key in FIGURES) + f" | {shares} |")
    return lines


def write(page, text):
    begin, end = "<!-- comparison:begin -->\n", "<!-- comparison:end -->"
    before, rest = page.read_text(encoding="utf-8").split(begin)
    page.write_text(before + begin + "\n" + text + "\n" + end + rest.split(end)[1], encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", type=int, default=100_000)
    parser.add_argument("--program", default=str(HERE.parent / "fxpool"))
    parser.add_argument("--write", type=pathlib.Path, help="the page whose tables to replace; the Chinese page beside it too")
    arguments = parser.parse_args()
    os.environ["LC_ALL"] = "C"
    blocks = calibrated(arguments.program)
    write_scenarios(blocks)
    text = {language: [] for language in WORDS}
    for pool, titles in POOLS.items():
        rows = measured(arguments.program, pool, blocks, arguments.paths)
        for language, title in titles.items():
            text[language] += [WORDS[language]["title"].format(pool, title, f"{arguments.paths:,}"), ""] + table(rows, language) + [""]
    text = {language: "\n".join(lines).rstrip() + "\n" for language, lines in text.items()}
    print(text["en"])
    if arguments.write:
        write(arguments.write, text["en"])
        write(arguments.write.with_suffix(".zh.md"), text["zh"])


if __name__ == "__main__":
    main()
