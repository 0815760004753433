#include "ui/window/file_commands.h"

#include <QAction>
#include <QBuffer>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QRegularExpression>
#include <QSettings>
#include <QThreadPool>
#include <QUrl>
#include <chrono>
#include <utility>

#include "core/io/connectome.h"
#include "core/io/document.h"
#include "ui/canvas/canvas_item.h"
#include "ui/window/actions.h"
#include "ui/window/connectome_commands.h"
#include "ui/window/gallery_dialog.h"
#include "ui/window/new_network_dialog.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr qsizetype recentKept = 10;
constexpr int pictureScale = 2;

QString recentKey() { return QStringLiteral("recentFiles"); }

QStringList importFilters() {
  return {FileCommands::tr("Networks of other programs (*.graphml *.xml *.csv *.tsv)"),
          FileCommands::tr("GraphML (*.graphml *.xml)"), FileCommands::tr("Edge lists (*.csv *.tsv)")};
}

QFileDialog* makeFileDialog(QWidget* window, const QString& title, const QString& filter) {
  auto* dialog = new QFileDialog(window, title, QSettings().value(QStringLiteral("folder")).toString(), filter);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QObject::connect(dialog, &QFileDialog::fileSelected, dialog, [](const QString& file) {
    QSettings().setValue(QStringLiteral("folder"), QFileInfo(file).absolutePath());
  });
  return dialog;
}

}  // namespace

FileCommands::FileCommands(Document& document, CanvasItem& canvas, NoticeArea& notices, Actions& actions, QWidget& window)
    : QObject(&window), document_(document), canvas_(canvas), notices_(notices), actions_(actions), window_(window) {
  connect(actions.create, &QAction::triggered, this, [this] { whenSafe([this] { createNetwork(); }); });
  connect(actions.open, &QAction::triggered, this, [this] {
    askForFile(tr("Open"), QStringList{tr("Networks (*.json *.graphml *.xml *.csv *.tsv)"), tr("Models (*.json)")} +
                               importFilters().mid(1) + QStringList{tr("All files (*)")});
  });
  connect(actions.connectomeSide, &QAction::triggered, this, [this] { askForConnectome(false); });
  connect(actions.connectomeAbove, &QAction::triggered, this, [this] { askForConnectome(true); });
  connect(actions.importNetwork, &QAction::triggered, this, [this] { askForFile(tr("Import"), importFilters()); });
  connect(actions.gallery, &QAction::triggered, this, &FileCommands::openGallery);
  connect(actions.save, &QAction::triggered, this, &FileCommands::save);
  connect(actions.saveAs, &QAction::triggered, this, &FileCommands::askForName);
  connectExports();
  connect(&document, &Document::saved, this, &FileCommands::onSaved);
  connect(&document, &Document::failed, this, &FileCommands::onFailed);
  connect(&document, &Document::imported, this, &FileCommands::onImported);
  connect(&document, &Document::exported, this, &FileCommands::onExported);
  connect(&document, &Document::lostWorkFound, this, &FileCommands::offerRecovery);
  connect(&document, &Document::opened, this, [this] {
    if (!document_.file().isEmpty()) remember(document_.file());
  });
}

void FileCommands::connectExports() {
  const auto on = [this](QAction* action, const QStringList& filters, auto write) {
    connect(action, &QAction::triggered, this, [=, this] { askForExport(*action, filters, write); });
  };
  on(actions_.exportPicture, {tr("PNG pictures (*.png)"), tr("SVG drawings (*.svg)")},
     [this](const QString& file) { exportPicture(file); });
  on(actions_.exportGraphml, {tr("GraphML (*.graphml)")},
     [this](const QString& file) { document_.exportTo(file, Document::Exchange::Graphml); });
  on(actions_.exportEdgeList, {tr("Edge lists (*.csv)")},
     [this](const QString& file) { document_.exportTo(file, Document::Exchange::EdgeList); });
  on(actions_.saveLog, {tr("Logs (*.json)")},
     [this](const QString& file) { document_.exportTo(file, Document::Exchange::Log); });
}

