#pragma once

#include <QWidget>
#include <functional>
#include <optional>

#include "ui/bridge/feed_control.h"

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;

namespace plexarium::ui {

/// What the network is fed: which of its feeds is looked at, its data in a few words and what is wrong with them, and the
/// menu of other data. GUI thread.
class TrainingData : public QWidget {
  Q_OBJECT

 public:
  /// `control` must outlive it.
  explicit TrainingData(FeedControl& control, QWidget* parent = nullptr);

  /// The feed that is looked at; null: there is none.
  [[nodiscard]] const Feed* feed() const;
  [[nodiscard]] std::size_t number() const { return number_; }  ///< Of it among the feeds.

  /// Replaces the plan of the feed that is looked at (there is one).
  void setPlan(const FeedPlan& plan);
  /// Feeds these data from now on in the way that the feed is shown, divided as before where `split` does not say. A first
  /// feed whose data do not fit all sensory and motor neurons waits until its groups are told which they have.
  void setSource(const DataSource& source, const std::optional<SplitPlan>& split = {});

  void showFeed();   ///< Other feeds than before.
  void showState();  ///< Whether data are being opened.

 signals:
  void feedChosen();  ///< Another one is looked at.

 private:
  void fillMenu();
  void chooseFile(bool folder);
  void choose(std::size_t number);
  void addFeed();
  void removeFeed();

  FeedControl& control_;
  std::size_t number_ = 0;
  QComboBox* feeds_;
  QLabel* name_;
  QLabel* facts_;
  QLabel* warning_;
  QPushButton* menuButton_;
  QAction* add_ = nullptr;
  QAction* remove_ = nullptr;
};

}  // namespace plexarium::ui
