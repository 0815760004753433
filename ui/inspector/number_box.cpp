#include "ui/inspector/number_box.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <algorithm>
#include <cmath>

namespace plexarium::ui {

QString valueText(const Field& field, double value) {
  if (!field.minimumText.empty() && value == field.minimum) return QString::fromStdString(field.minimumText);
  const bool fraction = field.type == FieldType::Real || field.type == FieldType::Single;
  if (field.evolves && fraction && std::isfinite(value)) return QString::number(value, 'g', 6);
  return QString::fromStdString(formatValue(field, value));
}

QString valueWithUnit(const Field& field, double value) {
  QString text = valueText(field, value);
  const bool number = field.minimumText.empty() || value != field.minimum;
  if (number && !field.unit.empty()) text += QLatin1Char(' ') + QString::fromStdString(field.unit);
  return text;
}

NumberBox::NumberBox(const Field& field, QWidget* parent) : QAbstractSpinBox(parent), field_(field) {
  setFocusPolicy(Qt::StrongFocus);
  setButtonSymbols(QAbstractSpinBox::NoButtons);
  setAccelerated(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(this, &QAbstractSpinBox::editingFinished, this, &NumberBox::readText);
}

QString NumberBox::shownText() const { return value_ ? valueWithUnit(field_, *value_) : QString(); }

void NumberBox::showValue() {
  const QString text = shownText();
  if (lineEdit()->text() != text) lineEdit()->setText(text);
  lineEdit()->setCursorPosition(0);
}

void NumberBox::setValue(double value) {
  if (value_ == value && lineEdit()->text() == shownText()) return;
  value_ = value;
  lineEdit()->setPlaceholderText({});
  showValue();
}

void NumberBox::setMixed(const QString& hint) {
  value_.reset();
  if (!lineEdit()->text().isEmpty()) lineEdit()->clear();
  if (lineEdit()->placeholderText() != hint) lineEdit()->setPlaceholderText(hint);
}

void NumberBox::readText() {
  QString text = lineEdit()->text().trimmed();
  if (!editing()) return;
  const QString unit = QString::fromStdString(field_.unit);
  if (!unit.isEmpty() && text.endsWith(unit)) text = text.chopped(unit.size()).trimmed();
  // People write 0,5 and +3; files do not.
  text.replace(QLatin1Char(','), QLatin1Char('.'));
  if (text.startsWith(QLatin1Char('+'))) text.remove(0, 1);
  if (text.isEmpty()) return showValue();
  const bool lowest = !field_.minimumText.empty() && text == QString::fromStdString(field_.minimumText);
  const auto parsed = lowest ? Result<double>(field_.minimum) : parseValue(field_, text.toStdString());
  if (!parsed) {
    showValue();
    emit refused(QString::fromStdString(parsed.error().text()));
    return;
  }
  const bool changed = value_ != *parsed;
  value_ = *parsed;
  showValue();
  if (changed) emit entered(*parsed);
}

void NumberBox::stepBy(int steps) {
  if (!value_ || std::isinf(*value_)) return;
  double step = 1;
  if (field_.type != FieldType::Integer) {
    const double size = *value_ != 0 ? std::abs(*value_) : std::max(std::abs(field_.initial), 1e-3);
    step = std::pow(10.0, std::floor(std::log10(size)) - 1);
  }
  // Whole multiples of the step, so that ten steps of 0.1 give exactly 1.
  double next = (std::round(*value_ / step) + steps) * step;
  next = std::stod(QString::number(next, 'g', 12).toStdString());
  next = std::clamp(next, field_.minimum, field_.maximum);
  if (next == *value_) return;
  value_ = next;
  showValue();
  selectAll();
  emit entered(next);
}

QValidator::State NumberBox::validate(QString&, int&) const { return QValidator::Acceptable; }

QSize NumberBox::sizeHint() const {
  QSize size = QAbstractSpinBox::sizeHint();
  size.setWidth(fontMetrics().horizontalAdvance(QStringLiteral("-0.000000000 ticks")));
  return size;
}

QSize NumberBox::minimumSizeHint() const {
  QSize size = QAbstractSpinBox::minimumSizeHint();
  size.setWidth(fontMetrics().horizontalAdvance(QStringLiteral("-0.0000")));
  return size;
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const {
  return value_ && !isReadOnly() ? StepUpEnabled | StepDownEnabled : StepEnabled(StepNone);
}

bool NumberBox::editing() const { return lineEdit()->text().trimmed() != shownText(); }

/// Undo and redo are the network's unless there is typing to take back; Escape is the tools' likewise.
bool NumberBox::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool escape = key->key() == Qt::Key_Escape;
    if (escape || key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
      event->setAccepted(editing());
      return true;
    }
  }
  return QAbstractSpinBox::event(event);
}

void NumberBox::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && editing()) {
    showValue();
    return selectAll();
  }
  QAbstractSpinBox::keyPressEvent(event);
}

void NumberBox::focusInEvent(QFocusEvent* event) {
  QAbstractSpinBox::focusInEvent(event);
  selectAll();
}

}  // namespace plexarium::ui
