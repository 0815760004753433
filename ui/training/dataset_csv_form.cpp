#include "ui/training/dataset_csv_form.h"

#include <QComboBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPalette>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

#include "ui/inspector/field_editor.h"

namespace plexarium::ui {
namespace {

constexpr std::array separators = {',', ';', '\t'};

struct RoleWords {
  const char* name;  ///< objectName of its button.
  QString word;
  QString help;
};

const std::array<RoleWords, 3>& roleWords() {
  static const std::array<RoleWords, 3> words = {
      RoleWords{"csvInput", CsvForm::tr("Input"), CsvForm::tr("The network is given these columns")},
      RoleWords{"csvTarget", CsvForm::tr("Target"),
                CsvForm::tr("The network is to say these columns: one class, or values")},
      RoleWords{"csvIgnored", CsvForm::tr("Ignored"), CsvForm::tr("These columns are left out")}};
  return words;
}

QColor colourOf(ColumnRole role) {
  const QPalette palette = QGuiApplication::palette();
  if (role == ColumnRole::Target) return palette.color(QPalette::Highlight);
  return palette.color(role == ColumnRole::Input ? QPalette::Text : QPalette::PlaceholderText);
}

}  // namespace

void CsvPreviewModel::setPreview(CsvPreview preview) {
  beginResetModel();
  preview_ = std::move(preview);
  roles_.assign(preview_.columns.size(), ColumnRole::Ignored);
  for (const auto column : preview_.inputs) roles_[column] = ColumnRole::Input;
  for (const auto column : preview_.targets) roles_[column] = ColumnRole::Target;
  endResetModel();
}

void CsvPreviewModel::setRole(int column, ColumnRole role) {
  roles_[static_cast<std::size_t>(column)] = role;
  emit headerDataChanged(Qt::Horizontal, column, column);
  emit dataChanged(index(0, column), index(rowCount() - 1, column), {Qt::ForegroundRole});
}

std::vector<std::string> CsvPreviewModel::columns(ColumnRole role) const {
  std::unordered_map<std::string_view, std::size_t> uses;
  for (const auto& name : preview_.columns) ++uses[name];
  std::vector<std::string> names;
  for (std::size_t column = 0; column < roles_.size(); ++column) {
    if (roles_[column] != role) continue;
    const std::string& name = preview_.columns[column];
    names.push_back(uses[name] == 1 ? name : std::to_string(column + 1));
  }
  return names;
}

int CsvPreviewModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(preview_.rows.size());
}

int CsvPreviewModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(preview_.columns.size());
}

QVariant CsvPreviewModel::data(const QModelIndex& index, int role) const {
  const auto column = static_cast<std::size_t>(index.column());
  if (role == Qt::ForegroundRole) return colourOf(roles_[column]);
  if (role != Qt::DisplayRole) return {};
  const auto& cells = preview_.rows[static_cast<std::size_t>(index.row())];
  return column < cells.size() ? QString::fromStdString(cells[column]) : QString();
}

QVariant CsvPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Vertical) return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
  const auto column = static_cast<std::size_t>(section);
  if (role == Qt::ForegroundRole) return colourOf(roles_[column]);
  if (role != Qt::DisplayRole) return {};
  return QStringLiteral("%1\n%2").arg(QString::fromStdString(preview_.columns[column]),
                                      roleWords()[static_cast<std::size_t>(roles_[column])].word.toLower());
}

CsvForm::CsvForm(QWidget* parent)
    : QWidget(parent),
      model_(new CsvPreviewModel(this)),
      table_(new QTableView(this)),
      problem_(new QLabel(this)),
      load_(new QPushButton(tr("Load"), this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 10, 0, 0);
  layout->setSpacing(8);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(6);
  makeChoices(*grid);
  table_->setObjectName(QStringLiteral("csvPreview"));
  table_->setAccessibleName(tr("First rows of the table"));
  table_->setModel(model_);
  table_->setSelectionBehavior(QAbstractItemView::SelectColumns);
  table_->horizontalHeader()->setDefaultSectionSize(92);
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  table_->verticalHeader()->setSectionsClickable(false);
  keepKeys(table_);
  auto* row = new QHBoxLayout;
  makeRoleButtons(*row);
  problem_->setWordWrap(true);
  problem_->setObjectName(QStringLiteral("csvProblem"));
  load_->setObjectName(QStringLiteral("csvLoad"));
  layout->addLayout(grid);
  layout->addWidget(table_, 1);
  layout->addLayout(row);
  layout->addWidget(problem_);
  layout->addWidget(load_, 0, Qt::AlignRight);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CsvForm::showRoles);
  connect(load_, &QPushButton::clicked, this, &CsvForm::loadWanted);
}

QComboBox* CsvForm::makeChoice(const QString& objectName, const QString& name, const QStringList& items,
                               std::function<void(int)> chosen) {
  auto* box = new QComboBox(this);
  box->setObjectName(objectName);
  box->setAccessibleName(name);
  box->addItems(items);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(6);
  keepKeys(box);
  connect(box, &QComboBox::currentIndexChanged, this, [this, chosen = std::move(chosen)](int index) {
    chosen(index);
    preview();
  });
  return box;
}

