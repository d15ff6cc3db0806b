#include "fxpool/measure/block_estimates.hpp"

#include "fxpool/measure/count_names.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {
namespace {

/// Utilisation from which a day counts as full.
constexpr double full = 0.95;

void merge(DailyFigure& figure, const DailyFigure& next) {
    for (DayIndex day{0}; day.index() < figure.mean.size(); ++day) figure.mean[day].merge(next.mean[day]);
}

template <class Item, std::size_t n>
void merge(std::array<Item, n>& items, const std::array<Item, n>& next) {
    for (std::size_t i = 0; i < n; ++i) items[i].merge(next[i]);
}

template <class T>
void append(std::vector<T>& items, const std::vector<T>& next) {
    items.insert(items.end(), next.begin(), next.end());
}

}  // namespace

BlockEstimates::BlockEstimates(const Prepared& prepared) : days_(prepared.days()), keep_rows_(prepared.paths <= most_loss_rows) {
    const auto days = static_cast<std::size_t>(days_);
    const auto banks = prepared.banks.size();
    exhausted_on_.assign(days, 0);
    banks_.resize(banks);
    counts_.resize(count_names().size());
    budget_.resize(static_cast<std::size_t>(prepared.year.back() - prepared.year[DayIndex{0}] + 1));
    for (DailyFigure* figure : {&cash_, &used_}) {
        figure->mean.resize(days);
        figure->quantiles.resize(days);
    }
    for (DailyFigure* figure : {&frozen_, &quota_, &claims_, &limbs_}) figure->mean.resize(days);
    exposure_.resize(banks);
    for (auto& figure : exposure_) {
        figure.mean.resize(days);
        figure.quantiles.resize(days);
    }
    exporters_.resize(prepared.exporters.size());
    raw_.resize(daily_series());
}

std::size_t BlockEstimates::daily_series() const { return (2 + exposure_.size()) * static_cast<std::size_t>(days_); }

