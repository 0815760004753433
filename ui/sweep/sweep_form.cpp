#include "ui/sweep/sweep_form.h"

#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>
#include <algorithm>

#include "ui/inspector/field_editor.h"
#include "ui/inspector/number_box.h"
#include "ui/sweep/handle_box.h"

namespace plexarium::ui {
namespace {

constexpr int usualSteps = 300;  // of a diagram
constexpr int usualSide = 41;    // of a map
constexpr int mostSteps = 2'000;
constexpr int usualSettle = 300;
constexpr int usualKeep = 64;
constexpr int mostTicks = 100'000;
constexpr int boxWidth = 62;  // pixels

QLabel* makeLabel(const QString& text, QWidget* buddy, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setProperty("class", QStringLiteral("dim"));
  label->setBuddy(buddy);
  return label;
}

}  // namespace

SweepForm::SweepForm(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
  setObjectName(QStringLiteral("sweepForm"));
  grid_->setContentsMargins(12, 2, 4, 6);
  grid_->setHorizontalSpacing(6);
  grid_->setVerticalSpacing(4);
  grid_->setColumnStretch(1, 1);
  makeAxis(across_, 0, false);
  makeAxis(up_, 1, true);
  makeLook();
  grid_->setRowStretch(grid_->rowCount(), 1);
  connect(look_, &HandleBox::chosenByHand, this, &SweepForm::chosenByHand);
  clear();
}

void SweepForm::makeAxis(Axis& axis, int row, bool optional) {
  const QString name = optional ? QStringLiteral("sweepUp") : QStringLiteral("sweepAcross");
  axis.what = new HandleBox(name, optional ? tr("Change as well") : tr("Change"),
                            optional ? tr("A second number, upward: a map of both")
                                     : tr("The number that is tried at many values: select a neuron or a link for its own"),
                            optional ? tr("nothing else") : tr("select a neuron or a link"), optional, this);
  grid_->addWidget(makeLabel(optional ? tr("and") : tr("Change"), axis.what, this), row, 0);
  grid_->addWidget(axis.what, row, 1);
  const auto number = [&](const char* suffix, const QString& text, const QString& help, int column) {
    auto* box = new NumberBox(axis.field, this);
    box->setObjectName(name + QString::fromLatin1(suffix));
    box->setAccessibleName(text);
    box->setToolTip(help);
    box->setFixedWidth(boxWidth);
    keepKeys(box);
    connect(box, &NumberBox::refused, this, &SweepForm::refused);
    grid_->addWidget(box, row, column);
    return box;
  };
  axis.from = number("From", tr("From"), tr("The first value; it may be the larger one"), 2);
  axis.to = number("To", tr("To"), tr("The last value"), 3);
  axis.steps =
      addCount(name + QStringLiteral("Steps"), tr("Steps"), tr("How many values are tried"), 2, mostSteps, usualSteps);
  axis.steps->setSuffix(tr(" steps"));
  grid_->addWidget(axis.steps, row, 4);
  connect(axis.what, &HandleBox::chosenByHand, this, [this, &axis] {
    fit(axis);
    emit chosenByHand();
  });
}

QSpinBox* SweepForm::addCount(const QString& objectName, const QString& name, const QString& help, int least, int most,
                              int value) {
  auto* box = new QSpinBox(this);
  box->setObjectName(objectName);
  box->setAccessibleName(name);
  box->setToolTip(help);
  box->setRange(least, most);
  box->setValue(value);
  box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  keepKeys(box);
  return box;
}

void SweepForm::makeLook() {
  look_ = new HandleBox(QStringLiteral("sweepLook"), tr("Look at"),
                        tr("Which value of which neuron is drawn: select the neuron"), tr("select a neuron"), false, this);
  settle_ = addCount(QStringLiteral("sweepSettle"), tr("Ticks left out"),
                     tr("Ticks of every step that are left out, so that what was before fades"), 0, mostTicks, usualSettle);
  settle_->setPrefix(tr("after "));
  keep_ = addCount(QStringLiteral("sweepKeep"), tr("Ticks looked at"), tr("Ticks of every step that are drawn, a dot each"),
                   1, mostTicks, usualKeep);
  keep_->setPrefix(tr("for "));
  grid_->addWidget(makeLabel(tr("Look at"), look_, this), 2, 0);
  grid_->addWidget(look_, 2, 1);
  grid_->addWidget(settle_, 2, 2, 1, 2);
  grid_->addWidget(keep_, 2, 4);
}

void SweepForm::offer(std::shared_ptr<const Snapshot> snapshot, const Description& description, const Selection& selection,
                      bool follow) {
  snapshot_ = std::move(snapshot);
  description_ = &description;
  const auto handles = handlesFor(description, snapshot_->graph, selection);
  if (follow) {
    const auto choice = choiceFor(description, snapshot_->graph, selection);
    choose(across_, choice.across);
    choose(up_, choice.up);
    if (choice.look) look_->choose(named(description, snapshot_->graph, *choice.look));
  }
  across_.what->offer(handles);
  up_.what->offer(handles);
  look_->offer(looksFor(description, snapshot_->graph, selection));
  settle_->setSuffix(QStringLiteral(" %1s").arg(QString::fromStdString(description.tickUnit)));
  fitSteps();
}

void SweepForm::clear() {
  for (Axis* axis : {&across_, &up_}) {
    axis->what->choose({});
    axis->what->offer({});
    fit(*axis);
  }
  look_->choose({});
  look_->offer({});
}

/// What is chosen already keeps its range.
void SweepForm::choose(Axis& axis, const std::optional<Handle>& handle) {
  const auto& chosen = axis.what->chosen();
  if (handle && chosen && chosen->handle == *handle) return;
  axis.what->choose(handle ? std::optional(named(*description_, snapshot_->graph, *handle)) : std::nullopt);
  fit(axis);
}

/// The range of what is chosen.
void SweepForm::fit(Axis& axis) {
  const auto& chosen = axis.what->chosen();
  for (QWidget* box : std::initializer_list<QWidget*>{axis.from, axis.to, axis.steps}) box->setEnabled(chosen.has_value());
  fitSteps();
  if (!chosen) return;
  axis.field = fieldOf(*description_, chosen->handle);
  axis.field.unit.clear();       // there is little room, and the plot tells it
  axis.field.evolves = false;    // a bound is told in full
  axis.field.unlimited = false;  // and is one
  const auto [low, high] = usualRange(axis.field, valueNow(*snapshot_, *description_, chosen->handle));
  axis.from->setValue(low);
  axis.to->setValue(high);
}

/// A map has fewer steps than a diagram, unless somebody has said how many.
void SweepForm::fitSteps() {
  const bool map = up_.what->chosen().has_value();
  const int usual = map ? usualSide : usualSteps, other = map ? usualSteps : usualSide;
  for (const Axis* axis : {&across_, &up_}) {
    if (axis->steps->value() == other) axis->steps->setValue(usual);
  }
  keep_->setEnabled(!map);
}

std::optional<SweepAxis> SweepForm::axisOf(const Axis& axis) {
  const auto& chosen = axis.what->chosen();
  if (!chosen || !axis.from->value() || !axis.to->value()) return std::nullopt;
  return SweepAxis{chosen->handle, *axis.from->value(), *axis.to->value(), static_cast<std::size_t>(axis.steps->value())};
}

std::optional<SweepPlan> SweepForm::plan() const {
  const auto across = axisOf(across_);
  if (!across || !look_->chosen()) return std::nullopt;
  const auto& look = std::get<NeuronHandle>(look_->chosen()->handle);
  SweepPlan plan{*across, axisOf(up_), look.neuron, look.field, settle_->value(), keep_->value()};
  if (plan.up) plan.keep = 1;
  return plan;
}

QList<QWidget*> SweepForm::controls() const {
  QList<QWidget*> all;
  for (const Axis* axis : {&across_, &up_}) all << axis->what << axis->from << axis->to << axis->steps;
  return all << look_ << settle_ << keep_;
}

QString SweepForm::missing() const {
  if (!across_.what->chosen() && !look_->chosen()) return tr("Select a neuron or a link, then press Sweep");
  if (!across_.what->chosen()) return tr("Choose what to change");
  if (!look_->chosen()) return tr("Select the neuron to look at");
  return {};
}

}  // namespace plexarium::ui
