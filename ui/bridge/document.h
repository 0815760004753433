#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "core/dynamics/model.h"
#include "core/error.h"
#include "core/io/import_report.h"
#include "core/io/recovery.h"
#include "ui/bridge/session_bridge.h"

namespace plexarium::ui {

/// The file behind the living network: which one it is, whether the network has been edited since, the ways to and from
/// disk, and the recovery copy of unsaved work. Reading, building and writing happen on a worker thread, one job at a time
/// in order. GUI thread.
class Document : public QObject {
  Q_OBJECT

 public:
  /// `bridge` must outlive the document. Recovery copies live in `recoveryFolder`.
  Document(SessionBridge& bridge, std::filesystem::path recoveryFolder, QObject* parent = nullptr);
  /// A clean end: finishes the writing in progress and removes this program's recovery copy.
  ~Document() override;

  [[nodiscard]] const Registry& registry() const { return bridge_.registry(); }
  [[nodiscard]] const QString& file() const { return file_; }                ///< Empty: not saved yet.
  [[nodiscard]] const QString& name() const { return name_; }                ///< Of the network, as the model says.
  [[nodiscard]] const QString& description() const { return description_; }  ///< Likewise.
  [[nodiscard]] const View& view() const { return view_; }                   ///< Where the model was last looked at from.
  [[nodiscard]] QString title() const;  ///< For the window: file name, name or "Untitled".
  /// Edited since the last save; the passing of ticks alone is nothing to save.
  [[nodiscard]] bool modified() const;

  /// A model file; a model that is compiled in (":/models/..."); GraphML (.graphml, .xml) or an edge list (.csv, .tsv), read
  /// as a network of the present dynamics, after which imported() tells how well that went. Only a model file is the one to
  /// save to. Ends with opened() or failed(); asked again before that, only the last one counts.
  void load(const QString& file, bool running);
  /// Whether the name of a file says that load() can read it.
  [[nodiscard]] static bool canRead(const QString& file);
  /// A new network that nobody has saved; `make` is called on the worker. Ends likewise.
  void create(std::function<Result<Model>()> make, bool running);
  /// Ends with saved() or failed(). `view` is stored with the model.
  void save(const QString& file, const View& view);

  enum class Exchange { Graphml, EdgeList, Log };
  /// Writes the network for other programs, or everything that led to it for `plexarium-cli replay`. Ends with exported() or
  /// failed().
  void exportTo(const QString& file, Exchange format);

  /// Looks for work that a crashed program left behind; emits lostWorkFound() if there is any.
  void findLostWork();
  /// Ends with opened() (and is modified) or failed().
  void recover(const plexarium::LostWork& work);
  void discard(const plexarium::LostWork& work);

  /// Milliseconds between two copies of unsaved work; 10,000 unless told.
  void setAutosaveInterval(int milliseconds);

 signals:
  void opened();   ///< Another network: file, name, description and view are its own.
  void changed();  ///< title() or modified() changed.
  void saved();
  void imported(const QString& file, const plexarium::ImportReport& report);  ///< After opened().
  void exported(const QString& file,
                const QString& leftOut);  ///< What of the network the format has no place for; or empty.
  void failed(const QString& what, const plexarium::Error& error);  ///< `what` could not be done; nothing has changed.
  void lostWorkFound(const plexarium::LostWork& newest);

 private:
  struct Source;
  struct Loaded;
  void startLoading(Source source);
  void finishLoading(const Source& source, Result<Loaded> loaded);
  void adoptLabels(const Model& model, const QString& file, bool recovered);
  void finishSaving(const Result<void>& written, const QString& file, std::uint64_t revision, std::uint64_t network);
  void autosave();
  void writeCopy(const std::shared_ptr<const Model>& capture, std::uint64_t revision);
  void clearCopy();
  void noticeModification();
  void work(std::function<void()> job);
  void reply(std::function<void()> answer);
  void report(const QString& what, const Error& error) { emit failed(what, error); }

  SessionBridge& bridge_;
  std::filesystem::path recoveryFolder_;
  std::optional<RecoveryFile> copy_;  ///< The worker's; made when first needed.
  QString file_, name_, description_;
  View view_;
  std::uint64_t savedRevision_ = 0;
  std::uint64_t copiedRevision_ = 0;
  std::uint64_t network_ = 0;  ///< Counts the networks opened: what a late answer belongs to.
  std::uint64_t loading_ = 0;  ///< Counts the loads asked for.
  bool recovered_ = false;     ///< Recovered and not saved by hand since.
  bool wasModified_ = false;
  QTimer autosaveTimer_;
  QThreadPool worker_;
};

}  // namespace plexarium::ui