void BlockEstimates::add(const PathOutcome& outcome) {
    ++paths_;
    gross_.add(outcome.gross);
    demand_.add(outcome.demand);
    // A recovery can't exceed its limb; what is left of rounding is no loss.
    const double net = std::abs(outcome.net()) < 1e-9 * outcome.gross ? 0 : outcome.net();
    net_.add(net);
    for (std::size_t cause = 0; cause < by_cause_.size(); ++cause) by_cause_[cause].add(outcome.gross_by_cause[cause]);
    receivable_.add(outcome.receivable);
    if (outcome.exhausted_on.valid()) ++exhausted_on_[outcome.exhausted_on];
    if (outcome.demand > worst_demand_) {
        worst_demand_ = outcome.demand;
        worst_path_ = outcome.path;
    }
    if (keep_rows_) {
        row_path_.push_back(outcome.path);
        row_gross_.push_back(outcome.gross);
        row_demand_.push_back(outcome.demand);
        row_net_.push_back(net);
        row_day_.push_back(outcome.exhausted_on.value());
    }

    own_margin_.add(outcome.born.own_margin);
    guarantor_.add(outcome.born.guarantor);
    government_.add(outcome.born.government);
    double banks_total = 0;
    for (BankId bank{0}; bank.index() < banks_.size(); ++bank) {
        banks_[bank].add(outcome.born.bank[bank]);
        banks_total += outcome.born.bank[bank];
    }
    banks_total_.add(banks_total);
    total_.add(outcome.loss);

    end_cash_.add(outcome.end_cash);
    lowest_.add(outcome.lowest_available);
    unpaid_end_.add(outcome.unpaid_end);

    double utilisation = 0, peak = 0, frozen = 0, quota = 0;
    int full_days = 0, over_days = 0;
    std::size_t series = 0;
    for (DayIndex day{0}; day.index() < outcome.days.size(); ++day) {
        const auto& end = outcome.days[day];
        utilisation += end.utilisation;
        peak = std::max(peak, end.utilisation);
        frozen += end.frozen;
        quota += end.quota;
        full_days += end.utilisation >= full;
        over_days += end.frozen > end.quota * (1 + 1e-12);
        cash_.mean[day].add(end.cash);
        used_.mean[day].add(end.utilisation);
        frozen_.mean[day].add(end.frozen);
        quota_.mean[day].add(end.quota);
        claims_.mean[day].add(end.claims_paid);
        limbs_.mean[day].add(end.limbs);
        raw_[series++].push_back(end.cash);
        raw_[series++].push_back(end.utilisation);
    }
    for (BankId bank{0}; bank.index() < exposure_.size(); ++bank) {
        for (DayIndex day{0}; day.index() < outcome.days.size(); ++day) {
            exposure_[bank].mean[day].add(outcome.exposure[bank][day]);
            raw_[series++].push_back(outcome.exposure[bank][day]);
        }
    }
    const double days = days_;
    utilisation_.add(utilisation / days);
    peak_utilisation_.add(peak);
    full_days_.add(full_days / days);
    over_days_.add(over_days / days);
    margin_freed_.add(frozen / days);
    turnover_.add(outcome.new_notional, quota / days);

    int refused_deals = 0;
    double refused_usd = 0;
    for (std::size_t why = 0; why < outcome.refused.size(); ++why) {
        refused_deals_[why].add(outcome.refused[why].deals);
        refused_usd_[why].add(outcome.refused[why].usd);
        refused_deals += outcome.refused[why].deals;
        refused_usd += outcome.refused[why].usd;
    }
    refused_all_deals_.add(refused_deals);
    refused_all_usd_.add(refused_usd);
    refused_firms_.add(outcome.refused_firms);
    admitted_.add(outcome.admitted);
    admitted_usd_.add(outcome.admitted_usd);

    PathOutcome::Margin all;
    for (std::size_t bucket = 0; bucket < outcome.margin.size(); ++bucket) {
        const auto& margin = outcome.margin[bucket];
        margin_exceeded_[bucket].add(margin.exceeded, margin.close_outs);
        margin_excess_[bucket].add(margin.excess, margin.exceeded);
        all.close_outs += margin.close_outs;
        all.exceeded += margin.exceeded;
        all.excess += margin.excess;
    }
    margin_exceeded_.back().add(all.exceeded, all.close_outs);
    margin_excess_.back().add(all.excess, all.exceeded);

    const auto counts = counts_of(outcome);
    for (std::size_t i = 0; i < counts.size(); ++i) counts_[i].add(counts[i]);
    double fees = 0, net_paid = 0;
    for (std::size_t year = 0; year < budget_.size(); ++year) {
        const auto& flows = outcome.years[year];
        fees += flows.fees;
        net_paid += flows.claims_paid - flows.recoveries - flows.fees - flows.interest;
        budget_[year].claims_paid.add(flows.claims_paid);
        budget_[year].recoveries.add(flows.recoveries);
        budget_[year].fees.add(flows.fees);
        budget_[year].refills.add(flows.refills);
        budget_[year].interest.add(flows.interest);
        budget_[year].net_cost.add(flows.claims_paid - flows.recoveries - flows.fees);
    }
    fees_.add(fees);
    net_paid_.add(net_paid);
    amber_.add(outcome.amber_days);
    red_.add(outcome.red_days);
    fx_.add(outcome.fx_days);
    bank_brake_.add(outcome.bank_days);
    amber_paths_ += outcome.amber_days > 0;
    red_paths_ += outcome.red_days > 0;

    for (const auto& exporter : outcome.exporters) {
        auto& figures = exporters_[exporter.exporter];
        figures.insolvent += exporter.insolvent;
        figures.failed += exporter.failed;
        figures.failed_squares += std::int64_t{exporter.failed} * exporter.failed;
        figures.loss += exporter.loss;
        figures.loss_squares += exporter.loss * exporter.loss;
        figures.limb += exporter.limb;
        figures.limb_squares += exporter.limb * exporter.limb;
    }
    worst_identity_error_ = std::max(worst_identity_error_, outcome.identity_error());
    if (outcome.runaway_pair.valid() && !runaway_.pair.valid()) runaway_ = {outcome.path, outcome.runaway_pair, outcome.runaway_day};
}

RankSketch& BlockEstimates::sketch_of(std::size_t series) {
    const auto days = static_cast<std::size_t>(days_);
    if (series < 2 * days) return (series % 2 == 0 ? cash_ : used_).quantiles[DayIndex{series / 2}];
    const auto rest = series - 2 * days;
    return exposure_[BankId{rest / days}].quantiles[DayIndex{rest % days}];
}

