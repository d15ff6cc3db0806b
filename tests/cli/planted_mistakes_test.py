"""Mistakes planted one at a time in right files: each that can be seen is told at its place; right files are asked nothing. Says the counts.

With FXPOOL_SLOW=1 the silent ones are run, to see which of them change a result.
"""

import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "planted_mistakes"))

import chinese_mistakes  # noqa: E402
import harness  # noqa: E402
import right_files  # noqa: E402
import scenario_mistakes  # noqa: E402
import table_mistakes  # noqa: E402
from still_silent import STILL_SILENT  # noqa: E402

SLOW = os.environ.get("FXPOOL_SLOW") == "1"
EVERY = int(os.environ.get("FXPOOL_REPETITIONS_DIVISOR", "1"))  # the sanitizers take every tenth
MOST_SILENT = 42  # that could be seen from the file and change a result: to become none
MOST_INVISIBLE = 75  # a mistake is called invisible for a reason, not for peace


def listed(judged):
    return "\n" + "\n".join(f"{one.mistake.id}: {one.mistake.what}; {one.fault or one.outcome}; wanted: {one.mistake.says}\n"
                            + "".join(f"    {said.severity} {said.file}:{said.line}: {said.text[:200]}\n" for said in one.said[:3]) for one in judged)


class PlantedMistakes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.english = scenario_mistakes.all_mistakes() + table_mistakes.all_mistakes()
        cls.chinese = chinese_mistakes.all_mistakes()

    def look(self, mistakes):
        judged = harness.run_all(mistakes[::EVERY], SLOW)
        print(harness.table(judged), file=sys.stderr)
        faults = [one for one in judged if one.fault]
        self.assertEqual(faults, [], listed(faults))
        missed = [one for one in judged if harness.is_missed(one)]
        new = [one for one in missed if one.mistake.id not in STILL_SILENT]
        self.assertEqual(new, [], listed(new))
        told = {one.mistake.id for one in judged} & set(STILL_SILENT) - {one.mistake.id for one in missed}
        if told:
            print(f"told by now, to be taken off tests/planted_mistakes/still_silent.py: {', '.join(sorted(told))}", file=sys.stderr)

    def test_the_list_is_long_and_without_doubles(self):
        ids = [one.id for one in self.english + self.chinese]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertGreaterEqual(len(self.english), 500)
        self.assertGreaterEqual(len(self.chinese), 65)

    def test_few_are_still_silent(self):
        self.assertLessEqual(len(STILL_SILENT), MOST_SILENT)
        self.assertLessEqual(set(STILL_SILENT), {one.id for one in self.english + self.chinese})

    def test_few_are_called_invisible(self):
        hidden = [one for one in self.english + self.chinese if one.invisible]
        self.assertLessEqual(len(hidden), MOST_INVISIBLE)

    def test_what_can_be_seen_is_told(self):
        self.look(self.english)

    def test_what_can_be_seen_is_told_in_chinese(self):
        self.look(self.chinese)

    def test_right_files_are_asked_nothing(self):
        rights = right_files.all_right()
        self.assertGreaterEqual(len(rights), 40)
        alarms = harness.false_alarms(rights[::EVERY])
        self.assertEqual(alarms, [], "\n" + "\n".join(f"{name}: {said}" for name, said in alarms))


if __name__ == "__main__":
    unittest.main(verbosity=1)
