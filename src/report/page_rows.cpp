#include "fxpool/report/page_rows.hpp"

#include "fxpool/measure/demand_bound.hpp"
#include "fxpool/report/figures.hpp"
#include "fxpool/report/layout.hpp"
#include "fxpool/report/trace_text.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool::report {
namespace {

constexpr double a_fen = 0.01;
/// Digits of a figure in a sentence, where its interval is not said.
constexpr int brief = 3;

class Answers {
  public:
    Answers(const Scenario& scenario, const Prepared& prepared, const Results& results, const std::vector<Verdict>& verdicts, Language language)
        : settings_(scenario.settings), prepared_(prepared), results_(results), verdicts_(verdicts), language_(language) {
        const int days = prepared.serial.back() - prepared.serial[DayIndex{0}];
        one_year_ = days >= 350 && days <= 370;
    }

    std::vector<PageRow> rows() {
        is_it_large_enough();
        what_does_it_cost();
        how_bad_can_it_be();
        who_bears_what();
        what_fails();
        is_the_quota_used();
        what_does_it_buy();
        exposure_by_bank();
        return std::move(rows_);
    }

  private:
    std::string tell(const Message& message) const { return render(message, language_); }
    Estimate figure(const std::string& metric) const {
        const Estimate* found = results_.find(metric);
        return found != nullptr ? *found : Estimate{};
    }
    double value(const std::string& metric) const { return figure(metric).value; }

    void add(const Message& question, const Message& label, const Figure& figure, std::string remark = {}) {
        rows_.push_back({tell(question), tell(label), figure.value, figure.interval, std::move(remark)});
    }
    void more(const Message& label, const Figure& figure, std::string remark = {}) {
        rows_.push_back({{}, tell(label), figure.value, figure.interval, std::move(remark)});
    }
    void sentence(const Message& question, std::string text) { rows_.push_back({tell(question), {}, {}, {}, std::move(text)}); }

    void is_it_large_enough() {
        std::string limit;
        for (const auto& verdict : verdicts_) {
            if (verdict.limit.metric == exhaustion_metric) limit += (limit.empty() ? "" : "; ") + tell(verdict_text(verdict));
        }
        add(say("Is the pool large enough?"), one_year_ ? say("Exhausted within the year") : say("Exhausted in the horizon"),
            share(figure(exhaustion_metric), language_), limit);
        more(say("Lowest balance, 1 in 100"), money(figure("balance.lowest_available.0.01"), language_),
             tell(say("of {0}", money(settings_.pool.fund, language_))));
        if (value("balance.unpaid_end.mean") > a_fen) more(say("Claims still waiting at the end"), money(figure("balance.unpaid_end.mean"), language_));
        const auto bound = demand_bound(prepared_);
        const bool no_deals = bound.caps && *bound.caps == 0;
        if (bound.never_exhausted && !no_deals) {
            sentence(Message{}, bound.caps
                                    ? tell(say("No move of the rate can exhaust it: the caps on all its claims sum to {0}", money(*bound.caps, language_)))
                                    : tell(say("No move of the rate can exhaust it: its caps keep all open claims within its cash")));
        }
    }

    void what_does_it_cost() {
        const double freed = value("benefit.margin_freed.mean"), lost = value("pool_loss.gross.mean");
        add(say("What does it cost?"), one_year_ ? say("Expected loss a year") : say("Expected loss in the horizon"),
            money(figure("pool_loss.gross.mean"), language_), freed > 0 ? tell(say("{0} of margin waived", share(lost / freed, language_))) : std::string());
        more(say("still to be recovered"), money(figure("pool_loss.receivable.mean"), language_));
        const double fund_cost = value("benefit.cost_of_fund");
        if (std::abs(fund_cost) > a_fen) {
            more(say("Cost of the fund a year"), {money(fund_cost, language_), {}},
                 tell(say("{0} of the {1}", share(settings_.benefit.fund_cost, language_), money(settings_.pool.fund, language_))));
        }
        if (value("benefit.fees.mean") > a_fen) more(say("Fees received a year"), money(figure("benefit.fees.mean"), language_));
        const double interest = interest_a_year();
        more(say("Net public cost a year"), money(figure("benefit.net_public_cost"), language_),
             std::abs(interest) > a_fen ? tell(say("after interest {0}", money(interest, language_))) : std::string());
    }

