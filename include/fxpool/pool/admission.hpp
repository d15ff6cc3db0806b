#pragma once

#include "fxpool/pool/terms.hpp"

#include <array>
#include <optional>

/// Whether a new deal may use the pool (docs/rules.md, 5.4).
namespace fxpool::pool {

/// Why a deal is refused, in the order of the tests.
enum class Refusal {
    product,
    notional_cap,
    tenor_cap,
    barred,
    exporter_cap,
    hedge_ratio,
    exporter_concentration,
    group_concentration,
    sector_concentration,
    bank_concentration,
    brake,
    no_room
};
inline constexpr int refusals = 12;
/// As results and traces name them.
inline constexpr std::array<const char*, refusals> refusal_names = {"product",
                                                                    "notional_cap",
                                                                    "tenor_cap",
                                                                    "barred",
                                                                    "exporter_cap",
                                                                    "hedge_ratio",
                                                                    "exporter_concentration",
                                                                    "group_concentration",
                                                                    "sector_concentration",
                                                                    "bank_concentration",
                                                                    "brake",
                                                                    "no_room"};

/// A deal that asks for quota.
struct Request {
    int product = 0;  ///< 0 forward sale, 1 forward purchase, 2 swap
    double usd = 0;   ///< notional in USD at the start's rates
    int tenor_months = 0;
    double usd_today = 0;  ///< notional in USD at today's rates
    double frozen = 0;     ///< quota that it would freeze, CNY
};

/// Where the exporter, its group, sector and bank stand before the deal. CNY unless said.
struct Standing {
    bool barred = false;
    bool grouped = false, in_sector = false;  ///< a firm without a group or a sector is not tested for it
    double exporter_frozen = 0, group_frozen = 0, sector_frozen = 0, bank_frozen = 0;
    double open_usd = 0;             ///< gross, of the exporter's open deals at today's rates
    double annual_receipts_usd = 0;  ///< 0: not known, then the hedge ratio is not tested
    bool brake_red = false, bank_suspended = false;
    double quota = 0;
    double room = 0;  ///< for this bank
};

/// The first test that the deal fails; nothing where it is admitted.
std::optional<Refusal> refusal(const Request& request, const Standing& standing, const AdmissionTerms& terms);

}  // namespace fxpool::pool
