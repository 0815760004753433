#include "ui/sight/mistake_view.h"

#include <QComboBox>
#include <QVBoxLayout>

#include "ui/inspector/field_editor.h"
#include "ui/sight/mistake_strip.h"

namespace plexarium::ui {
namespace {

enum Choice { Training, Validation, HeldOut };

}  // namespace

MistakeView::MistakeView(FeedControl& control, TrainingRecord& record, QWidget* parent)
    : QWidget(parent), record_(record), part_(new QComboBox(this)), strip_(new MistakeStrip(this)) {
  part_->setObjectName(QStringLiteral("sightMistakesOf"));
  part_->setAccessibleName(tr("Wrong answers of"));
  part_->setToolTip(tr("Which samples are looked at"));
  part_->addItems({tr("Wrong while training"), tr("Wrong in exams"), tr("Wrong in the last test")});
  keepKeys(part_);
  strip_->setObjectName(QStringLiteral("sightMistakes"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(part_);
  column->addWidget(strip_, 1);
  connect(part_, &QComboBox::currentIndexChanged, this, &MistakeView::othersWanted);
  connect(&control, &FeedControl::examined, this, [this] { part_->setCurrentIndex(HeldOut); });
}

/// Null: there is none.
const Score* MistakeView::score(const Feed& feed, std::size_t group, std::size_t number) const {
  if (part_->currentIndex() == Training) return &feed.score(group, Part::Train);
  if (part_->currentIndex() == Validation) return &feed.score(group, Part::Validation);
  if (feed.testing() == Part::Test) return &feed.score(group, Part::Test);
  const auto& run = record_.present().exam || record_.past().empty() ? record_.present() : record_.past().back();
  return run.exam && number < run.exam->scores.size() ? &run.exam->scores[number] : nullptr;
}

void MistakeView::showMistakes(const Feed& feed, std::size_t group, std::size_t number, const SightGrid& grid) {
  const auto* const found = score(feed, group, number);
  if (found == nullptr || feed.data().info().classes.empty()) return strip_->clearMistakes();
  strip_->showMistakes(feed.sharedData(), grid, found->mistakes);
}

}  // namespace plexarium::ui
