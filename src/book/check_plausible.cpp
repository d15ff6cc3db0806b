#include "check_plausible.hpp"

#include "fxpool/market/shipped_rates.hpp"
#include "fxpool/settings/plausible.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace fxpool {
namespace {

std::string rate_text(double rate) { return fmt::format("{:.6g}", rate); }
std::string usd(double value) { return shown(Shown::usd, std::round(value)); }

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Rows of which the same is to be asked: told as one.
struct Asked {
    std::vector<std::pair<Place, Message>> rows;

    void add(const Place& place, Message message) { rows.emplace_back(place, std::move(message)); }
    void tell(const char* column, Problems& problems) const {
        constexpr std::size_t one_by_one = 3;
        if (rows.empty()) return;
        if (rows.size() <= one_by_one) {
            for (const auto& [place, message] : rows) problems.warning(place, column, message);
            return;
        }
        problems.warning(rows[0].first, column,
                         say("{0} (the same of {1} rows, the next in lines {2} and {3})", rows[0].second, rows.size(), rows[1].first.line, rows[2].first.line));
    }
};

class PlausibleBook {
  public:
    PlausibleBook(const Scenario& scenario, const Book& book, const Market& market, Problems& problems)
        : scenario_(scenario), settings_(scenario.settings), book_(book), market_(market), problems_(problems), start_(market.days.front()) {
        for (const auto& pair : market.pairs) pairs_[pair.name] = &pair;
        for (const auto& exporter : book.exporters) exporters_[exporter.id] = &exporter;
        if (const auto usdcny = pairs_.find("USDCNY"); usdcny != pairs_.end()) usd_ = usdcny->second->spot;
        else if (const auto* shipped = shipped_rates("USDCNY")) usd_ = last_known(*shipped, start_)->rate;
        for (const auto& exporter : book.exporters) {
            if (exporter.annual_receipts_usd && *exporter.annual_receipts_usd > 0) receipts_.push_back(*exporter.annual_receipts_usd);
        }
    }

    void check() {
        if (std::holds_alternative<std::filesystem::path>(settings_.exporters)) {
            check_lonely_words(book_.exporters, problems_);
            check_firms();
        }
        check_contract_rates();
        check_dates_and_margins();
        const bool receipts_told = check_receipts();
        check_notionals(receipts_told);
        if (!receipts_told) check_business();
    }

  private:
    Place exporters_file() const { return {std::get<std::filesystem::path>(settings_.exporters).string(), 0, 0}; }

    double in_usd(const Contract& contract) const {
        const auto pair = pairs_.find(contract.pair);
        return pair == pairs_.end() ? contract.notional : contract.notional * pair->second->spot / pair->second->unit / usd_;
    }

    void check_firms() {
        Asked pds;
        std::vector<double> liquidity;
        double largest_share = 0;
        int shares = 0;
        const Exporter* first_with_share = nullptr;
        for (const auto& exporter : book_.exporters) {
            if (exporter.pd && !is_plausible(plausible("pd / 1"), *exporter.pd)) pds.add(exporter.place, ask(plausible("pd / 1"), *exporter.pd));
            if (exporter.liquidity_cny && *exporter.liquidity_cny > 0) liquidity.push_back(*exporter.liquidity_cny);
            if (exporter.us_share <= 0) continue;
            if (first_with_share == nullptr) first_with_share = &exporter;
            largest_share = std::max(largest_share, exporter.us_share);
            ++shares;
        }
        pds.tell("pd", problems_);
        constexpr int enough = 3;
        const auto& share_range = plausible("largest us_share / 1");
        if (shares >= enough && !is_plausible(share_range, largest_share))
            problems_.warning(first_with_share->place, "us_share", ask(share_range, largest_share));
        const auto& liquidity_range = plausible("median liquidity / 1");
        if (std::ssize(liquidity) >= enough && !is_plausible(liquidity_range, median(liquidity)))
            problems_.warning(exporters_file(), "liquidity_cny", ask(liquidity_range, median(liquidity)));
    }

