#include "ui/window/new_network_dialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/inspector/choice_form.h"

namespace plexarium::ui {
namespace {

/// Every dynamics with its creation fields and the seed.
std::vector<ChoiceForm::Choice> choicesOf(const Registry& registry) {
  std::vector<ChoiceForm::Choice> choices;
  for (const auto& entry : registry.entries()) {
    const Description& description = entry.description;
    choices.push_back(
        {QString::fromStdString(description.label), QString::fromStdString(description.help), description.creationFields});
    choices.back().fields.push_back(seedField());
  }
  return choices;
}

}  // namespace

NewNetworkDialog::NewNetworkDialog(const Registry& registry, QWidget* parent) : QDialog(parent), registry_(registry) {
  setObjectName(QStringLiteral("newNetwork"));
  setWindowTitle(tr("New network"));
  setMinimumWidth(440);
  form_ = new ChoiceForm(choicesOf(registry), QStringLiteral("create"),
                         tr("The rules by which the network lives and learns"), this);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* create = buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
  create->setObjectName(QStringLiteral("createNetwork"));
  create->setDefault(true);
  auto* empty = buttons->addButton(tr("Empty"), QDialogButtonBox::ActionRole);
  empty->setObjectName(QStringLiteral("createEmpty"));
  empty->setToolTip(tr("Begin without any neuron, to draw a network of this kind by hand"));
  connect(empty, &QPushButton::clicked, this, [this] {
    empty_ = true;
    accept();
  });
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 16);
  layout->setSpacing(12);
  layout->addWidget(form_);
  layout->addStretch();
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

const DynamicsEntry& NewNetworkDialog::dynamics() const { return registry_.entries()[form_->index()]; }

std::vector<double> NewNetworkDialog::values() const { return {form_->values().begin(), form_->values().end() - 1}; }

std::uint64_t NewNetworkDialog::seed() const { return static_cast<std::uint64_t>(form_->values().back()); }

}  // namespace plexarium::ui
