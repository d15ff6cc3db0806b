#!/usr/bin/env python3
"""A plain, slow reading of the pool's rules, one path at a time: pool_oracle.py SCENARIO.yaml [--paths N] [--daily]."""

import argparse
import bisect
import json
import math
from collections import Counter
from datetime import timedelta

import draws
from applications import applications
from calendars import add_months, joint
from draws import Draws, fnv1a, normal_cdf, normal_inverse, on_day
from money import Cash, Claim
from rates import Rates
from reading import CALLS, LATE, Deal, Scenario, by_sector, day_of, is_none, merged, number, optional

PIP = 0.0001
CAUSES = ("insolvency", "order_loss", "strategic", "margin_call")


class Live:
    """A contract in the book of one path."""

    def __init__(self, deal, order, client_share):
        self.id, self.firm, self.bank, self.pair, self.d = deal.id, deal.firm, deal.bank, deal.pair, deal.d
        self.n, self.k, self.t, self.order = deal.notional, deal.rate, deal.settle, order
        whole = deal.margin_rate * self.n * self.k
        self.frozen, self.margin = (1.0 - client_share) * whole, client_share * whole
        self.rolled = False      # a late receipt has rolled it
        self.closing = False     # failed or held by an insolvency: it neither settles nor gets called
        self.ended = False

    @property
    def set(self):
        return (self.firm, self.bank)


class CloseOut:
    """Contracts that are to close out together on a day, or on the first uncut one after it."""

    def __init__(self, cause, contracts, day, netted):
        self.cause, self.contracts, self.day, self.netted = cause, contracts, day, netted


class Switches:
    """The scenario's switches as plain numbers."""

    def __init__(self, scenario):
        pool, failure = scenario.pool, scenario.failure
        self.multiple, self.fixed_base = number(pool["multiple"]), pool["quota_base"] == "fixed"
        self.layout, self.split_pool = pool["layout"], number(pool["split"]["pool"])
        self.split_guarantor = number(pool["split"]["guarantor"])
        self.deductible, self.cap = optional(pool["deductible"]) or 0.0, pool["cap"]
        self.cap_multiple, self.excess = number(pool["cap_multiple"]), pool["excess"]
        cap = pool["exporter_cap"]
        caps = cap if isinstance(cap, dict) else {"frozen": cap, "claims": cap}
        self.cap_frozen, self.cap_claims = optional(caps.get("frozen")), optional(caps.get("claims"))
        deal = {} if is_none(pool["deal_cap"]) else pool["deal_cap"]
        self.deal_usd, self.deal_months = optional(deal.get("usd")), optional(deal.get("months"))
        self.yearly_cap = optional(pool["yearly_claims_cap"])
        limits = {} if is_none(pool["concentration"]) else pool["concentration"]
        self.concentration = {k: optional(v) for k, v in limits.items()}
        self.hedge_cap, self.products = optional(pool["hedge_ratio_cap"]), pool["products"]
        room = str(pool["no_room"])
        self.no_room, self.wait = ("queue", int(room[6:-1])) if room.startswith("queue(") else (room, 0)
        self.client_share = number(pool["margin"]["client_share"])
        calls = pool["margin"]["calls"]
        self.calls = None if is_none(calls) else merged(CALLS, calls)
        if self.calls:
            self.call_at, self.cure = number(self.calls["call_at"]), int(self.calls["cure_days"])
            self.slippage, self.meet = number(self.calls["slippage"]), number(self.calls["meet"])
        self.delay, self.rejection = int(pool["claims"]["delay_days"]), number(pool["claims"]["rejection"])
        self.queue = pool["claims"]["shortfall"] == "queue"
        self.close_out_days, self.netting = int(pool["close_out_days"]), bool(pool["netting"])
        r = pool["recovery"]
        r = {"rate": 0, "lag_months": 12, "lag": "fixed", "lag_sigma": 0, "cost": 0, "split": "proportional",
             "to": "pool"} if is_none(r) else r
        self.recovery, self.lag_months, self.cost = number(r["rate"]), int(r["lag_months"]), number(r["cost"])
        self.lognormal, self.lag_sigma = r["lag"] == "lognormal", number(r["lag_sigma"])
        self.pool_first, self.to_pool = r["split"] == "pool-first", r["to"] == "pool"
        self.interest, self.fee = optional(pool["interest"]) or 0.0, optional(pool["fee"]) or 0.0
        self.refill = None if is_none(pool["refill"]) else pool["refill"]
        self.brakes = {} if is_none(pool["brakes"]) else pool["brakes"]
        f = failure["insolvency"]
        self.pd, self.rho, self.loading = by_sector(f["pd"]), by_sector(f["correlation"]), number(f["sector_loading"])
        self.beta1 = number(f["fx_beta"])
        f = failure["order_loss"]
        self.q0, self.rho_q, self.beta2 = by_sector(f["probability"]), by_sector(f["correlation"]), number(f["fx_beta"])
        self.absorb = f["absorb"] if f["absorb"] == "liquidity" else number(f["absorb"])
        self.shocks = f["shocks"] or []
        self.strategic, self.threshold = number(failure["strategic"]["share"]), number(failure["strategic"]["threshold"])
        late = failure["late"]
        self.late = None if is_none(late) else merged(LATE, late)


