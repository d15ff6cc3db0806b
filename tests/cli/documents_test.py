"""The documents among themselves: the Chinese pages say what the English ones say, links lead somewhere, and nothing cites a text that is not here."""

import collections
import decimal
import os
import pathlib
import re
import subprocess
import unittest
import urllib.parse

SOURCE = pathlib.Path(os.environ.get("FXPOOL_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))

BINARY = os.environ.get("FXPOOL_BINARY", str(SOURCE / "build/release/fxpool"))

IN_BOTH_LANGUAGES = ["rules", "results", "models", "decisions", "plausibility", "scenario"]

FENCE = re.compile(r"^```[\s\S]*?^```$|^(?: {4}[^\n]*\n)+", re.M)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+(?:\([^()]*\))?)\)")
HEADING = re.compile(r"^(#+) +(.*)$", re.M)
NUMBER = re.compile(r"(\d+(?:,\d{3})+|\d+)(\.\d+)?(?: ?(million|m|bn|k|亿|万)(?![A-Za-z]))?")
UNIT = {"million": 10**6, "m": 10**6, "bn": 10**9, "k": 1000, "万": 10**4, "亿": 10**8}


def text_of(path):
    return path.read_text(encoding="utf-8")


def figures(text):
    """Every number of a text, as a multiset: 2,000 = 2000, 0.75 m = 75 万."""
    found = collections.Counter()
    for whole, part, unit in NUMBER.findall(text):
        value = decimal.Decimal(whole.replace(",", "") + part) * UNIT.get(unit, 1)
        found[format(value.normalize(), "f")] += 1
    return found


class Section:
    def __init__(self, level, title, body):
        self.level, self.title = level, title
        self.number = (re.match(r"\d+(?:\.\d+)+(?= )|\d+(?=\. )", title) or [""])[0]
        self.fences = FENCE.findall(body)
        prose = LINK.sub(lambda link: link[1], title + "\n" + FENCE.sub("", body))
        self.codes = set(CODE.findall(prose))
        self.figures = figures(CODE.sub("", prose))


def sections(text):
    """A page by its headings; lines of code are not looked at for any."""
    hidden = FENCE.sub(lambda block: re.sub(r"[^\n]", "x", block[0]), text)
    marks = list(HEADING.finditer(hidden))
    bounds = [mark.start() for mark in marks] + [len(text)]
    parts = [Section(0, "", text[: bounds[0]])]
    for mark, end in zip(marks, bounds[1:]):
        parts.append(Section(len(mark[1]), text[mark.start(2) : mark.end(2)], text[mark.end() : end]))
    return parts


def differences(english, chinese):
    """What one page says and the other does not, in words. A figure that one language writes as a word the other writes as a word too."""
    here, there = sections(english), sections(chinese)
    outline = [[(part.level, part.number) for part in page] for page in (here, there)]
    if outline[0] != outline[1]:
        place = next((i for i, (one, other) in enumerate(zip(*outline)) if one != other), min(map(len, outline)))
        titles = [page[place].title if place < len(page) else "(the end)" for page in (here, there)]
        return [f"the headings part at '{titles[0]}' and '{titles[1]}'"]
    found = []
    for one, other in zip(here, there):
        for name, left, right in (("English", one, other), ("Chinese", other, one)):
            for kind, only in (("figures", left.figures - right.figures), ("`code`", left.codes - right.codes)):
                if only:
                    found.append(f"'{one.title}': {kind} in the {name} text alone: {', '.join(sorted(only))}")
        if one.fences != other.fences:
            found.append(f"'{one.title}': the blocks of code differ")
    return found


def tracked(*suffixes):
    """The project's own files; not what was built, nor results."""
    for folder, folders, names in os.walk(SOURCE):
        here = pathlib.Path(folder)
        folders[:] = [name for name in folders if not name.startswith("build") and name not in (".git", ".cache", "__pycache__", "node_modules")]
        if here == SOURCE / "results":
            folders[:] = []
        for name in names:
            if name.endswith(suffixes) and not (here == SOURCE / "results" and name != "README.md"):
                yield here / name


def anchors(path):
    """The anchors of a page's headings, as GitHub makes them."""
    hidden = FENCE.sub("", text_of(path))
    made = set()
    for mark in HEADING.finditer(hidden):
        title = LINK.sub(lambda link: link[1], mark[2]).replace("`", "").lower()
        made.add(re.sub(r"[^\w\- ]", "", title).replace(" ", "-"))
    return made


