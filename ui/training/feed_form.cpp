#include "ui/training/feed_form.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inspector/field_form.h"
#include "ui/training/feed_groups.h"

namespace plexarium::ui {
namespace {

enum FormField : std::size_t {
  Order,
  Unit,
  Duration,
  ExamEvery,
  ExamDuration,
  ValidationShare,
  TestShare,
  Seed,
  FormFields
};

Field field(const char* key, const QString& label, const QString& help, FieldType type, double minimum, double maximum,
            double initial) {
  return {key, label.toStdString(), {}, help.toStdString(), type, minimum, maximum, initial};
}

}  // namespace

FeedForm::FeedForm(SessionBridge& bridge, const Selection& selection, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      layout_(new QVBoxLayout(this)),
      importance_(new QLineEdit(this)),
      groups_(new FeedGroups(bridge, selection, this)) {
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(8);
  importance_->setObjectName(QStringLiteral("importance"));
  importance_->setAccessibleName(tr("Importance of the classes"));
  importance_->setToolTip(tr("One number a class: a sample of it is shown so many times as long while the network learns"));
  keepKeys(importance_);
  connect(importance_, &QLineEdit::editingFinished, this, &FeedForm::setImportance);
  layout_->addWidget(new QLabel(tr("Importance of the classes"), this));
  layout_->addWidget(importance_);
  layout_->addWidget(groups_);
  connect(groups_, &FeedGroups::edited, this, [this](const FeedPlan& plan) {
    plan_.inputs = plan.inputs;
    plan_.outputs = plan.outputs;
    emit edited(plan_);
  });
  connect(groups_, &FeedGroups::refused, this, &FeedForm::refused);
}

void FeedForm::setPlan(const FeedPlan& plan, const DatasetInfo& info) {
  plan_ = plan;
  makeFields();
  showFields();
  const QSignalBlocker quiet(importance_);
  QStringList numbers;
  for (const double value : plan.importance) numbers << QString::number(value);
  importance_->setText(numbers.join(QLatin1Char(' ')));
  QStringList ones;
  for (const auto& name : info.classes) ones << QString::fromStdString(name) + QStringLiteral(" 1");
  importance_->setPlaceholderText(ones.join(QStringLiteral(", ")));
  importance_->setEnabled(!info.classes.empty());
  groups_->setPlan(plan, info);
}

/// The names in the form are those of the present dynamics.
void FeedForm::makeFields() {
  const auto& description = bridge_.description();
  const auto unit = QString::fromStdString(description.tickUnit) + QLatin1Char('s');
  std::vector<Field> fields(FormFields);
  fields[Order] = field("order", tr("Order"), tr("Which sample comes next"), FieldType::Choice, 0, 2, 0);
  fields[Order].choices = {tr("classes in turn").toStdString(), tr("shuffled").toStdString(), tr("as stored").toStdString()};
  fields[Unit] =
      field("unit", tr("Time in"), tr("Seconds are for watching; a run in %1 can be repeated to the bit").arg(unit),
            FieldType::Choice, 0, 1, 0);
  fields[Unit].choices = {unit.toStdString(), tr("seconds").toStdString()};
  fields[Duration] =
      field("duration", tr("A sample lasts"), tr("While the network learns"), FieldType::Real, 1e-3, 1e9, 100);
  fields[ExamEvery] =
      field("exam_every", tr("Exam after"),
            tr("After so many samples one that is kept for validation is shown without its target; 0: never"),
            FieldType::Integer, 0, 1e6, 0);
  fields[ExamEvery].unit = tr("samples").toStdString();
  fields[ExamDuration] =
      field("exam_duration", tr("An exam lasts"), tr("Also a sample of a test"), FieldType::Real, 1e-3, 1e9, 100);
  fields[ValidationShare] =
      field("validation", tr("Kept for exams"), tr("Share of the samples that is not learnt"), FieldType::Real, 0, 1, 0.1);
  fields[TestShare] =
      field("test", tr("Kept for the test"), tr("Share of the samples that is not learnt"), FieldType::Real, 0, 1, 0.1);
  fields[Seed] = field("seed", tr("Seed"), tr("Of the order"), FieldType::Integer, 0, 2147483647, 1);
  const auto sameWords = [](const Field& a, const Field& b) { return a.label == b.label && a.choices == b.choices; };
  if (form_ != nullptr && std::ranges::equal(fields, fields_, sameWords)) return;
  delete form_;
  fields_ = std::move(fields);
  form_ = new FieldForm(fields_, QStringLiteral("feed"), this);
  layout_->insertWidget(0, form_);
  connect(form_, &FieldForm::edited, this, &FeedForm::setField);
  connect(form_, &FieldForm::refused, this, &FeedForm::refused);
}

void FeedForm::showFields() {
  const auto show = [this](FormField which, double value) {
    Spread spread;
    spread.add(value);
    form_->setSpread(which, spread, true);
  };
  show(Order, static_cast<double>(plan_.order));
  show(Unit, static_cast<double>(plan_.unit));
  show(Duration, plan_.duration);
  show(ExamEvery, static_cast<double>(plan_.examEvery));
  show(ExamDuration, plan_.examDuration);
  show(ValidationShare, plan_.split.validation);
  show(TestShare, plan_.split.test);
  show(Seed, static_cast<double>(plan_.seed));
}

void FeedForm::setField(std::size_t which, double value) {
  switch (which) {
    case Order:
      plan_.order = static_cast<FeedOrder>(value);
      break;
    case Unit:
      plan_.unit = static_cast<FeedUnit>(value);
      break;
    case Duration:
      plan_.duration = value;
      break;
    case ExamEvery:
      plan_.examEvery = static_cast<std::size_t>(value);
      break;
    case ExamDuration:
      plan_.examDuration = value;
      break;
    case ValidationShare:
      plan_.split.validation = value;
      break;
    case TestShare:
      plan_.split.test = value;
      break;
    default:
      plan_.seed = static_cast<std::uint64_t>(value);
  }
  emit edited(plan_);
}

void FeedForm::setImportance() {
  std::vector<double> values;
  for (const auto& part : importance_->text().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    bool isNumber = false;
    values.push_back(part.toDouble(&isNumber));
    if (isNumber) continue;
    emit refused(tr("“%1” is no importance. Give one number a class, such as 1 2").arg(part));
    return;
  }
  if (values == plan_.importance) return;
  plan_.importance = std::move(values);
  emit edited(plan_);
}

}  // namespace plexarium::ui
