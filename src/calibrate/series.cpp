#include "fxpool/calibrate/series.hpp"

#include "fxpool/base/number.hpp"
#include "fxpool/calibrate/sample_length.hpp"
#include "fxpool/market/history.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>

namespace fxpool::calibrate {
namespace {

constexpr double longest_step = 3;  // calendar days on average; daily rates have 1.5, weekly ones 7
constexpr Date reform{16658};       // 2015-08-11: the fixing follows the market from that day on
constexpr int longest_gap = 10;     // calendar days

/// Rates of the file within the window, with the lines they stand in; in dates' order.
struct Rows {
    std::vector<Date> dates;
    std::vector<double> rates;
    std::vector<int> lines;

    std::size_t size() const { return dates.size(); }
    void add(Date date, double rate, int line) { dates.push_back(date), rates.push_back(rate), lines.push_back(line); }
};

/// What the checks below share: whose rates, and where problems go.
struct Told {
    const std::string& pair;
    const std::string& file;
    Problems& problems;

    void error(int line, const Message& message) const { problems.error({file, line, 0}, pair, message); }
    void note(int line, const Message& message) const { problems.note({file, line, 0}, pair, message); }
};

std::string short_number(double value) { return fmt::format("{:.6g}", value); }

/// Rows go up or down with their dates, as most of them do; the first that doesn't is an error.
void check_order(const Rows& rows, const Told& told) {
    std::vector<std::size_t> by_line(rows.size());
    std::iota(by_line.begin(), by_line.end(), std::size_t{0});
    std::sort(by_line.begin(), by_line.end(), [&](std::size_t a, std::size_t b) { return rows.lines[a] < rows.lines[b]; });
    std::size_t up = 0;
    for (std::size_t i = 1; i < by_line.size(); ++i) up += by_line[i] > by_line[i - 1];
    const bool upwards = 2 * up >= by_line.size() - std::min<std::size_t>(by_line.size(), 1);
    for (std::size_t i = 1; i < by_line.size(); ++i) {
        const auto row = by_line[i], before = by_line[i - 1];
        if ((row > before) == upwards) continue;
        told.error(rows.lines[row],
                   say("{0} stands after {1}: the rows must follow their dates, all upwards or all downwards", rows.dates[row], rows.dates[before]));
        return;
    }
}

/// What a currency costs, roughly; the scenario counts JPY by the hundred.
struct Level {
    std::string_view pair, currency;
    double cny;
    int unit;
};
constexpr std::array<Level, 5> usual_levels = {
    {{"USDCNY", "USD", 7, 1}, {"EURCNY", "EUR", 8.5, 1}, {"GBPCNY", "GBP", 11, 1}, {"HKDCNY", "HKD", 0.9, 1}, {"JPYCNY", "JPY", 6, 100}}};

/// A file that counts per 1 where scenarios count per 100, or the other way round.
void check_unit(const Rows& rows, const Told& told) {
    const auto usual = std::find_if(usual_levels.begin(), usual_levels.end(), [&](const Level& level) { return level.pair == told.pair; });
    if (usual == usual_levels.end() || rows.size() == 0) return;
    auto sorted = rows.rates;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    if (std::abs(decades_between(*middle, usual->cny)) != 2) return;
    const bool high = *middle > usual->cny;
    if (!high && usual->unit == 1) {
        told.error(rows.lines.front(),
                   say("rates near {0} are far below what 1 {1} costs; write CNY per 1 {1}, as scenarios do", short_number(*middle), usual->currency));
        return;
    }
    told.error(rows.lines.front(), say("rates near {0} look like CNY per {1} {2}; write them per {3} {2}, as scenarios do", short_number(*middle),
                                       high ? 100 * usual->unit : usual->unit / 100, usual->currency, usual->unit));
}

/// The rows that the market was open on.
Rows kept(const Rows& rows, const Calendar& cn) {
    Rows open;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (cn.is_business_day(rows.dates[i])) open.add(rows.dates[i], rows.rates[i], rows.lines[i]);
    }
    return open;
}

void check_length(const Rows& rows, const Told& told) {
    if (rows.size() < 2) {
        told.error(0, say("the dates asked for have fewer than two rates on market days"));
        return;
    }
    const Date first = rows.dates.front(), last = rows.dates.back();
    if (const auto why = too_short(first, last, one_year)) {
        told.error(0, *why);
    } else if (const double step = (last - first) / static_cast<double>(rows.size() - 1); step > longest_step) {
        told.error(0, say("there is a rate every {0} days on average; a fit needs daily rates", fmt::format("{:.1f}", step)));
    }
}

/// Stretches of more than ten days in which the market was open and the file has no rate.
std::vector<Gap> gaps_of(const Rows& rows, const Calendar& cn) {
    std::vector<Gap> gaps;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const Date after = rows.dates[i - 1], before = rows.dates[i];
        const bool shut = cn.on_or_after(after + 1) == before;  // a long holiday: nothing is missing
        if (before - after > longest_gap && !shut) gaps.push_back({after, before});
    }
    return gaps;
}

}  // namespace

std::optional<Series> clean(const RateSeries& rates, const std::string& pair, const std::string& file, std::optional<Date> from, std::optional<Date> to,
                            const Calendar& cn, Problems& problems) {
    Problems found;
    const Told told{pair, file, found};
    Rows all;
    for (std::size_t i = 0; i < rates.dates.size(); ++i) {
        if ((from && rates.dates[i] < *from) || (to && rates.dates[i] > *to)) continue;
        all.add(rates.dates[i], rates.rates[i], rates.lines[i]);
    }
    const auto open = kept(all, cn);
    check_order(all, told);
    check_scale(all.rates, all.lines, told.file, told.pair, told.problems);
    check_unit(all, told);
    for (const auto& run : equal_rates({all.dates, all.rates, all.lines}, cn)) told.error(run.line, run.message());
    check_length(open, told);

    std::vector<Gap> gaps;
    if (!found.has_errors()) {
        gaps = gaps_of(open, cn);
        for (const auto& gap : gaps) {
            const auto row = static_cast<std::size_t>(std::lower_bound(open.dates.begin(), open.dates.end(), gap.before) - open.dates.begin());
            told.note(open.lines[row], say("no rates between {0} and {1}, {2} days: one move of the sample", gap.after, gap.before, gap.before - gap.after));
        }
        if ((pair == "USDCNY" || pair == "HKDCNY") && open.dates.front() + 60 < reform && open.dates.back() >= reform) {
            told.note(0, say("the window mixes the pegs before {0} with the years after: no model fits both (docs/models.md); consider --from {0}", reform));
        }
        if (!cn.holidays().empty() && open.dates.front().year() < cn.holidays().front().year()) {
            told.note(
                0, say("the mainland's holidays before {0} are not known: of earlier rows only those at weekends are left out", cn.holidays().front().year()));
        }
    }
    problems.append(found);
    if (found.has_errors()) return std::nullopt;

    // A scenario that names this file as the model's history cleans it by the same function.
    auto history = clean_history(rates, from, to, cn);
    Series series{.pair = pair, .moves = history.moves(), .dt = history.step(), .dropped = history.dropped, .gaps = std::move(gaps)};
    series.dates = std::move(history.dates);
    series.rates = std::move(history.rates);
    return series;
}

}  // namespace fxpool::calibrate
