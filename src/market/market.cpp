#include "fxpool/market/market.hpp"

#include "calendars.hpp"
#include "check_rates.hpp"
#include "fxpool/files/rate_file.hpp"
#include "fxpool/market/correlation.hpp"
#include "fxpool/market/curve.hpp"
#include "fxpool/market/history.hpp"
#include "fxpool/settings/plausible.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {
namespace {

constexpr std::size_t longest_history = 400;  // rows: m(t) looks 126 days back, the fx brake 20
constexpr std::size_t shortest_history = 60;  // rates that a model draws from
constexpr int first_cn_year = 2005;

/// Builds a Market part by part; every problem of every part is told.
class Building {
  public:
    Building(const Scenario& scenario, Problems& problems) : scenario_(scenario), settings_(scenario.settings), problems_(problems) {}

    Market make() {
        if (!set_days()) return std::move(market_);
        set_reach();
        for (const auto& pair : settings_.market.pairs) add_pair(pair);
        set_reference();
        set_correlation();
        return std::move(market_);
    }

  private:
    void error(const std::string& key, Message message) { problems_.error(scenario_.place_of(key), key, std::move(message)); }
    void note(const std::string& key, Message message) { problems_.note(scenario_.place_of(key), key, std::move(message)); }

    bool set_days() {
        const Date start = settings_.start, end = settings_.end;
        if (start.year() < first_cn_year) {
            error("horizon.start", say("the horizon starts in {0}, before the calendar's first year {1}", start.year(), first_cn_year));
            return false;
        }
        if (end.year() > cn_calendar_last_year()) {
            error("horizon", say("the horizon ends on {0}, after the calendar's last year {1}", end, cn_calendar_last_year()));
            return false;
        }
        market_.cn = cn_calendar();
        for (Date date = market_.cn.on_or_after(start); date <= end; date = market_.cn.on_or_after(date + 1)) market_.days.push_back(date);
        if (market_.days.empty()) {
            error("horizon", say("there is no business day from {0} to {1}", start, end));
            return false;
        }
        if (market_.days.back() > cn_calendar_published_to()) {
            note("horizon", say("the holidays after {0} are expected ones, not yet published", cn_calendar_published_to()));
        }
        return true;
    }

    /// How far the curves are read, and which years of the currencies' calendars are needed.
    void set_reach() {
        const Date last = add_months(market_.days.back(), 12 * Market::years_beyond);
        market_.longest_days = last - market_.days.front();
        int months_before = 0;
        if (settings_.new_business) {
            for (const auto& [months, share] : settings_.new_business->tenors) months_before = std::max(months_before, months);
        }
        first_year_ = add_months(market_.days.front(), -months_before).year();
        last_year_ = last.year();
        domestic_ = curve_of("CNY");
        if (domestic_) market_.discount = discount_factors(*domestic_, market_.longest_days);
    }

    std::optional<ByTenor> curve_of(const std::string& currency) {
        const auto found = settings_.market.curves.find(currency);
        if (found != settings_.market.curves.end() && !found->second.empty()) return found->second;
        error("market.curves", say("there is no curve of {0}", currency));
        return std::nullopt;
    }

    void add_pair(const PairSettings& settings) {
        const std::string key = "market.pairs." + settings.name;
        PairMarket pair;
        pair.name = settings.name;
        pair.spot = settings.spot;
        pair.band = settings.band;
        if (settings.name.size() != 6 || !settings.name.ends_with("CNY") || settings.name.starts_with("CNY")) {
            error(key, say("a pair is a currency against CNY, like USDCNY"));
            return;
        }
        const auto currency = settings.name.substr(0, 3);
        pair.unit = currency == "JPY" ? 100 : 1;
        pair.calendar = calendar_with(currency, key);
        const auto foreign = settings.swap_points.empty() ? curve_of(currency) : foreign_from_points(settings, key);
        if (domestic_ && foreign) {
            pair.forward_factor = forward_factors(*domestic_, *foreign, market_.longest_days);
            pair.moves = moves_of(settings, pair.forward_factor, key);
        }
        market_.pairs.push_back(std::move(pair));
    }

