#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>
#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/data/shelf.h"
#include "core/session/session.h"

namespace plexarium::ui {

/// The only object of the window that talks to a session: owns it, polls it once a frame, hands on what came out.
/// GUI thread. Never waits for the simulation.
class SessionBridge : public QObject {
  Q_OBJECT

 public:
  explicit SessionBridge(Registry registry, QObject* parent = nullptr);
  /// Waits for the ticks in progress of the sessions that it has stopped.
  ~SessionBridge() override;

  [[nodiscard]] const Registry& registry() const { return registry_; }
  /// Where the sessions of this window find data sets that are open.
  [[nodiscard]] const std::shared_ptr<DataShelf>& shelf() const { return shelf_; }
  /// Builds a new session on the model and swaps it in; the old one is stopped on a thread of its own. On an error the old
  /// one goes on untouched.
  Result<void> open(Model model, bool running);
  /// Swaps in a session that was built elsewhere (on a worker thread) and not started yet. Never null. Answers that the old
  /// session still owed are dropped.
  void adopt(std::unique_ptr<Session> session, double pace, bool running);

  /// Never null after the first open().
  [[nodiscard]] const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }
  [[nodiscard]] const Description& description() const;

  using Answer = std::function<void(const Outcome&)>;
  /// Posts; `answer` is called on the GUI thread with the outcome. An error without `answer` is emitted as refused().
  void post(Command command, Answer answer = {});
  /// The usual way to edit.
  void submit(Edit edit, Answer answer = {}) { post(ApplyEdit{std::move(edit)}, std::move(answer)); }

  /// What `looker` wants to see in every snapshot, instead of what it wanted before; nothing: it lets go. The watch list is
  /// what all lookers want together, also in the networks that are opened later, so nobody posts a Watch by hand.
  void watch(const QObject* looker, Watch wanted);
  /// Spikes are recorded, and sent as spikes(), while any looker wants them: also of networks that are opened later.
  void wantSpikes(const QObject* looker, bool want);

 signals:
  void opened();                                                      ///< Another network lives here now.
  void frame();                                                       ///< snapshot() is new; at most 60 times a second.
  void metrics(const std::vector<plexarium::MetricBucket>& buckets);  ///< With frames, oldest first.
  void spikes(const plexarium::SpikeBatch& batch);                    ///< Before the frame; see wantSpikes.
  void refused(const QString& message);                               ///< A command was refused, and why.

 private:
  void poll();
  void answerOutcomes();
  void retire();
  void postWatch();

  Registry registry_;
  std::unique_ptr<Session> session_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::unordered_map<std::uint64_t, Answer> answers_;
  std::unordered_map<const QObject*, Watch> watched_;
  std::unordered_set<const QObject*> spikeLookers_;
  QTimer timer_;
  QThreadPool retired_;  ///< Joins the threads of old sessions.
  std::shared_ptr<DataShelf> shelf_ = std::make_shared<DataShelf>();
};

/// A look at a model after it has lived for some ticks, for pictures of it. Any thread; takes as long as the ticks do.
Result<std::shared_ptr<const Snapshot>> lookAt(const Registry& registry, Model model, Tick ticks);

}  // namespace plexarium::ui
