#include "ui/plots/field_reader.h"

#include <QPointer>

namespace plexarium::ui {
namespace {

constexpr qint64 polling = 16;    // milliseconds that an answer takes at least
constexpr qint64 restRatio = 10;  // a capture may take a tenth of the time

}  // namespace

FieldReader::FieldReader(SessionBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
  connect(&bridge_, &SessionBridge::opened, this, &FieldReader::forget);
}

void FieldReader::forget() {
  look_.reset();
  busy_ = false;
  rest_ = 0;
}

bool FieldReader::outdated() const {
  const Snapshot& now = *bridge_.snapshot();
  return !look_ || look_->tick != now.tick || look_->editRevision != now.editRevision;
}

void FieldReader::ask(bool ofLinks, std::size_t field) {
  const bool same = look_ && look_->ofLinks == ofLinks && look_->field == field;
  if (same && !outdated()) return;
  const auto& fields = ofLinks ? bridge_.description().linkFields : bridge_.description().neuronFields;
  if (!fields[field].evolves) return fromSnapshot(ofLinks, field);
  if (busy_ || (same && sinceAsked_.isValid() && sinceAsked_.elapsed() < rest_)) return;
  fromCapture(ofLinks, field);
}

void FieldReader::fromSnapshot(bool ofLinks, std::size_t field) {
  const auto snapshot = bridge_.snapshot();
  const GraphImage& graph = snapshot->graph;
  look_ = FieldLook{ofLinks,        field,
                    snapshot->tick, snapshot->editRevision,
                    *graph.ids,     *graph.firstLink,
                    *graph.targets, &(ofLinks ? *graph.linkFields : *graph.neuronFields)[field],
                    snapshot};
  emit looked();
}

void FieldReader::fromCapture(bool ofLinks, std::size_t field) {
  busy_ = true;
  sinceAsked_.start();
  bridge_.post(Capture{}, [reader = QPointer(this), ofLinks, field](const Outcome& outcome) {
    if (!reader) return;
    reader->busy_ = false;
    reader->rest_ = restRatio * std::max<qint64>(reader->sinceAsked_.elapsed() - polling, 0);
    if (outcome.error) return reader->refused(QString::fromStdString(outcome.error->text()));
    const Graph& graph = outcome.capture->graph;
    reader->look_ = FieldLook{ofLinks,         field,
                              outcome.tick,    outcome.editRevision,
                              graph.ids(),     graph.firstLink(),
                              graph.targets(), ofLinks ? &graph.linkColumn(field) : &graph.neuronColumn(field),
                              outcome.capture};
    emit reader->looked();
  });
}

}  // namespace plexarium::ui
