"""The program as a user calls it, and small scenarios to call it with. Python's standard library only."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ.get("FXPOOL_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = os.environ.get("FXPOOL_BINARY", str(SOURCE / "build/release/fxpool"))

LOCALE_NAMES = ("LC_ALL", "LC_MESSAGES", "LANG", "FXPOOL_COMMAND")


def environment(**more):
    """English whatever the machine speaks, unless `more` says otherwise."""
    plain = {name: value for name, value in os.environ.items() if name not in LOCALE_NAMES}
    return {**plain, "LC_ALL": "C", **more}


class Answer:
    def __init__(self, done):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr


def fxpool(*words, cwd=None, timeout=300, **env):
    done = subprocess.run([BINARY, *map(str, words)], cwd=cwd, env=environment(**env), text=True, encoding="utf-8",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
    return Answer(done)


SCENARIO = """\
fxpool: 1
name: {name}
horizon: {{start: 2026-01-05, months: 6}}
market:
  curves: {{CNY: 1.5%, USD: 3.4%}}
  pairs:
    USDCNY: {{spot: 6.78, model: {{type: gbm, volatility: 6%}}}}
pool:
  fund: {fund}
banks:
  - {{id: ICBC, weight: 60%}}
  - {{id: BOC, weight: 40%}}
contracts: contracts.csv
failure:
  insolvency: {{pd: 20%}}
  order_loss: {{probability: 10%}}
simulation: {{paths: {paths}, seed: 7}}
"""

CONTRACTS = """\
contract_id,exporter_id,bank_id,pair,direction,notional,contract_rate,trade_date,settle_date
C1,E1,ICBC,USDCNY,sell,500000,6.75,2025-12-01,2026-03-02
C2,E1,ICBC,USDCNY,sell,300000,6.70,2025-12-15,2026-06-15
C3,E2,BOC,USDCNY,sell,800000,6.72,2025-11-03,2026-05-06
C4,E3,BOC,USDCNY,buy,200000,6.80,2025-12-22,2026-04-22
C5,E4,ICBC,USDCNY,sell,650000,6.74,2026-02-02,2026-06-30
"""


class ProgramCase(unittest.TestCase):
    """A test case with a folder of its own, the current one of every call."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="fxpool-cli-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.write("contracts.csv", CONTRACTS)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    def scenario(self, name="small", fund="2m", paths=200, more=""):
        self.write(f"{name}.yaml", SCENARIO.format(name=name, fund=fund, paths=paths) + more)
        return f"{name}.yaml"

    def call(self, *words, **options):
        return fxpool(*words, cwd=self.folder, **options)

    def summary(self, name, out="results"):
        return json.loads((self.folder / out / name / "summary.json").read_text(encoding="utf-8"))

    def expect(self, answer, status):
        self.assertEqual(answer.status, status, f"\nstdout: {answer.out[-2000:]}\nstderr: {answer.err[-2000:]}")


def files_of(folder):
    """Name -> bytes of every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
