"""How a mistake is planted: one value, key or line of a right file is changed, and nothing else."""

import dataclasses
import functools
import pathlib
import re

import yaml

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parents[1] / "scenarios"


@dataclasses.dataclass(frozen=True)
class Base:
    """A right scenario: the files that it is made of, by their names, the first of them the one that is run."""
    name: str
    folder: pathlib.Path
    names: tuple

    @functools.cached_property
    def texts(self):
        return {name: (self.folder / name).read_text(encoding="utf-8") for name in self.names}

    @property
    def main(self):
        return self.names[0]


def shipped(name, *more):
    return Base(name, SCENARIOS, (f"{name}.yaml", *more))


BASES = {base.name: base for base in (
    shipped("fuzhou-base"),
    shipped("fuzhou-base-gbm", "fuzhou-base.yaml"),
    shipped("fuzhou-first-deal", "first-deal-contracts.csv"),
    shipped("fuzhou-5x", "fuzhou-base.yaml"),
    shipped("joint-tail-wrong-way", "fuzhou-base.yaml"),
    shipped("joint-tail-wrong-way-3x", "joint-tail-wrong-way.yaml", "fuzhou-base.yaml", "fuzhou-base-gbm.yaml"),
    shipped("liquidity-lines", "liquidity-exporters.csv"),
    shipped("replay-2018-trade-war", "fuzhou-base.yaml"),
    shipped("tariff-order-shock-2025", "fuzhou-base.yaml"),
    shipped("calm-carry-strategic", "fuzhou-base.yaml"),
    shipped("appreciation-2025-26", "fuzhou-base.yaml"),
    *(shipped(f"models/{model}", "model-comparison.yaml", "fuzhou-5x.yaml", "fuzhou-base.yaml") for model in ("garch", "heston", "merton", "regime")),
    Base("two-rivers", HERE / "two-rivers", ("two-rivers.yaml", "exporters.csv", "contracts.csv", "rates.csv")),
    Base("own-history", HERE / "two-rivers", ("own-history.yaml", "two-rivers.yaml", "exporters.csv", "contracts.csv", "rates.csv")),
    Base("minjiang", HERE / "minjiang", ("闽江.yaml", "企业.csv", "合约.csv", "汇率.csv")),
)}


@dataclasses.dataclass(frozen=True)
class Mistake:
    id: str
    base: str
    file: str           # the file that holds the mistake
    what: str           # what was done, in words
    files: dict         # the changed files, by name: text or bytes
    lines: tuple = ()   # where the message must point; any of these; none: anywhere in the file
    says: str = ""      # what the message must hold: a regular expression
    told_in: tuple = ()  # other files where the message may stand
    note_will_do: bool = False  # understood and said (scaled, say), not asked about
    invisible: str = ""  # why nobody could see it from the file alone
    harmless: str = ""   # why it may stay unsaid though it can be seen: it changes no result (looked at with --runs)
    chinese: bool = False  # the program is asked in Chinese, and must answer in it


# ---- places in YAML ------------------------------------------------------------------------------------------------------------------


def steps(path):
    return [int(step) if step.isdigit() else step for step in path.split("/")]


def find(text, path):
    """The nodes (key, value) at "pool/margin/rate" or "banks/0/weight"; the key is None in a list."""
    key, node = None, yaml.compose(text)
    for step in steps(path):
        if isinstance(step, int) and isinstance(node, yaml.SequenceNode):
            key, node = None, node.value[step]
            continue
        key, node = next((k, v) for k, v in node.value if k.value == str(step))
    return key, node


def value_of(text, path):
    node = find(text, path)[1]
    return text[node.start_mark.index:node.end_mark.index]


def line_of(text, path):
    key, node = find(text, path)
    return node.start_mark.line + 1 if key is None else key.start_mark.line + 1


def lines_up(text, path):
    """The line of a key and those of the keys that it is under: a sum, say, is told at the list."""
    parts = path.split("/")
    return tuple(sorted({line_of(text, "/".join(parts[:length])) for length in range(2 if len(parts) > 1 else 1, len(parts) + 1)} | {line_of(text, path)}
                        | ({line_of(text, parts[0])} if parts[0] in ("banks", "exporters", "new_business", "limits") else set())))


def with_value(text, path, new):
    node = find(text, path)[1]
    return text[:node.start_mark.index] + new + text[node.end_mark.index:]


def with_key(text, path, new):
    key = find(text, path)[0]
    return text[:key.start_mark.index] + new + text[key.end_mark.index:]