    Calendar calendar_with(const std::string& currency, const std::string& key) {
        const auto own = currency_calendar(currency, first_year_, last_year_);
        if (!own) {
            problems_.warning(scenario_.place_of(key), key, say("no holidays of {0} are known: its contracts settle on mainland business days", currency));
            return market_.cn;
        }
        const int known_to = currency_calendar_known_to(currency);
        if (known_to > 0 && market_.days.back().year() > known_to) {
            note(key,
                 say("the lunar holidays of {0} are known to {1} only; later ones count as business days unless the mainland is closed", currency, known_to));
        }
        return joint(market_.cn, *own);
    }

    std::optional<ByTenor> foreign_from_points(const PairSettings& settings, const std::string& key) {
        for (const auto& [months, pips] : settings.swap_points) {
            if (months <= 0) {
                error(key + ".swap_points", say("swap points need tenors, like {12M: -1250}"));
                return std::nullopt;
            }
            if (settings.spot + pips * 1e-4 <= 0) {
                error(key + ".swap_points", say("the swap points at {0} months leave no positive forward", months));
                return std::nullopt;
            }
        }
        if (!domestic_) return std::nullopt;
        return implied_foreign_curve(settings.spot, settings.swap_points, *domestic_);
    }

    MoveTerms moves_of(const PairSettings& settings, const std::vector<double>& forward_factor, const std::string& key) {
        auto grid = grid_of(forward_factor);
        std::vector<double> given;
        if (settings.given) given = given_moves(*settings.given, settings.name, key, settings.model.has_value());
        grid.first = static_cast<int>(std::min(given.size(), market_.days.size() - 1)) + 1;
        if (settings.model && !add_history(settings, settings.given ? key + ".model.then" : key + ".model", grid)) return {};
        if (settings.model) share(*settings.model, grid);
        return settings.given ? move_terms(given, settings.model, grid) : move_terms(*settings.model, grid);
    }

    ModelGrid grid_of(const std::vector<double>& forward_factor) const {
        ModelGrid grid;
        grid.days = market_.days;
        grid.place = grid.shared = static_cast<std::int32_t>(market_.pairs.size());
        for (std::size_t t = 0; t < grid.days.size(); ++t) {
            const auto forward = [&](std::size_t day) { return forward_factor[static_cast<std::size_t>(grid.days[day] - grid.days[0])]; };
            grid.dt.push_back(t == 0 ? 0 : (grid.days[t] - grid.days[t - 1]) / 365.0);
            grid.carry.push_back(t == 0 ? 0 : std::log(forward(t) / forward(t - 1)));
        }
        return grid;
    }

    std::vector<double> given_moves(const GivenMoves& given, const std::string& pair, const std::string& key, bool model_follows) {
        auto moves = given.moves;
        if (given.file) moves = moves_of_file(given, pair, key + ".model.file");
        for (const double move : moves) {
            if (move > -1) continue;
            error(key + ".model", say("a move of -100 % or less leaves no rate"));
            return {};
        }
        if (moves.size() > market_.days.size() - 1) {
            note(key + ".model", say("the path has {0} moves, the horizon {1}: the last ones are not used", moves.size(), market_.days.size() - 1));
        }
        const auto days = market_.days.size() - 1;
        if (given.file && !model_follows && !moves.empty() && days > 0 &&
            static_cast<double>(moves.size()) < plausible("moves / days").low * static_cast<double>(days)) {
            problems_.warning(scenario_.place_of(key + ".model"), key + ".model",
                              say("the file gives {0} moves for {1} days: on the others the rate stands still; are from and to right? Else name a model: then",
                                  moves.size(), days));
        }
        return moves;
    }

