#pragma once

#include <QDialog>
#include <vector>

#include "core/description/description.h"
#include "core/record/record_plan.h"

class QComboBox;
class QLabel;
class QListWidget;
class QSpinBox;

namespace plexarium::ui {

/// Asks what of a run is to be recorded. GUI thread.
class RecordDialog : public QDialog {
  Q_OBJECT

 public:
  /// `description` must outlive the dialog. `selected`: neurons that may be chosen instead of all; in any order.
  RecordDialog(const Description& description, std::vector<NeuronId> selected, std::size_t neurons,
               QWidget* parent = nullptr);

  [[nodiscard]] RecordPlan plan() const;

 private:
  enum What { Firings, Values, Links, Whole };
  [[nodiscard]] What what() const;
  void chooseWhat();
  void showPlan();

  const Description& description_;
  std::vector<NeuronId> selected_;
  std::size_t neurons_;
  QComboBox* what_;
  QComboBox* whom_;
  QListWidget* fields_;
  QSpinBox* every_;
  QLabel* hint_;
};

}  // namespace plexarium::ui
