#pragma once

#include <QWidget>
#include <vector>

#include "core/feed/feed_plan.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"

class QComboBox;
class QTableWidget;
class QVBoxLayout;

namespace plexarium::ui {

class FieldForm;

/// The groups of neurons of one feed: which neurons the columns of the data go into and whose answers count, and how values
/// go in and answers are taken, for one group or for all at once. GUI thread.
class FeedGroups : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive it.
  FeedGroups(SessionBridge& bridge, const Selection& selection, QWidget* parent = nullptr);

  /// `info`: of the plan's data; copied.
  void setPlan(const FeedPlan& plan, const DatasetInfo& info);

 signals:
  void edited(const plexarium::FeedPlan& plan);  ///< The plan with other groups.
  void refused(const QString& message);

 private:
  void makeHead();
  void makeTable();
  void makeForms();
  void makeForm(FieldForm*& form, std::vector<Field>& fields, std::vector<Field> wanted, bool inputs);
  void fillTable();
  void fillRow(int row, const QString& name, bool enabled, const FeedNeurons& neurons,
               const std::vector<std::size_t>& columns);
  QWidget* neuronChoice(int row, const FeedNeurons& neurons);
  void fillScope();
  void showValues();
  void setInputValue(std::size_t field, double value);
  void renameGroup(int row, const QString& name, bool enabled);
  void setColumns(int row, const QString& text);
  void setNeurons(int row, const FeedNeurons& neurons);
  void addGroup(bool input);
  void removeGroup();
  /// Rows are the input groups, then the output groups.
  [[nodiscard]] bool isInput(int row) const { return row < static_cast<int>(plan_.inputs.size()); }
  /// Calls `what` with the group of a row, be it an InputGroup or an OutputGroup.
  void withGroup(int row, auto what);
  /// Whether the values shown are this row's too.
  [[nodiscard]] bool concerns(int row) const;

  SessionBridge& bridge_;
  const Selection& selection_;
  FeedPlan plan_;
  DatasetInfo info_;
  QVBoxLayout* layout_;
  QTableWidget* table_;
  QComboBox* scope_;
  std::vector<Field> inputFields_;
  std::vector<Field> outputFields_;
  FieldForm* inputForm_ = nullptr;
  FieldForm* outputForm_ = nullptr;
};

/// "1-4, 7" with numbers from 1, "" for all, "-" for a neuron that is to be silent; at most `count`.
Result<std::vector<std::size_t>> readColumns(const QString& text, std::size_t count);
QString columnsText(const std::vector<std::size_t>& columns);

}  // namespace plexarium::ui
