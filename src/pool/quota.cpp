#include "fxpool/pool/quota.hpp"

#include <algorithm>

namespace fxpool::pool {

QuotaBase quota_base(const Fund& fund, const Terms& terms) {
    QuotaBase base;
    base.total = terms.quota_fixed ? terms.fund : fund.available();
    base.common = terms.quota_fixed ? common_share_of_fund(terms) : fund.common.available();
    for (BankId bank{0}; bank.index() < fund.own.size(); ++bank) {
        base.own.push_back(terms.quota_fixed ? own_share_of_fund(terms, bank) : fund.own[bank].available());
    }
    return base;
}

double quota(const QuotaBase& base, double multiple) { return multiple * base.total; }

double room(const QuotaBase& base, double multiple, const Table<BankId, double>& frozen_by_bank, BankId bank) {
    const auto own_room = [&](BankId b) { return std::max(multiple * base.own[b] - frozen_by_bank[b], 0.0); };
    double overhang = 0;  // what the banks have frozen beyond their own parts rests on the common part
    for (BankId b{0}; b.index() < base.own.size(); ++b) overhang += std::max(frozen_by_bank[b] - multiple * base.own[b], 0.0);
    return own_room(bank) + std::max(multiple * base.common - overhang, 0.0);
}

double utilisation(double frozen, double quota) {
    if (frozen <= 0) return 0;
    return quota > 0 ? std::min(frozen / quota, 1.0) : 1;
}

}  // namespace fxpool::pool