class Brake:
    """On from the first day at its line, off after `lift` days in a row below it."""

    def __init__(self, lift):
        self.lift, self.on, self.below = lift, False, 0

    def look(self, reached):
        if reached:
            self.on, self.below = True, 0
        elif self.on:
            self.below += 1
            if self.below >= self.lift:
                self.on = False


class Path:
    def __init__(self, scenario, prepared, path):
        self.sc, self.sw, self.prepared = scenario, prepared.switches, prepared
        self.grid, self.draw = scenario.grid, Draws(scenario.seed, path)
        self.rates = Rates(scenario, self.draw)
        self.firms = {f.id: f for f in scenario.firms}
        self.cash = Cash(scenario, number)
        self.bound = Counter()
        self.live = [Live(d, o, self.sw.client_share) for d, o in prepared.opening]
        self.order = prepared.next_order
        self.to_open = list(prepared.later)
        self.queued = []                # (application, day of it)
        self.close_outs, self.today = [], []
        self.barred, self.insolvent = set(), set()
        self.call_cash, self.called = Counter(), {}
        self.liquidity = {f.id: f.liquidity for f in scenario.firms}
        self.drawn = Counter()          # by set, liquidity that stands in its call cash
        self.recoveries = []            # [arrival day of the grid, amount, claim]
        self.used_exporter, self.used_year = Counter(), Counter()
        self.bearers = dict.fromkeys(("pool", "guarantor", "government", "client_margin"), 0.0)
        self.bank_bears = {b: 0.0 for b, _ in scenario.banks}
        self.losses = self.gross = self.demand = self.recovered = self.receivable = 0.0
        self.by_cause = dict.fromkeys(CAUSES, 0.0)
        self.failures = dict.fromkeys(CAUSES, 0)
        self.exhaustion, self.refused, self.refused_usd = None, Counter(), 0.0
        self.since_refill, self.order_day, self.ordered = 0.0, None, Counter()
        self.bank_limbs, self.bank_ended = Counter(), Counter()
        lift = int(self.sw.brakes.get("lift_days", 60)) if self.sw.brakes else 60
        self.amber, self.red, self.fx = Brake(lift), Brake(lift), Brake(lift)
        self.bank_brake = {b: Brake(lift) for b, _ in scenario.banks}
        self.records, self.lowest = [], math.inf
        self._hazards()

    # --- draws of the path -------------------------------------------------------------------------------------
    def _hazards(self):
        """The first grid day on which each firm is insolvent."""
        clock, running = [0.0], 0.0
        for day in range(1, len(self.grid)):
            dt = (self.grid[day] - self.grid[day - 1]).days / 365.0
            running += math.exp(self.sw.beta1 * self.rates.momentum(day) / 0.05) * dt
            clock.append(running)
        self.z = self.draw.normal(draws.COMMON, 0)
        self.insolvency_day = {}
        for firm in self.sc.firms:
            pd = self.sw.pd(firm.sector) if firm.pd is None else firm.pd
            rho, c = self.sw.rho(firm.sector), self.sw.loading
            y = self.draw.normal(draws.SECTOR, fnv1a(firm.sector)) if c < 1.0 else 0.0
            zs = math.sqrt(c) * self.z + math.sqrt(1.0 - c) * y
            x = math.sqrt(rho) * zs + math.sqrt(1.0 - rho) * self.draw.normal(draws.FIRM, fnv1a(firm.id))
            if pd <= 0.0:
                continue
            hazard, line = -math.log(1.0 - pd), -math.log(1.0 - normal_cdf(x))
            for day in range(1, len(self.grid)):
                if hazard * clock[day] >= line:
                    self.insolvency_day[firm.id] = day
                    break

    # --- values ------------------------------------------------------------------------------------------------
    def value(self, c, day):
        """To the bank, in CNY."""
        spot = self.rates.s[c.pair][day]
        if self.grid[day] >= c.t:
            return c.d * c.n * (spot - c.k)
        tau = (c.t - self.grid[day]).days / 365.0
        return c.d * c.n * (self.sc.forward(c.pair, spot, tau) - c.k) * self.sc.discount(tau)

    def frozen(self, where=lambda c: True):
        return sum(c.frozen for c in self.live if where(c))

    def factor(self):
        return number(self.sw.brakes["amber"]["multiple_factor"]) if self.amber.on else 1.0

    def quota(self):
        base = self.cash.fund if self.sw.fixed_base else self.cash.available()
        return self.sw.multiple * self.factor() * base

    def room(self, bank):
        """What the bank may still freeze."""
        if self.sw.layout == "shared":
            return max(self.quota() - self.frozen(), 0.0)
        multiple, cash = self.sw.multiple * self.factor(), self.cash
        own = {b: cash.start_own[b] if self.sw.fixed_base else cash.free_own(b) for b in cash.own}
        if self.sw.layout == "segregated":
            waiting = sum(c.waiting for c in cash.claims if c.bank == bank)
            base = own[bank] if self.sw.fixed_base else max(own[bank] - waiting, 0.0)
            return max(multiple * base - self.frozen(lambda c: c.bank == bank), 0.0)
        common = cash.start_common if self.sw.fixed_base else max(cash.free_common() - cash.waiting(), 0.0)
        held = {b: self.frozen(lambda c, b=b: c.bank == b) for b in cash.own}
        over = sum(max(held[b] - multiple * own[b], 0.0) for b in cash.own)
        return max(multiple * own[bank] - held[bank], 0.0) + max(multiple * common - over, 0.0)

    # --- the day -----------------------------------------------------------------------------------------------
    def run(self):
        for day in range(len(self.grid)):
            self.today = []
            self.cash_in(day)
            self.insolvencies(day)
            self.settlements(day)
            self.margin_calls(day)
            self.assess(day)
            self.look_at_brakes(day)
            self.look_at_trigger(day)
            self.new_business(day)
            self.record(day)
        return self.result()

    def cash_in(self, day):
        if day > 0:
            days = (self.grid[day] - self.grid[day - 1]).days
            self.cash.interest(self.sw.interest, days)
            for bank in self.cash.own:
                self.cash.fee(bank, self.frozen(lambda c: c.bank == bank) * self.sw.fee * days / 365.0)
        for item in [r for r in self.recoveries if r[0] == day]:
            self.recovered += item[1]
            self.since_refill -= item[1]
            self.bound["recovery"] += 1
            if self.sw.to_pool:
                self.cash.recover(item[2], item[1])
        refill = self.sw.refill
        if refill and self.order_day is not None and self.order_day[0] == day:
            self.arrive(self.order_day[1])
            self.order_day = None
        if refill and refill["when"] == "yearly" and day > 0 and self.grid[day].year != self.grid[day - 1].year:
            if self.cash.available() < number(refill["below"]) * self.cash.fund:
                self.arrive(number(refill["to"]) * self.cash.fund - (self.cash.total() - self.cash.unpaid()))
        self.cash.serve_waiting()
        self.cash.pay_due(day)

    def arrive(self, amount):
        self.cash.refill(amount, number(self.sw.refill["to"]))
        self.since_refill = 0.0
        self.bound["refill_" + self.sw.refill["when"]] += 1

    def insolvencies(self, day):
        for firm in self.sc.firms:
            if self.insolvency_day.get(firm.id) != day:
                continue
            self.failures["insolvency"] += 1
            self.insolvent.add(firm.id)
            self.barred.add(firm.id)
            # in the book's order, in which own margin and call cash absorb (docs/decisions.md)
            held = sorted((c for c in self.live if c.firm == firm.id and not c.closing), key=lambda c: c.order)
            for c in held:
                c.closing = True
            when = day + self.sw.close_out_days
            if self.sw.netting:
                for bank, _ in self.sc.banks:
                    part = [c for c in held if c.bank == bank]
                    if part:
                        self.close_outs.append(CloseOut("insolvency", part, when, True))
            else:
                self.close_outs += [CloseOut("insolvency", [c], when, False) for c in held]
        for item in list(self.close_outs):
            if item.cause == "insolvency" and item.day <= day:
                self.close_unless_cut(item, day)

    def close_unless_cut(self, item, day):
        """A close-out whose day has come waits while the band cuts one of its pairs."""
        if any(self.rates.cut[c.pair][day] for c in item.contracts):
            self.bound["band_wait"] += 1
            return
        self.close_outs.remove(item)
        self.close(item, day)

    def close(self, item, day):
        if not item.contracts:
            return
        total = 0.0
        for c in item.contracts:
            v = self.value(c, day)
            if item.cause == "margin_call":
                v += self.sw.slippage * PIP * c.n
            total += v
        if item.netted and total > 0.0 and any(self.value(c, day) < 0.0 for c in item.contracts):
            self.bound["netting_gain"] += 1
        self.book(item, day, max(total, 0.0))
        for c in item.contracts:
            self.end(c)

    def book(self, item, day, loss):
        """A loss becomes a claim, after own margin and call cash."""
        if loss <= 0.0:
            return
        first = min(item.contracts, key=lambda c: c.order)
        key = first.set
        self.losses += loss
        margin = min(loss, sum(c.margin for c in item.contracts))
        calls = min(loss - margin, self.call_cash[key])
        self.call_cash[key] -= calls
        self.bearers["client_margin"] += margin + calls
        if margin > 0.0:
            self.bound["client_margin"] += 1
        if calls > 0.0:
            self.bound["call_cash_absorbs"] += 1
        net = loss - margin - calls
        if item.netted:
            identity, reject, lag = on_day(fnv1a("|".join(key)), day), draws.REJECTION_SET, draws.LAG_SET
        else:
            identity, reject, lag = fnv1a(first.id), draws.REJECTION, draws.LAG
        rejected = self.draw.uniform(reject, identity) < self.sw.rejection
        z = self.draw.normal(lag, identity) if self.sw.lognormal else 0.0
        self.today.append(Claim(first.order, first.firm, first.bank, item.cause, net,
                                sum(c.frozen for c in item.contracts), sum(c.n * c.k for c in item.contracts),
                                rejected, z))

    def end(self, c):
        c.ended = True
        self.live.remove(c)
        self.bank_ended[c.bank] += c.n * c.k
        if not any(x.set == c.set for x in self.live):
            left = self.call_cash.pop(c.set, 0.0)
            if c.set in self.drawn:
                # liquidity may have met several calls of the set; what did not absorb a loss comes back
                self.liquidity[c.firm] += left
                del self.drawn[c.set]

    # --- step 4 ------------------------------------------------------------------------------------------------
    def settlements(self, day):
        failed = {item.contracts[0]: item for item in self.close_outs if item.cause in ("order_loss", "strategic")}
        for c in sorted(self.live, key=lambda x: x.order):
            if c in failed:  # what waits comes in the book's order as well
                self.close_unless_cut(failed[c], day)
                continue
            if c.ended or c.closing or c.t > self.grid[day]:
                continue
            cause, absorbed = self.fate(c, day)
            if cause:
                self.failures[cause] += 1
                self.barred.add(c.firm)
                c.closing = True
                self.close_outs.append(CloseOut(cause, [c], day, False))
                self.close_unless_cut(self.close_outs[-1], day)
            elif not absorbed and self.is_late(c):
                self.roll(c, day)
            else:
                self.end(c)

    def fate(self, c, day):
        """(cause of failure or None, absorbed)."""
        sw, firm, spot = self.sw, self.firms[c.firm], self.rates.s[c.pair][day]
        identity = fnv1a(c.id)
        q = self.order_loss_probability(c, day)
        purpose = draws.ORDER_LOSS_ROLLED if c.rolled else draws.ORDER_LOSS
        if self.draw.uniform(purpose, identity) < q:
            if sw.absorb == "liquidity":
                loss, left = max(self.value(c, day), 0.0), self.liquidity[c.firm]
                if left is not None and loss <= left:
                    self.liquidity[c.firm] = left - loss
                    self.bound["absorb_liquidity"] += 1
                    return None, True
            elif self.draw.uniform(draws.ABSORB_ROLLED if c.rolled else draws.ABSORB, identity) < sw.absorb:
                self.bound["absorb_share"] += 1
                return None, True
            return "order_loss", False
        if self.draw.uniform(draws.STRATEGIC, fnv1a(firm.id)) < sw.strategic:
            if c.d * (spot - c.k) / c.k > sw.threshold:
                return "strategic", False
        return None, False

    def order_loss_probability(self, c, day):
        firm, q0 = self.firms[c.firm], self.sw.q0(self.firms[c.firm].sector)
        for shock in self.sw.shocks:
            if not day_of(shock["from"]) <= c.t <= day_of(shock["to"]):
                continue
            if "sector" in shock and shock["sector"] != firm.sector:
                continue
            if "us_share_above" in shock and not (firm.us_share or 0.0) > number(shock["us_share_above"]):
                continue
            q0 = number(shock["probability"])
            self.bound["shock"] += 1
        if q0 <= 0.0 or q0 >= 1.0:
            return q0
        logit = math.log(q0 / (1.0 - q0)) + self.sw.beta2 * c.d * self.rates.momentum(day) / 0.05
        q0x, rho = 1.0 / (1.0 + math.exp(-logit)), self.sw.rho_q(firm.sector)
        if rho == 0.0:
            return q0x
        return normal_cdf((normal_inverse(q0x) - math.sqrt(rho) * self.z) / math.sqrt(1.0 - rho))

    def is_late(self, c):
        late = self.sw.late
        return late and not c.rolled and self.draw.uniform(draws.LATE, fnv1a(c.id)) < number(late["probability"])

    def roll(self, c, day):
        late, spot = self.sw.late, self.rates.s[c.pair][day]
        self.bank_ended[c.bank] += c.n * c.k
        later = self.sc.calendars.modified_following(add_months(c.t, int(late["roll_months"])), joint(c.pair))
        tau = (later - c.t).days / 365.0
        rate = self.sc.forward(c.pair, spot, tau)
        if late["settle"] == "carried":
            rate += (c.k - spot) / self.sc.discount(tau)
        c.t, c.k, c.rolled = later, rate, True
        self.bound["late_" + late["settle"]] += 1

    # --- step 5 ------------------------------------------------------------------------------------------------
    def margin_calls(self, day):
        if not self.sw.calls:
            return
        # what is due closes before new calls go out: its call cash may be the liquidity that meets one at another bank
        keys = [(firm.id, bank) for firm in self.sc.firms for bank, _ in self.sc.banks]
        for key in keys:
            self.forced_close(key, day)
        for key in keys:
            self.margin_call(key, day)
        if self.sw.cure == 0:
            for key in keys:
                self.forced_close(key, day)

    def called_contracts(self, key):
        """What a call looks at and a forced close-out takes: a contract that has failed closes out alone."""
        return [c for c in self.live if c.set == key and not c.closing]

    def margin_call(self, key, day):
        contracts = self.called_contracts(key)
        if not contracts or key in self.called:
            return
        loss = max(sum(self.value(c, day) for c in contracts), 0.0)
        posted = sum(c.margin for c in contracts) + self.call_cash[key]
        call = loss - posted
        if not call > self.sw.call_at * sum(c.frozen for c in contracts):
            return
        if self.meets(key, call, day):
            self.call_cash[key] += call
            self.bound["call_met"] += 1
            return
        self.called[key] = day + self.sw.cure
        self.bound["call_unmet"] += 1

    def forced_close(self, key, day):
        contracts = self.called_contracts(key)
        if not contracts:
            self.called.pop(key, None)
        if key not in self.called or self.called[key] > day:
            return
        if any(self.rates.cut[c.pair][day] for c in contracts):
            self.bound["band_wait"] += 1
            return
        self.failures["margin_call"] += 1
        self.barred.add(key[0])
        self.close(CloseOut("margin_call", contracts, day, True), day)
        del self.called[key]

    def meets(self, key, call, day):
        left = self.liquidity[key[0]]
        if left is not None:
            if call > left:
                return False
            self.liquidity[key[0]] = left - call
            self.drawn[key] += call
            self.bound["call_met_liquidity"] += 1
            return True
        return self.draw.uniform(draws.MEET, on_day(fnv1a("|".join(key)), day)) < self.sw.meet

    # --- step 6 ------------------------------------------------------------------------------------------------
    def assess(self, day):
        sw, year = self.sw, self.grid[day].year
        claims = sorted(self.today, key=lambda c: c.order)
        excess = Counter()
        for c in claims:
            bank = c.net
            if not c.rejected:
                base = max(c.net - sw.deductible * c.notional, 0.0)
                limb, guarantor = sw.split_pool * base, sw.split_guarantor * base
                bank = c.net - limb - guarantor
                self.bearers["guarantor"] += guarantor
                c.limb = self.capped(c, limb, year)
                self.demand += c.limb
                self.bear_excess(c.bank, limb - c.limb)
                self.bound["deductible"] += sw.deductible > 0.0
            else:
                self.bound["rejected"] += 1
            self.bank_bears[c.bank] += bank
        cuts = self.cash.share_out(claims, sw.queue)
        for c, cut in zip(claims, cuts):
            if cut > 0.01:
                self.bound["short_of_cash_queue" if sw.queue else "short_of_cash"] += 1
                self.bound["short_" + sw.layout] += 1
                if self.exhaustion is None:
                    self.exhaustion = self.grid[day]
            if not sw.queue:
                self.bear_excess(c.bank, cut)
            self.gross += c.limb
            self.since_refill += c.limb
            self.by_cause[c.cause] += c.limb
            self.bearers["pool"] += c.limb
            self.bank_limbs[c.bank] += c.limb
            c.due = day + sw.delay
            if c.limb > 0.0 and sw.delay > 0:
                self.bound["delay"] += 1
            self.plan_recovery(c, day)
        self.cash.pay_due(day)

    def capped(self, c, limb, year):
        sw, whole = self.sw, limb
        if sw.cap == "frozen" and limb > sw.cap_multiple * c.frozen:
            limb = sw.cap_multiple * c.frozen
            self.bound["deal_claim_cap"] += 1
        if sw.cap_claims is not None and limb > sw.cap_claims - self.used_exporter[c.firm]:
            limb = max(sw.cap_claims - self.used_exporter[c.firm], 0.0)
            self.bound["exporter_claims_cap"] += 1
        if sw.yearly_cap is not None and limb > sw.yearly_cap - self.used_year[year]:
            limb = max(sw.yearly_cap - self.used_year[year], 0.0)
            self.bound["yearly_claims_cap"] += 1
        if limb < whole:
            self.bound["excess_" + sw.excess] += 1
        self.used_exporter[c.firm] += limb
        self.used_year[year] += limb
        return limb

    def bear_excess(self, bank, amount):
        if self.sw.excess == "bank":
            self.bank_bears[bank] += amount
        else:
            self.bearers[self.sw.excess] += amount

    def plan_recovery(self, c, day):
        sw, calendars = self.sw, self.sc.calendars
        share = sw.recovery * (1.0 - sw.cost)
        amount = min(c.limb, share * c.net) if sw.pool_first else share * c.limb
        if amount <= 0.0:
            return
        today = self.grid[day]
        arrival = add_months(today, sw.lag_months)  # the grid takes it to the next business day
        if sw.lognormal:
            days = math.floor((arrival - today).days * math.exp(sw.lag_sigma * c.lag) + 0.5)
            arrival = today + timedelta(days=days) if days < 100_000 else None
        if arrival is not None:
            arrival = max(arrival, today + timedelta(days=1))
        if arrival is None or arrival > self.grid[-1]:
            self.receivable += amount
            return
        index = bisect.bisect_left(self.grid, arrival)
        self.recoveries.append((index, amount, c))

    def look_at_brakes(self, day):
        brakes = self.sw.brakes
        if not brakes:
            return
        level = self.since_refill / self.cash.fund
        for name, brake in (("amber", self.amber), ("red", self.red)):
            if not is_none(brakes.get(name)):
                brake.look(level >= number(brakes[name]["at"]))
                self.bound["brake_" + name] += brake.on
        if not is_none(brakes.get("bank")):
            for bank, brake in self.bank_brake.items():
                if self.bank_ended[bank] > 0.0:
                    brake.look(self.bank_limbs[bank] / self.bank_ended[bank] > number(brakes["bank"]["at"]))
                self.bound["brake_bank"] += brake.on
        if not is_none(brakes.get("fx")):
            recent = self.rates.recent(day)
            if recent:
                lines = [brakes["fx"].get("volatility"), brakes["fx"].get("move")]
                self.fx.look(any(not is_none(x) and y > number(x) for x, y in zip(lines, recent)))
            self.bound["brake_fx"] += self.fx.on

    def look_at_trigger(self, day):
        refill = self.sw.refill
        if not refill or refill["when"] != "trigger" or self.order_day is not None:
            return
        if not self.cash.available() < number(refill["below"]) * self.cash.fund:
            return
        amount = number(refill["to"]) * self.cash.fund - (self.cash.total() - self.cash.unpaid())
        limit, year = optional(refill.get("yearly_limit")), self.grid[day].year
        if limit is not None and amount > limit - self.ordered[year]:
            amount = max(limit - self.ordered[year], 0.0)
            self.bound["refill_limit"] += 1
        if amount > 0.0:
            self.ordered[year] += amount
            self.order_day = (day + max(int(refill.get("delay_days", 0)), 1), amount)

    # --- step 7 ------------------------------------------------------------------------------------------------
    def new_business(self, day):
        for deal, order in [d for d in self.to_open if d[0].trade <= self.grid[day]]:
            self.to_open.remove((deal, order))
            if deal.firm in self.insolvent:
                self.bound["not_opened"] += 1
            else:
                self.live.append(Live(deal, order, self.sw.client_share))
                self.bound["opened_later"] += 1
        waiting, self.queued = self.queued, []
        for app, since in waiting:
            if self.grid[day] >= app.settle:
                self.refuse("no_room", app)
            else:
                self.apply(app, day, since)
        for app in self.prepared.during.get(self.grid[day], []):
            self.apply(app, day, day)

    def apply(self, app, day, since):
        made, reason = admit(self, app, day)
        if made is not None:
            self.live.append(Live(made, self.order, self.sw.client_share))
            self.order += 1
            self.bound["admitted"] += 1
            self.bound["admitted_from_queue"] += since < day
        elif reason == "no_room" and self.sw.no_room == "queue" and day < since + self.sw.wait:
            self.queued.append((app, since))
            self.bound["queued"] += 1
        else:
            self.refuse(reason, app)

    def refuse(self, reason, app):
        self.refused[reason] += 1
        self.refused_usd += app.usd
        self.bound["refused_" + reason] += 1
        self.bound["refused_no_room_" + self.sw.no_room] += reason == "no_room"

    # --- step 8 ------------------------------------------------------------------------------------------------
    def record(self, day):
        self.lowest = min(self.lowest, self.cash.available())
        self.records.append({"date": self.grid[day].isoformat(), "cash": self.cash.total(), "frozen": self.frozen(),
                             "available": self.cash.available(), "waiting": self.cash.waiting()})
        for pair in self.sc.pairs:
            self.bound["band_cut"] += self.rates.cut[pair][day]
        t = self.cash.totals
        expected = self.cash.fund + t["refills"] + t["interest"] + t["fees"] + t["recoveries"] - t["paid"]
        assert abs(expected - self.cash.total()) <= 1e-6 * max(1.0, self.cash.fund), "cash identity"
        borne = sum(self.bearers.values()) + sum(self.bank_bears.values())
        assert abs(borne - self.losses) <= 1e-6 * max(1.0, self.losses), "bearers' identity"
        assert min(self.cash.own.values()) > -1e-6 and self.cash.common > -1e-6, "cash below nought"

    def result(self):
        # contracts that are to close out after the horizon
        pending = len([c for c in self.live if c.closing or c.set in self.called])
        self.bound["pending"] += pending
        self.bound.update(self.failures)
        return {"gross": self.gross, "demand": self.demand, "net": self.gross - self.recovered,
                "exhaustion_date": self.exhaustion.isoformat() if self.exhaustion else None,
                "bearers": {**self.bearers, "banks": self.bank_bears}, "by_cause": self.by_cause,
                "receivable": self.receivable, "failures": {**self.failures, "pending": pending},
                "refused": {"deals": sum(self.refused.values()), "usd": self.refused_usd},
                "refused_by_cause": dict(self.refused), "unpaid_end": self.cash.waiting(),
                "end_cash": self.cash.total(), "lowest_available": self.lowest,
                "losses": self.losses, "bound": {k: v for k, v in self.bound.items() if v}}


