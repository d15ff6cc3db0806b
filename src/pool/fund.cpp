#include "fxpool/pool/fund.hpp"

#include <algorithm>

namespace fxpool::pool {

double Fund::cash() const {
    double sum = common.cash;
    for (const auto& part : own) sum += part.cash;
    return sum;
}

double Fund::unpaid() const {
    double sum = common.reserved + waiting_in_all();
    for (const auto& part : own) sum += part.reserved;
    return sum;
}

double Fund::waiting_in_all() const {
    double sum = 0;
    for (const double part : waiting) sum += part;
    return sum;
}

double Fund::available() const { return std::max(cash() - unpaid(), 0.0); }

double own_share_of_fund(const Terms& terms, BankId bank) { return terms.floor * terms.weight[bank] * terms.fund; }

double common_share_of_fund(const Terms& terms) { return (1 - terms.floor) * terms.fund; }

Fund opening_fund(const Terms& terms) {
    Fund fund;
    for (BankId bank{0}; bank.index() < terms.weight.size(); ++bank) fund.own.push_back({own_share_of_fund(terms, bank), 0});
    fund.common.cash = common_share_of_fund(terms);
    fund.waiting.assign(terms.weight.size(), 0);
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
    const auto lack = [&](const Part& part, double start, double waiting) {
        return std::max(terms.refill.to * start - (part.cash - part.reserved - waiting), 0.0);
    };
    // What waits is lacking where it will be paid from: the bank's own part where segregated, else the common part.
    const bool apart = terms.layout == Layout::segregated;
    double common_lack = apart ? 0 : lack(fund.common, common_share_of_fund(terms), fund.waiting_in_all());
    double sum = common_lack;
    Table<BankId, double> own_lack(fund.own.size(), 0.0);
    for (BankId bank{0}; bank.index() < fund.own.size(); ++bank) {
        own_lack[bank] = lack(fund.own[bank], own_share_of_fund(terms, bank), apart ? fund.waiting[bank] : 0);
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
    fund.waiting[bank] += funding.waiting;
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
    for (auto& part : fund.waiting) part = 0;
}

Funding cover_waiting(Fund& fund, BankId bank, double waiting) {
    Funding taken;
    taken.own = std::min(waiting, fund.own[bank].available());
    taken.common = std::min(waiting - taken.own, fund.common.available());
    fund.own[bank].reserved += taken.own;
    fund.common.reserved += taken.common;
    fund.waiting[bank] = std::max(fund.waiting[bank] - taken.covered(), 0.0);
    taken.waiting = waiting - taken.covered();
    return taken;
}

void add_recovery(Fund& fund, const Terms& terms, BankId bank, double amount, double from_own, double from_common) {
    const double funded = from_own + from_common;
    const double all_waits = terms.layout == Layout::segregated ? 1.0 : 0.0;
    const double to_own = funded > 0 ? from_own / funded : all_waits;
    fund.own[bank].cash += amount * to_own;
    fund.common.cash += amount * (1 - to_own);
}

}  // namespace fxpool::pool
