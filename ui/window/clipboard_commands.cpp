#include "ui/window/clipboard_commands.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>
#include <memory>
#include <utility>

#include "core/io/document.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/edits.h"
#include "ui/window/excerpt.h"

namespace plexarium::ui {
namespace {

constexpr Point beside{3, 3};  // world units: clear of the original's disc

}  // namespace

ClipboardCommands::ClipboardCommands(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  worker_.setMaxThreadCount(1);
  desk_.on(desk_.actions.copy, [this] { copy(); });
  desk_.on(desk_.actions.cut, [this] { cut(); });
  desk_.on(desk_.actions.paste, [this] { paste(); });
  desk_.on(desk_.actions.duplicate, [this] { duplicate(); });
  connect(&desk_.bridge, &SessionBridge::opened, this, [this] {
    ++network_;
    copying_ = 0;
    waiting_.clear();
  });
}

ClipboardCommands::~ClipboardCommands() { worker_.waitForDone(); }

void ClipboardCommands::work(std::function<std::function<void()>()> job) {
  worker_.start([this, job = std::move(job), network = network_] {
    auto done = std::make_shared<std::function<void()>>(job());
    QMetaObject::invokeMethod(
        this,
        [this, done, network] {
          if (network == network_) (*done)();
        },
        Qt::QueuedConnection);
  });
}

bool ClipboardCommands::somethingSelected() const {
  const auto& neurons = desk_.selection.neurons();
  const bool some = std::any_of(neurons.begin(), neurons.end(), [this](NeuronId id) { return desk_.graph().row(id); });
  if (!some) desk_.refuse({tr("No neuron is selected").toStdString(), {}, tr("Select neurons first").toStdString()});
  return some;
}

void ClipboardCommands::copy() {
  if (!somethingSelected()) return;
  ++copying_;
  desk_.bridge.post(Capture{}, [this, neurons = desk_.selection.neurons()](const Outcome& outcome) {
    if (outcome.error) {
      desk_.refuse(*outcome.error);
      return finishCopy({});
    }
    work([this, neurons, capture = outcome.capture, description = &desk_.bridge.description()] {
      const auto text = QString::fromStdString(writeModel(*description, excerptOf(*description, *capture, neurons)));
      return [this, text] { finishCopy(text); };
    });
  });
}

void ClipboardCommands::finishCopy(const QString& text) {
  if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
  if (--copying_ > 0) return;
  for (const auto& next : std::exchange(waiting_, {})) next();
}

void ClipboardCommands::cut() {
  if (!somethingSelected()) return;
  copy();
  auto edit = removeSelected(desk_.graph(), desk_.selection);
  if (edit) edit->label = tr("Cut").toStdString();
  desk_.submit(std::move(edit));
}

void ClipboardCommands::paste() {
  const Point place = desk_.view.placeAtMouse();
  if (copying_ > 0) return waiting_.push_back([this, place] { pasteText(QGuiApplication::clipboard()->text(), place); });
  pasteText(QGuiApplication::clipboard()->text(), place);
}

void ClipboardCommands::pasteText(const QString& text, Point place) {
  work([this, text, place, description = &desk_.bridge.description(), now = desk_.bridge.snapshot()] {
    auto edit = readExcerpt(desk_.bridge.registry(), *description, text.toStdString()).map([&](const Model& excerpt) {
      return addExcerpt(excerpt, tr("Paste").toStdString(), place, now->worlds);
    });
    return [this, edit = std::move(edit)] { desk_.submitAndSelect(edit); };
  });
}

void ClipboardCommands::duplicate() {
  if (!somethingSelected()) return;
  desk_.bridge.post(Capture{}, [this, neurons = desk_.selection.neurons()](const Outcome& outcome) {
    if (outcome.error) return desk_.refuse(*outcome.error);
    const auto excerpt = excerptOf(desk_.bridge.description(), *outcome.capture, neurons);
    desk_.submitAndSelect(addExcerptBeside(excerpt, tr("Duplicate").toStdString(), beside, desk_.bridge.snapshot()->worlds));
  });
}

}  // namespace plexarium::ui
