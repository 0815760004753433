#include "ui/training/task_dialog.h"

#include <qcustomplot.h>

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/io/document.h"
#include "ui/analysis/finding_picture.h"
#include "ui/inspector/choice_form.h"
#include "ui/plots/fitting_ticker.h"
#include "ui/plots/plot_dress.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int formWidth = 320;
constexpr int rowRoom = 12;         // pixels around the words of a row
constexpr double sideRoom = 0.3;    // places beside the first and the last of the curve
constexpr double toldStep = 0.004;  // share of the work between two looks at the progress

Field seedsField() {
  Field field;
  field.key = "seeds";
  field.label = QObject::tr("Networks of each kind").toStdString();
  field.help = QObject::tr("How many do it, each with a seed of its own; they tell how sure the means are.").toStdString();
  field.type = FieldType::Integer;
  field.minimum = 1;
  field.maximum = 1000;
  field.initial = 5;
  return field;
}

QString scoreText(const Summary& score) {
  if (std::isnan(score.mean)) return QObject::tr("never asked");
  const QString mean = QString::number(score.mean, 'f', 3);
  return score.margin > 0 ? QObject::tr("%1 ± %2").arg(mean, QString::number(score.margin, 'f', 3)) : mean;
}

/// "about 20 s left"
QString timeLeft(qint64 elapsed, double share) {
  const double seconds = static_cast<double>(elapsed) / 1000 * (1 - share) / share;
  return seconds < 90 ? QObject::tr("about %1 s left").arg(std::ceil(seconds))
                      : QObject::tr("about %1 min left").arg(std::ceil(seconds / 60));
}

}  // namespace

Finding curvesOf(const Task& task, const TaskReport& report) {
  using Look = Finding::Look;
  // Told apart by how they are drawn as well as by hue.
  constexpr Look looks[] = {Look::Line, Look::Fit, Look::Points};
  Finding finding{{QString::fromStdString(task.curve.x)}, {QString::fromStdString(task.curve.y)}, {}, {}, {}, false};
  for (std::size_t variant = 0; variant < report.variants.size(); ++variant) {
    Finding::Curve curve{QString::fromStdString(task.variants[variant]), looks[variant % std::size(looks)], variant, {}, {}};
    for (const auto& place : report.variants[variant].curve) {
      curve.x.push_back(task.curve.first + static_cast<double>(curve.x.size()));
      curve.y.push_back(place.mean);
    }
    finding.curves.push_back(std::move(curve));
  }
  return finding;
}

TaskDialog::TaskDialog(const Registry& registry, const std::string& first, QWidget* parent)
    : QDialog(parent),
      start_(new QPushButton(tr("Start"), this)),
      copy_(new QPushButton(tr("Copy table"), this)),
      save_(new QPushButton(tr("Save table…"), this)),
      progress_(new QProgressBar(this)),
      note_(new QLabel(this)),
      table_(new QTableWidget(this)),
      plot_(new QCustomPlot(this)) {
  setObjectName(QStringLiteral("taskDialog"));
  setWindowTitle(tr("Learning tasks"));
  listTasks(registry, first);
  makeLayout();
  picture_ = std::make_unique<FindingPicture>(*plot_);
  // What is forgotten, or comes at the end of a word, is told worse: the curves leave this corner free.
  plot_->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignBottom | Qt::AlignLeft);
  finding_.words = tr("Networks are made, learn the task, are frozen and asked; the one in the window is left alone.");
  draw();
  connect(start_, &QPushButton::clicked, this, &TaskDialog::startOrStop);
  connect(copy_, &QPushButton::clicked, this, &TaskDialog::copy);
  connect(save_, &QPushButton::clicked, this, &TaskDialog::save);
}

TaskDialog::~TaskDialog() = default;

bool TaskDialog::anyTask(const Registry& registry) {
  return std::ranges::any_of(registry.entries(), [](const DynamicsEntry& entry) { return !entry.tasks.empty(); });
}

