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
  RepeatDialog(const GraphImage& graph, const std::vector<NeuronId>& unit, QWidget* parent);

  [[nodiscard]] Repetition repetition() const;

 private:
  std::vector<NeuronId> unit_;
  Point size_;  ///< Of the unit on the canvas.
  QSpinBox* times_;
  QSpinBox* rows_;
  QComboBox* from_;
  QComboBox* to_;
  QCheckBox* outside_;
};

}  // namespace plexarium::ui