def with_swapped(text, one, other):
    first, second = find(text, one)[1], find(text, other)[1]
    if first.start_mark.index > second.start_mark.index:
        first, second = second, first
    (a, b), (c, d) = ((node.start_mark.index, node.end_mark.index) for node in (first, second))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def replaced(text, old, new):
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def first_changed_line(old, new):
    for number, (a, b) in enumerate(zip(old.split("\n"), new.split("\n")), 1):
        if a != b:
            return number
    return min(old.count("\n"), new.count("\n")) + 1


# ---- slips of the pen ----------------------------------------------------------------------------------------------------------------

NUMBER = re.compile(r"^(-?)([\d.]+(?:e-?\d+)?)(.*)$")


def scaled(text, factor):
    sign, digits, unit = NUMBER.match(text).groups()
    return f"{sign}{float(digits) * factor:.10g}{unit}"


SLIPS = {
    "/100": ("a hundredth", lambda t: scaled(t, 0.01)),
    "x100": ("a hundred times", lambda t: scaled(t, 100)),
    "/1e4": ("a ten-thousandth", lambda t: scaled(t, 1e-4)),
    "x1e4": ("ten thousand times", lambda t: scaled(t, 1e4)),
    "no%": ("the % dropped", lambda t: replaced(t, "%", "")),
    "+%": ("a % added", lambda t: t + "%"),
    "neg": ("a minus sign", lambda t: t[1:] if t.startswith("-") else "-" + t),
    "m>bn": ("bn for m", lambda t: replaced(t, "m", "bn")),
    "m>k": ("k for m", lambda t: replaced(t, "m", "k")),
    "k>m": ("m for k", lambda t: replaced(t, "k", "m")),
    "no unit": ("the unit dropped", lambda t: re.sub("[a-z]+$", "", t)),
    "元": ("万元 behind the number", lambda t: t + "万元"),
    "comma": ("a comma for the point", lambda t: replaced(t, ".", ",")),
    "full": ("full-width digits", lambda t: t.translate({ord("0") + i: ord("０") + i for i in range(10)})),
    "full%": ("a full-width %", lambda t: replaced(t, "%", "％")),
    "word": ("a word for the number", lambda t: "high"),
    "none": ("nothing after the colon", lambda t: ""),
}


class Planter:
    """Collects the mistakes of one file of one base."""

    def __init__(self, base, file=None, prefix=None):
        self.base, self.file = BASES[base], file or BASES[base].main
        self.prefix = prefix or base.replace("models/", "")
        self.text = self.base.texts[self.file]
        self.found = []

    def add(self, name, what, new, says="", lines=(), **more):
        assert new != self.text, (self.prefix, name, what)
        if not lines and isinstance(new, str):
            lines = (first_changed_line(self.text, new),)
        self.found.append(Mistake(f"{self.prefix}:{name}", self.base.name, self.file, what, {self.file: new}, tuple(lines or ()), says, **more))

    def slips(self, path, kinds, says="", lines=None, **more):
        """kinds: names of SLIPS, separated by |."""
        old = value_of(self.text, path)
        leaf = path.split("/")[-1]
        for kind in kinds.split("|"):
            what, slip = SLIPS[kind]
            new = slip(old)
            more_says = says or (f"(?i){re.escape(leaf)}|{re.escape(new)}" if not leaf.isdigit() else re.escape(new))
            self.add(f"{path} {kind}", f"{path}: {old} -> {new or 'nothing'} ({what})", with_value(self.text, path, new), more_says,
                     lines or lines_up(self.text, path), **more)

    def value(self, path, new, says="", lines=None, **more):
        old = value_of(self.text, path)
        leaf = path.split("/")[-1]
        self.add(f"{path}={new}", f"{path}: {old} -> {new}", with_value(self.text, path, new),
                 says or (f"{re.escape(leaf)}|{re.escape(new)}" if not leaf.isdigit() else re.escape(new)), lines or lines_up(self.text, path), **more)

    def key(self, path, new, says="", lines=None, **more):
        old = path.split("/")[-1]
        self.add(f"{path}>{new}", f"the key {path} written {new}", with_key(self.text, path, new), says or re.escape(new),
                 lines or lines_up(self.text, path), **more)

    def swap(self, one, other, says="", **more):
        self.add(f"{one}<>{other}", f"the values of {one} and {other} swapped", with_swapped(self.text, one, other), says,
                 (line_of(self.text, one), line_of(self.text, other)), **more)

    def replace(self, name, what, old, new, says="", **more):
        self.add(name, what, replaced(self.text, old, new), says, **more)
