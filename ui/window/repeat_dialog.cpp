#include "ui/window/repeat_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

#include "ui/canvas/camera.h"
#include "ui/plots/neuron_names.h"

namespace plexarium::ui {
namespace {

constexpr float roomBetween = 4;  // radii between a unit and its copy

enum Chain { NoLink, OwnCopy, FirstNeuron };  // what the box of links begins with

Point placeOf(const GraphImage& graph, NeuronId id) { return (*graph.positions)[*graph.row(id)]; }

/// The neuron that stands for a port, where there is one.
std::optional<NeuronId> standIn(const Snapshot& now, const std::string& controller, const std::string& port) {
  for (const auto& binding : *now.bindings) {
    if (binding.controller == controller && binding.port == port && now.graph.row(binding.neuron)) return binding.neuron;
  }
  return std::nullopt;
}

/// How far the next row of muscles lies from one that the unit is linked to.
std::optional<Point> rowStep(const Snapshot& now, const std::vector<NeuronId>& unit) {
  for (const auto& binding : *now.bindings) {
    const auto linked = [&](NeuronId id) {
      return now.graph.link({id, binding.neuron}) || now.graph.link({binding.neuron, id});
    };
    if (!now.graph.row(binding.neuron) || !std::ranges::any_of(unit, linked)) continue;
    const auto body = std::ranges::find(now.worlds, binding.controller, [](const auto& view) { return view->controller; });
    if (body == now.worlds.end()) continue;
    const Port& port = portAt(*(*body)->description, *findPort(*(*body)->description, binding.port));
    for (const int way : {1, -1}) {
      if (port.row == 0) break;
      const auto next = standIn(now, binding.controller, port.series + '.' + std::to_string(port.row + way));
      if (!next) continue;
      const Point from = placeOf(now.graph, binding.neuron);
      const Point to = placeOf(now.graph, *next);
      const auto by = static_cast<float>(way);
      return Point{(to.x - from.x) * by, (to.y - from.y) * by};
    }
  }
  return std::nullopt;
}

Point pastUnit(const GraphImage& graph, const std::vector<NeuronId>& unit) {
  Box box;
  for (const NeuronId id : unit) {
    if (graph.row(id)) box.include(placeOf(graph, id));
  }
  return {(box.empty() ? 0 : box.right - box.left) + roomBetween, 0};
}

}  // namespace

RepeatDialog::RepeatDialog(const Snapshot& now, const std::vector<NeuronId>& unit, QWidget* parent)
    : QDialog(parent),
      unit_(unit),
      perRow_(rowStep(now, unit).value_or(pastUnit(now.graph, unit))),
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
  listChains(now.graph);
  makeForm();
}

void RepeatDialog::listChains(const GraphImage& graph) {
  from_->addItem(tr("no link"));
  from_->addItem(tr("every neuron, to its own copy"));
  for (const NeuronId id : unit_) {
    const auto row = graph.row(id);
    const QString name = row ? neuronName(graph, *row) : QString::number(id.value);
    from_->addItem(name);
    to_->addItem(name);
  }
  const auto enable = [this](int chosen) { to_->setEnabled(chosen >= FirstNeuron); };
  connect(from_, &QComboBox::currentIndexChanged, to_, enable);
  from_->setCurrentIndex(OwnCopy);
  enable(OwnCopy);
}

void RepeatDialog::makeForm() {
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
  const auto rows = static_cast<float>(rows_->value() == 0 ? 1 : rows_->value());
  wanted.shift = {perRow_.x * rows, perRow_.y * rows};
  if (from_->currentIndex() == OwnCopy) {
    for (const NeuronId id : unit_) wanted.chain.emplace_back(id, id);
  } else if (from_->currentIndex() >= FirstNeuron && to_->currentIndex() >= 0) {
    wanted.chain.emplace_back(unit_[static_cast<std::size_t>(from_->currentIndex() - FirstNeuron)],
                              unit_[static_cast<std::size_t>(to_->currentIndex())]);
  }
  wanted.outside = outside_->isChecked();
  return wanted;
}

}  // namespace plexarium::ui
