#include "core/session/run_record.h"

#include <algorithm>
#include <utility>

namespace plexarium {

Result<void> RunRecord::start(const StartRecording& wanted, Simulation& simulation, std::uint32_t branch) {
  if (recording_) return failure("a recording is under way", progress_->file, "Stop it first");
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
  auto made = create(wanted, simulation);
  if (!made) return tl::unexpected(std::move(made.error()));
  recording_ = std::move(*made);
  progress_ = Recorded{wanted.file};
  branch_ = branch;
  followed_ = simulation.tick();
  return {};
}

Result<RunRecord::File> RunRecord::create(const StartRecording& wanted, Simulation& simulation) {
  const auto kept = [](auto&& made) { return File(std::move(made)); };
  const Description& description = simulation.description();
  if (wanted.plan.metrics) return MetricRecorder::create(wanted.file, description, wanted.plan.every).map(kept);
  return Recording::create(wanted.file, description, simulation.graph(), wanted.plan, simulation.tick()).map(kept);
}

Result<void> RunRecord::follow(Simulation& simulation, std::span<const double> metrics, std::uint32_t branch) {
  if (!recording_) return {};
  if (branch != branch_ || simulation.tick() != followed_ + 1) return stop().map([](auto&&) {});
  ++followed_;
  auto* of = std::get_if<MetricRecorder>(&*recording_);
  auto written = of ? of->record(simulation.tick(), metrics) : simulation.record(std::get<Recording>(*recording_));
  if (!written) {
    static_cast<void>(stop());  // the first error says it all
    return written;
  }
  ++progress_->ticks;
  progress_->rows = std::visit([](const auto& file) { return file.rowCount(); }, *recording_);
  return {};
}

Result<Recorded> RunRecord::stop() {
  if (!recording_) return failure("nothing is being recorded");
  auto closed = std::visit([](auto& file) { return file.close(); }, *recording_);
  progress_->rows = std::visit([](const auto& file) { return file.rowCount(); }, *recording_);  // with what was held back
  recording_.reset();
  auto done = *std::exchange(progress_, std::nullopt);
  if (!closed) return tl::unexpected(std::move(closed.error()));
  return done;
}

}  // namespace plexarium
