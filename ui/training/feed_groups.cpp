#include "ui/training/feed_groups.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inspector/field_form.h"

namespace plexarium::ui {
namespace {

enum InputField : std::size_t { Coding, Levels, Gain, Channel };
enum Column { Name, Neurons, Columns, ColumnCount };

constexpr int groupRows = 4;  // seen at once

/// Of an InputCode, for people.
std::vector<std::string> codeTexts() {
  std::vector<std::string> texts;
  for (const QString& text : {FeedGroups::tr("as it is"), FeedGroups::tr("0 to 1"), FeedGroups::tr("levels"),
                              FeedGroups::tr("thermometer"), FeedGroups::tr("symbol")}) {
    texts.push_back(text.toStdString());
  }
  return texts;
}

std::size_t channelOf(const std::vector<StimulusChannel>& channels, const std::string& key) {
  const auto found = std::ranges::find(channels, key, &StimulusChannel::key);
  return found == channels.end() ? 0 : static_cast<std::size_t>(found - channels.begin());
}

}  // namespace

Result<std::vector<std::size_t>> readColumns(const QString& text, std::size_t count) {
  std::vector<std::size_t> columns;
  for (const auto& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
    const auto trimmed = part.trimmed();
    if (trimmed == QLatin1String("-")) {
      columns.push_back(noTarget);
      continue;
    }
    const auto ends = trimmed.split(QLatin1Char('-'));
    bool firstIs = false, lastIs = false;
    const auto first = ends.front().trimmed().toULongLong(&firstIs);
    const auto last = ends.back().trimmed().toULongLong(&lastIs);
    if (!firstIs || !lastIs || ends.size() > 2 || first < 1 || last < first || last > count) {
      return failure("“" + trimmed.toStdString() + "” names no columns", {},
                     "Give numbers from 1 to " + std::to_string(count) + " such as 1-4, 7");
    }
    for (auto column = first; column <= last; ++column) columns.push_back(column - 1);
  }
  return columns;
}

QString columnsText(const std::vector<std::size_t>& columns) {
  QStringList parts;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    if (columns[k] == noTarget) {
      parts << QStringLiteral("-");
      continue;
    }
    std::size_t end = k;
    while (end + 1 < columns.size() && columns[end + 1] == columns[end] + 1) ++end;
    parts << (end > k ? QStringLiteral("%1-%2").arg(columns[k] + 1).arg(columns[end] + 1) : QString::number(columns[k] + 1));
    k = end;
  }
  return parts.join(QStringLiteral(", "));
}

FeedGroups::FeedGroups(SessionBridge& bridge, const Selection& selection, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      selection_(selection),
      layout_(new QVBoxLayout(this)),
      table_(new QTableWidget(0, ColumnCount, this)),
      scope_(new QComboBox(this)) {
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(8);
  makeHead();
  makeTable();
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel(tr("Values of"), this));
  row->addWidget(scope_, 1);
  scope_->setObjectName(QStringLiteral("groupScope"));
  scope_->setAccessibleName(tr("The groups that the values below are of"));
  scope_->setToolTip(tr("What you set below is set in this group, or in all. A click on a group above chooses it, too"));
  keepKeys(scope_);
  layout_->addLayout(row);
  connect(scope_, &QComboBox::currentIndexChanged, this, [this](int index) {
    const QSignalBlocker quiet(table_);
    index > 0 ? table_->selectRow(index - 1) : table_->clearSelection();
    showValues();
  });
}

void FeedGroups::makeHead() {
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel(tr("Groups of neurons"), this), 1);
  const auto add = [&](const char* name, const QString& text, const QString& tip, auto&& what) {
    auto* button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setText(text);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    keepKeys(button);
    connect(button, &QToolButton::clicked, this, what);
    row->addWidget(button);
  };
  add("addInput", tr("+ in"), tr("Another group that data goes into"), [this] { addGroup(true); });
  add("addOutput", tr("+ out"), tr("Another group whose answer counts"), [this] { addGroup(false); });
  add("removeGroup", tr("−"), tr("Remove the selected group"), [this] { removeGroup(); });
  layout_->addLayout(row);
}

