#include "ui/window/edit_commands.h"

#include <QAction>
#include <QMenu>
#include <algorithm>

#include "ui/canvas/canvas_item.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/edits.h"
#include "ui/window/notice_area.h"
#include "ui/window/wiring_dialog.h"

namespace plexarium::ui {
namespace {

constexpr std::size_t mostWatched = 256;
constexpr double strongFactor = 5;
constexpr int noticeSeconds = 8;

QString editText(const QString& verb, const std::string& label) {
  return label.empty() ? verb : QStringLiteral("%1 “%2”").arg(verb, QString::fromStdString(label));
}

}  // namespace

EditCommands::EditCommands(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  connectActions();
  connectCanvas();
  connect(&desk_.selection, &Selection::changed, this, [this] {
    noteFirst();
    watch();
    enableActions();
  });
  connect(&desk_.bridge, &SessionBridge::opened, &desk_.selection, &Selection::clear);
  connect(&desk_.bridge, &SessionBridge::frame, this, &EditCommands::enableActions);
  enableActions();
}

void EditCommands::connectActions() {
  Actions& actions = desk_.actions;
  desk_.on(actions.undo, [this] { desk_.bridge.post(Undo{}); });
  desk_.on(actions.redo, [this] { desk_.bridge.post(Redo{}); });
  desk_.on(actions.addNeuron,
           [this] { desk_.submitAndSelect(addNeuron(desk_.bridge.description(), desk_.view.placeAtMouse())); });
  desk_.on(actions.connectSelected,
           [this] { desk_.submit(connectSelected(desk_.bridge.description(), desk_.graph(), desk_.selection, first_)); });
  desk_.on(actions.exchangeSources, [this] { desk_.submit(exchangeSources(*desk_.bridge.snapshot(), desk_.selection)); });
  desk_.on(actions.removeSelected, [this] { desk_.submit(removeSelected(desk_.graph(), desk_.selection)); });
  desk_.on(actions.wire, [this] { openWiring(); });
}

void EditCommands::connectCanvas() {
  CanvasItem& canvas = desk_.view.canvas();
  connect(&canvas, &CanvasItem::editRequested, this, [this](const Edit& edit) { desk_.submit(edit); });
  connect(&canvas, &CanvasItem::stimulateRequested, this, &EditCommands::stimulate);
  connect(&canvas, &CanvasItem::hoveredChanged, this, &EditCommands::watch);
  connect(&canvas, &CanvasItem::contextMenuRequested, this, [this, &canvas](QPointF item) {
    const auto neuron = canvas.neuronAt(item);
    showContextMenu(item, neuron, neuron ? std::nullopt : canvas.linkAt(item));
  });
  connect(&canvas, &CanvasItem::selectionMenuRequested, this, &EditCommands::showSelectionMenu);
  connect(&canvas, &CanvasItem::placeRequested, this, [this](Point place) {
    if (desk_.bridge.snapshot()) desk_.submitAndSelect(addNeuron(desk_.bridge.description(), place));
  });
}

void EditCommands::openWiring() {
  auto* dialog = new WiringDialog(desk_.bridge, desk_.selection.neurons(), &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &WiringDialog::wired, this, [this](const Edit& edit) { desk_.submit(edit); });
  dialog->open();
}

void EditCommands::stimulate(NeuronId neuron, bool strong) {
  const auto& stimuli = desk_.bridge.description().stimuli;
  if (stimuli.empty()) return desk_.notices.say(tr("Nothing can be put into these neurons."), false, noticeSeconds);
  const auto& channel = stimuli.front();
  const double amount = std::clamp(channel.usual * (strong ? strongFactor : 1), channel.minimum, channel.maximum);
  desk_.bridge.post(Stimulate{{{neuron, 0, amount}}});
  emit stimulated();
}

/// At the first selected neuron, or link, or in the middle of the view.
void EditCommands::showSelectionMenu() {
  if (!desk_.bridge.snapshot()) return;
  const GraphImage& graph = desk_.graph();
  const auto placeOf = [&](NeuronId id) { return desk_.view.canvas().toItem((*graph.positions)[*graph.row(id)]); };
  const QRectF inside = QRectF(desk_.view.rect()).adjusted(0, 0, -1, -1);
  const auto open = [&](QPointF item, std::optional<NeuronId> neuron, std::optional<LinkKey> link) {
    showContextMenu(
        {std::clamp(item.x(), inside.left(), inside.right()), std::clamp(item.y(), inside.top(), inside.bottom())}, neuron,
        link);
  };
  for (const NeuronId id : desk_.selection.neurons()) {
    if (graph.row(id)) return open(placeOf(id), id, std::nullopt);
  }
  for (const LinkKey key : desk_.selection.links()) {
    if (graph.link(key)) return open((placeOf(key.from) + placeOf(key.to)) / 2, std::nullopt, key);
  }
  open(inside.center(), std::nullopt, std::nullopt);
}

void EditCommands::showContextMenu(QPointF item, std::optional<NeuronId> neuron, std::optional<LinkKey> link) {
  if (!desk_.bridge.snapshot()) return;
  const Actions& actions = desk_.actions;
  const CanvasItem& canvas = desk_.view.canvas();
  auto* menu = new QMenu(&desk_.window);
  menu->setObjectName(QStringLiteral("canvasMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (neuron) {
    connect(menu->addAction(tr("Stimulate")), &QAction::triggered, this, [this, id = *neuron] { stimulate(id, false); });
    menu->addAction(actions.connectSelected);
    menu->addAction(actions.wire);
    menu->addSeparator();
    menu->addActions({actions.cut, actions.copy, actions.duplicate, actions.removeSelected});
    menu->addSeparator();
    menu->addActions({actions.selectInputs, actions.selectOutputs, actions.selectConnected});
    menu->addMenu(tr("Align"))->addActions(actions.alignments);
    menu->addMenu(tr("Group"))
        ->addActions(
            {actions.group, actions.ungroup, actions.foldGroup, actions.nameGroup, actions.inputGroup, actions.outputGroup});
    menu->addSeparator();
    menu->addActions({actions.why, actions.pin, actions.listen, actions.stopAtFiring});
  } else if (link) {
    menu->addActions({actions.exchangeSources, actions.removeSelected});
    connect(menu->addAction(tr("Select both ends")), &QAction::triggered, this, [this, key = *link] {
      desk_.selection.set({key.from, key.to}, {key});
    });
  } else {
    const Point place = canvas.toWorld(item);
    connect(menu->addAction(tr("Add neuron here")), &QAction::triggered, this,
            [this, place] { desk_.submitAndSelect(addNeuron(desk_.bridge.description(), place)); });
    menu->addAction(actions.paste);
    menu->addSeparator();
    menu->addActions({actions.selectAll, actions.find});
    menu->addMenu(tr("Layout"))->addActions(actions.layouts);
    menu->addAction(actions.fit);
  }
  menu->popup(desk_.view.mapToGlobal(item.toPoint()));
}

void EditCommands::noteFirst() {
  const auto& neurons = desk_.selection.neurons();
  if (neurons.empty()) {
    first_ = {};
  } else if (!desk_.selection.contains(first_)) {
    first_ = neurons.front();
  }
}

void EditCommands::watch() {
  if (!desk_.bridge.snapshot()) return;
  const auto head = [](const auto& items) {
    return std::vector(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), mostWatched)));
  };
  Watch wanted{head(desk_.selection.neurons()), head(desk_.selection.links())};
  const auto hoveredNeuron = desk_.view.canvas().hoveredNeuron();
  const auto hoveredLink = desk_.view.canvas().hoveredLink();
  if (hoveredNeuron && std::find(wanted.neurons.begin(), wanted.neurons.end(), *hoveredNeuron) == wanted.neurons.end()) {
    wanted.neurons.push_back(*hoveredNeuron);
  }
  if (hoveredLink && std::find(wanted.links.begin(), wanted.links.end(), *hoveredLink) == wanted.links.end()) {
    wanted.links.push_back(*hoveredLink);
  }
  desk_.bridge.watch(this, std::move(wanted));
}

void EditCommands::enableActions() {
  const auto& now = desk_.bridge.snapshot();
  desk_.actions.undo->setEnabled(now && !now->undoLabel.empty());
  desk_.actions.redo->setEnabled(now && !now->redoLabel.empty());
  desk_.actions.exchangeSources->setEnabled(now && exchangeSources(*now, desk_.selection));
  if (!now) return;
  const QString undo = editText(tr("&Undo"), now->undoLabel);
  const QString redo = editText(tr("&Redo"), now->redoLabel);
  if (desk_.actions.undo->text() != undo) desk_.actions.undo->setText(undo);
  if (desk_.actions.redo->text() != redo) desk_.actions.redo->setText(redo);
}

}  // namespace plexarium::ui
