#include "ui/canvas/hover_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <optional>

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

/// What a field's value says that was said before: a choice that is called like the phase or the kind of link.
bool repeats(const Field& field, double value, const QString& said) {
  if (field.type != FieldType::Choice) return false;
  return QString::fromStdString(formatValue(field, value)).compare(said, Qt::CaseInsensitive) == 0;
}

/// Appends those of the fields that pass, as long as there is room on the card; what is 0, or a minimum that stands for
/// nothing, says nothing.
template <typename Passes, typename ValueOf>
void addFields(QStringList& lines, const std::vector<Field>& fields, const QString& said, Passes passes, ValueOf valueOf) {
  constexpr qsizetype most = 10;
  for (std::size_t i = 0; i < fields.size() && lines.size() < most; ++i) {
    if (!passes(fields[i])) continue;
    const std::optional<double> value = valueOf(i);
    if (!value || *value == 0 || (!fields[i].minimumText.empty() && *value == fields[i].minimum)) continue;
    if (repeats(fields[i], *value, said)) continue;
    lines << QStringLiteral("%1: %2").arg(QString::fromStdString(fields[i].label), shortValue(fields[i], *value));
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
  QString said;
  const std::size_t phase = snapshot.appearance.phase[*row];
  if (phase < description.phases.size()) lines << (said = QString::fromStdString(description.phases[phase].label));
  const auto watched = std::find_if(snapshot.watchedNeurons.begin(), snapshot.watchedNeurons.end(),
                                    [id](const WatchedNeuron& neuron) { return neuron.id == id; });
  if (watched == snapshot.watchedNeurons.end()) return lines.join(QLatin1Char('\n'));
  addFields(
      lines, description.neuronFields, said, [](const Field& field) { return field.evolves; },
      [&](std::size_t field) { return std::optional(watched->values[field]); });
  return lines.join(QLatin1Char('\n'));
}

QString hoverText(const Description& description, const Snapshot& snapshot, LinkKey key) {
  const auto link = snapshot.graph.link(key);
  if (!link) return {};
  QStringList lines{
      QStringLiteral("%1 \u2192 %2").arg(displayName(snapshot.graph, key.from), displayName(snapshot.graph, key.to))};
  QString said;
  const std::size_t style = snapshot.appearance.linkStyle[*link];
  if (style < description.linkStyles.size()) lines << (said = QString::fromStdString(description.linkStyles[style].label));
  const auto watched = std::find_if(snapshot.watchedLinks.begin(), snapshot.watchedLinks.end(),
                                    [key](const WatchedLink& other) { return other.key == key; });
  const bool live = watched != snapshot.watchedLinks.end();
  const std::vector<Column>& columns = *snapshot.graph.linkFields;
  addFields(
      lines, description.linkFields, said, [](const Field& field) { return field.type != FieldType::Flag; },
      [&](std::size_t field) -> std::optional<double> {
        if (live) return watched->values[field];
        if (description.linkFields[field].evolves || field >= columns.size()) return std::nullopt;
        return columnValue(columns[field], *link);
      });
  return lines.join(QLatin1Char('\n'));
}

QString hoverText(const Lens::Folded& group) {
  const QString count = translated("%1 neurons").arg(group.members.size());
  return group.group.name.empty() ? count : QString::fromStdString(group.group.name) + QLatin1Char('\n') + count;
}

}  // namespace plexarium::ui