void FileCommands::fillMenu(QMenu& menu) {
  menu.addAction(actions_.create);
  menu.addAction(actions_.open);
  recent_ = menu.addMenu(tr("Open &recent"));
  recent_->setObjectName(QStringLiteral("recentMenu"));
  menu.addAction(actions_.gallery);
  connect(recent_, &QMenu::aboutToShow, this, &FileCommands::fillRecent);
  menu.addSeparator();
  menu.addAction(actions_.save);
  menu.addActions({actions_.saveAs, actions_.saveLog});
  menu.addSeparator();
  menu.addAction(actions_.importNetwork);
  menu.addActions({actions_.connectomeSide, actions_.connectomeAbove});
  menu.addAction(actions_.record);
  menu.addMenu(tr("&Export"))
      ->addActions({actions_.exportPicture, actions_.film, actions_.exportGraphml, actions_.exportEdgeList});
  menu.addSeparator();
  menu.addAction(actions_.quit);
}

void FileCommands::fillRecent() {
  recent_->clear();
  for (const auto& file : QSettings().value(recentKey()).toStringList()) {
    auto* action = recent_->addAction(QFileInfo(file).fileName() + QLatin1Char('\t') + QFileInfo(file).absolutePath());
    connect(action, &QAction::triggered, this, [this, file] { open(file); });
  }
  if (recent_->isEmpty()) recent_->addAction(tr("Nothing yet"))->setEnabled(false);
}

void FileCommands::openGallery() {
  auto* dialog = new GalleryDialog(document_.registry(), actions_.dark->isChecked(), &window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &GalleryDialog::chosen, this, &FileCommands::open);
  dialog->open();
}

void FileCommands::remember(const QString& file) {
  QSettings settings;
  QStringList files = settings.value(recentKey()).toStringList();
  files.removeAll(file);
  files.prepend(file);
  settings.setValue(recentKey(), files.mid(0, recentKept));
}

void FileCommands::open(const QString& file) {
  whenSafe([this, file] { document_.load(file, true); });
}

void FileCommands::askForFile(const QString& title, const QStringList& filters) {
  auto* dialog = makeFileDialog(&window_, title, filters.join(QStringLiteral(";;")));
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, &FileCommands::open);
  dialog->open();
}

void FileCommands::askForConnectome(bool fromAbove) {
  auto* dialog = makeFileDialog(&window_, tr("Folder of a connectome"), {});
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this,
          [this, fromAbove](const QString& folder) { openConnectome(folder, fromAbove); });
  dialog->open();
}

void FileCommands::openConnectome(const QString& folder, bool fromAbove) {
  whenSafe([this, folder, fromAbove] {
    rememberConnectomeFolder(folder);
    document_.create(
        [&registry = document_.registry(), path = folder.toStdString(), fromAbove] {
          return readConnectome(path, fromAbove).and_then([&](const ConnectomeTables& tables) {
            return importConnectome(registry, tables);
          });
        },
        false);
  });
}

void FileCommands::save() {
  if (document_.file().isEmpty()) return askForName();
  saveTo(document_.file());
}

void FileCommands::saveTo(const QString& file) { document_.save(file, canvas_.view()); }

void FileCommands::askForName() {
  auto* dialog = makeFileDialog(&window_, tr("Save model"), tr("Models (*.json)"));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("json"));
  dialog->selectFile(document_.file().isEmpty() ? document_.title() + QStringLiteral(".json") : document_.file());
  connect(dialog, &QFileDialog::fileSelected, this, &FileCommands::saveTo);
  connect(dialog, &QFileDialog::rejected, this, [this] { afterSave_ = {}; });
  dialog->open();
}

void FileCommands::askForExport(const QAction& action, const QStringList& filters,
                                std::function<void(const QString&)> write) {
  static const QRegularExpression firstSuffix(QStringLiteral("\\*\\.(\\w+)"));
  auto* dialog = makeFileDialog(&window_, action.text().remove(QRegularExpression(QStringLiteral("[&…]"))),
                                filters.join(QStringLiteral(";;")));
  dialog->setObjectName(action.objectName() + QStringLiteral("Dialog"));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  const auto adoptSuffix = [dialog](const QString& filter) {
    dialog->setDefaultSuffix(firstSuffix.match(filter).captured(1));
  };
  adoptSuffix(filters.front());
  connect(dialog, &QFileDialog::filterSelected, dialog, adoptSuffix);
  connect(dialog, &QFileDialog::fileSelected, this, [write = std::move(write)](const QString& file) { write(file); });
  dialog->open();
}

