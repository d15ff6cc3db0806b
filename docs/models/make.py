#!/usr/bin/env python3
"""Draws the pictures of docs/models.md and docs/models.zh.md and fills in their figures, from the program's own output.

    ./fxpool calibrate scenarios/data/cny-fx-daily-2005-2026.csv --pair USDCNY --model all --backtest \\
        --from 2015-08-01 --to 2025-12-31 --json > models.json
    python3 docs/models/make.py models.json

Writes fan.svg, term-structure.svg and transform.svg beside this file, and in the two pages what stands between the marks
<!-- NAME:begin --> and <!-- NAME:end -->. Python's standard library only.
"""
import csv
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
RATES = HERE.parents[1] / "scenarios/data/cny-fx-daily-2005-2026.csv"
COLOURS = {"gbm": "#7f7f7f", "merton": "#9467bd", "heston": "#1f77b4", "regime": "#2ca02c", "garch": "#ff7f0e", "bootstrap": "#d62728"}


class Picture:
    """Lines, boxes and words in pixels."""

    def __init__(self, width, height):
        self.width, self.height, self.parts = width, height, []

    def line(self, points, colour, width=1.5, dash="", opacity=1.0):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity="{opacity}"'
                          + (f' stroke-dasharray="{dash}"' if dash else "") + "/>")

    def area(self, points, colour, opacity):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polygon points="{path}" fill="{colour}" fill-opacity="{opacity}"/>')

    def box(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>')

    def words(self, x, y, text, size=12, anchor="middle", colour="#222", bold=False):
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}>{text}</text>')

    def write(self, name):
        body = "\n".join(self.parts)
        (HERE / name).write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
                                 f'font-family="Helvetica, Arial, sans-serif">\n<rect width="{self.width}" height="{self.height}" fill="white"/>\n'
                                 f"{body}\n</svg>\n", encoding="utf-8")


class Axes:
    """A frame with linear scales; values in per cent upwards."""

    def __init__(self, picture, left, top, width, height, x_range, y_range):
        self.picture, self.left, self.top, self.width, self.height = picture, left, top, width, height
        self.x_range, self.y_range = x_range, y_range

    def at(self, x, y):
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        return self.left + self.width * (x - x0) / (x1 - x0), self.top + self.height * (y1 - y) / (y1 - y0)

    def frame(self, x_ticks, y_ticks, y_unit="%"):
        for y in y_ticks:
            self.picture.line([self.at(self.x_range[0], y), self.at(self.x_range[1], y)], "#ddd" if y else "#888", 1)
            self.picture.words(self.left - 6, self.at(0, y)[1] + 4, f"{y:g}{y_unit}", 11, "end")
        for x in x_ticks:
            self.picture.words(self.at(x, 0)[0], self.top + self.height + 16, f"{x:g}", 11)

    def line(self, points, *style, **more):
        self.picture.line([self.at(x, y) for x, y in points], *style, **more)

    def band(self, xs, lows, highs, colour, opacity):
        self.picture.area([self.at(x, y) for x, y in zip(xs, lows)] + [self.at(x, y) for x, y in reversed(list(zip(xs, highs)))], colour, opacity)


def history(result):
    """The window's rates on days when the mainland market was open, as the calibration counts them."""
    with open(HERE.parents[1] / "data/cn-holidays-2005-2035.csv", encoding="utf-8") as file:
        shut = {row["date"] for row in csv.DictReader(file)}
    with open(RATES, encoding="utf-8") as file:
        return [float(row[result["pair"]]) for row in csv.DictReader(file)
                if result["from"] <= row["date"] <= result["to"] and row["date"] not in shut and row[result["pair"]]]


