#include "fxpool/report/calibration.hpp"
#include "fxpool/report/figures.hpp"
#include "fxpool/report/layout.hpp"
#include "fxpool/report/model_yaml.hpp"

#include <fmt/format.h>
#include <cmath>
#include <filesystem>
#include <string_view>

namespace fxpool::report {
namespace {

using namespace calibrate;

/// Digits of figures beside the block: those of a reader, not of a fit.
std::string decimals(double value, int places) { return fixed(value, places); }
std::string probability(const std::optional<double>& p) { return p ? decimals(*p, 3) : "-"; }

/// Lines of comment.
class Comments {
  public:
    explicit Comments(Language language) : language_(language) {}

    void add(const Message& message) { add_text(render(message, language_)); }
    void add_blank() { text_ += "#\n"; }
    /// Rows of cells under each other, in from the margin.
    void add_table(const std::vector<std::vector<std::string>>& rows, std::string_view alignment) { add_text(columns(rows, alignment), "#   "); }
    std::string word(const Message& message) const { return render(message, language_); }
    std::string percent(double share, int places = 1) const { return fixed(100 * share, places) + (language_ == Language::en ? " %" : "%"); }
    const std::string& text() const { return text_; }

  private:
    void add_text(std::string_view text, std::string_view before = "# ") {
        while (!text.empty()) {
            const auto line = text.substr(0, text.find('\n'));
            text_ += fmt::format("{}{}\n", before, line);
            text.remove_prefix(std::min(line.size() + 1, text.size()));
        }
    }

