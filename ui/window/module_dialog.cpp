#include "ui/window/module_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QStringListModel>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inspector/choice_form.h"
#include "ui/inspector/field_form.h"
#include "ui/inspector/number_box.h"

namespace plexarium::ui {
namespace {

enum Learning : int { Trainable, Locked, Slowed };

QString newInput() { return ModuleDialog::tr("new input"); }

QString countText(std::size_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }

/// "A #3", "#3": no two neurons are called the same.
QString labelOf(const Graph& graph, std::size_t row) {
  const QString id = QStringLiteral("#%1").arg(graph.ids()[row].value);
  const auto& name = graph.names()[row];
  return name.empty() ? id : QString::fromStdString(name) + QLatin1Char(' ') + id;
}

std::vector<NeuronId> neuronsOf(const Graph& graph, Role role) {
  std::vector<NeuronId> found;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.roles()[row] == role) found.push_back(graph.ids()[row]);
  }
  return found;
}

const Field& readersField() {
  static const Field field = [] {
    Field made;
    made.key = "readers";
    made.label = ModuleDialog::tr("Readers of each").toStdString();
    made.help = ModuleDialog::tr("How many neurons of the network listen to each output, drawn by the seed.").toStdString();
    made.type = FieldType::Integer;
    made.maximum = 100000;
    made.initial = 1;
    return made;
  }();
  return field;
}

const Field& factorField() {
  static const Field field = [] {
    Field made;
    made.key = "factor";
    made.label = ModuleDialog::tr("Factor").toStdString();
    made.help = ModuleDialog::tr("How fast the module goes on learning: 0 not at all, 1 as before.").toStdString();
    made.maximum = 1;
    made.initial = 0.1;
    return made;
  }();
  return field;
}

const Field& drawSeed() {
  static const Field field = seedField();
  return field;
}

/// Chooses a neuron of the host from one list that all rows share, or lets it be typed.
class HostChooser : public QStyledItemDelegate {
 public:
  HostChooser(QAbstractItemModel* hosts, QObject* parent) : QStyledItemDelegate(parent), hosts_(hosts) {}

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override {
    auto* box = new QComboBox(parent);
    box->setModel(hosts_);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setAccessibleName(ModuleDialog::tr("What stands for the input"));
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->completer()->setFilterMode(Qt::MatchContains);
    return box;
  }

 private:
  QAbstractItemModel* hosts_;
};

}  // namespace

ModuleDialog::ModuleDialog(const Description& description, std::shared_ptr<const Model> module,
                           std::shared_ptr<const Model> host, std::vector<NeuronId> selected, QWidget* parent)
    : QDialog(parent),
      description_(description),
      module_(std::move(module)),
      host_(std::move(host)),
      selected_(std::move(selected)),
      inputs_(neuronsOf(module_->graph, Role::Sensory)),
      hosts_(new QStringListModel(this)),
      table_(new QTableWidget(this)),
      becomeInter_(new QCheckBox(tr("Motor neurons become interneurons"), this)),
      onlySelected_(new QCheckBox(tr("Only the selected neurons read it"), this)),
      text_(new QLabel(this)) {
  setObjectName(QStringLiteral("moduleDialog"));
  setWindowTitle(tr("Plug a module in"));
  setMinimumWidth(480);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 18, 20, 16);
  column->setSpacing(12);
  auto* title = new QLabel(module_->name.empty() ? tr("Module") : QString::fromStdString(module_->name), this);
  title->setObjectName(QStringLiteral("inspectorTitle"));
  title->setTextFormat(Qt::PlainText);
  column->addWidget(title);
  listHosts();
  makeInputs(*column);
  makeBindings(*column);
  makeOutputs(*column);
  text_->setObjectName(QStringLiteral("modulePreview"));
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  text_->setMinimumHeight(5 * fontMetrics().lineSpacing());
  text_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  column->addWidget(text_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  plug_ = buttons->addButton(tr("Plug in"), QDialogButtonBox::AcceptRole);
  plug_->setObjectName(QStringLiteral("plugIn"));
  plug_->setDefault(true);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  preview();
}

