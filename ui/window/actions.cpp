#include "ui/window/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>
#include <QWidget>

#include "ui/window/pace_control.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Actions", text); }

QList<QKeySequence> standard(QKeySequence::StandardKey key) { return QKeySequence::keyBindings(key); }

}  // namespace

QAction* Actions::make(const char* name, const QString& text, const QString& help, const QList<QKeySequence>& shortcuts,
                       const char* icon) {
  auto* action = new QAction(text, &window);
  action->setObjectName(QString::fromLatin1(name));
  action->setShortcuts(shortcuts);
  action->setStatusTip(help);
  const QString shown = shortcuts.isEmpty() ? QString() : shortcuts.front().toString(QKeySequence::NativeText);
  action->setToolTip(shown.isEmpty() ? help : QStringLiteral("%1 (%2)").arg(help, shown));
  if (icon) action->setProperty("iconName", QString::fromLatin1(icon));
  window.addAction(action);
  return action;
}

Actions::Actions(QWidget& owner) : window(owner) {
  create = make("create", tr("&New…"), tr("Make a new network"), standard(QKeySequence::New));
  open = make("open", tr("&Open…"), tr("Open a model from a file"), standard(QKeySequence::Open));
  save = make("save", tr("&Save"), tr("Save the network as it is now"), standard(QKeySequence::Save));
  saveAs = make("saveAs", tr("Save &as…"), tr("Save under another name"), {Qt::CTRL | Qt::SHIFT | Qt::Key_S});
  exportPicture =
      make("exportPicture", tr("&Export picture…"), tr("Save what the canvas shows as a picture"), {Qt::CTRL | Qt::Key_E});
  quit = make("quit", tr("&Quit"), tr("Close the program"), {Qt::CTRL | Qt::Key_Q});

  undo = make("undo", tr("&Undo"), tr("Take the last edit back"), standard(QKeySequence::Undo), "undo");
  redo = make("redo", tr("&Redo"), tr("Do again what was taken back"),
              {Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y}, "redo");
  addNeuron = make("addNeuron", tr("Add &neuron"), tr("Place a neuron under the mouse, or in the middle"), {Qt::Key_N});
  connectSelected = make("connectSelected", tr("&Link selected"),
                         tr("Link the neuron selected first to the others, or to itself if it is alone"), {Qt::Key_L});
  removeSelected = make("removeSelected", tr("&Delete"), tr("Remove what is selected"), {Qt::Key_Delete, Qt::Key_Backspace});
  selectAll = make("selectAll", tr("Select &all"), tr("Select every neuron"), standard(QKeySequence::SelectAll));

  fit = make("fit", tr("&Fit"), tr("Bring the whole network into view"), {Qt::Key_F}, "fit");
  zoomIn = make("zoomIn", tr("Zoom &in"), tr("Come nearer"), {Qt::Key_Plus, Qt::Key_Equal});
  zoomOut = make("zoomOut", tr("Zoom &out"), tr("Step back"), {Qt::Key_Minus});
  legend = make("legend", tr("&Legend"), tr("Show what shapes and colours mean"), {Qt::Key_K}, "legend");
  dark = make("dark", tr("&Dark"), tr("Dark or light window"), {Qt::CTRL | Qt::SHIFT | Qt::Key_D});
  legend->setCheckable(true);
  legend->setChecked(true);
  dark->setCheckable(true);
  dark->setChecked(true);

  run = make("run", tr("&Run"), tr("Run or pause"), {Qt::Key_Space}, "run");
  step = make("step", tr("One &tick"), tr("Pause and do one tick"), {Qt::Key_Period}, "step");
  returnToStart = make("returnToStart", tr("Return to &start"), tr("Back to the beginning of this run; edits stay"),
                       {Qt::Key_Home, Qt::SHIFT | Qt::Key_Space}, "return");
  run->setCheckable(true);
  select =
      make("select", tr("S&elect"), tr("Select and move; drag on empty space pans"), {Qt::Key_S, Qt::Key_Escape}, "select");
  stimulate =
      make("stimulate", tr("Stim&ulate"), tr("Click a neuron to stimulate it; Shift for more"), {Qt::Key_T}, "stimulate");
  auto* tools = new QActionGroup(&window);
  for (auto* tool : {select, stimulate}) {
    tool->setCheckable(true);
    tools->addAction(tool);
  }
  select->setChecked(true);
  const std::pair<double, Qt::Key> choices[] = {{1, Qt::Key_1},    {10, Qt::Key_2},    {100, Qt::Key_3},
                                                {1000, Qt::Key_4}, {10000, Qt::Key_5}, {0, Qt::Key_6}};
  for (const auto& [pace, key] : choices) {
    const QString text = pace > 0 ? tr("%1 ticks per second").arg(rateText(pace)) : tr("Unlimited pace");
    auto* action = make("pace", text,
                        pace > 0 ? tr("At most %1 ticks per second").arg(rateText(pace)) : tr("As fast as it goes"), {key});
    action->setData(pace);
    paces << action;
  }

  keys = make("keys", tr("&Keys and mouse"), tr("What keys and mouse do"), {Qt::Key_F1});
  about = make("about", tr("&About Plexarium"), tr("Version and licence"), {});
  setDark(true);
}

void Actions::setDark(bool isDark) {
  for (auto* action : all()) {
    const QString icon = action->property("iconName").toString();
    if (!icon.isEmpty()) action->setIcon(themedIcon(icon, isDark));
  }
}

QList<QAction*> Actions::all() const {
  QList<QAction*> list{run,       step, returnToStart, select, stimulate,     addNeuron, connectSelected, removeSelected,
                       selectAll, undo, redo,          fit,    zoomIn,        zoomOut,   legend,          dark,
                       create,    open, save,          saveAs, exportPicture, keys,      about,           quit};
  return list << paces;
}

}  // namespace plexarium::ui
