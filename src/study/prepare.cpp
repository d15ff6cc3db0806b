#include "fxpool/study/prepare.hpp"

#include "fxpool/base/random.hpp"
#include "fxpool/engine/ladder.hpp"
#include "fxpool/engine/rates.hpp"
#include "fxpool/pool/failure.hpp"
#include "fxpool/pool/fund.hpp"
#include "fxpool/pool/margin.hpp"
#include "fxpool/pool/quota.hpp"
#include "fxpool/pool/valuation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace fxpool {
namespace {

constexpr double pip = 1e-4;

pool::Layout layout_of(Layout layout) {
    switch (layout) {
        case Layout::shared: return pool::Layout::shared;
        case Layout::segregated: return pool::Layout::segregated;
        case Layout::hybrid: return pool::Layout::hybrid;
    }
    return pool::Layout::shared;
}

double floor_of(const PoolSettings& settings) {
    switch (settings.layout) {
        case Layout::shared: return 0;
        case Layout::segregated: return 1;
        case Layout::hybrid: return settings.floor;
    }
    return 0;
}

pool::Bearer bearer_of(ExcessBearer bearer) {
    switch (bearer) {
        case ExcessBearer::bank: return pool::Bearer::bank;
        case ExcessBearer::guarantor: return pool::Bearer::guarantor;
        case ExcessBearer::government: return pool::Bearer::government;
    }
    return pool::Bearer::bank;
}

pool::NoRoom no_room_of(const NoRoom& no_room) {
    switch (no_room.kind) {
        case NoRoom::Kind::reject: return pool::NoRoom::reject;
        case NoRoom::Kind::queue: return pool::NoRoom::queue;
        case NoRoom::Kind::own_margin: return pool::NoRoom::own_margin;
    }
    return pool::NoRoom::reject;
}

/// Whole months from trade to settlement, rounded up: 3 months and a day's roll are still a 3-month deal.
int months_between(Date trade, Date settle) {
    constexpr int roll_allowance = 5;  // calendar days that a roll to a business day may add
    int months = 0;
    while (months < 600 && add_months(trade, months) + roll_allowance < settle) ++months;
    return months;
}

/// Builds Prepared step by step; each step fills one part of it.
class Preparation {
  public:
    Preparation(const Scenario& scenario, const Market& market, const Book& book) : settings_(scenario.settings), market_(market), book_(book) {}

    Prepared make() {
        prepared_.seed = settings_.simulation.seed;
        prepared_.paths = settings_.simulation.paths;
        set_time();
        set_market();
        prepared_.terms = terms_of(settings_.pool, settings_.banks);
        set_firms();
        set_failure();
        set_deals();
        number_sets();
        if (prepared_.failure.keep_mean) prepared_.failure.clock_scale = pilot_clock_scale(prepared_);
        return std::move(prepared_);
    }

  private:
    void set_time() {
        const auto& days = market_.days;
        for (std::size_t i = 0; i < days.size(); ++i) {
            prepared_.serial.push_back(days[i].serial);
            prepared_.year.push_back(days[i].year());
            prepared_.dt.push_back(i == 0 ? 0 : (days[i] - days[i - 1]) / 365.0);
            prepared_.recovery_lag_days.push_back(add_months(days[i], settings_.pool.recovery.lag_months) - days[i]);
        }
        std::int32_t next = 0;
        for (Date date = days.front(); date <= days.back(); date = date + 1) {
            if (date > days[static_cast<std::size_t>(next)]) ++next;
            prepared_.day_from.push_back(next);
        }
    }