void TaskDialog::listTasks(const Registry& registry, const std::string& first) {
  std::vector<ChoiceForm::Choice> choices;
  const auto add = [&](const DynamicsEntry& entry) {
    for (const auto& task : entry.tasks) {
      const QString name =
          tr("%1 (%2)").arg(QString::fromStdString(task.label), QString::fromStdString(entry.description.label));
      choices.push_back({name, QString::fromStdString(task.help), task.fields});
      choices.back().fields.push_back(seedsField());
      choices.back().fields.push_back(seedField());
      tasks_.push_back(&task);
    }
  };
  for (const bool own : {true, false}) {
    for (const auto& entry : registry.entries()) {
      if ((entry.description.key == first) == own) add(entry);
    }
  }
  form_ = new ChoiceForm(std::move(choices), QStringLiteral("task"), tr("The task"), this);
}

QWidget* TaskDialog::makeAnswer() {
  auto* answer = new QWidget(this);
  auto* column = new QVBoxLayout(answer);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_);
  column->addWidget(plot_, 1);
  table_->setObjectName(QStringLiteral("taskScores"));
  table_->setAccessibleName(tr("What each kind of network scored"));
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionMode(QAbstractItemView::NoSelection);
  table_->setFocusPolicy(Qt::TabFocus);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setShowGrid(false);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + rowRoom);
  table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table_->hide();
  plot_->setAccessibleName(tr("What was told right, by place"));
  plot_->axisRect()->setMinimumMargins(QMargins(12, 8, 14, 4));
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) axis->setTicker(QSharedPointer<FittingTicker>::create(*axis));
  return answer;
}

