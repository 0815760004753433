#include "ui/bridge/document.h"

#include <QFile>
#include <QFileInfo>
#include <utility>

#include "core/io/document.h"

namespace plexarium::ui {
namespace {

std::filesystem::path toPath(const QString& file) { return file.toStdString(); }

/// A compiled-in model or a file on disk; worker thread.
Result<Model> readSource(const Registry& registry, const QString& source) {
  if (!source.startsWith(QStringLiteral(":/"))) return loadModel(registry, toPath(source));
  QFile file(source);
  const std::string name = QFileInfo(source).fileName().toStdString();
  if (!file.open(QIODevice::ReadOnly)) return failure("this program has no such model", name);
  return readModel(registry, file.readAll().toStdString(), name);
}

}  // namespace

/// Where a network comes from and what it becomes.
struct Document::Source {
  QString failure;  ///< What an error is introduced with.
  std::function<Result<Model>()> make;
  QString file;  ///< What it is saved to afterwards; empty: nothing yet.
  bool running = false;
  std::optional<LostWork> lost;
  std::uint64_t number = 0;
};

struct Document::Loaded {
  Model labels;  ///< Everything but the graph.
  std::unique_ptr<Session> session;
};

Document::Document(SessionBridge& bridge, std::filesystem::path recoveryFolder, QObject* parent)
    : QObject(parent), bridge_(bridge), recoveryFolder_(std::move(recoveryFolder)) {
  worker_.setMaxThreadCount(1);
  connect(&bridge_, &SessionBridge::frame, this, &Document::noticeModification);
  connect(&autosaveTimer_, &QTimer::timeout, this, &Document::autosave);
  setAutosaveInterval(10'000);
}

Document::~Document() { worker_.waitForDone(); }

void Document::setAutosaveInterval(int milliseconds) { autosaveTimer_.start(milliseconds); }

QString Document::title() const {
  if (!file_.isEmpty()) return QFileInfo(file_).fileName();
  return name_.isEmpty() ? tr("Untitled") : name_;
}

bool Document::modified() const {
  return recovered_ || (bridge_.snapshot() && bridge_.snapshot()->editRevision != savedRevision_);
}

void Document::work(std::function<void()> job) { worker_.start(std::move(job)); }

void Document::reply(std::function<void()> answer) {
  QMetaObject::invokeMethod(this, std::move(answer), Qt::QueuedConnection);
}

void Document::load(const QString& file, bool running) {
  const bool builtIn = file.startsWith(QStringLiteral(":/"));
  startLoading({.failure = tr("“%1” could not be opened").arg(QFileInfo(file).fileName()),
                .make = [this, file] { return readSource(bridge_.registry(), file); },
                .file = builtIn ? QString() : QFileInfo(file).absoluteFilePath(),
                .running = running,
                .lost = {}});
}

void Document::create(std::function<Result<Model>()> make, bool running) {
  startLoading(
      {.failure = tr("The network could not be made"), .make = std::move(make), .file = {}, .running = running, .lost = {}});
}

void Document::recover(const LostWork& lost) {
  startLoading({.failure = tr("The unsaved work could not be restored"),
                .make = [this, lost] { return loadModel(bridge_.registry(), lost.copy); },
                .file = QString::fromStdString(lost.document.string()),
                .running = false,
                .lost = lost});
}

void Document::startLoading(Source source) {
  source.number = ++loading_;
  work([this, source] {
    auto session = std::make_shared<Result<Loaded>>(source.make().and_then([this](Model model) -> Result<Loaded> {
      Model labels;
      labels.name = model.name;
      labels.description = model.description;
      labels.pace = model.pace;
      labels.view = model.view;
      auto built = Session::create(bridge_.registry(), std::move(model));
      if (!built) return tl::unexpected(built.error());
      return Loaded{std::move(labels), std::move(*built)};
    }));
    reply([this, source, session] { finishLoading(source, std::move(*session)); });
  });
}

void Document::finishLoading(const Source& source, Result<Loaded> loaded) {
  if (source.number != loading_) return;
  if (!loaded) return report(source.failure, loaded.error());
  clearCopy();
  // Until the recovered work is saved, it needs a copy of its own before the old one goes: see writeCopy.
  if (source.lost) {
    work([this, lost = *source.lost] {
      auto mine = RecoveryFile::create(recoveryFolder_);
      const auto text = readFile(lost.copy);
      if (!mine || !text || !mine->write(lost.document, *text)) return;
      copy_ = std::move(*mine);
      // A copy that cannot be removed is offered once more at the next start, which loses nothing.
      (void)plexarium::discard(lost);
    });
  }
  bridge_.adopt(std::move(loaded->session), loaded->labels.pace, source.running);
  adoptLabels(loaded->labels, source.file, source.lost.has_value());
}

void Document::adoptLabels(const Model& model, const QString& file, bool recovered) {
  ++network_;
  file_ = file;
  name_ = QString::fromStdString(model.name);
  description_ = QString::fromStdString(model.description);
  view_ = model.view;
  recovered_ = recovered;
  savedRevision_ = copiedRevision_ = bridge_.snapshot()->editRevision;
  wasModified_ = modified();
  emit opened();
  emit changed();
}

void Document::save(const QString& file, const View& view) {
  const QString absolute = QFileInfo(file).absoluteFilePath();
  bridge_.post(Capture{}, [this, absolute, view, network = network_](const Outcome& outcome) {
    if (outcome.error) return report(tr("“%1” could not be saved").arg(QFileInfo(absolute).fileName()), *outcome.error);
    // The description belongs to the program's table of dynamics and outlives every session.
    work([this, absolute, view, network, description = &bridge_.description(), capture = outcome.capture,
          revision = outcome.editRevision] {
      Model model = *capture;
      model.view = view;
      const auto written = saveAtomically(toPath(absolute), writeModel(*description, model));
      reply([=, this] { finishSaving(written, absolute, revision, network); });
    });
  });
}

void Document::finishSaving(const Result<void>& written, const QString& file, std::uint64_t revision,
                            std::uint64_t network) {
  if (!written) return report(tr("“%1” could not be saved").arg(QFileInfo(file).fileName()), written.error());
  if (network == network_) {
    file_ = file;
    savedRevision_ = revision;
    recovered_ = false;
    if (!modified()) clearCopy();
  }
  wasModified_ = modified();
  emit changed();
  emit saved();
}

void Document::autosave() {
  if (!modified() || bridge_.snapshot()->editRevision == copiedRevision_) return;
  bridge_.post(Capture{}, [this](const Outcome& outcome) {
    if (outcome.error) return report(tr("Unsaved work could not be put aside"), *outcome.error);
    writeCopy(outcome.capture, outcome.editRevision);
  });
}

void Document::writeCopy(const std::shared_ptr<const Model>& capture, std::uint64_t revision) {
  copiedRevision_ = revision;
  work([this, capture, description = &bridge_.description(), document = toPath(file_)] {
    const auto written = [&]() -> Result<void> {
      if (!copy_) {
        auto made = RecoveryFile::create(recoveryFolder_);
        if (!made) return tl::unexpected(made.error());
        copy_ = std::move(*made);
      }
      return copy_->write(document, writeModel(*description, *capture));
    }();
    if (!written) reply([=, this] { report(tr("Unsaved work could not be put aside"), written.error()); });
  });
}

void Document::clearCopy() {
  work([this] {
    if (!copy_) return;
    const auto cleared = copy_->clear();
    if (!cleared) reply([=, this] { report(tr("The recovery copy could not be removed"), cleared.error()); });
  });
}

void Document::findLostWork() {
  work([this] {
    const auto found = plexarium::findLostWork(recoveryFolder_);
    if (!found) {
      reply([=, this] { report(tr("Unsaved work could not be looked for"), found.error()); });
    } else if (!found->empty()) {
      reply([this, newest = found->front()] { emit lostWorkFound(newest); });
    }
  });
}

void Document::discard(const LostWork& lost) {
  work([this, lost] {
    const auto gone = plexarium::discard(lost);
    if (!gone) reply([=, this] { report(tr("The recovery copy could not be removed"), gone.error()); });
  });
}

void Document::noticeModification() {
  if (modified() == wasModified_) return;
  wasModified_ = modified();
  emit changed();
}

}  // namespace plexarium::ui
