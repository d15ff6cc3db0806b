#!/usr/bin/env python3
"""Runs the shipped scenarios and writes their answers into scenarios/README.md, in English and Chinese.

    python3 scenarios/answers.py [--paths 20000] [--program ./fxpool]

Every figure in that file comes from here.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def estimate(metrics, dotted):
    """The estimate at a dotted path, where "0.99" is one key: value, and standard_error or low and high."""
    node, keys = metrics, dotted.split(".")
    while keys:
        for length in range(len(keys), 0, -1):
            key = ".".join(keys[:length])
            if isinstance(node, dict) and key in node:
                node, keys = node[key], keys[length:]
                break
        else:
            raise KeyError(dotted)
    return node


def figure(metrics, dotted):
    return estimate(metrics, dotted)["value"]


class Answers:
    """Figures of one scenario, written for a sentence."""

    def __init__(self, metrics, language):
        self.metrics, self.language = metrics, language

    def money(self, dotted):
        value = figure(self.metrics, dotted)
        if self.language == "zh":
            return f"{value / 1e4:,.1f} 万元"
        return f"{value / 1e6:,.2f} m" if value >= 1e4 else f"{value:,.0f}"

    def percent(self, dotted, digits=2):
        return f"{100 * figure(self.metrics, dotted):.{digits}f} %"

    def count(self, dotted, digits=1):
        return f"{figure(self.metrics, dotted):.{digits}f}"

    def share(self, part, of):
        whole = figure(self.metrics, of)
        return f"{100 * figure(self.metrics, part) / whole:.0f} %" if whole else "-"


def sentence(results, name, language):
    """The answer to the scenario's question, from its figures."""
    a = {key: Answers(value, language) for key, value in results.items()}
    s = a[name]
    el, var, es = s.money("pool_loss.demand.mean"), s.money("pool_loss.demand.var.0.99"), s.money("pool_loss.demand.es.0.975")
    dry, used = s.percent("exhaustion.probability"), s.percent("quota.utilisation.mean", 0)
    gross, freed, saved = s.money("pool_loss.gross.mean"), s.money("benefit.margin_freed.mean"), s.money("benefit.interest_saved.mean")
    causes = {cause: s.money(f"pool_loss.by_cause.{cause}.mean") for cause in ("insolvency", "order_loss", "margin_call")}
    own = s.share("bearers.client_margin.mean", "bearers.total.mean")
    en = {
        "fuzhou-base": lambda: f"Yes, by far: the pool runs dry in {dry} of the years; it loses {el} a year on average and {var} in a year out of a hundred. "
                               f"It frees {freed} of margin, which saves exporters {saved} of interest a year. What would break it is further down.",
        "fuzhou-base-gbm": lambda: f"{el} a year on average and {var} in a year out of a hundred; the base case, whose moves are drawn from history in blocks, says "
                                   f"{a['fuzhou-base'].money('pool_loss.demand.mean')} and {a['fuzhou-base'].money('pool_loss.demand.var.0.99')}.",
        "fuzhou-5x": lambda: f"Five times the applications cost {el} a year, {var} in a year out of a hundred; the pool runs dry in {dry} of the years. It frees {freed} of margin; the cap of 1m an exporter keeps the quota at {used}.",
        "fuzhou-first-deal": lambda: f"Next to nothing: {el} on average, {var} in a case out of a hundred, against {freed} of margin freed.",
        "replay-2015-08": lambda: f"The gap costs {el} on average and {var} in a year out of a hundred; exhaustion {dry}. Its days are few: what counts is how many deals are open when a firm fails.",
        "replay-2018-trade-war": lambda: f"{el} on average, {var} in a year out of a hundred; lost orders make {causes['order_loss']} of it, insolvencies {causes['insolvency']}.",
        "replay-2022-trend": lambda: f"Yes: {el} on average, ES 97.5 {es}, exhaustion {dry}. Exporters who do receive their dollars deliver at a loss to themselves and none to the pool.",
        "replay-2022-trend-calls": lambda: f"No, they break it: {gross} paid on average and exhaustion {dry}, against {a['replay-2022-trend'].money('pool_loss.gross.mean')} without calls. "
                                           f"Of {s.count('failures.margin_call.mean')} forced close-outs a path each turns a loss on paper, which delivery would have ended, into a claim: {causes['margin_call']} of the pool's loss. Calls help only exporters who can pay them.",
        "tariff-order-shock-2025": lambda: f"{el} on average, {var} in a year out of a hundred: {s.count('failures.order_loss.mean')} lost orders a path, but with the rate near the contract rates each costs little.",
        "liquidity-lines": lambda: f"They help: {el} on average against {a['liquidity-lines-without'].money('pool_loss.demand.mean')} without the lines; exporters' own cash bears {own} of the losses, and {s.count('failures.margin_call.mean', 2)} sets a path are closed by force against {a['liquidity-lines-without'].count('failures.margin_call.mean', 2)}.",
        "joint-tail-wrong-way": lambda: f"At a multiple of 1 it holds: {el} on average, {var} in a year out of a hundred, dry in {dry} of the years (the crisis itself comes in 5 % of them); insolvencies cost {causes['insolvency']}, lost orders {causes['order_loss']}.",
        "joint-tail-wrong-way-3x": lambda: f"{el} on average, {var} in a year out of a hundred, ES 97.5 {es}; dry in {dry} of the years.",
        "joint-tail-wrong-way-5x": lambda: f"{el} on average, {var} in a year out of a hundred, ES 97.5 {es}; dry in {dry} of the years.",
        "joint-tail-wrong-way-crisis": lambda: f"{el} on average, {var} in a case out of a hundred; the pool runs dry in {dry} of the cases. This is what would break it.",
        "calm-carry-strategic": lambda: f"{el} a year, {s.money('pool_loss.by_cause.strategic.mean')} of it from {s.count('failures.strategic.mean')} deals a path that firms walk away from; {var} in a year out of a hundred. No crisis is needed: the forward's discount alone does it.",
        "appreciation-2025-26": lambda: f"Little: {el} on average and {var} in a year out of a hundred, now from importers who bought dollars forward.",
        "model-comparison": lambda: f"Under the recommended model {el} on average, {var} in a year out of a hundred, ES 97.5 {es}; docs/models.md has every model side by side.",
        "liquidity-lines-without": lambda: f"{el} on average, {var} in a year out of a hundred; {s.count('failures.margin_call.mean', 2)} sets a path are closed by force, lost orders cost {causes['order_loss']}.",
    }
    zh = {
        "fuzhou-base": lambda: f"足够，且余量很大：资金池在一年内耗尽的概率为 {dry}；平均每年损失 {el}，百年一遇的年份损失 {var}。它免除保证金 {freed}，每年为出口企业节省利息 {saved}。什么会击垮它，请看下文。",
        "fuzhou-base-gbm": lambda: f"平均每年损失 {el}，百年一遇 {var}；基准情景从历史中成段抽取汇率变动，相应为 {a['fuzhou-base'].money('pool_loss.demand.mean')} 和 {a['fuzhou-base'].money('pool_loss.demand.var.0.99')}。",
        "fuzhou-5x": lambda: f"申请量放大五倍，平均每年损失 {el}，百年一遇 {var}；耗尽概率 {dry}。免除保证金 {freed}；单家企业 100 万元的上限使额度只用到 {used}。",
        "fuzhou-first-deal": lambda: f"几乎没有风险：平均损失 {el}，百里挑一的情形 {var}，免除保证金 {freed}。",
        "replay-2015-08": lambda: f"这次跳贬平均损失 {el}，百年一遇 {var}；耗尽概率 {dry}。跳贬只有几天，关键在于企业违约时有多少未到期合约。",
        "replay-2018-trade-war": lambda: f"平均损失 {el}，百年一遇 {var}；其中订单损失 {causes['order_loss']}，企业破产 {causes['insolvency']}。",
        "replay-2022-trend": lambda: f"能够承受：平均损失 {el}，预期短缺（97.5%）{es}，耗尽概率 {dry}。如期收到美元的企业照常交割，亏损归自己，不由资金池承担。",
        "replay-2022-trend-calls": lambda: f"不能，反而拖垮资金池：平均赔付 {gross}，耗尽概率 {dry}；不追加保证金时只赔付 {a['replay-2022-trend'].money('pool_loss.gross.mean')}。平均每条路径有 {s.count('failures.margin_call.mean')} 次强制平仓，每次都把交割时本会消失的账面亏损变成索赔，共 {causes['margin_call']}。追加保证金只对付得起的企业有用。",
        "tariff-order-shock-2025": lambda: f"平均损失 {el}，百年一遇 {var}：平均每条路径丢失 {s.count('failures.order_loss.mean')} 笔订单，但汇率离合约汇率不远，每笔损失很小。",
        "liquidity-lines": lambda: f"有帮助：平均损失 {el}，没有信贷额度时为 {a['liquidity-lines-without'].money('pool_loss.demand.mean')}；企业自有资金承担损失的 {own}；平均每条路径强制平仓 {s.count('failures.margin_call.mean', 2)} 次，没有额度时为 {a['liquidity-lines-without'].count('failures.margin_call.mean', 2)} 次。",
        "joint-tail-wrong-way": lambda: f"放大 1 倍时能够承受：平均损失 {el}，百年一遇 {var}，耗尽概率 {dry}（危机本身只在 5 % 的年份出现）；企业破产损失 {causes['insolvency']}，订单损失 {causes['order_loss']}。",
        "joint-tail-wrong-way-3x": lambda: f"平均损失 {el}，百年一遇 {var}，预期短缺（97.5%）{es}；耗尽概率 {dry}。",
        "joint-tail-wrong-way-5x": lambda: f"平均损失 {el}，百年一遇 {var}，预期短缺（97.5%）{es}；耗尽概率 {dry}。",
        "joint-tail-wrong-way-crisis": lambda: f"平均损失 {el}，百里挑一的情形 {var}；耗尽概率 {dry}。能击垮资金池的正是这种情形。",
        "calm-carry-strategic": lambda: f"平均每年损失 {el}，其中 {s.money('pool_loss.by_cause.strategic.mean')} 来自平均每条路径 {s.count('failures.strategic.mean')} 笔企业主动放弃的合约；百年一遇 {var}。无需危机，远期贴水本身就足够。",
        "appreciation-2025-26": lambda: f"很少：平均损失 {el}，百年一遇 {var}，这时的损失来自买入远期美元的进口企业。",
        "model-comparison": lambda: f"在推荐模型下平均损失 {el}，百年一遇 {var}，预期短缺（97.5%）{es}；各模型的并列结果见 docs/models.zh.md。",
        "liquidity-lines-without": lambda: f"平均损失 {el}，百年一遇 {var}；平均每条路径强制平仓 {s.count('failures.margin_call.mean', 2)} 次，订单损失 {causes['order_loss']}。",
    }
    return (en if language == "en" else zh)[name]()


