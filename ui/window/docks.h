#pragma once

#include <QDockWidget>
#include <QList>
#include <QMainWindow>
#include <optional>

#include "ui/bridge/document.h"
#include "ui/bridge/feed_control.h"
#include "ui/training/training_record.h"
#include "ui/window/desk.h"

namespace plexarium::ui {

class ActivityPlot;
class ArenaPanel;
class BodyCommands;
class Inspector;
class PlotPanel;
class SightPanel;

/// The docks around the canvas: makes them, gives them their places and ties them to the network and to each other. Most lie
/// behind others or are closed at first; those of a body, of training and of sight show up with a network that has a body or
/// a feed. GUI thread.
class Docks : public QObject {
  Q_OBJECT

 public:
  /// Everything outlives it, but for `window`, which it and the docks belong to.
  Docks(QMainWindow& window, const Desk& desk, Document& document, FeedControl& feeds, TrainingRecord& trainings,
        BodyCommands& bodies);

  [[nodiscard]] ArenaPanel& arena() { return *arena_; }
  void setDark(bool dark);

 private:
  QDockWidget* add(const QString& title, const char* name, QWidget* content, Qt::DockWidgetArea area);
  /// A tab behind the activity that draws; it does no work while nobody sees it.
  QDockWidget* addPlot(const QString& title, const char* name, PlotPanel* plot);
  void makePlots();
  void makePictures();
  void makeBreakpoints();
  void makeArena();
  void showArena(bool fitsView);
  void makeTraining();
  void makeDatasets();
  void makeSight();
  void showSight(bool fed);
  void fitView();
  void say(const QString& why) const;

  QMainWindow& window_;
  Desk desk_;
  Document& document_;
  FeedControl& feeds_;
  TrainingRecord& trainings_;
  BodyCommands& bodies_;
  QDockWidget* inspectorDock_ = nullptr;
  QDockWidget* activityDock_ = nullptr;
  QDockWidget* arenaDock_ = nullptr;
  QList<QDockWidget*> bodyDocks_;  ///< Plots of bodies; there for networks that have any.
  QDockWidget* trainingDock_ = nullptr;
  QDockWidget* curvesDock_ = nullptr;
  QDockWidget* sightDock_ = nullptr;
  Inspector* inspector_ = nullptr;
  ActivityPlot* activity_ = nullptr;
  ArenaPanel* arena_ = nullptr;
  SightPanel* sight_ = nullptr;
  std::optional<bool> fed_;  ///< Whether the network was when it was asked last.
  QList<PlotPanel*> plots_;
};

}  // namespace plexarium::ui