/// Who changes how lines are cut or what the columns are called also gives up the columns picked.
void CsvForm::makeChoices(QGridLayout& grid) {
  const auto forgetColumns = [this] {
    choice_.inputs.clear();
    choice_.targets.clear();
  };
  separator_ = makeChoice(QStringLiteral("csvSeparator"), tr("Separator"), {tr("Comma"), tr("Semicolon"), tr("Tab")},
                          [this, forgetColumns](int index) {
                            choice_.separator = separators[static_cast<std::size_t>(index)];
                            forgetColumns();
                          });
  decimal_ = makeChoice(QStringLiteral("csvDecimal"), tr("Decimals"), {tr("Point: 0.5"), tr("Comma: 0,5")},
                        [this](int index) { choice_.decimalComma = index == 1; });
  header_ = makeChoice(QStringLiteral("csvHeader"), tr("First line"), {tr("Values"), tr("Names")},
                       [this, forgetColumns](int index) {
                         choice_.header = index == 1;
                         forgetColumns();
                       });
  kind_ = makeChoice(QStringLiteral("csvKind"), tr("Target is"), {tr("Found out"), tr("A class"), tr("Values")},
                     [this](int index) {
                       choice_.kind.reset();
                       if (index > 0) choice_.kind = index == 1 ? TargetKind::Classes : TargetKind::Values;
                     });
  kind_->setToolTip(tr("Found out: a class where the only target is text or has at most 50 different whole numbers"));
  int place = 0;
  for (auto* box : {separator_, decimal_, header_, kind_}) {
    auto* label = new QLabel(box->accessibleName(), this);
    label->setProperty("class", QStringLiteral("dim"));
    label->setBuddy(box);
    grid.addWidget(label, place / 2, place % 2 * 2);
    grid.addWidget(box, place / 2, place % 2 * 2 + 1);
    grid.setColumnStretch(place % 2 * 2 + 1, 1);
    ++place;
  }
}

void CsvForm::makeRoleButtons(QHBoxLayout& row) {
  row.setSpacing(4);
  auto* label = new QLabel(tr("Selected columns:"), this);
  label->setProperty("class", QStringLiteral("dim"));
  row.addWidget(label);
  row.addStretch();
  for (std::size_t role = 0; role < roleWords().size(); ++role) {
    const RoleWords& words = roleWords()[role];
    auto* button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(words.name));
    button->setText(words.word);
    button->setToolTip(words.help);
    button->setAccessibleDescription(words.help);
    button->setCheckable(true);
    keepKeys(button);
    connect(button, &QToolButton::clicked, this, [this, role] { giveRole(static_cast<ColumnRole>(role)); });
    row.addWidget(button);
    roleButtons_.push_back(button);
  }
}

void CsvForm::setTable(const std::string& place, const CsvChoice& choice) {
  place_ = place;
  choice_ = choice;
  model_->setPreview({});
  preview();
}

CsvChoice CsvForm::choice() const {
  CsvChoice choice = choice_;
  choice.separator = separators[static_cast<std::size_t>(separator_->currentIndex())];
  choice.decimalComma = decimal_->currentIndex() == 1;
  choice.header = header_->currentIndex() == 1;
  choice.targets = model_->columns(ColumnRole::Target);
  choice.inputs.clear();  // All that are no targets, unless some are left out.
  if (std::ranges::count(model_->roles(), ColumnRole::Ignored) > 0) choice.inputs = model_->columns(ColumnRole::Input);
  return choice;
}

void CsvForm::preview() {
  load_->setEnabled(false);
  const auto work = [this, place = place_, choice = choice_](const LatestJob::Link& link) {
    const auto file = ByteFile::open(place, [&](double) { return link.wanted(); });
    auto preview = file ? previewCsv(*file, choice) : tl::unexpected(file.error());
    if (preview)
      link.tell([this, preview = std::move(*preview)] { take(preview); });
    else
      link.tell([this, error = preview.error()] { emit failed(error); });
  };
  reading_.start(work, [this](const Error& error) { emit failed(error); });
}

void CsvForm::take(const CsvPreview& preview) {
  const auto set = [](QComboBox* box, int index) {
    const QSignalBlocker quiet(box);
    box->setCurrentIndex(index);
  };
  const CsvChoice& decided = preview.choice;
  set(separator_, static_cast<int>(std::ranges::find(separators, *decided.separator) - separators.begin()));
  set(decimal_, *decided.decimalComma ? 1 : 0);
  set(header_, *decided.header ? 1 : 0);
  set(kind_, !decided.kind ? 0 : *decided.kind == TargetKind::Classes ? 1 : 2);
  model_->setPreview(preview);
  showRoles();
  emit previewed();
}

void CsvForm::giveRole(ColumnRole role) {
  for (const auto& column : table_->selectionModel()->selectedColumns()) model_->setRole(column.column(), role);
  showRoles();
  // Kept for the next preview, unless there is nothing to keep yet.
  const bool whole = load_->isEnabled();
  choice_.inputs = whole ? model_->columns(ColumnRole::Input) : std::vector<std::string>{};
  choice_.targets = whole ? model_->columns(ColumnRole::Target) : std::vector<std::string>{};
}

/// A button is down where all selected columns have its role.
void CsvForm::showRoles() {
  const auto& roles = model_->roles();
  const auto selected = table_->selectionModel()->selectedColumns();
  for (std::size_t role = 0; role < roleButtons_.size(); ++role) {
    const auto has = [&](const QModelIndex& column) {
      return roles[static_cast<std::size_t>(column.column())] == static_cast<ColumnRole>(role);
    };
    roleButtons_[role]->setEnabled(!selected.isEmpty());
    roleButtons_[role]->setChecked(!selected.isEmpty() && std::ranges::all_of(selected, has));
  }
  const bool inputs = std::ranges::count(roles, ColumnRole::Input) > 0;
  const bool targets = std::ranges::count(roles, ColumnRole::Target) > 0;
  problem_->setText(roles.size() == 1 ? tr("The table has one column: see whether the separator is right.")
                    : inputs          ? tr("Make a column the target.")
                                      : tr("Make a column an input."));
  problem_->setVisible(!roles.empty() && (!inputs || !targets));
  load_->setEnabled(inputs && targets);
}

}  // namespace plexarium::ui
