#pragma once

#include <QWidget>

class QLabel;

namespace plexarium::ui {

/// Holds a label that says something else many times a second, and keeps its own size meanwhile: a label that changes asks
/// for a new arrangement of all that surrounds it, up to every dock of the window. The box does so only when its
/// text no longer fits, or is much shorter.
class StillBox : public QWidget {
  Q_OBJECT
 public:
  /// Takes the label, and its size policy.
  explicit StillBox(QLabel* label);

  [[nodiscard]] QSize sizeHint() const override { return hint_; }
  [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
  bool event(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();

  QLabel* label_;
  QSize hint_;
};

}  // namespace plexarium::ui
