#pragma once

#include <QDialog>
#include <cstdint>
#include <vector>

#include "core/dynamics/registry.h"

class QComboBox;
class QLabel;
class QVBoxLayout;

namespace plexarium::ui {

class FieldForm;
class NumberBox;

/// Asks for a dynamics and what its creation table wants. Accepted values are in range. GUI thread.
class NewNetworkDialog : public QDialog {
  Q_OBJECT

 public:
  /// `registry` must outlive the dialog and have an entry.
  NewNetworkDialog(const Registry& registry, QWidget* parent);

  [[nodiscard]] const DynamicsEntry& dynamics() const;
  [[nodiscard]] std::vector<double> values() const {
    return {values_.begin(), values_.end() - 1};
  }  ///< Follows Description::creationFields.
  [[nodiscard]] std::uint64_t seed() const { return static_cast<std::uint64_t>(values_.back()); }

 private:
  void choose(int index);

  const Registry& registry_;
  QComboBox* choice_;
  QLabel* help_;
  QLabel* problem_;
  QVBoxLayout* place_;
  FieldForm* form_ = nullptr;
  std::vector<Field> fields_;  ///< The creation fields and the seed.
  std::vector<double> values_;
};

}  // namespace plexarium::ui