    /// The moves of the model's own history into the grid; false where there are none and there should be.
    bool add_history(const PairSettings& settings, const std::string& key, ModelGrid& grid) {
        const auto* window = history_of(*settings.model);
        if (!window) return true;
        const auto file = window->file.path.empty() ? settings.history.value_or("") : std::filesystem::path(window->file.path);
        const auto history_key = key + ".history";
        const auto rates = read_rates(file, settings.name, window->file.path.empty() ? "market.pairs." + settings.name + ".history" : history_key);
        if (rates.dates.empty()) return false;
        const auto before = problems_.errors();
        check_scale(rates.rates, rates.lines, file.string(), settings.name, problems_);
        if (problems_.errors() > before) return false;
        check_rates(rates, window->from, window->to, RateUse::drawn, file.string(), settings.name, market_.cn, problems_);
        if (problems_.errors() > before) return false;
        check_age(rates, market_.days.front(), file.string(), settings.name, problems_);
        const auto history = clean_history(rates, window->from, window->to, market_.cn);
        const auto name = file.filename().string();
        constexpr int allowance = 10;  // calendar days: the window may begin or end on holidays
        if (window->to && rates.dates.back() + allowance < *window->to) {
            error(history_key, say("{0} ends on {1}, before the window's end {2}", name, rates.dates.back(), *window->to));
            return false;
        }
        if (window->from && rates.dates.front() - allowance > *window->from) {
            error(history_key, say("{0} begins on {1}, after the window's beginning {2}", name, rates.dates.front(), *window->from));
            return false;
        }
        if (history.rates.size() < shortest_history) {
            error(history_key, say("{0} has {1} rates in the window; a history needs {2} or more", name, history.rates.size(), shortest_history));
            return false;
        }
        if (history.dates.back() >= market_.days.front()) {
            note(history_key, say("the window reaches to {0}, past the start: it holds moves that nobody knew then", history.dates.back()));
        }
        grid.history = history.moves();
        grid.history_dt = history.step();
        bool good = true;
        for (const auto& problem : problems_with_history(*settings.model, grid.history)) {
            error(key + "." + problem.key, problem.message);
            good = false;
        }
        return good && share_rows(settings, key, history.dates, grid);
    }

    /// Pairs that draw from histories share one row a day: all must have the same rows.
    bool share_rows(const PairSettings& settings, const std::string& key, const std::vector<Date>& dates, ModelGrid& grid) {
        const double mean_block = std::visit(
            [](const auto& model) -> double {
                if constexpr (requires { model.mean_block; }) return model.mean_block;
                else return 1;
            },
            *settings.model);
        if (!rows_) {
            rows_ = SharedRows{settings.name, grid.place, dates, mean_block};
            return true;
        }
        grid.shared = rows_->place;
        if (rows_->dates != dates) {
            error(key + ".history",
                  say("its rows are not those of {0}: pairs that draw from histories share one row a day and need the same dates", rows_->pair));
            return false;
        }
        if (rows_->mean_block != mean_block) {
            error(key + ".mean_block", say("it is not that of {0}: pairs that draw from histories share their blocks", rows_->pair));
            return false;
        }
        return true;
    }

    /// Regime pairs with the same states and generator share one chain.
    void share(const Model& model, ModelGrid& grid) {
        const auto* regime = std::get_if<RegimeModel>(&model);
        if (!regime) return;
        for (const auto& chain : chains_) {
            if (chain.first == grid.first && share_chain(chain.model, *regime)) {
                grid.shared = chain.place;
                return;
            }
        }
        chains_.push_back({*regime, grid.place, grid.first});
    }

    std::vector<double> moves_of_file(const GivenMoves& path, const std::string& pair, const std::string& key) {
        const auto rates = read_rates(*path.file, pair, key);
        std::vector<double> chosen, moves;
        for (std::size_t i = 0; i < rates.dates.size(); ++i) {
            if (path.from && rates.dates[i] < *path.from) continue;
            if (path.to && rates.dates[i] > *path.to) continue;
            chosen.push_back(rates.rates[i]);
        }
        check_rates(rates, path.from, path.to, RateUse::replayed, path.file->string(), pair, market_.cn, problems_);
        for (std::size_t i = 1; i < chosen.size(); ++i) moves.push_back(chosen[i] / chosen[i - 1] - 1);
        const auto name = path.file->filename().string();
        constexpr int allowance = 10;  // calendar days: the window may begin or end on holidays
        if (!rates.dates.empty() && path.to && rates.dates.back() + allowance < *path.to)
            error(key, say("{0} ends on {1}, before the window's end {2}", name, rates.dates.back(), *path.to));
        else if (!rates.dates.empty() && path.from && rates.dates.front() - allowance > *path.from)
            error(key, say("{0} begins on {1}, after the window's beginning {2}", name, rates.dates.front(), *path.from));
        else if (moves.empty() && !rates.dates.empty()) {
            error(key, say("{0} has fewer than two rates of {1} in the dates asked for ({2} to {3} in the file)", name, pair, rates.dates.front(),
                           rates.dates.back()));
        }
        return moves;
    }

