#pragma once

#include <QWidget>
#include <vector>

#include "core/description/field.h"

class QComboBox;
class QLabel;
class QVBoxLayout;

namespace plexarium::ui {

class FieldForm;

/// One of several ways to do something, each with a table of fields to fill in: a combo box, the help of what is chosen, and
/// its form. Values are always in range. GUI thread.
class ChoiceForm : public QWidget {
  Q_OBJECT

 public:
  struct Choice {
    QString label;
    QString help;
    std::vector<Field> fields;
  };

  /// At least one choice. Editors are called "<prefix>.<key>"; `name` says for what the choice is, to people.
  ChoiceForm(std::vector<Choice> choices, const QString& prefix, const QString& name, QWidget* parent = nullptr);

  [[nodiscard]] std::size_t index() const;
  [[nodiscard]] const std::vector<double>& values() const { return values_; }  ///< Follow the choice's fields.

  /// Shows this choice with these values, which must fit; does not emit.
  void set(std::size_t index, std::vector<double> values);

 signals:
  void changed();  ///< Another choice or value.

 private:
  void choose(int index);
  void showValues();

  std::vector<Choice> choices_;
  QString prefix_;
  QComboBox* choice_;
  QLabel* help_;
  QLabel* problem_;
  QVBoxLayout* layout_;
  FieldForm* form_ = nullptr;
  std::vector<double> values_;
};

/// Seed of random numbers, as a field.
Field seedField();

}  // namespace plexarium::ui
