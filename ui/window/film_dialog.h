#pragma once

#include <QDialog>

class QLabel;
class QSpinBox;

namespace plexarium::ui {

/// How a film is to be recorded.
struct FilmWish {
  int seconds = 8;
  int picturesPerSecond = 15;
  QSize size;  ///< Of each picture, in pixels.
};

/// Asks for length, rate and size of a film. GUI thread.
class FilmDialog : public QDialog {
  Q_OBJECT

 public:
  /// `canvas`: what is shown, whose proportions the film keeps.
  FilmDialog(QSize canvas, QWidget* parent);

  [[nodiscard]] FilmWish wish() const;

 private:
  void showSize();

  QSize canvas_;
  QSpinBox* seconds_;
  QSpinBox* rate_;
  QSpinBox* width_;
  QLabel* size_;
};

}  // namespace plexarium::ui
