#pragma once

#include "fxpool/base/id.hpp"
#include "fxpool/engine/outcome.hpp"
#include "fxpool/engine/prepared.hpp"
#include "fxpool/measure/moments.hpp"
#include "fxpool/measure/rank_sketch.hpp"
#include "fxpool/measure/results.hpp"
#include "fxpool/measure/sample.hpp"

#include <array>
#include <string>
#include <vector>

/// All that is measured of a block of paths: plain, mergeable in block order, to bytes and back. Its size grows with the days, the banks
/// and the exporters, and with the paths only by a few numbers each.
namespace fxpool {

/// Up to so many paths losses.csv has a row for each; beyond, a histogram.
inline constexpr std::int64_t most_loss_rows = 1'000'000;

/// A figure by business day: means, and quantiles over the paths.
struct DailyFigure {
    Table<DayIndex, Moments> mean;
    Table<DayIndex, RankSketch> quantiles;  ///< empty where only the mean is wanted

    void fields(auto&& f) { f(mean), f(quantiles); }
};

struct ExporterFigures {
    std::int64_t insolvent = 0, failed = 0, failed_squares = 0;
    double loss = 0, loss_squares = 0, limb = 0, limb_squares = 0;

    void fields(auto&& f) { f(insolvent), f(failed), f(failed_squares), f(loss), f(loss_squares), f(limb), f(limb_squares); }
};

struct BudgetFigures {
    Sample claims_paid, recoveries, fees, refills, interest, net_cost;

    void fields(auto&& f) { f(claims_paid), f(recoveries), f(fees), f(refills), f(interest), f(net_cost); }
};

/// Where a pair's rate left the range in which it is reckoned with (engine/rates.hpp).
struct RunawayRate {
    std::int64_t path = -1;
    PairId pair;
    DayIndex day;

    void fields(auto&& f) { f(path), f(pair), f(day); }
};

class BlockEstimates {
  public:
    BlockEstimates() = default;
    explicit BlockEstimates(const Prepared& prepared);

    /// Takes a path in.
    void add(const PathOutcome& outcome);
    /// Turns what the block's paths left by day into sketches; to be called once, after the block's last add().
    void close();
    /// Adds the block that follows. Both are closed. The sketches are merged by merge_daily().
    void merge(BlockEstimates&& next);
    /// The by-date sketches of a block, series by series (0 ... daily_series() - 1): the series are independent, so a driver may share them out.
    void merge_daily(const BlockEstimates& next, std::size_t series);
    std::size_t daily_series() const;

    std::int64_t paths() const { return paths_; }
    /// The largest breach of a money identity, against the size of what flows on its path.
    double worst_identity_error() const { return worst_identity_error_; }
    /// The first path on which a rate ran away; an invalid pair: none. The figures are not to be used then.
    const RunawayRate& runaway() const { return runaway_; }

    /// What the figures say, with their errors: everything in summary.json's `metrics` and the result tables.
    Results results(const Prepared& prepared, const struct BenefitTerms& benefit) const;

    void fields(auto&& f) {
        f(paths_), f(days_), f(keep_rows_), f(gross_), f(demand_), f(net_), f(by_cause_), f(receivable_), f(exhausted_on_), f(worst_path_), f(worst_demand_);
        f(row_path_), f(row_gross_), f(row_demand_), f(row_net_), f(row_day_), f(own_margin_), f(guarantor_), f(government_), f(banks_total_);
        f(banks_), f(total_), f(end_cash_), f(lowest_), f(unpaid_end_), f(utilisation_), f(peak_utilisation_), f(full_days_), f(over_days_);
        f(refused_deals_), f(refused_usd_), f(refused_all_deals_), f(refused_all_usd_), f(refused_firms_), f(admitted_), f(admitted_usd_), f(turnover_);
        f(margin_freed_), f(fees_), f(net_paid_), f(margin_exceeded_), f(margin_excess_), f(counts_), f(budget_), f(amber_), f(red_), f(fx_), f(bank_brake_);
        f(amber_paths_), f(red_paths_), f(cash_), f(used_), f(frozen_), f(quota_), f(claims_), f(limbs_), f(exposure_), f(exporters_);
        f(worst_identity_error_), f(runaway_);
    }

  private:
    /// Where a by-date series lies, in the order in which add() fills raw_.
    RankSketch& sketch_of(std::size_t series);
    const RankSketch& sketch_of(std::size_t series) const { return const_cast<BlockEstimates*>(this)->sketch_of(series); }

    std::int64_t paths_ = 0;
    std::int32_t days_ = 0;
    bool keep_rows_ = true;

    Sample gross_, demand_, net_;
    std::array<Moments, pool::causes> by_cause_{};
    Moments receivable_;
    Table<DayIndex, std::int64_t> exhausted_on_;
    std::int64_t worst_path_ = -1;
    double worst_demand_ = -1;
    // losses.csv, column by column
    std::vector<std::int64_t> row_path_;
    std::vector<double> row_gross_, row_demand_, row_net_;
    std::vector<std::int32_t> row_day_;

    Sample own_margin_, guarantor_, government_, banks_total_;
    Table<BankId, Sample> banks_;
    Moments total_;

    Sample end_cash_, lowest_;
    Moments unpaid_end_;

    Moments utilisation_, peak_utilisation_, full_days_, over_days_;
    std::array<Moments, pool::refusals> refused_deals_{}, refused_usd_{};
    Moments refused_all_deals_, refused_all_usd_, refused_firms_, admitted_, admitted_usd_;
    RatioMoments turnover_;
    Moments margin_freed_;
    Moments fees_;                                                                     ///< received over the horizon
    Moments net_paid_;                                                                 ///< claims paid less recoveries, fees and interest, over the horizon
    std::array<RatioMoments, tenor_buckets + 1> margin_exceeded_{}, margin_excess_{};  ///< by tenor, then all

    /// Means of counts a path, in the order of count_names().
    std::vector<Moments> counts_;
    std::vector<BudgetFigures> budget_;
    Moments amber_, red_, fx_, bank_brake_;  ///< days
    std::int64_t amber_paths_ = 0, red_paths_ = 0;

    DailyFigure cash_, used_, frozen_, quota_, claims_, limbs_;
    Table<BankId, DailyFigure> exposure_;
    Table<ExporterId, ExporterFigures> exporters_;
    double worst_identity_error_ = 0;
    RunawayRate runaway_;

    // Of the block that is being filled: values by series (day by day), turned into sketches by close().
    std::vector<std::vector<double>> raw_;
};

/// What a freed margin is worth, and what the fund's money costs; rates a year (docs/scenario.md, `benefit`).
struct BenefitTerms {
    double loan_rate = 0, deposit_rate = 0, fund_cost = 0;
};

}  // namespace fxpool
