#include "ui/training/feed_form.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inspector/field_form.h"

namespace plexarium::ui {
namespace {

enum FormField : std::size_t {
  Order,
  Unit,
  Duration,
  ExamEvery,
  ExamDuration,
  Coding,
  Levels,
  Gain,
  Channel,
  Dominance,
  ValidationShare,
  TestShare,
  Seed,
  FormFields
};
enum Column { Name, Neurons, Columns, ColumnCount };

constexpr int groupRows = 4;  // seen at once

Field field(const char* key, const QString& label, const QString& help, FieldType type, double minimum, double maximum,
            double initial) {
  return {key, label.toStdString(), {}, help.toStdString(), type, minimum, maximum, initial};
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

FeedForm::FeedForm(SessionBridge& bridge, const Selection& selection, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      selection_(selection),
      layout_(new QVBoxLayout(this)),
      importance_(new QLineEdit(this)),
      groups_(new QTableWidget(0, ColumnCount, this)) {
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(8);
  importance_->setObjectName(QStringLiteral("importance"));
  importance_->setAccessibleName(tr("Importance of the classes"));
  importance_->setToolTip(tr("One number a class: a sample of it is shown so many times as long while the network learns"));
  keepKeys(importance_);
  connect(importance_, &QLineEdit::editingFinished, this, &FeedForm::setImportance);
  groups_->setObjectName(QStringLiteral("feedGroups"));
  groups_->setAccessibleName(tr("Groups of neurons"));
  groups_->setHorizontalHeaderLabels({tr("Group"), tr("Neurons"), tr("Columns")});
  groups_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  groups_->setSelectionBehavior(QAbstractItemView::SelectRows);
  groups_->setSelectionMode(QAbstractItemView::SingleSelection);
  keepKeys(groups_);
  connect(groups_, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
    if (item->column() == Name) renameGroup(item->row(), item->text(), item->checkState() == Qt::Checked);
    if (item->column() == Columns) setColumns(item->row(), item->text());
  });
  layout_->addWidget(new QLabel(tr("Importance of the classes"), this));
  layout_->addWidget(importance_);
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
  layout_->addWidget(groups_);
}

void FeedForm::setPlan(const FeedPlan& plan, const DatasetInfo& info) {
  plan_ = plan;
  info_ = info;
  makeFields();
  showFields();
  const QSignalBlocker quiet(importance_);
  QStringList numbers;
  for (const double value : plan.importance) numbers << QString::number(value);
  importance_->setText(numbers.join(QLatin1Char(' ')));
  QStringList ones;
  for (const auto& name : info.classes) ones << QString::fromStdString(name) + QStringLiteral(" 1");
  importance_->setPlaceholderText(ones.join(QStringLiteral(", ")));
  importance_->setEnabled(!info.classes.empty());
  fillGroups();
}

/// The names in the form are those of the present dynamics.
void FeedForm::makeFields() {
  const auto& description = bridge_.description();
  const auto unit = QString::fromStdString(description.tickUnit) + QLatin1Char('s');
  std::vector<Field> fields(FormFields);
  fields[Order] = field("order", tr("Order"), tr("Which sample comes next"), FieldType::Choice, 0, 2, 0);
  fields[Order].choices = {tr("classes in turn").toStdString(), tr("shuffled").toStdString(), tr("as stored").toStdString()};
  fields[Unit] =
      field("unit", tr("Time in"), tr("Seconds are for watching; a run in %1 can be repeated to the bit").arg(unit),
            FieldType::Choice, 0, 1, 0);
  fields[Unit].choices = {unit.toStdString(), tr("seconds").toStdString()};
  fields[Duration] =
      field("duration", tr("A sample lasts"), tr("While the network learns"), FieldType::Real, 1e-3, 1e9, 100);
  fields[ExamEvery] =
      field("exam_every", tr("Exam after"),
            tr("After so many samples one that is kept for validation is shown without its target; 0: never"),
            FieldType::Integer, 0, 1e6, 0);
  fields[ExamEvery].unit = tr("samples").toStdString();
  fields[ExamDuration] =
      field("exam_duration", tr("An exam lasts"), tr("Also a sample of a test"), FieldType::Real, 1e-3, 1e9, 100);
  fields[Coding] = field("coding", tr("Coding"), tr("How a value becomes what neurons are given"), FieldType::Choice, 0,
                         static_cast<double>(inputCodeNames().size() - 1), 0);
  fields[Coding].choices.assign(inputCodeNames().begin(), inputCodeNames().end());
  fields[Levels] = field("levels", tr("Levels"), tr("Of the codings levels and thermometer"), FieldType::Integer, 2, 256, 4);
  fields[Gain] = field("gain", tr("Gain"), tr("What an input of 1 becomes"), FieldType::Real, -1e6, 1e6, 1);
  fields[Channel] = field("channel", tr("Goes in as"), tr("The stimulus that neurons are given"), FieldType::Choice, 0,
                          static_cast<double>(std::max<std::size_t>(description.stimuli.size(), 1) - 1), 0);
  for (const auto& channel : description.stimuli) fields[Channel].choices.push_back(channel.label);
  if (fields[Channel].choices.empty()) fields[Channel].choices.emplace_back("–");
  fields[Dominance] = field("dominance", tr("Dominance"),
                            tr("The answer counts as soon as one output leads by more than this; 0: after the last moment"),
                            FieldType::Real, 0, 1e6, 0);
  fields[ValidationShare] =
      field("validation", tr("Kept for exams"), tr("Share of the samples that is not learnt"), FieldType::Real, 0, 1, 0.1);
  fields[TestShare] =
      field("test", tr("Kept for the test"), tr("Share of the samples that is not learnt"), FieldType::Real, 0, 1, 0.1);
  fields[Seed] = field("seed", tr("Seed"), tr("Of the order"), FieldType::Integer, 0, 2147483647, 1);
  const auto sameWords = [](const Field& a, const Field& b) { return a.label == b.label && a.choices == b.choices; };
  if (form_ != nullptr && std::ranges::equal(fields, fields_, sameWords)) return;
  delete form_;
  fields_ = std::move(fields);
  form_ = new FieldForm(fields_, QStringLiteral("feed"), this);
  layout_->insertWidget(0, form_);
  connect(form_, &FieldForm::edited, this, &FeedForm::setField);
  connect(form_, &FieldForm::refused, this, &FeedForm::refused);
}

void FeedForm::showFields() {
  const auto& channels = bridge_.description().stimuli;
  const InputGroup input = plan_.inputs.empty() ? InputGroup{} : plan_.inputs.front();
  const OutputGroup output = plan_.outputs.empty() ? OutputGroup{} : plan_.outputs.front();
  const auto channel = std::ranges::find(channels, input.channel, &StimulusChannel::key);
  const auto show = [this](FormField which, double value) {
    Spread spread;
    spread.add(value);
    form_->setSpread(which, spread, true);
  };
  show(Order, static_cast<double>(plan_.order));
  show(Unit, static_cast<double>(plan_.unit));
  show(Duration, plan_.duration);
  show(ExamEvery, static_cast<double>(plan_.examEvery));
  show(ExamDuration, plan_.examDuration);
  show(Coding, static_cast<double>(input.coding.code));
  show(Levels, static_cast<double>(input.coding.levels));
  show(Gain, input.gain);
  show(Channel, channel != channels.end() ? static_cast<double>(channel - channels.begin()) : 0);
  show(Dominance, output.dominance);
  show(ValidationShare, plan_.split.validation);
  show(TestShare, plan_.split.test);
  show(Seed, static_cast<double>(plan_.seed));
}

/// What concerns a group is set in all of them.
void FeedForm::setField(std::size_t which, double value) {
  const auto eachInput = [this](auto set) { std::ranges::for_each(plan_.inputs, set); };
  switch (which) {
    case Order:
      plan_.order = static_cast<FeedOrder>(value);
      break;
    case Unit:
      plan_.unit = static_cast<FeedUnit>(value);
      break;
    case Duration:
      plan_.duration = value;
      break;
    case ExamEvery:
      plan_.examEvery = static_cast<std::size_t>(value);
      break;
    case ExamDuration:
      plan_.examDuration = value;
      break;
    case Coding:
      eachInput([&](InputGroup& group) { group.coding.code = static_cast<InputCode>(value); });
      break;
    case Levels:
      eachInput([&](InputGroup& group) { group.coding.levels = static_cast<std::size_t>(value); });
      break;
    case Gain:
      eachInput([&](InputGroup& group) { group.gain = value; });
      break;
    case Channel:
      eachInput(
          [&](InputGroup& group) { group.channel = bridge_.description().stimuli.at(static_cast<std::size_t>(value)).key; });
      break;
    case Dominance:
      for (auto& group : plan_.outputs) group.dominance = value;
      break;
    case ValidationShare:
      plan_.split.validation = value;
      break;
    case TestShare:
      plan_.split.test = value;
      break;
    default:
      plan_.seed = static_cast<std::uint64_t>(value);
  }
  hand();
}

void FeedForm::fillGroups() {
  const QSignalBlocker quiet(groups_);
  groups_->setRowCount(static_cast<int>(plan_.inputs.size() + plan_.outputs.size()));
  int row = 0;
  for (const auto& group : plan_.inputs) {
    fillGroup(row++, true, QString::fromStdString(group.name), group.enabled, group.neurons, group.columns);
  }
  for (const auto& group : plan_.outputs) {
    fillGroup(row++, false, QString::fromStdString(group.name), group.enabled, group.neurons, group.columns);
  }
  const int rows = std::min(groups_->rowCount(), groupRows);
  int height = groups_->horizontalHeader()->sizeHint().height() + 2 * groups_->frameWidth();
  for (int k = 0; k < rows; ++k) height += groups_->rowHeight(k);
  groups_->setFixedHeight(height);
}

void FeedForm::fillGroup(int row, bool input, const QString& name, bool enabled, const FeedNeurons& neurons,
                         const std::vector<std::size_t>& columns) {
  auto* header = new QTableWidgetItem(input ? tr("in") : tr("out"));
  groups_->setVerticalHeaderItem(row, header);
  auto* title = new QTableWidgetItem(name);
  title->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
  title->setCheckState(enabled ? Qt::Checked : Qt::Unchecked);
  groups_->setItem(row, Name, title);
  groups_->setCellWidget(row, Neurons, neuronChoice(row, input, neurons));
  auto* list = new QTableWidgetItem(columns.empty() ? tr("all") : columnsText(columns));
  list->setToolTip(input ? tr("Columns of the data, from 1: 1-4, 7. Empty: all")
                         : tr("The class or value that each neuron stands for, from 1; - for one that is to be silent. "
                              "Empty: all in order"));
  groups_->setItem(row, Columns, list);
}

QWidget* FeedForm::neuronChoice(int row, bool input, const FeedNeurons& neurons) {
  auto* box = new QComboBox(groups_);
  box->setObjectName(QStringLiteral("groupNeurons%1").arg(row));
  keepKeys(box);
  std::vector<FeedNeurons> choices{{}};
  box->addItem(input ? tr("all sensory") : tr("all motor"));
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
      fillGroups();
      emit refused(tr("No neurons are selected. Select those of the group on the canvas first"));
      return;
    }
    setNeurons(row, {selection_.neurons(), {}});
  });
  return box;
}

