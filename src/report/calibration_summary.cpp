#include "fxpool/report/calibration.hpp"
#include "fxpool/report/figures.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool::report {
namespace {

using namespace calibrate;

constexpr double significant = 0.05;
constexpr int half_year = 126;  ///< business days

/// "a, b, c" in English, "a、b、c" in Chinese.
Message listed(const std::vector<Message>& parts) {
    auto list = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) list = say("{0}, {1}", list, parts[i]);
    return list;
}
Message listed(const std::vector<std::string>& words) {
    std::vector<Message> parts;
    for (const auto& word : words) parts.push_back(verbatim(word));
    return listed(parts);
}

Message percent(double share) { return say("{0} %", fixed(100 * share, 1)); }

/// What is known of a model's one-step forecasts.
struct Verdict {
    int tests = 0;                ///< that can be made of it
    std::vector<Message> failed;  ///< in words
};
Verdict verdict_of(const FitTests& tests) {
    Verdict verdict;
    const auto look = [&](const TestResult& test, const Message& what) {
        if (!test.p_value) return;
        ++verdict.tests;
        if (*test.p_value <= significant) verdict.failed.push_back(what);
    };
    look(tests.kolmogorov_smirnov, say("how the daily moves are spread"));
    look(tests.anderson_darling, say("how large the rare ones are"));
    look(tests.ljung_box_moves, say("how a move follows from those before"));
    look(tests.ljung_box_squares, say("how calm and turbulent times last"));
    return verdict;
}

const TailRow* half_year_of(const Calibrated& one) {
    if (!one.outlook) return nullptr;
    for (const auto& row : one.outlook->tail) {
        if (row.days == half_year) return &row;
    }
    return nullptr;
}

/// Whether the back-test asked how far the rate goes in half a year.
bool half_year_tested(const Backtest& backtest) {
    return std::any_of(backtest.tests.begin(), backtest.tests.end(), [](const BoundTest& one) { return horizons[one.test.h] == half_year; });
}

class Summary {
  public:
    Summary(const Calibration& calibration, const CalibrationFacts& facts)
        : calibration_(calibration), series_(calibration.series), facts_(facts), one_(the_one(calibration)) {
        for (const auto& model : calibration.models) (model.fit.failure ? failed_ : fitted_).push_back(model.model);
    }

    std::array<Message, 5> lines() const { return {what(), fits(), worst(), held(), next()}; }

  private:
    /// The model that the lines speak of: the only one, or the recommended one. None: they speak of all.
    static const Calibrated* the_one(const Calibration& calibration) {
        if (calibration.models.size() == 1) return &calibration.models.front();
        return calibration.comparison && calibration.comparison->recommended ? calibration.find(*calibration.comparison->recommended) : nullptr;
    }

    Message sample() const {
        const double years = static_cast<double>(series_.moves.size()) * series_.dt;
        return say("{0} from {1} to {2} ({3} years, {4} daily moves)", series_.pair, series_.dates.front(), series_.dates.back(), fixed(years, 1),
                   grouped(static_cast<std::int64_t>(series_.moves.size())));
    }

    Message what() const {
        if (fitted_.empty()) return say("not fitted: {0}, to {1}", listed(failed_), sample());
        if (one_ && calibration_.models.size() > 1)
            return say("recommended: {0}, of {1} models fitted to {2}", one_->model, static_cast<int>(fitted_.size()), sample());
        if (one_) return say("fitted: {0}, to {1}", one_->model, sample());
        return failed_.empty() ? say("fitted: {0}, to {1}", listed(fitted_), sample())
                               : say("fitted: {0}, to {1}; no fit: {2}", listed(fitted_), sample(), listed(failed_));
    }

    Message fits() const {
        if (fitted_.empty()) return calibration_.models.size() == 1 ? say("why: {0}", *one_->fit.failure) : say("why: each model's reason stands below");
        if (!one_) return fits_of_all();
        const auto verdict = one_->tests ? verdict_of(*one_->tests) : Verdict{};
        if (verdict.tests == 0) return say("does it fit? no test can be made of it");
        if (!verdict.failed.empty()) {
            return say("does it fit? not in full: {0} of {1} tests of its forecasts for the next day failed ({2})", verdict.failed.size(), verdict.tests,
                       listed(verdict.failed));
        }
        constexpr int all_tests = 4;
        if (verdict.tests < all_tests) {
            return say("does it fit? {0} tests of its forecasts for the next day passed; the other {1} can't be made: it draws from history itself",
                       verdict.tests, all_tests - verdict.tests);
        }
        return say("does it fit? all {0} tests of its forecasts for the next day passed", verdict.tests);
    }
    Message fits_of_all() const {
        std::vector<std::string> passed, not_in_full;
        for (const auto& model : calibration_.models) {
            if (!model.fit.failure && model.tests) (verdict_of(*model.tests).failed.empty() ? passed : not_in_full).push_back(model.model);
        }
        if (not_in_full.empty()) return say("do they fit? no test of their forecasts for the next day failed");
        if (passed.empty()) return say("do they fit? not in full: of each some tests of its forecasts for the next day failed");
        return say("do they fit? no test of the forecasts for the next day failed: {0}; some failed: {1}", listed(passed), listed(not_in_full));
    }

