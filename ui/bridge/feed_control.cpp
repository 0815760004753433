#include "ui/bridge/feed_control.h"

#include <algorithm>
#include <utility>

#include "core/denormals.h"
#include "core/session/trainer.h"

namespace plexarium::ui {
namespace {

constexpr std::uint64_t progressSteps = 100;

/// Samples of the same data in the same order: the place in one stream is one in the other.
bool sameStream(const FeedPlan& a, const FeedPlan& b) {
  return a.source == b.source && a.split == b.split && a.order == b.order && a.seed == b.seed;
}

/// The feed whose stream `plan` goes on with: the one in its place, else another one, since those before it may be gone.
const Feed* goneBefore(const FeedPlan& plan, std::size_t number, const Feeding* before) {
  if (before == nullptr) return nullptr;
  const auto olds = before->feeder().feeds();
  if (number < olds.size() && sameStream(olds[number].plan(), plan)) return &olds[number];
  const auto found = std::ranges::find_if(
      olds, [&](const Feed& old) { return old.plan().name == plan.name && sameStream(old.plan(), plan); });
  return found == olds.end() ? nullptr : &*found;
}

/// Worker thread.
Result<std::string> feedsOf(const std::vector<FeedPlan>& plans, const Feeding* before, const Description& description,
                            DataShelf& shelf, std::vector<DatasetPointer>& open) {
  std::vector<Feed> feeds;
  for (const auto& plan : plans) {
    auto data = shelf.open(plan.source);
    if (!data) return tl::unexpected(data.error());
    open.push_back(*data);
    auto feed = Feed::create(plan, std::move(*data), description);
    if (!feed) return tl::unexpected(feed.error());
    feeds.push_back(std::move(*feed));
    const auto* const old = goneBefore(plan, feeds.size() - 1, before);
    if (old == nullptr) continue;
    const auto place = JsonTree::parse(old->state(), "place");
    if (!place) return tl::unexpected(place.error());
    if (auto restored = feeds.back().restore(place->root(), "place"); !restored) return tl::unexpected(restored.error());
  }
  return feeds.empty() ? std::string() : Feeder(std::move(feeds)).write();
}

/// The part that was kept for the result.
Part partOf(const Feeder& feeder) {
  const bool kept = std::ranges::any_of(feeder.feeds(), [](const Feed& feed) { return feed.size(Part::Test) > 0; });
  return kept ? Part::Test : Part::Validation;
}

/// Worker thread. Nothing where it was cancelled.
Result<std::optional<ExamResult>> examineCopy(const DynamicsEntry& entry, const Model& model,
                                              std::shared_ptr<DataShelf> shelf, std::size_t samples,
                                              const std::function<bool(double)>& goesOn) {
  const FlushDenormals flush;
  auto simulation = Simulation::create(entry, model, std::move(shelf));
  if (!simulation) return tl::unexpected(simulation.error());
  const auto& feeding = (*simulation)->feeding();
  if (feeding.problem()) return tl::unexpected(*feeding.problem());
  const auto part = partOf(feeding.feeder());
  std::size_t most = 0;
  for (const auto& feed : feeding.feeder().feeds()) most = std::max(most, feed.size(part));
  if (samples == 0 || samples > most) samples = most;
  const auto told = [&] {
    std::uint64_t shown = 0;
    for (const auto& feed : feeding.feeder().feeds()) shown = std::max(shown, feed.samplesShown(part));
    return goesOn(static_cast<double>(shown) / static_cast<double>(samples));
  };
  const auto complete = test(**simulation, part, samples, told);
  if (!complete) return tl::unexpected(complete.error());
  if (!*complete) return std::nullopt;
  ExamResult result{model.tick, part, {}};
  for (const auto& feed : feeding.feeder().feeds()) {
    for (std::size_t k = 0; k < feed.plan().outputs.size(); ++k) result.scores.push_back(feed.score(k, part));
  }
  return result;
}

}  // namespace

bool takesPart(const Feeder& feeder, std::size_t feed) {
  const auto feeds = feeder.feeds();
  const auto shown = [](const Feed& one) { return one.holds(); };
  const auto tested = [](const Feed& one) { return one.testing().has_value(); };
  if (std::ranges::any_of(feeds, shown)) return feeder.on() && shown(feeds[feed]);
  if (std::ranges::any_of(feeds, tested)) return feeder.on() && tested(feeds[feed]);
  return feeder.on();
}

FeedControl::FeedControl(SessionBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
  opener_.setMaxThreadCount(1);
  examiner_.setMaxThreadCount(1);
  connect(&bridge_, &SessionBridge::opened, this, [this] {
    ++network_;
    ++asked_;
    wanted_.reset();
    cancelExam();
    if (std::exchange(capturing_, false)) {  // the old network's answer does not come any more
      examining_ = false;
      emit busyChanged();
    }
    emit plansSet();
  });
  connect(&bridge_, &SessionBridge::frame, this, &FeedControl::onFrame);
}

/// The answer to a command may come before the snapshot that shows what it did, and that one may never come, where the
/// network went elsewhere in time at once.
void FeedControl::onFrame() {
  constexpr int enough = 3;  // the third frame after the answer was asked for after it
  if (!wanted_ || !isSet_ || (plans() != *wanted_ && ++framesSinceSet_ < enough)) return;
  wanted_.reset();
  emit plansSet();
}

FeedControl::~FeedControl() {
  cancelExam();
  examiner_.waitForDone();
  opener_.waitForDone();
}

const Feeding* FeedControl::feeding() const { return bridge_.snapshot() ? bridge_.snapshot()->feeding.get() : nullptr; }

std::vector<FeedPlan> FeedControl::plans() const {
  std::vector<FeedPlan> plans;
  if (feeding() == nullptr) return plans;
  for (const auto& feed : feeding()->feeder().feeds()) plans.push_back(feed.plan());
  return plans;
}

std::optional<Fed> FeedControl::fed() const {
  if (feeding() == nullptr) return std::nullopt;
  const auto feeds = feeding()->feeder().feeds();
  for (std::size_t k = 0; k < feeds.size(); ++k) {
    const auto& showing = feeds[k].showing();
    if (!showing || !feeds[k].given().empty() || !takesPart(feeding()->feeder(), k)) continue;
    return Fed{feeds[k].sharedData(), showing->sample, showing->part, showing->label, showing->inputs, showing->targets, k};
  }
  return std::nullopt;
}

void FeedControl::post(Command command) {
  bridge_.post(std::move(command), [this](const Outcome& outcome) {
    if (outcome.error) emit refused(QString::fromStdString(outcome.error->text()));
  });
}

void FeedControl::setPlans(std::vector<FeedPlan> plans, std::vector<std::vector<FeedPlan>> instead) {
  setPlans(std::move(plans), std::move(instead), {});
}

/// `reason`: why what was asked for first is not set; empty: this is that.
void FeedControl::setPlans(std::vector<FeedPlan> plans, std::vector<std::vector<FeedPlan>> instead, const QString& reason) {
  if (!bridge_.snapshot()) return;
  ++opening_;
  wanted_ = plans;
  isSet_ = false;
  emit busyChanged();
  // The description belongs to the table of dynamics and outlives every session.
  opener_.start([this, plans = std::move(plans), instead = std::move(instead), reason, before = bridge_.snapshot()->feeding,
                 shelf = bridge_.shelf(), description = &bridge_.description(), network = network_, asked = ++asked_] {
    // Held until the session has them, so that they stay on the shelf.
    auto open = std::make_shared<std::vector<DatasetPointer>>();
    auto text = feedsOf(plans, before.get(), *description, *shelf, *open);
    const auto failed = [this, instead, reason, asked](const Error& error, bool mayFit) {
      const bool last = asked == asked_;  // otherwise what was asked for since is still on its way
      if (last) wanted_.reset();
      const QString first = reason.isEmpty() ? QString::fromStdString(error.text()) : reason;
      const bool goesOn = last && mayFit && !instead.empty();
      const bool told = goesOn ? instead.size() > 1 : !reason.isEmpty();  // or will be
      if (!told) emit refused(first);
      if (goesOn) setPlans(instead.front(), {instead.begin() + 1, instead.end()}, first);
    };
    const auto answer = [this, text = std::move(text), failed, reason, open, network, asked] {
      --opening_;
      emit busyChanged();
      if (network != network_) return;
      if (!text) return failed(text.error(), !reason.isEmpty());  // other data than the first ones are not tried
      bridge_.post(SetFeeds{*text}, [this, failed, open, asked](const Outcome& outcome) {
        if (outcome.error) return failed(*outcome.error, true);
        if (asked != asked_) return;
        isSet_ = true;
        framesSinceSet_ = -1;  // this is not one
        onFrame();
      });
    };
    QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
  });
}

void FeedControl::setMode(SetFeeding mode) {
  if (bridge_.snapshot()) post(std::move(mode));
}

void FeedControl::examine(std::size_t samples) {
  if (!bridge_.snapshot() || examining_) return;
  examining_ = capturing_ = true;
  cancelled_ = std::make_shared<std::atomic<bool>>(false);
  emit busyChanged();
  bridge_.post(Capture{}, [this, samples](const Outcome& outcome) {
    capturing_ = false;
    if (outcome.error) return finishExam(tl::unexpected(*outcome.error), network_);
    startExam(outcome.capture, samples);
  });
}

void FeedControl::startExam(std::shared_ptr<const Model> model, std::size_t samples) {
  examiner_.start([this, model = std::move(model), samples, cancelled = cancelled_, shelf = bridge_.shelf(),
                   entry = bridge_.registry().find(bridge_.description().key), network = network_] {
    std::uint64_t told = 0;
    const auto goesOn = [&](double share) {
      const auto step = static_cast<std::uint64_t>(share * static_cast<double>(progressSteps));
      if (step > std::exchange(told, step)) {
        QMetaObject::invokeMethod(
            this, [this, share] { emit examProgressed(share); }, Qt::QueuedConnection);
      }
      return !cancelled->load();
    };
    auto result = std::make_shared<Result<std::optional<ExamResult>>>(examineCopy(*entry, *model, shelf, samples, goesOn));
    QMetaObject::invokeMethod(
        this, [this, result, network] { finishExam(*result, network); }, Qt::QueuedConnection);
  });
}

void FeedControl::finishExam(const Result<std::optional<ExamResult>>& result, std::uint64_t network) {
  examining_ = false;
  emit busyChanged();
  if (network != network_) return;
  if (!result) {
    emit refused(QString::fromStdString(result.error().text()));
  } else if (*result) {
    emit examined(**result);
  }
}

}  // namespace plexarium::ui
