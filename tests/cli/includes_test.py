"""The picture of includes in CONTRIBUTING.md is the true one, and its arrows run downwards only."""

import os
import pathlib
import re
import unittest

SOURCE = pathlib.Path(os.environ.get("FXPOOL_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))


def picture(text):
    """What each module may include, in the order of the picture: lines like "    app → report, base"."""
    return {module: re.findall(r"\w+", below or "") for module, below in re.findall(r"^    (\w+)(?: +→ (.*))?$", text, re.M)}


def actual():
    """Module -> module it includes -> the files that do."""
    graph = {}
    for root in (SOURCE / "src", SOURCE / "include/fxpool"):
        for file in root.rglob("*.[chi]*"):
            module = file.relative_to(root).parts[0]
            edges = graph.setdefault(module, {})
            for other in re.findall(r'^\s*#\s*include\s+["<]fxpool/(\w+)/', file.read_text(encoding="utf-8"), re.M):
                graph.setdefault(other, {})  # a module may be made by the build alone
                if other != module:
                    edges.setdefault(other, []).append(str(file.relative_to(SOURCE)))
    return graph


def disagreements(drawn, graph):
    order = {module: place for place, module in enumerate(drawn)}
    found = [f"{module} is in the sources, not in the picture" for module in graph if module not in drawn]
    found += [f"{module} is in the picture, not in the sources" for module in drawn if module not in graph]
    for module, below in drawn.items():
        found += [f"{module} → {other}: drawn upwards" for other in below if order.get(other, -1) < order[module]]
        found += [f"{module} → {other}: drawn, but no file includes it" for other in below if other not in graph.get(module, {})]
        found += [f"{module} → {other}: not drawn, but in {', '.join(files)}" for other, files in graph.get(module, {}).items() if other not in below]
    return found


class Includes(unittest.TestCase):
    maxDiff = None

    def test_the_picture_is_the_true_one(self):
        text = (SOURCE / "CONTRIBUTING.md").read_text(encoding="utf-8")
        drawn = picture(text.split("Includes run downwards only")[1].split("\n- ")[0])
        self.assertIn("pool", drawn)
        self.assertEqual(disagreements(drawn, actual()), [])

    def test_a_wrong_picture_is_seen(self):
        drawn = picture("    engine → pool, base\n    pool → base\n    base\n")
        true = {"engine": {"pool": ["a.cpp"], "base": ["a.cpp"]}, "pool": {"base": ["b.cpp"]}, "base": {}}
        self.assertEqual(disagreements(drawn, true), [])
        self.assertNotEqual(disagreements(drawn, {**true, "pool": {"base": ["b.cpp"], "engine": ["b.cpp"]}}), [])
        self.assertNotEqual(disagreements(drawn, {**true, "pool": {}}), [])
        self.assertNotEqual(disagreements(drawn, {**true, "market": {}}), [])
        self.assertNotEqual(disagreements(picture("    pool → base\n    engine → pool, base\n    base → pool\n"), {**true, "base": {"pool": ["c.hpp"]}}), [])


if __name__ == "__main__":
    unittest.main()
