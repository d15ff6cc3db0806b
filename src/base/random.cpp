#include "fxpool/base/random.hpp"

#include <Random123/philox.h>

#include <boost/math/special_functions/erf.hpp>

#include <cmath>
#include <numbers>

namespace fxpool {
namespace {

// Double precision inside Boost.Math, too: long double would be several times slower for digits that a 32-bit uniform does not have.
using Fast = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    const r123::Philox4x32::ctr_type c = {{counter[0], counter[1], counter[2], counter[3]}};
    const r123::Philox4x32::key_type k = {{key[0], key[1]}};
    const auto words = r123::Philox4x32{}(c, k);
    return {words[0], words[1], words[2], words[3]};
}

double Draws::uniform(Purpose purpose, std::uint64_t id) const {
    const auto group = static_cast<std::uint64_t>(path_) / 4;
    const auto low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x & 0xFFFFFFFFU); };
    const auto high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32U); };
    const auto words = philox({low(group), (high(group) << 16U) | static_cast<std::uint32_t>(purpose), low(id), high(id)}, {low(seed_), high(seed_)});
    return (words[static_cast<std::uint64_t>(path_) % 4] + 0.5) * 0x1p-32;
}

double Draws::normal(Purpose purpose, std::uint64_t id) const { return normal_quantile(uniform(purpose, id)); }

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

double normal_quantile(double p) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p, Fast{}); }

}  // namespace fxpool
