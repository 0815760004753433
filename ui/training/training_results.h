#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "ui/bridge/feed_control.h"
#include "ui/training/training_record.h"

class QGridLayout;
class QLabel;

namespace plexarium::ui {

/// How well every output group of every feed answers just now, and what the dynamics counts. GUI thread.
class TrainingResults : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive it.
  TrainingResults(FeedControl& control, TrainingRecord& record, QWidget* parent = nullptr);

  void showScores();
  /// Every metric of the dynamics since the last call: its mean a tick and, where the network runs, what that is a second.
  void showMetrics();
  /// The mean of a metric over the newest ticks; nothing before the network's first.
  [[nodiscard]] std::optional<double> newest(std::size_t metric) const;

 private:
  void gather(const std::vector<MetricBucket>& buckets);
  void takeTest(const ExamResult& exam);
  void showTests();
  void set(std::size_t cell, const QString& text, bool header);
  void showGroup(std::size_t group, const QString& name, const Feed& feed, std::size_t output);

  FeedControl& control_;
  TrainingRecord& record_;
  QGridLayout* grid_;
  std::vector<QLabel*> cells_;     ///< Row by row.
  std::vector<ExamResult> exams_;  ///< Of this network, the last two, oldest first.
  QLabel* tests_;
  QLabel* metrics_;
  std::vector<double> sums_;  ///< Of the dynamics' metrics over `summed_` ticks.
  Tick summed_ = 0;
  std::vector<double> newest_;  ///< Their means over the newest ticks.
};

}  // namespace plexarium::ui
