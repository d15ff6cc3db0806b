#include "check_plausible.hpp"
#include "fxpool/base/suggestion.hpp"
#include "fxpool/book/book.hpp"
#include "fxpool/market/market.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace fxpool {
namespace {

class BookCheck {
  public:
    BookCheck(const Scenario& scenario, const Book& book, const Market& market, Problems& problems)
        : scenario_(scenario), settings_(scenario.settings), book_(book), market_(market), problems_(problems) {
        for (const auto& exporter : book.exporters) {
            if (!exporter.sector.empty()) sectors_.insert(exporter.sector);
        }
    }

    void check() {
        check_contracts();
        check_new_business();
        check_sectors();
        for (std::size_t i = 0; i < settings_.failure.shocks.size(); ++i) check_shock(settings_.failure.shocks[i], i);
    }

  private:
    void check_contracts() {
        const Date start = market_.days.front(), end = market_.days.back();
        const Date latest = start + market_.longest_days;
        std::unordered_map<std::string_view, const Calendar*> calendars;
        for (const auto& pair : market_.pairs) calendars[pair.name] = &pair.calendar;
        for (const auto& contract : book_.contracts) {
            const auto calendar = calendars.find(contract.pair);
            const Date settle = calendar == calendars.end() ? contract.settle_date : calendar->second->modified_following(contract.settle_date);
            if (settle < start) {
                problems_.warning(contract.place, "settle_date",
                                  say("contract {0} settled on {1}, before the start {2}: it is left out", contract.id, settle, start));
            } else if (contract.trade_date > end) {
                problems_.warning(contract.place, "trade_date",
                                  say("contract {0} is dealt on {1}, after the horizon's end {2}: it is left out", contract.id, contract.trade_date, end));
            } else if (settle > latest) {
                problems_.error(contract.place, "settle_date",
                                say("contract {0} settles on {1}, more than {2} years after the horizon's end", contract.id, settle, Market::years_beyond));
            }
        }
    }

    void check_new_business() {
        if (!settings_.new_business) return;
        const auto& business = *settings_.new_business;
        if (book_.exporters.empty()) {
            problems_.error(scenario_.place_of("new_business"), "new_business", say("new business needs firms: give exporters, or contracts that name them"));
        }
        const bool other_pair = std::any_of(business.pairs.begin(), business.pairs.end(), [](const auto& pair) { return pair.first != "USDCNY"; });
        const bool has_usd = std::any_of(market_.pairs.begin(), market_.pairs.end(), [](const auto& pair) { return pair.name == "USDCNY"; });
        if (other_pair && !has_usd) {
            problems_.error(scenario_.place_of("new_business.pairs"), "new_business.pairs", say("new business is counted in USD: market.pairs needs USDCNY"));
        }
        for (const auto& [months, share] : business.tenors) {
            if (months <= 12 * Market::years_beyond - 1) continue;
            problems_.error(scenario_.place_of("new_business.tenors"), "new_business.tenors",
                            say("{0} months are more than {1} years", months, Market::years_beyond));
        }
    }

    void check_sectors() {
        const auto& failure = settings_.failure;
        check_sectors_of(failure.pd, "failure.insolvency.pd");
        check_sectors_of(failure.correlation, "failure.insolvency.correlation");
        check_sectors_of(failure.order_loss_probability, "failure.order_loss.probability");
    }

    void check_sectors_of(const BySector& values, const std::string& key) {
        for (const auto& [sector, value] : values.sectors) {
            if (sectors_.count(sector) > 0) continue;
            auto written = key;
            written.append(".").append(sector);
            warn_of_sector(scenario_.place_of(written), key, sector);
        }
    }

    void warn_of_sector(Place place, const std::string& key, const std::string& sector) {
        const std::vector<std::string> known(sectors_.begin(), sectors_.end());
        const auto meant = nearest_word(sector, known);
        problems_.warning(std::move(place), key,
                          !meant ? say("no firm is in the sector '{0}'", sector) : say("no firm is in the sector '{0}'; did you mean '{1}'?", sector, *meant));
    }

    void check_shock(const Shock& shock, std::size_t number) {
        const auto key = "failure.order_loss.shocks[" + std::to_string(number) + "]";
        if (shock.sector && sectors_.count(*shock.sector) == 0) {
            warn_of_sector(shock.place, key, *shock.sector);
            return;
        }
        const auto hit = [&](const Exporter& exporter) {
            return (!shock.sector || exporter.sector == *shock.sector) && (!shock.us_share_above || exporter.us_share > *shock.us_share_above);
        };
        if (std::none_of(book_.exporters.begin(), book_.exporters.end(), hit)) {
            problems_.warning(shock.place, key, say("the shock matches no firm"));
            return;
        }
        if (shock.from > market_.days.back() || shock.to < market_.days.front()) {
            problems_.warning(shock.place, key, say("the shock lies outside the horizon"));
            return;
        }
        if (settings_.new_business) return;  // whose deals may settle on any day
        std::set<std::string_view> firms;
        for (const auto& exporter : book_.exporters) {
            if (hit(exporter)) firms.insert(exporter.id);
        }
        const bool any = std::any_of(book_.contracts.begin(), book_.contracts.end(), [&](const Contract& contract) {
            return contract.settle_date >= shock.from && contract.settle_date <= shock.to && firms.count(contract.exporter_id) > 0;
        });
        if (!any) problems_.warning(shock.place, key, say("the shock matches no contract"));
    }

    const Scenario& scenario_;
    const Settings& settings_;
    const Book& book_;
    const Market& market_;
    Problems& problems_;
    std::set<std::string> sectors_;
};

}  // namespace

void check_book(const Scenario& scenario, const Book& book, const Market& market, Problems& problems) {
    if (market.days.empty()) return;
    BookCheck(scenario, book, market, problems).check();
    check_plausible_book(scenario, book, market, problems);
}

}  // namespace fxpool