    void set_market() {
        prepared_.discount = market_.discount;
        prepared_.correlation_root = market_.correlation_root;
        prepared_.reference = PairId{market_.reference};
        prepared_.reference_history = market_.reference_history;
        prepared_.client_spread = settings_.new_business ? settings_.new_business->client_spread * pip : 0;
        for (const auto& [months, rate] : settings_.pool.margin_rate) prepared_.ladder.rates.push_back(rate);
        const bool one_rate = settings_.pool.margin_rate.size() == 1;
        for (const auto& pair : market_.pairs) {
            PairTerms terms;
            terms.name = pair.name;
            terms.spot = pair.spot;
            terms.unit = pair.unit;
            terms.forward_factor = pair.forward_factor;
            terms.moves = pair.moves;
            terms.band = pair.band;
            for (const Date day : market_.days) {
                const Date later = add_months(day, settings_.failure.late_roll_months);
                terms.rolled_to.push_back(pair.calendar.modified_following(later).serial);
            }
            if (!one_rate) {
                for (const auto& [months, rate] : settings_.pool.margin_rate) {
                    Table<DayIndex, std::int32_t> ends;
                    for (const Date day : market_.days) ends.push_back(pair.calendar.months_later(day, months).serial);
                    terms.rung_end.push_back(std::move(ends));
                }
            }
            if (pair.name == "USDCNY") prepared_.usd = prepared_.pairs.next();
            pair_of_[pair.name] = prepared_.pairs.next();
            prepared_.pairs.push_back(std::move(terms));
        }
    }

    void set_firms() {
        for (const auto& bank : settings_.banks) {
            bank_of_[bank.id] = prepared_.banks.next();
            prepared_.banks.push_back(bank.id);
        }
        std::unordered_map<std::string, GroupId> groups;
        for (const auto& exporter : book_.exporters) {
            ExporterTerms terms;
            terms.id = exporter.id;
            terms.hash = hash_of(exporter.id);
            if (!exporter.sector.empty()) {
                const auto [found, added] = sector_of_.try_emplace(exporter.sector, prepared_.sectors.next());
                if (added) prepared_.sectors.push_back({exporter.sector, hash_of(exporter.sector)});
                terms.sector = found->second;
            }
            if (!exporter.group.empty()) {
                const auto [found, added] = groups.try_emplace(exporter.group, GroupId{prepared_.groups});
                if (added) ++prepared_.groups;
                terms.group = found->second;
            }
            const auto& failure = settings_.failure;
            terms.hazard = pool::hazard(exporter.pd.value_or(failure.pd.at(exporter.sector)));
            terms.correlation = failure.correlation.at(exporter.sector);
            terms.order_loss = failure.order_loss_probability.at(exporter.sector);
            terms.us_share = exporter.us_share;
            terms.annual_receipts_usd = exporter.annual_receipts_usd.value_or(0);
            terms.has_liquidity = exporter.liquidity_cny.has_value();
            terms.liquidity = exporter.liquidity_cny.value_or(0);
            exporter_of_[exporter.id] = prepared_.exporters.next();
            prepared_.exporters.push_back(std::move(terms));
        }
    }

    void set_failure() {
        const auto& settings = settings_.failure;
        auto& failure = prepared_.failure;
        failure.sector_loading = settings.sector_loading;
        failure.insolvency_beta = settings.insolvency_fx_beta;
        failure.keep_mean = settings.keep_mean && settings.insolvency_fx_beta != 0;
        failure.order_correlation = settings.order_loss_correlation;
        failure.order_beta = settings.order_loss_fx_beta;
        failure.absorb = settings.absorb;
        failure.absorb_from_liquidity = settings.absorb_from_liquidity;
        failure.strategic_share = settings.strategic_share;
        failure.strategic_threshold = settings.strategic_threshold;
        failure.late = settings.late_probability;
        failure.late_carried = settings.late_carried;
        for (const auto& shock : settings.shocks) {
            ShockTerms terms;
            terms.first_serial = shock.from.serial;
            terms.last_serial = shock.to.serial;
            terms.one_sector = shock.sector.has_value();
            if (shock.sector) {
                const auto found = sector_of_.find(*shock.sector);
                if (found != sector_of_.end()) terms.sector = found->second;
            }
            terms.us_share_above = shock.us_share_above.value_or(-1);
            terms.probability = shock.probability;
            failure.shocks.push_back(terms);
        }
    }

