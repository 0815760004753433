#include "ui/bridge/session_bridge.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace plexarium::ui {
namespace {

constexpr int framePeriod = 16;     // milliseconds
constexpr double defaultPace = 20;  // ticks per second: slow enough to follow a pulse with the eye

}  // namespace

SessionBridge::SessionBridge(Registry registry, QObject* parent) : QObject(parent), registry_(std::move(registry)) {
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &SessionBridge::poll);
}

SessionBridge::~SessionBridge() {
  timer_.stop();
  retire();
  retired_.waitForDone();
}

Result<void> SessionBridge::open(Model model, bool running) {
  const double pace = model.pace;
  auto session = Session::create(registry_, std::move(model), shelf_);
  if (!session) return tl::unexpected(session.error());
  adopt(std::move(*session), pace, running);
  return {};
}

void SessionBridge::adopt(std::unique_ptr<Session> session, double pace, bool running) {
  assert(session);
  retire();
  session_ = std::move(session);
  post(SetPace{pace > 0 ? pace : defaultPace});
  postWatch();
  if (!spikeLookers_.empty()) post(RecordSpikes{true});
  if (running) post(Run{});
  session_->advance(0);  // The first look is already one at the pace, the watched and the running.
  snapshot_ = session_->latest();
  session_->start();
  timer_.start(framePeriod);
  emit opened();
  emit frame();
}

const Description& SessionBridge::description() const {
  assert(session_);
  return session_->description();
}

void SessionBridge::post(Command command, Answer answer) {
  assert(session_);
  const std::uint64_t number = session_->post(std::move(command));
  if (answer) answers_.emplace(number, std::move(answer));
}

void SessionBridge::watch(const QObject* looker, Watch wanted) {
  if (wanted.neurons.empty() && wanted.links.empty()) {
    if (watched_.erase(looker) == 0) return;
  } else {
    watched_[looker] = std::move(wanted);
  }
  if (session_) postWatch();
}

void SessionBridge::postWatch() {
  Watch all;
  for (const auto& [looker, wanted] : watched_) {
    all.neurons.insert(all.neurons.end(), wanted.neurons.begin(), wanted.neurons.end());
    all.links.insert(all.links.end(), wanted.links.begin(), wanted.links.end());
  }
  const auto once = [](auto& items) {
    std::ranges::sort(items);
    items.erase(std::unique(items.begin(), items.end()), items.end());
  };
  once(all.neurons);
  once(all.links);
  post(std::move(all));
}

void SessionBridge::wantSpikes(const QObject* looker, bool want) {
  const bool before = !spikeLookers_.empty();
  if (want) {
    spikeLookers_.insert(looker);
  } else {
    spikeLookers_.erase(looker);
  }
  if (session_ && before == spikeLookers_.empty()) post(RecordSpikes{want});
}

/// The session's destructor waits for the tick in progress, which may take long: not here.
void SessionBridge::retire() {
  answers_.clear();
  if (!session_) return;
  retired_.start([old = std::shared_ptr<Session>(std::move(session_))]() mutable { old.reset(); });
}

void SessionBridge::poll() {
  const auto newest = session_->latest();
  const bool fresh = newest != snapshot_;
  snapshot_ = newest;
  const auto buckets = session_->drainMetrics();
  if (!buckets.empty()) emit metrics(buckets);
  if (!spikeLookers_.empty()) {
    const SpikeBatch batch = session_->drainSpikes();
    if (!batch.covered.empty()) emit spikes(batch);
  }
  if (fresh) emit frame();
  answerOutcomes();
}

void SessionBridge::answerOutcomes() {
  // An answer may open another network, which ends the conversation with this one.
  const Session* asked = session_.get();
  for (const auto& outcome : session_->drainOutcomes()) {
    if (session_.get() != asked) return;
    if (auto found = answers_.extract(outcome.command)) {
      found.mapped()(outcome);
    } else if (outcome.error) {
      emit refused(QString::fromStdString(outcome.error->text()));
    }
  }
}

Result<std::shared_ptr<const Snapshot>> lookAt(const Registry& registry, Model model, Tick ticks) {
  return Session::create(registry, std::move(model)).map([ticks](const std::unique_ptr<Session>& session) {
    session->latest();  // Asks for a snapshot: none is filled unless somebody looks.
    session->advance(ticks);
    return session->latest();
  });
}

}  // namespace plexarium::ui
