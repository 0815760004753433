#include "ui/bridge/document.h"

#include <QFile>
#include <QFileInfo>
#include <utility>

#include "core/io/data_places.h"
#include "core/io/document.h"
#include "core/io/edge_list.h"
#include "core/io/graphml.h"
#include "core/io/log_document.h"

namespace plexarium::ui {
namespace {

std::filesystem::path toPath(const QString& file) { return file.toStdString(); }

enum class Kind { Model, BuiltIn, Graphml, EdgeList };

Kind kindOf(const QString& file) {
  if (file.startsWith(QStringLiteral(":/"))) return Kind::BuiltIn;
  const QString suffix = QFileInfo(file).suffix().toLower();
  if (suffix == QStringLiteral("graphml") || suffix == QStringLiteral("xml")) return Kind::Graphml;
  if (suffix == QStringLiteral("csv") || suffix == QStringLiteral("tsv")) return Kind::EdgeList;
  return Kind::Model;
}

Result<Model> readBuiltIn(const Registry& registry, const QString& source, const std::string& name) {
  QFile file(source);
  if (!file.open(QIODevice::ReadOnly)) return failure("this program has no such model", name);
  return readModel(registry, file.readAll().toStdString(), name);
}

/// Worker thread. `dynamics`: what foreign networks become.
Result<Imported> readSource(const Registry& registry, const QString& source, const Description& dynamics) {
  const auto faithful = [](Model model) { return Imported{std::move(model), {}}; };
  const std::string name = QFileInfo(source).fileName().toStdString();
  switch (kindOf(source)) {
    case Kind::Model:
      return loadModel(registry, toPath(source)).map(faithful);
    case Kind::BuiltIn:
      return readBuiltIn(registry, source, name).map(faithful);
    case Kind::Graphml:
      return readFile(toPath(source), maximumGraphmlSize).and_then([&](const std::string& text) {
        return readGraphml(registry, text, name, dynamics.key);
      });
    case Kind::EdgeList:
      break;
  }
  return readFile(toPath(source)).and_then([&](const std::string& text) { return readEdgeList(dynamics, text, name); });
}

/// Worker thread. `outcome`: of a Capture, or of a CaptureLog where a log is asked for.
std::string exchangeText(const Description& description, const Outcome& outcome, Document::Exchange format) {
  switch (format) {
    case Document::Exchange::Graphml:
      return writeGraphml(description, *outcome.capture);
    case Document::Exchange::EdgeList:
      return writeEdgeList(description, *outcome.capture);
    case Document::Exchange::Log:
      break;
  }
  Log log = *outcome.log;
  log.endHash = stateHash(description, *outcome.capture);
  return writeLog(description, log);
}

/// What of the network a format has no place for, as a sentence; empty: nothing.
QString leftOut(const Model& model, Document::Exchange format) {
  QStringList parts;
  if (format == Document::Exchange::EdgeList) parts << Document::tr("values and places of neurons");
  if (format != Document::Exchange::Log && !model.graph.groups().empty()) parts << Document::tr("groups");
  if (format == Document::Exchange::EdgeList && !model.embodiment.empty()) parts << Document::tr("the body and its ties");
  return parts.isEmpty() ? QString() : Document::tr("Left out: %1.").arg(parts.join(QStringLiteral(", ")));
}

}  // namespace

/// Where a network comes from and what it becomes.
struct Document::Source {
  QString failure;  ///< What an error is introduced with.
  std::function<Result<Imported>()> make;
  QString file;      ///< What it is saved to afterwards; empty: nothing yet.
  QString imported;  ///< The foreign file that it was read from; empty: none.
  bool running = false;
  std::optional<LostWork> lost;
  std::uint64_t number = 0;
};

struct Document::Loaded {
  ImportReport report;
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

bool Document::canRead(const QString& file) {
  return kindOf(file) != Kind::Model || file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
}

void Document::load(const QString& file, bool running) {
  const Kind kind = kindOf(file);
  const bool foreign = kind == Kind::Graphml || kind == Kind::EdgeList;
  const Description& dynamics =
      bridge_.snapshot() ? bridge_.description() : bridge_.registry().entries().front().description;
  startLoading({.failure = tr("“%1” could not be opened").arg(QFileInfo(file).fileName()),
                .make = [this, file, &dynamics] { return readSource(bridge_.registry(), file, dynamics); },
                .file = kind == Kind::Model ? QFileInfo(file).absoluteFilePath() : QString(),
                .imported = foreign ? file : QString(),
                .running = running,
                .lost = {}});
}

void Document::create(std::function<Result<Model>()> make, bool running) {
  startLoading(
      {.failure = tr("The network could not be made"),
       .make = [make = std::move(make)] { return make().map([](Model model) {
                                            return Imported{std::move(model), {}};
                                          }); },
       .file = {},
       .imported = {},
       .running = running,
       .lost = {}});
}

void Document::recover(const LostWork& lost) {
  startLoading(
      {.failure = tr("The unsaved work could not be restored"),
       .make =
           [this, lost] {
             return loadModel(bridge_.registry(), lost.copy).map([](Model model) { return Imported{std::move(model), {}}; });
           },
       .file = QString::fromStdString(lost.document.string()),
       .imported = {},
       .running = false,
       .lost = lost});
}

void Document::startLoading(Source source) {
  source.number = ++loading_;
  work([this, source] {
    auto session = std::make_shared<Result<Loaded>>(source.make().and_then([this](Imported imported) -> Result<Loaded> {
      Model& model = imported.model;
      Model labels;
      labels.name = model.name;
      labels.description = model.description;
      labels.pace = model.pace;
      labels.view = model.view;
      auto built = Session::create(bridge_.registry(), std::move(model), bridge_.shelf());
      if (!built) return tl::unexpected(built.error());
      return Loaded{std::move(imported.report), std::move(labels), std::move(*built)};
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
  if (!source.imported.isEmpty()) emit imported(source.imported, loaded->report);
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
      const auto written = saveModel(*description, model, toPath(absolute));
      reply([=, this] { finishSaving(written, absolute, revision, network); });
    });
  });
}

void Document::exportTo(const QString& file, Exchange format) {
  const QString what = tr("“%1” could not be written").arg(QFileInfo(file).fileName());
  bridge_.post(format == Exchange::Log ? Command(CaptureLog{}) : Command(Capture{}), [=, this](const Outcome& outcome) {
    if (outcome.error) return report(what, *outcome.error);
    work([=, this, description = &bridge_.description()] {
      const auto written = saveAtomically(toPath(file), exchangeText(*description, outcome, format));
      reply([=, this, left = leftOut(*outcome.capture, format)] {
        if (!written) return report(what, written.error());
        emit exported(file, left);
      });
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
