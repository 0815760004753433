#include "ui/window/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>
#include <QWidget>
#include <tuple>

#include "core/graph/layout.h"
#include "ui/canvas/neuron_looks.h"
#include "ui/window/arrangement.h"
#include "ui/window/pace_control.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Actions", text); }

QList<QKeySequence> standard(QKeySequence::StandardKey key) { return QKeySequence::keyBindings(key); }

}  // namespace

QAction* Actions::make(const char* name, const QString& text, const QString& help, const Keys& shortcuts, const char* icon) {
  auto* action = new QAction(text, &window);
  action->setObjectName(QString::fromLatin1(name));
  action->setShortcuts(shortcuts);
  action->setStatusTip(help);
  const QString shown = shortcuts.isEmpty() ? QString() : shortcuts.front().toString(QKeySequence::NativeText);
  action->setToolTip(shown.isEmpty() ? help : QStringLiteral("%1 (%2)").arg(help, shown));
  if (icon) action->setProperty("iconName", QString::fromLatin1(icon));
  window.addAction(action);
  topics_.back().actions << action;
  return action;
}

QAction* Actions::makeSwitch(const char* name, const QString& text, const QString& help, const Keys& shortcuts, bool on,
                             const char* icon) {
  auto* action = make(name, text, help, shortcuts, icon);
  action->setCheckable(true);
  action->setChecked(on);
  return action;
}

Actions::Actions(QWidget& owner) : window(owner) {
  makeSimulation();
  makeEdit();
  makeSelect();
  makeArrange();
  makeGroups();
  makeModules();
  makeBody();
  makeView();
  makeFile();
  makeHelp();
  setDark(true);
}

void Actions::makeFile() {
  topics_ << Topic{tr("File"), {}};
  create = make("create", tr("&New…"), tr("Make a new network"), standard(QKeySequence::New));
  open = make("open", tr("&Open…"), tr("Open a model, or import GraphML or an edge list"), standard(QKeySequence::Open));
  gallery = make("gallery", tr("&Gallery…"), tr("Living networks to look at and to begin with"),
                 {Qt::CTRL | Qt::SHIFT | Qt::Key_O});
  save = make("save", tr("&Save"), tr("Save the network as it is now"), standard(QKeySequence::Save));
  saveAs = make("saveAs", tr("Save &as…"), tr("Save under another name"), {Qt::CTRL | Qt::SHIFT | Qt::Key_S});
  saveLog = make("saveLog", tr("Save &what I did…"),
                 tr("Every edit and stimulus with its tick: plexarium-cli replay lives it again, bit for bit"), {});
  importNetwork = make("importNetwork", tr("&Import…"), tr("Open a network of another program: GraphML or an edge list"),
                       {Qt::CTRL | Qt::SHIFT | Qt::Key_I});
  connectomeSide = make("connectomeSide", tr("Connectome, &side view…"),
                        tr("Open the tables of a worm's connectome from a folder, seen from the side"), {});
  connectomeAbove = make("connectomeAbove", tr("Connectome, &top view…"),
                         tr("Open the tables of a worm's connectome from a folder, seen from above"), {});
  exportPicture =
      make("exportPicture", tr("&Picture…"), tr("Save what the canvas shows as a picture"), {Qt::CTRL | Qt::Key_E});
  film = make("film", tr("&Film…"), tr("Record what the canvas shows as an animated GIF or as numbered pictures"),
              {Qt::CTRL | Qt::SHIFT | Qt::Key_E});
  record = make("record", tr("&Record the run…"),
                tr("Write who fires, or values of neurons, to a file while the network runs"), {Qt::CTRL | Qt::Key_R});
  exportGraphml =
      make("exportGraphml", tr("&GraphML…"), tr("The network for other graph programs: everything but its groups"), {});
  exportEdgeList = make("exportEdgeList", tr("&Edge list…"), tr("The links as a table (CSV)"), {});
  quit = make("quit", tr("&Quit"), tr("Close the program"), {Qt::CTRL | Qt::Key_Q});
}

