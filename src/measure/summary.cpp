// From the merged estimates to named figures and tables (docs/rules.md, 6.2; docs/results.md lists every one).
#include "fxpool/measure/block_estimates.hpp"
#include "fxpool/measure/count_names.hpp"

#include "fxpool/base/date.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace fxpool {
namespace {

/// A quantile given an event is only said when the event happened so often.
constexpr std::int64_t fewest_events = 20;
constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

const std::array<const char*, tenor_buckets + 1> tenor_names = {"3M", "6M", "9M", "12M", "longer", "all"};

/// "0.95", "0.995": a probability in per mille as the results name it.
std::string key_of(int per_mille) {
    std::string digits = std::to_string(per_mille);
    digits.insert(0, 3 - digits.size(), '0');
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    return "0." + digits;
}

Estimate exactly(double value) {
    Estimate estimate;
    estimate.value = value;
    return estimate;
}

Estimate not_estimated(std::string why) {
    Estimate estimate;
    estimate.remark = std::move(why);
    return estimate;
}

/// A figure of the whole horizon as one of a year.
Estimate a_year(Estimate estimate, double years) {
    if (years <= 0) return not_estimated("the horizon is one day");
    estimate.value /= years;
    if (estimate.standard_error) *estimate.standard_error /= years;
    return estimate;
}

class MetricList {
  public:
    explicit MetricList(std::vector<Metric>& metrics) : metrics_(metrics) {}

    void add(std::vector<std::string> path, Estimate estimate) { metrics_.push_back({std::move(path), std::move(estimate)}); }

    /// Mean, standard deviation, VaR, ES and maximum of a loss, under pool_loss.
    void add_distribution(const std::string& name, const Sample& sample) {
        add({"pool_loss", name, "mean"}, sample.mean());
        add({"pool_loss", name, "stdev"}, sample.standard_deviation());
        for (const int per_mille : {950, 990, 995, 999}) add({"pool_loss", name, "var", key_of(per_mille)}, sample.quantile(per_mille));
        for (const int per_mille : {975, 990}) add({"pool_loss", name, "es", key_of(per_mille)}, sample.shortfall(per_mille));
        add({"pool_loss", name, "max"}, exactly(sample.largest()));
    }

    void add_bearer(std::vector<std::string> path, const Sample& sample) {
        const auto with = [&](std::initializer_list<std::string> more) {
            auto longer = path;
            longer.insert(longer.end(), more);
            return longer;
        };
        add(with({"mean"}), sample.mean());
        add(with({"var", "0.99"}), sample.quantile(990));
        add(with({"es", "0.975"}), sample.shortfall(975));
    }

  private:
    std::vector<Metric>& metrics_;
};

/// Mean and its standard error as two cells.
void push(std::vector<Cell>& row, const Estimate& estimate) {
    row.emplace_back(estimate.value);
    row.emplace_back(estimate.standard_error.value_or(not_known));
}

double finite(const std::optional<double>& end) { return end && std::isfinite(*end) ? *end : not_known; }

void push_interval(std::vector<Cell>& row, const Estimate& estimate) {
    row.emplace_back(estimate.value);
    row.emplace_back(finite(estimate.low));
    row.emplace_back(finite(estimate.high));
}

}  // namespace