void FeedForm::setNeurons(int row, const FeedNeurons& neurons) {
  const auto index = static_cast<std::size_t>(row);
  (index < plan_.inputs.size() ? plan_.inputs[index].neurons : plan_.outputs[index - plan_.inputs.size()].neurons) = neurons;
  hand();
}

void FeedForm::renameGroup(int row, const QString& name, bool enabled) {
  const auto set = [&](auto& group) {
    group.name = name.toStdString();
    group.enabled = enabled;
  };
  const auto index = static_cast<std::size_t>(row);
  index < plan_.inputs.size() ? set(plan_.inputs[index]) : set(plan_.outputs[index - plan_.inputs.size()]);
  hand();
}

void FeedForm::setColumns(int row, const QString& text) {
  const auto index = static_cast<std::size_t>(row);
  const bool input = index < plan_.inputs.size();
  const auto columns = readColumns(text == tr("all") ? QString() : text, input ? info_.inputs : info_.targetNames().size());
  if (!columns) {
    fillGroups();
    emit refused(QString::fromStdString(columns.error().text()));
    return;
  }
  (input ? plan_.inputs[index].columns : plan_.outputs[index - plan_.inputs.size()].columns) = *columns;
  hand();
}

void FeedForm::setImportance() {
  std::vector<double> values;
  for (const auto& part : importance_->text().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    bool isNumber = false;
    values.push_back(part.toDouble(&isNumber));
    if (isNumber) continue;
    emit refused(tr("“%1” is no importance. Give one number a class, such as 1 2").arg(part));
    return;
  }
  if (values == plan_.importance) return;
  plan_.importance = std::move(values);
  hand();
}

void FeedForm::addGroup(bool input) {
  if (input) {
    plan_.inputs.push_back(plan_.inputs.empty() ? InputGroup{} : plan_.inputs.back());
    plan_.inputs.back().name = "input " + std::to_string(plan_.inputs.size());
    plan_.inputs.back().enabled = false;  // until it is told which neurons it has
  } else {
    plan_.outputs.push_back(plan_.outputs.empty() ? OutputGroup{} : plan_.outputs.back());
    plan_.outputs.back().name = "output " + std::to_string(plan_.outputs.size());
    plan_.outputs.back().enabled = false;
  }
  hand();
}

void FeedForm::removeGroup() {
  const int row = groups_->currentRow();
  if (row < 0) return;
  const auto index = static_cast<std::size_t>(row);
  if (index < plan_.inputs.size()) {
    plan_.inputs.erase(plan_.inputs.begin() + row);
  } else {
    plan_.outputs.erase(plan_.outputs.begin() + static_cast<std::ptrdiff_t>(index - plan_.inputs.size()));
  }
  hand();
}

}  // namespace plexarium::ui
