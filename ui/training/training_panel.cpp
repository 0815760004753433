#include "ui/training/training_panel.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/data/generator.h"
#include "ui/inspector/field_editor.h"
#include "ui/training/feed_form.h"

namespace plexarium::ui {
namespace {

constexpr int refreshPeriod = 200;  // milliseconds
constexpr std::uint64_t recentSamples = 100;
constexpr int resultColumns = 5;

QLabel* dimLabel(const char* name, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(QString::fromLatin1(name));
  label->setProperty("class", QStringLiteral("dim"));
  label->setWordWrap(true);
  return label;
}

template <typename Button>
Button* button(const char* name, const QString& text, const QString& tip, QWidget* parent) {
  auto* made = new Button(parent);
  made->setObjectName(QString::fromLatin1(name));
  made->setText(text);
  made->setToolTip(tip);
  made->setFocusPolicy(Qt::TabFocus);
  keepKeys(made);
  return made;
}

QString percent(double share) { return QString::number(100 * share, 'f', 1) + QStringLiteral(" %"); }

QString partName(Part part) {
  switch (part) {
    case Part::Train:
      return TrainingPanel::tr("to learn");
    case Part::Validation:
      return TrainingPanel::tr("as an exam");
    case Part::Test:
      break;
  }
  return TrainingPanel::tr("as a test");
}

QString factsOf(const DatasetInfo& info) {
  QStringList facts{TrainingPanel::tr("%L1 samples").arg(info.samples),
                    info.picture.width > 0
                        ? TrainingPanel::tr("pictures of %1 × %2").arg(info.picture.width).arg(info.picture.height)
                        : TrainingPanel::tr("%L1 inputs").arg(info.inputs)};
  QStringList names;
  for (const auto& name : info.targetNames()) names << QString::fromStdString(name);
  const auto count = names.size();
  if (count > 4) names = names.first(3) << QStringLiteral("…");
  facts << (info.classes.empty() ? TrainingPanel::tr("%1 values: %2") : TrainingPanel::tr("%1 classes: %2"))
               .arg(count)
               .arg(names.join(QStringLiteral(", ")));
  return facts.join(QStringLiteral(" · "));
}

QString timeText(double seconds) {
  if (seconds < 90) return TrainingPanel::tr("about %1 s left").arg(std::ceil(seconds));
  if (seconds < 5400) return TrainingPanel::tr("about %1 min left").arg(std::ceil(seconds / 60));
  return TrainingPanel::tr("about %1 h left").arg(std::ceil(seconds / 3600));
}

}  // namespace

TrainingPanel::TrainingPanel(FeedControl& control, TrainingRecord& record, const Selection& selection, QWidget* parent)
    : QScrollArea(parent), control_(control), record_(record), content_(new QWidget(this)) {
  setObjectName(QStringLiteral("training"));
  setAccessibleName(tr("Training"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  form_ = new FeedForm(control.bridge(), selection, content_);
  auto* layout = new QVBoxLayout(content_);
  layout->setContentsMargins(12, 10, 12, 12);
  layout->setSpacing(10);
  for (auto* part : {makeData(), makeControls(), makeBudget(), makeResults(), static_cast<QWidget*>(form_)}) {
    layout->addWidget(part);
  }
  layout->addStretch();
  setWidget(content_);
  connect(form_, &FeedForm::refused, this, &TrainingPanel::refused);
  connect(form_, &FeedForm::edited, this, [this](const FeedPlan& plan) {
    auto plans = control_.plans();
    if (plans.empty()) return;
    plans.front() = plan;
    control_.setPlans(std::move(plans));
  });
  connect(&control, &FeedControl::refused, this, [this](const QString& why) {
    showFeed();
    emit refused(why);
  });
  connect(&control, &FeedControl::plansSet, this, &TrainingPanel::showFeed);
  connect(&control, &FeedControl::busyChanged, this, &TrainingPanel::showState);
  connect(&control, &FeedControl::examined, this, &TrainingPanel::showResults);
  connect(&control, &FeedControl::examProgressed, this, [this](double share) {
    progress_->setRange(0, 100);
    progress_->setValue(static_cast<int>(100 * share));
    left_->setText(tr("Testing a copy with held-out samples"));
  });
  connect(&control.bridge(), &SessionBridge::frame, this, &TrainingPanel::onFrame);
  connect(&control.bridge(), &SessionBridge::metrics, this, &TrainingPanel::gather);
  refresh_.setSingleShot(true);
  refresh_.setInterval(refreshPeriod);
  connect(&refresh_, &QTimer::timeout, this, [this] {
    showState();
    showProgress();
    showResults();
    showSample();
    showMetrics();
  });
  if (control.bridge().snapshot()) showFeed();
}

QWidget* TrainingPanel::makeData() {
  auto* part = new QWidget(content_);
  auto* layout = new QGridLayout(part);
  layout->setContentsMargins(0, 0, 0, 0);
  data_ = new QLabel(part);
  data_->setObjectName(QStringLiteral("trainingData"));
  QFont bold = data_->font();
  bold.setBold(true);
  data_->setFont(bold);
  facts_ = dimLabel("trainingFacts", part);
  warning_ = new QLabel(part);
  warning_->setObjectName(QStringLiteral("trainingWarning"));
  warning_->setWordWrap(true);
  warning_->hide();
  choose_ = button<QToolButton>("chooseData", tr("Data…"), tr("What the network is fed"), part);
  choose_->setPopupMode(QToolButton::InstantPopup);
  fillSources();
  layout->addWidget(data_, 0, 0);
  layout->addWidget(choose_, 0, 1);
  layout->addWidget(facts_, 1, 0, 1, 2);
  layout->addWidget(warning_, 2, 0, 1, 2);
  layout->setColumnStretch(0, 1);
  return part;
}

void TrainingPanel::fillSources() {
  auto* menu = new QMenu(choose_);
  for (const auto& generator : generators()) {
    auto* action = menu->addAction(QString::fromStdString(generator.label), this, [this, key = generator.key] {
      openSource({"generator:" + key, {}, 1, {}});
    });
    action->setObjectName(QStringLiteral("generator.") + QString::fromStdString(generator.key));
    action->setToolTip(QString::fromStdString(generator.help));
  }
  menu->setToolTipsVisible(true);
  menu->addSeparator();
  menu->addAction(tr("Table, IDX or CIFAR-10 file…"), this, [this] { chooseFile(false); });
  menu->addAction(tr("Folder of pictures…"), this, [this] { chooseFile(true); });
  menu->addSeparator();
  auto* none = menu->addAction(tr("Nothing"), this, [this] { control_.setPlans({}); });
  none->setObjectName(QStringLiteral("noData"));
  choose_->setMenu(menu);
}

void TrainingPanel::chooseFile(bool folder) {
  auto* dialog = new QFileDialog(this, tr("Data"), QSettings().value(QStringLiteral("dataFolder")).toString());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    QSettings().setValue(QStringLiteral("dataFolder"), QFileInfo(file).absolutePath());
    openSource({file.toStdString(), {}, 1, {}});
  });
  dialog->open();
}

void TrainingPanel::openSource(const DataSource& source, const std::optional<SplitPlan>& split) {
  auto plans = control_.plans();
  if (plans.empty()) plans.emplace_back();
  auto& plan = plans.front();
  plan.source = source;
  if (split) plan.split = *split;
  plan.importance.clear();
  for (auto& group : plan.inputs) group.columns.clear();
  for (auto& group : plan.outputs) group.columns.clear();
  control_.setPlans(std::move(plans));
}

void TrainingPanel::chooseSource(const DataSource& source, const SplitPlan& split) { openSource(source, split); }

QWidget* TrainingPanel::makeControls() {
  auto* part = new QWidget(content_);
  auto* layout = new QVBoxLayout(part);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* row = new QHBoxLayout;
  train_ =
      button<QPushButton>("train", tr("Train"), tr("Show training samples with their targets, from where it stopped"), part);
  stop_ = button<QPushButton>("stopTraining", tr("Stop"), tr("End this run: it goes to the table of runs"), part);
  test_ = button<QPushButton>("testNow", tr("Test"),
                              tr("Show the held-out samples to a copy of the network; training goes on meanwhile"), part);
  for (auto* one : {train_, stop_, test_}) row->addWidget(one);
  auto* single = new QHBoxLayout;
  sample_ = new QSpinBox(part);
  sample_->setObjectName(QStringLiteral("sampleNumber"));
  sample_->setAccessibleName(tr("Number of a sample"));
  sample_->setPrefix(tr("Sample "));
  keepKeys(sample_);
  show_ = button<QPushButton>("showSample", tr("Show it"),
                              tr("Show this one sample, without its target, until you train again"), part);
  single->addWidget(sample_, 1);
  single->addWidget(show_);
  showing_ = dimLabel("showing", part);
  layout->addLayout(row);
  layout->addLayout(single);
  layout->addWidget(showing_);
  connect(train_, &QPushButton::clicked, this, &TrainingPanel::train);
  connect(stop_, &QPushButton::clicked, this, &TrainingPanel::stop);
  connect(test_, &QPushButton::clicked, this, [this] {
    if (control_.examining()) return control_.cancelExam();
    control_.examine();
  });
  connect(show_, &QPushButton::clicked, this, [this] {
    control_.setMode({FeedMode::Show, 0, static_cast<std::uint64_t>(sample_->value())});
    control_.bridge().post(Run{});
  });
  return part;
}

QWidget* TrainingPanel::makeBudget() {
  auto* part = new QWidget(content_);
  auto* layout = new QGridLayout(part);
  layout->setContentsMargins(0, 0, 0, 0);
  budget_ = new QSpinBox(part);
  budget_->setObjectName(QStringLiteral("budget"));
  budget_->setAccessibleName(tr("Length of a run"));
  budget_->setRange(0, 2'000'000'000);
  budget_->setSingleStep(1000);
  budget_->setGroupSeparatorShown(true);
  budget_->setSpecialValueText(tr("until you stop it"));
  keepKeys(budget_);
  progress_ = new QProgressBar(part);
  progress_->setObjectName(QStringLiteral("progress"));
  progress_->setTextVisible(false);
  progress_->setMaximumHeight(8);
  left_ = dimLabel("timeLeft", part);
  layout->addWidget(new QLabel(tr("A run lasts"), part), 0, 0);
  layout->addWidget(budget_, 0, 1);
  layout->addWidget(progress_, 1, 0, 1, 2);
  layout->addWidget(left_, 2, 0, 1, 2);
  layout->setColumnStretch(1, 1);
  return part;
}

QWidget* TrainingPanel::makeResults() {
  results_ = new QWidget(content_);
  auto* layout = new QVBoxLayout(results_);
  layout->setContentsMargins(0, 0, 0, 0);
  grid_ = new QGridLayout;
  grid_->setHorizontalSpacing(12);
  metrics_ = dimLabel("metricRates", results_);
  layout->addLayout(grid_);
  layout->addWidget(metrics_);
  return results_;
}

const Feed* TrainingPanel::feed() const {
  const auto* const feeding = control_.feeding();
  return feeding != nullptr && !feeding->feeder().empty() ? &feeding->feeder().feeds().front() : nullptr;
}

bool TrainingPanel::training() const {
  return feed() != nullptr && control_.feeding()->feeder().on() && !feed()->testing() && !feed()->held();
}

void TrainingPanel::train() {
  const bool running = control_.bridge().snapshot()->running;
  if (training() && running) return control_.bridge().post(Pause{});
  if (!training()) control_.setMode({FeedMode::Train});
  control_.bridge().post(Run{});
}

void TrainingPanel::stop() {
  // Its last answers are there before the network rests.
  control_.bridge().post(Pause{}, [this](const Outcome&) { record_.end(); });
  control_.setMode({FeedMode::Off});
}

/// What stays while the feeds stay.
void TrainingPanel::showFeed() {
  const auto* const feed = this->feed();
  const auto* const feeding = control_.feeding();
  form_->setVisible(feed != nullptr);
  results_->setVisible(feed != nullptr);
  const bool lost = feeding != nullptr && feeding->problem();
  warning_->setVisible(lost);
  if (lost) warning_->setText(QString::fromStdString(feeding->problem()->text()));
  if (feed == nullptr) {
    data_->setText(lost ? tr("Data that cannot be used") : tr("No data"));
    facts_->setText(tr("Choose data: the network is then shown sample after sample and, if it can, learns."));
  } else {
    const auto& info = feed->data().info();
    data_->setText(QString::fromStdString(info.name));
    facts_->setText(factsOf(info));
    sample_->setRange(0, static_cast<int>(std::min<std::size_t>(info.samples - 1, 2'000'000'000)));
    if (const auto warned = feed->warning(); warned && !lost) {
      warning_->setText(QString::fromStdString(*warned));
      warning_->show();
    }
    form_->setPlan(feed->plan(), info);
  }
  budget_->setSuffix(QLatin1Char(' ') + QString::fromStdString(control_.bridge().description().tickUnit) + QLatin1Char('s'));
  showState();
  showResults();
  showSample();
}

void TrainingPanel::onFrame() {
  const auto most = static_cast<Tick>(budget_->value());
  if (most > 0 && training() && control_.bridge().snapshot()->running && record_.present().ticks() >= most) stop();
  if (!refresh_.isActive() && isVisible()) refresh_.start();
}

void TrainingPanel::showState() {
  const bool fed = feed() != nullptr;
  const bool running = control_.bridge().snapshot() && control_.bridge().snapshot()->running;
  train_->setEnabled(fed);
  train_->setText(training() && running ? tr("Pause") : record_.present().result() ? tr("Continue") : tr("Train"));
  stop_->setEnabled(fed && record_.present().result().has_value());
  const bool held = fed && (feed()->size(Part::Test) > 0 || feed()->size(Part::Validation) > 0);
  test_->setEnabled(held);
  test_->setText(control_.examining() ? tr("Cancel test") : tr("Test"));
  show_->setEnabled(fed);
  sample_->setEnabled(fed);
  choose_->setEnabled(!control_.opening());
  choose_->setText(control_.opening() ? tr("Opening…") : tr("Data…"));
}

void TrainingPanel::showProgress() {
  if (control_.examining()) return;
  const auto most = budget_->value();
  const auto done = record_.present().ticks();
  progress_->setVisible(most > 0);
  progress_->setRange(0, 100);
  progress_->setValue(most > 0 ? static_cast<int>(std::min<Tick>(100, 100 * done / most)) : 0);
  const double rate = control_.bridge().snapshot()->achievedRate;
  const auto unit = QString::fromStdString(control_.bridge().description().tickUnit);
  QString text = done > 0 ? tr("%L1 %2s").arg(done).arg(unit) : QString();
  if (rate > 0 && training()) {
    text += tr(", %L1 a second").arg(std::round(rate));
    if (most > 0) text += tr(", %1").arg(timeText(static_cast<double>(most - done) / rate));
  }
  left_->setText(text);
}

void TrainingPanel::showResults() {
  const auto* const feeding = control_.feeding();
  if (feeding == nullptr) return;
  const auto set = [this](std::size_t cell, const QString& text, bool header) {
    while (cells_.size() <= cell) {
      auto* label = new QLabel(results_);
      const auto at = static_cast<int>(cells_.size());
      label->setAlignment(at % resultColumns == 0 ? Qt::AlignLeft : Qt::AlignRight);
      label->setObjectName(QStringLiteral("result%1_%2").arg(at / resultColumns).arg(at % resultColumns));
      grid_->addWidget(label, at / resultColumns, at % resultColumns);
      cells_.push_back(label);
    }
    cells_[cell]->setProperty("class", header ? QVariant(QStringLiteral("dim")) : QVariant());
    cells_[cell]->setText(text);
    cells_[cell]->show();
  };
  std::size_t cell = 0;
  for (const auto& text : {tr("Group"), tr("Loss"), tr("Right"), tr("Held out"), tr("Decided")}) set(cell++, text, true);
  const auto& run = record_.present();
  const auto& exam = run.exam || record_.past().empty() ? run.exam : record_.past().back().exam;
  std::size_t group = 0;
  for (const auto& feed : feeding->feeder().feeds()) {
    for (std::size_t k = 0; k < feed.plan().outputs.size(); ++k, ++group) {
      const auto recent = run.history.recent(group, false, recentSamples);
      const bool classes = !feed.data().info().classes.empty();
      const auto& answer = feed.answer(k);
      const auto none = QStringLiteral("–");
      set(cell++, QString::fromStdString(feed.plan().outputs[k].name), false);
      set(cell++, recent.samples > 0 ? QString::number(recent.error(), 'g', 3) : none, false);
      set(cell++, recent.samples > 0 && classes ? percent(recent.accuracy()) : none, false);
      QString held = none;
      if (exam && group < exam->scores.size() && exam->scores[group].samples > 0) {
        held = classes ? percent(exam->scores[group].accuracy()) : QString::number(exam->scores[group].error(), 'g', 3);
      }
      set(cell++, held, false);
      const bool waits = feed.plan().outputs[k].dominance > 0;
      set(cell++,
          !waits                ? none
          : answer.decidedAfter ? tr("● after %L1").arg(*answer.decidedAfter)
                                : tr("○ not yet"),
          false);
    }
  }
  for (; cell < cells_.size(); ++cell) cells_[cell]->hide();
}

void TrainingPanel::showSample() {
  const auto fed = control_.fed();
  if (!fed) return showing_->setText(feed() != nullptr ? tr("Nothing is shown now") : QString());
  const auto& classes = fed->data->info().classes;
  QString text = tr("Now: sample %L1").arg(fed->sample);
  if (fed->label < classes.size()) text += tr(" (%1)").arg(QString::fromStdString(classes[fed->label]));
  const auto& shown = control_.feeding()->feeder().feeds()[fed->feed];
  text += QLatin1Char(' ') + (shown.held() ? tr("until you train again") : partName(fed->part));
  showing_->setText(text);
}

void TrainingPanel::gather(const std::vector<MetricBucket>& buckets) {
  for (const auto& bucket : buckets) {
    if (sums_.size() != bucket.mean.size()) {
      sums_.assign(bucket.mean.size(), 0);
      summed_ = 0;
    }
    for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += bucket.mean[k] * static_cast<double>(bucket.count);
    summed_ += bucket.count;
  }
}

/// Every metric of the dynamics: its mean a tick, and where the network runs, what that is a second.
void TrainingPanel::showMetrics() {
  if (summed_ == 0) return;
  const auto& description = control_.bridge().description();
  const double rate = control_.bridge().snapshot()->achievedRate;
  QStringList parts;
  for (std::size_t k = 0; k < std::min(sums_.size(), description.metrics.size()); ++k) {
    const double mean = sums_[k] / static_cast<double>(summed_);
    auto text = QString::fromStdString(description.metrics[k].label) + QLatin1Char(' ') + QString::number(mean, 'g', 3);
    // What is counted once a tick is something a second, too.
    if (description.metrics[k].unit == "per tick" && rate > 0) {
      text += tr(" (%1/s)").arg(QLocale().toString(mean * rate, 'g', 3));
    }
    parts << text;
  }
  metrics_->setText(parts.join(QStringLiteral(" · ")));
  std::ranges::fill(sums_, 0.0);
  summed_ = 0;
}

}  // namespace plexarium::ui
