#include "ui/window/edit_commands.h"

#include <QAction>
#include <QCursor>
#include <QMenu>
#include <algorithm>

#include "ui/canvas/canvas_item.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/edits.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr std::size_t mostWatched = 256;
constexpr double strongFactor = 5;
constexpr int noticeSeconds = 8;

QString editText(const QString& verb, const std::string& label) {
  return label.empty() ? verb : QStringLiteral("%1 “%2”").arg(verb, QString::fromStdString(label));
}

}  // namespace

EditCommands::EditCommands(SessionBridge& bridge, Selection& selection, CanvasView& view, NoticeArea& notices,
                           Actions& actions, QWidget& window)
    : QObject(&window),
      bridge_(bridge),
      selection_(selection),
      view_(view),
      notices_(notices),
      actions_(actions),
      window_(window) {
  connectActions();
  connectCanvas();
  connect(&selection_, &Selection::changed, this, [this] {
    noteFirst();
    watch();
  });
  connect(&bridge_, &SessionBridge::opened, &selection_, &Selection::clear);
  connect(&bridge_, &SessionBridge::frame, this, &EditCommands::enableActions);
  enableActions();
}

void EditCommands::connectActions() {
  const auto on = [this](QAction* action, auto what) {
    connect(action, &QAction::triggered, this, [this, what] {
      if (bridge_.snapshot()) what();
    });
  };
  on(actions_.undo, [this] { bridge_.post(Undo{}); });
  on(actions_.redo, [this] { bridge_.post(Redo{}); });
  on(actions_.addNeuron, [this] { addNeuronHere(); });
  on(actions_.connectSelected,
     [this] { submit(connectSelected(bridge_.description(), bridge_.snapshot()->graph, selection_, first_)); });
  on(actions_.removeSelected, [this] { submit(removeSelected(bridge_.snapshot()->graph, selection_)); });
  on(actions_.selectAll, [this] { selection_.set(*bridge_.snapshot()->graph.ids, {}); });
}

void EditCommands::connectCanvas() {
  CanvasItem& canvas = view_.canvas();
  connect(&canvas, &CanvasItem::editRequested, this, [this](const Edit& edit) { submit(edit); });
  connect(&canvas, &CanvasItem::stimulateRequested, this, &EditCommands::stimulate);
  connect(&canvas, &CanvasItem::hoveredChanged, this, &EditCommands::watch);
  connect(&canvas, &CanvasItem::contextMenuRequested, this, &EditCommands::showContextMenu);
  connect(&canvas, &CanvasItem::placeRequested, this, &EditCommands::addNeuronAt);
}

void EditCommands::submit(Result<Edit> edit) {
  if (!edit) return notices_.say(QString::fromStdString(edit.error().text()), false, noticeSeconds);
  bridge_.submit(std::move(*edit));
}

void EditCommands::addNeuronHere() {
  const QPointF mouse = view_.mapFromGlobal(QPointF(QCursor::pos()));
  const bool inside = view_.rect().contains(mouse.toPoint()) && view_.underMouse();
  addNeuronAt(view_.canvas().toWorld(inside ? mouse : QPointF(view_.rect().center())));
}

void EditCommands::addNeuronAt(Point place) {
  if (!bridge_.snapshot()) return;
  bridge_.submit(addNeuron(bridge_.description(), place), [this](const Outcome& outcome) {
    if (outcome.error) {
      notices_.say(QString::fromStdString(outcome.error->text()), true, noticeSeconds);
    } else {
      selection_.set(outcome.added, {});
    }
  });
}

void EditCommands::stimulate(NeuronId neuron, bool strong) {
  const auto& stimuli = bridge_.description().stimuli;
  if (stimuli.empty()) return notices_.say(tr("Nothing can be put into these neurons."), false, noticeSeconds);
  const auto& channel = stimuli.front();
  const double amount = std::clamp(channel.usual * (strong ? strongFactor : 1), channel.minimum, channel.maximum);
  bridge_.post(Stimulate{{{neuron, 0, amount}}});
}

void EditCommands::showContextMenu(QPointF item) {
  if (!bridge_.snapshot()) return;
  CanvasItem& canvas = view_.canvas();
  const auto neuron = canvas.neuronAt(item);
  const auto link = canvas.linkAt(item);
  if (neuron && !selection_.contains(*neuron)) selection_.set({*neuron}, {});
  if (!neuron && link && !selection_.contains(*link)) selection_.set({}, {*link});
  auto* menu = new QMenu(&window_);
  menu->setObjectName(QStringLiteral("canvasMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (neuron) {
    connect(menu->addAction(tr("Stimulate")), &QAction::triggered, this, [this, id = *neuron] { stimulate(id, false); });
  } else {
    const Point place = canvas.toWorld(item);
    connect(menu->addAction(tr("Add neuron here")), &QAction::triggered, this, [this, place] { addNeuronAt(place); });
  }
  menu->addAction(actions_.connectSelected);
  menu->addAction(actions_.removeSelected);
  menu->addSeparator();
  menu->addAction(actions_.selectAll);
  menu->addAction(actions_.fit);
  menu->popup(view_.mapToGlobal(item.toPoint()));
}

void EditCommands::noteFirst() {
  const auto& neurons = selection_.neurons();
  if (neurons.empty()) {
    first_ = {};
  } else if (!selection_.contains(first_)) {
    first_ = neurons.front();
  }
}

void EditCommands::watch() {
  if (!bridge_.snapshot()) return;
  const auto head = [](const auto& items) {
    return std::vector(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), mostWatched)));
  };
  Watch wanted{head(selection_.neurons()), head(selection_.links())};
  const auto hoveredNeuron = view_.canvas().hoveredNeuron();
  const auto hoveredLink = view_.canvas().hoveredLink();
  if (hoveredNeuron && std::find(wanted.neurons.begin(), wanted.neurons.end(), *hoveredNeuron) == wanted.neurons.end()) {
    wanted.neurons.push_back(*hoveredNeuron);
  }
  if (hoveredLink && std::find(wanted.links.begin(), wanted.links.end(), *hoveredLink) == wanted.links.end()) {
    wanted.links.push_back(*hoveredLink);
  }
  bridge_.post(std::move(wanted));
}

void EditCommands::enableActions() {
  const auto& now = bridge_.snapshot();
  actions_.undo->setEnabled(now && !now->undoLabel.empty());
  actions_.redo->setEnabled(now && !now->redoLabel.empty());
  if (!now) return;
  const QString undo = editText(tr("&Undo"), now->undoLabel);
  const QString redo = editText(tr("&Redo"), now->redoLabel);
  if (actions_.undo->text() != undo) actions_.undo->setText(undo);
  if (actions_.redo->text() != redo) actions_.redo->setText(redo);
}

}  // namespace plexarium::ui
