#include "ui/window/repeat_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/canvas/camera.h"
#include "ui/plots/neuron_names.h"

namespace plexarium::ui {
namespace {

constexpr float roomBetween = 4;  // radii between a unit and its copy

}  // namespace

RepeatDialog::RepeatDialog(const GraphImage& graph, const std::vector<NeuronId>& unit, QWidget* parent)
    : QDialog(parent),
      unit_(unit),
      times_(new QSpinBox(this)),
      rows_(new QSpinBox(this)),
      from_(new QComboBox(this)),
      to_(new QComboBox(this)),
      outside_(new QCheckBox(tr("Copy links with other neurons, too"), this)) {
  setObjectName(QStringLiteral("repeatDialog"));
  setWindowTitle(tr("Repeat along the body"));
  times_->setObjectName(QStringLiteral("repeatTimes"));
  times_->setAccessibleName(tr("How many copies"));
  times_->setRange(1, 100);
  times_->setValue(11);
  times_->setToolTip(tr("Copies to make of the selected neurons"));
  rows_->setObjectName(QStringLiteral("repeatRows"));
  rows_->setAccessibleName(tr("How many rows further each copy lies"));
  rows_->setRange(-100, 100);
  rows_->setValue(1);
  rows_->setToolTip(tr("How many rows of muscles each copy lies behind the one before; below 0: ahead"));
  from_->setObjectName(QStringLiteral("repeatFrom"));
  to_->setObjectName(QStringLiteral("repeatTo"));
  from_->setAccessibleName(tr("Which neuron of a unit leads to the next unit"));
  to_->setAccessibleName(tr("To which neuron of the next unit it leads"));
  outside_->setObjectName(QStringLiteral("repeatOutside"));
  outside_->setToolTip(tr("Links with neurons outside the unit that stand for no row, such as commands"));
  from_->addItem(tr("no link"));
  Box box;
  for (const NeuronId id : unit_) {
    const auto row = graph.row(id);
    const QString name = row ? neuronName(graph, *row) : QString::number(id.value);
    from_->addItem(name);
    to_->addItem(name);
    if (row) box.include((*graph.positions)[*row]);
  }
  if (!box.empty()) size_ = {box.right - box.left, box.bottom - box.top};
  to_->setEnabled(false);
  connect(from_, &QComboBox::currentIndexChanged, to_, [this](int chosen) { to_->setEnabled(chosen > 0); });
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(14);
  form->addRow(tr("Copies"), times_);
  form->addRow(tr("Rows further each"), rows_);
  form->addRow(tr("Link each unit from"), from_);
  form->addRow(tr("to the next one's"), to_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* repeat = buttons->addButton(tr("Repeat"), QDialogButtonBox::AcceptRole);
  repeat->setObjectName(QStringLiteral("repeatNow"));
  repeat->setDefault(true);
  auto* column = new QVBoxLayout(this);
  column->addLayout(form);
  column->addWidget(outside_);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Repetition RepeatDialog::repetition() const {
  Repetition wanted;
  wanted.unit = unit_;
  wanted.times = times_->value();
  wanted.rows = rows_->value();
  wanted.shift = {size_.x + roomBetween, 0};
  if (from_->currentIndex() > 0 && to_->currentIndex() >= 0) {
    wanted.chain.emplace_back(unit_[static_cast<std::size_t>(from_->currentIndex() - 1)],
                              unit_[static_cast<std::size_t>(to_->currentIndex())]);
  }
  wanted.outside = outside_->isChecked();
  return wanted;
}

}  // namespace plexarium::ui
