#include "ui/training/training_panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/inspector/field_editor.h"
#include "ui/training/feed_form.h"
#include "ui/training/training_data.h"
#include "ui/training/training_results.h"

namespace plexarium::ui {
namespace {

constexpr int refreshPeriod = 200;  // milliseconds

QLabel* dimLabel(const char* name, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(QString::fromLatin1(name));
  label->setProperty("class", QStringLiteral("dim"));
  label->setWordWrap(true);
  return label;
}

QPushButton* button(const char* name, const QString& tip, QWidget* parent) {
  auto* made = new QPushButton(parent);
  made->setObjectName(QString::fromLatin1(name));
  made->setToolTip(tip);
  made->setFocusPolicy(Qt::TabFocus);
  keepKeys(made);
  return made;
}

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
  data_ = new TrainingData(control, content_);
  results_ = new TrainingResults(control, record, content_);
  form_ = new FeedForm(control.bridge(), selection, content_);
  auto* layout = new QVBoxLayout(content_);
  layout->setContentsMargins(12, 10, 12, 12);
  layout->setSpacing(10);
  for (QWidget* part : std::initializer_list<QWidget*>{data_, makeControls(), makeBudget(), results_, form_}) {
    layout->addWidget(part);
  }
  layout->addStretch();
  setWidget(content_);
  connect(form_, &FeedForm::refused, this, &TrainingPanel::refused);
  connect(form_, &FeedForm::edited, this, [this](const FeedPlan& plan) {
    if (feed() != nullptr) data_->setPlan(plan);
  });
  connect(data_, &TrainingData::feedChosen, this, &TrainingPanel::showFeed);
  connect(&control, &FeedControl::refused, this, [this](const QString& why) {
    showFeed();
    emit refused(why);
  });
  connect(&control, &FeedControl::plansSet, this, &TrainingPanel::showFeed);
  connect(&control, &FeedControl::busyChanged, this, &TrainingPanel::showState);
  connect(&control, &FeedControl::examined, results_, &TrainingResults::showScores);
  connect(&control, &FeedControl::examProgressed, this, [this](double share) {
    progress_->setRange(0, 100);
    progress_->setValue(static_cast<int>(100 * share));
    left_->setText(tr("Testing a copy with held-out samples"));
  });
  connect(&control.bridge(), &SessionBridge::frame, this, &TrainingPanel::onFrame);
  refresh_.setSingleShot(true);
  refresh_.setInterval(refreshPeriod);
  connect(&refresh_, &QTimer::timeout, this, [this] {
    showState();
    showProgress();
    showSample();
    results_->showScores();
    results_->showMetrics();
  });
  if (control.bridge().snapshot()) showFeed();
}

void TrainingPanel::chooseSource(const DataSource& source, const SplitPlan& split) { data_->setSource(source, split); }

QWidget* TrainingPanel::makeControls() {
  auto* part = new QWidget(content_);
  auto* layout = new QVBoxLayout(part);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* row = new QHBoxLayout;
  train_ = button("train", tr("Show training samples with their targets, from where it stopped"), part);
  stop_ = button("stopTraining", tr("End this run: it goes to the table of runs"), part);
  stop_->setText(tr("Stop"));
  test_ = button("testNow", tr("Show the held-out samples to a copy of the network; training goes on meanwhile"), part);
  for (auto* one : {train_, stop_, test_}) row->addWidget(one);
  auto* single = new QHBoxLayout;
  sample_ = new QSpinBox(part);
  sample_->setObjectName(QStringLiteral("sampleNumber"));
  sample_->setAccessibleName(tr("Number of a sample"));
  sample_->setPrefix(tr("Sample "));
  keepKeys(sample_);
  show_ = button("showSample", tr("Show this one sample, without its target, until you train again"), part);
  show_->setText(tr("Show it"));
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
    control_.setMode(
        {FeedMode::Show, static_cast<std::uint32_t>(data_->number()), static_cast<std::uint64_t>(sample_->value())});
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

const Feed* TrainingPanel::feed() const { return data_->feed(); }

bool TrainingPanel::training() const {
  if (feed() == nullptr || !control_.feeding()->feeder().on()) return false;
  return std::ranges::none_of(control_.feeding()->feeder().feeds(),
                              [](const Feed& feed) { return feed.testing() || feed.holds(); });
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
  data_->showFeed();
  const auto* const feed = this->feed();
  form_->setVisible(feed != nullptr);
  results_->setVisible(feed != nullptr);
  if (feed != nullptr) {
    const auto& info = feed->data().info();
    sample_->setRange(0, static_cast<int>(std::min<std::size_t>(info.samples - 1, 2'000'000'000)));
    form_->setPlan(feed->plan(), info);
  }
  budget_->setSuffix(QLatin1Char(' ') + QString::fromStdString(control_.bridge().description().tickUnit) + QLatin1Char('s'));
  showState();
  showSample();
  results_->showScores();
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
  data_->showState();
}

/// How far something is to go, and how far it has come; `most` > 0.
struct TrainingPanel::Length {
  double done = 0, most = 1;
};

/// Of the run where a person has said how long it lasts, else of the course that the network's learning takes.
std::optional<TrainingPanel::Length> TrainingPanel::length() const {
  if (budget_->value() > 0) return Length{static_cast<double>(record_.present().ticks()), double(budget_->value())};
  const auto& course = control_.bridge().description().course;
  const auto learnt = course && feed() != nullptr ? results_->newest(course->learnt) : std::nullopt;
  const double most = learnt ? control_.bridge().snapshot()->parameters[course->length] : 0;
  if (most <= 0) return std::nullopt;
  const bool over = *learnt > 0 && results_->newest(course->rate) == 0.0;
  return Length{over ? most : *learnt, most};
}

void TrainingPanel::showProgress() {
  if (control_.examining()) return;
  const auto length = this->length();
  const auto done = record_.present().ticks();
  progress_->setVisible(length.has_value());
  progress_->setRange(0, 100);
  progress_->setValue(length ? static_cast<int>(100 * std::min(1.0, length->done / length->most)) : 0);
  const double rate = control_.bridge().snapshot()->achievedRate;
  const auto unit = QString::fromStdString(control_.bridge().description().tickUnit);
  QStringList parts;
  if (done > 0) parts << tr("%L1 %2s").arg(done).arg(unit);
  if (rate > 0 && training()) {
    parts << tr("%L1 a second").arg(std::round(rate));
    if (length && length->done < length->most) parts << timeText((length->most - length->done) / rate);
    if (length && budget_->value() == 0 && length->done >= length->most)
      parts << tr("the course is over: nothing more is learnt");
  }
  left_->setText(parts.join(QStringLiteral(", ")));
}

void TrainingPanel::showSample() {
  const auto* const feed = this->feed();
  if (feed == nullptr) return showing_->setText({});
  const auto& showing = feed->showing();
  if (!showing || !takesPart(control_.feeding()->feeder(), data_->number()))
    return showing_->setText(tr("Nothing is shown now"));
  if (!feed->given().empty()) return showing_->setText(tr("Now: drawn by hand"));
  const auto& classes = feed->data().info().classes;
  QString text = tr("Now: sample %L1").arg(showing->sample);
  if (showing->label < classes.size()) text += tr(" (%1)").arg(QString::fromStdString(classes[showing->label]));
  text += QLatin1Char(' ') + (feed->held() ? tr("until you train again") : partName(showing->part));
  showing_->setText(text);
}

}  // namespace plexarium::ui
