#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/world/world.h"
#include "core/world/worm2d/arena.h"
#include "core/world/worm2d/body.h"
#include "core/world/worm2d/gait.h"
#include "core/world/worm2d/tables.h"

namespace plexarium::worm2d {

/// A muscle (or the pharynx): calcium follows what it is given, activation follows calcium.
struct Muscle {
  double calcium = 0;     ///< >= 0
  double activation = 0;  ///< >= 0; acts up to 1.
};

/// A person's finger.
struct Probe {
  Vector place = Vector::Zero();
  std::int64_t ticks = 0;  ///< For how long it stays; 0: none.
};

/// The worm as a World. Truth: these members; the controller's values are copied in.
class Worm final : public World {
 public:
  explicit Worm(const Controller& controller);

  void configure(const Controller& controller) override;
  void sense(std::span<double> values) const override;
  void act(std::span<const double> amounts) override;
  void step() override;
  Result<void> poke(ArenaPoint place, double seconds) override;
  void save(Controller& controller) const override;
  Result<void> restore(std::string_view state) override;
  void show(WorldView& view) const override;

 private:
  /// A push with what it stems from.
  struct Touch {
    Push push;
    Vector place;
  };

  [[nodiscard]] std::string state() const;
  [[nodiscard]] std::vector<ArenaObject> presentObjects() const;
  [[nodiscard]] double value(std::size_t parameter) const { return parameters_[parameter]; }
  [[nodiscard]] std::vector<Touch> touches() const;
  void senseTouch(std::span<double> values) const;
  void senseFood(std::span<double> values) const;
  void senseStretch(std::span<double> values) const;
  [[nodiscard]] double meanCurvature(double along) const;
  [[nodiscard]] std::vector<double> wantedCurvatures() const;
  void eat();

  std::vector<double> parameters_;
  std::vector<ArenaObject> objects_;
  Arena arena_;
  Body body_;
  std::array<Muscle, effector::Count> muscles_{};
  Probe probe_;
  Gait gait_;
  double foodBefore_ = 0;  ///< Concentration at the head one tick ago.
  double foodNow_ = 0;     ///< Now.
  std::int64_t ticks_ = 0;
  std::vector<Touch> touches_;  ///< Of the present place; derived.
};

}  // namespace plexarium::worm2d
