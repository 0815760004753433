#include "ui/window/module_commands.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

#include "core/io/data_places.h"
#include "core/io/document.h"
#include "ui/canvas/canvas_item.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/module_dialog.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr int noticeSeconds = 8;
constexpr float roomBetween = 6;  // world units

Box frameOf(const Graph& graph) {
  Box box;
  for (const Point place : graph.positions()) box.include(place);
  return box;
}

/// The middle of the module where it stands clear of the network.
Point placeBeside(const Graph& host, const Graph& module) {
  const Box there = frameOf(host);
  const Box own = frameOf(module);
  if (host.neuronCount() == 0) return {};
  return {there.right + (own.right - own.left) / 2 + roomBetween, (there.top + there.bottom) / 2};
}

}  // namespace

ModuleCommands::ModuleCommands(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  worker_.setMaxThreadCount(1);
  desk_.on(desk_.actions.saveModule, [this] {
    if (!desk_.selection.neurons().empty()) return askForFile(true);
    desk_.refuse(
        {tr("No neuron is selected").toStdString(), {}, tr("Select the neurons of the module first").toStdString()});
  });
  desk_.on(desk_.actions.plugModule, [this] { askForFile(false); });
  connect(&desk_.bridge, &SessionBridge::opened, this, [this] { ++network_; });
}

ModuleCommands::~ModuleCommands() { worker_.waitForDone(); }

void ModuleCommands::work(std::function<std::function<void()>()> job) {
  worker_.start([this, job = std::move(job)] { QMetaObject::invokeMethod(this, job(), Qt::QueuedConnection); });
}

void ModuleCommands::askForFile(bool save) {
  const QString key = QStringLiteral("moduleFolder");
  auto* dialog = new QFileDialog(&desk_.window, save ? tr("Save the selection as a module") : tr("Plug a module in"),
                                 QSettings().value(key).toString(), tr("Models (*.json)"));
  dialog->setObjectName(save ? QStringLiteral("saveModuleDialog") : QStringLiteral("plugModuleDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setFileMode(save ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
  dialog->setDefaultSuffix(QStringLiteral("json"));
  connect(dialog, &QFileDialog::fileSelected, this, [this, save, key](const QString& file) {
    QSettings().setValue(key, QFileInfo(file).absolutePath());
    if (save) {
      saveSelection(file);
    } else {
      plugIn(file);
    }
  });
  dialog->open();
}

void ModuleCommands::saveSelection(const QString& file) {
  desk_.bridge.post(Capture{}, [this, file, neurons = desk_.selection.neurons()](const Outcome& outcome) {
    if (outcome.error) return desk_.refuse(*outcome.error);
    // The description belongs to the table of dynamics and outlives every session.
    work([this, file, neurons, whole = outcome.capture,
          description = &desk_.bridge.description()]() -> std::function<void()> {
      auto extract = extractModule(*description, *whole, neurons);
      if (!extract) return [this, error = extract.error()] { desk_.refuse(error); };
      extract->model.name = QFileInfo(file).completeBaseName().toStdString();
      const auto saved = saveModel(*description, extract->model, file.toStdString());
      if (!saved) return [this, error = saved.error()] { desk_.refuse(error); };
      return [this, file, inputs = extract->inputs.size(), outputs = extract->outputs.size()] {
        desk_.notices.say(tr("Saved %1: inputs %2, outputs %3").arg(QFileInfo(file).fileName()).arg(inputs).arg(outputs),
                          false, noticeSeconds);
      };
    });
  });
}

void ModuleCommands::plugIn(const QString& file) {
  work([this, file, registry = &desk_.bridge.registry(), network = network_]() -> std::function<void()> {
    auto module = loadModel(*registry, file.toStdString()).map([](Model model) -> Module {
      return std::make_shared<const Model>(std::move(model));
    });
    return [this, module = std::move(module), network] {
      if (network == network_) askHow(module);
    };
  });
}

void ModuleCommands::askHow(const Result<Module>& module) {
  if (!module) return desk_.refuse(module.error());
  const auto& description = desk_.bridge.description();
  if ((*module)->dynamics != description.key) {
    return desk_.refuse({tr("The module lives by other rules than this network").toStdString(), (*module)->name,
                         tr("Choose a module of %1").arg(QString::fromStdString(description.label)).toStdString()});
  }
  desk_.bridge.post(Capture{}, [this, module = *module](const Outcome& outcome) {
    if (outcome.error) return desk_.refuse(*outcome.error);
    showDialog(module, outcome.capture);
  });
}

void ModuleCommands::showDialog(const Module& module, const Module& host) {
  std::vector<NeuronId> selected;
  for (const NeuronId id : desk_.selection.neurons()) {
    if (host->graph.row(id)) selected.push_back(id);
  }
  auto* dialog = new ModuleDialog(desk_.bridge.description(), module, host, std::move(selected), &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(&desk_.bridge, &SessionBridge::opened, dialog, &QDialog::reject);  // It is about the old network.
  connect(dialog, &QDialog::accepted, this, [this, dialog, module] {
    const auto wanted = dialog->plugging();
    if (!wanted) return desk_.refuse(wanted.error());
    plug(module, *wanted);
  });
  dialog->open();
}

/// Into the network as it is by now, to the right of it.
void ModuleCommands::plug(const Module& module, const Plugging& chosen) {
  desk_.bridge.post(Capture{}, [this, module, chosen](const Outcome& outcome) {
    if (outcome.error) return desk_.refuse(*outcome.error);
    const Model& host = *outcome.capture;
    Plugging wanted = chosen;
    wanted.middle = placeBeside(host.graph, module->graph);
    wanted.group = freeGroupId(host.graph.groups());
    auto edit = plexarium::plugIn(desk_.bridge.description(), host.graph, host.parameters, *module, wanted);
    if (!edit) return desk_.refuse(edit.error());
    desk_.bridge.submit(std::move(*edit), [this](const Outcome& done) { showAdded(done); });
  });
}

/// The module stands beside what was in view: as soon as the snapshot has it (this one, or the next), the view takes in all.
void ModuleCommands::showAdded(const Outcome& outcome) {
  if (outcome.error) return desk_.refuse(*outcome.error);
  desk_.selection.set(outcome.added, {});
  const auto fit = [this] { desk_.view.canvas().fit(); };
  if (desk_.bridge.snapshot()->editRevision >= outcome.editRevision) return fit();
  connect(&desk_.bridge, &SessionBridge::frame, this, fit, Qt::SingleShotConnection);
}

}  // namespace plexarium::ui
