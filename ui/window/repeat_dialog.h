#pragma once

#include <QDialog>
#include <vector>

#include "core/edit/ports.h"
#include "core/session/snapshot.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace plexarium::ui {

/// Asks how the selected unit is repeated along the body. GUI thread.
class RepeatDialog : public QDialog {
  Q_OBJECT

 public:
  /// `unit`: the neurons to repeat, some.
  RepeatDialog(const Snapshot& now, const std::vector<NeuronId>& unit, QWidget* parent);

  [[nodiscard]] Repetition repetition() const;

 private:
  void makeForm();
  void listChains(const GraphImage& graph);

  std::vector<NeuronId> unit_;
  Point perRow_;  ///< From row to row of the body, on the canvas; of a body without rows: past the unit.
  QSpinBox* times_;
  QSpinBox* rows_;
  QComboBox* from_;
  QComboBox* to_;
  QCheckBox* outside_;
};

}  // namespace plexarium::ui
