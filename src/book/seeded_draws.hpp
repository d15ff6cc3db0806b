#pragma once

#include "fxpool/base/random.hpp"

#include <cstdint>

/// Draws that belong to a book, not to a path: they have a seed of their own and are the same on every path (docs/draws.md).
namespace fxpool {

/// Uniform in (0, 1) from the first word of Philox at `counter`.
inline double book_uniform(std::uint64_t seed, std::array<std::uint32_t, 4> counter) {
    const auto words = philox(counter, {static_cast<std::uint32_t>(seed & 0xFFFFFFFFU), static_cast<std::uint32_t>(seed >> 32U)});
    return (words[0] + 0.5) * 0x1p-32;
}

}  // namespace fxpool
