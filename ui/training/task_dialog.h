#pragma once

#include <QDialog>
#include <QElapsedTimer>
#include <memory>
#include <vector>

#include "core/session/task_run.h"
#include "ui/analysis/finding.h"
#include "ui/training/latest_job.h"

class QCustomPlot;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace plexarium::ui {

class ChoiceForm;
class FindingPicture;

/// Puts networks to a task: asks which and how, lets them do it on another thread, and shows what every variant scored over
/// the seeds, with the curve of its answers. The network in the window is left alone. GUI thread.
class TaskDialog : public QDialog {
  Q_OBJECT

 public:
  /// `registry` must outlive the dialog. Tasks of the dynamics called `first` stand first.
  TaskDialog(const Registry& registry, const std::string& first, QWidget* parent);
  ~TaskDialog() override;

  /// Whether any dynamics has one.
  static bool anyTask(const Registry& registry);
  /// What is shown; null: nothing yet.
  [[nodiscard]] const TaskReport* report() const { return report_ ? &*report_ : nullptr; }
  [[nodiscard]] bool working() const { return working_; }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void listTasks(const Registry& registry, const std::string& first);
  QWidget* makeAnswer();
  void makeLayout();
  [[nodiscard]] const Task& task() const;
  [[nodiscard]] TaskPlan plan() const;
  void startOrStop();
  void start();
  void stop(const QString& why);
  void showProgress(double share);
  void showReport(const Task& task, TaskReport report);
  void fillTable();
  void draw();
  void copy();
  void save();

  std::vector<const Task*> tasks_;  ///< By choice.
  ChoiceForm* form_ = nullptr;
  QPushButton* start_;
  QPushButton* copy_;
  QPushButton* save_;
  QProgressBar* progress_;
  QLabel* note_;
  QTableWidget* table_;
  QCustomPlot* plot_;
  std::unique_ptr<FindingPicture> picture_;
  const Task* shown_ = nullptr;
  std::optional<TaskReport> report_;
  Finding finding_;
  bool working_ = false;
  QElapsedTimer sinceStart_;
  LatestJob job_;
};

/// The curve of every variant.
Finding curvesOf(const Task& task, const TaskReport& report);

}  // namespace plexarium::ui