QUESTIONS_ZH = {
    "fuzhou-base": "正常年份里，2000 万元够不够福州的资金池用？要花多少钱，换来什么？",
    "fuzhou-base-gbm": "如果波动率不变、没有趋势，基准情景会怎么说？",
    "fuzhou-5x": "担保公司按资本的五倍开展业务；资金池放大 5 倍、业务也放大五倍，会怎样？",
    "fuzhou-first-deal": "2025 年 3 月 25 日工行福州分行的首笔远期结汇，让资金池承担了多少风险？",
    "replay-2015-08": "2015 年 8 月 11 日汇改，三天贬值 3%：这样的跳贬伤得了资金池吗？平仓拖上十天会更糟吗？",
    "replay-2018-trade-war": "2018 年人民币七个月贬值 10%，美国订单同时减少：这种慢性失血要花多少钱？",
    "replay-2022-trend": "2022 年人民币八个月贬值 15%：放大 5 倍、不追加保证金，资金池扛得住吗？",
    "replay-2022-trend-calls": "如果当时追加保证金，能保住资金池吗？对企业又意味着什么？",
    "tariff-order-shock-2025": "2025 年春天汇率几乎没动，订单却被取消：人民币不动时，丢一笔订单要花多少钱？",
    "joint-tail-wrong-way": "一切同时发生会怎样：人民币连跌九个月，企业因此违约，订单也丢了？",
    "joint-tail-wrong-way-3x": "同样的危机，放大 3 倍、业务也是三倍：资金池还撑得住吗？",
    "joint-tail-wrong-way-5x": "同样的危机，放大 5 倍、业务也是五倍：资金池还撑得住吗？",
    "joint-tail-wrong-way-crisis": "如果危机已经开始：从危机中起步的一年，放大 5 倍，要花多少钱？",
    "calm-carry-strategic": "人民币不动，但远期美元大幅贴水：若十家企业中有一家在亏损超过 2.5 % 时放弃合约，会怎样？",
    "appreciation-2025-26": "人民币像 2025 年 4 月以来那样升值，且五分之二的合约属于进口企业：资金池要付多少？",
    "model-comparison": "结论有多少取决于市场模型？",
    "liquidity-lines": "人民币像 2022 年那样贬值时，本市给小企业的信贷额度能否让企业付得起追加保证金、扛得住订单损失，从而保住资金池？",
    "liquidity-lines-without": "同一批企业只有自有现金：信贷额度对资金池值多少？",
}


