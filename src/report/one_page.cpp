#include "fxpool/report/one_page.hpp"

#include "fxpool/report/assumptions.hpp"
#include "fxpool/report/figures.hpp"
#include "fxpool/report/layout.hpp"
#include "fxpool/report/page_rows.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool::report {
namespace {

/// The page as it grows.
class Page {
  public:
    Page(const Scenario& scenario, const Prepared& prepared, const Results& results, const PageFacts& facts, Language language)
        : scenario_(scenario), prepared_(prepared), results_(results), facts_(facts), language_(language) {}

    std::string text() {
        head();
        text_ += "\n" + lay_out(answers(scenario_, prepared_, results_, facts_.verdicts, language_), page_width);
        limits();
        if (!text_.ends_with("\n\n")) text_ += "\n";
        remarks();
        return text_;
    }

  private:
    std::string tell(const Message& message) const { return render(message, language_); }

    void head() {
        const auto& settings = scenario_.settings;
        const auto& title = language_ == Language::zh && !settings.title.zh.empty() ? settings.title.zh : settings.title.en;
        const std::string left = title.empty() ? settings.name : title;
        const std::string right = tell(
            say("{0}, {1} paths, seed {2}, {3}", settings.name, grouped(results_.paths), std::to_string(prepared_.seed), duration(facts_.seconds, language_)));
        const std::string below = tell(say("{0} to {1}, {2} business days", day(Date{prepared_.serial[DayIndex{0}]}, language_),
                                           day(Date{prepared_.serial.back()}, language_), prepared_.days()));
        const std::string unit = tell(say("Money in CNY, m = million; (a to b) is a 95 % interval"));
        const int right_width = std::max(display_width(right), display_width(below));
        const int left_width = std::max(display_width(left), display_width(unit));
        if (left_width + 2 + right_width <= page_width) {
            text_ += pad_right(left, page_width - right_width) + right + "\n" + pad_right(unit, page_width - right_width) + below + "\n";
        } else {
            text_ += left + "\n" + right + "\n" + below + "\n" + unit + "\n";
        }
        std::string changed;
        for (const auto& [key, value] : facts_.overrides) changed += (changed.empty() ? "" : ", ") + key + " = " + value;
        if (!changed.empty()) paragraph(say("With"), changed);
    }

    /// Limits on other metrics than the exhaustion's, which stands in its own line.
    void limits() {
        std::vector<std::vector<std::string>> rows;
        for (const auto& verdict : facts_.verdicts) {
            if (verdict.limit.metric == exhaustion_metric) continue;
            rows.push_back({verdict.limit.metric, metric_text(verdict.limit.metric, verdict.estimate, language_), tell(verdict_text(verdict))});
        }
        if (rows.empty()) return;
        text_ += "\n" + tell(say("Limits")) + "\n";
        for (auto& row : rows) row.front().insert(0, "  ");
        text_ += columns(rows, "lll");
    }

    void paragraph(const Message& label, const std::string& body) {
        const std::string head = tell(label);
        const bool full_width = head.ends_with("：");  // leaves room of its own
        bool first = true;
        for (const auto& line : wrap(head + (full_width ? "" : " ") + body, page_width - 2)) {
            text_ += (first ? "" : "  ") + line + "\n";
            first = false;
        }
    }

    void remarks() {
        std::string defaults;
        const std::string separator = tell(say("; "));
        for (const auto& assumption : assumptions(scenario_, language_)) defaults += (defaults.empty() ? "" : separator) + tell(assumption);
        paragraph(say("Assumptions (defaults, not published by the city):"), defaults);

        std::string files;
        for (const auto& line : chain_lines(scenario_)) files += (files.empty() ? "" : separator) + tell(line);
        if (!files.empty()) paragraph(say("Made of:"), files);

        const auto warnings = model_warnings(scenario_);
        if (warnings.empty() && facts_.warnings.empty()) paragraph(say("Warnings:"), tell(say("none.")));
        for (const auto& warning : warnings) paragraph(say("Warning:"), tell(warning));
        for (const auto& problem : facts_.warnings) {
            const auto label = problem.severity == Severity::note ? say("Note:") : say("Warning:");
            paragraph(label, (problem.subject.empty() ? "" : problem.subject + ": ") + tell(with_count(problem)));
        }

        text_ += "\n";
        plain(say("Files: {0}", facts_.folder.string() + "/"));
        if (results_.worst_path >= 0) plain(say("Look into one path: {0} (the worst)", facts_.trace_command + " " + std::to_string(results_.worst_path)));
        plain(say("Repeat: {0}", facts_.run_command));
    }

    /// A command is never broken: it is there to be copied.
    void plain(const Message& message) { text_ += tell(message) + "\n"; }

    const Scenario& scenario_;
    const Prepared& prepared_;
    const Results& results_;
    const PageFacts& facts_;
    Language language_;
    std::string text_;
};

/// What a model can't do that matters for a pool; nothing where it can.
std::optional<Message> caveat(const PairSettings& pair) {
    if (!pair.model) return std::nullopt;
    return std::visit(
        [&](const auto& model) -> std::optional<Message> {
            using M = std::decay_t<decltype(model)>;
            if constexpr (std::is_same_v<M, GbmModel>) {
                return say("{0} moves by gbm: constant volatility and no trends, so that six-month tails are understated", pair.name);
            } else if constexpr (std::is_same_v<M, BootstrapModel>) {
                return say("{0} moves by bootstrap: no day is worse than history's worst, and trends longer than a block ({1} days) are lost", pair.name,
                           fixed(model.mean_block, 0));
            } else if constexpr (!M::has_trends) {
                return say("{0} moves by {1}: it has no trends of some months, so that six-month tails are understated", pair.name, M::name);
            } else {
                return std::nullopt;
            }
        },
        *pair.model);
}

bool starts_with(const std::string& text, std::initializer_list<const char*> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](const char* beginning) { return text.starts_with(beginning); });
}

}  // namespace

std::string one_page(const Scenario& scenario, const Prepared& prepared, const Results& results, const PageFacts& facts, Language language) {
    return Page(scenario, prepared, results, facts, language).text();
}

std::vector<Message> model_warnings(const Scenario& scenario) {
    std::vector<Message> warnings;
    for (const auto& pair : scenario.settings.market.pairs) {
        if (auto warning = caveat(pair)) warnings.push_back(std::move(*warning));
    }
    return warnings;
}

std::string metric_text(const std::string& metric, const Estimate& estimate, Language language) {
    const bool is_share = metric.ends_with(".probability") || metric.ends_with(".exceeded") ||
                          starts_with(metric, {"exhaustion.probability", "exhaustion.by_year", "quota.utilisation", "quota.days_"});
    const bool is_money = starts_with(metric, {"pool_loss.", "bearers.", "balance.", "exposure.", "benefit.", "budget."}) || metric.ends_with(".mean_excess");
    const Figure figure = is_share ? share(estimate, language) : is_money ? money(estimate, language) : count(estimate, language);
    return figure.interval.empty() ? figure.value : figure.value + " " + figure.interval;
}

}  // namespace fxpool::report