    /// Forwards that the bank may have dealt at: from the rate of the trade date where it is known, and from the scenario's own spot.
    void check_contract_rates() {
        const auto& range = plausible("contract_rate / forward");
        Asked asked;
        for (const auto& contract : book_.contracts) {
            const auto found = pairs_.find(contract.pair);
            if (found == pairs_.end() || found->second->forward_factor.empty()) continue;
            const auto& pair = *found->second;
            const int last = static_cast<int>(pair.forward_factor.size()) - 1;
            const auto factor = [&](int days) { return pair.forward_factor[static_cast<std::size_t>(std::clamp(days, 0, last))]; };
            const double from_spot = pair.spot * factor(contract.settle_date - std::max(start_, contract.trade_date));
            if (is_plausible(range, contract.contract_rate / from_spot)) continue;
            double forward = from_spot;
            constexpr int near_days = 30;
            if (const auto* shipped = shipped_rates(contract.pair); shipped != nullptr && contract.trade_date < start_) {
                const auto known = last_known(*shipped, contract.trade_date);
                if (known && known->days_off <= near_days) forward = known->rate * factor(contract.settle_date - contract.trade_date);
            }
            if (is_plausible(range, contract.contract_rate / forward)) continue;
            const auto meant = meant_rate(contract.contract_rate, forward);
            const auto rate = rate_text(contract.contract_rate), beside = rate_text(forward);
            asked.add(contract.place, meant ? say("a contract rate of {0} beside a forward of {1}; did you mean {2}?", rate, beside, rate_text(*meant))
                                            : say("a contract rate of {0} beside a forward of {1}: is it CNY per unit (JPY: per 100)?", rate, beside));
        }
        asked.tell("contract_rate", problems_);
    }

    static std::optional<double> meant_rate(double rate, double forward) {
        std::optional<double> meant;
        const auto off = [&](double candidate) { return std::abs(std::log(candidate / forward)); };
        for (const double candidate :
             {rate / 100, rate * 100, rate / 10, rate * 10, rate / 1000, rate * 1000, rate / 1e4, rate * 1e4, 1 / rate, 100 / rate, 1e4 / rate}) {
            if (off(candidate) < 0.2 && (!meant || off(candidate) < off(*meant))) meant = candidate;
        }
        return meant;
    }

    void check_dates_and_margins() {
        const auto& settled = plausible("settle_date / start");
        const auto& traded = plausible("start / trade_date");
        const auto& margins = plausible("margin_rate / 1");
        Asked late, early, rates;
        for (const auto& contract : book_.contracts) {
            if (contract.settle_date > start_ + market_.longest_days || contract.settle_date < start_) continue;  // told by check_book()
            if (!is_plausible(settled, contract.settle_date - start_))
                late.add(contract.place, say("{0} is more than five years after the start {1}: a wrong year?", contract.settle_date, start_));
            if (!is_plausible(traded, start_ - contract.trade_date))
                early.add(contract.place, say("{0} is more than five years before the start {1}: a wrong year?", contract.trade_date, start_));
            if (contract.margin_rate && !is_plausible(margins, *contract.margin_rate)) rates.add(contract.place, ask(margins, *contract.margin_rate));
        }
        late.tell("settle_date", problems_);
        early.tell("trade_date", problems_);
        rates.tell("margin_rate", problems_);
    }

    /// Receipts that are in 万美元, or so small that they bind nearly every deal. True where that is told.
    bool check_receipts() {
        constexpr std::size_t enough = 3;
        if (!std::holds_alternative<std::filesystem::path>(settings_.exporters) || receipts_.size() < enough) return false;
        const double half = median(receipts_);
        if (!is_plausible(plausible("median receipts / 1"), half)) {
            problems_.warning(
                exporters_file(), "annual_receipts_usd",
                say("half of the firms receive {0} a year or less: are the receipts in 万美元? Then write {1} for {2}", usd(half), usd(half * 1e4), usd(half)));
            return true;
        }
        std::vector<double> ratios;
        const double cap = settings_.pool.hedge_ratio_cap;
        int above = 0;
        for (const auto& contract : book_.contracts) {
            const auto firm = exporters_.find(contract.exporter_id);
            if (firm == exporters_.end() || firm->second->annual_receipts_usd.value_or(0) <= 0) continue;
            ratios.push_back(in_usd(contract) / *firm->second->annual_receipts_usd);
            above += ratios.back() > cap;
        }
        constexpr std::size_t enough_contracts = 5;
        const auto& range = plausible("contracts above the hedge ratio / contracts");
        if (ratios.size() >= enough_contracts && !is_plausible(range, above / static_cast<double>(ratios.size()))) {
            const double ratio = median(ratios);
            problems_.warning(exporters_file(), "annual_receipts_usd",
                              say("{0} of {1} contracts are larger than the hedge ratio's cap allows the firm for all its deals (half of them {2} times its "
                                  "receipts or more): are "
                                  "the receipts in 万美元, or are the notionals in another unit?",
                                  above, ratios.size(), fmt::format("{:.3g}", ratio)));
            return true;
        }
        if (settings_.new_business && std::isfinite(cap) && settings_.new_business->deal_mean_usd > cap * half) {
            problems_.warning(
                exporters_file(), "annual_receipts_usd",
                say("half of the firms receive {0} a year or less, a mean deal is {1}: the hedge ratio's cap refuses most; are the receipts in 万美元?",
                    usd(half), usd(settings_.new_business->deal_mean_usd)));
            return true;
        }
        return false;
    }

