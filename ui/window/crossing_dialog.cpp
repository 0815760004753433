#include "ui/window/crossing_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleValidator>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace plexarium::ui {

CrossingDialog::CrossingDialog(const Description& description, std::optional<NeuronId> neuron, QWidget* parent)
    : QDialog(parent),
      neuron_(neuron),
      what_(new QComboBox(this)),
      way_(new QComboBox(this)),
      value_(new QLineEdit(QStringLiteral("0"), this)) {
  setObjectName(QStringLiteral("crossing"));
  setWindowTitle(tr("Stop when a value crosses"));
  setMinimumWidth(340);
  if (neuron_) {
    fields_ = description.neuronFields.size();
    for (const auto& field : description.neuronFields) what_->addItem(QString::fromStdString(field.label));
  }
  for (const auto& metric : description.metrics) {
    what_->addItem(tr("%1 (whole network)").arg(QString::fromStdString(metric.label)));
  }
  way_->addItems({tr("rises to"), tr("falls to"), tr("crosses")});
  way_->setCurrentIndex(static_cast<int>(Crossing::Either));
  auto* validator = new QDoubleValidator(value_);
  validator->setLocale(QLocale::c());
  value_->setValidator(validator);
  what_->setObjectName(QStringLiteral("crossingWhat"));
  what_->setAccessibleName(tr("Which value"));
  way_->setObjectName(QStringLiteral("crossingWay"));
  way_->setAccessibleName(tr("Which way it goes"));
  value_->setObjectName(QStringLiteral("crossingValue"));
  value_->setAccessibleName(tr("Limit"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
  auto* layout = new QFormLayout(this);
  layout->setContentsMargins(20, 18, 20, 16);
  layout->setSpacing(12);
  layout->addRow(tr("Value"), what_);
  layout->addRow(tr("Stop when it"), way_);
  layout->addRow(tr("Limit"), value_);
  layout->addRow(buttons);
  connect(value_, &QLineEdit::textChanged, this,
          [this, ok = buttons->button(QDialogButtonBox::Ok)] { ok->setEnabled(value_->hasAcceptableInput()); });
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Breakpoint CrossingDialog::breakpoint() const {
  const auto index = static_cast<std::size_t>(what_->currentIndex());
  const double limit = QLocale::c().toDouble(value_->text());
  const auto way = static_cast<Crossing>(way_->currentIndex());
  if (index < fields_) return FieldCrosses{*neuron_, index, limit, way};
  return MetricCrosses{index - fields_, limit, way};
}

}  // namespace plexarium::ui