void BlockEstimates::close() {
    for (std::size_t series = 0; series < raw_.size(); ++series) sketch_of(series).add(std::move(raw_[series]));
    raw_.clear();
}

void BlockEstimates::merge_daily(const BlockEstimates& next, std::size_t series) { sketch_of(series).merge(next.sketch_of(series)); }

void BlockEstimates::merge(BlockEstimates&& next) {
    paths_ += next.paths_;
    gross_.merge(next.gross_);
    demand_.merge(next.demand_);
    net_.merge(next.net_);
    fxpool::merge(by_cause_, next.by_cause_);
    receivable_.merge(next.receivable_);
    for (DayIndex day{0}; day.value() < days_; ++day) exhausted_on_[day] += next.exhausted_on_[day];
    if (next.worst_demand_ > worst_demand_) {
        worst_demand_ = next.worst_demand_;
        worst_path_ = next.worst_path_;
    }
    append(row_path_, next.row_path_);
    append(row_gross_, next.row_gross_);
    append(row_demand_, next.row_demand_);
    append(row_net_, next.row_net_);
    append(row_day_, next.row_day_);

    own_margin_.merge(next.own_margin_);
    guarantor_.merge(next.guarantor_);
    government_.merge(next.government_);
    banks_total_.merge(next.banks_total_);
    for (BankId bank{0}; bank.index() < banks_.size(); ++bank) banks_[bank].merge(next.banks_[bank]);
    total_.merge(next.total_);
    end_cash_.merge(next.end_cash_);
    lowest_.merge(next.lowest_);
    unpaid_end_.merge(next.unpaid_end_);

    utilisation_.merge(next.utilisation_);
    peak_utilisation_.merge(next.peak_utilisation_);
    full_days_.merge(next.full_days_);
    over_days_.merge(next.over_days_);
    fxpool::merge(refused_deals_, next.refused_deals_);
    fxpool::merge(refused_usd_, next.refused_usd_);
    refused_all_deals_.merge(next.refused_all_deals_);
    refused_all_usd_.merge(next.refused_all_usd_);
    refused_firms_.merge(next.refused_firms_);
    admitted_.merge(next.admitted_);
    admitted_usd_.merge(next.admitted_usd_);
    turnover_.merge(next.turnover_);
    margin_freed_.merge(next.margin_freed_);
    fees_.merge(next.fees_);
    net_paid_.merge(next.net_paid_);
    fxpool::merge(margin_exceeded_, next.margin_exceeded_);
    fxpool::merge(margin_excess_, next.margin_excess_);
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i].merge(next.counts_[i]);
    for (std::size_t year = 0; year < budget_.size(); ++year) {
        auto& mine = budget_[year];
        const auto& other = next.budget_[year];
        mine.claims_paid.merge(other.claims_paid);
        mine.recoveries.merge(other.recoveries);
        mine.fees.merge(other.fees);
        mine.refills.merge(other.refills);
        mine.interest.merge(other.interest);
        mine.net_cost.merge(other.net_cost);
    }
    amber_.merge(next.amber_);
    red_.merge(next.red_);
    fx_.merge(next.fx_);
    bank_brake_.merge(next.bank_brake_);
    amber_paths_ += next.amber_paths_;
    red_paths_ += next.red_paths_;

    fxpool::merge(cash_, next.cash_);
    fxpool::merge(used_, next.used_);
    fxpool::merge(frozen_, next.frozen_);
    fxpool::merge(quota_, next.quota_);
    fxpool::merge(claims_, next.claims_);
    fxpool::merge(limbs_, next.limbs_);
    for (BankId bank{0}; bank.index() < exposure_.size(); ++bank) fxpool::merge(exposure_[bank], next.exposure_[bank]);
    for (ExporterId e{0}; e.index() < exporters_.size(); ++e) {
        auto& mine = exporters_[e];
        const auto& other = next.exporters_[e];
        mine.insolvent += other.insolvent;
        mine.failed += other.failed;
        mine.failed_squares += other.failed_squares;
        mine.loss += other.loss;
        mine.loss_squares += other.loss_squares;
        mine.limb += other.limb;
        mine.limb_squares += other.limb_squares;
    }
    worst_identity_error_ = std::max(worst_identity_error_, next.worst_identity_error_);
    if (!runaway_.pair.valid()) runaway_ = next.runaway_;
}

}  // namespace fxpool
