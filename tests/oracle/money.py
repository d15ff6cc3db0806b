"""The pool's cash by part, its claims, and who bears them (docs/rules.md, 4)."""

OWN, COMMON = 0, 1


class Claim:
    """A close-out loss after own margin and call cash, on the day it is assessed."""

    def __init__(self, order, firm, bank, cause, net, frozen, notional, rejected, lag):
        self.order, self.firm, self.bank, self.cause = order, firm, bank, cause
        self.net, self.frozen, self.notional, self.rejected, self.lag = net, frozen, notional, rejected, lag
        self.limb = 0.0       # the pool's part
        self.waiting = 0.0    # of the limb, what no cash stands behind yet
        self.reserved = [0.0, 0.0]  # from the own and the common part, not yet paid out
        self.paid = [0.0, 0.0]
        self.due = 0


class Cash:
    """The fund in parts: one for each bank and one in common."""

    def __init__(self, scenario, number):
        pool = scenario.pool
        self.fund, self.layout = number(pool["fund"]), pool["layout"]
        floor = {"shared": 0.0, "segregated": 1.0, "hybrid": number(pool["floor"])}[self.layout]
        self.start_own = {b: floor * w * self.fund for b, w in scenario.banks}
        self.start_common = 0.0 if self.layout == "segregated" else self.fund - sum(self.start_own.values())
        self.own, self.common = dict(self.start_own), self.start_common
        self.claims = []      # accepted, not yet wholly paid
        self.totals = dict.fromkeys(("refills", "interest", "fees", "recoveries", "paid"), 0.0)

    def total(self):
        return sum(self.own.values()) + self.common

    def unpaid(self):
        return sum(sum(c.reserved) + c.waiting for c in self.claims)

    def waiting(self):
        return sum(c.waiting for c in self.claims)

    def available(self):
        return max(self.total() - self.unpaid(), 0.0)

    def free_own(self, bank):
        return max(self.own[bank] - sum(c.reserved[OWN] for c in self.claims if c.bank == bank), 0.0)

    def free_common(self):
        return max(self.common - sum(c.reserved[COMMON] for c in self.claims), 0.0)

    def add(self, kind, bank, to_own, to_common):
        if to_own:
            self.own[bank] += to_own
        self.common += to_common
        self.totals[kind] += to_own + to_common

    def interest(self, rate, days):
        for bank in self.own:
            self.add("interest", bank, self.own[bank] * rate * days / 365.0, 0.0)
        self.add("interest", None, 0.0, self.common * rate * days / 365.0)

    def fee(self, bank, amount):
        if self.layout == "segregated":
            self.add("fees", bank, amount, 0.0)
        else:
            self.add("fees", bank, 0.0, amount)

    def recover(self, claim, amount):
        """Back to the parts that paid."""
        own, common = (claim.reserved[i] + claim.paid[i] for i in (OWN, COMMON))
        if own + common <= 0.0:
            own, common = (1.0, 0.0) if self.layout == "segregated" else (0.0, 1.0)
        self.add("recoveries", claim.bank, amount * own / (own + common), amount * common / (own + common))

    def refill(self, amount, to):
        """Split in proportion to what each part lacks."""
        waiting = {b: sum(c.waiting for c in self.claims if c.bank == b) for b in self.own}
        lack = {}
        for b in self.own:
            behind = waiting[b] if self.layout == "segregated" else 0.0
            lack[b] = max(to * self.start_own[b] - self.free_own(b) + behind, 0.0)
        behind = 0.0 if self.layout == "segregated" else sum(waiting.values())
        common = max(to * self.start_common - self.free_common() + behind, 0.0)
        whole = sum(lack.values()) + common
        if whole <= 0.0:
            lack, common, whole = dict(self.start_own), self.start_common, self.fund
        for b in self.own:
            self.add("refills", b, amount * lack[b] / whole, 0.0)
        self.add("refills", None, 0.0, amount * common / whole)

    def reserve(self, claim, amount_own, amount_common):
        claim.reserved[OWN] += amount_own
        claim.reserved[COMMON] += amount_common

    def serve_waiting(self):
        """New cash to the waiting claims, oldest first."""
        for claim in self.claims:
            if claim.waiting <= 0.0:
                continue
            own = min(claim.waiting, self.free_own(claim.bank))
            common = min(claim.waiting - own, self.free_common())
            self.reserve(claim, own, common)
            claim.waiting -= own + common

    def pay_due(self, day):
        for claim in self.claims:
            if claim.due > day:
                continue
            self.own[claim.bank] -= claim.reserved[OWN]
            self.common -= claim.reserved[COMMON]
            self.totals["paid"] += sum(claim.reserved)
            for i in (OWN, COMMON):
                claim.paid[i] += claim.reserved[i]
                claim.reserved[i] = 0.0
        self.claims = [c for c in self.claims if sum(c.reserved) + c.waiting > 0.0]

    def share_out(self, claims, queue):
        """Cash to the claims of one day, pro rata: sets limb and waiting, returns what each was cut by."""
        wanted = {}
        for c in claims:
            wanted[c.bank] = wanted.get(c.bank, 0.0) + c.limb
        own = {b: min(w, self.free_own(b)) for b, w in wanted.items()}
        rest = {b: wanted[b] - own[b] for b in wanted}
        asked, free = sum(rest.values()), self.free_common()
        ratio = 1.0 if asked <= free else free / asked
        cuts = []
        for c in claims:
            if c.limb <= 0.0:
                cuts.append(0.0)
                continue
            part = c.limb / wanted[c.bank]
            from_own, from_common = part * own[c.bank], part * rest[c.bank] * ratio
            cut = part * rest[c.bank] * (1.0 - ratio)
            self.reserve(c, from_own, from_common)
            if queue:
                c.waiting = cut
            else:
                c.limb -= cut
            cuts.append(cut)
        self.claims += [c for c in claims if sum(c.reserved) + c.waiting > 0.0]
        return cuts