void FeedGroups::makeTable() {
  table_->setObjectName(QStringLiteral("feedGroups"));
  table_->setAccessibleName(tr("Groups of neurons"));
  table_->setHorizontalHeaderLabels({tr("Group"), tr("Neurons"), tr("Columns")});
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  keepKeys(table_);
  layout_->addWidget(table_);
  connect(table_, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
    if (item->column() == Name) renameGroup(item->row(), item->text(), item->checkState() == Qt::Checked);
    if (item->column() == Columns) setColumns(item->row(), item->text());
  });
  connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
    const auto chosen = table_->selectionModel()->selectedRows();
    if (!chosen.isEmpty()) scope_->setCurrentIndex(chosen.front().row() + 1);
  });
}

void FeedGroups::setPlan(const FeedPlan& plan, const DatasetInfo& info) {
  plan_ = plan;
  info_ = info;
  makeForms();
  fillTable();
  fillScope();
  showValues();
}

void FeedGroups::makeForms() {
  const auto make = [](const char* key, const QString& label, const QString& help, FieldType type, double minimum,
                       double maximum, double initial) {
    return Field{key, label.toStdString(), {}, help.toStdString(), type, minimum, maximum, initial};
  };
  const auto choices = [&](const char* key, const QString& label, const QString& help, std::vector<std::string> texts) {
    Field field = make(key, label, help, FieldType::Choice, 0, static_cast<double>(texts.size() - 1), 0);
    field.choices = std::move(texts);
    return field;
  };
  std::vector<std::string> channels;
  for (const auto& channel : bridge_.description().stimuli) channels.push_back(channel.label);
  if (channels.empty()) channels.emplace_back("–");
  makeForm(inputForm_, inputFields_,
           {choices("coding", tr("Coding"), tr("How a value becomes what neurons are given"), codeTexts()),
            make("levels", tr("Levels"), tr("Of the codings levels and thermometer"), FieldType::Integer, 2, 256, 4),
            make("gain", tr("Gain"), tr("What an input of 1 becomes"), FieldType::Real, -1e6, 1e6, 1),
            choices("channel", tr("Goes in as"), tr("The stimulus that neurons are given"), std::move(channels))},
           true);
  makeForm(outputForm_, outputFields_,
           {make("dominance", tr("Dominance"),
                 tr("The answer counts as soon as one output leads by more than this; 0: after the last moment"),
                 FieldType::Real, 0, 1e6, 0)},
           false);
}

/// The names in a form are those of the present dynamics.
void FeedGroups::makeForm(FieldForm*& form, std::vector<Field>& fields, std::vector<Field> wanted, bool inputs) {
  const auto sameWords = [](const Field& a, const Field& b) { return a.label == b.label && a.choices == b.choices; };
  if (form != nullptr && std::ranges::equal(wanted, fields, sameWords)) return;
  const int place = form != nullptr ? layout_->indexOf(form) : layout_->count();
  delete form;
  fields = std::move(wanted);
  form = new FieldForm(fields, QStringLiteral("feed"), this);
  layout_->insertWidget(place, form);
  connect(form, &FieldForm::refused, this, &FeedGroups::refused);
  if (inputs) {
    connect(form, &FieldForm::edited, this, &FeedGroups::setInputValue);
    return;
  }
  connect(form, &FieldForm::edited, this, [this](std::size_t, double value) {
    for (std::size_t k = 0; k < plan_.outputs.size(); ++k) {
      if (concerns(static_cast<int>(plan_.inputs.size() + k))) plan_.outputs[k].dominance = value;
    }
    emit edited(plan_);
  });
}

