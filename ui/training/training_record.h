#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "ui/bridge/feed_control.h"
#include "ui/training/learning_history.h"

namespace plexarium::ui {

/// One training, from its first sample to a stop, with what it takes to compare it with another one.
struct TrainingRun {
  QString name;
  QString settings;             ///< Data, order, duration and the network's parameters that are not as usual.
  std::vector<QString> groups;  ///< Names of the output groups.
  bool classes = false;         ///< Answers can be right or wrong.
  std::uint64_t seed = 0;       ///< Of the order of the samples.
  LearningHistory history;
  std::optional<ExamResult> exam;  ///< The latest.
  bool shown = true;               ///< Its curve is drawn beside the present one.

  /// Ticks from the first to the last point.
  [[nodiscard]] Tick ticks() const;
  /// Last loss and accuracy on training samples, over all groups; nothing before the first sample.
  [[nodiscard]] std::optional<Tally> result() const;
  [[nodiscard]] std::optional<Tally> examResult() const;
};

/// What has been learnt in this window: the present run and those before it. Listens to the metrics of the network. A run
/// begins with the first sample after the network was opened, its feeds were set, it went back to its start, or the last run
/// was ended. GUI thread.
class TrainingRecord : public QObject {
  Q_OBJECT

 public:
  /// `control` must outlive it.
  explicit TrainingRecord(FeedControl& control, QObject* parent = nullptr);

  [[nodiscard]] const TrainingRun& present() const { return present_; }
  [[nodiscard]] const std::vector<TrainingRun>& past() const { return past_; }
  /// Puts the present run to the past ones, unless nothing has been learnt in it.
  void end();
  void remove(std::size_t run);
  void setShown(std::size_t run, bool shown);
  void rename(std::size_t run, const QString& name);

  /// Every run as a row, the present one last.
  [[nodiscard]] std::string table() const;

 signals:
  void grown();        ///< The present run has new points.
  void runsChanged();  ///< past() or what is known of a run but its points.

 private:
  void take(const std::vector<MetricBucket>& buckets);
  void describe();

  FeedControl& control_;
  TrainingRun present_;
  std::vector<TrainingRun> past_;
  int numbers_ = 0;
};

/// What output groups are called, those of all feeds one after the other: with the feed's name where there are several.
std::vector<QString> outputNames(const std::vector<FeedPlan>& plans);

/// "halves, in turn, 20 waves": what a plan shows, for people. `tickUnit`: Description::tickUnit.
QString planText(const FeedPlan& plan, const QString& tickUnit);

}  // namespace plexarium::ui
