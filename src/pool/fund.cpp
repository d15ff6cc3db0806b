#include "fxpool/pool/fund.hpp"

#include <algorithm>

namespace fxpool::pool {

double Fund::cash() const {
    double sum = common.cash;
    for (const auto& part : own) sum += part.cash;
    return sum;
}

double Fund::unpaid() const {
    double sum = common.reserved + waiting;
    for (const auto& part : own) sum += part.reserved;
    return sum;
}

double Fund::available() const {
    double sum = common.available();
    for (const auto& part : own) sum += part.available();
    return sum;
}

double own_share_of_fund(const Terms& terms, BankId bank) { return terms.floor * terms.weight[bank] * terms.fund; }

double common_share_of_fund(const Terms& terms) { return (1 - terms.floor) * terms.fund; }

Fund opening_fund(const Terms& terms) {
    Fund fund;
    for (BankId bank{0}; bank.index() < terms.weight.size(); ++bank) fund.own.push_back({own_share_of_fund(terms, bank), 0});
    fund.common.cash = common_share_of_fund(terms);
    return fund;
}

double add_interest(Fund& fund, double rate, double year_fraction) {
    double sum = 0;
    const auto add = [&](Part& part) {
        const double interest = part.cash * rate * year_fraction;
        part.cash += interest;
        sum += interest;
    };
    for (auto& part : fund.own) add(part);
    add(fund.common);
    return sum;
}

double add_fees(Fund& fund, const Terms& terms, const Table<BankId, double>& frozen_by_bank, double year_fraction) {
    double sum = 0;
    for (BankId bank{0}; bank.index() < frozen_by_bank.size(); ++bank) {
        const double fee = frozen_by_bank[bank] * terms.fee * year_fraction;
        Part& part = terms.layout == Layout::segregated ? fund.own[bank] : fund.common;
        part.cash += fee;
        sum += fee;
    }
    return sum;
}

void add_refill(Fund& fund, const Terms& terms, double amount) {
    const auto lack = [&](const Part& part, double start) {
        return std::max(terms.refill.to * start - (part.cash - part.reserved), 0.0);
    };
    const double common_start = common_share_of_fund(terms);
    // What waits has no part of its own; where there is a common part, that part lacks it.
    double common_lack = terms.layout == Layout::segregated ? 0 : lack(fund.common, common_start) + fund.waiting;
    double sum = common_lack;
    Table<BankId, double> own_lack(fund.own.size(), 0.0);
    for (BankId bank{0}; bank.index() < fund.own.size(); ++bank) {
        own_lack[bank] = lack(fund.own[bank], own_share_of_fund(terms, bank));
        sum += own_lack[bank];
    }
    if (sum <= 0) {  // nobody lacks anything: as the fund was laid out
        common_lack = 1 - terms.floor;
        for (BankId bank{0}; bank.index() < fund.own.size(); ++bank) own_lack[bank] = terms.floor * terms.weight[bank];
        sum = 1;
    }
    for (BankId bank{0}; bank.index() < fund.own.size(); ++bank) fund.own[bank].cash += amount * own_lack[bank] / sum;
    fund.common.cash += amount * common_lack / sum;
}

std::vector<Funding> fund_claims(const Fund& fund, std::span<const double> limbs, std::span<const BankId> banks) {
    Table<BankId, double> asked(fund.own.size(), 0.0);
    for (std::size_t i = 0; i < limbs.size(); ++i) asked[banks[i]] += limbs[i];

    const auto share = [](double available, double wanted) { return wanted > available ? available / wanted : 1.0; };
    Table<BankId, double> own_share(fund.own.size(), 0.0);
    double asked_of_common = 0;
    for (BankId bank{0}; bank.index() < fund.own.size(); ++bank) {
        own_share[bank] = share(fund.own[bank].available(), asked[bank]);
        asked_of_common += asked[bank] * (1 - own_share[bank]);
    }
    const double common_share = share(fund.common.available(), asked_of_common);

    std::vector<Funding> fundings;
    fundings.reserve(limbs.size());
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        Funding funding;
        funding.own = limbs[i] * own_share[banks[i]];
        const double rest = limbs[i] - funding.own;
        funding.common = rest * common_share;
        funding.waiting = rest - funding.common;
        fundings.push_back(funding);
    }
    return fundings;
}

void reserve(Fund& fund, BankId bank, const Funding& funding) {
    fund.own[bank].reserved += funding.own;
    fund.common.reserved += funding.common;
    fund.waiting += funding.waiting;
}

void pay(Fund& fund, BankId bank, double from_own, double from_common) {
    const auto take = [](Part& part, double amount) {
        part.cash -= amount;
        part.reserved = std::max(part.reserved - amount, 0.0);  // a rest of rounding is no reserve
    };
    take(fund.own[bank], from_own);
    take(fund.common, from_common);
}

void clear_reserves(Fund& fund) {
    for (auto& part : fund.own) part.reserved = 0;
    fund.common.reserved = 0;
    fund.waiting = 0;
}

Funding cover_waiting(Fund& fund, BankId bank, double waiting) {
    Funding taken;
    taken.own = std::min(waiting, fund.own[bank].available());
    taken.common = std::min(waiting - taken.own, fund.common.available());
    fund.own[bank].reserved += taken.own;
    fund.common.reserved += taken.common;
    fund.waiting = std::max(fund.waiting - taken.covered(), 0.0);
    taken.waiting = waiting - taken.covered();
    return taken;
}

void add_recovery(Fund& fund, const Terms& terms, BankId bank, double amount, double paid_by_own, double paid_by_common) {
    const double paid = paid_by_own + paid_by_common;
    const double nothing_paid_yet = terms.layout == Layout::segregated ? 1.0 : 0.0;
    const double to_own = paid > 0 ? paid_by_own / paid : nothing_paid_yet;
    fund.own[bank].cash += amount * to_own;
    fund.common.cash += amount * (1 - to_own);
}

}  // namespace fxpool::pool
