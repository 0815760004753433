#include "ui/inspector/field_form.h"

#include <QFormLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/inspector/number_box.h"

namespace plexarium::ui {
namespace {

QString rangeText(const Field& field) {
  if (field.type == FieldType::Flag) return {};
  if (field.type == FieldType::Choice) return {};
  const QString unit = field.unit.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(field.unit);
  const auto number = [&](double value) { return QString::fromStdString(formatValue(field, value)); };
  constexpr double endless = 1e300;
  const bool open = field.maximum > endless;
  if (open && field.minimum < -endless) return unit.trimmed();
  const QString text = open ? FieldForm::tr("at least %1%2").arg(number(field.minimum), unit)
                            : FieldForm::tr("%1 … %2%3").arg(number(field.minimum), number(field.maximum), unit);
  return field.unlimited ? FieldForm::tr("%1, or unlimited").arg(text) : text;
}

}  // namespace

QString fieldToolTip(const Field& field) {
  QString tip = QStringLiteral("<b>%1</b>").arg(QString::fromStdString(field.label).toHtmlEscaped());
  const QString range = rangeText(field);
  if (!range.isEmpty()) tip += QStringLiteral("&nbsp;&nbsp;%1").arg(range.toHtmlEscaped());
  if (!field.help.empty()) tip += QStringLiteral("<br>%1").arg(QString::fromStdString(field.help).toHtmlEscaped());
  if (!field.evolves) {
    tip += QStringLiteral("<br>") + FieldForm::tr("Usually %1.").arg(valueText(field, field.initial).toHtmlEscaped());
  }
  return tip;
}

FieldForm::FieldForm(std::span<const Field> fields, const QString& prefix, QWidget* parent)
    : QWidget(parent), fields_(fields) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  int labelWidth = 0;  // One column through all sections; flags stand across both columns.
  for (const auto& field : fields) {
    if (tellsItsName(field)) continue;
    labelWidth = std::max(labelWidth, fontMetrics().horizontalAdvance(QString::fromStdString(field.label)));
  }
  QFormLayout* steady = nullptr;
  QFormLayout* live = nullptr;
  rows_.reserve(fields.size());
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const Field& field = fields[index];
    QFormLayout*& section = field.evolves ? live : steady;
    if (!section) section = addSection(field.evolves);
    auto* editor = new FieldEditor(field, section->parentWidget());
    editor->setObjectName(prefix + QLatin1Char('.') + QString::fromStdString(field.key));
    editor->setToolTip(fieldToolTip(field));
    if (tellsItsName(field)) {
      section->addRow(editor);
    } else {
      auto* label = new QLabel(QString::fromStdString(field.label), section->parentWidget());
      label->setBuddy(editor);
      label->setMinimumSize(labelWidth + 2, editor->sizeHint().height());
      label->setProperty("class", QStringLiteral("dim"));
      label->setToolTip(fieldToolTip(field));
      section->addRow(label, editor);
    }
    connect(editor, &FieldEditor::edited, this, [this, index](double value) { emit edited(index, value); });
    connect(editor, &FieldEditor::refused, this, &FieldForm::refused);
    const std::string words = field.label + ' ' + field.key + ' ' + field.unit + ' ' + field.help;
    rows_.push_back({editor, section, QString::fromStdString(words).toLower()});
  }
}

QFormLayout* FieldForm::addSection(bool live) {
  auto* box = new QWidget(this);
  auto* form = new QFormLayout(box);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(14);
  form->setVerticalSpacing(7);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  auto* column = static_cast<QVBoxLayout*>(layout());
  if (!live) {
    column->insertWidget(0, box);
    return form;
  }
  liveButton_ = new QToolButton(this);
  liveButton_->setText(tr("Live"));
  liveButton_->setToolTip(tr("What the network changes by itself, as it is now (of at most 256 selected)"));
  liveButton_->setAccessibleName(tr("Live values"));
  liveButton_->setCheckable(true);
  liveButton_->setChecked(true);
  liveButton_->setObjectName(QStringLiteral("fold"));
  liveButton_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  liveButton_->setArrowType(Qt::DownArrow);
  keepKeys(liveButton_);
  live_ = box;
  connect(liveButton_, &QToolButton::toggled, this, [this](bool open) {
    live_->setVisible(open);
    liveButton_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
  });
  column->addWidget(liveButton_);
  column->addWidget(box);
  return form;
}

void FieldForm::setSpread(std::size_t field, const Spread& spread, bool force) {
  rows_[field].editor->setSpread(spread, force);
}

int FieldForm::filter(const QString& text) {
  const QString wanted = text.trimmed().toLower();
  int shown = 0;
  bool anyLive = false;
  for (std::size_t index = 0; index < rows_.size(); ++index) {
    const Row& row = rows_[index];
    const bool match = row.words.contains(wanted);
    row.layout->setRowVisible(row.editor, match);
    shown += match;
    anyLive |= match && fields_[index].evolves;
  }
  if (liveButton_) liveButton_->setVisible(anyLive);
  return shown;
}

bool FieldForm::showsLive() const { return live_ && live_->isVisible(); }

}  // namespace plexarium::ui