    double usd_at_start(PairId pair, double units) const {
        if (pair == prepared_.usd) return units;
        return prepared_.usd.valid() ? units * prepared_.pairs[pair].spot / prepared_.pairs[prepared_.usd].spot : 0;
    }

    void set_deal_dates(DealTerms& deal, Date settle) const {
        deal.settle_serial = settle.serial;
        if (settle <= market_.days.back()) deal.settle_day = DayIndex{prepared_.day_on_or_after(settle.serial)};
    }

    void set_deals() {
        for (const auto& contract : book_.contracts) {
            const PairId pair = pair_of_.at(contract.pair);
            const auto& calendar = market_.pairs[pair.index()].calendar;
            const Date settle = calendar.modified_following(contract.settle_date);
            if (settle < market_.days.front()) continue;  // book/ has warned
            DealTerms deal;
            deal.id = contract.id;
            deal.hash = hash_of(contract.id);
            deal.origin = Origin::file;
            deal.exporter = exporter_of_.at(contract.exporter_id);
            deal.bank = bank_of_.at(contract.bank_id);
            deal.pair = pair;
            deal.product = static_cast<std::int8_t>(contract.product);
            deal.side = contract.direction == Direction::sell ? 1 : -1;
            deal.notional = contract.notional;
            deal.units = contract.notional / prepared_.pairs[pair].unit;
            deal.usd = usd_at_start(pair, deal.units);
            deal.contract_rate = contract.contract_rate;
            deal.margin_rate = contract.margin_rate.value_or(ladder_rate(settings_.pool.margin_rate, contract.trade_date, settle, calendar));
            if (contract.trade_date >= market_.days.front()) {
                const int day = prepared_.day_on_or_after(contract.trade_date.serial);
                if (day >= prepared_.days()) continue;  // dealt after the horizon
                deal.trade_day = DayIndex{day};
            }
            set_deal_dates(deal, settle);
            if (deal.trade_day.valid() && deal.settle_day.valid() && deal.settle_day <= deal.trade_day) continue;  // over on the day it opens
            deal.tenor_months = months_between(contract.trade_date, contract.settle_date);
            prepared_.deals.push_back(std::move(deal));
        }
        if (!settings_.new_business) return;

        std::vector<DealTerms> before_start, later;
        for (const auto& application : draw_applications(*settings_.new_business, settings_, book_, market_)) {
            const PairId pair = pair_of_.at(application.pair);
            DealTerms deal;
            deal.id = application.id;
            deal.hash = hash_of(application.id);
            deal.exporter = ExporterId{application.exporter};
            deal.bank = BankId{application.bank};
            deal.pair = pair;
            deal.side = application.direction == Direction::sell ? 1 : -1;
            deal.product = application.direction == Direction::sell ? 0 : 1;
            deal.notional = application.notional;
            deal.units = application.notional / prepared_.pairs[pair].unit;
            deal.usd = application.usd;
            deal.tenor_months = application.tenor_months;
            set_deal_dates(deal, application.settle_date);
            if (application.date < market_.days.front()) {
                if (application.settle_date <= market_.days.front()) continue;
                const auto left = static_cast<std::size_t>(application.settle_date - market_.days.front());
                const double forward = pool::covered_parity_forward(prepared_.pairs[pair].spot, prepared_.pairs[pair].forward_factor[left]);
                deal.origin = Origin::ladder;
                deal.contract_rate = pool::new_contract_rate(deal.side, forward, prepared_.client_spread);
                deal.margin_rate = ladder_rate(settings_.pool.margin_rate, application.date, application.settle_date, market_.pairs[pair.index()].calendar);
                before_start.push_back(std::move(deal));
            } else {
                deal.origin = Origin::application;
                deal.trade_day = DayIndex{prepared_.day_on_or_after(application.date.serial)};
                later.push_back(std::move(deal));
            }
        }
        for (auto& deal : admit_ladder(prepared_, before_start)) prepared_.deals.push_back(std::move(deal));
        for (auto& deal : later) prepared_.deals.push_back(std::move(deal));
    }

