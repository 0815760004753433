#pragma once

#include <QDialog>
#include <optional>

#include "core/session/breakpoints.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace plexarium::ui {

/// Asks which value is to be watched, and for which limit: a field of a neuron or a metric of the network, from the tables.
/// GUI thread.
class CrossingDialog : public QDialog {
  Q_OBJECT

 public:
  /// `description` must outlive the dialog. Without a neuron: metrics only.
  CrossingDialog(const Description& description, std::optional<NeuronId> neuron, QWidget* parent);

  [[nodiscard]] Breakpoint breakpoint() const;

 private:
  std::optional<NeuronId> neuron_;
  std::size_t fields_ = 0;  ///< How many of the choices are fields; then come the metrics.
  QComboBox* what_;
  QComboBox* way_;
  QLineEdit* value_;
};

}  // namespace plexarium::ui
