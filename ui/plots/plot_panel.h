#pragma once

#include <QTimer>
#include <QWidget>
#include <string>

#include "core/error.h"
#include "ui/bridge/session_bridge.h"

class QComboBox;
class QHBoxLayout;
class QPaintDevice;
class QToolButton;

namespace plexarium::ui {

class ElidedLabel;
struct WindowTheme;

/// What every plot is made of: a row of controls with a button that holds the picture, a reading and an export menu; the
/// plot below; a pace of redrawing, and no work at all while nobody sees it. GUI thread.
class PlotPanel : public QWidget {
  Q_OBJECT

 public:
  void setDark(bool dark);
  /// Replaces `file` by what is shown: a picture (.png, twice as fine as the screen), a drawing (.svg) or the numbers behind
  /// it (.csv), as its ending says.
  Result<void> exportTo(const QString& file);
  /// The picture is held while the network goes on, until another network is opened.
  [[nodiscard]] bool paused() const;

 signals:
  void held(bool on);                    ///< See paused().
  void refused(const QString& message);  ///< Something that was asked for here could not be done, and why.

 protected:
  /// `bridge` must outlive the panel. `period`: least number of milliseconds between two redraws.
  PlotPanel(SessionBridge& bridge, const QString& objectName, int period, QWidget* parent);
  /// To be called at the end of the constructor: from then on the virtual functions below are called.
  void finish(QWidget* view);
  void setPaused(bool paused);
  void ask();  ///< Redraw soon, or when somebody looks.
  QComboBox* addChoice(const QString& objectName, const QString& name, const QString& toolTip);
  void addControl(QWidget* control);  ///< After those that are there.
  QToolButton* addButton(const QString& objectName, const QString& text, const QString& toolTip, bool checkable);
  /// Arrows, + and -, Home: what moves a plot.
  static bool isPlotKey(int key);
  void setReading(const QString& text);
  [[nodiscard]] SessionBridge& bridge() { return bridge_; }
  [[nodiscard]] const SessionBridge& bridge() const { return bridge_; }
  [[nodiscard]] bool dark() const { return dark_; }

  virtual void begin() = 0;   ///< Another network lives here now.
  virtual void redraw() = 0;  ///< Somebody looks, and something is new; or something is shown otherwise while it is held.
  virtual void applyTheme(const WindowTheme& theme) = 0;
  virtual void paintOn(QPaintDevice& device, QSize size) = 0;  ///< What is shown, `size` in logical pixels.
  [[nodiscard]] virtual std::string table() const = 0;         ///< What is shown, as CSV.

  void showEvent(QShowEvent* event) override;

 private:
  void makeExport();
  void chooseFile(const QString& suffix, const QString& filter);
  [[nodiscard]] std::string pictureBytes();
  [[nodiscard]] std::string drawingText();

  SessionBridge& bridge_;
  QHBoxLayout* row_;
  ElidedLabel* reading_;
  QToolButton* pause_;
  QWidget* view_ = nullptr;
  QTimer timer_;
  bool stale_ = false;  ///< Something has come that is not drawn yet.
  bool dark_ = true;
};

}  // namespace plexarium::ui
