#include "ui/window/record_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

namespace plexarium::ui {

RecordDialog::RecordDialog(const Description& description, std::vector<NeuronId> selected, std::size_t neurons,
                           QWidget* parent)
    : QDialog(parent),
      description_(description),
      selected_(std::move(selected)),
      neurons_(neurons),
      what_(new QComboBox(this)),
      whom_(new QComboBox(this)),
      fields_(new QListWidget(this)),
      every_(new QSpinBox(this)),
      hint_(new QLabel(this)) {
  setObjectName(QStringLiteral("recordDialog"));
  setWindowTitle(tr("Record the run"));
  std::sort(selected_.begin(), selected_.end());
  what_->addItem(tr("Who fires when"), Firings);
  what_->addItem(tr("Values"), Values);
  if (!description.linkFields.empty()) what_->addItem(tr("Values of links"), Links);
  if (!description.metrics.empty()) what_->addItem(tr("The network as a whole"), Whole);
  whom_->addItem(tr("All neurons"));
  if (!selected_.empty()) {
    whom_->addItem(tr("The selected neurons (%1)").arg(selected_.size()));
    whom_->setCurrentIndex(1);
  }
  every_->setRange(1, 1'000'000);
  every_->setPrefix(tr("every "));
  every_->setSuffix(QStringLiteral(" %1s").arg(QString::fromStdString(description.tickUnit)));
  hint_->setWordWrap(true);
  hint_->setProperty("class", QStringLiteral("dim"));
  auto* layout = new QFormLayout(this);
  layout->setContentsMargins(20, 18, 20, 16);
  layout->setSpacing(12);
  const auto add = [&](const char* name, const QString& label, QWidget* widget) {
    widget->setObjectName(QString::fromLatin1(name));
    widget->setAccessibleName(label);
    layout->addRow(label, widget);
  };
  add("recordWhat", tr("What"), what_);
  add("recordWhom", tr("Of"), whom_);
  add("recordFields", tr("Fields"), fields_);
  add("recordEvery", tr("How often"), every_);
  layout->addRow(hint_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* record = buttons->addButton(tr("Record…"), QDialogButtonBox::AcceptRole);
  record->setObjectName(QStringLiteral("recordRun"));
  record->setDefault(true);
  layout->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(what_, &QComboBox::currentIndexChanged, this, &RecordDialog::chooseWhat);
  connect(whom_, &QComboBox::currentIndexChanged, this, &RecordDialog::showPlan);
  connect(fields_, &QListWidget::itemChanged, this, &RecordDialog::showPlan);
  connect(every_, &QSpinBox::valueChanged, this, &RecordDialog::showPlan);
  chooseWhat();
}

RecordDialog::What RecordDialog::what() const { return static_cast<What>(what_->currentData().toInt()); }

/// Lists the fields that there are of it, with what evolves ticked; of the network as a whole everything is written.
void RecordDialog::chooseWhat() {
  const QSignalBlocker quiet(fields_);
  fields_->clear();
  for (const Metric& metric : description_.metrics) {
    if (what() != Whole) break;
    fields_->addItem(QString::fromStdString(metric.label));
    fields_->item(fields_->count() - 1)->setToolTip(QString::fromStdString(metric.help));
  }
  if (what() == Whole) return showPlan();
  for (const Field& field : what() == Links ? description_.linkFields : description_.neuronFields) {
    auto* item = new QListWidgetItem(QString::fromStdString(field.label), fields_);
    item->setToolTip(QString::fromStdString(field.help));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(field.evolves ? Qt::Checked : Qt::Unchecked);
  }
  showPlan();
}

RecordPlan RecordDialog::plan() const {
  RecordPlan plan;
  plan.metrics = what() == Whole;
  if (whom_->currentIndex() == 1 && !plan.metrics) plan.neurons = selected_;
  if (what() == Firings) return plan;
  plan.every = every_->value();
  if (plan.metrics) return plan;
  auto& fields = what() == Links ? plan.linkFields : plan.fields;
  for (int row = 0; row < fields_->count(); ++row) {
    if (fields_->item(row)->checkState() == Qt::Checked) fields.push_back(static_cast<std::size_t>(row));
  }
  return plan;
}

void RecordDialog::showPlan() {
  const bool values = what() == Values || what() == Links;
  fields_->setEnabled(values);
  whom_->setEnabled(what() != Whole);
  every_->setEnabled(what() != Firings);
  const RecordPlan now = plan();
  findChild<QPushButton*>(QStringLiteral("recordRun"))
      ->setEnabled(!values || !(now.fields.empty() && now.linkFields.empty()));
  if (now.metrics) return hint_->setText(tr("A line each time: ticks done and the mean of each since the line before."));
  if (!values) return hint_->setText(tr("A line a firing: tick, number and name of the neuron."));
  if (!now.linkFields.empty()) {
    return hint_->setText(now.neurons.empty()
                              ? tr("A line a link each time: tick, from, to and its values.")
                              : tr("A line a link among these neurons each time: tick, from, to and its values."));
  }
  if (now.fields.empty()) return hint_->setText(tr("Tick at least one field."));
  const std::size_t neurons = now.neurons.empty() ? neurons_ : now.neurons.size();
  hint_->setText(tr("%L1 numbers each time: %L2 neurons in order of their numbers, %3 fields each.")
                     .arg(neurons * now.fields.size())
                     .arg(neurons)
                     .arg(now.fields.size()));
}

}  // namespace plexarium::ui
