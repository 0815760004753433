#pragma once

#include <QObject>
#include <optional>

#include "ui/window/desk.h"

class QLabel;
class QPushButton;
class QStatusBar;

namespace plexarium::ui {

class FileCommands;

/// Records the run to a file from the moment it is asked for until it is stopped, with progress and Stop in the status bar.
/// The network writes by itself; this only asks and shows. GUI thread.
class RecordCommands : public QObject {
  Q_OBJECT

 public:
  RecordCommands(const Desk& desk, FileCommands& files, QStatusBar& bar);

 private:
  void ask(FileCommands& files);
  void stop();
  void onFrame();
  void tell(const Recorded& recorded, const QString& why);

  Desk desk_;
  QLabel* label_;
  QPushButton* stop_;
  std::optional<Recorded> shown_;  ///< What the last frame told.
  bool stopping_ = false;
};

}  // namespace plexarium::ui
