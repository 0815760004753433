#pragma once

#include <QLabel>

namespace plexarium::ui {

/// One line of plain text that takes what room is left and ends in dots where that is too little. GUI thread.
class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace plexarium::ui