    double interest_a_year() const {
        const double years = (prepared_.serial.back() - prepared_.serial[DayIndex{0}]) / 365.0;
        double sum = 0;
        for (int year = prepared_.year[DayIndex{0}]; year <= prepared_.year.back(); ++year) {
            const auto* interest = results_.find("budget." + std::to_string(year) + ".interest.mean");
            if (interest != nullptr && interest->known()) sum += interest->value;
        }
        return years > 0 ? sum / years : 0;
    }

    void how_bad_can_it_be() {
        add(one_year_ ? say("How bad can a year be?") : say("How bad can it be?"), say("1 in 100 (VaR 99)"),
            money(figure("pool_loss.demand.var.0.99"), language_), tell(say("ES 97.5: {0}", money(figure("pool_loss.demand.es.0.975"), language_).value)));
        more(say("1 in 1,000 (VaR 99.9)"), money(figure("pool_loss.demand.var.0.999"), language_),
             tell(say("worst path: {0}", money(figure("pool_loss.demand.max"), language_).value)));
    }

    void who_bears_what() {
        const double total = value("bearers.total.mean");
        if (!(total > 0)) return sentence(say("Who bears what?"), tell(say("no loss on any path")));
        const auto part = [&](const char* who) { return share(value(std::string("bearers.") + who + ".mean") / total, language_); };
        std::string text = tell(say("pool {0}", part("pool"))) + "  " + tell(say("banks {0}", part("banks"))) + "  " +
                           tell(say("guarantor {0}", part("guarantor"))) + "  " + tell(say("government {0}", part("government")));
        if (value("bearers.client_margin.mean") > 0) text += "  " + tell(say("exporters' own margin {0}", part("client_margin")));
        sentence(say("Who bears what?"), text + "  " + tell(say("of {0} in all", money(figure("bearers.total.mean"), language_, brief).value)));
    }

    void what_fails() {
        const auto number = [&](const char* cause) { return count(figure(std::string("failures.") + cause + ".mean"), language_, brief).value; };
        std::string text = tell(say("insolvent exporters {0}", number("insolvency"))) + "  " + tell(say("lost orders {0}", number("order_loss")));
        if (value("failures.strategic.mean") > 0) text += "  " + tell(say("walked away {0}", number("strategic")));
        if (value("failures.margin_call.mean") > 0) text += "  " + tell(say("forced close-outs {0}", number("margin_call")));
        sentence(say("What fails?"), text + "  " + tell(say("(means a path)")));
    }

    void is_the_quota_used() {
        sentence(say("Is the quota used?"),
                 tell(say("{0} on average, {1} at peak; refused: {2} deals, {3}", share(figure("quota.utilisation.mean"), language_, brief).value,
                          share(figure("quota.utilisation.peak.mean"), language_, brief).value,
                          count(figure("quota.refused.deals.mean"), language_, brief).value, usd(value("quota.refused.usd.mean"), language_))));
        if (value("quota.days_overcommitted.mean") > 0) {
            sentence(Message{},
                     tell(say("more is frozen than the quota on {0} of days", share(figure("quota.days_overcommitted.mean"), language_, brief).value)));
        }
        if (settings_.new_business) what_binds();
    }

