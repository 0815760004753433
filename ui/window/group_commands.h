#pragma once

#include <QObject>

#include "ui/window/desk.h"

namespace plexarium::ui {

/// Grouping, dissolving, naming and folding of groups. GUI thread.
class GroupCommands : public QObject {
  Q_OBJECT

 public:
  explicit GroupCommands(const Desk& desk);

 private:
  void askForName();
  void askForPort(Role role, const QString& name);

  Desk desk_;
};

}  // namespace plexarium::ui
