#include "ui/inspector/choice_form.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>
#include <cassert>

#include "ui/inspector/field_form.h"

namespace plexarium::ui {

Field seedField() {
  Field field;
  field.key = "seed";
  field.label = ChoiceForm::tr("Seed").toStdString();
  field.help = ChoiceForm::tr("The same seed gives the same result").toStdString();
  field.type = FieldType::Integer;
  field.maximum = 2147483647;
  field.initial = 1;
  return field;
}

ChoiceForm::ChoiceForm(std::vector<Choice> choices, const QString& prefix, const QString& name, QWidget* parent)
    : QWidget(parent),
      choices_(std::move(choices)),
      prefix_(prefix),
      choice_(new QComboBox(this)),
      help_(new QLabel(this)),
      problem_(new QLabel(this)),
      layout_(new QVBoxLayout(this)) {
  assert(!choices_.empty());
  choice_->setObjectName(prefix + QStringLiteral("Choice"));
  choice_->setAccessibleName(name);
  choice_->setToolTip(name);
  for (const auto& choice : choices_) choice_->addItem(choice.label);
  help_->setWordWrap(true);
  help_->setProperty("class", QStringLiteral("dim"));
  problem_->setWordWrap(true);
  problem_->hide();
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(12);
  for (QWidget* widget : std::initializer_list<QWidget*>{choice_, help_, problem_}) layout_->addWidget(widget);
  connect(choice_, &QComboBox::currentIndexChanged, this, [this](int index) {
    choose(index);
    emit changed();
  });
  choose(0);
}

std::size_t ChoiceForm::index() const { return static_cast<std::size_t>(choice_->currentIndex()); }

void ChoiceForm::choose(int index) {
  if (index < 0) return;
  delete form_;
  problem_->hide();
  const Choice& choice = choices_[static_cast<std::size_t>(index)];
  help_->setText(choice.help);
  values_ = initialValues(choice.fields);
  form_ = new FieldForm(choice.fields, prefix_, this);
  showValues();
  layout_->insertWidget(layout_->indexOf(problem_), form_);
  connect(form_, &FieldForm::edited, this, [this](std::size_t field, double value) {
    problem_->hide();
    values_[field] = value;
    emit changed();
  });
  connect(form_, &FieldForm::refused, this, [this](const QString& message) {
    problem_->setText(message);
    problem_->show();
  });
}

void ChoiceForm::showValues() {
  for (std::size_t field = 0; field < values_.size(); ++field) {
    Spread spread;
    spread.add(values_[field]);
    form_->setSpread(field, spread, true);
  }
}

void ChoiceForm::set(std::size_t index, std::vector<double> values) {
  assert(index < choices_.size() && values.size() == choices_[index].fields.size());
  const QSignalBlocker quiet(choice_);
  choice_->setCurrentIndex(static_cast<int>(index));
  choose(static_cast<int>(index));
  values_ = std::move(values);
  showValues();
}

}  // namespace plexarium::ui