/// Who may take an input's place, by name and in a list.
void ModuleDialog::listHosts() {
  QStringList labels{newInput()};
  std::unordered_map<std::string, std::size_t> uses;
  const Graph& host = host_->graph;
  for (std::size_t row = 0; row < host.neuronCount(); ++row) {
    labels << labelOf(host, row);
    ++uses[host.names()[row]];
  }
  for (std::size_t row = 0; row < host.neuronCount(); ++row) {
    const auto& name = host.names()[row];
    if (!name.empty() && uses[name] == 1) hostNames_.emplace(name, host.ids()[row]);
  }
  hosts_->setStringList(labels);
}

void ModuleDialog::makeInputs(QVBoxLayout& column) {
  table_->setObjectName(QStringLiteral("moduleInputs"));
  table_->setAccessibleName(tr("What stands for the inputs of the module"));
  table_->setColumnCount(2);
  table_->setRowCount(static_cast<int>(inputs_.size()));
  table_->setHorizontalHeaderLabels({tr("Input"), tr("Takes its place")});
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  table_->verticalHeader()->hide();
  table_->setItemDelegateForColumn(1, new HostChooser(hosts_, table_));
  table_->setEditTriggers(QAbstractItemView::AllEditTriggers);
  for (int row = 0; row < table_->rowCount(); ++row) {
    const auto& graph = module_->graph;
    auto* name = new QTableWidgetItem(labelOf(graph, *graph.row(inputs_[static_cast<std::size_t>(row)])));
    name->setFlags(Qt::ItemIsEnabled);
    table_->setItem(row, 0, name);
    table_->setItem(row, 1, new QTableWidgetItem(newInput()));
  }
  connect(table_, &QTableWidget::itemChanged, this, &ModuleDialog::preview);
  column.addWidget(table_, 1);
}

/// Ways to fill the whole table at once.
void ModuleDialog::makeBindings(QVBoxLayout& column) {
  auto* row = new QHBoxLayout;
  const auto add = [&](const char* name, const QString& text, const QString& help, auto bind) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(help);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, bind);
    row->addWidget(button);
    return button;
  };
  add("moduleAllNew", tr("All new"), tr("Every input comes along as a sensory neuron"),
      [this] { bindInputs(std::vector<std::optional<NeuronId>>(inputs_.size())); });
  add("moduleByName", tr("By name"), tr("Neurons of the network that are called as the inputs take their places"),
      [this] { bindByName(); });
  add("moduleSelected", tr("Selected neurons"),
      tr("The selected neurons take the inputs' places, in the order of their ids"), [this] { bindSelected(); })
      ->setEnabled(!selected_.empty());
  row->addStretch();
  column.addLayout(row);
}

void ModuleDialog::makeOutputs(QVBoxLayout& column) {
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(14);
  form->setVerticalSpacing(7);
  becomeInter_->setObjectName(QStringLiteral("moduleInter"));
  becomeInter_->setChecked(true);
  onlySelected_->setObjectName(QStringLiteral("moduleOnlySelected"));
  onlySelected_->setEnabled(!selected_.empty());
  form->addRow(tr("Outputs"), becomeInter_);
  readers_ = addNumber(*form, readersField(), readersField().initial);
  form->addRow(QString(), onlySelected_);
  makeLinkValues(*form);
  if (description_.learningField) makeLearning(*form);
  seed_ = addNumber(*form, drawSeed(), 1);
  column.addLayout(form);
  for (auto* box : {becomeInter_, onlySelected_}) connect(box, &QCheckBox::toggled, this, &ModuleDialog::preview);
}

NumberBox* ModuleDialog::addNumber(QFormLayout& form, const Field& field, double value) {
  auto* box = new NumberBox(field, this);
  box->setObjectName(QStringLiteral("module.") + QString::fromStdString(field.key));
  box->setAccessibleName(QString::fromStdString(field.label));
  box->setToolTip(fieldToolTip(field));
  box->setValue(value);
  form.addRow(QString::fromStdString(field.label), box);
  connect(box, &NumberBox::entered, this, &ModuleDialog::preview);
  return box;
}