void TaskDialog::makeLayout() {
  start_->setObjectName(QStringLiteral("taskStart"));
  save_->setObjectName(QStringLiteral("taskSave"));
  save_->setToolTip(tr("Write the scores and curve of every network as CSV"));
  copy_->setObjectName(QStringLiteral("taskCopy"));
  copy_->setToolTip(tr("Put the means on the clipboard, as a spreadsheet takes them"));
  for (auto* button : {copy_, save_}) button->setEnabled(false);
  progress_->setObjectName(QStringLiteral("taskProgress"));
  progress_->setRange(0, 1000);
  progress_->hide();
  note_->setObjectName(QStringLiteral("taskNote"));
  note_->setWordWrap(true);
  note_->hide();
  form_->setFixedWidth(formWidth);
  auto* left = new QVBoxLayout;
  left->addWidget(form_);
  left->addStretch();
  left->addWidget(note_);
  auto* middle = new QHBoxLayout;
  middle->setSpacing(18);
  middle->addLayout(left);
  middle->addWidget(makeAnswer(), 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  buttons->addButton(copy_, QDialogButtonBox::ActionRole);
  buttons->addButton(save_, QDialogButtonBox::ActionRole);
  buttons->addButton(start_, QDialogButtonBox::ActionRole);
  for (auto* button : findChildren<QPushButton*>()) button->setAutoDefault(false);  // Return belongs to the number typed
  auto* below = new QHBoxLayout;
  below->addWidget(progress_, 1);
  below->addWidget(buttons);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(20, 18, 20, 16);
  whole->setSpacing(12);
  whole->addLayout(middle, 1);
  whole->addLayout(below);
  resize(980, 600);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

const Task& TaskDialog::task() const { return *tasks_[form_->index()]; }

TaskPlan TaskDialog::plan() const {
  const auto& values = form_->values();
  TaskPlan plan;
  plan.values.assign(values.begin(), values.end() - 2);
  plan.seeds = static_cast<std::size_t>(values[values.size() - 2]);
  plan.firstSeed = static_cast<std::uint64_t>(values.back());
  return plan;
}

void TaskDialog::startOrStop() { working_ ? stop(tr("Stopped.")) : start(); }

void TaskDialog::start() {
  working_ = true;
  sinceStart_.start();
  form_->setEnabled(false);
  start_->setText(tr("Stop"));
  note_->hide();
  progress_->show();
  showProgress(0);
  job_.start(
      [this, &task = task(), plan = plan()](const LatestJob::Link& link) {
        double told = 0;
        auto report = runTask(task, plan, [&](double share) {
          if (share >= told + toldStep) link.tell([this, share] { showProgress(share); });
          told = std::max(told, share >= told + toldStep ? share : told);
          return link.wanted();
        });
        link.tell([this, &task, report = std::move(report)] {
          if (!report) return stop(QString::fromStdString(report.error().text()));
          if (*report) showReport(task, **report);
        });
      },
      [this](const Error& error) { stop(QString::fromStdString(error.text())); });
}

/// Ends the work, too, where there is any.
void TaskDialog::stop(const QString& why) {
  job_.cancel();
  working_ = false;
  form_->setEnabled(true);
  start_->setText(tr("Start"));
  progress_->hide();
  note_->setText(why);
  note_->setVisible(!why.isEmpty());
}

void TaskDialog::showProgress(double share) {
  progress_->setValue(static_cast<int>(share * 1000));
  progress_->setFormat(share > 0.01 ? tr("%p % · %1").arg(timeLeft(sinceStart_.elapsed(), share)) : tr("%p %"));
}

void TaskDialog::showReport(const Task& task, TaskReport report) {
  stop({});
  shown_ = &task;
  report_ = std::move(report);
  for (auto* button : {copy_, save_}) button->setEnabled(true);
  finding_ = curvesOf(task, *report_);
  finding_.words =
      report_->plan.seeds > 1
          ? tr("Means over %1 networks of each kind; ± half the 95 % interval of the mean").arg(report_->plan.seeds)
          : tr("One network of each kind: nothing is known of the spread");
  fillTable();
  draw();
}

void TaskDialog::fillTable() {
  table_->setRowCount(static_cast<int>(report_->variants.size()));
  table_->setColumnCount(static_cast<int>(shown_->scores.size()));
  QStringList kinds;
  for (const auto& variant : shown_->variants) kinds << QString::fromStdString(variant);
  table_->setVerticalHeaderLabels(kinds);
  for (int column = 0; column < table_->columnCount(); ++column) {
    const TaskScore& score = shown_->scores[static_cast<std::size_t>(column)];
    auto* header = new QTableWidgetItem(QString::fromStdString(score.label));
    header->setToolTip(QString::fromStdString(score.help));
    table_->setHorizontalHeaderItem(column, header);
    for (int row = 0; row < table_->rowCount(); ++row) {
      const auto& scores = report_->variants[static_cast<std::size_t>(row)].scores;
      auto* item = new QTableWidgetItem(scoreText(scores[static_cast<std::size_t>(column)]));
      item->setTextAlignment(Qt::AlignCenter);
      table_->setItem(row, column, item);
    }
  }
  int height = table_->horizontalHeader()->sizeHint().height() + 2 * table_->frameWidth();
  for (int row = 0; row < table_->rowCount(); ++row) height += table_->rowHeight(row);
  table_->setFixedHeight(height);
  table_->show();
}

void TaskDialog::draw() {
  const bool dark = palette().color(QPalette::Window).lightness() < 128;
  const WindowTheme& theme = WindowTheme::of(dark);
  dressPlot(*plot_, theme, font());
  plot_->xAxis->setLabel(finding_.x.label);
  plot_->yAxis->setLabel(finding_.y.label);
  picture_->show(finding_, theme, dark, true);
  plot_->xAxis->setVisible(report_.has_value());
  plot_->yAxis->setVisible(report_.has_value());
  if (report_) {
    plot_->xAxis->setRange(plot_->xAxis->range().lower - sideRoom, plot_->xAxis->range().upper + sideRoom);
    plot_->yAxis->setRange(0, 1.05);
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void TaskDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && picture_) draw();
}

void TaskDialog::copy() {
  QString text;
  for (int column = 0; column < table_->columnCount(); ++column) {
    text += QLatin1Char('\t') + table_->horizontalHeaderItem(column)->text();
  }
  for (int row = 0; row < table_->rowCount(); ++row) {
    text += QLatin1Char('\n') + table_->verticalHeaderItem(row)->text();
    for (int column = 0; column < table_->columnCount(); ++column) {
      text += QLatin1Char('\t') + table_->item(row, column)->text();
    }
  }
  QGuiApplication::clipboard()->setText(text + QLatin1Char('\n'));
  note_->setText(tr("Copied."));
  note_->show();
}

void TaskDialog::save() {
  auto* dialog = new QFileDialog(this, tr("Save the table"), QSettings().value(QStringLiteral("folder")).toString(),
                                 tr("Tables (*.csv)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("csv"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    const auto saved = saveAtomically(file.toStdString(), writeTask(*shown_, *report_));
    note_->setText(saved ? tr("Saved.") : QString::fromStdString(saved.error().text()));
    note_->show();
  });
  dialog->open();
}

}  // namespace plexarium::ui
