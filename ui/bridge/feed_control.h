#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/session/feeding.h"
#include "ui/bridge/fed.h"
#include "ui/bridge/session_bridge.h"

namespace plexarium::ui {

/// What came of a test with held-out samples: how the output groups of all feeds, one after the other, answered.
struct ExamResult {
  Tick tick = 0;  ///< Of the network that was tested.
  Part part = Part::Test;
  std::vector<Score> scores;
};

/// Whether this feed (< feeds().size()) takes part just now: not where another one is shown or tested alone.
bool takesPart(const Feeder& feeder, std::size_t feed);

/// What a window asks of the feeds of its network. Data are opened, and exams held on a copy of the network, on worker
/// threads, so that neither the window nor the simulation waits. GUI thread.
class FeedControl : public QObject {
  Q_OBJECT

 public:
  /// `bridge` must outlive it.
  explicit FeedControl(SessionBridge& bridge, QObject* parent = nullptr);
  /// Ends an exam in progress; waits for a file that is being opened.
  ~FeedControl() override;

  [[nodiscard]] SessionBridge& bridge() { return bridge_; }
  /// Of the newest snapshot; null: no feeds.
  [[nodiscard]] const Feeding* feeding() const;
  [[nodiscard]] std::vector<FeedPlan> plans() const;
  /// As asked for last, whether or not the session has them by now: what a further change starts from.
  [[nodiscard]] std::vector<FeedPlan> wanted() const { return wanted_ ? *wanted_ : plans(); }
  /// Of the first feed that shows something of its data.
  [[nodiscard]] std::optional<Fed> fed() const;

  /// Replaces all feeds, or says in refused() why not. A feed whose data, split and order stay goes on from its place.
  /// `instead`: what is tried, one after the other, where the neurons do not fit. The last one is a makeshift: that it has
  /// come to this, and why, is said in refused(), too.
  void setPlans(std::vector<FeedPlan> plans, std::vector<std::vector<FeedPlan>> instead = {});
  /// Data are being opened.
  [[nodiscard]] bool opening() const { return opening_ > 0; }
  void setMode(SetFeeding mode);

  /// Shows `samples` held-out samples (0: all that there are) of the part kept for the test, else for validation, to a copy
  /// of the network as it is now. Ends with examined(), or refused(). One at a time: asked meanwhile, nothing happens.
  void examine(std::size_t samples = 0);
  void cancelExam() { *cancelled_ = true; }
  [[nodiscard]] bool examining() const { return examining_; }

 signals:
  void plansSet();                    ///< Those asked for last, others than before, are in the snapshot.
  void busyChanged();                 ///< opening() or examining().
  void examProgressed(double share);  ///< 0 to 1.
  void examined(const plexarium::ui::ExamResult& result);  ///< Not after a cancel.
  void refused(const QString& message);

 private:
  void onFrame();
  void post(Command command);
  void setPlans(std::vector<FeedPlan> plans, std::vector<std::vector<FeedPlan>> instead, const QString& reason);
  void startExam(std::shared_ptr<const Model> model, std::size_t samples);
  void finishExam(const Result<std::optional<ExamResult>>& result, std::uint64_t network);

  SessionBridge& bridge_;
  int opening_ = 0;
  std::optional<std::vector<FeedPlan>> wanted_;  ///< Not yet in the snapshot;
  bool isSet_ = false;                           ///< but the session has them.
  int framesSinceSet_ = 0;
  std::uint64_t asked_ = 0;  ///< How often.
  bool examining_ = false;
  bool capturing_ = false;     ///< The exam waits for its copy.
  std::uint64_t network_ = 0;  ///< Counts the networks opened: what a late answer belongs to.
  std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  QThreadPool opener_;
  QThreadPool examiner_;
};

}  // namespace plexarium::ui
