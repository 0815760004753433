#pragma once

#include <compare>
#include <cstdint>

namespace plexarium {

/// One step of a dynamics; counts from 0.
using Tick = std::int64_t;
inline constexpr Tick never = -1;

/// Names a neuron for ever: never reused within a network, also after a removal. 0 names nobody.
struct NeuronId {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(NeuronId, NeuronId) = default;
  explicit constexpr operator bool() const { return value != 0; }
};

/// A link is its ordered pair: at most one link leads from one neuron to another. from == to is a self-link.
struct LinkKey {
  NeuronId from;
  NeuronId to;
  friend constexpr auto operator<=>(LinkKey, LinkKey) = default;
};

enum class Role : std::uint8_t { Sensory, Inter, Motor };

/// Place on the canvas in world units; y points down. A neuron's disc has radius 1 there.
struct Point {
  float x = 0;
  float y = 0;
  friend constexpr bool operator==(Point, Point) = default;
};

}  // namespace plexarium
