#pragma once

#include <QAbstractSpinBox>
#include <optional>

#include "core/description/field.h"

namespace plexarium::ui {

/// Edits one number in its shortest exact form ("0.1", "1e-07"; six digits of a value that evolves by itself), with the
/// field's unit behind it, or the words that stand for its minimum. Arrow keys and, while in focus, the wheel change the
/// leading digits: one for whole numbers, a tenth of the power of ten below the value for others. GUI thread.
class NumberBox : public QAbstractSpinBox {
  Q_OBJECT

 public:
  /// `field` must outlive the box.
  explicit NumberBox(const Field& field, QWidget* parent = nullptr);

  /// Shows a value; does not emit.
  void setValue(double value);
  /// Shows that there are several values; `hint` says which.
  void setMixed(const QString& hint);
  /// What is shown, unless that is mixed.
  [[nodiscard]] std::optional<double> value() const { return value_; }

  /// Whether something is typed that has not been entered yet. Escape gives it up.
  [[nodiscard]] bool editing() const;

  void stepBy(int steps) override;
  QValidator::State validate(QString& text, int& position) const override;
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 signals:
  void entered(double value);            ///< A person set another value, in the field's range.
  void refused(const QString& message);  ///< What was typed is no value of the field; the old one is shown again.

 protected:
  [[nodiscard]] StepEnabled stepEnabled() const override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;

 private:
  void readText();
  void showValue();
  [[nodiscard]] QString shownText() const;

  const Field& field_;
  std::optional<double> value_;
};

/// A value as the inspector shows it, without its unit.
QString valueText(const Field& field, double value);
/// With it, where it is a number.
QString valueWithUnit(const Field& field, double value);

}  // namespace plexarium::ui
