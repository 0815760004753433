#include "ui/window/file_commands.h"

#include <QAction>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QSettings>
#include <QThreadPool>
#include <QUrl>
#include <chrono>
#include <utility>

#include "ui/canvas/canvas_item.h"
#include "ui/window/actions.h"
#include "ui/window/gallery.h"
#include "ui/window/new_network_dialog.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr qsizetype recentKept = 10;
constexpr int pictureScale = 2;

QString recentKey() { return QStringLiteral("recentFiles"); }

QString firstSentence(const QString& text) {
  const auto end = text.indexOf(QStringLiteral(". "));
  const QString sentence = end > 0 ? text.left(end) : text;
  return sentence.size() <= 90 ? sentence : sentence.left(89).trimmed() + QStringLiteral("…");
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
  connect(actions.open, &QAction::triggered, this, &FileCommands::askForFile);
  connect(actions.save, &QAction::triggered, this, &FileCommands::save);
  connect(actions.saveAs, &QAction::triggered, this, &FileCommands::askForName);
  connect(actions.exportPicture, &QAction::triggered, this, &FileCommands::exportPicture);
  connect(&document, &Document::saved, this, &FileCommands::onSaved);
  connect(&document, &Document::failed, this, &FileCommands::onFailed);
  connect(&document, &Document::lostWorkFound, this, &FileCommands::offerRecovery);
  connect(&document, &Document::opened, this, [this] {
    if (!document_.file().isEmpty()) remember(document_.file());
  });
}

void FileCommands::fillMenu(QMenu& menu) {
  menu.addAction(actions_.create);
  menu.addAction(actions_.open);
  recent_ = menu.addMenu(tr("Open &recent"));
  recent_->setObjectName(QStringLiteral("recentMenu"));
  gallery_ = menu.addMenu(tr("&Gallery"));
  gallery_->setObjectName(QStringLiteral("galleryMenu"));
  gallery_->setToolTipsVisible(true);
  connect(recent_, &QMenu::aboutToShow, this, &FileCommands::fillRecent);
  connect(gallery_, &QMenu::aboutToShow, this, &FileCommands::fillGallery);
  menu.addSeparator();
  menu.addAction(actions_.save);
  menu.addAction(actions_.saveAs);
  menu.addAction(actions_.exportPicture);
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

void FileCommands::fillGallery() {
  if (!gallery_->isEmpty()) return;
  for (const auto& entry : gallery()) {
    auto* action = gallery_->addAction(entry.name + QLatin1Char('\t') + firstSentence(entry.description));
    action->setToolTip(entry.description);
    action->setStatusTip(entry.description);
    connect(action, &QAction::triggered, this, [this, file = entry.file] { open(file); });
  }
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

void FileCommands::askForFile() {
  auto* dialog = makeFileDialog(&window_, tr("Open model"), tr("Models (*.json);;All files (*)"));
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, &FileCommands::open);
  dialog->open();
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

void FileCommands::exportPicture() {
  auto* dialog = makeFileDialog(&window_, tr("Export picture"), tr("PNG pictures (*.png)"));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("png"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    const QImage picture = canvas_.picture(QSizeF(canvas_.width(), canvas_.height()).toSize() * pictureScale);
    QThreadPool::globalInstance()->start([file, picture, window = QPointer<FileCommands>(this)] {
      const bool written = picture.save(file, "PNG");
      QMetaObject::invokeMethod(qApp, [=] {
        if (!window) return;
        const QString name = QFileInfo(file).fileName();
        window->notices_.say(written ? tr("The picture is in “%1”.").arg(name)
                                     : tr("“%1” could not be written. Choose another folder.").arg(name),
                             !written, 6);
      });
    });
  });
  dialog->open();
}

void FileCommands::createNetwork() {
  auto* dialog = new NewNetworkDialog(document_.registry(), &window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    document_.create([entry = &dialog->dynamics(), values = dialog->values(),
                      seed = dialog->seed()] { return plexarium::create(*entry, values, seed); },
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
  return file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive) ? file : QString();
}

}  // namespace plexarium::ui