/// Numbers are drawn between two ends; whatever else a link has is chosen.
void ModuleDialog::makeLinkValues(QFormLayout& form) {
  const auto add = [this](std::size_t index, const char* key, const QString& label) {
    linkFields_.push_back(description_.linkFields[index]);
    Field& field = linkFields_.back();
    field.evolves = false;
    field.key += key;
    field.label = label.arg(QString::fromStdString(field.label)).toStdString();
    linkFieldOf_.push_back(index);
    linkValues_.push_back(field.initial);
  };
  for (std::size_t index = 0; index < description_.linkFields.size(); ++index) {
    const Field& field = description_.linkFields[index];
    if (!field.editable) continue;
    if (field.type == FieldType::Real || field.type == FieldType::Single) {
      add(index, "_least", tr("%1, least"));
      add(index, "_most", tr("%1, most"));
    } else {
      add(index, "", QStringLiteral("%1"));
    }
  }
  linkForm_ = new FieldForm(linkFields_, QStringLiteral("moduleLink"), this);
  for (std::size_t field = 0; field < linkFields_.size(); ++field) {
    Spread spread;
    spread.add(linkValues_[field]);
    linkForm_->setSpread(field, spread, true);
  }
  connect(linkForm_, &FieldForm::edited, this, [this](std::size_t field, double value) {
    linkValues_[field] = value;
    preview();
  });
  form.addRow(tr("Their links"), linkForm_);
}

void ModuleDialog::makeLearning(QFormLayout& form) {
  learning_ = new QComboBox(this);
  learning_->setObjectName(QStringLiteral("moduleLearning"));
  learning_->setAccessibleName(tr("How the module goes on learning"));
  learning_->addItems({tr("Trainable"), tr("Locked"), tr("Slowed")});
  form.addRow(tr("Learning"), learning_);
  factor_ = addNumber(form, factorField(), factorField().initial);
  factor_->setEnabled(false);
  connect(learning_, &QComboBox::currentIndexChanged, this, [this](int chosen) {
    factor_->setEnabled(chosen == Slowed);
    preview();
  });
}

double ModuleDialog::learning() const {
  if (!learning_ || learning_->currentIndex() == Trainable) return 1;
  return learning_->currentIndex() == Locked ? 0 : *factor_->value();
}

/// By its label, its number or a name that nobody else has.
Result<NeuronId> ModuleDialog::hostNeuron(const QString& text) const {
  static const QRegularExpression number(QStringLiteral("#(\\d+)$"));
  const QString wanted = text.trimmed();
  if (const auto match = number.match(wanted); match.hasMatch()) {
    const NeuronId id{match.captured(1).toUInt()};
    if (host_->graph.row(id)) return id;
  } else if (const auto found = hostNames_.find(wanted.toStdString()); found != hostNames_.end()) {
    return found->second;
  }
  return failure(tr("there is no neuron '%1', or several").arg(wanted).toStdString(), tr("inputs").toStdString(),
                 tr("Give a name or a number such as #3").toStdString());
}

Result<Plugging> ModuleDialog::plugging() const {
  Plugging wanted;
  for (int row = 0; row < table_->rowCount(); ++row) {
    const QString text = table_->item(row, 1)->text();
    if (text.trimmed().isEmpty() || text == newInput()) continue;
    const auto host = hostNeuron(text);
    if (!host) return tl::unexpected(host.error());
    wanted.inputs.emplace_back(inputs_[static_cast<std::size_t>(row)], *host);
  }
  wanted.outputsBecomeInterneurons = becomeInter_->isChecked();
  wanted.readersPerOutput = static_cast<std::size_t>(*readers_->value());
  if (onlySelected_->isChecked()) wanted.readers = selected_;
  for (std::size_t field = 0; field < linkFieldOf_.size(); ++field) {
    if (!wanted.linkValues.empty() && wanted.linkValues.back().field == linkFieldOf_[field]) {
      wanted.linkValues.back().most = linkValues_[field];
    } else {
      wanted.linkValues.push_back({linkFieldOf_[field], linkValues_[field], linkValues_[field]});
    }
  }
  wanted.learning = learning();
  wanted.seed = static_cast<std::uint64_t>(*seed_->value());
  return wanted;
}

