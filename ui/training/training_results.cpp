#include "ui/training/training_results.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace plexarium::ui {
namespace {

constexpr std::uint64_t recentSamples = 100;

enum Column : std::size_t { Name, Loss, Right, HeldOut, Decided, ColumnCount };

QString percent(double share, int digits = 1) { return QString::number(100 * share, 'f', digits) + QStringLiteral(" %"); }

/// Three digits, and what has been counted far in full.
QString countText(double mean) {
  const double size = std::abs(mean);
  if (size >= 1e3 && size < 1e12) return QLocale().toString(std::llround(mean));
  return QString::number(mean, 'g', 3);
}

QString noneText() { return QStringLiteral("–"); }

}  // namespace

TrainingResults::TrainingResults(FeedControl& control, TrainingRecord& record, QWidget* parent)
    : QWidget(parent),
      control_(control),
      record_(record),
      grid_(new QGridLayout),
      tests_(new QLabel(this)),
      metrics_(new QLabel(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(12);
  tests_->setObjectName(QStringLiteral("tests"));
  tests_->setToolTip(tr("What you do to the network between two tests, such as cutting a link, shows in how they differ"));
  metrics_->setObjectName(QStringLiteral("metricRates"));
  for (auto* label : {tests_, metrics_}) {
    label->setProperty("class", QStringLiteral("dim"));
    label->setWordWrap(true);
  }
  layout->addLayout(grid_);
  layout->addWidget(tests_);
  layout->addWidget(metrics_);
  connect(&control.bridge(), &SessionBridge::metrics, this, &TrainingResults::gather);
  connect(&control, &FeedControl::examined, this, &TrainingResults::takeTest);
  connect(&control.bridge(), &SessionBridge::opened, this, [this] {
    exams_.clear();
    newest_.clear();
    showTests();
  });
  showTests();
}

void TrainingResults::set(std::size_t cell, const QString& text, bool header) {
  while (cells_.size() <= cell) {
    auto* label = new QLabel(this);
    const auto row = static_cast<int>(cells_.size() / ColumnCount);
    const auto column = static_cast<int>(cells_.size() % ColumnCount);
    label->setAlignment(column == 0 ? Qt::AlignLeft : Qt::AlignRight);
    label->setObjectName(QStringLiteral("result%1_%2").arg(row).arg(column));
    grid_->addWidget(label, row, column);
    cells_.push_back(label);
  }
  cells_[cell]->setProperty("class", header ? QVariant(QStringLiteral("dim")) : QVariant());
  cells_[cell]->setText(text);
  cells_[cell]->show();
}

void TrainingResults::showScores() {
  const auto* const feeding = control_.feeding();
  if (feeding == nullptr) return;
  std::size_t column = 0;
  for (const auto& text : {tr("Group"), tr("Loss"), tr("Right"), tr("Held out"), tr("Decided")}) set(column++, text, true);
  const auto names = outputNames(control_.plans());
  std::size_t group = 0;
  for (const auto& feed : feeding->feeder().feeds()) {
    for (std::size_t k = 0; k < feed.plan().outputs.size(); ++k, ++group) showGroup(group, names[group], feed, k);
  }
  for (std::size_t cell = (group + 1) * ColumnCount; cell < cells_.size(); ++cell) cells_[cell]->hide();
}

void TrainingResults::takeTest(const ExamResult& exam) {
  if (exams_.size() == 2) exams_.erase(exams_.begin());
  exams_.push_back(exam);
  showTests();
}

/// The last test beside the one before it: what was done between them is what they differ by.
void TrainingResults::showTests() {
  const auto text = [this](const ExamResult& exam) {
    Tally all;
    for (const auto& score : exam.scores) all += score;
    const bool classes = std::ranges::any_of(exam.scores, [](const Score& score) { return !score.confusion.empty(); });
    const QString how =
        classes ? tr("%1 right").arg(percent(all.accuracy(), 2)) : tr("off by %1").arg(all.error(), 0, 'g', 3);
    const auto unit = QString::fromStdString(control_.bridge().description().tickUnit);
    return tr("%1 after %L2 %3s").arg(how).arg(exam.tick).arg(unit);
  };
  tests_->setVisible(exams_.size() == 2);
  if (exams_.size() == 2) tests_->setText(tr("Last test: %1; the one before: %2").arg(text(exams_[1]), text(exams_[0])));
}

/// `group`: the number of the output group among those of all feeds, as scores have it.
void TrainingResults::showGroup(std::size_t group, const QString& name, const Feed& feed, std::size_t output) {
  const auto& run = record_.present();
  const auto& exam = run.exam || record_.past().empty() ? run.exam : record_.past().back().exam;
  const auto recent = run.history.recent(group, false, recentSamples);
  const bool classes = !feed.data().info().classes.empty();
  const bool any = recent.samples > 0;
  QString held = noneText();
  if (exam && group < exam->scores.size() && exam->scores[group].samples > 0) {
    held = classes ? percent(exam->scores[group].accuracy()) : QString::number(exam->scores[group].error(), 'g', 3);
  }
  QString decided = noneText();
  if (feed.plan().outputs[output].dominance > 0) {
    const auto after = feed.answer(output).decidedAfter;
    decided = after ? tr("● after %L1").arg(*after) : tr("○ not yet");
  }
  const std::size_t first = (group + 1) * ColumnCount;  // below the heads
  set(first + Name, name, false);
  set(first + Loss, any ? QString::number(recent.error(), 'g', 3) : noneText(), false);
  set(first + Right, any && classes ? percent(recent.accuracy()) : noneText(), false);
  set(first + HeldOut, held, false);
  set(first + Decided, decided, false);
}

void TrainingResults::gather(const std::vector<MetricBucket>& buckets) {
  for (const auto& bucket : buckets) {
    if (sums_.size() != bucket.mean.size()) {
      sums_.assign(bucket.mean.size(), 0);
      summed_ = 0;
    }
    for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += bucket.mean[k] * static_cast<double>(bucket.count);
    summed_ += bucket.count;
    newest_ = bucket.mean;
  }
}

std::optional<double> TrainingResults::newest(std::size_t metric) const {
  return metric < newest_.size() ? std::optional(newest_[metric]) : std::nullopt;
}

void TrainingResults::showMetrics() {
  if (summed_ == 0) return;
  const auto& description = control_.bridge().description();
  const double rate = control_.bridge().snapshot()->achievedRate;
  QStringList parts;
  for (std::size_t k = 0; k < std::min(sums_.size(), description.metrics.size()); ++k) {
    const double mean = sums_[k] / static_cast<double>(summed_);
    auto text = QString::fromStdString(description.metrics[k].label) + QLatin1Char(' ') + countText(mean);
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