    /// Why more was not used: the two largest causes of refusal, and whether the quota is one at all.
    void what_binds() {
        constexpr double full = 0.95;
        struct Cause {
            pool::Refusal why;
            double deals;
        };
        std::vector<Cause> causes;
        for (std::size_t i = 0; i < pool::refusal_names.size(); ++i) {
            const double deals = value(std::string("quota.refused.by_cause.") + pool::refusal_names[i] + ".deals.mean");
            if (deals > 0) causes.push_back({static_cast<pool::Refusal>(i), deals});
        }
        const bool has_room = std::none_of(causes.begin(), causes.end(), [](const Cause& cause) { return cause.why == pool::Refusal::no_room; });
        std::stable_sort(causes.begin(), causes.end(), [](const Cause& a, const Cause& b) { return a.deals > b.deals; });
        std::string text;
        for (std::size_t i = 0; i < std::min<std::size_t>(causes.size(), 2); ++i) {
            const auto deals = count(Estimate{.value = causes[i].deals}, language_, brief).value;
            text += (text.empty() ? "" : "  ") +
                    tell(i == 0 ? say("why: {0} ({1})", refusal_words(causes[i].why), deals) : say("{0} ({1})", refusal_words(causes[i].why), deals));
        }
        if (has_room && value("quota.utilisation.peak.mean") < full && !(value("quota.days_overcommitted.mean") > 0)) {
            text += (text.empty() ? "" : "  ") + tell(say("the quota itself does not bind"));
        }
        if (!text.empty()) sentence(Message{}, text);
    }

    void what_does_it_buy() {
        sentence(say("What does it buy?"),
                 tell(say("margin freed {0} (average), interest saved {1} a year", money(figure("benefit.margin_freed.mean"), language_, brief).value,
                          money(figure("benefit.interest_saved.mean"), language_, brief).value)));
    }

    void exposure_by_bank() {
        struct Exposure {
            std::string name;
            Estimate peak;
        };
        std::vector<Exposure> banks;
        for (const auto& bank : settings_.banks) {
            const bool chinese = language_ == Language::zh && !bank.name.zh.empty();
            banks.push_back({chinese ? bank.name.zh : bank.id, figure("exposure." + bank.id + ".peak_pfe.0.95")});
        }
        std::stable_sort(banks.begin(), banks.end(), [](const auto& a, const auto& b) { return a.peak.value > b.peak.value; });
        std::string text;
        for (const auto& bank : banks) text += (text.empty() ? "" : "  ") + bank.name + " " + money(bank.peak, language_, 2).value;
        sentence(say("By bank (exposure p95)"), text);
    }

    const Settings& settings_;
    const Prepared& prepared_;
    const Results& results_;
    const std::vector<Verdict>& verdicts_;
    Language language_;
    bool one_year_ = false;
    std::vector<PageRow> rows_;
};

}  // namespace

std::vector<PageRow> answers(const Scenario& scenario, const Prepared& prepared, const Results& results, const std::vector<Verdict>& verdicts,
                             Language language) {
    return Answers(scenario, prepared, results, verdicts, language).rows();
}

std::string lay_out(const std::vector<PageRow>& rows, int width) {
    int question = 0, label = 0, value = 0, interval = 0;
    for (const auto& row : rows) {
        question = std::max(question, display_width(row.question));
        label = std::max(label, display_width(row.label));
        value = std::max(value, display_width(row.value));
        interval = std::max(interval, display_width(row.interval));
    }
    std::string text;
    const auto add_wrapped = [&](const std::string& start, const std::string& remark) {
        const int at = display_width(start);
        const auto lines = wrap(remark, std::max(width - at, 12));
        std::string line = start;
        for (std::size_t i = 0; i < std::max<std::size_t>(lines.size(), 1); ++i) {
            if (i > 0) line = std::string(static_cast<std::size_t>(at), ' ');
            if (i < lines.size()) line += lines[i];
            line.erase(line.find_last_not_of(' ') + 1);
            text += line + "\n";
        }
    };
    for (const auto& row : rows) {
        std::string start = pad_right(row.question, question) + "   ";
        if (!row.label.empty()) start += pad_right(row.label, label) + "  " + pad_left(row.value, value) + "  " + pad_right(row.interval, interval) + "  ";
        add_wrapped(start, row.remark);
    }
    return text;
}

Message verdict_text(const Verdict& verdict) {
    if (verdict.uncertain) {
        return verdict.met ? say("limit {0}: met, but the interval crosses it", verdict.limit.text)
                           : say("limit {0}: not met, but the interval crosses it", verdict.limit.text);
    }
    return verdict.met ? say("limit {0}: met", verdict.limit.text) : say("limit {0}: NOT met", verdict.limit.text);
}

}  // namespace fxpool::report
