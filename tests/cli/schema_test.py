#!/usr/bin/env python3
"""fxpool schema: every shipped scenario validates against it; unknown keys, wrong types and what is not in this version yet fail."""

import copy
import json
import os
import pathlib
import subprocess
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(os.environ.get("FXPOOL_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = os.environ.get("FXPOOL_BINARY", "fxpool")


class Loader(yaml.SafeLoader):
    """Safe YAML that leaves dates as they are written."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

LEAST = """
fxpool: 1
name: least
horizon: {start: 2026-01-05}
market: {curves: {CNY: 1.5%, USD: 3.4%}, pairs: {USDCNY: {spot: 6.78}}}
pool: {}
banks: [{id: ICBC, weight: 100%}]
contracts: book.csv
"""


def load(text):
    return yaml.load(text, Loader)


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shown = subprocess.run([BINARY, "schema"], check=True, capture_output=True, text=True, encoding="utf-8").stdout
        cls.schema = json.loads(shown)
        jsonschema.Draft202012Validator.check_schema(cls.schema)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def valid(self, scenario):
        return self.validator.is_valid(scenario)

    def with_(self, path, value, text=LEAST):
        scenario = copy.deepcopy(load(text))
        at = scenario
        for key in path[:-1]:
            at = at.setdefault(key, {}) if isinstance(at, dict) else at[key]
        at[path[-1]] = value
        return scenario

    def test_it_says_what_it_is(self):
        self.assertEqual(self.schema["$schema"], "https://json-schema.org/draft/2020-12/schema")

    def test_every_shipped_scenario_is_valid(self):
        files = [file for file in sorted((ROOT / "scenarios").rglob("*.yaml"))]
        self.assertGreater(len(files), 3)
        for file in files:
            scenario = load(file.read_text(encoding="utf-8-sig"))
            with self.subTest(file=file.name):
                errors = [f"{list(error.absolute_path)}: {error.message[:300]}" for error in self.validator.iter_errors(scenario)]
                self.assertEqual(errors, [])

    def test_the_least_scenario_is_valid_and_needs_each_key(self):
        self.assertTrue(self.valid(load(LEAST)))
        for key in load(LEAST):
            scenario = load(LEAST)
            del scenario[key]
            with self.subTest(key=key):
                self.assertFalse(self.valid(scenario))
                self.assertTrue(self.valid({**scenario, "extends": "base.yaml"}))

    def test_required_keys_within_sections(self):
        self.assertFalse(self.valid(self.with_(["market", "pairs", "USDCNY"], {})))
        self.assertFalse(self.valid(self.with_(["banks"], [{"id": "A"}])))
        self.assertFalse(self.valid(self.with_(["failure"], {"insolvency": {"pd": {"food": "3%"}}})))
        self.assertTrue(self.valid({"extends": "a.yaml", "failure": {"insolvency": {"pd": {"food": "3%"}}}}))

    def test_unknown_keys_fail_at_every_depth(self):
        for path in (
            ["fnud"],
            ["horizon", "stop"],
            ["market", "curve"],
            ["market", "pairs", "USDCNY", "spto"],
            ["market", "pairs", "USDCNY", "model"],
            ["pool", "fnud"],
            ["pool", "margin", "calls"],
            ["failure", "late"],
            ["simulation", "path"],
        ):
            with self.subTest(path=path):
                value = {"no_such_key": 1} if path[-1] in ("model", "calls", "late") else 1
                self.assertFalse(self.valid(self.with_(path, value)))

    def test_wrong_types_and_values_fail(self):
        for path, value in (
            (["fxpool"], 2),
            (["name"], "two words"),
            (["horizon", "start"], "5 January"),
            (["horizon", "months"], 0),
            (["market", "pairs", "USDCNH"], {"spot": 7}),
            (["market", "pairs", "USDCNY", "spot"], -1),
            (["market", "curves", "CNY"], {"3m": "1%"}),
            (["pool", "fund"], "20x"),
            (["pool", "fund"], "20%"),
            (["pool", "fund"], [20]),
            (["pool", "split"], {"pool": 80}),
            (["pool", "deductible"], "５%"),
            (["pool", "cap"], "frozn"),
            (["pool", "netting"], "maybe"),
            (["pool", "no_room"], "queue"),
            (["pool", "products"], ["option"]),
            (["pool", "brakes"], [1]),
            (["pool", "close_out_days"], 1.5),
            (["banks"], []),
            (["simulation"], {"paths": "many"}),
            (["limits"], {"exhaustion.probability": "1%"}),
        ):
            with self.subTest(path=path, value=value):
                self.assertFalse(self.valid(self.with_(path, value)))

    def test_models_with_what_they_need(self):
        pair = ["market", "pairs", "USDCNY"]
        states = [{"name": "calm", "volatility": "3%"}, {"name": "stress", "volatility": 0.06, "drift": "carry"}]
        regime = {"type": "regime", "states": states, "generator": [[-1, 1], [2, -2]]}
        garch = {"type": "garch", "omega": 1e-7, "alpha": 0.08, "beta": 0.9}
        heston = {"type": "heston", "v0": 0.0018, "kappa": 2, "theta": 0.0018, "xi": 0.1, "rho": 0}
        merton = {"type": "merton", "volatility": "4%", "jump_intensity": 4, "jump_mean": 0, "jump_volatility": "1%"}
        good = [
            merton, {**merton, "drift": "carry"}, heston, regime, {**regime, "start": "calm"}, {**regime, "start": ["50%", 0.5]}, {"type": "bootstrap"},
            {"type": "bootstrap", "history": "x.csv", "from": "2020-01-02", "mean_block": 20, "demean": False, "drift": "carry"}, garch,
            {**garch, "residuals": "student(5)", "start_volatility": "3%"}, {**garch, "residuals": "history"},
            {"type": "gbm", "volatility": {"quotes": {"1M": "2.5%", "12M": 0.042}}}, {"volatility": {"quotes": {"1M": "2.5%"}}},
        ]
        for value in good:
            with self.subTest(value=value):
                self.assertTrue(self.valid(self.with_([*pair, "model"], value)))
                self.assertTrue(self.valid(self.with_([*pair, "model"], {"type": "path", "moves": ["1%"], "then": value})))
        for value in (merton, heston, regime, garch):
            for key in value:
                lacking = {name: held for name, held in value.items() if name != key}
                if key != "type":
                    with self.subTest(lacking=lacking):
                        self.assertFalse(self.valid(self.with_([*pair, "model"], lacking)))
                        self.assertFalse(self.valid(self.with_([*pair, "model"], {"type": "path", "moves": ["1%"], "then": lacking})))
                        self.assertTrue(self.valid({"extends": "base.yaml", "market": {"pairs": {"USDCNY": {"model": lacking}}}}))
        for value in (
            {"type": "sabr"}, {**merton, "v0": 1}, {**merton, "jump_intensity": -1}, {**heston, "rho": 1.5}, {**regime, "states": [{"name": "calm"}]},
            {**regime, "drift": "2%"}, {**regime, "generator": [1, 2]}, {**garch, "residuals": "student"}, {"type": "bootstrap", "mean_block": 0.5},
            {"volatility": {"quotes": {"1M": "2.5%"}, "2026-01-05": "3%"}}, {"drift": {"quotes": {"1M": "2.5%"}}},
            {"type": "path", "moves": ["1%"], "then": {"type": "path", "moves": ["1%"]}}, {"type": "path", "moves": ["1%"], "then": {"then": "none"}},
        ):
            with self.subTest(value=value):
                self.assertFalse(self.valid(self.with_([*pair, "model"], value)))
        self.assertTrue(self.valid(self.with_([*pair, "band"], "2%")))
        self.assertFalse(self.valid(self.with_([*pair, "band"], 2)))

    def test_what_is_not_in_this_version_fails(self):
        for path, value in (
            (["simulation"], {"antithetic": True}),
            (["simulation"], {"precision": {"metric": "exhaustion.probability"}}),
            (["simulation"], {"engine": "fast"}),
            (["simulation"], {"tail": "auto"}),
        ):
            with self.subTest(path=path, value=value):
                self.assertFalse(self.valid(self.with_(path, value)))

    def test_every_form_that_a_value_may_take(self):
        model = ["market", "pairs", "USDCNY", "model"]
        for path, value in (
            (["pool", "fund"], 20_000_000),
            (["pool", "fund"], "2000万"),
            (["pool", "fund"], "1,000,000.00"),
            (["pool", "exporter_cap"], {"frozen": "1m", "claims": "none"}),
            (["pool", "exporter_cap"], "none"),
            (["pool", "concentration"], "none"),
            (["pool", "no_room"], "queue(5)"),
            (["pool", "margin"], {"rate": {"3M": "2%", "12M": 0.05}, "calls": False}),  # calls: off
            (["pool", "margin"], {"calls": {"call_at": "80%"}}),
            (["pool", "refill"], {"when": "trigger", "below": "50%", "yearly_limit": "10m"}),
            (["pool", "refill"], {"below": "50%"}),
            (["pool", "brakes"], {"red": {"at": "40%"}, "amber": "none"}),
            (["failure"], {"insolvency": {"pd": {"default": "3%", "food": 0.05}}, "order_loss": {"absorb": "liquidity"}, "late": "none"}),
            (["contracts"], "none"),
            (["horizon", "end"], "2026-12-31"),
            (["exporters"], {"synthetic": {"count": 50}}),
            (["exporters"], "firms.csv"),
            (["simulation"], {"paths": "1e6", "tail": False, "antithetic": False}),
            (["limits"], {"pool_loss.demand.var.0.99": "<= 20m"}),
            (["extends"], ["a.yaml", "b.yaml"]),
            (["title"], "One title"),
            (model, {"volatility": {"2026-01-05": "3%"}, "drift": "carry"}),
            (model, {"type": "path", "moves": ["1.83%", -0.005], "then": {"volatility": "5%"}}),
            (model, {"type": "path", "file": "x.csv", "from": "2022-02-28", "then": "none"}),
        ):
            with self.subTest(path=path, value=value):
                self.assertTrue(self.valid(self.with_(path, value)))


if __name__ == "__main__":
    unittest.main()