void FeedGroups::setInputValue(std::size_t field, double value) {
  for (std::size_t k = 0; k < plan_.inputs.size(); ++k) {
    if (!concerns(static_cast<int>(k))) continue;
    auto& group = plan_.inputs[k];
    if (field == Coding) group.coding.code = static_cast<InputCode>(value);
    if (field == Levels) group.coding.levels = static_cast<std::size_t>(value);
    if (field == Gain) group.gain = value;
    if (field == Channel) group.channel = bridge_.description().stimuli.at(static_cast<std::size_t>(value)).key;
  }
  emit edited(plan_);
}

bool FeedGroups::concerns(int row) const { return scope_->currentIndex() <= 0 || scope_->currentIndex() == row + 1; }

void FeedGroups::fillScope() {
  const int before = scope_->currentIndex();
  const bool same = scope_->count() == table_->rowCount() + 1;
  {
    const QSignalBlocker quiet(scope_);
    scope_->clear();
    scope_->addItem(tr("all groups"));
    for (const auto& group : plan_.inputs) scope_->addItem(tr("%1 (in)").arg(QString::fromStdString(group.name)));
    for (const auto& group : plan_.outputs) scope_->addItem(tr("%1 (out)").arg(QString::fromStdString(group.name)));
    scope_->setCurrentIndex(same ? std::max(before, 0) : 0);
  }
  const QSignalBlocker quiet(table_);
  scope_->currentIndex() > 0 ? table_->selectRow(scope_->currentIndex() - 1) : table_->clearSelection();
}

void FeedGroups::showValues() {
  if (inputForm_ == nullptr) return;
  std::vector<Spread> inputs(inputFields_.size());
  std::vector<Spread> outputs(outputFields_.size());
  for (std::size_t k = 0; k < plan_.inputs.size(); ++k) {
    if (!concerns(static_cast<int>(k))) continue;
    const auto& group = plan_.inputs[k];
    inputs[Coding].add(static_cast<double>(group.coding.code));
    inputs[Levels].add(static_cast<double>(group.coding.levels));
    inputs[Gain].add(group.gain);
    inputs[Channel].add(static_cast<double>(channelOf(bridge_.description().stimuli, group.channel)));
  }
  for (std::size_t k = 0; k < plan_.outputs.size(); ++k) {
    if (concerns(static_cast<int>(plan_.inputs.size() + k))) outputs[0].add(plan_.outputs[k].dominance);
  }
  // What does not concern the chosen group stays where it is: the table must not move under the hand.
  inputForm_->setEnabled(inputs[Coding].count > 0);
  outputForm_->setEnabled(outputs[0].count > 0);
  inputForm_->setVisible(!plan_.inputs.empty());
  outputForm_->setVisible(!plan_.outputs.empty());
  for (std::size_t k = 0; k < inputs.size() && inputs[k].count > 0; ++k) inputForm_->setSpread(k, inputs[k], true);
  for (std::size_t k = 0; k < outputs.size() && outputs[k].count > 0; ++k) outputForm_->setSpread(k, outputs[k], true);
}