    /// Sets in order of exporter, then of bank.
    void number_sets() {
        std::map<std::pair<ExporterId, BankId>, SetId> sets;
        for (const auto& deal : prepared_.deals) sets.try_emplace({deal.exporter, deal.bank});
        for (auto& [couple, id] : sets) {
            id = prepared_.sets.next();
            const auto& [exporter, bank] = couple;
            prepared_.sets.push_back({exporter, bank, hash_of(prepared_.exporters[exporter].id + "|" + prepared_.banks[bank])});
        }
        for (auto& deal : prepared_.deals) deal.set = sets.at({deal.exporter, deal.bank});
    }

    const Settings& settings_;
    const Market& market_;
    const Book& book_;
    Prepared prepared_;
    std::unordered_map<std::string, PairId> pair_of_;
    std::unordered_map<std::string, BankId> bank_of_;
    std::unordered_map<std::string, SectorId> sector_of_;
    std::unordered_map<std::string, ExporterId> exporter_of_;
};

/// A contracts file is often the whole book; the ladder of a steady state then stands on the books beside it, a second time.
void warn_of_two_books(const Scenario& scenario, const Prepared& prepared, Problems& problems) {
    constexpr double small = 0.05;  // of the file's frozen quota: not worth a word
    double of_file = 0, of_ladder = 0;
    for (const auto& deal : prepared.deals) {
        if (deal.trade_day.valid()) continue;
        const double frozen = pool::frozen_quota(prepared.terms.client_share, deal.margin_rate, deal.units * deal.contract_rate);
        (deal.origin == Origin::ladder ? of_ladder : of_file) += frozen;
    }
    if (!(of_file > 0) || of_ladder < small * of_file) return;
    const auto millions = [](double cny) {
        const auto tenths = std::llround(cny / 1e5);
        return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
    };
    problems.warning(scenario.place_of("new_business.steady_state"), "new_business.steady_state",
                     say("{0} m is frozen on the first day where the contracts file has {1} m: the steady state of new business stands beside it; where the "
                         "file is the whole book, write steady_state: false",
                         millions(of_file + of_ladder), millions(of_file)));
}

void warn(const Scenario& scenario, const Prepared& prepared, Problems& problems) {
    const auto& terms = prepared.terms;
    if (terms.fund <= 0) problems.warning(scenario.place_of("pool.fund"), "pool.fund", say("the fund is 0: every claim finds no cash"));
    double frozen = 0;
    for (const auto& deal : prepared.deals) {
        if (!deal.trade_day.valid()) frozen += pool::frozen_quota(terms.client_share, deal.margin_rate, deal.units * deal.contract_rate);
    }
    const double quota = pool::quota(pool::quota_base(pool::opening_fund(terms), terms), terms.multiple);
    // where a rate, an amount or the fund itself is in doubt this only follows from it
    const auto& list = problems.list();
    const bool doubted = std::any_of(list.begin(), list.end(), [](const Problem& problem) {
        constexpr std::string_view set = "--set ";  // there the place is the subject
        const auto& file = problem.place.file;
        const auto subject = problem.subject.empty() && file.starts_with(set) ? file.substr(set.size()) : problem.subject;
        return problem.severity == Severity::warning &&
               (subject == "contract_rate" || subject == "notional" || subject == "pool.fund" || subject == "pool.multiple");
    });
    if (frozen > quota * (1 + 1e-12) && !doubted) {
        problems.warning(scenario.place_of("contracts"), "contracts",
                         say("the contracts on the books freeze {0} CNY, more than the quota of {1} CNY", std::llround(frozen), std::llround(quota)));
    }
    warn_of_two_books(scenario, prepared, problems);
}

}  // namespace