void FileCommands::exportPicture(const QString& file) {
  const QSize size = QSizeF(canvas_.width(), canvas_.height()).toSize();
  const bool drawing = file.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive);
  const QImage picture = drawing ? QImage() : canvas_.picture(size * pictureScale);
  const QByteArray text = drawing ? canvas_.svg(size) : QByteArray();
  QThreadPool::globalInstance()->start([file, picture, text, commands = QPointer<FileCommands>(this)] {
    QByteArray bytes = text;
    QBuffer buffer(&bytes);
    if (bytes.isEmpty() && buffer.open(QIODevice::WriteOnly)) picture.save(&buffer, "PNG");
    const auto written = saveAtomically(file.toStdString(), bytes.toStdString());
    QMetaObject::invokeMethod(qApp, [=] {
      if (!commands) return;
      if (written) return commands->onExported(file);
      commands->onFailed(tr("“%1” could not be written").arg(QFileInfo(file).fileName()), written.error());
    });
  });
}

void FileCommands::createNetwork() {
  auto* dialog = new NewNetworkDialog(document_.registry(), &window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    document_.create(
        [entry = &dialog->dynamics(), empty = dialog->isEmpty(), values = dialog->values(), seed = dialog->seed()]()
            -> Result<Model> { return empty ? emptyModel(entry->description) : plexarium::create(*entry, values, seed); },
        true);
  });
  dialog->open();
}

void FileCommands::whenSafe(std::function<void()> next) {
  if (!document_.modified()) return next();
  if (window_.findChild<QMessageBox*>(QStringLiteral("unsavedGuard"))) return;
  auto* box =
      new QMessageBox(QMessageBox::NoIcon, tr("Unsaved changes"), tr("“%1” has unsaved changes.").arg(document_.title()),
                      QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &window_);
  box->setObjectName(QStringLiteral("unsavedGuard"));
  box->setInformativeText(tr("Without saving, they are lost."));
  box->setDefaultButton(QMessageBox::Save);
  box->setAttribute(Qt::WA_DeleteOnClose);
  connect(box, &QMessageBox::finished, this, [this, next = std::move(next)](int button) {
    if (button == QMessageBox::Discard) return next();
    if (button != QMessageBox::Save) return;
    afterSave_ = next;
    save();
  });
  box->open();
}

void FileCommands::onSaved() {
  remember(document_.file());
  notices_.say(tr("Saved as “%1”.").arg(document_.title()), false, 3);
  if (const auto next = std::exchange(afterSave_, {})) next();
}

void FileCommands::onExported(const QString& file, const QString& leftOut) {
  const QString written = tr("Written to “%1”.").arg(QFileInfo(file).fileName());
  notices_.say(leftOut.isEmpty() ? written : written + QLatin1Char(' ') + leftOut, false, leftOut.isEmpty() ? 6 : 12);
}

void FileCommands::onImported(const QString& file, const ImportReport& report) {
  const QString name = QFileInfo(file).fileName();
  if (report.faithful()) return notices_.say(tr("“%1” was imported faithfully.").arg(name), false, 6);
  notices_.say(tr("“%1” was imported, with differences:\n%2").arg(name, QString::fromStdString(report.text()).trimmed()),
               false, 0);
}

void FileCommands::onFailed(const QString& what, const Error& error) {
  afterSave_ = {};
  notices_.say(tr("%1: %2").arg(what, QString::fromStdString(error.text())), true, 20);
}

void FileCommands::offerRecovery(const LostWork& lost) {
  const auto seconds = std::chrono::system_clock::to_time_t(lost.written);
  const QString when = QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds), QLocale::ShortFormat);
  const QString name = lost.document.empty() ? tr("an unsaved network")
                                             : tr("“%1”").arg(QString::fromStdString(lost.document.filename().string()));
  notices_.say(tr("The program ended unexpectedly. There is unsaved work on %1, of %2.").arg(name, when), true, 0,
               {{tr("Restore"), [this, lost] { whenSafe([this, lost] { document_.recover(lost); }); }},
                {tr("Throw away"), [this, lost] { document_.discard(lost); }}});
}

QString FileCommands::droppedFile(const QMimeData& data) {
  const auto urls = data.urls();
  if (urls.size() != 1 || !urls.front().isLocalFile()) return {};
  const QString file = urls.front().toLocalFile();
  return Document::canRead(file) ? file : QString();
}

}  // namespace plexarium::ui
