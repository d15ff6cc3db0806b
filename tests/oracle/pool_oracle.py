#!/usr/bin/env python3
"""The pool's rules once more, slowly and plainly, from pool-rules.md and decisions.md alone: what each path of a scenario must give.

    pool_oracle.py SCENARIO.yaml [--paths N] [--first P] [--daily]

Prints JSON: {"scenario", "paths": [...]}. README.md tells what the fields mean.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from dataclasses import dataclass

import oracle_draws as draws
from oracle_calendar import add_months, following, is_business_day, modified_following, DAY
from oracle_market import Market, pilot_means, trend
from oracle_scenario import Contract, ladder_rate, of_sector, read_scenario

CENT = 0.01
CAUSES = ("insolvency", "order_loss", "strategic", "margin_call")


@dataclass
class Claim:
    """A close-out loss of a contract or a netted set, before anybody pays."""
    exporter: str
    bank: str
    cause: str
    loss: float
    frozen: float
    notional: float
    own_margin: float
    position: int
    identity: int       # of the contract, or of the set on the day
    netted: bool
    day: int
    contracts: tuple
    net: float = 0.0
    demand: float = 0.0
    limb: float = 0.0
    by_part: dict = None  # what each part has paid or reserved so far
    waiting: float = 0.0


class Path:
    def __init__(self, s, market, hazard_means, number):
        self.s, self.market, self.hazard_means, self.number = s, market, hazard_means, number
        self.bound = Counter()  # how often each switch acted

        # the fund, in parts
        self.part_fund = {b: s.floor * s.weights[b] * s.fund for b in s.banks}
        self.part_fund["common"] = s.fund - sum(self.part_fund.values())
        if s.floor == 0:
            self.part_fund["common"] = s.fund
        if s.layout == "segregated":
            self.part_fund["common"] = 0.0
        self.cash = dict(self.part_fund)
        self.reserved = dict.fromkeys(self.cash, 0.0)  # decided, leaves later
        self.payments = []   # (day, claim, part, amount) still to leave
        self.queue = []      # claims that wait for cash, oldest first
        self.recoveries = []  # (day index, claim, amount)
        self.orders = []     # refills under way: (day index, amount)
        self.ordered_in = defaultdict(float)  # by year

        # exporters, contracts, sets
        self.contracts = []
        self.insolvent = {}   # exporter -> day
        self.barred = set()
        self.liquidity = {e.id: e.liquidity for e in s.exporters}
        self.call_cash = defaultdict(float)  # (exporter, bank)
        self.open_calls = {}                 # (exporter, bank) -> day of the forced close-out
        self.claims_used = defaultdict(float)
        self.yearly_used = defaultdict(float)
        self.waiting_applications = []       # (application, days waited)
        self.next_position = len(s.contracts)

        # the market
        self.rates = {p.name: p.spot for p in s.pairs}
        reference = next(p for p in s.pairs if p.name == s.reference)
        self.series = list(reference.history) + [reference.spot]  # the reference pair, a rate a business day
        self.clock = 0.0  # Lambda

        # brakes
        self.net_claims = 0.0
        self.bank_limbs = dict.fromkeys(s.banks, 0.0)
        self.bank_ended = dict.fromkeys(s.banks, 0.0)
        self.brake_on = {}      # name -> on?
        self.days_below = Counter()

        # what is counted
        self.gross = self.demand = self.recovered = self.receivable = 0.0
        self.paid_out = self.money_in = 0.0
        self.losses = 0.0
        self.bearers = {"pool": 0.0, "banks": dict.fromkeys(s.banks, 0.0), "guarantor": 0.0, "government": 0.0, "client_margin": 0.0}
        self.by_cause = dict.fromkeys(CAUSES, 0.0)
        self.failures = {"insolvency": 0, "order_loss": 0, "strategic": 0, "margin_call": 0, "pending": 0, "not_opened": 0}
        self.refused = {"deals": 0, "usd": 0.0}
        self.refused_by = Counter()
        self.exhaustion_day = None
        self.lowest_available = math.inf
        self.daily = []
        self.opened = self.ended = 0
        self.close_outs = 0
        self.seed = s.seed
        self.z = self.normal(draws.COMMON, 0)

    # ---- draws ----
    def uniform(self, purpose, identity):
        return draws.uniform(self.seed, self.number, purpose, identity)

    def normal(self, purpose, identity):
        return draws.normal(self.seed, self.number, purpose, identity)

    # ---- values ----
    def value(self, c, t):
        """To the bank, CNY."""
        spot, days = self.rates[c.pair], (c.settle - self.s.days[t]).days
        if days <= 0:
            return c.direction * c.notional / c.unit * (spot - c.rate)
        forward = spot * self.market.growth(c.pair, days)
        return c.direction * c.notional / c.unit * (forward - c.rate) * self.market.discount(days)

    def live(self, exporter=None, bank=None):
        return [c for c in self.contracts if c.state == "live"
                and (exporter is None or c.exporter == exporter) and (bank is None or c.bank == bank)]

    def frozen(self, bank=None):
        return sum(c.frozen for c in self.live(bank=bank))

    def unpaid(self):
        """Accepted but unpaid: reserved for later days, or waiting for cash."""
        return sum(self.reserved.values()) + sum(claim.waiting for claim in self.queue)

    def available(self):
        return max(sum(self.cash.values()) - self.unpaid(), 0.0)

    def part_available(self, part):
        return max(self.cash[part] - self.reserved[part], 0.0)

    def multiple(self):
        s = self.s
        return s.multiple * (s.brakes.amber.factor if self.brake_on.get("amber") else 1.0)

    def quota(self):
        return self.multiple() * (self.s.fund if self.s.quota_base == "fixed" else self.available())

    def room(self, bank):
        """For a new deal of this bank."""
        s = self.s

        def base(part):
            return self.part_fund[part] if s.quota_base == "fixed" else self.part_available(part)

        multiple, frozen = self.multiple(), {b: self.frozen(b) for b in s.banks}
        if s.floor == 0:
            return max(self.quota() - sum(frozen.values()), 0.0)
        own = {b: multiple * base(b) for b in s.banks}
        common = multiple * base("common") - sum(max(frozen[b] - own[b], 0.0) for b in s.banks)
        return max(own[bank] - frozen[bank], 0.0) + max(common, 0.0)

    # ---- the day ----
    def run(self):
        s = self.s
        for c in s.contracts:
            copy = Contract(**{**c.__dict__, "extra": {}})
            copy.own_margin = s.client_share * copy.margin_rate * copy.cny_notional
            copy.frozen = (1 - s.client_share) * copy.margin_rate * copy.cny_notional
            if copy.settle < s.start:
                continue  # it ended before the story begins
            self.contracts.append(copy)
            if copy.trade < s.start:
                self.open(copy)
        self.steady_state()
        for t in range(len(s.days)):
            self.claims = []
            self.opening_frozen = {b: self.frozen(b) for b in s.banks}
            if t > 0:
                self.rates = self.market.step(self.number, t, self.rates)
                self.series.append(self.rates[s.reference])
            self.cash_in(t)
            self.insolvencies(t)
            self.settlements(t)
            self.margin_calls(t)
            self.assess(t)
            self.return_call_cash()
            self.look_at_brakes(t)
            self.look_at_refill(t)
            self.new_business(t)
            self.record(t)
        return self.result()

    def open(self, c):
        c.state = "live"
        self.opened += 1

    def end(self, c, how):
        assert c.state == "live"
        c.state = how
        self.ended += 1
        self.bank_ended[c.bank] += c.cny_notional

    # ---- step 2 ----
    def cash_in(self, t):
        s = self.s
        days = (s.days[t] - s.days[t - 1]).days if t else 0
        for part, amount in list(self.cash.items()):
            self.receive(part, amount * s.interest * days / 365)
        for b in s.banks:
            fee = s.fee * self.opening_frozen[b] * days / 365
            self.receive(b if s.layout == "segregated" else "common", fee)
            self.bound["fee"] += fee > 0
        for due, claim, amount in [r for r in self.recoveries if r[0] == t]:
            self.recovered += amount
            self.net_claims -= amount
            self.bound["recovery"] += 1
            if s.recovery.to_pool:
                paid = sum(claim.by_part.values())
                if paid > 0:
                    for part, share in claim.by_part.items():
                        self.receive(part, amount * share / paid)
                else:
                    self.receive(claim.bank if s.layout == "segregated" else "common", amount)
        for due, amount in [o for o in self.orders if o[0] == t]:
            self.refill_arrives(amount)
        self.orders = [o for o in self.orders if o[0] > t]
        for payment in [p for p in self.payments if p[0] <= t]:
            self.payments.remove(payment)
            self.reserved[payment[2]] -= payment[3]
            self.leave(payment[2], payment[3])
        self.serve_queue(t)

    def receive(self, part, amount):
        self.cash[part] += amount
        self.money_in += amount

    def leave(self, part, amount):
        self.cash[part] -= amount
        self.paid_out += amount

    def take(self, claim, part, amount, t):
        """Reserves cash of a part for a claim; it leaves `delay_days` after the decision."""
        if amount <= 0:
            return
        claim.by_part[part] = claim.by_part.get(part, 0.0) + amount
        due = claim.day + self.s.delay_days
        if due <= t:
            self.leave(part, amount)
        else:
            self.reserved[part] += amount
            self.payments.append((due, claim, part, amount))
            self.bound["delay"] += 1

    def serve_queue(self, t):
        for claim in self.queue:
            for part in (claim.bank, "common"):
                amount = min(claim.waiting, self.part_available(part))
                if amount > 0:
                    self.take(claim, part, amount, t)
                    claim.waiting -= amount
                    self.bound["queue_served"] += 1
        self.queue = [c for c in self.queue if c.waiting > 0]

    def refill_arrives(self, amount):
        """In proportion to what each part lacks of its share."""
        lack = {p: max(self.s.refill.to * f - (self.cash[p] - self.reserved[p]), 0.0) for p, f in self.part_fund.items()}
        for claim in self.queue:  # waiting claims: nothing is left of the parts that they wait for
            lack[claim.bank if self.s.layout == "segregated" else "common"] += claim.waiting
        if sum(lack.values()) <= 0:
            lack = dict(self.part_fund)
        total = sum(lack.values())
        for part, share in lack.items():
            self.receive(part, amount * share / total)
        self.net_claims = 0.0
        self.bound["refill"] += 1

    # ---- step 3 ----
    def insolvencies(self, t):
        s = self.s
        if t > 0:
            growth = math.exp(s.insolvency.fx_beta * trend(self.series) / 0.05)
            if self.hazard_means:
                growth /= self.hazard_means[t]
            self.clock += growth * (s.days[t] - s.days[t - 1]).days / 365
            for e in s.exporters:
                if e.id not in self.insolvent and self.fails_by_now(e):
                    self.insolvent[e.id] = t
                    self.barred.add(e.id)
                    self.failures["insolvency"] += 1
                    for bank in s.banks:
                        held = self.live(e.id, bank)
                        for c in held:
                            c.closing_day = t + s.close_out_days
                        if held and t + s.close_out_days >= len(s.days):
                            self.failures["pending"] += 1
        for e in s.exporters:
            for bank in s.banks:
                due = [c for c in self.live(e.id, bank) if c.closing_day == t]
                if due:
                    self.close_out(e.id, bank, due, "insolvency", t, s.netting)

    def fails_by_now(self, e):
        s = self.s
        pd = e.pd if e.pd is not None else of_sector(s.insolvency.pd, e.sector)
        rho = of_sector(s.insolvency.correlation, e.sector)
        c = s.insolvency.sector_loading
        z = math.sqrt(c) * self.z + math.sqrt(1 - c) * self.normal(draws.SECTOR, draws.fnv1a(e.sector)) if c < 1 else self.z
        x = math.sqrt(rho) * z + math.sqrt(1 - rho) * self.normal(draws.FIRM, draws.fnv1a(e.id))
        # -ln(1 - Phi(X)), with 1 - Phi(X) = Phi(-X)
        return -math.log1p(-pd) * self.clock >= -math.log(draws.normal_cdf(-x))

    def close_out(self, exporter, bank, held, cause, t, netting, slippage=0.0):
        """A bank closes these contracts of one exporter at today's value."""
        self.close_outs += len(held)
        values = {c.id: self.value(c, t) + slippage * 1e-4 * c.notional / c.unit for c in held}
        if netting:
            total = sum(values.values())
            if total > 0:
                if min(values.values()) < 0:
                    self.bound["netting"] += 1
                identity = draws.on_day(draws.fnv1a(f"{exporter}|{bank}"), t)
                self.claims.append(Claim(exporter, bank, cause, total, sum(c.frozen for c in held), sum(c.cny_notional for c in held),
                                         sum(c.own_margin for c in held), min(c.position for c in held), identity, True, t, tuple(held)))
        else:
            if len(held) > 1 and min(values.values()) < 0 < max(values.values()):
                self.bound["no_netting"] += 1
            for c in held:
                self.claim_for(c, values[c.id], cause, t)
        for c in held:
            self.end(c, "closed")

    def claim_for(self, c, value, cause, t):
        if value > 0:
            self.claims.append(Claim(c.exporter, c.bank, cause, value, c.frozen, c.cny_notional, c.own_margin, c.position,
                                     draws.fnv1a(c.id), False, t, (c,)))

    # ---- step 4 ----
    def settlements(self, t):
        today = self.s.days[t]
        for c in sorted(self.live(), key=lambda c: c.position):
            if c.settle > today or c.closing_day is not None:
                continue
            cause = self.failure_of(c, t)
            if cause:
                self.failures[cause] += 1
                self.barred.add(c.exporter)
                self.close_outs += 1
                self.claim_for(c, self.value(c, t), cause, t)
                self.end(c, "failed")
            elif not c.extra.get("absorbed") and self.rolls(c):
                self.roll(c, t)
            else:
                self.end(c, "delivered")

    def failure_of(self, c, t):
        """order_loss, strategic, or None: delivered or rolled."""
        s, e, identity = self.s, self.s.exporter_of[c.exporter], draws.fnv1a(c.id)
        c.extra["absorbed"] = False
        q = self.order_loss_probability(c, e)
        if self.uniform(draws.ORDER_LOSS_ROLLED if c.rolled else draws.ORDER_LOSS, identity) < q:
            if s.order_loss.absorb == "liquidity":
                have, loss = self.liquidity[e.id], max(self.value(c, t), 0.0)
                if have is not None and loss <= have:
                    self.liquidity[e.id] = have - loss
                    c.extra["absorbed"] = True
                    self.bound["absorb_liquidity"] += 1
                    return None
            elif self.uniform(draws.ABSORB_ROLLED if c.rolled else draws.ABSORB, identity) < s.order_loss.absorb:
                c.extra["absorbed"] = True
                self.bound["absorb"] += 1
                return None
            return "order_loss"
        if self.uniform(draws.STRATEGIC, draws.fnv1a(e.id)) < s.strategic.share:
            if c.direction * (self.rates[c.pair] - c.rate) / c.rate > s.strategic.threshold:
                return "strategic"
        return None

    def order_loss_probability(self, c, e):
        o = self.s.order_loss
        q = of_sector(o.probability, e.sector)
        for shock in o.shocks:
            if shock.start <= c.settle <= shock.end and (shock.sector is None or shock.sector == e.sector) and (
                    shock.us_share_above is None or (e.us_share is not None and e.us_share > shock.us_share_above)):
                q = shock.probability
                self.bound["shock"] += 1
        if q <= 0 or q >= 1:
            return q
        odds = math.log(q / (1 - q)) + o.fx_beta * c.direction * trend(self.series) / 0.05
        q = 1 / (1 + math.exp(-odds))
        rho = self.order_correlation
        return draws.normal_cdf((draws.normal_quantile(q) - math.sqrt(rho) * self.z) / math.sqrt(1 - rho))

    @property
    def order_correlation(self):
        return self.s.order_loss.correlation

    def rolls(self, c):
        late = self.s.late
        return late is not None and not c.rolled and self.uniform(draws.LATE, draws.fnv1a(c.id)) < late.probability

    def roll(self, c, t):
        """The same contract to a later day at that day's forward; the loss is paid now, or carried in the rate."""
        late, spot = self.s.late, self.rates[c.pair]
        settle = modified_following(add_months(c.settle, late.roll_months), c.pair[:3])
        days = (settle - self.s.days[t]).days
        rate = spot * self.market.growth(c.pair, days)
        if late.carried:
            rate += (c.rate - spot) / self.market.discount(days)
        self.end(c, "rolled")
        c.settle, c.rate, c.rolled = settle, rate, True
        self.open(c)
        self.bound["late_carried" if late.carried else "late_cash"] += 1

    # ---- step 5 ----
    def margin_calls(self, t):
        s = self.s
        if s.calls is None:
            return
        for e in s.exporters:
            if e.id in self.insolvent:
                continue
            for bank in s.banks:
                key, held = (e.id, bank), self.live(e.id, bank)
                if not held:
                    continue
                if key not in self.open_calls:
                    self.call(key, held, t)
                if self.open_calls.get(key) == t:
                    del self.open_calls[key]
                    self.failures["margin_call"] += 1
                    self.barred.add(e.id)
                    self.close_out(e.id, bank, held, "margin_call", t, True, s.calls.slippage)
                    self.bound["forced_close_out"] += 1

    def call(self, key, held, t):
        s = self.s
        posted = sum(c.own_margin for c in held) + self.call_cash[key]
        uncovered = max(sum(self.value(c, t) for c in held), 0.0) - posted
        if uncovered <= s.calls.call_at * sum(c.frozen for c in held):
            return
        have = self.liquidity[key[0]]
        if have is not None:
            met = have >= uncovered
            if met:
                self.liquidity[key[0]] = have - uncovered
        else:
            met = self.uniform(draws.MEET, draws.on_day(draws.fnv1a("|".join(key)), t)) < s.calls.meet
        self.bound["call_met" if met else "call_unmet"] += 1
        if met:
            self.call_cash[key] += uncovered
        else:
            self.open_calls[key] = t + s.calls.cure_days

    def return_call_cash(self):
        """When the set's last contract has ended; liquidity is restored by what no loss has absorbed."""
        for key in set(self.call_cash) | set(self.open_calls):
            if not self.live(*key):
                if self.liquidity[key[0]] is not None:
                    self.liquidity[key[0]] += self.call_cash.get(key, 0.0)
                self.call_cash.pop(key, None)
                self.open_calls.pop(key, None)

    # ---- step 6 ----
    def assess(self, t):
        s = self.s
        year = s.days[t].year
        self.claims.sort(key=lambda c: c.position)
        for claim in self.claims:
            self.waterfall(claim, year)
        self.share_cash(t)
        for claim in self.claims:
            self.recovery_of(claim, t)

    def bear(self, who, amount, bank):
        if who in ("bank", "banks"):
            self.bearers["banks"][bank] += amount
        else:
            self.bearers[who] += amount

    def waterfall(self, claim, year):
        s = self.s
        self.losses += claim.loss
        key = (claim.exporter, claim.bank)
        own = min(claim.loss, claim.own_margin)
        called = min(claim.loss - own, self.call_cash.get(key, 0.0))
        if called > 0:
            self.call_cash[key] -= called
            self.bound["call_cash_absorbs"] += 1
        self.bound["own_margin"] += own > 0
        self.bearers["client_margin"] += own + called
        net = claim.net = claim.loss - own - called
        if self.uniform(draws.REJECTION_SET if claim.netted else draws.REJECTION, claim.identity) < s.rejection:
            self.bound["rejection"] += 1
            claim.rejected = True
            self.bear("bank", net, claim.bank)
            claim.by_part = {}
            return
        base = max(net - s.deductible * claim.notional, 0.0)
        self.bound["deductible"] += s.deductible > 0 and net > 0
        limb, guarantor = s.pool_share * base, s.guarantor_share * base
        self.bear("bank", net - limb - guarantor, claim.bank)
        self.bearers["guarantor"] += guarantor
        full = limb
        if s.deal_cap_frozen and limb > s.cap_multiple * claim.frozen:
            limb = s.cap_multiple * claim.frozen
            self.bound["deal_cap"] += 1
        if s.claims_cap is not None:
            room = max(s.claims_cap - self.claims_used[claim.exporter], 0.0)
            self.bound["claims_cap"] += limb > room
            limb = min(limb, room)
        if s.yearly_claims_cap is not None:
            room = max(s.yearly_claims_cap - self.yearly_used[year], 0.0)
            self.bound["yearly_cap"] += limb > room
            limb = min(limb, room)
        self.claims_used[claim.exporter] += limb
        self.yearly_used[year] += limb
        self.bear(s.excess, full - limb, claim.bank)
        claim.demand = claim.limb = limb
        claim.by_part = {}
        self.demand += limb

    def share_cash(self, t):
        """The day's limbs from the bank's own part, then the common one, pro rata where they fall short."""
        s = self.s
        asked = {b: sum(c.demand for c in self.claims if c.bank == b) for b in s.banks}
        own = {b: min(asked[b], self.part_available(b)) for b in s.banks}
        rest = {b: asked[b] - own[b] for b in s.banks}
        common = self.part_available("common")
        share = 1.0 if sum(rest.values()) <= common else common / sum(rest.values())
        for claim in self.claims:
            if claim.demand <= 0:
                continue
            b = claim.bank
            from_own = claim.demand * own[b] / asked[b]
            from_common = claim.demand * rest[b] / asked[b] * share
            cut = claim.demand * rest[b] / asked[b] * (1 - share)
            if cut > CENT and self.exhaustion_day is None:
                self.exhaustion_day = t
            self.take(claim, b, from_own, t)
            self.take(claim, "common", from_common, t)
            if cut > 0:
                if s.queue_claims:
                    claim.waiting = cut
                    self.queue.append(claim)
                    self.bound["claims_queue"] += 1
                else:
                    claim.limb -= cut
                    self.bear(s.excess, cut, b)
                    self.bound["prorata"] += 1
            self.gross += claim.limb
            self.by_cause[claim.cause] += claim.limb
            self.bearers["pool"] += claim.limb
            self.net_claims += claim.limb
            self.bank_limbs[b] += claim.limb

    def recovery_of(self, claim, t):
        """Books the pool's part of what will come back."""
        s, r = self.s, self.s.recovery
        if claim.limb <= 0 or r.rate <= 0:
            return
        part = r.rate * (1 - r.cost)
        amount = min(claim.limb, part * claim.net) if r.pool_first else part * claim.limb
        if amount <= 0:
            return
        today = s.days[t]
        arrives = following(add_months(today, r.lag_months)) if r.lag_months else following(today + DAY)
        if r.lognormal:
            z = self.normal(draws.LAG_SET if claim.netted else draws.LAG, claim.identity)
            days = round((arrives - today).days * math.exp(r.sigma * z))
            arrives = following(today + max(days, 1) * DAY)
        if arrives <= s.days[-1]:
            self.recoveries.append((s.days.index(arrives), claim, amount))
        else:
            self.receivable += amount

    def look_at_brakes(self, t):
        s, b = self.s, self.s.brakes
        if b is None:
            return
        used = self.net_claims / s.fund if s.fund > 0 else (math.inf if self.net_claims > 0 else 0.0)
        if b.amber:
            self.brake("amber", used > b.amber.at)
        if b.red is not None:
            self.brake("red", used > b.red)
        if b.bank is not None:
            for bank in s.banks:
                ended = self.bank_ended[bank]
                self.brake("bank " + bank, ended > 0 and self.bank_limbs[bank] / ended > b.bank)
        if b.fx and len(self.series) > 20:
            moves = [math.log(y / x) for x, y in zip(self.series[-21:], self.series[-20:])]
            volatility = math.sqrt(250 * sum(r * r for r in moves) / 20)
            move = abs(sum(moves))
            self.brake("fx", (b.fx.volatility is not None and volatility > b.fx.volatility) or (b.fx.move is not None and move > b.fx.move))

    def brake(self, name, above):
        """On when above its line; off after `lift_days` in a row not above it."""
        if above:
            self.brake_on[name] = True
            self.days_below[name] = 0
            self.bound["brake_" + name.split()[0]] += 1
        elif self.brake_on.get(name):
            self.days_below[name] += 1
            if self.days_below[name] >= self.s.brakes.lift_days:
                self.brake_on[name] = False
                self.bound["brake_lifted"] += 1

    def look_at_refill(self, t):
        s, r = self.s, self.s.refill
        if r is None or self.orders:
            return
        if r.yearly and (t == 0 or s.days[t].year == s.days[t - 1].year):
            return
        if not self.available() < r.below * s.fund:
            return
        amount, year = r.to * s.fund - (sum(self.cash.values()) - self.unpaid()), s.days[t].year
        if r.yearly_limit is not None:
            left = max(r.yearly_limit - self.ordered_in[year], 0.0)
            self.bound["refill_limit"] += amount > left
            amount = min(amount, left)
        if amount <= 0:
            return
        self.ordered_in[year] += amount
        if r.yearly:
            self.refill_arrives(amount)
            self.serve_queue(t)
        else:
            self.orders.append((t + max(1, r.delay_days), amount))

    # ---- step 7 ----
    def new_business(self, t):
        s = self.s
        for c in self.contracts:
            if c.state == "waiting" and c.trade <= s.days[t]:
                if c.exporter in self.insolvent:
                    c.state = "not opened"
                    self.failures["not_opened"] += 1
                else:
                    self.open(c)
                    self.bound["later_contract"] += 1
        waiting, self.waiting_applications = self.waiting_applications, []
        for a, since in waiting:
            if a.settle <= s.days[t]:
                self.refuse(a, "room")
                continue
            cause = self.try_deal(a, t)
            if cause == "room" and t - since < s.queue_days:
                self.waiting_applications.append((a, since))
            elif cause:
                self.refuse(a, cause)
            else:
                self.bound["queued_deal"] += 1
        for a in s.applications:
            if a.date == s.days[t]:
                cause = self.try_deal(a, t)
                if cause == "room" and s.queue_days:
                    self.waiting_applications.append((a, t))
                elif cause:
                    self.refuse(a, cause)
                    if cause == "room" and s.own_margin_outside:
                        self.bound["own_margin_outside"] += 1

    def steady_state(self):
        """Past applications that settle after the start, at the start's rates, once before the first day."""
        for a in self.s.applications:
            if a.date < self.s.start and a.settle > self.s.start:
                self.try_deal(a, 0, trade=a.date)

    def refuse(self, a, cause):
        self.refused["deals"] += 1
        self.refused["usd"] += a.usd
        self.refused_by[cause] += 1
        self.bound["refused_" + cause] += 1

    def usd_of(self, c):
        return c.notional / c.unit * self.rates[c.pair] / self.rates["USDCNY"]

    def try_deal(self, a, t, trade=None):
        """Opens the deal, or names the first test that it fails."""
        s, today = self.s, self.s.days[t]
        trade = trade or today
        forward = self.rates[a.pair] * self.market.growth(a.pair, (a.settle - today).days)
        rate = forward - a.direction * s.new_business.spread * 1e-4
        c = Contract(a.id, a.exporter, a.bank, a.pair, a.direction, a.notional, rate, trade, a.settle, 0.0, self.next_position,
                     months=a.months, usd=a.usd)
        c.margin_rate = ladder_rate(s, trade, a.settle, a.pair[:3])
        if self.brake_on.get("fx"):
            c.margin_rate *= s.brakes.fx.factor
        c.own_margin = s.client_share * c.margin_rate * c.cny_notional
        c.frozen = (1 - s.client_share) * c.margin_rate * c.cny_notional
        cause = self.refusal(c)
        if cause is None:
            self.next_position += 1
            self.contracts.append(c)
            self.open(c)
        return cause

    def refusal(self, c):
        s, e = self.s, self.s.exporter_of[c.exporter]
        if ("forward_sale" if c.direction > 0 else "forward_purchase") not in s.products:
            return "product"
        if s.deal_usd is not None and c.usd > s.deal_usd:
            return "notional"
        if s.deal_months is not None and c.months > s.deal_months:
            return "tenor"
        if c.exporter in self.barred:
            return "barred"
        if s.frozen_cap is not None and sum(o.frozen for o in self.live(c.exporter)) + c.frozen > s.frozen_cap:
            return "exporter_cap"
        if s.hedge_ratio_cap is not None and e.receipts is not None:
            if (sum(self.usd_of(o) for o in self.live(c.exporter)) + self.usd_of(c)) / e.receipts > s.hedge_ratio_cap:
                return "hedge_ratio"
        quota = self.quota()
        alike = {
            "exporter": lambda o: o.exporter == c.exporter,
            "group": lambda o: s.exporter_of[o.exporter].group == e.group,
            "sector": lambda o: s.exporter_of[o.exporter].sector == e.sector,
            "bank": lambda o: o.bank == c.bank,
        }
        for kind, same in alike.items():
            limit = s.concentration[kind]
            if limit is None or (kind == "group" and not e.group) or (kind == "sector" and not e.sector):
                continue
            if sum(o.frozen for o in self.live() if same(o)) + c.frozen > limit * quota:
                return "concentration_" + kind
        if self.brake_on.get("red") or self.brake_on.get("bank " + c.bank):
            return "brakes"
        if c.frozen > self.room(c.bank):
            return "room"
        return None

    # ---- step 8 ----
    def record(self, t):
        s = self.s
        live = self.live()
        cash = sum(self.cash.values())
        borne = sum(v for k, v in self.bearers.items() if k != "banks") + sum(self.bearers["banks"].values())
        scale = 1e-9 * (1 + s.fund + self.losses + self.money_in)
        assert abs(s.fund + self.money_in - self.paid_out - cash) <= scale, "cash"
        assert abs(borne - self.losses) <= scale, "bearers"
        assert abs(self.gross - self.bearers["pool"]) <= scale, "gross"
        assert abs(self.gross - self.paid_out - self.unpaid()) <= scale, "accepted = paid + unpaid"
        assert self.opened == self.ended + len(live), "ends"
        assert min(self.cash.values()) >= -scale and min(self.reserved.values()) >= -scale, "negative cash"
        assert all(c.closing_day is None or c.closing_day > t for c in live), "overdue close-out"
        frozen, quota = sum(c.frozen for c in live), self.quota()
        self.lowest_available = min(self.lowest_available, self.available())
        if quota > 0:
            used = min(frozen / quota, 1.0)
        else:
            used = 1.0 if frozen > 0 else 0.0
        self.daily.append({"date": s.days[t].isoformat(), "cash": cash, "available": self.available(), "frozen": frozen,
                           "quota": quota, "utilisation": used, "live": len(live), "rates": dict(self.rates)})

    def result(self):
        s, days = self.s, len(self.s.days)
        for (exporter, bank), due in self.open_calls.items():
            if due >= days and exporter not in self.insolvent and self.live(exporter, bank):
                self.failures["pending"] += 1
        waiting = sum(c.waiting for c in self.queue)
        return {
            "path": self.number, "gross": self.gross, "demand": self.demand, "net": self.gross - self.recovered,
            "exhaustion_day": self.exhaustion_day,
            "exhaustion_date": None if self.exhaustion_day is None else s.days[self.exhaustion_day].isoformat(),
            "bearers": self.bearers, "total_loss": self.losses, "by_cause": self.by_cause, "receivable": self.receivable,
            "failures": self.failures, "refused": self.refused, "refused_by": dict(self.refused_by),
            "unpaid_end": waiting, "reserved_end": sum(self.reserved.values()), "end_cash": sum(self.cash.values()),
            "lowest_available": self.lowest_available, "mean_frozen": sum(d["frozen"] for d in self.daily) / days,
            "mean_utilisation": sum(d["utilisation"] for d in self.daily) / days, "close_outs": self.close_outs,
            "bound": dict(+self.bound), "daily": self.daily,
        }


def run(scenario, paths=None, first=0, daily=False):
    """The results of paths first .. first + paths - 1 of a scenario file."""
    s = read_scenario(scenario)
    market = Market(s)
    means = pilot_means(s, market) if s.insolvency.keep_mean and s.insolvency.fx_beta != 0 else None
    results = []
    for number in range(first, first + (s.paths if paths is None else paths)):
        result = Path(s, market, means, number).run()
        if not daily:
            del result["daily"]
        results.append(result)
    return s, results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario")
    parser.add_argument("--paths", type=int)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--daily", action="store_true")
    given = parser.parse_args()
    s, results = run(given.scenario, given.paths, given.first, given.daily)
    print(json.dumps({"scenario": s.name, "business_days": len(s.days), "paths": results}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
