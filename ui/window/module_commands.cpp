#include "ui/window/module_commands.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

#include "core/io/document.h"
#include "ui/canvas/camera.h"
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
  if (there.empty()) return {};
  return {there.right + (own.right - own.left) / 2 + roomBetween, (there.top + there.bottom) / 2};
}

}  // namespace

ModuleCommands::ModuleCommands(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  desk_.on(desk_.actions.saveModule, [this] {
    if (desk_.selection.neurons().empty()) {
      return fail(
          {tr("No neuron is selected").toStdString(), {}, tr("Select the neurons of the module first").toStdString()});
    }
    askForFile(true);
  });
  desk_.on(desk_.actions.plugModule, [this] { askForFile(false); });
}

void ModuleCommands::askForFile(bool save) {
  const QString key = QStringLiteral("moduleFolder");
  auto* dialog = new QFileDialog(&desk_.window, save ? tr("Save selection as module") : tr("Plug in module"),
                                 QSettings().value(key).toString(), tr("Models (*.json)"));
  dialog->setObjectName(save ? QStringLiteral("saveModuleDialog") : QStringLiteral("plugModuleDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setFileMode(save ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
  dialog->setDefaultSuffix(QStringLiteral("json"));
  connect(dialog, &QFileDialog::fileSelected, this, [this, save, key](const QString& file) {
    QSettings().setValue(key, QFileInfo(file).absolutePath());
    if (save)
      saveSelection(file);
    else
      plugIn(file);
  });
  dialog->open();
}

void ModuleCommands::saveSelection(const QString& file) {
  desk_.bridge.post(Capture{}, [this, file, neurons = desk_.selection.neurons()](const Outcome& outcome) {
    if (outcome.error) return fail(*outcome.error);
    const auto work = [this, file, neurons, whole = outcome.capture,
                       &description = desk_.bridge.description()](const LatestJob::Link& link) {
      auto extract = extractModule(description, *whole, neurons);
      if (!extract) return link.tell([this, error = extract.error()] { fail(error); });
      extract->model.name = QFileInfo(file).completeBaseName().toStdString();
      if (auto saved = saveAtomically(file.toStdString(), writeModel(description, extract->model)); !saved) {
        return link.tell([this, error = saved.error()] { fail(error); });
      }
      const QString done = tr("Saved %1: inputs %2, outputs %3")
                               .arg(QFileInfo(file).fileName())
                               .arg(extract->inputs.size())
                               .arg(extract->outputs.size());
      link.tell([this, done] { desk_.notices.say(done, false, noticeSeconds); });
    };
    files_.start(work, [this](const Error& error) { fail(error); });
  });
}

void ModuleCommands::plugIn(const QString& file) {
  const auto work = [this, file](const LatestJob::Link& link) {
    auto model = loadModel(desk_.bridge.registry(), file.toStdString());
    if (!model) return link.tell([this, error = model.error()] { fail(error); });
    auto module = std::make_shared<const Model>(std::move(*model));
    link.tell([this, module] { askHow(module); });
  };
  files_.start(work, [this](const Error& error) { fail(error); });
}

void ModuleCommands::askHow(std::shared_ptr<const Model> module) {
  if (module->dynamics != desk_.bridge.description().key) {
    return fail({tr("The module lives by other rules than this network").toStdString(), module->name,
                 tr("Choose a module of %1").arg(QString::fromStdString(desk_.bridge.description().label)).toStdString()});
  }
  desk_.bridge.post(Capture{}, [this, module = std::move(module)](const Outcome& outcome) {
    if (outcome.error) return fail(*outcome.error);
    showDialog(module, outcome.capture);
  });
}

void ModuleCommands::showDialog(const std::shared_ptr<const Model>& module, const std::shared_ptr<const Model>& host) {
  std::vector<NeuronId> selected;
  for (const NeuronId id : desk_.selection.neurons()) {
    if (host->graph.row(id)) selected.push_back(id);
  }
  auto* dialog = new ModuleDialog(desk_.bridge.description(), module, host, std::move(selected), &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(&desk_.bridge, &SessionBridge::opened, dialog, &QDialog::reject);  // It is about the old network.
  connect(dialog, &QDialog::accepted, this, [this, dialog, module] {
    auto wanted = dialog->plugging();
    if (!wanted) return fail(wanted.error());
    plug(module, *wanted);
  });
  dialog->open();
}

/// Into the network as it is by now, to the right of it.
void ModuleCommands::plug(const std::shared_ptr<const Model>& module, const Plugging& chosen) {
  desk_.bridge.post(Capture{}, [this, module, chosen](const Outcome& outcome) {
    if (outcome.error) return fail(*outcome.error);
    const Model& host = *outcome.capture;
    Plugging wanted = chosen;
    wanted.middle = placeBeside(host.graph, module->graph);
    wanted.group = freeGroupId(host.graph.groups());
    desk_.submitAndSelect(plexarium::plugIn(desk_.bridge.description(), host.graph, host.parameters, *module, wanted));
  });
}

}  // namespace plexarium::ui
