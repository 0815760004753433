#include "core/session/run_record.h"

#include <algorithm>
#include <utility>

namespace plexarium {

Result<void> RunRecord::start(const StartRecording& wanted, Simulation& simulation, std::uint32_t branch) {
  if (progress_) return failure("a recording is under way", progress_->file, "Stop it first");
  const auto fit = [](const std::vector<std::size_t>& chosen, const std::vector<Field>& fields) {
    return std::ranges::all_of(chosen, [&](std::size_t field) { return field < fields.size(); });
  };
  const Description& description = simulation.description();
  const bool known =
      fit(wanted.plan.fields, description.neuronFields) && fit(wanted.plan.linkFields, description.linkFields);
  if (!known || wanted.plan.every < 1) {
    return failure("the plan of the recording does not fit the network", wanted.file,
                   "Choose fields that it has, and at least one tick between samples");
  }
  if (auto opened = open(wanted, simulation); !opened) return opened;
  progress_ = Recorded{wanted.file};
  branch_ = branch;
  followed_ = simulation.tick();
  return {};
}

Result<void> RunRecord::open(const StartRecording& wanted, Simulation& simulation) {
  const auto keep = [this](auto made) -> Result<void> {
    if (!made) return tl::unexpected(std::move(made.error()));
    recording_ = std::move(*made);
    return {};
  };
  const auto& [file, plan] = wanted;
  const Description& description = simulation.description();
  if (plan.metrics) return keep(MetricRecorder::create(file, description, plan.every));
  return keep(Recording::create(file, description, simulation.graph(), plan, simulation.tick()));
}

Result<void> RunRecord::follow(Simulation& simulation, std::span<const double> metrics, std::uint32_t branch) {
  if (!progress_) return {};
  if (branch != branch_ || simulation.tick() != followed_ + 1) return stop().map([](auto&&) {});
  ++followed_;
  auto written = write(simulation, metrics);
  if (!written) {
    static_cast<void>(stop());  // the first error says it all
    return tl::unexpected(std::move(written.error()));
  }
  ++progress_->ticks;
  progress_->rows = *written;
  return {};
}

/// How many rows there are now.
Result<std::size_t> RunRecord::write(Simulation& simulation, std::span<const double> metrics) {
  if (auto* of = std::get_if<MetricRecorder>(&recording_))
    return of->record(simulation.tick(), metrics).map([of] { return of->rowCount(); });
  auto& recording = std::get<Recording>(recording_);
  return simulation.record(recording).map([&recording] { return recording.rowCount(); });
}

Result<Recorded> RunRecord::stop() {
  if (!progress_) return failure("nothing is being recorded");
  auto done = *std::exchange(progress_, std::nullopt);
  Result<void> closed;
  if (auto* of = std::get_if<MetricRecorder>(&recording_)) {
    closed = of->close();
    done.rows = of->rowCount();  // with the rest of fewer ticks
  } else {
    closed = std::get<Recording>(recording_).close();
  }
  recording_ = std::monostate();
  if (!closed) return tl::unexpected(std::move(closed.error()));
  return done;
}

}  // namespace plexarium
