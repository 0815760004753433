#include "ui/training/dataset_split.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/inspector/field_form.h"
#include "ui/inspector/number_box.h"
#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

/// The three shares and the seed, in this order.
const std::array<Field, 4>& fields() {
  const auto share = [](const char* key, const QString& label, const QString& help, double initial) {
    return Field{key, label.toStdString(), "%", help.toStdString(), FieldType::Real, 0, 100, initial};
  };
  static const std::array<Field, 4> all = {
      share("train", SplitView::tr("Training"), SplitView::tr("What the network learns from."), 80),
      share("validation", SplitView::tr("Validation"), SplitView::tr("What watches over the learning and is not learnt."),
            10),
      share("test", SplitView::tr("Test"), SplitView::tr("What is kept for the end."), 10),
      Field{"seed", SplitView::tr("Seed").toStdString(), "",
            SplitView::tr("The same seed divides the same data the same way.").toStdString(), FieldType::Integer, 0,
            2147483647, 1}};
  return all;
}

/// A share in percent, without the dust of binary fractions.
double percentOf(double share) { return std::round(share * 1e11) / 1e9; }

}  // namespace

SplitView::SplitView(QWidget* parent) : QWidget(parent), bars_(new ClassBars(this)), note_(new QLabel(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 10, 0, 0);
  layout->setSpacing(10);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(4);
  for (const auto box : {Train, Validation, Test, Seed}) addBox(box, *grid);
  layout->addLayout(grid);
  note_->setObjectName(QStringLiteral("splitNote"));
  note_->setWordWrap(true);
  note_->setProperty("class", QStringLiteral("dim"));
  bars_->setObjectName(QStringLiteral("classBars"));
  bars_->setAccessibleName(tr("Samples of each class"));
  layout->addWidget(note_);
  layout->addWidget(bars_, 1);
}

void SplitView::addBox(Box box, QGridLayout& grid) {
  const Field& field = fields()[box];
  const int column = static_cast<int>(box);
  auto* title = new QLabel(QString::fromStdString(field.label), this);
  title->setProperty("class", QStringLiteral("dim"));
  title->setToolTip(fieldToolTip(field));
  boxes_[box] = new NumberBox(field, this);
  boxes_[box]->setObjectName(QStringLiteral("split.") + QString::fromStdString(field.key));
  boxes_[box]->setAccessibleName(QString::fromStdString(field.label));
  boxes_[box]->setToolTip(fieldToolTip(field));
  title->setBuddy(boxes_[box]);
  below_[box] = new QLabel(this);
  below_[box]->setObjectName(QStringLiteral("count.") + QString::fromStdString(field.key));
  below_[box]->setTextFormat(Qt::RichText);
  grid.addWidget(title, 0, column);
  grid.addWidget(boxes_[box], 1, column);
  grid.addWidget(below_[box], 2, column);
  connect(boxes_[box], &NumberBox::entered, this, [this, box](double value) { enter(box, value); });
  connect(boxes_[box], &NumberBox::refused, this, &SplitView::refused);
}

void SplitView::setData(DatasetPointer dataset, const SplitPlan& plan) {
  data_ = std::move(dataset);
  plan_ = plan;
  const std::array<double, boxCount> values = {percentOf(1 - plan.validation - plan.test), percentOf(plan.validation),
                                               percentOf(plan.test), static_cast<double>(plan.seed)};
  for (std::size_t box = 0; box < boxCount; ++box) boxes_[box]->setValue(values[box]);
  boxes_[Seed]->setEnabled(plan.shuffled);
  const Split split(plan, data_->info().samples);
  for (std::size_t part = 0; part < allParts.size(); ++part) {
    below_[part]->setText(
        QStringLiteral("<span style='color:%1'>■</span> %2")
            .arg(ClassBars::partColour(allParts[part], palette()).name(), countText(split.size(allParts[part]))));
  }
  stale_ = true;
  if (isVisible()) count();
}

/// The other two shares make room: in proportion for training, which is their rest; for one of them, training does.
void SplitView::enter(Box box, double value) {
  SplitPlan plan = plan_;
  const double share = value / 100;
  const double kept = plan.validation + plan.test;
  if (box == Train) {
    plan.validation = kept > 0 ? (1 - share) * plan.validation / kept : (1 - share) / 2;
    plan.test = std::max(0.0, 1 - share - plan.validation);
  } else if (box == Validation) {
    plan.validation = share;
  } else if (box == Test) {
    plan.test = share;
  } else {
    plan.seed = static_cast<std::uint64_t>(value);
  }
  const auto checked = checkSplit(plan);
  if (checked) return emit edited(plan);
  setData(data_, plan_);  // The boxes show what holds.
  emit refused(QString::fromStdString(checked.error().text()));
}

void SplitView::count() {
  stale_ = false;
  const auto work = [this, dataset = data_, plan = plan_](const LatestJob::Link& link) {
    const Split split(plan, dataset->info().samples);
    const double share = std::min(1.0, static_cast<double>(mostCounted) / static_cast<double>(dataset->info().samples));
    PartCounts counts;
    for (std::size_t part = 0; part < allParts.size(); ++part) {
      const auto most = static_cast<std::size_t>(std::ceil(share * static_cast<double>(split.size(allParts[part]))));
      counts[part] = countClasses(*dataset, split, allParts[part], most, [&](double) { return link.wanted(); });
      if (!link.wanted()) return;
    }
    link.tell([this, counts = std::move(counts)] { showCounts(counts); });
  };
  counting_.start(work, [this](const Error& error) { emit refused(QString::fromStdString(error.text())); });
}

void SplitView::showCounts(const PartCounts& counts) {
  counts_ = counts;
  const DatasetInfo& info = data_->info();
  QString note;
  if (info.classes.empty()) {
    note = tr("The targets are values: there are no classes to count.");
  } else if (info.samples > mostCounted) {
    note = tr("Classes of about %1 samples.").arg(countText(mostCounted));
  }
  if (info.ordered) note = tr("%1 The order has a meaning: the parts follow each other.").arg(note).trimmed();
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  bars_->setCounts(info, counts);
  emit counted();
}

void SplitView::showEvent(QShowEvent*) {
  if (stale_) count();
}

}  // namespace plexarium::ui