Results BlockEstimates::results(const Prepared& prepared, const BenefitTerms& benefit) const {
    Results results;
    results.paths = paths_;
    results.worst_path = worst_path_;
    MetricList list(results.metrics);
    const auto date_of = [&](DayIndex day) { return Date{prepared.serial[day]}.iso(); };
    const double years = (prepared.serial.back() - prepared.serial[DayIndex{0}]) / 365.0;

    // What the pool loses.
    list.add_distribution("gross", gross_);
    list.add_distribution("demand", demand_);
    list.add_distribution("net", net_);
    for (std::size_t cause = 0; cause < by_cause_.size(); ++cause) {
        list.add({"pool_loss", "by_cause", pool::cause_names[cause], "mean"}, by_cause_[cause].estimate());
    }
    list.add({"pool_loss", "receivable", "mean"}, receivable_.estimate());

    // Whether it runs dry, and when.
    std::int64_t exhausted = 0;
    for (const auto count : exhausted_on_) exhausted += count;
    list.add({"exhaustion", "probability"}, wilson(exhausted, paths_));
    std::int64_t by_year_end = 0;
    for (DayIndex day{0}; day.value() < days_; ++day) {
        by_year_end += exhausted_on_[day];
        const bool last_of_year = day == prepared.last_day() || prepared.year[day + 1] != prepared.year[day];
        if (last_of_year) list.add({"exhaustion", "by_year", std::to_string(prepared.year[day])}, wilson(by_year_end, paths_));
    }
    for (const int per_mille : {50, 500, 950}) {
        Estimate day_number;
        if (exhausted < fewest_events) {
            day_number.remark = "too few";
        } else {
            const auto ranks = quantile_ranks(exhausted, per_mille);
            const auto day_at = [&](std::int64_t rank) {
                std::int64_t below = 0;
                for (DayIndex day{0}; day.value() < days_; ++day) {
                    below += exhausted_on_[day];
                    if (below >= rank) return static_cast<double>(day.value());
                }
                return static_cast<double>(days_ - 1);
            };
            day_number.value = day_at(ranks.rank);
            day_number.low = day_at(std::max<std::int64_t>(ranks.low, 1));
            day_number.high = ranks.high <= exhausted ? day_at(ranks.high) : static_cast<double>(days_ - 1);
        }
        list.add({"exhaustion", "day", key_of(per_mille)}, day_number);
    }

    // Who bears what.
    list.add_bearer({"bearers", "pool"}, gross_);
    list.add_bearer({"bearers", "banks"}, banks_total_);
    for (BankId bank{0}; bank.index() < banks_.size(); ++bank) list.add_bearer({"bearers", "bank", prepared.banks[bank]}, banks_[bank]);
    list.add_bearer({"bearers", "guarantor"}, guarantor_);
    list.add_bearer({"bearers", "government"}, government_);
    list.add_bearer({"bearers", "client_margin"}, own_margin_);
    list.add({"bearers", "total", "mean"}, total_.estimate());

    // What is left.
    list.add({"balance", "end", "mean"}, end_cash_.mean());
    for (const int per_mille : {10, 50, 500, 950}) list.add({"balance", "end", key_of(per_mille)}, end_cash_.quantile(per_mille));
    list.add({"balance", "lowest_available", "mean"}, lowest_.mean());
    for (const int per_mille : {10, 50, 500}) list.add({"balance", "lowest_available", key_of(per_mille)}, lowest_.quantile(per_mille));
    list.add({"balance", "unpaid_end", "mean"}, unpaid_end_.estimate());

    // Whether the quota is used.
    list.add({"quota", "utilisation", "mean"}, utilisation_.estimate());
    list.add({"quota", "utilisation", "peak", "mean"}, peak_utilisation_.estimate());
    list.add({"quota", "days_full", "mean"}, full_days_.estimate());
    list.add({"quota", "days_overcommitted", "mean"}, over_days_.estimate());
    list.add({"quota", "refused", "deals", "mean"}, refused_all_deals_.estimate());
    list.add({"quota", "refused", "usd", "mean"}, refused_all_usd_.estimate());
    list.add({"quota", "refused", "firms", "mean"}, refused_firms_.estimate());
    for (std::size_t why = 0; why < pool::refusal_names.size(); ++why) {
        list.add({"quota", "refused", "by_cause", pool::refusal_names[why], "deals", "mean"}, refused_deals_[why].estimate());
        list.add({"quota", "refused", "by_cause", pool::refusal_names[why], "usd", "mean"}, refused_usd_[why].estimate());
    }
    list.add({"quota", "admitted", "deals", "mean"}, admitted_.estimate());
    list.add({"quota", "admitted", "usd", "mean"}, admitted_usd_.estimate());
    Estimate turnover = turnover_.estimate();
    if (years <= 0) turnover = not_estimated("the horizon is one day");
    if (turnover.known()) {
        turnover.value /= years;
        *turnover.standard_error /= years;
    }
    list.add({"quota", "turnover"}, turnover);

    // Exposure: the peak over the dates of each bank's mean and quantiles.
    for (BankId bank{0}; bank.index() < exposure_.size(); ++bank) {
        const auto& figure = exposure_[bank];
        Estimate ee, pfe95, pfe99;
        for (DayIndex day{0}; day.value() < days_; ++day) {
            const auto keep_larger = [](Estimate& most, const Estimate& today) {
                if (!most.known() || today.value > most.value) most = today;
            };
            keep_larger(ee, figure.mean[day].estimate());
            keep_larger(pfe95, figure.quantiles[day].quantile(950));
            keep_larger(pfe99, figure.quantiles[day].quantile(990));
        }
        list.add({"exposure", prepared.banks[bank], "peak_ee"}, ee);
        list.add({"exposure", prepared.banks[bank], "peak_pfe", "0.95"}, pfe95);
        list.add({"exposure", prepared.banks[bank], "peak_pfe", "0.99"}, pfe99);
    }

    // Whether the margin covered the close-outs.
    for (std::size_t bucket = 0; bucket < tenor_names.size(); ++bucket) {
        list.add({"margin", tenor_names[bucket], "exceeded"}, margin_exceeded_[bucket].estimate());
        list.add({"margin", tenor_names[bucket], "mean_excess"}, margin_excess_[bucket].estimate());
    }

    // What it buys.
    list.add({"benefit", "margin_freed", "mean"}, margin_freed_.estimate());
    Estimate saved = margin_freed_.estimate();
    const double worth = benefit.loan_rate - benefit.deposit_rate;
    saved.value *= worth;
    if (saved.standard_error) *saved.standard_error *= std::abs(worth);
    list.add({"benefit", "interest_saved", "mean"}, saved);

    // What it costs the public, a year.
    const double cost_of_fund = benefit.fund_cost * prepared.terms.fund;
    list.add({"benefit", "fees", "mean"}, a_year(fees_.estimate(), years));
    list.add({"benefit", "cost_of_fund"}, exactly(cost_of_fund));
    Estimate net_cost = a_year(net_paid_.estimate(), years);
    net_cost.value += cost_of_fund;
    list.add({"benefit", "net_public_cost"}, net_cost);

    // What the budget pays.
    for (std::size_t year = 0; year < budget_.size(); ++year) {
        const std::string name = std::to_string(prepared.year[DayIndex{0}] + static_cast<int>(year));
        const auto add = [&](const char* item, const Sample& sample) {
            list.add({"budget", name, item, "mean"}, sample.mean());
            list.add({"budget", name, item, "0.95"}, sample.quantile(950, sample.smallest()));
        };
        add("claims", budget_[year].claims_paid);
        add("recoveries", budget_[year].recoveries);
        add("fees", budget_[year].fees);
        add("interest", budget_[year].interest);
        add("refills", budget_[year].refills);
        add("net_cost", budget_[year].net_cost);
    }

    list.add({"brakes", "amber", "probability"}, wilson(amber_paths_, paths_));
    list.add({"brakes", "red", "probability"}, wilson(red_paths_, paths_));
    list.add({"brakes", "amber", "days", "mean"}, amber_.estimate());
    list.add({"brakes", "red", "days", "mean"}, red_.estimate());
    list.add({"brakes", "fx", "days", "mean"}, fx_.estimate());
    list.add({"brakes", "bank", "days", "mean"}, bank_brake_.estimate());

    for (std::size_t i = 0; i < counts_.size(); ++i) list.add(count_names()[i], counts_[i].estimate());
    if (!exporters_.empty()) {
        // Realised probability: insolvent firms over all firms.
        Estimate realised = counts_.front().estimate();
        const auto firms = static_cast<double>(exporters_.size());
        realised.value /= firms;
        if (realised.standard_error) *realised.standard_error /= firms;
        list.add({"failures", "insolvency", "probability"}, realised);
    }

    // The tables.
    DataTable daily{"daily",
                    {"date",
                     "cash_mean",
                     "cash_mean_se",
                     "cash_p01",
                     "cash_p01_low",
                     "cash_p01_high",
                     "cash_p05",
                     "cash_p05_low",
                     "cash_p05_high",
                     "cash_p50",
                     "cash_p50_low",
                     "cash_p50_high",
                     "cash_p95",
                     "cash_p95_low",
                     "cash_p95_high",
                     "frozen_mean",
                     "frozen_mean_se",
                     "quota_mean",
                     "quota_mean_se",
                     "utilisation_mean",
                     "utilisation_mean_se",
                     "utilisation_p95",
                     "utilisation_p95_low",
                     "utilisation_p95_high",
                     "limbs_mean",
                     "limbs_mean_se",
                     "claims_paid_mean",
                     "claims_paid_mean_se",
                     "exhausted_by",
                     "exhausted_by_low",
                     "exhausted_by_high"},
                    {}};
    std::int64_t exhausted_by = 0;
    for (DayIndex day{0}; day.value() < days_; ++day) {
        exhausted_by += exhausted_on_[day];
        std::vector<Cell> row{date_of(day)};
        push(row, cash_.mean[day].estimate());
        for (const int per_mille : {10, 50, 500, 950}) push_interval(row, cash_.quantiles[day].quantile(per_mille));
        push(row, frozen_.mean[day].estimate());
        push(row, quota_.mean[day].estimate());
        push(row, used_.mean[day].estimate());
        push_interval(row, used_.quantiles[day].quantile(950));
        push(row, limbs_.mean[day].estimate());
        push(row, claims_.mean[day].estimate());
        push_interval(row, wilson(exhausted_by, paths_));
        daily.rows.push_back(std::move(row));
    }
    results.tables.push_back(std::move(daily));

    DataTable banks{"banks", {"date", "bank", "ee", "ee_se", "pfe95", "pfe95_low", "pfe95_high", "pfe99", "pfe99_low", "pfe99_high"}, {}};
    for (DayIndex day{0}; day.value() < days_; ++day) {
        for (BankId bank{0}; bank.index() < exposure_.size(); ++bank) {
            std::vector<Cell> row{date_of(day), prepared.banks[bank]};
            push(row, exposure_[bank].mean[day].estimate());
            push_interval(row, exposure_[bank].quantiles[day].quantile(950));
            push_interval(row, exposure_[bank].quantiles[day].quantile(990));
            banks.rows.push_back(std::move(row));
        }
    }
    results.tables.push_back(std::move(banks));

    DataTable exporters{"exporters",
                        {"exporter_id", "sector", "insolvency_probability", "insolvency_low", "insolvency_high", "failures_mean", "failures_mean_se",
                         "loss_mean", "loss_mean_se", "limb_mean", "limb_mean_se"},
                        {}};
    const auto n = static_cast<double>(paths_);
    const auto mean_of = [&](double sum, double squares) {
        Estimate estimate = exactly(sum / n);
        if (n > 1) estimate.standard_error = std::sqrt(std::max(squares / n - estimate.value * estimate.value, 0.0) / (n - 1));
        return estimate;
    };
    for (ExporterId e{0}; e.index() < exporters_.size(); ++e) {
        const auto& terms = prepared.exporters[e];
        const auto& figures = exporters_[e];
        std::vector<Cell> row{terms.id, terms.sector.valid() ? prepared.sectors[terms.sector].name : std::string()};
        push_interval(row, wilson(figures.insolvent, paths_));
        push(row, mean_of(static_cast<double>(figures.failed), static_cast<double>(figures.failed_squares)));
        push(row, mean_of(figures.loss, figures.loss_squares));
        push(row, mean_of(figures.limb, figures.limb_squares));
        exporters.rows.push_back(std::move(row));
    }
    results.tables.push_back(std::move(exporters));

    DataTable bearers{"bearers", {"bearer", "mean", "mean_se", "var99", "var99_low", "var99_high", "es975", "es975_se"}, {}};
    const auto bearer_row = [&](const std::string& name, const Sample& sample) {
        std::vector<Cell> row{name};
        push(row, sample.mean());
        push_interval(row, sample.quantile(990));
        push(row, sample.shortfall(975));
        bearers.rows.push_back(std::move(row));
    };
    bearer_row("pool", gross_);
    bearer_row("banks", banks_total_);
    for (BankId bank{0}; bank.index() < banks_.size(); ++bank) bearer_row("bank:" + prepared.banks[bank], banks_[bank]);
    bearer_row("guarantor", guarantor_);
    bearer_row("government", government_);
    bearer_row("client_margin", own_margin_);
    results.tables.push_back(std::move(bearers));

    DataTable budget{"budget", {"year", "item", "mean", "mean_se", "p95", "p95_low", "p95_high"}, {}};
    for (std::size_t year = 0; year < budget_.size(); ++year) {
        const auto budget_row = [&](const char* item, const Sample& sample) {
            std::vector<Cell> row{std::int64_t{prepared.year[DayIndex{0}]} + static_cast<std::int64_t>(year), std::string(item)};
            push(row, sample.mean());
            push_interval(row, sample.quantile(950, sample.smallest()));
            budget.rows.push_back(std::move(row));
        };
        budget_row("claims", budget_[year].claims_paid);
        budget_row("recoveries", budget_[year].recoveries);
        budget_row("fees", budget_[year].fees);
        budget_row("interest", budget_[year].interest);
        budget_row("refills", budget_[year].refills);
        budget_row("net_cost", budget_[year].net_cost);
    }
    results.tables.push_back(std::move(budget));

    if (keep_rows_) {
        DataTable losses{"losses", {"path", "gross", "demand", "net", "exhaustion_day"}, {}};
        losses.rows.reserve(row_path_.size());
        for (std::size_t i = 0; i < row_path_.size(); ++i) {
            Cell exhausted_day = row_day_[i] >= 0 ? Cell{date_of(DayIndex{row_day_[i]})} : Cell{std::string()};
            losses.rows.push_back({row_path_[i], row_gross_[i], row_demand_[i], row_net_[i], std::move(exhausted_day)});
        }
        results.tables.push_back(std::move(losses));
    } else {
        // A histogram of each loss: a bin for nothing, then 200 bins of equal width up to its largest value.
        constexpr int bins = 200;
        DataTable losses{"losses", {"loss", "from", "to", "paths"}, {}};
        const auto add_histogram = [&](const char* name, const Sample& sample) {
            losses.rows.push_back({std::string(name), 0.0, 0.0, sample.zeros()});
            const auto& values = sample.sorted();
            if (values.empty()) return;
            const double width = values.back() / bins;
            auto from = values.begin();
            for (int bin = 1; bin <= bins; ++bin) {
                const auto to = bin == bins ? values.end() : std::upper_bound(from, values.end(), width * bin);
                losses.rows.push_back({std::string(name), width * (bin - 1), width * bin, static_cast<std::int64_t>(to - from)});
                from = to;
            }
        };
        add_histogram("gross", gross_);
        add_histogram("demand", demand_);
        add_histogram("net", net_);
        results.tables.push_back(std::move(losses));
    }
    return results;
}

}  // namespace fxpool
