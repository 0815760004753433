#pragma once

#include <QObject>
#include <QStringList>
#include <functional>

#include "ui/bridge/document.h"

class QAction;
class QMenu;
class QMimeData;
class QWidget;

namespace plexarium::ui {

class CanvasItem;
class NoticeArea;
struct Actions;

/// Everything between the window and files: opening, saving, pictures, recent files, gallery, the guard of unsaved changes
/// and the offer of recovered work. No dialog here blocks the event loop. GUI thread.
class FileCommands : public QObject {
  Q_OBJECT

 public:
  /// All must outlive the commands.
  FileCommands(Document& document, CanvasItem& canvas, NoticeArea& notices, Actions& actions, QWidget& window);

  void fillMenu(QMenu& menu);

  /// Whatever Document::load reads, after asking about unsaved changes.
  void open(const QString& file);
  /// The tables of a connectome in a folder (core/io/connectome.h), likewise.
  void openConnectome(const QString& folder, bool fromAbove);
  /// To the document's own file; asks for one where there is none.
  void save();
  void saveTo(const QString& file);
  /// Calls `next` at once, or after a person chose to save or discard what is unsaved; never after Cancel.
  void whenSafe(std::function<void()> next);
  /// Asks where `action` shall write to, with one of `filters` ("Pictures (*.png)"), and hands that to `write`.
  void askForExport(const QAction& action, const QStringList& filters, std::function<void(const QString&)> write);
  /// The one local file that something dragged here stands for; empty: nothing to open.
  [[nodiscard]] static QString droppedFile(const QMimeData& data);

 private:
  void createNetwork();
  void openGallery();
  void askForConnectome(bool fromAbove);
  void askForFile(const QString& title, const QStringList& filters);
  void askForName();
  void connectExports();
  void exportPicture(const QString& file);
  void fillRecent();
  void remember(const QString& file);
  void offerRecovery(const LostWork& lost);
  void onSaved();
  void onExported(const QString& file, const QString& leftOut = {});
  void onImported(const QString& file, const ImportReport& report);
  void onFailed(const QString& what, const Error& error);

  Document& document_;
  CanvasItem& canvas_;
  NoticeArea& notices_;
  Actions& actions_;
  QWidget& window_;
  QMenu* recent_ = nullptr;
  std::function<void()> afterSave_;
};

}  // namespace plexarium::ui