def fan(result, models):
    """Each model's quantiles from the sample's end, over what the rate did in the following year from every 40th day of the sample."""
    rates, rows = history(result), (len(models) + 2) // 3
    picture = Picture(960, 40 + 250 * rows)
    picture.words(480, 22, "A year ahead: the model's 1-99 and 5-95 per cent bands, and what the rate did from every 40th day of the sample (business days)", 13)
    for number, model in enumerate(models):
        left, top = 50 + 310 * (number % 3), 60 + 250 * (number // 3)
        axes = Axes(picture, left, top, 250, 180, (0, 250), (-15, 20))
        axes.frame([0, 63, 126, 189, 250], [-15, -10, -5, 0, 5, 10, 15, 20])
        picture.words(left + 125, top - 8, model["name"], 13, bold=True)
        xs = [0] + [row["days"] for row in model["fan"]["rows"]]
        bounds = [[0] + [100 * row["moves"][i] for row in model["fan"]["rows"]] for i in range(5)]
        colour = COLOURS.get(model["name"], "#333")
        for start in range(0, len(rates) - 250, 40):
            axes.line([(day, 100 * (rates[start + day] / rates[start] - 1)) for day in range(0, 251, 5)], "#555", 0.5, opacity=0.45)
        axes.band(xs, bounds[0], bounds[4], colour, 0.22)
        axes.band(xs, bounds[1], bounds[3], colour, 0.25)
        axes.line(list(zip(xs, bounds[2])), colour, 2)
    picture.write("fan.svg")


def term_structure(models):
    """The rise not exceeded in 99 of 100 cases, by horizon."""
    picture = Picture(760, 420)
    picture.words(380, 24, "Rise of USD/CNY that 99 of 100 cases do not exceed, by business days", 14)
    axes = Axes(picture, 60, 50, 520, 310, (0, 250), (0, 14))
    axes.frame([5, 20, 63, 126, 250], range(0, 15, 2))
    past = [(row["days"], 100 * row["history"]) for row in models[0]["term_structure"] if row["history"] is not None]
    axes.line([(0, 0)] + past, "#000", 3)
    labels = [(past[-1][1], "history", "#000")]
    for model in models:
        points = [(0, 0)] + [(row["days"], 100 * row["model"]) for row in model["term_structure"]]
        colour = COLOURS.get(model["name"], "#333")
        axes.line(points, colour, 2)
        labels.append((points[-1][1], model["name"], colour))
    height = 1e9
    for value, name, colour in sorted(labels, key=lambda label: label[0]):
        height = min(axes.at(250, value)[1], height - 15)
        picture.words(590, height + 4, f"{name} {value:.1f}%", 12, "start", colour, bold=True)
    picture.words(320, 405, "business days", 12)
    picture.write("term-structure.svg")


def transform(models):
    """How the next day's move fell in the forecast made the day before, over the back-test: level where the forecasts are right."""
    tested = [model for model in models if "transform_counts" in model.get("backtest", {})]
    rows = (len(tested) + 2) // 3
    picture = Picture(960, 40 + 190 * rows)
    picture.words(480, 22, "Where the next day's move fell in the forecast of the day before (twentieths; level = right; back-test)", 13)
    for number, model in enumerate(tested):
        counts = model["backtest"]["transform_counts"]
        left, top, level = 50 + 310 * (number % 3), 60 + 190 * (number // 3), sum(counts) / len(counts)
        axes = Axes(picture, left, top, 250, 120, (0, 20), (0, 2.5))
        axes.frame([], [0, 1, 2], "")
        picture.words(left + 125, top - 8, model["name"], 13, bold=True)
        for place, count in enumerate(counts):
            (x0, y0), (x1, y1) = axes.at(place + 0.08, min(count / level, 2.5)), axes.at(place + 0.92, 0)
            picture.box(x0, y0, x1 - x0, y1 - y0, COLOURS.get(model["name"], "#333"))
        axes.line([(0, 1), (20, 1)], "#000", 1, "4 3")
        picture.words(left + 125, top + 138, "fell ... rose more than forecast", 11)
    picture.write("transform.svg")


ENGLISH = {
    "parameter": "parameter", "value": "value", "standard error": "standard error", "fixed": "fixed", "estimated": "estimated", "at floor": "at floor",
    "likelihood": "Log-likelihood {:,.1f}, AIC {:,.1f}, BIC {:,.1f}.",
    "tests": "p-values of the one-step forecasts: {}.", "kolmogorov_smirnov": "Kolmogorov-Smirnov", "anderson_darling": "Anderson-Darling",
    "ljung_box_moves": "Ljung-Box of moves", "ljung_box_squares": "of squares",
    "ratios": "Variance ratios: {}.", "ratio": "{} days {:.2f} (history {:.2f} +- {:.2f})", "and": ", ",
    "no back-test": "No back-test: {}", "hits": "{} of {} ({:.1f} expected)",
    "bounds": "| business days | beyond the 95 % bound, up | p | 99 %, up | p | 95 %, down | p | 99 %, down | p |",
    "rejected": "rejected", "not rejected": "not rejected", "verdict": "All tests together: p = {:.3f}, {}.",
    "ranking": "| model | CRPS over the best's | difference to the best, +- HAC error | back-test p | 99 % rise in six months |",
    "apart": "{:.1f} % +- {:.1f} % ({})", "separable": "separable", "not separable": "not separable", "mark": " ({})", "end": ".",
    "power": "Power: were every six-month outcome 1.3 times as far from its mean, a test at 5 % would see it in {:.0f} to {:.0f} % of such samples: ten years hold few "
             "half-years, and a model that passes is not proved right.",
    "no fit": "No fit: {}: {}.",
}
CHINESE = {
    "parameter": "参数", "value": "数值", "standard error": "标准误", "fixed": "固定", "estimated": "已估计", "at floor": "处于下限",
    "likelihood": "对数似然 {:,.1f}，AIC {:,.1f}，BIC {:,.1f}。",
    "tests": "一步预测检验的 p 值：{}。", "kolmogorov_smirnov": "Kolmogorov-Smirnov", "anderson_darling": "Anderson-Darling",
    "ljung_box_moves": "变动的 Ljung-Box", "ljung_box_squares": "变动平方",
    "ratios": "方差比：{}。", "ratio": "{} 日 {:.2f}（历史 {:.2f} +- {:.2f}）", "and": "，",
    "no back-test": "没有回测：{}", "hits": "{} / {}（预期 {:.1f}）",
    "bounds": "| 工作日 | 突破 95 % 上界 | p | 99 % 上界 | p | 95 % 下界 | p | 99 % 下界 | p |",
    "rejected": "拒绝", "not rejected": "未拒绝", "verdict": "全部检验合并：p = {:.3f}，{}。",
    "ranking": "| 模型 | CRPS 与最佳者之比 | 与最佳者之差，+- HAC 误差 | 回测 p 值 | 六个月 99 % 升幅 |",
    "apart": "{:.1f} % +- {:.1f} %（{}）", "separable": "可区分", "not separable": "无法区分", "mark": "（{}）", "end": "。",
    "power": "功效：假如每个六个月结果与均值的距离都是 1.3 倍，5 % 水平的检验只会在 {:.0f} 至 {:.0f} % 的此类样本中察觉：十年只有为数不多的半年，通过检验的模型并未被证明正确。",
    "no fit": "拟合失败：{}：{}。",
}


def number(value):
    return f"{value:.4g}"


def parameters(model, words):
    """The fit in one table."""
    rows = [f"| {words['parameter']} | {words['value']} | {words['standard error']} |", "|---|---|---|"]
    for one in model["parameters"]:
        error = number(one["standard_error"]) if one["standard_error"] is not None else words[one["status"].replace("_", " ")]
        rows.append(f"| {one['name']} | {number(one['value'])} | {error} |")
    if model["log_likelihood"] is not None:
        rows += ["", words["likelihood"].format(model["log_likelihood"], model["aic"], model["bic"])]
    return rows


def tests(model, words):
    """Tests of fit: p-values, and the variance ratios that the model gives."""
    named = ("kolmogorov_smirnov", "anderson_darling", "ljung_box_moves", "ljung_box_squares")
    values = {key: model["tests"][key]["p_value"] for key in named}
    line = words["and"].join(f"{words[key]} {'-' if value is None else f'{value:.3f}'}" for key, value in values.items())
    ratios = words["and"].join(words["ratio"].format(row["days"], row["model"]["value"], row["history"]["value"], row["history"]["standard_error"])
                               for row in model["variance_ratios"])
    return [words["tests"].format(line), "", words["ratios"].format(ratios)]


def backtest(model, words, language):
    """Hits of the bounds by horizon."""
    back = model.get("backtest", {})
    if "tests" not in back:
        return [words["no back-test"].format(back.get("failure", {}).get(language, ""))]
    rows = [words["bounds"], "|---|---|---|---|---|---|---|---|---|"]
    for days in sorted({test["days"] for test in back["tests"]}):
        cells = []
        for upward, level in ((True, 0.95), (True, 0.99), (False, 0.95), (False, 0.99)):
            test = next(t for t in back["tests"] if (t["test"], t["days"], t["upward"], t["level"]) == ("kupiec", days, upward, level))
            cells += [words["hits"].format(test["hits"], test["forecasts"], test["expected"]), f"{test['p_value']:.3f}"]
        rows.append(f"| {days} | " + " | ".join(cells) + " |")
    return rows + ["", words["verdict"].format(back["p_value"], words["rejected" if back["rejected"] else "not rejected"])]


def ranking(result, words, language):
    rows = [words["ranking"], "|---|---|---|---|---|"]
    for one in result["ranking"]:
        apart = "" if one["difference"] == 0 else words["apart"].format(100 * one["difference"], 100 * one["standard_error"],
                                                                      words["separable" if one["separable"] else "not separable"])
        rejected = words["mark"].format(words["rejected"]) if one["rejected"] else ""
        rows.append(f"| {one['model']} | {one['score']:.3f} | {apart} | {one['p_value']:.3f}{rejected} | {100 * one['depreciation_99']:.1f} % |")
    reason = result["reason"][language]
    rows += ["", reason[0].upper() + reason[1:] + words["end"]]
    power = [test["power"] for model in result["models"] for test in model.get("backtest", {}).get("tests", []) if test["days"] == 126]
    if power:
        rows += ["", words["power"].format(100 * min(power), 100 * max(power))]
    for one in result["failed"]:
        rows += ["", words["no fit"].format(one["model"], one["reason"][language])]
    return rows


def fill_in(result, name, words, language):
    """The figures of one page."""
    page = HERE.parent / name
    text = page.read_text(encoding="utf-8")
    parts = {"ranking": ranking(result, words, language)}
    for model in result["models"]:
        if "parameters" in model:
            parts[model["name"]] = parameters(model, words) + [""] + tests(model, words) + [""] + backtest(model, words, language)
    for name, lines in parts.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        if begin not in text:
            print(f"{page} has no mark {begin}: the figures of {name} are left out", file=sys.stderr)
            continue
        before, rest = text.split(begin)
        text = before + begin + "\n\n" + "\n".join(lines) + "\n\n" + end + rest.split(end)[1]
    page.write_text(text, encoding="utf-8")


def main():
    result = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))["result"]
    models = [model for model in result["models"] if "fan" in model]
    fan(result, models)
    term_structure(models)
    transform(models)
    fill_in(result, "models.md", ENGLISH, "en")
    fill_in(result, "models.zh.md", CHINESE, "zh")


if __name__ == "__main__":
    main()
