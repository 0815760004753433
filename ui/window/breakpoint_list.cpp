#include "ui/window/breakpoint_list.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/canvas/hover_text.h"
#include "ui/inspector/field_editor.h"
#include "ui/window/actions.h"
#include "ui/window/crossing_dialog.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr int noticeSeconds = 20;

template <typename... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

QString number(double value) { return QString::number(value, 'g', 6); }

QString wayText(Crossing crossing) {
  switch (crossing) {
    case Crossing::Rising:
      return BreakpointList::tr("rises to");
    case Crossing::Falling:
      return BreakpointList::tr("falls to");
    case Crossing::Either:
      break;
  }
  return BreakpointList::tr("crosses");
}

}  // namespace

BreakpointList::BreakpointList(const Desk& desk) : desk_(desk), list_(new QListWidget(this)) {
  setObjectName(QStringLiteral("breakpoints"));
  list_->setObjectName(QStringLiteral("breakpointList"));
  list_->setAccessibleName(tr("What stops the network"));
  list_->setFrameShape(QFrame::NoFrame);
  auto* buttons = new QHBoxLayout;
  const auto button = [&](const char* name, const QString& text, const QString& help, auto what) {
    auto* made = new QPushButton(text, this);
    made->setObjectName(QString::fromLatin1(name));
    made->setToolTip(help);
    made->setAccessibleName(help);
    keepKeys(made);
    buttons->addWidget(made);
    connect(made, &QPushButton::clicked, this, [this, what] {
      if (desk_.bridge.snapshot()) what();
    });
  };
  button("stopAtFiring", tr("Firing"), tr("Stop when a selected neuron fires"), [this] { addFirings(); });
  button("stopAtValue", tr("Value…"), tr("Stop when a value crosses a limit"), [this] { askForCrossing(); });
  button("stopAtLinks", tr("Links"), tr("Stop when the network makes or loses a link by itself"),
         [this] { add({LinksChange{}}); });
  button("removeBreakpoint", tr("Remove"), tr("Take the chosen one off the list"), [this] { removeCurrent(); });
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(10, 4, 10, 10);
  layout->setSpacing(6);
  layout->addWidget(list_, 1);
  layout->addLayout(buttons);
  desk_.on(desk_.actions.stopAtFiring, [this] { addFirings(); });
  connect(&desk_.bridge, &SessionBridge::opened, this, [this] {
    breakpoints_.clear();
    stopped_.reset();
    showAll();
  });
  connect(&desk_.bridge, &SessionBridge::frame, this, &BreakpointList::onFrame);
}

void BreakpointList::addFirings() {
  std::vector<Breakpoint> more;
  for (const NeuronId id : desk_.selection.neurons()) {
    if (desk_.graph().row(id)) more.emplace_back(NeuronFires{id});
  }
  if (more.empty()) {
    return desk_.refuse({tr("No neuron is selected").toStdString(), {}, tr("Select neurons first").toStdString()});
  }
  add(std::move(more));
}

void BreakpointList::askForCrossing() {
  const auto& selected = desk_.selection.neurons();
  const auto neuron = selected.size() == 1 ? std::optional(selected.front()) : std::nullopt;
  if (!neuron && desk_.bridge.description().metrics.empty()) {
    return desk_.refuse({tr("One neuron must be selected").toStdString(), {}, {}});
  }
  auto* dialog = new CrossingDialog(desk_.bridge.description(), neuron, &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { add({dialog->breakpoint()}); });
  connect(&desk_.bridge, &SessionBridge::opened, dialog, &QDialog::reject);
  dialog->open();
}

void BreakpointList::add(std::vector<Breakpoint> more) {
  auto wanted = breakpoints_;
  wanted.insert(wanted.end(), more.begin(), more.end());
  send(std::move(wanted));
}

void BreakpointList::removeCurrent() {
  const int row = list_->currentRow();
  if (row < 0) return;
  auto wanted = breakpoints_;
  wanted.erase(wanted.begin() + row);
  send(std::move(wanted));
}

/// Shown once the network has taken it.
void BreakpointList::send(std::vector<Breakpoint> wanted) {
  desk_.bridge.post(SetBreakpoints{wanted}, [this, wanted](const Outcome& outcome) {
    if (outcome.error) return desk_.refuse(*outcome.error);
    breakpoints_ = wanted;
    showAll();
  });
}

void BreakpointList::showAll() {
  const int row = list_->currentRow();
  list_->clear();
  for (const auto& breakpoint : breakpoints_) list_->addItem(textOf(breakpoint));
  list_->setCurrentRow(std::min(row, list_->count() - 1));
}

void BreakpointList::onFrame() {
  const auto& hit = desk_.bridge.snapshot()->stoppedBy;
  if (!hit) return stopped_.reset();
  if (stopped_ == hit->tick) return;
  stopped_ = hit->tick;
  QStringList reasons;
  for (const std::size_t index : hit->breakpoints) {
    if (index < breakpoints_.size()) reasons << textOf(breakpoints_[index]);
  }
  if (!hit->breakpoints.empty()) list_->setCurrentRow(static_cast<int>(hit->breakpoints.front()));
  desk_.notices.say(tr("Stopped at tick %1: %2.").arg(hit->tick).arg(reasons.join(QStringLiteral(", "))), true,
                    noticeSeconds);
}

QString BreakpointList::textOf(const Breakpoint& breakpoint) const {
  const Description& tables = desk_.bridge.description();
  const auto name = [this](NeuronId id) { return displayName(desk_.graph(), id); };
  const auto crossing = [](const std::string& label, Crossing way, double limit) {
    return tr("%1 %2 %3").arg(QString::fromStdString(label), wayText(way), number(limit));
  };
  return std::visit(
      Overloaded{
          [&](const NeuronFires& one) { return tr("%1 fires").arg(name(one.neuron)); },
          [&](const FieldCrosses& one) {
            return name(one.neuron) + QStringLiteral(": ") +
                   crossing(tables.neuronFields[one.field].label, one.crossing, one.value);
          },
          [&](const MetricCrosses& one) { return crossing(tables.metrics[one.metric].label, one.crossing, one.value); },
          [&](const LinksChange& one) {
            return one.neuron ? tr("a link of %1 is born or dies").arg(name(one.neuron)) : tr("a link is born or dies");
          },
      },
      breakpoint);
}

}  // namespace plexarium::ui
