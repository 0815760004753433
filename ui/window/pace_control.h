#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace plexarium::ui {

/// Wanted ticks per second on a logarithmic slider, 1 to 10,000 and, at its end, unlimited; and the rate achieved. GUI
/// thread.
class PaceControl : public QWidget {
  Q_OBJECT

 public:
  explicit PaceControl(QWidget* parent = nullptr);

  /// What a tick is called; "tick" at first.
  void setUnit(const QString& unit);
  /// 0: unlimited. Does not emit.
  void setPace(double ticksPerSecond);
  void setAchieved(double ticksPerSecond, bool running);

 signals:
  void paceChosen(double ticksPerSecond);  ///< 0: unlimited.

 private:
  void showPace(double ticksPerSecond);

  QSlider* slider_;
  QLabel* wanted_;
  QLabel* achieved_;
  QString unit_;
};

/// "12.5", "1,500": at most four significant digits, for people.
QString rateText(double ticksPerSecond);
/// "1 step/s", "1,500 steps/s".
QString rateText(double ticksPerSecond, const QString& unit);

}  // namespace plexarium::ui