def question_of(name):
    lines = []
    for line in (HERE / f"{name}.yaml").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") or line == "#":
            break
        lines.append(line.lstrip("# "))
    question = " ".join(lines).removeprefix("Question: ")
    return question[0].upper() + question[1:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", type=int, default=20000)
    parser.add_argument("--program", default=str(HERE.parent / "fxpool"))
    arguments = parser.parse_args()
    order = list(QUESTIONS_ZH)
    missing = sorted({path.stem for path in HERE.glob("*.yaml")} ^ set(order))
    if missing:
        sys.exit(f"scenarios and answers differ: {', '.join(missing)}")
    results = {}
    with tempfile.TemporaryDirectory() as out:
        for name in order:
            print(name, file=sys.stderr)
            done = subprocess.run([arguments.program, "run", str(HERE / f"{name}.yaml"), "--paths", str(arguments.paths), "--out", out, "--quiet", "--json"],
                                  capture_output=True, text=True)
            if done.returncode not in (0, 4):  # 4: a limit is not met, which is an answer too
                sys.exit(f"{name}: {done.stderr}")
            results[name] = json.loads(done.stdout)["metrics"]

    table = ["pool_loss.demand.mean", "pool_loss.demand.var.0.99", "pool_loss.demand.es.0.975"]
    text = ["# Shipped scenarios", "",
            f"Answers from {arguments.paths:,} paths, money in CNY (m = million); `python3 scenarios/answers.py` makes this file. "
            "Losses are the pool's demand: what it would have to pay before it runs short of cash. The rates of replays are the ECB's euro reference rates "
            "expressed in CNY (`data/cny-fx-daily-2005-2026.csv`).", "", "[中文](#随附情景)", "",
            "| scenario | expected loss | VaR 99 | ES 97.5 | exhausted | quota used |", "|---|---|---|---|---|---|"]
    rows = {language: [] for language in ("en", "zh")}
    for language in rows:
        for name in order:
            s = Answers(results[name], language)
            rows[language].append(f"| `{name}` | " + " | ".join(s.money(key) for key in table) +
                                  f" | {s.percent('exhaustion.probability')} | {s.percent('quota.utilisation.mean', 0)} |")
    text += rows["en"] + [""]
    for name in order:
        text += [f"**{name}** {question_of(name)}", "", sentence(results, name, "en"), ""]
    text += ["# 随附情景", "",
             f"每个情景模拟 {arguments.paths:,} 条路径；本文件由 `python3 scenarios/answers.py` 生成。损失指资金池的需求额，即现金不足之前应付的金额。"
             "重演情景的汇率取自欧洲央行欧元参考汇率折算的人民币汇率（`data/cny-fx-daily-2005-2026.csv`）。", "",
             "| 情景 | 预期损失 | 在险价值 99% | 预期短缺 97.5% | 耗尽概率 | 额度使用率 |", "|---|---|---|---|---|---|"]
    text += rows["zh"] + [""]
    for name in order:
        text += [f"**{name}** {QUESTIONS_ZH[name]}", "", sentence(results, name, "zh"), ""]
    (HERE / "README.md").write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