void FeedGroups::fillTable() {
  const QSignalBlocker quiet(table_);
  table_->setRowCount(static_cast<int>(plan_.inputs.size() + plan_.outputs.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    withGroup(row, [&](const auto& group) {
      fillRow(row, QString::fromStdString(group.name), group.enabled, group.neurons, group.columns);
    });
  }
  const int rows = std::min(table_->rowCount(), groupRows);
  int height = table_->horizontalHeader()->sizeHint().height() + 2 * table_->frameWidth();
  for (int k = 0; k < rows; ++k) height += table_->rowHeight(k);
  table_->setFixedHeight(height);
}

void FeedGroups::fillRow(int row, const QString& name, bool enabled, const FeedNeurons& neurons,
                         const std::vector<std::size_t>& columns) {
  table_->setVerticalHeaderItem(row, new QTableWidgetItem(isInput(row) ? tr("in") : tr("out")));
  auto* title = new QTableWidgetItem(name);
  title->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
  title->setCheckState(enabled ? Qt::Checked : Qt::Unchecked);
  title->setToolTip(tr("Checked: it takes part"));
  table_->setItem(row, Name, title);
  table_->setCellWidget(row, Neurons, neuronChoice(row, neurons));
  auto* list = new QTableWidgetItem(columns.empty() ? tr("all") : columnsText(columns));
  list->setToolTip(isInput(row)
                       ? tr("Columns of the data, from 1: 1-4, 7. Empty: all")
                       : tr("The class or value that each neuron stands for, from 1; - for one that is to be silent. "
                            "Empty: all in order"));
  table_->setItem(row, Columns, list);
}

QWidget* FeedGroups::neuronChoice(int row, const FeedNeurons& neurons) {
  auto* box = new QComboBox(table_);
  box->setObjectName(QStringLiteral("groupNeurons%1").arg(row));
  keepKeys(box);
  std::vector<FeedNeurons> choices{{}};
  box->addItem(isInput(row) ? tr("all sensory") : tr("all motor"));
  for (const auto& group : *bridge_.snapshot()->graph.groups) {
    choices.push_back({{}, group.id});
    box->addItem(QString::fromStdString(group.name));
  }
  if (!neurons.list.empty()) {
    choices.push_back(neurons);
    box->addItem(tr("%Ln listed", nullptr, static_cast<int>(neurons.list.size())));
  }
  const auto chosen = std::ranges::find(choices, neurons);
  box->setCurrentIndex(chosen != choices.end() ? static_cast<int>(chosen - choices.begin()) : 0);
  const int listing = static_cast<int>(choices.size());
  box->addItem(tr("those selected"));
  connect(box, &QComboBox::activated, this, [this, row, choices, listing](int index) {
    if (index < listing) return setNeurons(row, choices[static_cast<std::size_t>(index)]);
    if (selection_.neurons().empty()) {
      fillTable();
      emit refused(tr("No neurons are selected. Select those of the group on the canvas first"));
      return;
    }
    setNeurons(row, {selection_.neurons(), {}});
  });
  return box;
}

void FeedGroups::withGroup(int row, auto what) {
  const auto index = static_cast<std::size_t>(row);
  isInput(row) ? what(plan_.inputs[index]) : what(plan_.outputs[index - plan_.inputs.size()]);
}

void FeedGroups::setNeurons(int row, const FeedNeurons& neurons) {
  withGroup(row, [&](auto& group) { group.neurons = neurons; });
  emit edited(plan_);
}

void FeedGroups::renameGroup(int row, const QString& name, bool enabled) {
  withGroup(row, [&](auto& group) {
    group.name = name.toStdString();
    group.enabled = enabled;
  });
  emit edited(plan_);
}

void FeedGroups::setColumns(int row, const QString& text) {
  const auto count = isInput(row) ? info_.inputs : info_.targetNames().size();
  const auto columns = readColumns(text == tr("all") ? QString() : text, count);
  if (!columns) {
    fillTable();
    emit refused(QString::fromStdString(columns.error().text()));
    return;
  }
  withGroup(row, [&](auto& group) { group.columns = *columns; });
  emit edited(plan_);
}

void FeedGroups::addGroup(bool input) {
  const auto add = [](auto& groups, const char* name) {
    auto group = groups.empty() ? typename std::decay_t<decltype(groups)>::value_type{} : groups.back();
    group.name = name + std::to_string(groups.size() + 1);
    group.enabled = false;  // until it is told which neurons it has
    groups.push_back(std::move(group));
  };
  if (input) {
    add(plan_.inputs, "input ");
  } else {
    add(plan_.outputs, "output ");
  }
  emit edited(plan_);
}

void FeedGroups::removeGroup() {
  const int row = scope_->currentIndex() - 1;
  if (row < 0) {
    emit refused(tr("No group is selected. Click the one that is to go"));
    return;
  }
  if (isInput(row)) {
    plan_.inputs.erase(plan_.inputs.begin() + row);
  } else {
    plan_.outputs.erase(plan_.outputs.begin() + (row - static_cast<int>(plan_.inputs.size())));
  }
  emit edited(plan_);
}

}  // namespace plexarium::ui
