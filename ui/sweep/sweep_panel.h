#pragma once

#include <memory>
#include <optional>
#include <unordered_set>

#include "ui/bridge/selection.h"
#include "ui/plots/axes_panel.h"
#include "ui/sweep/sweep_form.h"
#include "ui/sweep/sweep_picture.h"
#include "ui/training/latest_job.h"

class QBoxLayout;
class QProgressBar;
class QScrollArea;
class QToolButton;

namespace plexarium::ui {

/// What the network does if: copies of it live with each of many values of one of its numbers, and every value that a
/// neuron then takes is a dot; or with two numbers, as a map. Copies run on other threads and end where somebody cancels.
/// The mark is the living network: a click or a drag sets its number, which is one undoable edit; Shift pans. What was found
/// stays until the next sweep, and fades where somebody has edited the network otherwise. GUI thread.
class SweepPanel : public AxesPanel {
  Q_OBJECT

 public:
  /// Both must outlive the panel.
  SweepPanel(SessionBridge& bridge, Selection& selection, QWidget* parent = nullptr);
  ~SweepPanel() override;

  /// As the button does: begins, or ends the one under way.
  void startOrCancel();
  /// Sweeps what is usual for what is selected.
  void sweepSelection();
  [[nodiscard]] bool running() const { return running_; }
  /// Somebody has edited the network since what is drawn was found. False where nothing is drawn. There must be a network.
  [[nodiscard]] bool outdated() const;
  /// What is drawn; null: nothing yet.
  [[nodiscard]] const SweepResult* result() const { return result_ ? &*result_ : nullptr; }
  [[nodiscard]] const SweepPicture& picture() const { return picture_; }

 protected:
  void begin() override;
  void redraw() override;
  void applyTheme(const WindowTheme& theme) override;
  void zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) override;
  void pan(QPointF by) override;
  void showAll() override;
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] std::string table() const override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();
  void share();
  void offer();
  void onSettings();
  void start(const SweepPlan& plan);
  void run(const SweepPlan& plan, const std::shared_ptr<const Model>& model, std::uint64_t revision);
  void adopt(const SweepPlan& plan, std::uint64_t revision, Result<std::optional<SweepResult>> result);
  void setRunning(bool running);
  void showResult();
  void showMarks();
  void watchAgain();
  bool onPress(const QMouseEvent& event);
  bool onOwnKey(const QKeyEvent& event);
  void setLive(std::optional<double> across, std::optional<double> up);
  [[nodiscard]] std::optional<double> now(const Handle& handle) const;
  [[nodiscard]] QString labelOf(const Handle& handle) const;

  Selection& selection_;
  QToolButton* go_;
  QToolButton* follow_;
  QToolButton* onward_;
  QProgressBar* progress_;
  QScrollArea* formArea_;
  SweepForm* form_;
  QBoxLayout* parts_ = nullptr;
  SweepPicture picture_;
  std::optional<SweepPlan> plan_;  ///< Of what is drawn, or of what would be swept.
  std::optional<SweepResult> result_;
  bool running_ = false;
  std::uint64_t asked_ = 0;                    ///< How often: what a late capture belongs to.
  std::unordered_set<std::uint64_t> foundAt_;  ///< Edit revisions of which it is true.
  int setting_ = 0;                            ///< Edits of ours that are not answered yet.
  std::uint64_t networks_ = 0;                 ///< How many were opened: what a late answer belongs to.
  bool held_ = false;                          ///< The mark is being dragged.
  std::uint64_t drags_ = 0;                    ///< Those of one drag are one edit.
  LatestJob job_;
};

}  // namespace plexarium::ui
