#include "ui/inspector/inspector.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inspector/field_editor.h"
#include "ui/inspector/field_form.h"

namespace plexarium::ui {
namespace {

constexpr std::size_t worthSearching = 6;  // fields

QLabel* makeLabel(QWidget* parent, const char* style) {
  auto* label = new QLabel(parent);
  label->setProperty("class", QString::fromLatin1(style));
  label->setWordWrap(true);
  return label;
}

QLabel* makeHeading(QWidget* parent, const QString& text) {
  auto* label = makeLabel(parent, "heading");
  label->setText(text);
  label->setContentsMargins(0, 8, 0, 0);
  return label;
}

QString neuronName(const GraphImage& graph, std::size_t row) {
  const std::string& name = (*graph.names)[row];
  return name.empty() ? Inspector::tr("Neuron %1").arg((*graph.ids)[row].value) : QString::fromStdString(name);
}

QString endName(const GraphImage& graph, NeuronId id) {
  const auto row = graph.row(id);
  return row ? neuronName(graph, *row) : Inspector::tr("Neuron %1").arg(id.value);
}

QString setLabel(const Field& field, std::size_t count) {
  const QString name = QString::fromStdString(field.label).toLower();
  return count > 1 ? Inspector::tr("Set %1 of %2").arg(name).arg(count) : Inspector::tr("Set %1").arg(name);
}

}  // namespace

Inspector::Inspector(SessionBridge& bridge, const Document& document, Selection& selection, QWidget* parent)
    : QWidget(parent), bridge_(bridge), document_(document), selection_(selection) {
  setObjectName(QStringLiteral("inspector"));
  title_ = new QLabel(this);
  title_->setObjectName(QStringLiteral("inspectorTitle"));
  title_->setWordWrap(true);
  subtitle_ = makeLabel(this, "dim");

  identity_ = new QWidget(this);
  auto* identity = new QFormLayout(identity_);
  identity->setContentsMargins(0, 0, 0, 0);
  identity->setHorizontalSpacing(14);
  name_ = new QLineEdit(identity_);
  name_->setObjectName(QStringLiteral("neuronName"));
  name_->setAccessibleName(tr("Name"));
  name_->setToolTip(tr("Name of the neuron, shown beside it"));
  role_ = new QComboBox(identity_);
  role_->setObjectName(QStringLiteral("neuronRole"));
  role_->addItems({tr("sensory"), tr("inter"), tr("motor")});
  role_->setPlaceholderText(tr("mixed"));
  role_->setAccessibleName(tr("Role"));
  role_->setToolTip(tr("Sensory neurons take in, motor neurons act, interneurons lie between"));
  role_->setFocusPolicy(Qt::StrongFocus);
  keepKeys(role_);
  const std::pair<QString, QWidget*> rows[] = {{tr("Name"), name_}, {tr("Role"), role_}};
  for (const auto& [text, editor] : rows) {
    auto* label = makeLabel(identity_, "dim");
    label->setText(text);
    label->setBuddy(editor);
    label->setMinimumHeight(editor->sizeHint().height());
    identity->addRow(label, editor);
  }

  makeSweep();
  search_ = new QLineEdit(this);
  search_->setObjectName(QStringLiteral("fieldSearch"));
  search_->setPlaceholderText(tr("Search fields"));
  search_->setAccessibleName(tr("Search fields"));
  search_->setToolTip(tr("Show only fields whose name or help has these words"));
  search_->setClearButtonEnabled(true);
  nothingFound_ = makeLabel(this, "dim");
  nothingFound_->setText(tr("No field is called that."));
  nothingFound_->hide();

  auto* content = new QWidget(this);
  content->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // As wide as the panel, never wider.
  forms_ = new QVBoxLayout(content);
  forms_->setContentsMargins(14, 2, 14, 14);
  forms_->setSpacing(9);
  neuronsHeading_ = makeHeading(content, tr("Neurons"));
  linksHeading_ = makeHeading(content, tr("Links"));
  networkHeading_ = makeHeading(content, tr("Parameters of the whole network"));
  for (auto* heading : {neuronsHeading_, linksHeading_, networkHeading_}) forms_->addWidget(heading);
  forms_->addStretch();
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content);

