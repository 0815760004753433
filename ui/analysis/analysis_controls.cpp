#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <array>

#include "ui/analysis/analysis_panel.h"
#include "ui/inspector/field_editor.h"

// What a person can choose in the panel.
namespace plexarium::ui {
namespace {

constexpr std::array<Tick, 4> stretches{1'000, 10'000, 100'000, 1'000'000};
constexpr int usualStretch = 1;
constexpr int usualWindow = 100;  // ticks
constexpr double usualCut = 0.01;
constexpr int leastChoice = 84;  // pixels to which a choice shrinks where the dock is narrow

bool isNumber(const Field& field) { return field.type != FieldType::Choice && field.type != FieldType::Flag; }

}  // namespace

void AnalysisPanel::makeControls() {
  for (const auto& one : subjects) {
    subject_->addItem(tr(one.name));
    subject_->setItemData(subject_->count() - 1, tr(one.help), Qt::ToolTipRole);
  }
  for (auto* box : {subject_, quantity_, population_, stretch_}) box->setMinimumWidth(leastChoice);
  const auto number = [this](QAbstractSpinBox* box, const char* name, const QString& text, const QString& help) {
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(text);
    box->setToolTip(help);
    box->setKeyboardTracking(false);
    keepKeys(box);
    addControl(box);
  };
  window_->setRange(1, 100'000);
  window_->setValue(usualWindow);
  window_->setPrefix(tr("window "));
  number(window_, "analysisWindow", tr("Window"), tr("Length of the windows in which a neuron's firings are counted"));
  threshold_->setRange(-1, 1'000'000);
  threshold_->setValue(-1);
  threshold_->setPrefix(tr("above "));
  threshold_->setSpecialValueText(tr("half the mean"));
  number(threshold_, "analysisThreshold", tr("Threshold"), tr("An avalanche lasts while more neurons fire than this"));
  cut_->setDecimals(4);
  cut_->setRange(0.0001, 1e6);
  cut_->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  cut_->setValue(usualCut);
  cut_->setPrefix(tr("from "));
  number(cut_, "analysisCut", tr("Cut"), tr("Smaller values are left out of the distribution and of the fits"));
  connect(subject_, &QComboBox::currentIndexChanged, this, &AnalysisPanel::chooseSubject);
  for (auto* box : {quantity_, population_, stretch_})
    connect(box, &QComboBox::currentIndexChanged, this, &AnalysisPanel::onChoice);
  for (auto* box : {window_, threshold_}) connect(box, &QSpinBox::valueChanged, this, &AnalysisPanel::onChoice);
  connect(cut_, &QDoubleSpinBox::valueChanged, this, &AnalysisPanel::onChoice);
  connect(logarithmic_, &QToolButton::toggled, this, &AnalysisPanel::onChoice);
}

void AnalysisPanel::readTables() {
  description_ = &bridge().description();
  const QSignalBlocker quiet(population_), still(stretch_);
  populations_ = populations(*description_);
  population_->clear();
  for (const auto& one : populations_) population_->addItem(one.name);
  population_->setCurrentIndex(static_cast<int>(usualPopulation(*description_, populations_)));
  const int chosen = stretch_->count() > 0 ? stretch_->currentIndex() : usualStretch;
  stretch_->clear();
  stretch_->addItems(QStringList(static_cast<qsizetype>(stretches.size())));
  stretch_->setCurrentIndex(chosen);
  neuronFields_.clear();
  linkFields_.clear();
  for (std::size_t field = 0; field < description_->neuronFields.size(); ++field) {
    if (isNumber(description_->neuronFields[field])) neuronFields_.push_back(field);
  }
  for (std::size_t field = 0; field < description_->linkFields.size(); ++field) {
    if (isNumber(description_->linkFields[field])) linkFields_.push_back(field);
  }
  // State is what one looks for; what only edits change comes after it.
  std::ranges::stable_partition(neuronFields_, [&](std::size_t field) { return description_->neuronFields[field].evolves; });
  std::ranges::stable_partition(linkFields_, [&](std::size_t field) { return description_->linkFields[field].evolves; });
}

void AnalysisPanel::choose(Subject subject) {
  const auto found = std::ranges::find(subjects, subject, &SubjectText::subject);
  subject_->setCurrentIndex(static_cast<int>(found - subjects.begin()));
}

/// Shows the controls that the subject has.
void AnalysisPanel::chooseSubject() {
  const Subject subject = choice().subject;
  fillQuantities();
  quantity_->setVisible(quantity_->count() > 0);
  population_->setVisible(subject != Subject::Course);
  stretch_->setVisible(ofSpikes(subject) || subject == Subject::Twin);
  nameStretches(subject == Subject::Twin);
  window_->setVisible(subject == Subject::Fano);
  window_->setSuffix(bridge().snapshot() ? QStringLiteral(" %1s").arg(unit()) : QString());
  threshold_->setVisible(subject == Subject::Avalanches);
  cut_->setVisible(subject == Subject::Links);
  logarithmic_->setVisible(subject == Subject::Course || subject == Subject::Links || subject == Subject::Intervals);
  const QSignalBlocker quiet(logarithmic_);
  logarithmic_->setChecked(subject == Subject::Course || subject == Subject::Links);
  subject_->setToolTip(subject_->currentData(Qt::ToolTipRole).toString());
  onChoice();
}

void AnalysisPanel::nameStretches(bool ahead) {
  if (!description_) return;
  for (std::size_t k = 0; k < stretches.size(); ++k) {
    stretch_->setItemText(static_cast<int>(k),
                          (ahead ? tr("next %L1 %2s") : tr("last %L1 %2s")).arg(stretches[k]).arg(unit()));
  }
  stretch_->setToolTip(ahead ? tr("How far both go on") : tr("How much of the past is analysed"));
}

void AnalysisPanel::fillQuantities() {
  const QSignalBlocker quiet(quantity_);
  quantity_->clear();
  if (!description_) return;
  const auto add = [this](const std::string& label, const std::string& help) {
    quantity_->addItem(QString::fromStdString(label));
    quantity_->setItemData(quantity_->count() - 1, QString::fromStdString(help), Qt::ToolTipRole);
  };
  switch (choice().subject) {
    case Subject::Rate:
      for (const auto& target : description_->rateTargets) {
        add(description_->parameters[target.parameter].label, description_->parameters[target.parameter].help);
      }
      if (!description_->rateTargets.empty()) quantity_->addItem(tr("No target"));
      break;
    case Subject::Course:
      quantity_->addItem(tr("Links"));
      for (const auto& metric : description_->metrics) add(metric.label, metric.help);
      break;
    case Subject::Links:
      for (const auto field : linkFields_) add(description_->linkFields[field].label, description_->linkFields[field].help);
      break;
    case Subject::Neurons:
      for (const auto field : neuronFields_)
        add(description_->neuronFields[field].label, description_->neuronFields[field].help);
      break;
    default:
      break;
  }
}

AnalysisPanel::Choice AnalysisPanel::choice() const {
  Choice chosen;
  chosen.subject = subjects[static_cast<std::size_t>(std::max(subject_->currentIndex(), 0))].subject;
  const auto population = static_cast<std::size_t>(std::max(population_->currentIndex(), 0));
  if (population < populations_.size()) chosen.population = populations_[population].population;
  chosen.quantity = static_cast<std::size_t>(std::max(quantity_->currentIndex(), 0));
  chosen.stretch = stretches[static_cast<std::size_t>(std::max(stretch_->currentIndex(), 0))];
  chosen.window = window_->value();
  chosen.threshold = threshold_->value();
  chosen.cut = cut_->value();
  chosen.logarithmic = logarithmic_->isChecked();
  return chosen;
}

}  // namespace plexarium::ui
