#include "ui/training/run_table.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>

#include "core/io/document.h"
#include "ui/inspector/field_editor.h"

namespace plexarium::ui {
namespace {

constexpr int refreshPeriod = 250;  // milliseconds

enum Column { Name, Ticks, Loss, Accuracy, HeldOutLoss, HeldOutAccuracy, Seed, Settings, Columns };

QString percent(const Tally& tally) { return QString::number(100 * tally.accuracy(), 'f', 1) + QStringLiteral(" %"); }

}  // namespace

RunTable::RunTable(TrainingRecord& record, QWidget* parent)
    : QWidget(parent), record_(record), table_(new QTableWidget(0, Columns, this)), remove_(new QToolButton(this)) {
  setObjectName(QStringLiteral("runTable"));
  table_->setObjectName(QStringLiteral("runs"));
  table_->setAccessibleName(tr("Runs"));
  table_->setHorizontalHeaderLabels({tr("Run"), tr("Length"), tr("Loss"), tr("Accuracy"), tr("Held-out loss"),
                                     tr("Held-out accuracy"), tr("Seed"), tr("Settings")});
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->setWordWrap(false);
  table_->horizontalHeader()->setAccessibleName(tr("What the columns are"));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAlternatingRowColors(true);
  keepKeys(table_);
  auto* hint = new QLabel(tr("Checked runs are drawn in Learning."), this);
  hint->setProperty("class", QStringLiteral("dim"));
  auto* save = new QToolButton(this);
  save->setObjectName(QStringLiteral("exportRuns"));
  save->setText(tr("Export…"));
  save->setToolTip(tr("Save the table as a file (CSV)"));
  remove_->setObjectName(QStringLiteral("removeRun"));
  remove_->setText(tr("Forget"));
  remove_->setToolTip(tr("Forget the selected runs"));
  auto* row = new QHBoxLayout;
  row->setContentsMargins(12, 4, 12, 4);
  row->addWidget(hint, 1);
  for (auto* button : {remove_, save}) {
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    keepKeys(button);
    row->addWidget(button);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(row);
  layout->addWidget(table_, 1);
  connect(save, &QToolButton::clicked, this, &RunTable::chooseFile);
  connect(remove_, &QToolButton::clicked, this, &RunTable::removeSelected);
  connect(table_, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
    const auto run = static_cast<std::size_t>(item->row());
    if (item->column() != Name || run >= record_.past().size()) return;
    record_.setShown(run, item->checkState() == Qt::Checked);
    if (item->text() != record_.past()[run].name) record_.rename(run, item->text());
  });
  connect(&record, &TrainingRecord::runsChanged, this, &RunTable::fill);
  auto* refresh = new QTimer(this);
  refresh->setSingleShot(true);
  refresh->setInterval(refreshPeriod);
  connect(refresh, &QTimer::timeout, this, [this] {
    const int last = static_cast<int>(record_.past().size());
    if (isVisible() && last < table_->rowCount()) fillRow(last, record_.present(), false);
  });
  connect(&record, &TrainingRecord::grown, refresh, [this, refresh] {
    if (isVisible() && !refresh->isActive()) refresh->start();
  });
  fill();
}

void RunTable::fill() {
  const auto past = static_cast<int>(record_.past().size());
  table_->setRowCount(past + (record_.present().result() ? 1 : 0));
  for (int row = 0; row < past; ++row) fillRow(row, record_.past()[static_cast<std::size_t>(row)], true);
  if (table_->rowCount() > past) fillRow(past, record_.present(), false);
  remove_->setEnabled(past > 0);
}

void RunTable::fillRow(int row, const TrainingRun& run, bool past) {
  const QSignalBlocker quiet(table_);
  const auto set = [&](int column, const QString& text, bool number) {
    auto* item = table_->item(row, column);
    if (item == nullptr) table_->setItem(row, column, item = new QTableWidgetItem);
    item->setText(text);
    item->setTextAlignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
    return item;
  };
  auto* name = set(Name, past ? run.name : tr("%1 (now)").arg(run.name), false);
  if (past) {
    name->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
    name->setCheckState(run.shown ? Qt::Checked : Qt::Unchecked);
  } else {
    name->setData(Qt::CheckStateRole, {});
  }
  const auto result = run.result();
  const auto exam = run.examResult();
  set(Ticks, QLocale().toString(static_cast<qlonglong>(run.ticks())), true);
  set(Loss, result ? QString::number(result->error(), 'g', 4) : QString(), true);
  set(Accuracy, result && run.classes ? percent(*result) : QString(), true);
  set(HeldOutLoss, exam ? QString::number(exam->error(), 'g', 4) : QString(), true);
  set(HeldOutAccuracy, exam && run.classes ? percent(*exam) : QString(), true);
  set(Seed, QString::number(run.seed), true);
  set(Settings, run.settings, false)->setToolTip(run.settings);
}

void RunTable::removeSelected() {
  std::vector<std::size_t> rows;
  for (const auto& index : table_->selectionModel()->selectedRows()) {
    if (static_cast<std::size_t>(index.row()) < record_.past().size()) rows.push_back(static_cast<std::size_t>(index.row()));
  }
  std::ranges::sort(rows, std::greater<>());
  for (const auto row : rows) record_.remove(row);
}

void RunTable::chooseFile() {
  auto* dialog =
      new QFileDialog(this, tr("Export"), QSettings().value(QStringLiteral("folder")).toString(), tr("Tables (*.csv)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("csv"));
  dialog->selectFile(QStringLiteral("runs.csv"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    QSettings().setValue(QStringLiteral("folder"), QFileInfo(file).absolutePath());
    if (const auto done = exportTo(file); !done) emit refused(QString::fromStdString(done.error().text()));
  });
  dialog->open();
}

Result<void> RunTable::exportTo(const QString& file) { return saveAtomically(file.toStdString(), record_.table()); }

}  // namespace plexarium::ui
