#pragma once

#include "fxpool/base/random.hpp"
#include "fxpool/engine/prepared.hpp"
#include "fxpool/pool/failure.hpp"

#include <cmath>
#include <map>
#include <string>
#include <utility>

/// Prepared input made by hand, so that the engine can be tested against arithmetic: every calendar day is a business day, rates are flat.
namespace fxpool::testing {

class BookMaker {
  public:
    /// `days` business days, day 0 being 2026-01-01 (day 365 is 2027-01-01).
    explicit BookMaker(int days, double cny_rate = 0, double foreign_rate = 0) : cny_rate_(cny_rate) {
        constexpr std::int32_t start = 20454;  // 2026-01-01
        constexpr int reach = 4000;
        for (int day = 0; day < days; ++day) {
            book.serial.push_back(start + day);
            book.dt.push_back(day == 0 ? 0 : 1 / 365.0);
            book.year.push_back(2026 + day / 365);
            book.day_from.push_back(day);
            book.recovery_lag_days.push_back(365);
        }
        for (int n = 0; n <= reach; ++n) book.discount.push_back(std::exp(-cny_rate * n / 365));
        book.ladder.rates = {0.05};
        book.seed = 20250325;
        book.paths = 1000;
        book.reference = pair("USDCNY", 7.0, foreign_rate);
        book.usd = book.reference;
        book.terms.fund = 1e9;
        book.terms.claims = {.pool_share = 0.8, .cap_multiple = pool::none};
        book.terms.recovery.rate = 0;
        bank("ICBC", 1);
    }

    PairId pair(const std::string& name, double spot, double foreign_rate = 0) {
        PairTerms terms;
        terms.name = name;
        terms.spot = spot;
        for (std::size_t n = 0; n < book.discount.size(); ++n) {
            terms.forward_factor.push_back(std::exp((cny_rate_ - foreign_rate) * static_cast<double>(n) / 365));
        }
        terms.moves.drift.assign(static_cast<std::size_t>(book.days()), 0);
        terms.moves.volatility.assign(static_cast<std::size_t>(book.days()), 0);
        for (int day = 0; day < book.days(); ++day) terms.rolled_to.push_back(book.serial[DayIndex{0}] + day + 90);
        book.pairs.push_back(terms);
        correlate(0);
        return PairId{book.pairs.size() - 1};
    }
    /// The same correlation between all pairs (two at most).
    void correlate(double rho) {
        const auto n = book.pairs.size();
        book.correlation_root.assign(n * n, 0);
        for (std::size_t i = 0; i < n; ++i) book.correlation_root[i * n + i] = 1;
        if (n == 2) {
            book.correlation_root[2] = rho;
            book.correlation_root[3] = std::sqrt(1 - rho * rho);
        }
    }
    /// gbm: E[S(t)] = S(0) exp(drift t).
    void gbm(double volatility, double drift = 0, PairId pair = PairId{0}) {
        for (DayIndex day{1}; day <= book.last_day(); ++day) {
            const double dt = book.dt[day];
            book.pairs[pair].moves.drift[day.index()] = (drift - volatility * volatility / 2) * dt;
            book.pairs[pair].moves.volatility[day.index()] = volatility * std::sqrt(dt);
        }
    }
    /// Any rate model; moves of a made-up history for those that draw from one.
    void model(const Model& model, PairId pair = PairId{0}) {
        ModelGrid grid;
        grid.place = pair.value();
        const Draws draws(99, 0);
        for (DayIndex day{0}; day <= book.last_day(); ++day) {
            grid.days.push_back(Date{book.serial[day]});
            grid.dt.push_back(book.dt[day]);
            const auto n = static_cast<std::size_t>(book.serial[day] - book.serial[DayIndex{0}]);
            const auto& forward = book.pairs[pair].forward_factor;
            grid.carry.push_back(n == 0 ? 0 : std::log(forward[n] / forward[n - 1]));
        }
        for (std::uint64_t i = 0; i < 300; ++i) grid.history.push_back(0.006 * draws.normal(Purpose::rate, i));
        grid.history_dt = 1.0 / 365;
        book.pairs[pair].moves = move_terms(model, grid);
    }
    /// A sure rate: log-linear from the spot to `to` on day `by`, flat after it.
    void ramp(double to, int by, PairId pair = PairId{0}) {
        auto& terms = book.pairs[pair];
        for (DayIndex day{1}; day <= book.last_day(); ++day) terms.moves.drift[day.index()] = day.value() <= by ? std::log(to / terms.spot) / by : 0;
    }

    BankId bank(const std::string& name, double weight) {
        if (book.banks.size() == 1 && book.banks[BankId{0}] == name) return BankId{0};
        book.banks.push_back(name);
        book.terms.weight.push_back(weight);
        return BankId{book.banks.size() - 1};
    }
    ExporterId exporter(const std::string& id, double pd = 0, double correlation = 0, double order_loss = 0) {
        ExporterTerms terms;
        terms.id = id;
        terms.hash = hash_of(id);
        terms.hazard = pool::hazard(pd);
        terms.correlation = correlation;
        terms.order_loss = order_loss;
        book.exporters.push_back(terms);
        return ExporterId{book.exporters.size() - 1};
    }
    /// On the books from the start; settles on `settle` (a day; beyond the horizon: alive at its end).
    ContractId contract(ExporterId exporter, double notional, double rate, int settle, double side = 1, BankId bank = BankId{0}, double margin_rate = 0.05,
                        PairId pair = PairId{0}) {
        DealTerms deal;
        deal.id = "C" + std::to_string(book.deals.size());
        deal.hash = hash_of(deal.id);
        deal.exporter = exporter;
        deal.bank = bank;
        deal.pair = pair;
        deal.side = side;
        deal.product = side > 0 ? 0 : 1;
        deal.notional = notional;
        deal.units = notional / book.pairs[pair].unit;
        deal.usd = deal.units;
        deal.contract_rate = rate;
        deal.margin_rate = margin_rate;
        deal.settle_serial = book.serial[DayIndex{0}] + settle;
        if (settle < book.days()) deal.settle_day = DayIndex{settle};
        deal.tenor_months = (settle + 29) / 30;
        book.deals.push_back(deal);
        return ContractId{book.deals.size() - 1};
    }
    /// Numbers the (exporter, bank) sets; to be called last.
    const Prepared& ready() {
        std::map<std::pair<ExporterId, BankId>, SetId> sets;
        for (const auto& deal : book.deals) sets.try_emplace({deal.exporter, deal.bank});
        book.sets.clear();
        for (auto& [couple, id] : sets) {
            id = book.sets.next();
            book.sets.push_back({couple.first, couple.second, hash_of(book.exporters[couple.first].id + "|" + book.banks[couple.second])});
        }
        for (auto& deal : book.deals) deal.set = sets.at({deal.exporter, deal.bank});
        return book;
    }

    Prepared book;

  private:
    double cny_rate_;
};

}  // namespace fxpool::testing
