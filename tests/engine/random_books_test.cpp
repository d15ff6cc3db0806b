// Random rule books (RapidCheck): what must hold whatever the rules. The independent implementation stands in tests/oracle.
#include "fxpool/engine/path_walker.hpp"
#include "fxpool/measure/demand_bound.hpp"
#include "fxpool/pool/margin.hpp"
#include "tests/support/books.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>

using namespace fxpool;
using fxpool::testing::BookMaker;

namespace {

#ifndef FXPOOL_REPETITIONS_DIVISOR
#define FXPOOL_REPETITIONS_DIVISOR 1
#endif
constexpr int paths_a_book = 6;

/// How often each switch bound, over all books of a test.
class Tally {
  public:
    void count(const std::string& name, bool bound) {
        auto& [bound_in, of] = tally_[name];
        bound_in += bound;
        ++of;
    }
    /// Prints the shares; each switch must have bound in 5 % of the books or more.
    void check() const {
        for (const auto& [name, counts] : tally_) {
            const double share = double(counts.first) / counts.second;
            std::cout << "  " << name << " bound in " << 100 * share << " % of " << counts.second << " books\n";
            if (FXPOOL_REPETITIONS_DIVISOR == 1) {
                INFO(name);
                CHECK(share >= 0.05);
            }
        }
    }

  private:
    std::map<std::string, std::pair<int, int>> tally_;
};

/// Uniform over the whole range, whatever RapidCheck's size parameter.
int pick(int from, int to) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, to)); }
double between(double low, double high) { return low + (high - low) * pick(0, 1001) / 1000.0; }
bool chance(int percent) { return pick(0, 100) < percent; }
double maybe(int percent, double low, double high) { return chance(percent) ? between(low, high) : pool::none; }

/// One of every kind of rate model, wild enough for claims.
Model random_model() {
    GarchModel garch;
    garch.omega = 2e-6, garch.alpha = 0.05, garch.beta = 0.9, garch.gamma = between(-0.05, 0.05);
    garch.residuals.kind = static_cast<Residuals::Kind>(pick(0, 3));
    garch.residuals.df = 5;
    garch.drift.carry = chance(50);
    const double volatility = between(0.05, 0.15);
    switch (pick(0, 5)) {
        case 0: return MertonModel{.volatility = volatility, .drift = {between(-0.05, 0.1), false}, .jump_intensity = between(0, 20), .jump_volatility = 0.03};
        case 1: return HestonModel{.v0 = 0.02, .kappa = 3, .theta = 0.01, .xi = between(0.1, 0.6), .rho = between(-0.5, 0.5), .drift = {0, chance(50)}};
        case 2:
            return RegimeModel{.states = {{"calm", volatility, {}}, {"stress", 2 * volatility, {0.3, false}}},
                               .generator = {{-3, 3}, {6, -6}},
                               .start = {},
                               .drift = {chance(50)}};
        case 3: return BootstrapModel{.window = {}, .mean_block = between(1, 60), .demean = chance(50), .drift = {chance(50)}};
        default: return garch;
    }
}