void ModuleDialog::bindInputs(const std::vector<std::optional<NeuronId>>& hosts) {
  const QSignalBlocker quiet(table_);
  for (std::size_t input = 0; input < hosts.size(); ++input) {
    const auto row = hosts[input] ? host_->graph.row(*hosts[input]) : std::nullopt;
    table_->item(static_cast<int>(input), 1)->setText(row ? labelOf(host_->graph, *row) : newInput());
  }
  preview();
}

void ModuleDialog::bindByName() {
  std::vector<std::optional<NeuronId>> hosts;
  for (const NeuronId input : inputs_) {
    const auto found = hostNames_.find(module_->graph.names()[*module_->graph.row(input)]);
    hosts.push_back(found == hostNames_.end() ? std::nullopt : std::optional(found->second));
  }
  bindInputs(hosts);
}

void ModuleDialog::bindSelected() {
  std::vector<std::optional<NeuronId>> hosts(inputs_.size());
  for (std::size_t k = 0; k < std::min(hosts.size(), selected_.size()); ++k) hosts[k] = selected_[k];
  bindInputs(hosts);
}

void ModuleDialog::preview() {
  const auto wanted = plugging();
  auto edit = wanted ? plugIn(description_, host_->graph, host_->parameters, *module_, *wanted)
                     : Result<Edit>(tl::unexpected(wanted.error()));
  plug_->setEnabled(edit.has_value());
  if (!edit) return text_->setText(QString::fromStdString(edit.error().text()));
  for (const auto& step : edit->steps) {
    if (const auto* circuit = std::get_if<AddCircuit>(&step)) text_->setText(textOf(*wanted, *circuit));
  }
}

QString ModuleDialog::textOf(const Plugging& wanted, const AddCircuit& circuit) const {
  QStringList lines;
  lines << tr("Adds %1 neurons and %2 links, as a group; undo takes all of it back.")
               .arg(countText(circuit.neurons.ids.size()), countText(circuit.links.keys.size()));
  lines << inputText(wanted) << outputText(wanted, circuit);
  if (!module_->embodiment.controllers.empty()) lines << tr("Its body stays behind.");
  if (description_.learningField) {
    lines << (wanted.learning == 1   ? tr("It goes on learning as before.")
              : wanted.learning == 0 ? tr("What it has learnt is locked.")
                                     : tr("It learns at %1 of its pace.").arg(wanted.learning));
  }
  return lines.join(QLatin1Char('\n'));
}

QString ModuleDialog::inputText(const Plugging& wanted) const {
  const Graph& host = host_->graph;
  const auto merged = static_cast<std::size_t>(std::ranges::count_if(
      wanted.inputs, [&](const auto& pair) { return host.roles()[*host.row(pair.second)] == Role::Sensory; }));
  return tr("Inputs: %1 new, %2 merged with sensory neurons, %3 bound to other neurons.")
      .arg(countText(inputs_.size() - wanted.inputs.size()), countText(merged), countText(wanted.inputs.size() - merged));
}

QString ModuleDialog::outputText(const Plugging& wanted, const AddCircuit& circuit) const {
  const auto outputs = neuronsOf(module_->graph, Role::Motor).size();
  const auto readers = static_cast<std::size_t>(std::ranges::count_if(
      circuit.links.keys, [&](LinkKey key) { return host_->graph.row(key.to) && !host_->graph.row(key.from); }));
  return (wanted.outputsBecomeInterneurons ? tr("Outputs: %1 become interneurons, with %2 links to readers.")
                                           : tr("Outputs: %1 stay motor neurons, with %2 links to readers."))
      .arg(countText(outputs), countText(readers));
}

}  // namespace plexarium::ui