void Actions::makeEdit() {
  topics_ << Topic{tr("Edit"), {}};
  undo = make("undo", tr("&Undo"), tr("Take the last edit back"), standard(QKeySequence::Undo), "undo");
  redo = make("redo", tr("&Redo"), tr("Do again what was taken back"),
              {Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y}, "redo");
  cut = make("cut", tr("Cu&t"), tr("Copy the selected neurons with the links among them, and remove them"),
             standard(QKeySequence::Cut));
  copy = make("copy", tr("&Copy"), tr("Copy the selected neurons with the links among them, as readable text"),
              standard(QKeySequence::Copy));
  paste = make("paste", tr("&Paste"), tr("Add what was copied, at the mouse"), standard(QKeySequence::Paste));
  duplicate =
      make("duplicate", tr("&Duplicate"), tr("Add a copy of the selected neurons beside them"), {Qt::CTRL | Qt::Key_D});
  addNeuron = make("addNeuron", tr("Add &neuron"), tr("Place a neuron under the mouse, or in the middle"), {Qt::Key_N});
  connectSelected = make("connectSelected", tr("&Link selected"),
                         tr("Link the neuron selected first to the others, or to itself if it is alone"), {Qt::Key_L});
  wire =
      make("wire", tr("&Wire…"), tr("Make many links by a pattern: random, ring, small world, by distance, …"), {Qt::Key_W});
  exchangeSources =
      make("exchangeSources", tr("E&xchange the sources"),
           tr("Of two selected links into one neuron: each gets the other's source and keeps its values"), {Qt::Key_X});
  removeSelected = make("removeSelected", tr("D&elete"), tr("Remove what is selected"), {Qt::Key_Delete, Qt::Key_Backspace});
}

void Actions::makeSelect() {
  topics_ << Topic{tr("Select"), {}};
  find = make("find", tr("&Find…"), tr("Find neurons by their name"), standard(QKeySequence::Find));
  selectAll = make("selectAll", tr("&All"), tr("Select every neuron"), standard(QKeySequence::SelectAll));
  selectNone = make("selectNone", tr("&None"), tr("Let go of what is selected"), {Qt::CTRL | Qt::SHIFT | Qt::Key_A});
  invertSelection =
      make("invertSelection", tr("In&vert"), tr("Select the neurons that are not selected"), {Qt::CTRL | Qt::Key_I});
  selectConnected = make("selectConnected", tr("&Connected"),
                         tr("Select everything that any chain of links joins to the selection"), {Qt::Key_C});
  selectInputs = make("selectInputs", tr("&Inputs"), tr("Select the neurons that lead to the selection"), {Qt::Key_I});
  selectOutputs = make("selectOutputs", tr("&Outputs"), tr("Select the neurons that the selection leads to"), {Qt::Key_O});
  const std::pair<Role, QString> roles[] = {
      {Role::Sensory, tr("&Sensory neurons")}, {Role::Inter, tr("In&terneurons")}, {Role::Motor, tr("&Motor neurons")}};
  for (const auto& [role, text] : roles) {
    auto* action = make("selectRole", text, tr("Select all neurons of this role"), {});
    action->setData(static_cast<int>(role));
    selectRoles << action;
  }
}

void Actions::makeArrange() {
  topics_ << Topic{tr("Arrange"), {}};
  for (const auto& way : alignmentWays()) {
    auto* action = make(way.name, way.text, way.help, {});
    action->setData(static_cast<int>(way.alignment));
    alignments << action;
  }
  for (const auto& layout : plexarium::layouts()) {
    if (layout.needsCoordinates) continue;  // A network has none but its places.
    auto* action = make("layout", QString::fromStdString(layout.label), QString::fromStdString(layout.help), {});
    action->setData(QString::fromStdString(layout.key));
    layouts << action;
  }
  turnToSide = make("turnToSide", tr("Connectome: si&de view"),
                    tr("Put a connectome's neurons where their somas are seen from the side"), {});
  turnToTop = make("turnToTop", tr("Connectome: to&p view"),
                   tr("Put a connectome's neurons where their somas are seen from above"), {});
}

