#pragma once

#include <QWidget>

#include "ui/sight/receptive_field.h"
#include "ui/sight/sight_grid.h"

namespace plexarium::ui {

class CellPicture;
class ElidedLabel;

/// What one neuron listens to, as a picture that lies like what the network is shown. GUI thread.
class FieldView : public QWidget {
  Q_OBJECT

 public:
  /// `bridge` must outlive it.
  explicit FieldView(SessionBridge& bridge, QWidget* parent = nullptr);

  /// Nothing: nobody is looked at.
  void follow(std::optional<NeuronId> neuron, const SightGrid& grid);
  [[nodiscard]] const ReceptiveField& field() const { return field_; }
  [[nodiscard]] const CellPicture& picture() const { return *picture_; }
  void setDark(bool dark);

 private:
  void paint(const SightGrid& grid);

  SessionBridge& bridge_;
  ReceptiveField field_;
  ElidedLabel* caption_;
  CellPicture* picture_;
  StrengthScale* scale_;
  bool dark_ = true;
};

}  // namespace plexarium::ui
