#include "ui/canvas/hover_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace plexarium::ui {
namespace {

QString translated(const char* text) { return QCoreApplication::translate("plexarium::ui::hoverText", text); }

/// Four significant digits are enough for a glance.
QString shortValue(const Field& field, double value) {
  const bool number = field.type == FieldType::Real || field.type == FieldType::Single;
  const QString text =
      number && std::isfinite(value) ? QString::number(value, 'g', 4) : QString::fromStdString(formatValue(field, value));
  return field.unit.empty() ? text : text + QLatin1Char(' ') + QString::fromStdString(field.unit);
}

/// The values of `watched`, or else those that only edits change, from the shared columns.
void addFields(QStringList& lines, const std::vector<Field>& fields, const std::vector<double>* watched,
               const std::vector<Column>& columns, std::size_t row) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool shared = !fields[i].evolves && i < columns.size();
    if (!watched && !shared) continue;
    const double value = watched ? (*watched)[i] : columnValue(columns[i], row);
    lines << QStringLiteral("%1: %2").arg(QString::fromStdString(fields[i].label), shortValue(fields[i], value));
  }
}

QString roleName(Role role) {
  switch (role) {
    case Role::Sensory:
      return translated("sensory");
    case Role::Inter:
      return translated("inter");
    case Role::Motor:
      return translated("motor");
  }
  return {};
}

}  // namespace

QString displayName(const GraphImage& graph, NeuronId id) {
  const auto row = graph.row(id);
  if (row && !(*graph.names)[*row].empty()) return QString::fromStdString((*graph.names)[*row]);
  return translated("neuron %1").arg(id.value);
}

QString hoverText(const Description& description, const Snapshot& snapshot, NeuronId id) {
  const auto row = snapshot.graph.row(id);
  if (!row) return {};
  QStringList lines{
      QStringLiteral("%1 \u00b7 %2").arg(displayName(snapshot.graph, id), roleName((*snapshot.graph.roles)[*row]))};
  const std::size_t phase = snapshot.appearance.phase[*row];
  if (phase < description.phases.size()) lines << QString::fromStdString(description.phases[phase].label);
  const auto watched = std::find_if(snapshot.watchedNeurons.begin(), snapshot.watchedNeurons.end(),
                                    [id](const WatchedNeuron& neuron) { return neuron.id == id; });
  addFields(lines, description.neuronFields, watched == snapshot.watchedNeurons.end() ? nullptr : &watched->values,
            *snapshot.graph.neuronFields, *row);
  return lines.join(QLatin1Char('\n'));
}

QString hoverText(const Description& description, const Snapshot& snapshot, LinkKey key) {
  const auto link = snapshot.graph.link(key);
  if (!link) return {};
  QStringList lines{
      QStringLiteral("%1 \u2192 %2").arg(displayName(snapshot.graph, key.from), displayName(snapshot.graph, key.to))};
  const std::size_t style = snapshot.appearance.linkStyle[*link];
  if (style < description.linkStyles.size()) lines << QString::fromStdString(description.linkStyles[style].label);
  const auto watched = std::find_if(snapshot.watchedLinks.begin(), snapshot.watchedLinks.end(),
                                    [key](const WatchedLink& other) { return other.key == key; });
  addFields(lines, description.linkFields, watched == snapshot.watchedLinks.end() ? nullptr : &watched->values,
            *snapshot.graph.linkFields, *link);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace plexarium::ui