pool::Terms terms_of(const PoolSettings& settings, const std::vector<BankSettings>& banks) {
    pool::Terms terms;
    terms.fund = settings.fund;
    terms.multiple = settings.multiple;
    terms.quota_fixed = settings.quota_base == QuotaBase::fixed;
    terms.layout = layout_of(settings.layout);
    terms.floor = floor_of(settings);
    for (const auto& bank : banks) terms.weight.push_back(bank.weight);
    terms.client_share = settings.client_share;
    terms.interest = settings.interest;
    terms.fee = settings.fee;
    terms.close_out_days = settings.close_out_days;
    terms.netting = settings.netting;

    terms.claims.pool_share = settings.pool_share;
    terms.claims.guarantor_share = settings.guarantor_share;
    terms.claims.deductible = settings.deductible;
    terms.claims.cap_multiple = settings.cap == Cap::none ? pool::none : settings.cap_multiple;
    terms.claims.excess = bearer_of(settings.excess);
    terms.claims.exporter_cap = settings.exporter_claims_cap;
    terms.claims.yearly_cap = settings.yearly_claims_cap;
    terms.claims.queue = settings.shortfall == Shortfall::queue;
    terms.claims.delay_days = settings.claims_delay_days;
    terms.claims.rejection = settings.rejection;

    if (settings.calls) {
        terms.calls.on = true;
        terms.calls.call_at = settings.calls->call_at;
        terms.calls.cure_days = settings.calls->cure_days;
        terms.calls.slippage = settings.calls->slippage * pip;
        terms.calls.meet = settings.calls->meet;
    }

    const auto& recovery = settings.recovery;
    terms.recovery.rate = recovery.rate;
    terms.recovery.cost = recovery.cost;
    terms.recovery.pool_first = recovery.pool_first;
    terms.recovery.to_treasury = recovery.to_treasury;
    terms.recovery.lognormal = recovery.lognormal;
    terms.recovery.lag_sigma = recovery.lag_sigma;

    if (settings.refill) {
        const bool yearly = settings.refill->when == RefillSettings::When::yearly;
        terms.refill.when = yearly ? pool::RefillTerms::When::yearly : pool::RefillTerms::When::trigger;
        terms.refill.below = settings.refill->below;
        terms.refill.to = settings.refill->to;
        terms.refill.delay_days = settings.refill->delay_days;
        terms.refill.yearly_limit = settings.refill->yearly_limit;
    }
    if (settings.brakes) {
        const auto& brakes = *settings.brakes;
        if (brakes.amber) {
            terms.brakes.amber_at = brakes.amber->at;
            terms.brakes.multiple_factor = brakes.amber->multiple_factor;
        }
        terms.brakes.red_at = brakes.red ? brakes.red->at : pool::none;
        terms.brakes.bank_at = brakes.bank ? brakes.bank->at : pool::none;
        if (brakes.fx) {
            terms.brakes.fx_volatility = brakes.fx->volatility;
            terms.brakes.fx_move = brakes.fx->move;
            terms.brakes.margin_factor = brakes.fx->margin_factor;
        }
        terms.brakes.lift_days = brakes.lift_days;
    }

    auto& admission = terms.admission;
    for (const Product product : {Product::forward_sale, Product::forward_purchase, Product::swap}) {
        admission.products[static_cast<std::size_t>(product)] = settings.products.count(product) > 0;
    }
    admission.deal_cap_usd = settings.deal_cap_usd;
    admission.deal_cap_months = settings.deal_cap_months;
    admission.exporter_frozen_cap = settings.exporter_frozen_cap;
    admission.hedge_ratio_cap = settings.hedge_ratio_cap;
    admission.exporter_share = settings.concentration_exporter;
    admission.group_share = settings.concentration_group;
    admission.sector_share = settings.concentration_sector;
    admission.bank_share = settings.concentration_bank;
    admission.no_room = no_room_of(settings.no_room);
    admission.queue_days = settings.no_room.days;
    return terms;
}

Prepared make_prepared(const Scenario& scenario, const Market& market, const Book& book, Problems& problems) {
    auto prepared = Preparation(scenario, market, book).make();
    warn(scenario, prepared, problems);
    return prepared;
}

}  // namespace fxpool
