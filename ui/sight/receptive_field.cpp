#include "ui/sight/receptive_field.h"

#include <QLinearGradient>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/canvas/theme.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int barHeight = 10;

QColor between(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * share)); };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

}  // namespace

std::optional<std::size_t> strengthField(const Description& description) {
  const auto holdsNumbers = [](const Field& field) {
    return field.type == FieldType::Real || field.type == FieldType::Single || field.type == FieldType::Integer;
  };
  const auto& fields = description.linkFields;
  const auto found = std::ranges::find_if(fields, holdsNumbers);
  if (found == fields.end()) return std::nullopt;
  return static_cast<std::size_t>(found - fields.begin());
}

ReceptiveField::ReceptiveField(SessionBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
  connect(&bridge, &SessionBridge::opened, this, [this] { topology_.reset(); });
}

ReceptiveField::~ReceptiveField() { bridge_.watch(this, {}); }

void ReceptiveField::follow(std::optional<NeuronId> neuron, std::span<const NeuronId> inputs) {
  const Snapshot& now = *bridge_.snapshot();
  const auto field = strengthField(bridge_.description());
  if (neuron && (!field || !now.graph.row(*neuron))) neuron.reset();
  if (neuron != neuron_ || topology_ != now.graph.targets || !std::ranges::equal(inputs_, inputs)) {
    neuron_ = neuron;
    inputs_.assign(inputs.begin(), inputs.end());
    topology_ = now.graph.targets;
    findLinks(now, inputs);
    std::vector<LinkKey> wanted;
    if (field && bridge_.description().linkFields[*field].evolves) {
      for (const auto& link : found_) wanted.push_back(link.key);
    }
    if (wanted != watched_) bridge_.watch(this, Watch{{}, watched_ = std::move(wanted)});
  }
  if (neuron_ && read(now, *field)) shown_ = neuron_;
  if (!neuron_) shown_.reset();
}

void ReceptiveField::findLinks(const Snapshot& now, std::span<const NeuronId> inputs) {
  found_.clear();
  for (std::size_t input = 0; neuron_ && input < inputs.size(); ++input) {
    const LinkKey key{inputs[input], *neuron_};
    if (const auto row = now.graph.link(key)) found_.push_back({input, *row, key});
  }
}

/// False, and nothing changed, where values that were asked for have not come yet.
bool ReceptiveField::read(const Snapshot& now, std::size_t field) {
  const Description& description = bridge_.description();
  const bool live = description.linkFields[field].evolves;
  std::vector<double> weights(inputs_.size(), std::numeric_limits<double>::quiet_NaN());
  double reach = 0;
  for (const auto& link : found_) {
    double weight = 0;
    if (live) {
      // The bridge asks for them in the order of their keys.
      const auto seen = std::ranges::lower_bound(now.watchedLinks, link.key, {}, &WatchedLink::key);
      if (seen == now.watchedLinks.end() || seen->key != link.key) return false;
      weight = seen->values[field];
    } else {
      weight = columnValue((*now.graph.linkFields)[field], link.row);
    }
    const std::size_t style = now.appearance.linkStyle[link.row];
    const bool inhibits = style < description.linkStyles.size() && description.linkStyles[style].tint == Tint::Inhibit;
    weights[link.input] = inhibits ? -std::abs(weight) : weight;
    if (std::isfinite(weight)) reach = std::max(reach, std::abs(weight));
  }
  weights_ = std::move(weights);
  links_ = found_.size();
  reach_ = reach;
  return true;
}

QColor strengthColour(double share, bool dark) {
  const Theme& theme = dark ? darkTheme() : lightTheme();
  const QColor below(theme.link(Tint::Inhibit).rest), above(theme.link(Tint::Excite).rest);
  const QColor black(0x10, 0x10, 0x10), white(Qt::white);
  const QColor least = between(below, dark ? black : white, 0.5);
  const QColor most = between(above, dark ? white : black, 0.6);
  const QColor none = dark ? QColor(0x78, 0x80, 0x8a) : QColor(0x9a, 0xa0, 0xa8);
  const double part = std::clamp(std::abs(share), 0.0, 1.0);
  return between(none, share < 0 ? least : most, part);
}

QColor amountColour(double share, bool dark) {
  const Theme& theme = dark ? darkTheme() : lightTheme();
  const QColor above(theme.link(Tint::Excite).rest);
  const QColor none = dark ? QColor(0x23, 0x2b, 0x36) : QColor(0xe4, 0xe6, 0xe8);
  const QColor most = between(above, dark ? QColor(Qt::white) : QColor(0x10, 0x10, 0x10), 0.75);
  const double part = std::clamp(share, 0.0, 1.0);
  return part < 0.5 ? between(none, above, 2 * part) : between(above, most, 2 * part - 1);
}

void StrengthScale::show(double reach, const QString& name, bool amounts) {
  if (reach == reach_ && name == name_ && amounts == amounts_) return;
  reach_ = reach;
  amounts_ = amounts;
  name_ = name;
  update();
}

void StrengthScale::setDark(bool dark) {
  dark_ = dark;
  update();
}

QSize StrengthScale::sizeHint() const { return {180, barHeight + fontMetrics().height() + 6}; }

void StrengthScale::paintEvent(QPaintEvent*) {
  if (reach_ <= 0) return;
  QPainter painter(this);
  const auto& theme = WindowTheme::of(dark_);
  const QRectF bar(0.5, 2.5, width() - 1, barHeight);
  QLinearGradient colours(bar.topLeft(), bar.topRight());
  for (const double place : {0.0, 0.5, 1.0}) {
    colours.setColorAt(place, amounts_ ? amountColour(place, dark_) : strengthColour(2 * place - 1, dark_));
  }
  painter.setPen(theme.border);
  painter.setBrush(colours);
  painter.drawRect(bar);
  painter.setPen(theme.dim);
  const QRectF words(0, bar.bottom() + 1, width(), fontMetrics().height());
  const QString end = QString::number(reach_, 'g', 3);
  painter.drawText(words, Qt::AlignLeft, amounts_ ? QStringLiteral("0") : QStringLiteral("−") + end);
  painter.drawText(words, Qt::AlignRight, end);
  painter.drawText(words, Qt::AlignHCenter, amounts_ ? name_ : tr("%1 0").arg(name_));
}

}  // namespace plexarium::ui
