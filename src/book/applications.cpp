#include "fxpool/book/book.hpp"
#include "fxpool/market/market.hpp"
#include "seeded_draws.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {
namespace {

/// "NBS", the fourth word of the counters of new business.
constexpr std::uint32_t business_tag = 0x4e425300;

/// Of the k-th application of a day, k from 1; what k = 0 draws is the day's number of applications.
enum class DealDraw : std::uint32_t { exporter, bank, pair, direction, tenor, notional };

/// Things to choose from in proportion to their weights.
template <class T>
class Choice {
  public:
    void add(T item, double weight) {
        total_ += weight;
        items_.push_back(std::move(item));
        sums_.push_back(total_);
    }
    const T& at(double u) const {
        const auto found = std::upper_bound(sums_.begin(), sums_.end(), u * total_);
        return items_[static_cast<std::size_t>(std::min(found - sums_.begin(), std::ssize(items_) - 1))];
    }
    bool empty() const { return items_.empty(); }

  private:
    std::vector<T> items_;
    std::vector<double> sums_;
    double total_ = 0;
};

/// Firms in proportion to annual receipts; one that gives none counts as the mean of those given, all alike where none is given.
Choice<std::size_t> firms_by_receipts(const std::vector<Exporter>& exporters) {
    double sum = 0, given = 0;
    for (const auto& exporter : exporters) {
        if (!exporter.annual_receipts_usd) continue;
        sum += *exporter.annual_receipts_usd;
        ++given;
    }
    const bool alike = sum <= 0;
    Choice<std::size_t> firms;
    for (std::size_t i = 0; i < exporters.size(); ++i) firms.add(i, alike ? 1 : exporters[i].annual_receipts_usd.value_or(sum / given));
    return firms;
}

/// A Poisson number by inversion. Means above 500 are drawn in pieces of 500 and the rest, so that exp(-mean) stays above zero.
int poisson(std::uint64_t seed, Date date, double mean) {
    constexpr double largest_piece = 500;
    const auto pieces = static_cast<std::uint32_t>(std::ceil(mean / largest_piece));
    int number = 0;
    for (std::uint32_t piece = 0; piece < pieces; ++piece) {
        const double of_piece = std::min(mean - piece * largest_piece, largest_piece);
        const double u = book_uniform(seed, {static_cast<std::uint32_t>(date.serial), 0, piece, business_tag});
        double probability = std::exp(-of_piece), below = probability;
        int k = 0;
        while (u > below && probability > 0) {
            probability *= of_piece / ++k;
            below += probability;
        }
        number += k;
    }
    return number;
}

class Business {
  public:
    Business(const NewBusinessSettings& business, const Settings& settings, const Book& book, const Market& market)
        : business_(business), market_(market), firms_(firms_by_receipts(book.exporters)) {
        for (std::size_t i = 0; i < settings.banks.size(); ++i) banks_.add(i, settings.banks[i].weight);
        for (const auto& [name, share] : business.pairs) {
            for (const auto& pair : market.pairs) {
                if (pair.name == name) pairs_.add(&pair, share);
            }
        }
        directions_.add(Direction::sell, business.sell);
        directions_.add(Direction::buy, business.buy);
        for (const auto& [months, share] : business.tenors) tenors_.add(months, share);
        for (const auto& pair : market.pairs) {
            if (pair.name == "USDCNY") usd_spot_ = pair.spot;
        }
    }

    std::vector<Application> draw() const {
        std::vector<Application> applications;
        if (firms_.empty() || banks_.empty() || pairs_.empty() || tenors_.empty()) return applications;  // check_book() has told why
        const Date start = market_.days.front();
        const int longest = business_.tenors.rbegin()->first;
        const Date first = business_.steady_state ? add_months(start, -longest) : start;
        for (Date date = market_.cn.on_or_after(first); date <= market_.days.back(); date = market_.cn.on_or_after(date + 1)) {
            const double years = (date - start) / 365.0;
            const double a_day = business_.monthly_usd / business_.deal_mean_usd / business_days_a_month * std::pow(1 + business_.growth, years);
            const int number = poisson(business_.seed, date, a_day);
            for (int k = 1; k <= number; ++k) applications.push_back(application(date, k));
        }
        return applications;
    }

  private:
    static constexpr double business_days_a_month = 21;

    Application application(Date date, int k) const {
        const auto u = [&](DealDraw draw) {
            return book_uniform(business_.seed,
                                {static_cast<std::uint32_t>(date.serial), static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(draw), business_tag});
        };
        const auto& pair = *pairs_.at(u(DealDraw::pair));
        Application application;
        application.id = id_of(date, k);
        application.date = date;
        application.exporter = firms_.at(u(DealDraw::exporter));
        application.bank = banks_.at(u(DealDraw::bank));
        application.pair = pair.name;
        application.direction = directions_.at(u(DealDraw::direction));
        application.tenor_months = tenors_.at(u(DealDraw::tenor));
        application.settle_date = pair.calendar.modified_following(add_months(date, application.tenor_months));
        const double variance = std::log1p(business_.deal_cv * business_.deal_cv);
        const double z = normal_quantile(u(DealDraw::notional));
        application.usd = business_.deal_mean_usd * std::exp(std::sqrt(variance) * z - variance / 2);
        const double units = pair.name == "USDCNY" ? application.usd : application.usd * usd_spot_ / pair.spot;
        application.notional = units * pair.unit;
        return application;
    }

    /// NB20260105-1
    static std::string id_of(Date date, int k) {
        auto id = "NB" + date.iso() + "-" + std::to_string(k);
        id.erase(9, 1);
        id.erase(6, 1);
        return id;
    }

    const NewBusinessSettings& business_;
    const Market& market_;
    Choice<std::size_t> firms_, banks_;
    Choice<const PairMarket*> pairs_;
    Choice<Direction> directions_;
    Choice<int> tenors_;
    double usd_spot_ = 0;
};

}  // namespace

std::vector<Application> draw_applications(const NewBusinessSettings& business, const Settings& settings, const Book& book, const Market& market) {
    return Business(business, settings, book, market).draw();
}

double ladder_rate(const ByTenor& ladder, Date trade, Date settle, const Calendar& joint) {
    if (ladder.size() > 1) {
        for (const auto& [months, rate] : ladder) {
            if (settle <= joint.months_later(trade, months)) return rate;
        }
    }
    return ladder.rbegin()->second;
}

}  // namespace fxpool
