#pragma once

#include "fxpool/base/random.hpp"

#include <span>

namespace fxpool {

/// What a model's step draws on one path: the shocks of its rate, and draws of its own by (purpose, place, index).
class StepDraws {
  public:
    /// `shocks[t]`: standard normal of day t, correlated between the pairs as the scenario says.
    StepDraws(const Draws& draws, std::span<const double> shocks) : draws_(draws), shocks_(shocks) {}

    double shock(int day) const { return shocks_[static_cast<std::size_t>(day)]; }
    double uniform(Purpose purpose, std::int32_t place, std::uint32_t index) const { return draws_.uniform(purpose, id(place, index)); }
    double normal(Purpose purpose, std::int32_t place, std::uint32_t index) const { return draws_.normal(purpose, id(place, index)); }

    static constexpr std::uint64_t id(std::int32_t place, std::uint32_t index) { return static_cast<std::uint64_t>(place) << 32U | index; }

  private:
    const Draws& draws_;
    std::span<const double> shocks_;
};

}  // namespace fxpool