def admit(path, app, day):
    """(the deal, None) or (None, the first test that refuses it). `path` may be the empty start of the ladder."""
    sw, sc = path.sw, path.sc
    product = "forward_sale" if app.d > 0 else "forward_purchase"
    if product not in sw.products:
        return None, "product"
    if sw.deal_usd is not None and app.usd > sw.deal_usd:
        return None, "notional"
    if sw.deal_months is not None and app.months > sw.deal_months:
        return None, "tenor"
    if app.firm in path.barred:
        return None, "barred"
    firm, today = path.firms[app.firm], sc.grid[day]
    spot = path.rates.s[app.pair][day]
    rate = sc.forward(app.pair, spot, (app.settle - today).days / 365.0)
    rate -= app.d * number(sc.new_business["client_spread"]) * PIP
    trade = min(app.day, today) if app.day < sc.grid[0] else today
    margin_rate = sc.margin_rate(trade, app.settle, app.pair)
    if path.fx.on:
        margin_rate *= number(sw.brakes["fx"]["margin_factor"])
    deal = Deal(app.id, app.firm, app.bank, app.pair, app.d, app.notional, rate, trade, app.settle, margin_rate)
    f = Live(deal, 0, sw.client_share).frozen

    if sw.cap_frozen is not None and path.frozen(lambda c: c.firm == app.firm) + f > sw.cap_frozen:
        return None, "exporter_cap"
    if sw.hedge_cap is not None and firm.receipts is not None:
        usd = path.rates.s["USDCNY"][day]
        gross = sum(c.n * path.rates.s[c.pair][day] / usd for c in path.live if c.firm == app.firm)
        gross += app.notional * spot / usd
        if gross / firm.receipts > sw.hedge_cap:
            return None, "hedge_ratio"
    quota = path.quota()
    groups = {"exporter": lambda c: c.firm == app.firm,
              "group": lambda c: path.firms[c.firm].group == firm.group,
              "sector": lambda c: path.firms[c.firm].sector == firm.sector,
              "bank": lambda c: c.bank == app.bank}
    for kind, belongs in groups.items():
        line = sw.concentration.get(kind)
        if line is None or (kind == "group" and not firm.group) or (kind == "sector" and not firm.sector):
            continue
        held = path.frozen(belongs) + f
        if held > line * quota:
            return None, "concentration_" + kind
    if path.red.on or path.bank_brake[app.bank].on:
        return None, "brake"
    if not f <= path.room(app.bank):
        return None, "no_room"
    return deal, None