    Message worst() const {
        std::vector<std::pair<const TailRow*, std::string>> rows;
        for (const auto& model : calibration_.models) {
            const auto* row = half_year_of(model);
            if (row && (!one_ || one_ == &model)) rows.emplace_back(row, model.model);
        }
        if (rows.empty()) return say("worst half-year in a hundred: not known without a fit");
        const auto milder = [](const auto& a, const auto& b) { return a.first->model < b.first->model; };
        const auto [low, high] = std::minmax_element(rows.begin(), rows.end(), milder);
        const auto model = one_ ? say("the rate rises by {0} in the model", percent(low->first->model))
                                : say("the rate rises by {0} ({1}) to {2} ({3}), as the model is", percent(low->first->model), low->second,
                                      percent(high->first->model), high->second);
        const int half_years = calibration_.half_years();
        const auto& history = low->first->history;
        if (!history) {
            return say("worst half-year in a hundred: {0}; history can't tell, the window holds too few half-years without overlap: {1}", model, half_years);
        }
        const auto seen = say("by {0} in history, which holds only {1} half-years without overlap", percent(*history), half_years);
        const bool all_milder = shown(high->first->model)<shown(*history), all_harsher = shown(low->first->model)> shown(*history);
        if (all_milder) return say("worst half-year in a hundred: {0}, {1}; the model is milder than history", model, seen);
        if (all_harsher) return say("worst half-year in a hundred: {0}, {1}; the model is harsher than history", model, seen);
        return say("worst half-year in a hundred: {0}, {1}", model, seen);
    }
    /// As printed: what looks alike is alike.
    static double shown(double share) { return std::round(1000 * share); }

    Message held() const {
        if (fitted_.empty()) return say("back-test: none without a fit");
        if (!one_) return held_by_all();
        if (!one_->backtest) return not_tested(say("whether it holds on days that it has not seen is not known"));
        const auto& backtest = *one_->backtest;
        if (backtest.failure) return say("back-test: none ({0})", *backtest.failure);
        const auto p = fixed(backtest.p_value, 3);
        if (backtest.rejected()) return say("back-test: rejected (p {0}): on days that it had not seen its bounds did not hold", p);
        if (!half_year_tested(backtest)) {
            return say("back-test: not rejected (p {0}), but over short times only: there are too few rates to test half a year", p);
        }
        std::vector<double> powers;
        for (const auto& test : backtest.tests) {
            if (horizons[test.test.h] == half_year) powers.push_back(100 * test.power);
        }
        const auto [low, high] = std::minmax_element(powers.begin(), powers.end());
        return say("back-test: not rejected (p {0}); no proof: were moves 1.3 times as large, a test over half a year would see it in {1} to {2} of 100 cases",
                   p, fixed(*low, 0), fixed(*high, 0));
    }
    Message held_by_all() const {
        if (!calibration_.comparison) return not_tested(say("which of them holds on days that it has not seen is not known"));
        const auto& ranking = calibration_.comparison->ranking;
        if (ranking.empty()) return say("back-test: none could be made; the reasons stand below");
        return say("back-test: every one of them rejected: on days that they had not seen their bounds did not hold");
    }
    Message not_tested(const Message& what_is_open) const {
        const int needed = fewest_moves_of_backtest();
        if (static_cast<int>(series_.moves.size()) < needed)
            return say("back-test: none made, {0}; the window is too short for one ({1} daily moves)", what_is_open, needed);
        return say("back-test: none made, {0}; add --backtest", what_is_open);
    }

    Message next() const {
        if (fitted_.empty()) return say("next: fit another model (--model all), or choose other dates (--from, --to)");
        const auto place =
            facts_.target ? say("market.pairs.{0} of {1}", series_.pair, facts_.target->file) : say("market.pairs.{0} of a scenario", series_.pair);
        if (!one_) {
            return calibration_.comparison
                       ? say("next: choose other dates (--from, --to), or replay a crisis (scenarios/episodes) beside the least wrong model")
                       : say("next: take one of the blocks below: it goes under {0}, indented, its name changed to 'model'", place);
        }
        if (one_->backtest && !one_->backtest->failure && one_->backtest->rejected()) {
            return say("next: look for a model that holds (--model all --backtest); whoever takes this one all the same pastes it under {0}, indented", place);
        }
        if (!facts_.target)
            return say("next: paste the block, indented, under {0} in place of its model; then '{1} check' the scenario", place, facts_.program);
        return say("next: paste the block, indented, under {0} in place of its model; then: {1}", place, facts_.program + " check " + facts_.target->file);
    }

    const Calibration& calibration_;
    const Series& series_;
    const CalibrationFacts& facts_;
    const Calibrated* one_;
    std::vector<std::string> fitted_, failed_;
};

}  // namespace

std::array<Message, 5> calibration_summary(const Calibration& calibration, const CalibrationFacts& facts) { return Summary(calibration, facts).lines(); }

}  // namespace fxpool::report
