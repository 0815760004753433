#pragma once

#include <QObject>

#include "ui/window/desk.h"

namespace plexarium::ui {

class FindBar;

/// What selects by rule rather than by hand, and what brings the selected into line. GUI thread.
class SelectionCommands : public QObject {
  Q_OBJECT

 public:
  explicit SelectionCommands(const Desk& desk);

 private:
  void connectSelecting();
  void connectArranging();

  Desk desk_;
  FindBar* find_;
};

}  // namespace plexarium::ui
