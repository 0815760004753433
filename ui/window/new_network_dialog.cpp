#include "ui/window/new_network_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/inspector/field_form.h"

namespace plexarium::ui {
namespace {

Field seedField() {
  Field field;
  field.key = "seed";
  field.label = NewNetworkDialog::tr("Seed").toStdString();
  field.help = NewNetworkDialog::tr("The same seed gives the same network and the same run").toStdString();
  field.type = FieldType::Integer;
  field.maximum = 2147483647;
  field.initial = 1;
  return field;
}

void showValues(FieldForm& form, const std::vector<double>& values) {
  for (std::size_t field = 0; field < values.size(); ++field) {
    Spread spread;
    spread.add(values[field]);
    form.setSpread(field, spread, true);
  }
}

}  // namespace

NewNetworkDialog::NewNetworkDialog(const Registry& registry, QWidget* parent)
    : QDialog(parent),
      registry_(registry),
      choice_(new QComboBox(this)),
      help_(new QLabel(this)),
      problem_(new QLabel(this)) {
  setObjectName(QStringLiteral("newNetwork"));
  setWindowTitle(tr("New network"));
  setMinimumWidth(440);
  choice_->setAccessibleName(tr("Dynamics"));
  choice_->setToolTip(tr("The rules by which the network lives and learns"));
  for (const auto& entry : registry.entries()) choice_->addItem(QString::fromStdString(entry.description.label));
  help_->setWordWrap(true);
  help_->setProperty("class", QStringLiteral("dim"));
  problem_->setWordWrap(true);
  problem_->hide();

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 16);
  layout->setSpacing(12);
  layout->addWidget(choice_);
  layout->addWidget(help_);
  place_ = new QVBoxLayout;
  layout->addLayout(place_);
  layout->addWidget(problem_);
  layout->addStretch();
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* create = buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
  create->setObjectName(QStringLiteral("createNetwork"));
  create->setDefault(true);
  layout->addWidget(buttons);

  connect(choice_, &QComboBox::currentIndexChanged, this, &NewNetworkDialog::choose);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  choose(0);
}

const DynamicsEntry& NewNetworkDialog::dynamics() const {
  return registry_.entries()[static_cast<std::size_t>(choice_->currentIndex())];
}

void NewNetworkDialog::choose(int index) {
  if (index < 0) return;
  delete form_;
  problem_->hide();
  const Description& description = dynamics().description;
  help_->setText(QString::fromStdString(description.help));
  fields_ = description.creationFields;
  fields_.push_back(seedField());
  values_ = initialValues(fields_);
  form_ = new FieldForm(fields_, QStringLiteral("create"), this);
  showValues(*form_, values_);
  place_->addWidget(form_);
  connect(form_, &FieldForm::edited, this, [this](std::size_t field, double value) {
    problem_->hide();
    values_[field] = value;
  });
  connect(form_, &FieldForm::refused, this, [this](const QString& message) {
    problem_->setText(message);
    problem_->show();
  });
}

}  // namespace plexarium::ui
