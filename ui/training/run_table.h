#pragma once

#include <QWidget>

#include "core/error.h"
#include "ui/training/training_record.h"

class QTableWidget;
class QToolButton;

namespace plexarium::ui {

/// Runs to compare: what came of each and with which settings; a checked one is drawn beside the present one. GUI thread.
class RunTable : public QWidget {
  Q_OBJECT

 public:
  /// `record` must outlive the table.
  explicit RunTable(TrainingRecord& record, QWidget* parent = nullptr);

  /// Replaces `file` by the table (CSV).
  Result<void> exportTo(const QString& file);

 signals:
  void refused(const QString& message);

 private:
  void fill();
  void fillRow(int row, const TrainingRun& run, bool past);
  void chooseFile();
  void removeSelected();

  TrainingRecord& record_;
  QTableWidget* table_;
  QToolButton* remove_;
};

}  // namespace plexarium::ui