    Language language_;
    std::string text_;
};

void add_sample(Comments& comments, const Calibration& calibration, const CalibrationFacts& facts) {
    const auto& series = calibration.series;
    comments.add(verbatim(facts.command));
    comments.add(say("rates: {0} of {1}, {2} to {3}: {4} rates, {5} daily moves", series.pair, calibration.file, series.dates.front(), series.dates.back(),
                     grouped(static_cast<std::int64_t>(series.rates.size())), grouped(static_cast<std::int64_t>(series.moves.size()))));
    comments.add(say("cleaned: {0} rows left out, of days when the mainland market is shut (the row after has their move); gaps of more than 10 days: {1}",
                     grouped(series.dropped), series.gaps.size()));
    for (const auto& gap : series.gaps) comments.add(say("gap: no rates between {0} and {1}", gap.after, gap.before));
    comments.add(say("a move takes {0} years on average ({1} a year)", fmt::format("{:.6f}", series.dt), decimals(1 / series.dt, 1)));
    if (!facts.target) {
        comments.add(say("window: from {0} to {1}; for a scenario that starts before its end, --scenario FILE lets it end before that start",
                         series.dates.front(), series.dates.back()));
    } else if (series.dates.back() < facts.target->start) {
        comments.add(say("window: it ends before {0}, the start of {1}", facts.target->start, facts.target->file));
    } else {
        comments.add(say("window: it reaches past {0}, the start of {1}: it holds moves that nobody knew then", facts.target->start, facts.target->file));
    }
}

void add_likelihood(Comments& comments, const Calibrated& one, std::size_t moves) {
    const auto& fit = one.fit;
    if (!fit.log_likelihood) {
        comments.add(say("this model has no likelihood, and so neither AIC nor BIC"));
        return;
    }
    comments.add(say("log-likelihood {0}, AIC {1}, BIC {2}; parameters estimated: {3}", decimals(*fit.log_likelihood, 2), decimals(*one.aic(), 2),
                     decimals(*one.bic(moves), 2), fit.free_parameters));
}

void add_tests(Comments& comments, const FitTests& tests) {
    comments.add_blank();
    comments.add(say("variance ratios: 1 for a random walk, more where moves keep their direction"));
    std::vector<std::vector<std::string>> rows = {{comments.word(say("days"))}, {comments.word(say("history"))}, {comments.word(say("the model"))}};
    const auto cell = [](const VarianceRatio& ratio) { return fmt::format("{:.2f} +- {:.2f}", ratio.value, ratio.standard_error); };
    for (std::size_t i = 0; i < ratio_days.size(); ++i) {
        rows[0].push_back(std::to_string(ratio_days[i]));
        rows[1].push_back(cell(tests.history[i]));
        rows[2].push_back(cell(tests.implied[i]));
    }
    comments.add_table(rows, "lrrrr");

    comments.add_blank();
    comments.add(say("tests of the forecasts for the next day; p-values from {0} samples of the fitted model", tests.samples));
    rows = {{comments.word(say("test")), comments.word(say("statistic")), "p"}};
    const auto add = [&](const Message& name, const TestResult& test) {
        rows.push_back({comments.word(name), decimals(test.statistic, 3), probability(test.p_value)});
    };
    add(say("Kolmogorov-Smirnov"), tests.kolmogorov_smirnov);
    add(say("Anderson-Darling"), tests.anderson_darling);
    add(say("Ljung-Box of moves, 20 lags"), tests.ljung_box_moves);
    add(say("Ljung-Box of squares, 20 lags"), tests.ljung_box_squares);
    comments.add_table(rows, "lrr");
}

void add_outlook(Comments& comments, const Outlook& outlook, int half_years) {
    comments.add_blank();
    comments.add(say("rise of the rate that is not exceeded in 99 of 100 cases"));
    std::vector<std::vector<std::string>> rows = {
        {comments.word(say("days"))}, {comments.word(say("the model, from the long run"))}, {comments.word(say("history, overlapping"))}};
    for (const auto& row : outlook.tail) {
        rows[0].push_back(std::to_string(row.days));
        rows[1].push_back(comments.percent(row.model));
        rows[2].push_back(row.history ? comments.percent(*row.history) : "-");
    }
    comments.add_table(rows, "lrrrrrr");
    comments.add(say("half-years (126 days) in history without overlap: {0}; the fewer, the less its figures for 63 days and more mean", half_years));
}

std::string test_name(const Comments& comments, HitTest::Kind kind) {
    return comments.word(kind == HitTest::Kind::kupiec ? say("number of hits (Kupiec)") : say("and their clusters (Christoffersen)"));
}

void add_backtest(Comments& comments, const Backtest& backtest) {
    comments.add_blank();
    if (backtest.failure) {
        comments.add(say("no back-test: {0}", *backtest.failure));
        return;
    }
    comments.add(say("back-test: {0} forecasts, one every 10 business days from {1} to {2}; {3} fits, each to what was known by then", backtest.origins,
                     backtest.first, backtest.last, backtest.refits));
    for (const auto& note : backtest.notes) comments.add(say("note: {0}", note));
    std::vector<std::vector<std::string>> rows = {{comments.word(say("days")), comments.word(say("bound")), comments.word(say("forecasts")),
                                                   comments.word(say("hits")), comments.word(say("expected")), comments.word(say("statistic")), "p",
                                                   comments.word(say("power")), comments.word(say("test"))}};
    for (const auto& one : backtest.tests) {
        const auto level = comments.percent(one.test.level, 0);
        rows.push_back({std::to_string(horizons[one.test.h]), comments.word(one.test.upward ? say("upward {0}", level) : say("downward {0}", level)),
                        std::to_string(one.forecasts), std::to_string(one.hits), decimals((1 - one.test.level) * one.forecasts, 1), decimals(one.statistic, 2),
                        probability(one.p_value), decimals(one.power, 2), test_name(comments, one.test.kind)});
    }
    comments.add_table(rows, "rlrrrrrrl");
    comments.add(say("power: probability that the test rejects where every move is 1.3 times as large as the model says"));
    comments.add(backtest.rejected() ? say("all tests together: p {0}, rejected", decimals(backtest.p_value, 3))
                                     : say("all tests together: p {0}, not rejected", decimals(backtest.p_value, 3)));
    rows = {{comments.word(say("days"))}, {"CRPS"}, {comments.word(say("log score"))}};
    for (const auto& score : backtest.scores) {
        rows[0].push_back(std::to_string(score.horizon));
        rows[1].push_back(comments.percent(score.crps, 3));
        rows[2].push_back(decimals(score.log_score, 3));
    }
    comments.add_table(rows, "lrrrr");
    comments.add(say("rise of the rate in six months from here, not exceeded in 99 of 100 cases: {0}", comments.percent(backtest.depreciation_99)));
}

/// What stands below a model's block.
std::string remarks(const Calibrated& one, const Calibration& calibration, const CalibrationFacts& facts, Language language) {
    Comments comments(language);
    add_likelihood(comments, one, calibration.series.moves.size());
    for (const auto& note : one.fit.notes) comments.add(say("note: {0}", note));
    if (const auto* window = history_of(one.fit.model)) {
        const bool typed = !facts.target && std::filesystem::path(window->file.path).is_relative();
        if (typed)
            comments.add(say("history: the path starts from the folder of this command; for a scenario in another folder --scenario FILE writes it anew"));
        comments.add(say("from, to: they stay as they are when the file grows"));
    }
    if (one.tests) add_tests(comments, *one.tests);
    if (one.outlook) add_outlook(comments, *one.outlook, calibration.half_years());
    if (one.backtest) add_backtest(comments, *one.backtest);
    return comments.text();
}

std::string failure_text(const Calibrated& one, Language language) {
    Comments comments(language);
    comments.add(say("{0}: no fit: {1}", one.model, *one.fit.failure));
    for (const auto& note : one.fit.notes) comments.add(say("note: {0}", note));
    return comments.text();
}

void add_ranking(Comments& comments, const Comparison& comparison) {
    if (!comparison.ranking.empty()) {
        comments.add(say("the models by their forecasts (CRPS; 1 is the best), best first"));
        std::vector<std::vector<std::string>> rows = {{comments.word(say("model")), "CRPS", comments.word(say("behind the best by")),
                                                       comments.word(say("tests of the bounds: p")), comments.word(say("rise in six months, 1 in 100")), ""}};
        bool best = true;
        for (const auto& ranked : comparison.ranking) {
            const auto behind = best ? "-" : fmt::format("{:.4f} +- {:.4f}", ranked.difference, ranked.error);
            auto remark = best || ranked.separable ? std::string() : comments.word(say("not separable from the best"));
            if (ranked.rejected) remark += (remark.empty() ? "" : comments.word(say("; "))) + comments.word(say("rejected"));
            rows.push_back({ranked.model, decimals(ranked.score, 4), behind, decimals(ranked.p_value, 3), comments.percent(ranked.depreciation_99), remark});
            best = false;
        }
        comments.add_table(rows, "lrrrrl");
    }
    for (const auto& [model, reason] : comparison.failed) comments.add(say("{0}: not ranked: {1}", model, reason));
    comments.add(comparison.reason);
}

}  // namespace

std::string calibration_yaml(const Calibration& calibration, const CalibrationFacts& facts, Language language) {
    Comments summary(language);
    for (const auto& line : calibration_summary(calibration, facts)) summary.add(line);
    std::string text = summary.text() + "\n";

    const bool several = calibration.models.size() > 1;
    const auto* recommended = calibration.comparison && calibration.comparison->recommended ? calibration.find(*calibration.comparison->recommended) : nullptr;
    const auto* first = several ? recommended : &calibration.models.front();
    if (first && !first->fit.failure) text += model_yaml(first->fit, language) + "\n";

    text += "# ----\n";
    Comments details(language);
    add_sample(details, calibration, facts);
    if (several && calibration.comparison) {
        details.add_blank();
        add_ranking(details, *calibration.comparison);
    }
    if (several && recommended) details.add(say("recommended: {0}; its errors and tests stand below, under its name", recommended->model));
    text += details.text();
    for (const auto& one : calibration.models) {
        if (several) text += "\n";
        if (one.fit.failure) text += failure_text(one, language);
        else text += (several ? model_yaml(one.fit, language, one.model) : std::string()) + remarks(one, calibration, facts, language);
    }
    return text;
}

}  // namespace fxpool::report
