#pragma once

#include <QScrollArea>
#include <QTimer>
#include <optional>
#include <vector>

#include "ui/bridge/feed_control.h"
#include "ui/bridge/selection.h"
#include "ui/training/training_record.h"

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace plexarium::ui {

class FeedForm;

/// The place from which a network is trained: which data it is fed and how, start, pause and stop, tests, and how well it
/// answers just now. Works with every dynamics that has targets. GUI thread.
class TrainingPanel : public QScrollArea {
  Q_OBJECT

 public:
  /// All must outlive the panel.
  TrainingPanel(FeedControl& control, TrainingRecord& record, const Selection& selection, QWidget* parent = nullptr);

  /// Feeds these data from now on, divided so, in the way the present feed is shown, else as usual.
  void chooseSource(const DataSource& source, const SplitPlan& split);

 signals:
  void refused(const QString& message);

 private:
  QWidget* makeData();
  QWidget* makeControls();
  QWidget* makeBudget();
  QWidget* makeResults();
  void fillSources();
  void openSource(const DataSource& source, const std::optional<SplitPlan>& split = {});
  void chooseFile(bool folder);
  void train();
  void stop();
  void showFeed();
  void onFrame();
  void showState();
  void showProgress();
  void showResults();
  void showSample();
  void showMetrics();
  void gather(const std::vector<MetricBucket>& buckets);
  [[nodiscard]] bool training() const;
  [[nodiscard]] const Feed* feed() const;

  FeedControl& control_;
  TrainingRecord& record_;
  QWidget* content_;
  QLabel* data_ = nullptr;
  QLabel* facts_ = nullptr;
  QLabel* warning_ = nullptr;
  QLabel* showing_ = nullptr;
  QToolButton* choose_ = nullptr;
  QPushButton* train_ = nullptr;
  QPushButton* stop_ = nullptr;
  QPushButton* test_ = nullptr;
  QSpinBox* sample_ = nullptr;
  QPushButton* show_ = nullptr;
  QSpinBox* budget_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* left_ = nullptr;
  QWidget* results_ = nullptr;
  QGridLayout* grid_ = nullptr;
  std::vector<QLabel*> cells_;  ///< Row by row.
  QLabel* metrics_ = nullptr;
  FeedForm* form_ = nullptr;
  QTimer refresh_;
  std::vector<double> sums_;  ///< Of the dynamics' metrics over `summed_` ticks.
  Tick summed_ = 0;
};

}  // namespace plexarium::ui