void Actions::makeGroups() {
  topics_ << Topic{tr("Groups"), {}};
  group =
      make("group", tr("&Group"), tr("Put what is selected into a group; groups may lie in groups"), {Qt::CTRL | Qt::Key_G});
  ungroup = make("ungroup", tr("&Ungroup"), tr("Dissolve the group; its neurons stay"), {Qt::CTRL | Qt::SHIFT | Qt::Key_G});
  foldGroup =
      make("foldGroup", tr("&Collapse or expand"), tr("Show the group as one node, or its neurons again"), {Qt::Key_E});
  nameGroup = make("nameGroup", tr("&Name and colour…"), tr("Name and colour of the group"), {Qt::Key_F2});
  inputGroup = make("inputGroup", tr("Make &input group…"),
                    tr("Let the selected neurons be sensory, as a group that data can be fed to"), {});
  outputGroup = make("outputGroup", tr("Make &output group…"),
                     tr("Let the selected neurons be motor, as a group whose answers are read"), {});
}

void Actions::makeModules() {
  topics_ << Topic{tr("Modules"), {}};
  saveModule = make("saveModule", tr("&Save the selection as a module…"),
                    tr("Save the selected neurons as a network of their own, with inputs for the links cut"), {});
  plugModule = make("plugModule", tr("Plug a &module in…"),
                    tr("Make a saved network part of this one: choose what stands for its inputs and who reads it"), {});
}

void Actions::makeBody() {
  topics_ << Topic{tr("Body"), {}};
  addBody = make("addBody", tr("&Add a body"),
                 tr("Give the network a worm that its neurons move, with neurons for its sensors and muscles"), {});
  addPorts = make("addPorts", tr("Add &sensors and muscles"),
                  tr("A neuron for every sensor and muscle of the body that has none"), {});
  repeatAlongBody = make("repeatAlongBody", tr("&Repeat along the body…"),
                         tr("Copy the selected neurons again and again, each copy some rows of muscles further"), {});
  removeBody = make("removeBody", tr("Re&move the body"), tr("Take the body away, with the neurons that stand for it"), {});
  touchTest = make("touchTest", tr("&Touch tests…"),
                   tr("Stimulate the touch neurons of a worm's connectome and count who answers"), {});
}

