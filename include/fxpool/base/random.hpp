#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// Draws as functions of (seed, path, purpose, id): no generator, no state, so that any path can be walked alone and adding a firm
/// changes no other's luck (docs/rules.md, 2.5). By Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11).
namespace fxpool {

/// What a draw is for. The numbers are part of the results: changing one changes every figure.
enum class Purpose : std::uint16_t {
    rate = 1,               ///< id: pair's place << 32 | day
    common_factor = 2,      ///< Z; id 0
    sector_factor = 3,      ///< Y_s; id: hash of the sector's name
    firm_factor = 4,        ///< epsilon_j; id: hash of the exporter's id
    strategic = 5,          ///< id: exporter
    order_loss = 6,         ///< id: contract
    order_loss_rolled = 7,  ///< the same when a rolled contract falls due again
    absorb = 8,             ///< id: contract
    absorb_rolled = 9,
    late = 10,             ///< id: contract
    meet_call = 11,        ///< id: set, mixed with the day
    reject_contract = 12,  ///< a claim of one contract; id: contract
    reject_set = 13,       ///< a claim of a netted set; id: set, mixed with the day
    lag_contract = 14,     ///< recovery lag, as for rejection
    lag_set = 15,
    variance = 16,       ///< heston's variance, | piece << 24 over a long holiday; id of this and of all below: pair's place << 32 | day, unless said
    jump_count = 17,     ///< merton: how many jumps
    jump_size = 18,      ///< merton: their sum
    chain = 19,          ///< regime: the first state, then two a change: how long, and where to; id: place << 32 | number
    block = 20,          ///< bootstrap: whether a new block begins
    row = 21,            ///< bootstrap: its first row
    mixing = 22,         ///< student residuals: id: place << 32 | try << 24 | day
    mixing_accept = 23,  ///< whether that try is taken
};

/// 64-bit FNV-1a: the number of a firm, contract or sector in its draws.
constexpr std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    return hash;
}

/// The number of something that may happen on several days.
constexpr std::uint64_t on_day(std::uint64_t id, std::int32_t day) { return id ^ (static_cast<std::uint64_t>(day) + 1) * 0x9E3779B97F4A7C15ULL; }

/// Numbers of paths that no run reaches: pilot paths are counted from here, calibration's own from the second.
inline constexpr std::int64_t first_pilot_path = std::int64_t{1} << 48;
inline constexpr std::int64_t first_calibration_path = std::int64_t{1} << 49;

/// The draws of one path.
class Draws {
  public:
    Draws(std::uint64_t seed, std::int64_t path) : seed_(seed), path_(path) {}

    /// Uniform in (0, 1), on the grid (k + 1/2)/2^32. The four words of a Philox call serve four consecutive paths.
    double uniform(Purpose purpose, std::uint64_t id) const;
    /// Standard normal, by inversion of uniform().
    double normal(Purpose purpose, std::uint64_t id) const;

  private:
    std::uint64_t seed_;
    std::int64_t path_;
};

/// One call of Philox4x32-10.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// The standard normal distribution function and its inverse.
double normal_cdf(double x);
double normal_quantile(double p);

}  // namespace fxpool