    RateSeries read_rates(const std::filesystem::path& file, const std::string& pair, const std::string& named_by) {
        auto& read = market_.files_read;
        if (std::find(read.begin(), read.end(), file) == read.end()) read.push_back(file);
        return load_rates(file, pair, problems_, {scenario_.place_of(named_by), named_by});
    }

    void set_reference() {
        const auto& pairs = market_.pairs;
        const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.name == settings_.market.reference; });
        if (found == pairs.end()) return;  // no pair of this name: an error of the settings, told there
        market_.reference = static_cast<std::size_t>(found - pairs.begin());
        for (const auto& pair : settings_.market.pairs) {
            if (!pair.history) {
                check_spot(scenario_, pair, nullptr, problems_);
                continue;
            }
            const auto rates = read_rates(*pair.history, pair.name, "market.pairs." + pair.name + ".history");
            const bool right_level = check_history(rates, pair);
            check_spot(scenario_, pair, right_level ? &rates : nullptr, problems_);
            if (pair.name == settings_.market.reference) keep_history(rates);
        }
    }

    /// The rows before the start that the six-month move looks at. False where they are not of this pair's level.
    bool check_history(const RateSeries& rates, const PairSettings& pair) {
        constexpr int looked_at = 600;  // calendar days: longest_history
        const Date start = market_.days.front();
        const auto file = pair.history->string();
        check_age(rates, start, file, pair.name, problems_);
        return check_rates(rates, start - looked_at, start - 1, RateUse::looked_at, file, pair.name, market_.cn, problems_);
    }

    /// The rows before the start. A row on a day when the mainland market is shut is dropped: its move goes into the next row's.
    void keep_history(const RateSeries& rates) {
        auto& history = market_.reference_history;
        history = clean_history(rates, std::nullopt, market_.days.front() - 1, market_.cn).rates;
        if (history.size() > longest_history) history.erase(history.begin(), history.end() - static_cast<std::ptrdiff_t>(longest_history));
    }

    /// The correlation of the shocks that the paths draw. A heston pair's shock is the part of its rate's that is independent of its
    /// variance, which hangs together with no other pair: rates with correlations C and variances with rho have a positive definite matrix
    /// where C - diag(rho^2) is one (Schur complement), and that, scaled, is the shocks' correlation.
    void set_correlation() {
        const auto size = market_.pairs.size();
        std::vector<double> matrix(size * size, 0.0), own(size, 1.0);
        bool any_heston = false;
        for (std::size_t i = 0; i < size; ++i) {
            matrix[i * size + i] = 1;
            if (const auto* step = std::get_if<HestonStep>(&market_.pairs[i].moves.step)) {
                own[i] = std::sqrt(1 - step->rho * step->rho);
                any_heston = true;
            }
        }
        for (const auto& [names, value] : settings_.market.correlation) {
            const auto a = place_of_pair(names.first), b = place_of_pair(names.second);
            if (a < size && b < size && a != b) matrix[a * size + b] = matrix[b * size + a] = value / (own[a] * own[b]);
        }
        auto factor = cholesky(matrix, size);
        if (factor.first_bad >= 0) {
            std::string named;
            for (std::size_t i = 0; i <= static_cast<std::size_t>(factor.first_bad); ++i) {
                if (i > 0) named += ", ";
                named += market_.pairs[i].name;
            }
            error("market.correlation", any_heston ? say("the correlations of {0}, with the rho of heston's variances, are not positive definite", named)
                                                   : say("the correlations of {0} are not positive definite", named));
            return;
        }
        market_.correlation_root = std::move(factor.root);
    }

    std::size_t place_of_pair(const std::string& name) const {
        std::size_t place = 0;
        while (place < market_.pairs.size() && market_.pairs[place].name != name) ++place;
        return place;
    }

    const Scenario& scenario_;
    const Settings& settings_;
    Problems& problems_;
    Market market_;
    /// The pair from which others take their row of the day.
    struct SharedRows {
        std::string pair;
        std::int32_t place;
        std::vector<Date> dates;
        double mean_block;
    };
    struct SharedChain {
        RegimeModel model;
        std::int32_t place;
        int first;
    };
    std::optional<SharedRows> rows_;
    std::vector<SharedChain> chains_;
    std::optional<ByTenor> domestic_;
    int first_year_ = 0, last_year_ = 0;
};

}  // namespace

Market build_market(const Scenario& scenario, Problems& problems) { return Building(scenario, problems).make(); }

}  // namespace fxpool