/// A small book with rules that bind: failures are frequent, the rate is wild, the fund is small.
Prepared random_book() {
    BookMaker maker(pick(120, 500), between(0, 0.03), between(0, 0.05));
    maker.gbm(between(0.06, 0.20), between(-0.05, 0.20));
    const auto euro = maker.pair("EURCNY", 8.0, 0.02);
    maker.gbm(between(0.06, 0.20), 0, euro);
    maker.correlate(between(-0.5, 0.8));
    if (chance(60)) maker.model(random_model());
    if (chance(30)) maker.model(random_model(), euro);
    auto& book = maker.book;
    if (chance(30)) book.pairs[PairId{0}].band = between(0.003, 0.02);
    if (chance(20)) book.pairs[euro].band = between(0.003, 0.02);
    book.seed = static_cast<std::uint64_t>(pick(1, 1'000'000));

    const int banks = pick(1, 4);
    if (banks > 1) {
        book.terms.weight = Table<BankId, double>(static_cast<std::size_t>(banks), 1.0 / banks);
        for (int b = 1; b < banks; ++b) book.banks.push_back("B" + std::to_string(b));
    }
    book.sectors.push_back({"textile", hash_of("textile")});
    book.sectors.push_back({"food", hash_of("food")});
    book.groups = 2;
    const int exporters = pick(2, 13);
    const bool liquidity = chance(40);
    for (int e = 0; e < exporters; ++e) {
        const auto firm = maker.exporter("F" + std::to_string(e), between(0, 0.5), between(0, 0.4), between(0, 0.3));
        auto& terms = book.exporters[firm];
        terms.sector = SectorId{e % 2};
        if (e % 3 == 0) terms.group = GroupId{e % 2};
        terms.annual_receipts_usd = chance(70) ? between(1e6, 8e6) : 0;
        terms.us_share = between(0, 1);
        if (liquidity) {
            terms.has_liquidity = true;
            terms.liquidity = between(0, 400'000);
        }
    }
    const int contracts = pick(5, 41);
    const double margin = between(0.02, 0.08);
    for (int c = 0; c < contracts; ++c) {
        const PairId pair{chance(25) ? 1 : 0};
        const auto id = maker.contract(ExporterId{pick(0, exporters)}, between(0.2e6, 1e6), book.pairs[pair].spot * between(0.96, 1.03),
                                       pick(1, book.days() + 60), chance(80) ? 1 : -1, BankId{pick(0, banks)}, margin, pair);
        if (chance(20)) {
            auto& deal = book.deals[id];
            deal.trade_day = DayIndex{pick(0, 60)};
            deal.settle_serial = std::max(deal.settle_serial, book.serial[deal.trade_day] + 1);
            const int settle = deal.settle_serial - book.serial[DayIndex{0}];
            deal.settle_day = settle < book.days() ? DayIndex{settle} : DayIndex{};
        }
    }
    const int applications = chance(60) ? pick(10, 120) : 0;
    for (int a = 0; a < applications; ++a) {
        const int day = a * (book.days() - 1) / applications;
        const int tenor = pick(1, 13);
        const auto id =
            maker.contract(ExporterId{pick(0, exporters)}, between(0.1e6, 1e6), 0, day + 30 * tenor, chance(80) ? 1 : -1, BankId{pick(0, banks)}, 0, PairId{0});
        auto& deal = book.deals[id];
        deal.origin = Origin::application;
        deal.trade_day = DayIndex{day};
        deal.tenor_months = tenor;
    }
    book.ladder.rates = {margin};

    auto& terms = book.terms;
    terms.fund = between(0.05e6, 2e6);
    terms.multiple = between(0.5, 6);
    terms.quota_fixed = chance(20);
    terms.layout = static_cast<pool::Layout>(pick(0, 3));
    terms.floor = terms.layout == pool::Layout::shared ? 0 : terms.layout == pool::Layout::segregated ? 1 : between(0.1, 0.9);
    terms.client_share = chance(40) ? between(0, 0.6) : 0;
    terms.interest = chance(50) ? between(0, 0.03) : 0;
    terms.fee = chance(50) ? between(0, 0.02) : 0;
    terms.close_out_days = chance(40) ? pick(0, 20) : 0;
    terms.netting = chance(50);
    terms.claims = {.pool_share = between(0.2, 1), .deductible = chance(40) ? between(0, 0.02) : 0};
    terms.claims.guarantor_share = chance(40) ? between(0, 1 - terms.claims.pool_share) : 0;
    terms.claims.cap_multiple = maybe(60, 0.3, 2);
    terms.claims.excess = static_cast<pool::Bearer>(pick(0, 3));
    terms.claims.exporter_cap = maybe(50, 20'000, 400'000);
    terms.claims.yearly_cap = maybe(50, 100'000, 1.5e6);
    terms.claims.queue = chance(40);
    terms.claims.delay_days = chance(50) ? pick(0, 30) : 0;
    terms.claims.rejection = chance(40) ? between(0, 0.4) : 0;
    if (chance(50)) {
        terms.calls = {.on = true, .call_at = between(0.3, 1), .cure_days = pick(0, 6), .slippage = 0.002, .meet = between(0, 1)};
    }
    terms.recovery = {
        .rate = between(0, 0.8), .cost = between(0, 0.2), .pool_first = chance(50), .to_treasury = chance(30), .lognormal = chance(50), .lag_sigma = 0.5};
    const int lag = pick(0, 300);
    for (auto& days : book.recovery_lag_days) days = lag;
    if (chance(60)) {
        terms.refill.when = chance(50) ? pool::RefillTerms::When::yearly : pool::RefillTerms::When::trigger;
        terms.refill.below = between(0.3, 1);
        terms.refill.to = between(terms.refill.below, 1.2);
        terms.refill.delay_days = pick(0, 60);
        terms.refill.yearly_limit = maybe(50, 50'000, 2e6);
    }
    if (chance(60)) {
        terms.brakes = {.amber_at = between(0.02, 0.4),
                        .multiple_factor = 0.5,
                        .red_at = maybe(60, 0.1, 0.8),
                        .bank_at = maybe(50, 0.001, 0.05),
                        .fx_volatility = maybe(50, 0.08, 0.2),
                        .fx_move = maybe(50, 0.02, 0.1),
                        .margin_factor = 1.5,
                        .lift_days = pick(1, 60)};
    }
    auto& admission = terms.admission;
    admission.products[1] = chance(70);
    admission.deal_cap_usd = maybe(50, 0.5e6, 1e6);
    admission.deal_cap_months = maybe(50, 6, 12);
    admission.exporter_frozen_cap = maybe(50, 50'000, 400'000);
    admission.hedge_ratio_cap = maybe(60, 0.2, 0.9);
    admission.exporter_share = maybe(30, 0.1, 0.5);
    admission.group_share = maybe(30, 0.1, 0.6);
    admission.sector_share = maybe(30, 0.3, 0.9);
    admission.bank_share = maybe(30, 0.2, 0.9);
    admission.no_room = static_cast<pool::NoRoom>(pick(0, 3));
    admission.queue_days = 5;

    auto& failure = book.failure;
    failure.sector_loading = chance(50) ? between(0, 1) : 1;
    failure.insolvency_beta = chance(40) ? between(-0.5, 1) : 0;
    failure.order_correlation = chance(50) ? between(0, 0.5) : 0;
    failure.order_beta = chance(40) ? between(-0.5, 1) : 0;
    failure.absorb = chance(40) ? between(0, 0.6) : 0;
    failure.absorb_from_liquidity = liquidity && chance(50);
    if (chance(40)) {
        failure.shocks.push_back({.first_serial = book.serial[DayIndex{30}], .last_serial = book.serial[DayIndex{90}], .probability = 0.5});
        failure.shocks.push_back({.first_serial = book.serial[DayIndex{60}],
                                  .last_serial = book.serial[DayIndex{110}],
                                  .sector = SectorId{0},
                                  .one_sector = true,
                                  .us_share_above = 0.3,
                                  .probability = 0.9});
    }
    failure.strategic_share = chance(50) ? between(0, 0.6) : 0;
    failure.strategic_threshold = between(0.01, 0.05);
    failure.late = chance(50) ? between(0, 0.5) : 0;
    failure.late_carried = chance(50);
    return maker.ready();
}

void check_identities(const PathOutcome& o, const Prepared& book) {
    double notional = 1;
    for (const auto& deal : book.deals) notional += deal.units * 8;
    RC_ASSERT(o.cash_error < 1e-9 * (notional + book.terms.fund));
    RC_ASSERT(o.bearer_error < 1e-12 * notional);
    RC_ASSERT(o.frozen_error < 1e-12 * notional);
    RC_ASSERT(o.opened == o.delivered + o.failed + o.closed_out + o.rolled + o.alive);
    const double by_cause = std::accumulate(o.gross_by_cause.begin(), o.gross_by_cause.end(), 0.0);
    RC_ASSERT(std::abs(by_cause - o.gross) < 1e-6);
    RC_ASSERT(o.gross <= o.demand + 1e-6);
    RC_ASSERT(o.born.pool <= o.loss + 1e-6);
    RC_ASSERT(o.recovered + o.receivable <= o.gross + 1e-6);
    for (const auto& day : o.days) {
        RC_ASSERT(day.cash > -1e-6);
        RC_ASSERT(day.available > -1e-6);
        RC_ASSERT(day.utilisation >= 0);
        RC_ASSERT(day.utilisation <= 1);
    }
}

bool close(double a, double b, double scale) { return std::abs(a - b) <= 1e-9 * std::max({std::abs(a), std::abs(b), scale}); }

}  // namespace

TEST_CASE("the identities hold on every path and day of random rule books", "[random-books]") {
    Tally tally;
    const bool held = rc::check("identities", [&] {
        const auto book = random_book();
        PathWalker walker(book);
        std::map<std::string, bool> bound;
        for (std::int64_t path = 0; path < paths_a_book; ++path) {
            PathTrace trace;
            const auto& o = walker.walk(path, &trace);
            check_identities(o, book);
            const auto& terms = book.terms;
            const auto saw = [&](EventKind kind) {
                return std::any_of(trace.events.begin(), trace.events.end(), [&](const auto& event) { return event.kind == kind; });
            };
            const auto mark = [&](const char* name, bool now) { bound[name] = bound[name] || now; };
            mark("exhaustion", o.exhausted_on.valid());
            mark("pending close-out", o.pending > 0);
            mark("netting of several deals",
                 terms.netting && std::any_of(trace.claims.begin(), trace.claims.end(), [](const auto& c) { return c.contracts.size() > 1; }));
            mark("late receipt", o.rolled > 0);
            mark("strategic default", o.walked_away > 0);
            mark("absorbed order loss", o.absorbed > 0);
            mark("margin call", saw(EventKind::call));
            mark("forced close-out", o.called_out > 0);
            mark("call met", saw(EventKind::call_met));
            mark("recovery received", saw(EventKind::recovery));
            mark("recovery receivable", o.receivable > 0);
            mark("refill", saw(EventKind::refill));
            mark("amber or red brake", o.amber_days + o.red_days > 0);
            mark("bank brake", o.bank_days > 0);
            mark("fx brake", o.fx_days > 0);
            mark("wait for room", saw(EventKind::waits));
            mark("close-out waits for an uncut day", saw(EventKind::close_out_waits));
            mark("claim waits for cash", terms.claims.queue && o.exhausted_on.valid());
            for (const auto& claim : trace.claims) {
                const double sum = claim.split.own_margin + claim.limb + claim.bank_pays + claim.guarantor_pays + claim.government_pays;
                RC_ASSERT(close(sum, claim.loss.amount, 1));
                mark("per-deal cap", claim.split.excess > 1);
                mark("exporter's or yearly claims cap", claim.after_claims_caps < claim.split.pool - 1);
                mark("deductible", claim.split.deductible > 1);
                mark("own margin", claim.split.own_margin > 1);
                mark("rejection", claim.rejected);
            }
            for (std::size_t why = 0; why < o.refused.size(); ++why) {
                if (why == static_cast<std::size_t>(pool::Refusal::barred)) mark("barred exporter", o.refused[why].deals > 0);
                if (why == static_cast<std::size_t>(pool::Refusal::hedge_ratio)) mark("hedge ratio", o.refused[why].deals > 0);
                if (why == static_cast<std::size_t>(pool::Refusal::exporter_cap)) mark("exporter's frozen cap", o.refused[why].deals > 0);
                if (why == static_cast<std::size_t>(pool::Refusal::brake)) mark("brake refuses", o.refused[why].deals > 0);
                if (why == static_cast<std::size_t>(pool::Refusal::no_room)) mark("no room", o.refused[why].deals > 0);
                if (why == static_cast<std::size_t>(pool::Refusal::notional_cap)) mark("deal cap", o.refused[why].deals > 0);
                if (why == static_cast<std::size_t>(pool::Refusal::product)) mark("product", o.refused[why].deals > 0);
            }
            mark("concentration", std::any_of(o.refused.begin() + 6, o.refused.begin() + 10, [](const auto& r) { return r.deals > 0; }));
        }
        for (const auto& [name, did] : bound) tally.count(name, did);
    });
    CHECK(held);
    tally.check();
}

TEST_CASE("permuting firms and contracts changes nothing while no first-come rule binds", "[random-books]") {
    const bool held = rc::check("permutation", [] {
        auto book = random_book();
        // First come, first served: claims caps, queues, call cash and liquidity shared by several deals, new business.
        book.terms.claims.exporter_cap = book.terms.claims.yearly_cap = pool::none;
        book.terms.claims.queue = false;
        book.terms.calls.on = false;
        book.failure.absorb_from_liquidity = false;
        std::erase_if(book.deals.items(), [](const auto& deal) { return deal.origin == Origin::application; });
        auto other = book;
        const auto n = book.exporters.size();
        const auto turned = [&](ExporterId e) { return ExporterId{n - 1 - e.index()}; };
        std::reverse(other.exporters.begin(), other.exporters.end());
        std::reverse(other.deals.begin(), other.deals.end());
        for (auto& deal : other.deals) deal.exporter = turned(deal.exporter);
        for (auto* prepared : {&book, &other}) {
            std::map<std::pair<ExporterId, BankId>, SetId> sets;
            for (const auto& deal : prepared->deals) sets.try_emplace({deal.exporter, deal.bank});
            prepared->sets.clear();
            for (auto& [couple, id] : sets) {
                id = prepared->sets.next();
                prepared->sets.push_back({couple.first, couple.second, hash_of(prepared->exporters[couple.first].id + "|" + prepared->banks[couple.second])});
            }
            for (auto& deal : prepared->deals) deal.set = sets.at({deal.exporter, deal.bank});
        }
        PathWalker here(book), there(other);
        for (std::int64_t path = 0; path < paths_a_book; ++path) {
            const auto& a = here.walk(path);
            const auto& b = there.walk(path);
            RC_ASSERT(close(a.gross, b.gross, 1));
            RC_ASSERT(close(a.demand, b.demand, 1));
            RC_ASSERT(close(a.end_cash, b.end_cash, 1));
            RC_ASSERT(close(a.loss, b.loss, 1));
            RC_ASSERT(close(a.recovered, b.recovered, 1));
            RC_ASSERT(a.insolvent == b.insolvent);
            RC_ASSERT(a.failed == b.failed);
            RC_ASSERT(a.exhausted_on == b.exhausted_on);
        }
    });
    CHECK(held);
}

TEST_CASE("a bigger fund never worsens exhaustion, where no other rule depends on it", "[random-books]") {
    int helped = 0;
    const bool held = rc::check("bigger fund", [&] {
        auto book = random_book();
        // Quota, brakes and refills look at the fund: without new business, brakes and refills only the cash does.
        std::erase_if(book.deals.items(), [](const auto& deal) { return deal.origin == Origin::application; });
        book.terms.brakes = {};
        book.terms.refill = {};
        auto bigger = book;
        bigger.terms.fund *= between(1.1, 3);
        PathWalker small(book), large(bigger);
        for (std::int64_t path = 0; path < paths_a_book; ++path) {
            const auto& a = small.walk(path);
            const auto& b = large.walk(path);
            RC_ASSERT(close(a.demand, b.demand, 1));
            if (!a.exhausted_on.valid()) RC_ASSERT(!b.exhausted_on.valid());
            if (b.exhausted_on.valid()) RC_ASSERT(a.exhausted_on <= b.exhausted_on);
            helped += a.exhausted_on.valid() && !b.exhausted_on.valid();
        }
    });
    CHECK(held);
    CHECK(helped > 0);
}

TEST_CASE("a rule that is none equals one that never binds", "[random-books]") {
    const bool held = rc::check("none", [] {
        auto book = random_book();
        auto& terms = book.terms;
        auto other = book;
        const auto choose = [](double& here, double& there, double never) {
            here = pool::none;
            there = never;
        };
        choose(terms.claims.cap_multiple, other.terms.claims.cap_multiple, 1e12);
        choose(terms.claims.exporter_cap, other.terms.claims.exporter_cap, 1e15);
        choose(terms.claims.yearly_cap, other.terms.claims.yearly_cap, 1e15);
        choose(terms.admission.exporter_frozen_cap, other.terms.admission.exporter_frozen_cap, 1e15);
        choose(terms.admission.hedge_ratio_cap, other.terms.admission.hedge_ratio_cap, 1e15);
        choose(terms.admission.deal_cap_usd, other.terms.admission.deal_cap_usd, 1e15);
        choose(terms.admission.deal_cap_months, other.terms.admission.deal_cap_months, 1e9);
        choose(terms.brakes.amber_at, other.terms.brakes.amber_at, 1e15);
        choose(terms.brakes.red_at, other.terms.brakes.red_at, 1e15);
        choose(terms.brakes.bank_at, other.terms.brakes.bank_at, 1e15);
        choose(terms.brakes.fx_volatility, other.terms.brakes.fx_volatility, 1e15);
        choose(terms.brakes.fx_move, other.terms.brakes.fx_move, 1e15);
        choose(terms.refill.yearly_limit, other.terms.refill.yearly_limit, 1e15);
        // an order shock of its own base, a call line and a deductible out of reach
        terms.calls.on = false;
        other.terms.calls = {.on = true, .call_at = 1e15};
        PathWalker here(book), there(other);
        for (std::int64_t path = 0; path < paths_a_book; ++path) {
            const auto a = here.walk(path);
            const auto& b = there.walk(path);
            RC_ASSERT(a.gross == b.gross);
            RC_ASSERT(a.demand == b.demand);
            RC_ASSERT(a.end_cash == b.end_cash);
            RC_ASSERT(a.admitted == b.admitted);
        }
    });
    CHECK(held);
}

TEST_CASE("a pool that no move of the rate can exhaust, as is claimed of it, is never exhausted", "[random-books]") {
    int claimed = 0, with_business = 0;
    const bool held = rc::check("never exhausted", [&] {
        auto book = random_book();
        auto& terms = book.terms;
        terms.quota_fixed = false;
        terms.claims.cap_multiple = between(0.3, 1.5);
        terms.multiple = between(0.7, 1) / terms.claims.cap_multiple;
        std::erase_if(book.deals.items(), [](const auto& deal) { return deal.origin == Origin::file && deal.trade_day.valid(); });
        double caps = 0;
        bool business = false;
        for (const auto& deal : book.deals) {
            business = business || deal.origin == Origin::application;
            caps += terms.claims.cap_multiple * pool::frozen_quota(terms.client_share, deal.margin_rate, deal.units * deal.contract_rate);
        }
        terms.fund = caps * between(0.8, 1.5);
        if (!demand_bound(book).never_exhausted) return;
        ++claimed;
        with_business += business;
        PathWalker walker(book);
        for (std::int64_t path = 0; path < paths_a_book; ++path) RC_ASSERT(!walker.walk(path).exhausted_on.valid());
    });
    CHECK(held);
    if (FXPOOL_REPETITIONS_DIVISOR == 1) {
        CHECK(claimed > 60);
        CHECK(with_business > 30);
    }
}
