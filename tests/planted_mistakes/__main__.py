"""python3 tests/planted_mistakes [--runs] [WORD...]: plants the mistakes (those whose id holds a word) and lists what is silent or told badly."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import chinese_mistakes  # noqa: E402
import harness  # noqa: E402
import right_files  # noqa: E402
import scenario_mistakes  # noqa: E402
import table_mistakes  # noqa: E402


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    mistakes = [one for one in scenario_mistakes.all_mistakes() + table_mistakes.all_mistakes() + chinese_mistakes.all_mistakes()
                if not words or any(word in one.id for word in words)]
    judged = harness.run_all(mistakes, "--runs" in sys.argv)
    print(harness.table(judged))
    for one in judged:
        if harness.is_missed(one):
            print(f"SILENT  {one.mistake.id} | {one.mistake.file}:{one.mistake.lines[:4]} | {one.mistake.what} | should say: {one.mistake.says}"
                  + ("" if one.changes is None else " | changes a result"))
    for one in judged:
        if one.fault:
            print(f"BADLY   {one.mistake.id} | {one.fault} | {one.mistake.file}:{one.mistake.lines[:4]} | {one.mistake.what} | wanted: {one.mistake.says}")
            for said in one.said[:3]:
                print(f"          {said.severity} {said.file}:{said.line}: {said.text[:200]}")
    rights = [one for one in right_files.all_right() if not words or any(word in one.name for word in words)]
    alarms = harness.false_alarms(rights)
    print(f"{len(rights)} right files: {len({name for name, _ in alarms})} asked about")
    for name, said in alarms:
        print(f"ALARM   {name} | {said.severity} {said.file}:{said.line}: {said.text}")
    return 0


sys.exit(main())
