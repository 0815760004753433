#pragma once

#include <QDialog>
#include <cstdint>
#include <vector>

#include "core/dynamics/registry.h"

namespace plexarium::ui {

class ChoiceForm;

/// Asks for a dynamics and what its creation table wants. Accepted values are in range. GUI thread.
class NewNetworkDialog : public QDialog {
  Q_OBJECT

 public:
  /// `registry` must outlive the dialog and have an entry.
  NewNetworkDialog(const Registry& registry, QWidget* parent);

  [[nodiscard]] const DynamicsEntry& dynamics() const;
  /// Nothing is to be created: a person draws all of it. Values and seed say nothing then.
  [[nodiscard]] bool isEmpty() const { return empty_; }
  [[nodiscard]] std::vector<double> values() const;  ///< Follows Description::creationFields.
  [[nodiscard]] std::uint64_t seed() const;

 private:
  const Registry& registry_;
  ChoiceForm* form_;
  bool empty_ = false;
};

}  // namespace plexarium::ui
