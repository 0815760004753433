#include "ui/arena/kymograph.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "ui/arena/body_links.h"
#include "ui/plots/pixel_layer.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 33;     // milliseconds
constexpr float fullCurvature = 10;  // per body length: the strongest colour
constexpr double longestGap = 3;     // in gaps before it: what is further apart was not looked at

QRgb between(QRgb a, QRgb b, float t) {
  const auto channel = [t](int from, int to) {
    return static_cast<int>(std::lround(static_cast<float>(from) + static_cast<float>(to - from) * t));
  };
  return qRgb(channel(qRed(a), qRed(b)), channel(qGreen(a), qGreen(b)), channel(qBlue(a), qBlue(b)));
}

}  // namespace

Kymograph::Kymograph(SessionBridge& bridge, QWidget* parent)
    : TimePanel(bridge, QStringLiteral("kymograph"), redrawPeriod, parent) {
  setAccessibleName(tr("Curvature"));
  plot().setAccessibleName(tr("Curvature"));
  new PixelLayer(plot().xAxis, plot().yAxis, [this](PixelView& view) { paint(view); });
  plot().yAxis->setRange(0, 1);
  plot().yAxis->setRangeReversed(true);
  plot().yAxis->grid()->setVisible(false);
  plot().xAxis->grid()->setVisible(false);
  const QSharedPointer<QCPAxisTickerText> ends(new QCPAxisTickerText);
  ends->addTick(0, tr("head"));
  ends->addTick(1, tr("tail"));
  plot().yAxis->setTicker(ends);
  connect(&this->bridge(), &SessionBridge::frame, this, &Kymograph::onFrame);
  finish(&plot());
}

void Kymograph::setBody(const std::string& controller) {
  if (std::exchange(body_, controller) != controller && bridge().snapshot()) begin();
}

void Kymograph::begin() {
  columns_.clear();
  setLabels(QString::fromStdString(bridge().description().tickUnit), {});
  onFrame();
}

void Kymograph::onFrame() {
  const auto& snapshot = bridge().snapshot();
  const WorldView* body = bodyCalled(*snapshot, body_);
  if (!body) return ask();
  const auto at = std::ranges::lower_bound(columns_, snapshot->tick, {}, &Column::tick);
  // What lies ahead in a past that is repeated stays; at its end, nothing is known of later ticks.
  if (snapshot->tick == snapshot->headTick) {
    columns_.erase(at, columns_.end());
  } else if (at != columns_.end()) {
    return ask();
  }
  columns_.push_back({snapshot->tick, {body->curvature.begin(), body->curvature.end()}});
  if (columns_.size() > capacity) columns_.pop_front();
  ask();
}

void Kymograph::paint(PixelView& view) {
  const QCPRange shown = plot().xAxis->range();
  double gap = 1;
  for (std::size_t k = 0; k < columns_.size(); ++k) {
    const auto& column = columns_[k];
    const auto from = static_cast<double>(column.tick);
    if (from > shown.upper) break;
    const double next = k + 1 < columns_.size() ? static_cast<double>(columns_[k + 1].tick) : from + gap;
    const double to = std::min(next, from + longestGap * gap);
    gap = std::max(1.0, to - from);
    if (to < shown.lower) continue;
    const auto joints = static_cast<double>(column.curvature.size());
    for (std::size_t joint = 0; joint < column.curvature.size(); ++joint) {
      const float share = std::clamp(column.curvature[joint] / fullCurvature, -1.0F, 1.0F);
      const QRgb colour = between(middle_, share > 0 ? dorsal_ : ventral_, std::fabs(share));
      view.fill(view.across(from, to),
                view.down(static_cast<double>(joint) / joints, static_cast<double>(joint + 1) / joints), colour);
    }
  }
}

void Kymograph::applyTheme(const WindowTheme& theme) {
  TimePanel::applyTheme(theme);
  // Blue and orange, told apart with any common colour vision; what is straight looks like the ground.
  dorsal_ = dark() ? qRgb(0xff, 0xab, 0x2e) : qRgb(0xc9, 0x6a, 0x00);
  ventral_ = dark() ? qRgb(0x4f, 0xb4, 0xf0) : qRgb(0x00, 0x5f, 0xa8);
  middle_ = theme.base.rgb();
}

const Kymograph::Column* Kymograph::columnAt(double tick) const {
  const auto after =
      std::ranges::upper_bound(columns_, tick, {}, [](const Column& c) { return static_cast<double>(c.tick); });
  return after == columns_.begin() ? nullptr : &*(after - 1);
}

QString Kymograph::reading(std::optional<QPointF> at) {
  if (!bridge().snapshot() || bridge().snapshot()->worlds.empty()) return tr("This network has no body");
  if (!at || at->y() < 0 || at->y() > 1) return tr("orange: bent to the dorsal side, blue: to the ventral side");
  const Column* column = columnAt(at->x());
  if (!column || column->curvature.empty()) return {};
  const auto joints = column->curvature.size();
  const auto joint = std::min(static_cast<std::size_t>(at->y() * static_cast<double>(joints)), joints - 1);
  const auto unit = QString::fromStdString(bridge().description().tickUnit);
  return tr("%1 %L2 · joint %3 of %4 · curvature %5 per body length")
      .arg(unit)
      .arg(static_cast<qlonglong>(column->tick))
      .arg(joint + 1)
      .arg(joints)
      .arg(number(static_cast<double>(column->curvature[joint])));
}

Tick Kymograph::firstTick() const {
  if (!columns_.empty()) return columns_.front().tick;
  return bridge().snapshot() ? bridge().snapshot()->tick : 0;
}

std::string Kymograph::table() const {
  std::string text = "tick";
  const std::size_t joints = columns_.empty() ? 0 : columns_.back().curvature.size();
  for (std::size_t joint = 0; joint < joints; ++joint) text += ",joint " + std::to_string(joint + 1);
  text += '\n';
  const QCPRange shown = plot().xAxis->range();
  for (const auto& column : columns_) {
    if (!shown.contains(static_cast<double>(column.tick)) || column.curvature.size() != joints) continue;
    text += std::to_string(column.tick);
    for (const float value : column.curvature)
      text += ',' + QByteArray::number(static_cast<double>(value), 'g', 7).toStdString();
    text += '\n';
  }
  return text;
}

}  // namespace plexarium::ui
