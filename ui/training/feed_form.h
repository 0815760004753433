#pragma once

#include <QWidget>
#include <vector>

#include "core/feed/feed_plan.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"

class QLineEdit;
class QTableWidget;
class QVBoxLayout;

namespace plexarium::ui {

class FieldForm;

/// How samples are shown: order, duration, exams, importance, and the groups of neurons that columns of the data go into and
/// answers come from. GUI thread.
class FeedForm : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive the form.
  FeedForm(SessionBridge& bridge, const Selection& selection, QWidget* parent = nullptr);

  [[nodiscard]] const FeedPlan& plan() const { return plan_; }
  /// `info`: of the plan's data; copied.
  void setPlan(const FeedPlan& plan, const DatasetInfo& info);

 signals:
  void edited(const plexarium::FeedPlan& plan);
  void refused(const QString& message);

 private:
  void makeFields();
  void setField(std::size_t field, double value);
  void showFields();
  void fillGroups();
  void fillGroup(int row, bool input, const QString& name, bool enabled, const FeedNeurons& neurons,
                 const std::vector<std::size_t>& columns);
  QWidget* neuronChoice(int row, bool input, const FeedNeurons& neurons);
  void renameGroup(int row, const QString& name, bool enabled);
  void setColumns(int row, const QString& text);
  void setNeurons(int row, const FeedNeurons& neurons);
  void setImportance();
  void addGroup(bool input);
  void removeGroup();
  void hand() { emit edited(plan_); }

  SessionBridge& bridge_;
  const Selection& selection_;
  FeedPlan plan_;
  DatasetInfo info_;
  std::vector<Field> fields_;
  FieldForm* form_ = nullptr;
  QVBoxLayout* layout_;
  QLineEdit* importance_;
  QTableWidget* groups_;
};

/// "1-4, 7" with numbers from 1, "" for all, "-" for a neuron that is to be silent; at most `count`.
Result<std::vector<std::size_t>> readColumns(const QString& text, std::size_t count);
QString columnsText(const std::vector<std::size_t>& columns);

}  // namespace plexarium::ui