  auto* top = new QVBoxLayout;
  top->setContentsMargins(14, 8, 14, 4);
  top->setSpacing(8);
  for (QWidget* widget : std::initializer_list<QWidget*>{title_, subtitle_, identity_, sweep_, search_, nothingFound_}) {
    top->addWidget(widget);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(top);
  layout->addWidget(scroll, 1);

  connect(search_, &QLineEdit::textChanged, this, &Inspector::search);
  connect(name_, &QLineEdit::editingFinished, this, &Inspector::rename);
  connect(role_, &QComboBox::activated, this, &Inspector::setRole);
  connect(&selection_, &Selection::changed, this, &Inspector::showSelection);
  connect(&document_, &Document::opened, this, &Inspector::showSelection);
  connect(&bridge_, &SessionBridge::opened, this, &Inspector::rebuild);
  connect(&bridge_, &SessionBridge::frame, this, &Inspector::onFrame);
  if (bridge_.snapshot()) rebuild();
}

void Inspector::makeSweep() {
  sweep_ = new QToolButton(this);
  sweep_->setObjectName(QStringLiteral("sweepSelected"));
  sweep_->setText(tr("What if…"));
  sweep_->setToolTip(
      tr("Sweep: what this neuron, or what the link leads to, would be if it got other inputs or another setting"));
  sweep_->setAccessibleName(tr("What if"));
  sweep_->setFocusPolicy(Qt::TabFocus);
  keepKeys(sweep_);
  connect(sweep_, &QToolButton::clicked, this, &Inspector::sweepWanted);
}

FieldForm* Inspector::addForm(std::span<const Field> fields, const QString& prefix,
                              void (Inspector::*edit)(std::size_t, double)) {
  auto* form = new FieldForm(fields, prefix, this);
  connect(form, &FieldForm::edited, this, edit);
  connect(form, &FieldForm::refused, this, &Inspector::refused);
  return form;
}

void Inspector::rebuild() {
  shown_.reset();
  if (description_ != &bridge_.description()) {
    description_ = &bridge_.description();
    for (FieldForm* old : {neurons_, links_, network_}) delete old;
    neurons_ = addForm(description_->neuronFields, QStringLiteral("neuron"), &Inspector::setNeuronField);
    links_ = addForm(description_->linkFields, QStringLiteral("link"), &Inspector::setLinkField);
    network_ = addForm(description_->parameters, QStringLiteral("network"), &Inspector::setParameter);
    forms_->insertWidget(forms_->indexOf(neuronsHeading_) + 1, neurons_);
    forms_->insertWidget(forms_->indexOf(linksHeading_) + 1, links_);
    forms_->insertWidget(forms_->indexOf(networkHeading_) + 1, network_);
    search(search_->text());
  }
  showSelection();
}

void Inspector::showSelection() {
  if (!description_) return;
  if (name_->hasFocus()) name_->clearFocus();  // What was typed is meant for the one selected until now.
  const bool anyNeurons = !selection_.neurons().empty();
  const bool anyLinks = !selection_.links().empty();
  identity_->setVisible(anyNeurons);
  name_->setEnabled(selection_.neurons().size() == 1);
  sweep_->setVisible(selection_.neurons().size() + selection_.links().size() == 1);
  neurons_->setVisible(anyNeurons);
  links_->setVisible(anyLinks);
  network_->setVisible(!anyNeurons && !anyLinks);
  neuronsHeading_->setVisible(anyNeurons && anyLinks);
  linksHeading_->setVisible(anyNeurons && anyLinks);
  const auto fields = anyNeurons ? description_->neuronFields.size()
                      : anyLinks ? description_->linkFields.size()
                                 : description_->parameters.size();
  search_->setVisible(fields >= worthSearching || !search_->text().isEmpty());
  networkHeading_->setVisible(network_->isVisibleTo(this) && !description_->parameters.empty());
  refresh(true);
}

void Inspector::onFrame() {
  if (isVisible()) refresh(false);
}

void Inspector::refresh(bool force) {
  const auto& now = bridge_.snapshot();
  if (!now || !description_) return;
  const bool structure =
      force || !shown_ || shown_->graph.ids != now->graph.ids || shown_->graph.targets != now->graph.targets;
  const bool labels = structure || shown_->graph.names != now->graph.names || shown_->graph.roles != now->graph.roles;
  const bool values = structure || shown_->graph.neuronFields != now->graph.neuronFields ||
                      shown_->graph.linkFields != now->graph.linkFields || shown_->parameters != now->parameters;
  shown_ = now;
  if (structure) findRows();
  if (labels) showHeading();
  if (values) fillSteady(force);
  fillLive();
}

void Inspector::findRows() {
  neuronRows_.clear();
  linkRows_.clear();
  for (const NeuronId id : selection_.neurons()) {
    if (const auto row = shown_->graph.row(id)) neuronRows_.push_back(*row);
  }
  for (const LinkKey key : selection_.links()) {
    if (const auto row = shown_->graph.link(key)) linkRows_.push_back(*row);
  }
}

void Inspector::showHeading() {
  const GraphImage& graph = shown_->graph;
  const std::size_t neurons = neuronRows_.size();
  const std::size_t links = linkRows_.size();
  QString subtitle;
  if (selection_.empty()) {
    title_->setText(document_.name().isEmpty() ? QString::fromStdString(description_->label) : document_.name());
    subtitle = document_.description().isEmpty() ? QString::fromStdString(description_->help) : document_.description();
  } else if (neurons == 1 && links == 0) {
    title_->setText(neuronName(graph, neuronRows_[0]));
    subtitle = tr("Neuron %1").arg((*graph.ids)[neuronRows_[0]].value);
  } else if (neurons == 0 && links == 1) {
    const LinkKey key = graph.key(linkRows_[0]);
    title_->setText(tr("%1 → %2").arg(endName(graph, key.from), endName(graph, key.to)));
    subtitle = tr("Link");
  } else if (neurons + links == 0) {
    title_->setText(tr("Gone"));
    subtitle = tr("What was selected is no longer in the network.");
  } else {
    const QString neuronCount = neurons == 1 ? tr("1 neuron") : tr("%L1 neurons").arg(neurons);
    const QString linkCount = links == 1 ? tr("1 link") : tr("%L1 links").arg(links);
    title_->setText(neurons && links ? tr("%1, %2").arg(neuronCount, linkCount) : neurons ? neuronCount : linkCount);
    subtitle = tr("A change applies to all of them.");
  }
  if (subtitle_->text() != subtitle) subtitle_->setText(subtitle);
  showRoles();
}

void Inspector::showRoles() {
  if (neuronRows_.empty()) return;
  const GraphImage& graph = shown_->graph;
  if (!name_->hasFocus()) {
    name_->setText(neuronRows_.size() == 1 ? QString::fromStdString((*graph.names)[neuronRows_[0]]) : QString());
    name_->setPlaceholderText(neuronRows_.size() == 1 ? tr("no name") : tr("%L1 names").arg(neuronRows_.size()));
  }
  const Role first = (*graph.roles)[neuronRows_[0]];
  const bool same =
      std::all_of(neuronRows_.begin(), neuronRows_.end(), [&](std::size_t row) { return (*graph.roles)[row] == first; });
  role_->setCurrentIndex(same ? static_cast<int>(first) : -1);
}

void Inspector::fillSteady(bool force) {
  const auto fill = [force](FieldForm* form, std::span<const Field> fields, const std::vector<Column>& columns,
                            const std::vector<std::size_t>& rows) {
    if (rows.empty()) return;
    for (std::size_t field = 0; field < fields.size(); ++field) {
      if (fields[field].evolves) continue;
      Spread spread;
      for (const std::size_t row : rows) spread.add(columnValue(columns[field], row));
      form->setSpread(field, spread, force);
    }
  };
  fill(neurons_, description_->neuronFields, *shown_->graph.neuronFields, neuronRows_);
  fill(links_, description_->linkFields, *shown_->graph.linkFields, linkRows_);
  for (std::size_t field = 0; field < shown_->parameters.size(); ++field) {
    Spread spread;
    spread.add(shown_->parameters[field]);
    network_->setSpread(field, spread, force);
  }
}

void Inspector::fillLive() {
  const auto fill = [](FieldForm* form, std::span<const Field> fields, const auto& watched, const auto& isSelected) {
    if (!form->showsLive()) return;
    std::vector<Spread> spreads(fields.size());
    for (const auto& item : watched) {
      if (!isSelected(item)) continue;  // Watched because it is under the mouse.
      for (std::size_t field = 0; field < fields.size(); ++field) spreads[field].add(item.values[field]);
    }
    for (std::size_t field = 0; field < fields.size(); ++field) {
      if (fields[field].evolves && spreads[field].count) form->setSpread(field, spreads[field]);
    }
  };
  fill(neurons_, description_->neuronFields, shown_->watchedNeurons,
       [this](const WatchedNeuron& neuron) { return selection_.contains(neuron.id); });
  fill(links_, description_->linkFields, shown_->watchedLinks,
       [this](const WatchedLink& link) { return selection_.contains(link.key); });
}

void Inspector::search(const QString& text) {
  if (!description_) return;
  int found = neurons_->filter(text);
  found += links_->filter(text);
  found += network_->filter(text);
  nothingFound_->setVisible(found == 0 && !text.isEmpty());
}

void Inspector::submit(Edit edit) {
  bridge_.submit(std::move(edit), [this](const Outcome& outcome) {
    if (!outcome.error) return;
    refresh(true);
    emit refused(QString::fromStdString(outcome.error->text()));
  });
}

void Inspector::setNeuronField(std::size_t field, double value) {
  SetNeuronField step{field, {}};
  for (const std::size_t row : neuronRows_) step.values.emplace_back((*shown_->graph.ids)[row], value);
  const auto label = setLabel(description_->neuronFields[field], step.values.size());
  if (!step.values.empty()) submit({label.toStdString(), {std::move(step)}});
}

void Inspector::setLinkField(std::size_t field, double value) {
  SetLinkField step{field, {}};
  for (const std::size_t row : linkRows_) step.values.emplace_back(shown_->graph.key(row), value);
  const auto label = setLabel(description_->linkFields[field], step.values.size());
  if (!step.values.empty()) submit({label.toStdString(), {std::move(step)}});
}

void Inspector::setParameter(std::size_t field, double value) {
  submit({setLabel(description_->parameters[field], 1).toStdString(), {SetParameter{field, value}}});
}

void Inspector::rename() {
  if (neuronRows_.size() != 1) return;
  const std::size_t row = neuronRows_[0];
  std::string name = name_->text().trimmed().toStdString();
  if (name == (*shown_->graph.names)[row]) return;
  submit({tr("Rename neuron").toStdString(), {RenameNeurons{{{(*shown_->graph.ids)[row], std::move(name)}}}}});
}

void Inspector::setRole(int role) {
  SetRoles step;
  for (const std::size_t row : neuronRows_) step.roles.emplace_back((*shown_->graph.ids)[row], static_cast<Role>(role));
  if (!step.roles.empty()) submit({tr("Set role").toStdString(), {std::move(step)}});
}

}  // namespace plexarium::ui
