#include "ui/window/status_line.h"

#include <QLabel>
#include <QLocale>
#include <QStatusBar>

#include "ui/window/pace_control.h"

namespace plexarium::ui {
namespace {

QLabel* addLabel(QStatusBar& bar, const char* name, const QString& help) {
  auto* label = new QLabel(&bar);
  label->setObjectName(QString::fromLatin1(name));
  label->setProperty("class", QStringLiteral("dim"));
  label->setContentsMargins(10, 1, 10, 1);
  label->setToolTip(help);
  label->setMinimumWidth(1);  // What it says must not move the smallest size of the window.
  bar.addPermanentWidget(label);
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
  connect(&bridge_, &SessionBridge::frame, this, &StatusLine::onFrame);
}

void StatusLine::onFrame() {
  const Snapshot& now = *bridge_.snapshot();
  const QLocale locale(QLocale::English);
  const QString unit = QString::fromStdString(bridge_.description().tickUnit);
  setText(*tick_, tr("%1 %2").arg(unit, locale.toString(static_cast<qlonglong>(now.tick))));
  setText(*rate_, now.running ? tr("%1 %2s/s").arg(rateText(now.achievedRate), unit) : tr("paused"));
  const auto neurons = static_cast<qulonglong>(now.graph.ids->size());
  const auto links = static_cast<qulonglong>(now.graph.targets->size());
  setText(*size_, tr("%1 neurons · %2 links").arg(locale.toString(neurons), locale.toString(links)));
}

}  // namespace plexarium::ui
