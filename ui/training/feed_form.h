#pragma once

#include <QWidget>
#include <vector>

#include "core/feed/feed_plan.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"

class QLineEdit;
class QVBoxLayout;

namespace plexarium::ui {

class FeedGroups;
class FieldForm;

/// How the samples of one feed are shown: order, duration, exams, importance, groups of neurons. GUI thread.
class FeedForm : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive the form.
  FeedForm(SessionBridge& bridge, const Selection& selection, QWidget* parent = nullptr);

  /// `info`: of the plan's data; copied.
  void setPlan(const FeedPlan& plan, const DatasetInfo& info);

 signals:
  void edited(const plexarium::FeedPlan& plan);
  void refused(const QString& message);

 private:
  void makeFields();
  void setField(std::size_t field, double value);
  void showFields();
  void setImportance();

  SessionBridge& bridge_;
  FeedPlan plan_;
  std::vector<Field> fields_;
  FieldForm* form_ = nullptr;
  QVBoxLayout* layout_;
  QLineEdit* importance_;
  FeedGroups* groups_;
};

}  // namespace plexarium::ui
