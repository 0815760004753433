#include "ui/window/pace_control.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "ui/inspector/field_editor.h"
#include "ui/window/still_box.h"

namespace plexarium::ui {
namespace {

constexpr int stepsPerDecade = 10;
constexpr int decades = 4;
constexpr int unlimitedPosition = decades * stepsPerDecade + 1;

/// 0 at the far end; otherwise two significant digits, so that the label reads well.
double paceAt(int position) {
  if (position >= unlimitedPosition) return 0;
  const double exact = std::pow(10.0, static_cast<double>(position) / stepsPerDecade);
  const double digit = std::pow(10.0, std::floor(std::log10(exact) + 1e-9) - 1);
  return std::max(1.0, std::round(exact / digit) * digit);
}

int positionOf(double pace) {
  if (pace <= 0) return unlimitedPosition;
  return std::clamp(static_cast<int>(std::lround(std::log10(pace) * stepsPerDecade)), 0, unlimitedPosition - 1);
}

}  // namespace

QString rateText(double ticksPerSecond) {
  const QLocale locale = QLocale::c();
  if (ticksPerSecond >= 100) return QLocale(QLocale::English).toString(std::llround(ticksPerSecond));
  return locale.toString(ticksPerSecond, 'g', 3);
}

QString rateText(double ticksPerSecond, const QString& unit) {
  const QString rate = rateText(ticksPerSecond);
  return (rate == QLatin1String("1") ? PaceControl::tr("%1 %2/s") : PaceControl::tr("%1 %2s/s")).arg(rate, unit);
}

PaceControl::PaceControl(QWidget* parent)
    : QWidget(parent), slider_(new QSlider(Qt::Horizontal, this)), wanted_(new QLabel(this)), achieved_(new QLabel(this)) {
  slider_->setObjectName(QStringLiteral("paceSlider"));
  slider_->setRange(0, unlimitedPosition);
  slider_->setPageStep(stepsPerDecade);
  slider_->setFixedWidth(150);
  slider_->setFocusPolicy(Qt::TabFocus);
  keepKeys(slider_, KeptKeys::Navigation);
  wanted_->setObjectName(QStringLiteral("paceLabel"));
  wanted_->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("10,000 samples/s ")));
  achieved_->setObjectName(QStringLiteral("achievedLabel"));
  achieved_->setProperty("class", QStringLiteral("dim"));
  achieved_->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("runs at 1,000,000/s ")));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(6, 0, 6, 0);
  layout->setSpacing(10);
  layout->addWidget(slider_);
  layout->addWidget(wanted_);
  layout->addWidget(new StillBox(achieved_));
  connect(slider_, &QSlider::valueChanged, this, [this](int position) {
    showPace(paceAt(position));
    emit paceChosen(paceAt(position));
  });
  setUnit(QStringLiteral("tick"));
  setPace(20);
}

void PaceControl::setUnit(const QString& unit) {
  unit_ = unit;
  slider_->setAccessibleName(tr("Pace in %1s per second").arg(unit));
  slider_->setToolTip(tr("Pace: 1 to 10,000 %1s per second, then unlimited (keys 1 to 6)").arg(unit));
  achieved_->setToolTip(tr("%1s per second that the network really does").arg(unit.left(1).toUpper() + unit.mid(1)));
  showPace(slider_->value() >= unlimitedPosition ? 0 : paceAt(slider_->value()));
}

void PaceControl::setPace(double ticksPerSecond) {
  if (slider_->isSliderDown()) return;
  const QSignalBlocker quiet(slider_);
  slider_->setValue(positionOf(ticksPerSecond));
  showPace(ticksPerSecond);
}

void PaceControl::showPace(double ticksPerSecond) {
  const QString text = ticksPerSecond <= 0 ? tr("unlimited") : rateText(ticksPerSecond, unit_);
  if (wanted_->text() != text) wanted_->setText(text);
}

void PaceControl::setAchieved(double ticksPerSecond, bool running) {
  const QString text = running ? tr("runs at %1/s").arg(rateText(ticksPerSecond)) : tr("paused");
  if (achieved_->text() != text) achieved_->setText(text);
}

}  // namespace plexarium::ui