class TheTwoLanguages(unittest.TestCase):
    maxDiff = None

    def test_say_the_same(self):
        for page in IN_BOTH_LANGUAGES:
            with self.subTest(page=page):
                english, chinese = text_of(SOURCE / f"docs/{page}.md"), text_of(SOURCE / f"docs/{page}.zh.md")
                self.assertEqual(differences(english, chinese), [])

    def test_a_figure_changed_in_one_language_is_seen(self):
        english = "# 1. A\n\nThe fund is 20 m, the share 80 %: `fund`.\n\n```\nfund: 20m\n```\n\n## 1.1 B\n\n| 5 % | 12,000 |\n"
        chinese = "# 1. 甲\n\n资金 2000 万，占比 80 %：`fund`。\n\n```\nfund: 20m\n```\n\n## 1.1 乙\n\n| 5 % | 1.2万 |\n"
        self.assertEqual(differences(english, chinese), [])
        for old, new in (("2000 万", "200 万"), ("80 %", "8 %"), ("1.2万", "1.3万"), ("`fund`", "`found`"), ("fund: 20m", "fund: 2m"), ("## 1.1", "### 1.1"),
                         ("## 1.1", "## 1.2"), ("。\n", "，5 年。\n")):
            self.assertNotEqual(differences(english, chinese.replace(old, new)), [], new)


class Keys(unittest.TestCase):
    def test_the_pages_of_the_scenario_file_are_what_the_program_prints(self):
        for page, language in (("scenario.md", "en"), ("scenario.zh.md", "zh")):
            with self.subTest(page=page):
                printed = subprocess.run([BINARY, "schema", "--markdown", "--lang", language], stdout=subprocess.PIPE, check=True).stdout.decode()
                shown = text_of(SOURCE / "docs" / page).split("<!-- keys -->\n\n")[1].split("\n<!-- /keys -->")[0]
                self.assertEqual(shown, printed, f"fxpool schema --markdown --lang {language} prints what should stand in docs/{page}")


class References(unittest.TestCase):
    maxDiff = None

    def test_links_lead_somewhere(self):
        broken = []
        for page in tracked(".md"):
            for _, target in LINK.findall(CODE.sub("", FENCE.sub("", text_of(page)))):
                if re.match(r"[a-z]+:", target):
                    continue
                name, _, anchor = urllib.parse.unquote(target).partition("#")
                file = (page.parent / name).resolve() if name else page
                if not file.exists():
                    broken.append(f"{page.relative_to(SOURCE)}: {target}")
                elif anchor and anchor not in anchors(file):
                    broken.append(f"{page.relative_to(SOURCE)}: {target}: no such heading")
        self.assertEqual(broken, [])

    def test_every_file_of_docs_that_is_named_is_there(self):
        missing = []
        for file in tracked(".md", ".cpp", ".hpp", ".inc", ".py", ".sh", ".txt", ".cmake", ".yaml", ".csv"):
            if file.name == pathlib.Path(__file__).name:
                continue
            for name in re.findall(r"(?<![\w/.])docs/[\w./-]*\w", text_of(file)):
                if not (SOURCE / name).exists():
                    missing.append(f"{file.relative_to(SOURCE)}: {name}")
        self.assertEqual(missing, [])

    def test_a_numbered_section_that_is_cited_is_there(self):
        rules = {part.number for part in sections(text_of(SOURCE / "docs/rules.md")) if part.number}
        missing = []
        for file in tracked(".md", ".cpp", ".hpp", ".inc", ".py"):
            for number in re.findall(r"docs/rules\.md, ([\d.]*\d)", text_of(file)):
                if number not in rules:
                    missing.append(f"{file.relative_to(SOURCE)}: docs/rules.md, {number}")
        self.assertEqual(missing, [])

    def test_nothing_cites_a_text_that_is_not_here(self):
        cited = []
        for file in tracked(".md", ".cpp", ".hpp", ".inc", ".py", ".sh", ".txt", ".cmake", ".yaml"):
            if file.name == pathlib.Path(__file__).name:
                continue
            text = text_of(file)
            for line_number, line in enumerate(text.split("\n"), 1):
                beside = file.parent == SOURCE / "docs"  # there the page is a neighbour: scenario.md
                if "pool-rules" in line or (not beside and re.search(r"(?<!docs/)\bscenario\.md", line)):
                    cited.append(f"{file.relative_to(SOURCE)}:{line_number}: {line.strip()[:80]}")
        self.assertEqual(cited, [])


if __name__ == "__main__":
    unittest.main()
