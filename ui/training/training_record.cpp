#include "ui/training/training_record.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "core/io/csv.h"

namespace plexarium::ui {
namespace {

constexpr std::uint64_t recentSamples = 100;

QString sourceName(const DataSource& source) {
  const QString place = QString::fromStdString(source.place);
  const qsizetype colon = place.indexOf(QLatin1Char(':'));
  return colon >= 0 ? place.mid(colon + 1) : QFileInfo(place).fileName();
}

}  // namespace

QString planText(const FeedPlan& plan, const QString& tickUnit) {
  static const char* const orders[] = {QT_TRANSLATE_NOOP("plan", "classes in turn"), QT_TRANSLATE_NOOP("plan", "shuffled"),
                                       QT_TRANSLATE_NOOP("plan", "as stored")};
  const bool ticks = plan.unit == FeedUnit::Ticks;
  return QObject::tr("%1, %2, %3 %4 a sample")
      .arg(sourceName(plan.source), QObject::tr(orders[static_cast<std::size_t>(plan.order)]))
      .arg(plan.duration)
      .arg(ticks ? tickUnit + QLatin1Char('s') : QObject::tr("seconds"));
}

std::vector<QString> outputNames(const std::vector<FeedPlan>& plans) {
  std::vector<QString> names;
  for (const auto& plan : plans) {
    for (const auto& group : plan.outputs) {
      const auto name = QString::fromStdString(group.name);
      names.push_back(plans.size() > 1 ? QString::fromStdString(plan.name) + QLatin1Char('/') + name : name);
    }
  }
  return names;
}

Tick TrainingRun::ticks() const {
  if (history.empty()) return 0;
  const auto& last = history.points().back();
  return last.first + last.count - history.points().front().first;
}

std::optional<Tally> TrainingRun::result() const {
  Tally all;
  for (std::size_t group = 0; group < history.groups(); ++group) all += history.recent(group, false, recentSamples);
  if (all.samples == 0) return std::nullopt;
  return all;
}

std::optional<Tally> TrainingRun::examResult() const {
  if (!exam) return std::nullopt;
  Tally all;
  for (const auto& score : exam->scores) all += score;
  if (all.samples == 0) return std::nullopt;
  return all;
}

TrainingRecord::TrainingRecord(FeedControl& control, QObject* parent) : QObject(parent), control_(control) {
  connect(&control, &FeedControl::plansSet, this, &TrainingRecord::end);
  connect(&control, &FeedControl::examined, this, [this](const ExamResult& result) {
    // The run may have been ended while the exam was held.
    auto& run = present_.history.empty() && !past_.empty() ? past_.back() : present_;
    run.exam = result;
    emit runsChanged();
  });
  connect(&control.bridge(), &SessionBridge::metrics, this, &TrainingRecord::take);
}

void TrainingRecord::take(const std::vector<MetricBucket>& buckets) {
  const auto answered = [](const MetricBucket& bucket) {
    return std::ranges::any_of(bucket.learnt, [](const Tally& tally) { return tally.samples > 0; });
  };
  if (present_.history.empty() && std::ranges::none_of(buckets, answered)) return;
  // Back to the start: what follows is another run.
  if (!present_.history.empty() && buckets.front().first < present_.history.points().front().first) end();
  if (present_.history.empty()) describe();
  const bool first = present_.history.empty();
  present_.history.append(buckets);
  if (first) emit runsChanged();
  emit grown();
}

/// What the run is made with, as long as that is known.
void TrainingRecord::describe() {
  const auto& bridge = control_.bridge();
  const auto& description = bridge.description();
  const auto unit = QString::fromStdString(description.tickUnit);
  const auto plans = control_.plans();
  QStringList settings;
  for (const auto& plan : plans) settings << planText(plan, unit);
  present_.groups = outputNames(plans);
  present_.classes =
      std::ranges::any_of(control_.feeding() != nullptr ? control_.feeding()->feeder().feeds() : std::span<const Feed>(),
                          [](const Feed& feed) { return !feed.data().info().classes.empty(); });
  const auto& values = bridge.snapshot()->parameters;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const Field& field = description.parameters[k];
    if (values[k] == field.initial) continue;
    settings << QString::fromStdString(field.label + ' ' + formatValue(field, values[k]));
  }
  present_.seed = plans.empty() ? 0 : plans.front().seed;
  present_.settings = settings.join(QStringLiteral(" · "));
  present_.name = tr("Run %1").arg(++numbers_);
}

void TrainingRecord::end() {
  auto run = std::exchange(present_, {});
  if (run.result()) past_.push_back(std::move(run));
  emit runsChanged();
  emit grown();
}

void TrainingRecord::remove(std::size_t run) {
  past_.erase(past_.begin() + static_cast<std::ptrdiff_t>(run));
  emit runsChanged();
  emit grown();
}

void TrainingRecord::setShown(std::size_t run, bool shown) {
  past_[run].shown = shown;
  emit grown();
}

void TrainingRecord::rename(std::size_t run, const QString& name) {
  past_[run].name = name;
  emit runsChanged();
}

std::string TrainingRecord::table() const {
  std::string text = "run,ticks,samples,loss,accuracy,held_out_samples,held_out_loss,held_out_accuracy,seed,settings\n";
  const auto row = [&](const TrainingRun& run) {
    if (!run.result()) return;
    const auto tally = [&](const std::optional<Tally>& sum, std::uint64_t samples) {
      const auto number = [](double value) {
        return QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString();
      };
      text += ',';
      if (sum) text += std::to_string(samples) + ',' + number(sum->error()) + ',' + number(sum->accuracy());
      if (!sum) text += ",,";
    };
    std::uint64_t samples = 0;
    for (const auto& point : run.history.points()) {
      for (const auto& group : point.learnt) samples += group.samples;
    }
    appendCsvCell(text, run.name.toStdString());
    text += ',' + std::to_string(run.ticks());
    tally(run.result(), samples);
    tally(run.examResult(), run.examResult() ? run.examResult()->samples : 0);
    text += ',' + std::to_string(run.seed) + ',';
    appendCsvCell(text, run.settings.toStdString());
    text += '\n';
  };
  for (const auto& run : past_) row(run);
  row(present_);
  return text;
}

}  // namespace plexarium::ui
