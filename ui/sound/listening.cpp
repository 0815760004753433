#include "ui/sound/listening.h"

#include <QAction>
#include <algorithm>
#include <cmath>

#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"

namespace plexarium::ui {
namespace {

constexpr std::size_t mostHeard = 12;  // more cannot be told apart by ear
constexpr double lowest = 440;         // hertz

/// Steps of a pentatonic scale: no two of them sound ill together.
double pitch(std::size_t number) {
  constexpr double steps[] = {0, 2, 4, 7, 9};
  const auto octave = static_cast<double>(number / std::size(steps));
  return lowest * std::pow(2.0, octave + steps[number % std::size(steps)] / 12);
}

}  // namespace

Listening::Listening(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  connect(desk_.actions.listen, &QAction::triggered, this, &Listening::choose);
  connect(&desk_.bridge, &SessionBridge::opened, this, &Listening::stop);
  connect(&desk_.bridge, &SessionBridge::frame, this, &Listening::onFrame);
}

std::vector<NeuronId> Listening::heard() const {
  std::vector<NeuronId> ids(ears_.size());
  std::transform(ears_.begin(), ears_.end(), ids.begin(), [](const Ear& ear) { return ear.neuron; });
  return ids;
}

void Listening::stop() {
  ears_.clear();
  desk_.actions.listen->setChecked(false);
}

void Listening::choose(bool on) {
  stop();
  if (!on || !desk_.bridge.snapshot()) return;
  const auto& selected = desk_.selection.neurons();
  if (selected.empty() || selected.size() > mostHeard) {
    const QString what =
        selected.empty()
            ? tr("No neuron is selected")
            : tr("%1 neurons are selected, and at most %2 can be told apart by ear").arg(selected.size()).arg(mostHeard);
    return desk_.refuse({what.toStdString(), {}, tr("Select the neurons to be heard first").toStdString()});
  }
  if (!player_ || player_->lost()) {
    player_.reset();
    auto opened = ClickPlayer::open();
    if (!opened) return desk_.refuse(opened.error());
    player_ = std::move(*opened);
  }
  for (const NeuronId id : selected) ears_.push_back({id});
  onFrame();  // what has fired before now is not heard
  desk_.actions.listen->setChecked(true);
}

void Listening::onFrame() {
  const bool first = !desk_.actions.listen->isChecked();
  for (std::size_t number = 0; number < ears_.size(); ++number) {
    Ear& ear = ears_[number];
    const auto row = desk_.graph().row(ear.neuron);
    if (!row) continue;
    const Tick fired = desk_.bridge.snapshot()->appearance.lastFired[*row];
    // Earlier than before: somebody went back in time.
    if (!first && fired != never && (ear.lastFired == never || fired > ear.lastFired)) player_->click(pitch(number));
    ear.lastFired = fired;
  }
  if (!first && player_->lost()) {
    stop();
    desk_.refuse(
        {tr("The sound device has gone").toStdString(), {}, tr("Choose Listen again when it is back").toStdString()});
  }
}

}  // namespace plexarium::ui
