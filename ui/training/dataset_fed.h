#pragma once

#include <QWidget>

#include "ui/bridge/fed.h"

class QLabel;

namespace plexarium::ui {

/// What the network is being shown right now, as a picture and in words. Takes no room while nothing is. GUI thread.
class FedView : public QWidget {
  Q_OBJECT

 public:
  explicit FedView(QWidget* parent = nullptr);

  void showFed(const Fed& fed);

 private:
  QLabel* picture_;
  QLabel* title_;
  QLabel* values_;
};

}  // namespace plexarium::ui
