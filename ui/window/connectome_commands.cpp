#include "ui/window/connectome_commands.h"

#include <QFileDialog>
#include <QSettings>
#include <memory>
#include <unordered_map>

#include "core/dynamics/model.h"
#include "core/io/connectome.h"
#include "ui/canvas/canvas_item.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"

namespace plexarium::ui {
namespace {

QString folderKey() { return QStringLiteral("connectomeFolder"); }

}  // namespace

QString connectomeFolder() { return QSettings().value(folderKey()).toString(); }
void rememberConnectomeFolder(const QString& folder) { QSettings().setValue(folderKey(), folder); }

ConnectomeCommands::ConnectomeCommands(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  worker_.setMaxThreadCount(1);
  desk_.on(desk_.actions.turnToSide, [this] { begin(false); });
  desk_.on(desk_.actions.turnToTop, [this] { begin(true); });
  connect(&desk_.bridge, &SessionBridge::opened, this, [this] { ++network_; });
}

ConnectomeCommands::~ConnectomeCommands() { worker_.waitForDone(); }

void ConnectomeCommands::begin(bool fromAbove) {
  if (!connectomeFolder().isEmpty()) return turn(connectomeFolder(), fromAbove);
  auto* dialog = new QFileDialog(&desk_.window, tr("Folder of the connectome's tables"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, [this, fromAbove](const QString& folder) { turn(folder, fromAbove); });
  dialog->open();
}

void ConnectomeCommands::turn(const QString& folder, bool fromAbove) {
  worker_.start([this, path = folder.toStdString(), fromAbove, network = network_, &registry = desk_.bridge.registry()] {
    auto seen =
        std::make_shared<Result<Model>>(readConnectome(path, fromAbove).and_then([&](const ConnectomeTables& tables) {
          return importConnectome(registry, tables);
        }));
    QMetaObject::invokeMethod(
        this,
        [this, seen, fromAbove, folder = QString::fromStdString(path), network] {
          if (*seen) rememberConnectomeFolder(folder);
          if (network == network_) finish(*seen, fromAbove);
        },
        Qt::QueuedConnection);
  });
}

void ConnectomeCommands::finish(const Result<Model>& seen, bool fromAbove) {
  if (!seen) return desk_.refuse(seen.error());
  std::unordered_map<std::string, Point> places;
  for (std::size_t row = 0; row < seen->graph.neuronCount(); ++row) {
    places.emplace(seen->graph.names()[row], seen->graph.positions()[row]);
  }
  const GraphImage& graph = desk_.graph();
  MoveNeurons step;
  for (std::size_t row = 0; row < graph.ids->size(); ++row) {
    if (const auto place = places.find((*graph.names)[row]); place != places.end())
      step.positions.emplace_back((*graph.ids)[row], place->second);
  }
  if (step.positions.empty()) {
    return desk_.refuse({tr("No neuron here is called like one of the connectome").toStdString(), {}, {}});
  }
  const std::string label = (fromAbove ? tr("Turn to the top view") : tr("Turn to the side view")).toStdString();
  desk_.bridge.submit({label, {std::move(step)}}, [this, before = graph.positions](const Outcome& outcome) {
    if (outcome.error) return desk_.refuse(*outcome.error);
    // Seen in the present snapshot or in the next.
    const auto fit = [this] { desk_.view.canvas().fit(); };
    if (desk_.graph().positions != before) return fit();
    connect(&desk_.bridge, &SessionBridge::frame, this, fit, Qt::SingleShotConnection);
  });
}

}  // namespace plexarium::ui
