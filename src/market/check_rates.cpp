#include "check_rates.hpp"

#include "fxpool/market/history.hpp"
#include "fxpool/market/shipped_rates.hpp"
#include "fxpool/settings/plausible.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>

namespace fxpool {
namespace {

constexpr std::size_t enough_rows = 20;

std::string rate_text(double rate) { return fmt::format("{:.6g}", rate); }

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// What is told of one file, each thing once: a file may serve as history and as the model's window.
class Teller {
  public:
    Teller(const std::string& file, const std::string& pair, Problems& problems) : file_(file), pair_(pair), problems_(problems) {}

    void tell(bool as_error, int line, const Message& message) const {
        const Place place{file_, line, 0};
        const auto& list = problems_.list();
        const bool told = std::any_of(list.begin(), list.end(), [&](const Problem& problem) { return problem.place == place && problem.message == message; });
        if (told) return;
        if (as_error) problems_.error(place, pair_, message);
        else problems_.warning(place, pair_, message);
    }

  private:
    const std::string& file_;
    const std::string& pair_;
    Problems& problems_;
};

RateSeries rows_between(const RateSeries& rates, std::optional<Date> from, std::optional<Date> to) {
    RateSeries rows;
    for (std::size_t i = 0; i < rates.dates.size(); ++i) {
        if ((from && rates.dates[i] < *from) || (to && rates.dates[i] > *to)) continue;
        rows.dates.push_back(rates.dates[i]);
        rows.rates.push_back(rates.rates[i]);
        rows.lines.push_back(rates.lines[i]);
    }
    return rows;
}

/// Median distance (of logarithms) of the rows, each changed by `change`, from the shipped rates of the same days; nothing where too few days are in both.
template <class Change>
std::optional<double> distance(const RateSeries& rows, const RateSeries& known, Change change) {
    std::vector<double> distances;
    std::size_t at = 0;
    for (std::size_t i = 0; i < rows.dates.size(); ++i) {
        while (at < known.dates.size() && known.dates[at] < rows.dates[i]) ++at;
        if (at == known.dates.size()) break;
        if (known.dates[at] == rows.dates[i]) distances.push_back(std::abs(std::log(change(rows.rates[i]) / known.rates[at])));
    }
    if (distances.size() < enough_rows) return std::nullopt;
    return median(std::move(distances));
}

/// Rates that are those of another pair, or the reciprocal, or of another unit. False where they are.
bool check_level(const RateSeries& rows, const std::string& pair, const Teller& teller) {
    const auto* own = shipped_rates(pair);
    if (own == nullptr || rows.dates.empty()) return true;
    const auto& range = plausible("rates / shipped rates");
    const auto off = distance(rows, *own, [](double rate) { return rate; });
    if (!off || is_plausible(range, *off)) return true;
    constexpr double same = 0.02;
    const auto is_near = [&](const RateSeries& known, auto change) { return distance(rows, known, change).value_or(1) < same; };
    const int line = rows.lines.front();
    for (const auto* other : {"USDCNY", "EURCNY", "JPYCNY", "GBPCNY", "HKDCNY"}) {
        if (other == pair || !is_near(*shipped_rates(other), [](double rate) { return rate; })) continue;
        teller.tell(false, line, say("the rates of {0} are those of {1} on most days: is it the wrong column?", pair, other));
        return false;
    }
    for (const double unit : {1.0, 100.0, 10000.0}) {
        if (!is_near(*own, [&](double rate) { return unit / rate; })) continue;
        teller.tell(false, line,
                    say("the rates of {0} are the wrong way round: {1} is foreign currency per CNY; write CNY per unit", pair, rate_text(rows.rates.front())));
        return false;
    }
    constexpr double far_off = 0.22;  // no other reading, and 25 % away: not another source, nor a scenario's own idea
    if (*off > far_off) {
        teller.tell(false, line,
                    say("the rates of {0} are {1} % away from those known of the same days: is it another currency, unit or year?", pair,
                        fmt::format("{:.0f}", (std::exp(*off) - 1) * 100)));
        return false;
    }
    return true;
}

/// One rate that is off both its neighbours, which are alike. Factors of 10 and 100 are told by check_scale().
void check_spikes(const RateSeries& rows, const Teller& teller) {
    const auto& range = plausible("rate / its neighbours");
    for (std::size_t i = 1; i < rows.rates.size(); ++i) {
        const double here = rows.rates[i], before = rows.rates[i - 1];
        const double in = std::log(here / before);
        const bool last = i + 1 == rows.rates.size();
        if (std::abs(in) <= range.high || decades_between(here, before) != 0) continue;
        if (last || rows.dates[i] - rows.dates[i - 1] > 10) continue;
        const double after = rows.rates[i + 1], out = std::log(after / here);
        if (in * out >= 0 || std::abs(out) <= range.high || std::abs(in + out) > std::abs(in) / 2) continue;
        teller.tell(false, rows.lines[i],
                    say("{0} is off both its neighbours, {1} and {2}: a wrong digit?", rate_text(here), rate_text(before), rate_text(after)));
    }
}

void check_gaps(const RateSeries& rows, const Teller& teller) {
    const auto& range = plausible("days / without a rate");
    for (std::size_t i = 1; i < rows.dates.size(); ++i) {
        const int days = rows.dates[i] - rows.dates[i - 1];
        if (is_plausible(range, days)) continue;
        teller.tell(false, rows.lines[i],
                    say("no rates between {0} and {1}, {2} days: they count as one day's move; are rows missing?", rows.dates[i - 1], rows.dates[i], days));
    }
}

/// False where the rates are not daily ones.
bool check_step(const RateSeries& rows, RateUse use, const Teller& teller) {
    if (rows.dates.size() < enough_rows) return true;
    std::vector<double> steps;
    for (std::size_t i = 1; i < rows.dates.size(); ++i) steps.push_back(rows.dates[i] - rows.dates[i - 1]);
    const double step = median(std::move(steps));
    if (is_plausible(plausible("days / between rows"), step)) return true;
    teller.tell(use == RateUse::drawn, rows.lines.front(),
                say("the rates are {0} days apart, not daily: each move is taken for a business day's", fmt::format("{:.0f}", step)));
    return false;
}

/// What a currency usually cost from 2015 to 2026, CNY per unit.
struct Level {
    std::string_view pair;
    double cny;
};
constexpr std::array<Level, 20> usual_levels = {{{"AUDCNY", 4.8},  {"CADCNY", 5.1},  {"CHFCNY", 7.4},   {"SGDCNY", 5.0},   {"KRWCNY", 0.0056},
                                                 {"NZDCNY", 4.5},  {"SEKCNY", 0.72}, {"NOKCNY", 0.75},  {"DKKCNY", 1.05},  {"ZARCNY", 0.44},
                                                 {"MXNCNY", 0.36}, {"PLNCNY", 1.75}, {"HUFCNY", 0.022}, {"THBCNY", 0.205}, {"USDCNY", 6.9},
                                                 {"EURCNY", 7.7},  {"JPYCNY", 5.7},  {"GBPCNY", 8.9},   {"HKDCNY", 0.885}, {"MYRCNY", 1.6}}};

/// What would bring `spot` near `known`: the reciprocal, or a factor of 10, 100 or 1,000. Nothing where none does.
std::optional<double> meant_spot(double spot, double known) {
    std::optional<double> meant;
    const auto distance_of = [&](double rate) { return std::abs(std::log(rate / known)); };
    for (const double candidate :
         {1 / spot, 100 / spot, 10000 / spot, spot * 10, spot / 10, spot * 100, spot / 100, spot * 1000, spot / 1000, spot / 1e4, spot * 1e4}) {
        if (distance_of(candidate) < 0.1 && (!meant || distance_of(candidate) < distance_of(*meant))) meant = candidate;
    }
    return meant;
}

}  // namespace

bool check_rates(const RateSeries& rates, std::optional<Date> from, std::optional<Date> to, RateUse use, const std::string& file, const std::string& pair,
                 const Calendar& cn, Problems& problems) {
    const Teller teller(file, pair, problems);
    const auto rows = rows_between(rates, from, to);
    const bool right_level = check_level(rows, pair, teller);
    check_spikes(rows, teller);
    if (check_step(rows, use, teller)) check_gaps(rows, teller);
    for (const auto& run : equal_rates(rows, cn)) {
        teller.tell(use == RateUse::drawn, run.line, run.message());
    }
    return right_level;
}

void check_age(const RateSeries& rates, Date start, const std::string& file, const std::string& pair, Problems& problems) {
    if (rates.dates.empty()) return;
    const auto last = std::lower_bound(rates.dates.begin(), rates.dates.end(), start);
    if (last == rates.dates.begin()) return;
    const auto at = static_cast<std::size_t>(last - rates.dates.begin() - 1);
    if (is_plausible(plausible("start / last row"), start - rates.dates[at])) return;
    Teller(file, pair, problems)
        .tell(false, rates.lines[at],
              say("the last rate before the start {0} is of {1}, {2} days earlier: are later rows missing?", start, rates.dates[at], start - rates.dates[at]));
}

void check_spot(const Scenario& scenario, const PairSettings& pair, const RateSeries* history, Problems& problems) {
    const Date start = scenario.settings.start;
    constexpr int near_days = 60;
    std::optional<KnownRate> known;
    if (history != nullptr) known = last_known(*history, start);
    const auto* shipped = shipped_rates(pair.name);
    if (shipped != nullptr && (!known || known->days_off > near_days)) {
        const auto other = last_known(*shipped, start);
        if (!known || other->days_off < known->days_off) known = other;
    }
    const auto key = "market.pairs." + pair.name + ".spot";
    const auto place = scenario.place_of(key);
    const auto tell = [&](double level, const Message& beside) {
        const auto meant = meant_spot(pair.spot, level);
        problems.warning(place, key,
                         meant ? say("a spot rate of {0} beside {1}; did you mean {2}?", rate_text(pair.spot), beside, fmt::format("{:.5g}", *meant))
                               : say("a spot rate of {0} beside {1}: is it CNY per unit (JPY: per 100) on the first day?", rate_text(pair.spot), beside));
    };
    if (known) {
        constexpr int these_days = 10;
        const auto& range = plausible(known->days_off <= these_days  ? "spot / rate of the start"
                                      : known->days_off <= near_days ? "spot / last known rate"
                                                                     : "spot / nearest known rate");
        if (!is_plausible(range, pair.spot / known->rate)) tell(known->rate, say("{0} on {1}", rate_text(known->rate), known->date));
        return;
    }
    for (const auto& level : usual_levels) {
        if (level.pair == pair.name && !is_plausible(plausible("spot / usual level"), pair.spot / level.cny))
            tell(level.cny, say("the usual {0}", rate_text(level.cny)));
    }
}

}  // namespace fxpool
