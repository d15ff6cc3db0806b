#include "fxpool/calibrate/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fxpool::calibrate {

namespace {

constexpr int fewest_windows = 3;  ///< of a horizon, without overlap
constexpr int first_origin_short = 500;
constexpr int months_of_short = 96;  ///< a sample below this has its first origin after two years
constexpr int months_of_long = 72;   ///< what 126 and 250 days need
constexpr int null_laws_factor = 4;  ///< paths of the null's laws over a forecast's: they serve all paths of the null

/// Random numbers of their own for everything that is drawn.
std::uint64_t seed_of(std::uint64_t seed, const char* use, int number = 0) { return on_day(seed ^ hash_of(use), number); }

/// Ten days are forgiven: the first and last row of whole years may be business days inside them.
bool spans(const Series& series, int months) { return series.dates.back() + 10 >= add_months(series.dates.front(), months); }

/// What was known after `moves` moves.
Series known_after(const Series& series, int moves) {
    const auto count = static_cast<std::size_t>(moves);
    Series known;
    known.pair = series.pair;
    known.dates.assign(series.dates.begin(), series.dates.begin() + moves + 1);
    known.rates.assign(series.rates.begin(), series.rates.begin() + moves + 1);
    known.moves.assign(series.moves.begin(), series.moves.begin() + moves);
    known.dt = (series.dates[count] - series.dates[0]) / 365.0 / moves;
    return known;
}

Origins origins_of(const Series& series, const BacktestOptions& options, std::vector<Message>& notes) {
    Origins origins;
    origins.moves = static_cast<int>(series.moves.size());
    origins.first = spans(series, months_of_short) ? options.first_origin : std::min(options.first_origin, first_origin_short);
    origins.every = options.origin_every;
    const auto date = [&](int moves) { return series.dates[static_cast<std::size_t>(moves)]; };
    for (std::size_t h = 0; h < horizons.size(); ++h) {
        const int days = horizons[h];
        if (days > 100 && !spans(series, months_of_long)) {
            origins.kept[h] = false;
            notes.push_back(say("forecasts of {0} business days are left out: they need six years of rates", days));
        } else if (origins.first + fewest_windows * days > origins.moves) {
            origins.kept[h] = false;
            if (origins.first >= origins.moves) continue;
            notes.push_back(say("forecasts of {0} business days are left out: fewer than {1} fit between {2} and {3} without overlap", days, fewest_windows,
                                date(origins.first), date(origins.moves)));
        }
    }
    return origins;
}

/// The forecasts made at the origins, against what came.
class Record {
  public:
    Record(const Series& series, const Origins& origins) : series_(series), origins_(origins), sums_(series.moves.size() + 1) {
        for (std::size_t i = 0; i < series.moves.size(); ++i) sums_[i + 1] = sums_[i] + series.moves[i];
    }

    void add(std::size_t origin, const HorizonLaws& laws, std::span<const double> weights) {
        const auto now = static_cast<std::size_t>(origins_.at(origin));
        for (std::size_t h = 0; h < horizons.size(); ++h) {
            if (origin >= origins_.count(h)) continue;
            const double move = sums_[now + static_cast<std::size_t>(horizons[h])] - sums_[now];
            transforms_[h].push_back(laws.distribution(h, weights, move));
            crps_[h].push_back(laws.crps(h, weights, move));
            log_scores_[h].push_back(laws.log_score(h, weights, move));
            OriginForecast forecast{.origin = series_.dates[now], .horizon = horizons[h], .outcome = move};
            for (std::size_t level = 0; level < forecast.bounds.size(); ++level) {
                forecast.bounds[level] = laws.quantile(h, weights, OriginForecast::levels[level]);
            }
            forecasts_.push_back(forecast);
        }
    }
    /// The transform of a one-step forecast.
    void add_step(double transform) {
        const auto twentieths = static_cast<double>(steps_.size());
        ++steps_[static_cast<std::size_t>(std::clamp(transform * twentieths, 0.0, twentieths - 1))];
    }

    const Transforms& transforms() const { return transforms_; }
    const std::vector<OriginForecast>& forecasts() const { return forecasts_; }
    const std::array<int, 20>& steps() const { return steps_; }
    std::vector<Score> scores() const {
        const auto mean = [](const std::vector<double>& values) {
            return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
        };
        std::vector<Score> scores;
        for (std::size_t h = 0; h < horizons.size(); ++h) {
            if (!crps_[h].empty()) scores.push_back({horizons[h], mean(crps_[h]), mean(log_scores_[h]), crps_[h]});
        }
        return scores;
    }

