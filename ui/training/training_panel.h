#pragma once

#include <QScrollArea>
#include <QTimer>

#include "ui/bridge/feed_control.h"
#include "ui/bridge/selection.h"
#include "ui/training/training_record.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace plexarium::ui {

class FeedForm;
class TrainingData;
class TrainingResults;

/// The place from which a network is trained: which data it is fed and how, start, pause and stop, tests, and how well it
/// answers just now. Of several feeds one is looked at, and all are trained. Works with every dynamics that has targets. GUI
/// thread.
class TrainingPanel : public QScrollArea {
  Q_OBJECT

 public:
  /// All must outlive the panel.
  TrainingPanel(FeedControl& control, TrainingRecord& record, const Selection& selection, QWidget* parent = nullptr);

  /// Feeds these data from now on, divided so, in the way the feed that is looked at is shown, else as usual.
  void chooseSource(const DataSource& source, const SplitPlan& split);

 signals:
  void refused(const QString& message);

 private:
  QWidget* makeControls();
  QWidget* makeBudget();
  void train();
  void stop();
  void showFeed();
  void onFrame();
  void showState();
  void showProgress();
  struct Length;
  [[nodiscard]] std::optional<Length> length() const;
  void showSample();
  [[nodiscard]] bool training() const;
  [[nodiscard]] const Feed* feed() const;

  FeedControl& control_;
  TrainingRecord& record_;
  QWidget* content_;
  TrainingData* data_ = nullptr;
  TrainingResults* results_ = nullptr;
  FeedForm* form_ = nullptr;
  QLabel* showing_ = nullptr;
  QPushButton* train_ = nullptr;
  QPushButton* stop_ = nullptr;
  QPushButton* test_ = nullptr;
  QSpinBox* sample_ = nullptr;
  QPushButton* show_ = nullptr;
  QSpinBox* budget_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* left_ = nullptr;
  QTimer refresh_;
};

}  // namespace plexarium::ui