class Prepared:
    """What is the same on every path: switches, the opening book, applications."""

    def __init__(self, scenario):
        self.switches = Switches(scenario)
        start = scenario.grid[0]
        before, self.during = applications(scenario)
        numbered = list(enumerate(scenario.deals))
        self.opening = [(d, i) for i, d in numbered if d.trade < start <= d.settle]
        self.later = [(d, i) for i, d in numbered if d.trade >= start]
        self.next_order = len(numbered)
        self.ladder = 0
        if before:
            self._ladder(scenario, before)

    def _ladder(self, scenario, before):
        """Steady state: past applications through the tests at the start's rates."""
        day_zero = Path(scenario, self, 0)
        for app in before:
            made, _ = admit(day_zero, app, 0)
            if made is None:
                continue
            self.opening.append((made, self.next_order))
            day_zero.live.append(Live(made, self.next_order, self.switches.client_share))
            self.next_order += 1
            self.ladder += 1


def simulate(file, paths=None, daily=False):
    scenario = Scenario(file)
    prepared = Prepared(scenario)
    results = []
    for path in range(scenario.paths if paths is None else paths):
        walk = Path(scenario, prepared, path)
        result = walk.run()
        if prepared.ladder:
            result["bound"]["steady_ladder"] = prepared.ladder
        if daily:
            result["daily"] = walk.records
        results.append(result)
    return {"scenario": scenario.name, "paths": results}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("scenario")
    arguments.add_argument("--paths", type=int)
    arguments.add_argument("--daily", action="store_true", help="each day's cash and frozen quota as well")
    options = arguments.parse_args()
    print(json.dumps(simulate(options.scenario, options.paths, options.daily), indent=1))


if __name__ == "__main__":
    main()