void Actions::makeView() {
  topics_ << Topic{tr("View"), {}};
  fit = make("fit", tr("&Fit"), tr("Bring the whole network into view"), {Qt::Key_F}, "fit");
  zoomIn = make("zoomIn", tr("Zoom &in"), tr("Come nearer"), {Qt::Key_Plus, Qt::Key_Equal});
  zoomOut = make("zoomOut", tr("Zoom &out"), tr("Step back"), {Qt::Key_Minus});
  highlight = makeSwitch("highlight", tr("&Highlight neighbours"),
                         tr("Let the inputs and outputs of what is selected stand out"), {Qt::Key_H}, false);
  why = make("why", tr("&Why did it fire?"), tr("Light up what drove the selected neuron's last firing"), {Qt::Key_Q});
  pin = make("pin", tr("&Pin curve"), tr("Keep a curve of the selected neurons' level on the canvas, or take it off"),
             {Qt::Key_P});
  listen = makeSwitch("listen", tr("L&isten"), tr("Hear a click when a selected neuron fires, each with its own pitch"),
                      {Qt::SHIFT | Qt::Key_L}, false);
  onlyActive = makeSwitch("onlyActive", tr("Hide the &inactive"), tr("Show only neurons that fired in the last 100 ticks"),
                          {Qt::Key_A}, false);
  onlyStrong =
      makeSwitch("onlyStrong", tr("&Strong links only"), tr("Hide links that are weaker than a quarter"), {}, false);
  for (const QString& text : {tr("Show s&ensory"), tr("Show i&nter"), tr("Show m&otor")}) {
    showRoles << makeSwitch("showRole", text, tr("Show or hide the neurons of this role"), {}, true);
  }
  auto* oneAge = new QActionGroup(&window);
  for (const int ticks : {0, 100, 1'000, 10'000, 100'000}) {
    auto* action =
        ticks == 0 ? makeSwitch("linksBorn", tr("&All links"), tr("Show links however old they are"), {}, true)
                   : makeSwitch("linksBorn", tr("Born in the last %L1 ticks").arg(ticks),
                                tr("Show only links that grew in that time; of a network whose links come by themselves"),
                                {}, false);
    action->setData(ticks);
    oneAge->addAction(action);
    linksBorn << action;
  }
  const std::tuple<Colouring, QString, QString> ways[] = {
      {Colouring::Phase, tr("What they &do"), tr("Colour neurons by their phase")},
      {Colouring::Role, tr("&Type"), tr("Colour sensory, inter- and motor neurons apart")},
      {Colouring::Group, tr("&Group"), tr("Give neurons the colour of their group")}};
  auto* oneWay = new QActionGroup(&window);
  for (const auto& [colouring, text, help] : ways) {
    auto* action = makeSwitch("colouring", text, help, {}, colouring == Colouring::Phase);
    action->setData(static_cast<int>(colouring));
    oneWay->addAction(action);
    colourings << action;
  }
  linkAges =
      makeSwitch("linkAges", tr("Links by &age"),
                 tr("Colour links that grow by themselves by how long ago they did: bright ones are young"), {}, false);
  miniMap = makeSwitch("miniMap", tr("&Mini-map"), tr("The whole network in a corner"), {Qt::Key_M}, false);
  legend = makeSwitch("legend", tr("&Legend"), tr("Show what shapes and colours mean"), {Qt::Key_K}, true, "legend");
  dark = makeSwitch("dark", tr("&Dark"), tr("Dark or light window"), {Qt::CTRL | Qt::SHIFT | Qt::Key_D}, true);
}

void Actions::makeSimulation() {
  topics_ << Topic{tr("Simulation"), {}};
  run = make("run", tr("&Run"), tr("Run or pause"), {Qt::Key_Space}, "run");
  step = make("step", tr("One &tick"), tr("Pause and do one tick"), {Qt::Key_Period}, "step");
  stepBack = make("stepBack", tr("One tick &back"), tr("Pause and go back one tick"), {Qt::Key_Comma}, "step_back");
  returnToStart = make("returnToStart", tr("Return to &start"), tr("Back to the beginning of this run; edits stay"),
                       {Qt::Key_Home, Qt::SHIFT | Qt::Key_Space}, "return");
  run->setCheckable(true);
  stopAtFiring =
      make("stopAtFiring", tr("Stop when it &fires"), tr("A breakpoint: pause when a selected neuron fires"), {Qt::Key_B});
  select =
      make("select", tr("S&elect"), tr("Select and move; drag on empty space pans"), {Qt::Key_S, Qt::Key_Escape}, "select");
  stimulate =
      make("stimulate", tr("Stim&ulate"), tr("Click a neuron to stimulate it; Shift for more"), {Qt::Key_T}, "stimulate");
  tasks = make("tasks", tr("Learning tas&ks…"),
               tr("Let networks learn something, ask them, and compare them with twins that lack a rule"), {});
  auto* tools = new QActionGroup(&window);
  for (auto* tool : {select, stimulate}) {
    tool->setCheckable(true);
    tools->addAction(tool);
  }
  select->setChecked(true);
  const std::pair<double, Qt::Key> choices[] = {{1, Qt::Key_1},    {10, Qt::Key_2},    {100, Qt::Key_3},
                                                {1000, Qt::Key_4}, {10000, Qt::Key_5}, {0, Qt::Key_6}};
  for (const auto& [pace, key] : choices) {
    const QString text = pace > 0 ? tr("Pace: %1 per second").arg(rateText(pace)) : tr("Unlimited pace");
    auto* action =
        make("pace", text, pace > 0 ? tr("At most %1 per second").arg(rateText(pace)) : tr("As fast as it goes"), {key});
    action->setData(pace);
    paces << action;
  }
}

void Actions::makeHelp() {
  topics_ << Topic{tr("Help"), {}};
  tour = make("tour", tr("&First steps"), tr("A short tour whose steps check themselves"), {});
  wormTour = make("wormTour", tr("&Build a worm"),
                  tr("From an empty canvas to a worm that wriggles, in a few minutes; the steps check themselves"), {});
  keys = make("keys", tr("&Keys and mouse"), tr("What keys and mouse do"), {Qt::Key_F1});
  about = make("about", tr("&About Plexarium"), tr("Version and licence"), {});
}

void Actions::setDark(bool isDark) {
  for (auto* action : all()) {
    const QString icon = action->property("iconName").toString();
    if (!icon.isEmpty()) action->setIcon(themedIcon(icon, isDark));
  }
}

QList<QAction*> Actions::all() const {
  QList<QAction*> list;
  for (const auto& topic : topics_) list << topic.actions;
  return list;
}

}  // namespace plexarium::ui