  private:
    const Series& series_;
    const Origins& origins_;
    std::vector<double> sums_;  ///< log move since the start, after so many moves
    Transforms transforms_, crps_, log_scores_;
    std::vector<OriginForecast> forecasts_;
    std::array<int, 20> steps_{};
};

}  // namespace

int fewest_moves_of_backtest() { return first_origin_short + fewest_windows * horizons[0]; }

Backtest backtest(const Family& family, const Series& series, const Fit& fit, const BacktestOptions& options) {
    const auto none = [&](Message why) { return Backtest{.model = family.name, .failure = std::move(why)}; };
    if (fit.failure) return none(*fit.failure);
    Backtest result;
    result.model = family.name;
    const auto origins = origins_of(series, options, result.notes);
    const auto count = origins.count(0);
    if (count == 0) {
        return none(say("a back-test needs {0} daily moves or more; there are {1}", origins.first + fewest_windows * horizons[0], origins.moves));
    }
    result.origins = static_cast<int>(count);
    result.first = series.dates[static_cast<std::size_t>(origins.first)];
    result.last = series.dates[static_cast<std::size_t>(origins.at(count - 1))];

    constexpr double share_of_forecasts = 0.7;
    Record record(series, origins);
    std::optional<Fit> known;  ///< the last fit that did not fail
    std::optional<Message> last_failure;
    std::size_t origin = 0;
    while (origin < count) {
        const int now = origins.at(origin);
        auto refit_options = options.fit;
        refit_options.progress = {};
        if (known) refit_options.start = known->coordinates;
        auto refit = family.fit(known_after(series, now), refit_options);
        ++result.refits;
        if (!refit.failure) {
            known = std::move(refit);
        } else if (!known) {
            return none(say("the fit to the rates until {0} failed: {1}", result.first, *refit.failure));
        } else {
            ++result.failed_refits;
            last_failure = refit.failure;
        }
        const HorizonLaws laws(family, *known, options.forecast_paths, seed_of(options.seed, "forecast", result.refits), options.threads);
        const int until = std::min(now + options.refit_every, origins.moves);
        const auto filtered = family.filter(*known, std::span(series.moves).first(static_cast<std::size_t>(until)));
        for (const double transform : std::span(filtered.pit).subspan(static_cast<std::size_t>(now))) record.add_step(transform);
        const auto anchors = static_cast<std::size_t>(filtered.anchors);
        for (; origin < count && origins.at(origin) < now + options.refit_every; ++origin) {
            record.add(origin, laws, std::span(filtered.weights).subspan(static_cast<std::size_t>(origins.at(origin)) * anchors, anchors));
        }
        if (options.progress) options.progress(share_of_forecasts * static_cast<double>(origin) / static_cast<double>(count));
    }
    if (last_failure) {
        result.notes.push_back(say("{0} of {1} refits failed and the one before was kept; the last: {2}", result.failed_refits, result.refits, *last_failure));
    }

    const HorizonLaws laws(family, fit, null_laws_factor * options.forecast_paths, seed_of(options.seed, "null forecast"), options.threads);
    const auto null = simulate_null(family, fit, laws, origins, options.null_paths, seed_of(options.seed, "null path"), options.threads, [&](double done) {
        if (options.progress) options.progress(share_of_forecasts + (1 - share_of_forecasts) * done);
    });
    const auto tests = hit_tests(origins);
    const auto shown = statistics(tests, record.transforms());
    for (std::size_t i = 0; i < tests.size(); ++i) {
        result.tests.push_back({tests[i], static_cast<int>(record.transforms()[tests[i].h].size()), hits(tests[i], record.transforms()), shown[i],
                                null.p_value(i, shown[i]), null.power(i)});
    }
    result.p_value = null.joint_p_value(shown);
    result.scores = record.scores();
    result.forecasts = record.forecasts();
    result.transform_counts = record.steps();

    const auto last = family.filter(fit, series.moves);
    const auto weights = std::span(last.weights).last(static_cast<std::size_t>(last.anchors));
    constexpr std::size_t six_months = 2;
    static_assert(horizons[six_months] == 126);
    result.depreciation_99 = std::expm1(laws.quantile(six_months, weights, 0.99));
    return result;
}

}  // namespace fxpool::calibrate
