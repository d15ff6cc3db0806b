#!/usr/bin/env python3
"""Draws the pictures of docs/models.md and fills in its figures, from the program's own output.

    ./fxpool calibrate scenarios/data/cny-fx-daily-2005-2026.csv --pair USDCNY --model all --backtest \\
        --from 2015-08-01 --to 2025-12-31 --json > models.json
    python3 docs/models/make.py models.json

Writes fan.svg, term-structure.svg and transform.svg beside this file, and in docs/models.md what stands between the marks
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


def number(value):
    return f"{value:.4g}"


def parameters(model):
    """The fit in one table."""
    rows = ["| parameter | value | standard error |", "|---|---|---|"]
    for one in model["parameters"]:
        error = number(one["standard_error"]) if one["standard_error"] is not None else one["status"].replace("_", " ")
        rows.append(f"| {one['name']} | {number(one['value'])} | {error} |")
    if model["log_likelihood"] is not None:
        rows += ["", f"Log-likelihood {model['log_likelihood']:,.1f}, AIC {model['aic']:,.1f}, BIC {model['bic']:,.1f}."]
    return rows


def tests(model):
    """Tests of fit: p-values, and the variance ratios that the model gives."""
    named = {"kolmogorov_smirnov": "Kolmogorov-Smirnov", "anderson_darling": "Anderson-Darling", "ljung_box_moves": "Ljung-Box of moves",
             "ljung_box_squares": "of squares"}
    values = {key: model["tests"][key]["p_value"] for key in named}
    line = ", ".join(f"{named[key]} {'-' if value is None else f'{value:.3f}'}" for key, value in values.items())
    ratios = ", ".join(f"{row['days']} days {row['model']['value']:.2f} (history {row['history']['value']:.2f} +- {row['history']['standard_error']:.2f})"
                       for row in model["variance_ratios"])
    return [f"p-values of the one-step forecasts: {line}.", "", f"Variance ratios: {ratios}."]


def backtest(model):
    """Hits of the bounds by horizon."""
    back = model.get("backtest", {})
    if "tests" not in back:
        return ["No back-test: " + back.get("failure", {}).get("en", "")]
    rows = ["| business days | beyond the 95 % bound, up | p | 99 %, up | p | 95 %, down | p | 99 %, down | p |", "|---|---|---|---|---|---|---|---|---|"]
    for days in sorted({test["days"] for test in back["tests"]}):
        cells = []
        for upward, level in ((True, 0.95), (True, 0.99), (False, 0.95), (False, 0.99)):
            test = next(t for t in back["tests"] if (t["test"], t["days"], t["upward"], t["level"]) == ("kupiec", days, upward, level))
            cells += [f"{test['hits']} of {test['forecasts']} ({test['expected']:.1f} expected)", f"{test['p_value']:.3f}"]
        rows.append(f"| {days} | " + " | ".join(cells) + " |")
    verdict = "rejected" if back["rejected"] else "not rejected"
    return rows + ["", f"All tests together: p = {back['p_value']:.3f}, {verdict}."]


def ranking(result):
    rows = ["| model | CRPS over the best's | difference to the best, +- HAC error | back-test p | 99 % rise in six months |", "|---|---|---|---|---|"]
    for one in result["ranking"]:
        apart = "" if one["difference"] == 0 else f"{100 * one['difference']:.1f} % +- {100 * one['standard_error']:.1f} % ({'separable' if one['separable'] else 'not separable'})"
        rows.append(f"| {one['model']} | {one['score']:.3f} | {apart} | {one['p_value']:.3f}{' (rejected)' if one['rejected'] else ''} | {100 * one['depreciation_99']:.1f} % |")
    power = [test["power"] for model in result["models"] for test in model.get("backtest", {}).get("tests", []) if test["days"] == 126]
    rows += ["", result["reason"]["en"].capitalize() + ".", "", result["reason"]["zh"] + "。"]
    if power:
        rows += ["", f"Power: were every six-month outcome 1.3 times as far from its mean, a test at 5 % would see it in {100 * min(power):.0f} to {100 * max(power):.0f} % of such "
                 "samples: ten years hold few half-years, and a model that passes is not proved right."]
    for one in result["failed"]:
        rows += ["", f"No fit: {one['model']}: {one['reason']['en']}."]
    return rows


def fill_in(result):
    """The figures of docs/models.md."""
    page = HERE.parent / "models.md"
    text = page.read_text(encoding="utf-8")
    parts = {"ranking": ranking(result)}
    for model in result["models"]:
        if "parameters" in model:
            parts[model["name"]] = parameters(model) + [""] + tests(model) + [""] + backtest(model)
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
    fill_in(result)


if __name__ == "__main__":
    main()
