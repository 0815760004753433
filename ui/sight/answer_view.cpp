#include "ui/sight/answer_view.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

constexpr std::uint64_t recentSamples = 100;

QString nameOf(const DatasetInfo& info, std::size_t number) {
  const auto& names = info.targetNames();
  return number < names.size() ? QString::fromStdString(names[number]) : QStringLiteral("–");
}

/// The class that it says, where it has said anything.
std::optional<std::uint32_t> saidBy(const Feed& feed, std::size_t group) {
  const auto& encoder = feed.targetEncoder(group);
  const auto& outputs = feed.answer(group).outputs;
  if (encoder.classCount() == 0 || outputs.empty()) return std::nullopt;
  return encoder.decide(outputs);
}

/// The right class, where it is known.
std::optional<std::uint32_t> truthOf(const Feed& feed) {
  const bool known = feed.showing() && feed.given().empty() && !feed.data().info().classes.empty();
  return known ? std::optional(feed.showing()->label) : std::nullopt;
}

std::vector<AnswerBars::Bar> barsOf(const Feed& feed, std::size_t group) {
  const auto& info = feed.data().info();
  const auto& encoder = feed.targetEncoder(group);
  const auto& answer = feed.answer(group);
  const auto said = saidBy(feed, group);
  const auto truth = truthOf(feed);
  std::vector<AnswerBars::Bar> bars;
  for (std::size_t k = 0; k < answer.outputs.size(); ++k) {
    const auto column = encoder.columns()[k];
    AnswerBars::Bar bar{.name = nameOf(info, column), .value = answer.outputs[k]};
    bar.said = said && *said == column;
    bar.wanted = truth && *truth == column;
    bar.wrong = bar.said && truth && !bar.wanted;
    const bool values = encoder.classCount() == 0 && k < answer.targets.size() && std::isfinite(answer.targets[k]);
    if (values) bar.target = answer.targets[k];
    bars.push_back(std::move(bar));
  }
  return bars;
}

}  // namespace

AnswerView::AnswerView(TrainingRecord& record, QWidget* parent)
    : QWidget(parent), record_(record), verdict_(new QLabel(this)), accuracy_(new QLabel(this)), bars_(new AnswerBars) {
  verdict_->setObjectName(QStringLiteral("sightVerdict"));
  verdict_->setTextFormat(Qt::PlainText);
  verdict_->setWordWrap(true);
  QFont bold = verdict_->font();
  bold.setBold(true);
  verdict_->setFont(bold);
  accuracy_->setObjectName(QStringLiteral("sightAccuracy"));
  accuracy_->setProperty("class", QStringLiteral("dim"));
  accuracy_->setWordWrap(true);
  bars_->setObjectName(QStringLiteral("sightBars"));
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(bars_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(verdict_);
  column->addWidget(scroll, 1);
  column->addWidget(accuracy_);
}

void AnswerView::showAnswer(const Feed& feed, std::size_t group, std::size_t number, bool on) {
  verdict_->setText(on && feed.showing() ? verdict(feed, group) : tr("Nothing is shown now"));
  accuracy_->setText(accuracy(feed, group, number));
  bars_->setBars(feed.showing() ? barsOf(feed, group) : std::vector<AnswerBars::Bar>());
}

QString AnswerView::verdict(const Feed& feed, std::size_t group) const {
  const auto& info = feed.data().info();
  const auto said = saidBy(feed, group);
  if (!said) {
    const auto& answer = feed.answer(group);
    double distance = 0;
    for (std::size_t k = 0; k < answer.targets.size(); ++k) distance += std::abs(answer.outputs[k] - answer.targets[k]);
    const double mean = distance / static_cast<double>(std::max<std::size_t>(1, answer.targets.size()));
    return std::isfinite(mean) ? tr("off by %1").arg(mean, 0, 'g', 3) : tr("nobody knows what is right");
  }
  const auto truth = truthOf(feed);
  if (!truth) return tr("says %1").arg(nameOf(info, *said));
  const QString mark = *said == *truth ? QStringLiteral("✓") : QStringLiteral("✗");
  const QString words = feed.midSample() && !feed.held() && !feed.answer(group).decidedAfter ? tr("says %1 so far, is %2 %3")
                                                                                             : tr("says %1, is %2 %3");
  return words.arg(nameOf(info, *said), nameOf(info, *truth), mark);
}

QString AnswerView::accuracy(const Feed& feed, std::size_t group, std::size_t number) const {
  const bool classes = !feed.data().info().classes.empty();
  const auto words = [&](const Tally& tally, const QString& of) {
    if (tally.samples == 0) return QString();
    return classes ? tr("%1 % of %2 right").arg(100 * tally.accuracy(), 0, 'f', 1).arg(of)
                   : tr("off by %1 over %2").arg(tally.error(), 0, 'g', 3).arg(of);
  };
  if (const auto part = feed.testing()) {
    const auto& score = feed.score(group, *part);
    return words(score, tr("%1 tested").arg(countText(score.samples)));
  }
  const auto recent = record_.present().history.recent(number, false, recentSamples);
  return words(recent, tr("the last %1").arg(countText(recent.samples)));
}

}  // namespace plexarium::ui
