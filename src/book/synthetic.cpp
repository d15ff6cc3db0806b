#include "fxpool/book/book.hpp"
#include "seeded_draws.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace fxpool {
namespace {

/// "SYN", the third word of the counters of synthetic firms.
constexpr std::uint32_t synthetic_tag = 0x53594e00;

enum class FirmDraw : std::uint32_t { sector, size, us_share };

double firm_uniform(std::uint64_t seed, int firm, FirmDraw draw) {
    return book_uniform(seed, {static_cast<std::uint32_t>(firm), static_cast<std::uint32_t>(draw), synthetic_tag, 0});
}

/// The sector at `u` of the shares' sum, sectors in order of name.
std::string sector_at(double u, const std::map<std::string, double>& shares) {
    double sum = 0;
    for (const auto& [sector, share] : shares) {
        sum += share;
        if (u < sum) return sector;
    }
    return shares.empty() ? std::string() : shares.rbegin()->first;  // rounding: the shares' sum is a hair below 1
}

// Double precision inside Boost.Math, too: a 32-bit uniform has no more digits.
using Fast = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// Beta(2m, 2 - 2m), which has mean m; the constants 0 and 1 at its ends.
double us_share_at(double u, double mean) {
    if (mean <= 0) return 0;
    if (mean >= 1) return 1;
    return boost::math::ibeta_inv(2 * mean, 2 - 2 * mean, u, Fast{});
}

/// F0001 ... F9999, F10000, ... : the id does not depend on the number of firms, for a firm's draws hang on it.
std::string firm_id(int firm) {
    const auto number = std::to_string(firm);
    return "F" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

}  // namespace

std::vector<Exporter> synthetic_exporters(const SyntheticSettings& settings) {
    std::vector<Exporter> exporters;
    for (int firm = 1; firm <= settings.count; ++firm) {
        Exporter exporter;
        exporter.id = firm_id(firm);
        exporter.sector = sector_at(firm_uniform(settings.seed, firm, FirmDraw::sector), settings.sectors);
        const double u = firm_uniform(settings.seed, firm, FirmDraw::size);
        exporter.annual_receipts_usd = settings.minimum_usd * std::pow(u, -1 / settings.pareto);
        const auto mean = settings.us_share.find(exporter.sector);
        if (mean != settings.us_share.end()) {
            exporter.us_share = us_share_at(firm_uniform(settings.seed, firm, FirmDraw::us_share), mean->second);
        }
        exporters.push_back(std::move(exporter));
    }
    return exporters;
}

}  // namespace fxpool
