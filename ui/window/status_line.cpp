#include "ui/window/status_line.h"

#include <QLabel>
#include <QLocale>
#include <QStatusBar>
#include <cmath>

#include "ui/window/pace_control.h"
#include "ui/window/still_box.h"

namespace plexarium::ui {
namespace {

QLabel* addLabel(QStatusBar& bar, const char* name, const QString& help) {
  auto* label = new QLabel(&bar);
  label->setObjectName(QString::fromLatin1(name));
  label->setProperty("class", QStringLiteral("dim"));
  label->setContentsMargins(10, 1, 10, 1);
  label->setToolTip(help);
  label->setMinimumWidth(1);  // What it says must not move the smallest size of the window.
  bar.addPermanentWidget(new StillBox(label));
  return label;
}

void setText(QLabel& label, const QString& text) {
  if (label.text() != text) label.setText(text);
}

}  // namespace

StatusLine::StatusLine(SessionBridge& bridge, QStatusBar& bar)
    : QObject(&bar),
      bridge_(bridge),
      tick_(addLabel(bar, "statusTick", tr("Steps done since the network began"))),
      rate_(addLabel(bar, "statusRate", tr("Steps that the network does each second"))),
      size_(addLabel(bar, "statusSize", tr("Size of the network"))) {
  bar.setSizeGripEnabled(false);
  connect(&bridge_, &SessionBridge::opened, this, &StatusLine::begin);
  connect(&bridge_, &SessionBridge::metrics, this, &StatusLine::count);
  connect(&bridge_, &SessionBridge::frame, this, &StatusLine::onFrame);
}

void StatusLine::begin() {
  born_ = gone_ = 0;
  size_->setToolTip(bridge_.description().rewiring
                        ? tr("Size of the network; + links that have grown and − links that have gone since it was opened")
                        : tr("Size of the network"));
}

void StatusLine::count(const std::vector<MetricBucket>& buckets) {
  const auto& counted = bridge_.description().rewiring;
  if (!counted) return;
  for (const auto& bucket : buckets) {
    const auto ticks = static_cast<double>(bucket.count);
    born_ += std::round(bucket.mean[counted->born] * ticks);
    gone_ += std::round(bucket.mean[counted->gone] * ticks);
  }
}

QString StatusLine::sizeText() const {
  const GraphImage& graph = bridge_.snapshot()->graph;
  const QLocale locale(QLocale::English);
  const auto number = [&](double count) { return locale.toString(static_cast<qulonglong>(count)); };
  const QString text =
      tr("%1 neurons · %2 links")
          .arg(number(static_cast<double>(graph.ids->size())), number(static_cast<double>(graph.targets->size())));
  return bridge_.description().rewiring ? tr("%1 (+%2 −%3)").arg(text, number(born_), number(gone_)) : text;
}

void StatusLine::onFrame() {
  const Snapshot& now = *bridge_.snapshot();
  const QLocale locale(QLocale::English);
  const QString unit = QString::fromStdString(bridge_.description().tickUnit);
  setText(*tick_, tr("%1 %2").arg(unit, locale.toString(static_cast<qlonglong>(now.tick))));
  setText(*rate_, now.running ? rateText(now.achievedRate, unit) : tr("paused"));
  setText(*size_, sizeText());
}

}  // namespace plexarium::ui