    void check_notionals(bool receipts_told) {
        if (book_.contracts.empty()) return;
        std::vector<double> notionals;
        for (const auto& contract : book_.contracts) notionals.push_back(in_usd(contract));
        const double half = median(notionals);
        const auto& range = plausible("median notional / 1");
        if (!is_plausible(range, half)) {
            const auto meant = probably_meant(range, half);
            const Place place{settings_.contracts->string(), 0, 0};
            problems_.warning(place, "notional",
                              meant ? say("half of the deals are {0} or less; usual are {1} to {2}: is the notional in another unit ({3} would be)?", usd(half),
                                          usd(range.low), usd(range.high), usd(*meant))
                                    : say("half of the deals are {0} or less; usual are {1} to {2}: is the notional in another unit?", usd(half),
                                          usd(range.low), usd(range.high)));
            return;
        }
        Asked asked;
        constexpr std::size_t enough = 5;
        for (std::size_t i = 0; i < notionals.size(); ++i) {
            const auto& contract = book_.contracts[i];
            const auto firm = exporters_.find(contract.exporter_id);
            const double receipts = firm == exporters_.end() ? 0 : firm->second->annual_receipts_usd.value_or(0);
            if (receipts > 0) {
                if (!receipts_told && !is_plausible(plausible("notional / receipts"), notionals[i] / receipts))
                    asked.add(contract.place, say("{0} is more than the firm receives in a year ({1}): a wrong unit?", usd(notionals[i]), usd(receipts)));
            } else if (notionals.size() >= enough && notionals[i] > settings_.pool.deal_cap_usd &&
                       !is_plausible(plausible("notional / median of the file"), notionals[i] / half)) {
                asked.add(contract.place, say("{0} beside a median of {1} in the file: a wrong unit?", usd(notionals[i]), usd(half)));
            }
        }
        asked.tell("notional", problems_);
    }

    void check_business() {
        if (!settings_.new_business || book_.exporters.empty()) return;
        const auto& business = *settings_.new_business;
        const auto firms = static_cast<double>(book_.exporters.size());
        const auto& deals = plausible("deals a firm / year");
        const double number = 12 * business.monthly_usd / std::max(1.0, business.deal_mean_usd) / firms;
        const auto tell = [&](const Message& message) {
            const std::string key = "new_business.monthly_usd";
            const bool told = std::any_of(problems_.list().begin(), problems_.list().end(), [](const Problem& problem) {
                return problem.severity == Severity::warning &&
                       (problem.subject.starts_with("new_business") || problem.subject.starts_with("exporters.synthetic"));
            });
            if (!told) problems_.warning(scenario_.place_of(key), key, message);
        };
        double sum = 0;
        for (const double receipts : receipts_) sum += receipts;
        const double year = 12 * business.monthly_usd;
        constexpr int enough_firms = 3;  // of one or two firms nothing is usual
        if (sum > 0 && receipts_.size() == book_.exporters.size() && !is_plausible(plausible("business / receipts"), year / sum)) {
            tell(say("{0} of business a year is more than {1} firms receive ({2}): is a unit wrong, or the number of firms?", usd(year), book_.exporters.size(),
                     usd(sum)));
        } else if (std::ssize(book_.exporters) >= enough_firms && !is_plausible(deals, number)) {
            tell(say("{0} firms would ask for {1} deals each a year: is a unit wrong in monthly_usd or in deal_usd, or the number of firms?",
                     book_.exporters.size(), fmt::format("{:.0f}", number)));
        }
    }

    const Scenario& scenario_;
    const Settings& settings_;
    const Book& book_;
    const Market& market_;
    Problems& problems_;
    Date start_;
    std::unordered_map<std::string_view, const PairMarket*> pairs_;
    std::unordered_map<std::string_view, const Exporter*> exporters_;
    std::vector<double> receipts_;  ///< USD a year, of the firms that give them
    double usd_ = 7;
};

}  // namespace

void check_plausible_book(const Scenario& scenario, const Book& book, const Market& market, Problems& problems) {
    PlausibleBook(scenario, book, market, problems).check();
}

}  // namespace fxpool
