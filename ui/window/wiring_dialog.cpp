#include "ui/window/wiring_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <memory>

#include "core/graph/wiring.h"
#include "ui/inspector/choice_form.h"
#include "ui/window/neighbourhood.h"

namespace plexarium::ui {
namespace {

std::vector<ChoiceForm::Choice> patterns() {
  std::vector<ChoiceForm::Choice> choices;
  for (const auto& pattern : wiringPatterns()) {
    choices.push_back({QString::fromStdString(pattern.label), QString::fromStdString(pattern.help), pattern.fields});
    choices.back().fields.push_back(seedField());
  }
  return choices;
}

/// What the worker needs, by value.
struct Question {
  const WiringPattern* pattern;
  std::vector<NeuronId> sources, targets;
  std::vector<double> values;
  std::uint64_t seed;
  GraphImage graph;
};

std::vector<Point> placesOf(const GraphImage& graph, const std::vector<NeuronId>& neurons) {
  std::vector<Point> places;
  places.reserve(neurons.size());
  for (const NeuronId id : neurons) places.push_back((*graph.positions)[*graph.row(id)]);
  return places;
}

Result<LinkTable> answer(const Question& question) {
  const GraphImage& graph = question.graph;
  WiringRequest request{.sources = question.sources, .values = question.values, .seed = question.seed};
  request.existing = {*graph.ids, *graph.firstLink, *graph.targets};
  if (!question.pattern->withinOneGroup) request.targets = question.targets;
  std::vector<Point> from, to;
  if (question.pattern->needsPositions) {
    from = placesOf(graph, question.sources);
    to = placesOf(graph, question.targets);
    request.sourcePositions = from;
    if (!question.pattern->withinOneGroup) request.targetPositions = to;
  }
  return wire(*question.pattern, request);
}

}  // namespace

WiringDialog::WiringDialog(SessionBridge& bridge, std::vector<NeuronId> selected, QWidget* parent)
    : QDialog(parent),
      bridge_(bridge),
      selected_(std::move(selected)),
      sources_(new QComboBox(this)),
      targets_(new QComboBox(this)),
      targetsLabel_(new QLabel(tr("To"), this)),
      form_(new ChoiceForm(patterns(), QStringLiteral("wire"), tr("How the neurons are linked"), this)),
      preview_(new QLabel(this)) {
  setObjectName(QStringLiteral("wiring"));
  setWindowTitle(tr("Wire"));
  setMinimumWidth(440);
  worker_.setMaxThreadCount(1);
  sources_->setObjectName(QStringLiteral("wireSources"));
  sources_->setAccessibleName(tr("From which neurons the links lead"));
  targets_->setObjectName(QStringLiteral("wireTargets"));
  targets_->setAccessibleName(tr("To which neurons the links lead"));
  const Whom usual = selected_.empty() ? Whom::All : Whom::Selected;
  fill(*sources_, usual);
  fill(*targets_, usual);
  auto* ends = new QFormLayout;
  ends->setHorizontalSpacing(14);
  ends->addRow(tr("From"), sources_);
  ends->addRow(targetsLabel_, targets_);
  preview_->setObjectName(QStringLiteral("wirePreview"));
  preview_->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  wire_ = buttons->addButton(tr("Wire"), QDialogButtonBox::AcceptRole);
  wire_->setObjectName(QStringLiteral("wireNow"));
  wire_->setDefault(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 16);
  layout->setSpacing(12);
  layout->addLayout(ends);
  layout->addWidget(form_);
  layout->addStretch();
  layout->addWidget(preview_);
  layout->addWidget(buttons);
  connect(sources_, &QComboBox::currentIndexChanged, this, &WiringDialog::count);
  connect(targets_, &QComboBox::currentIndexChanged, this, &WiringDialog::count);
  connect(form_, &ChoiceForm::changed, this, &WiringDialog::count);
  connect(buttons, &QDialogButtonBox::accepted, this, &WiringDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(&bridge_, &SessionBridge::opened, this, &QDialog::reject);
  count();
}

WiringDialog::~WiringDialog() { worker_.waitForDone(); }

void WiringDialog::fill(QComboBox& box, Whom initial) const {
  const std::pair<Whom, QString> all[] = {
      {Whom::Selected, tr("what is selected")}, {Whom::NotSelected, tr("what is not selected")},
      {Whom::All, tr("all neurons")},           {Whom::Sensory, tr("all sensory neurons")},
      {Whom::Inter, tr("all interneurons")},    {Whom::Motor, tr("all motor neurons")}};
  for (const auto& [whom, text] : all) {
    if (selected_.empty() && (whom == Whom::Selected || whom == Whom::NotSelected)) continue;
    box.addItem(text, static_cast<int>(whom));
  }
  box.setCurrentIndex(box.findData(static_cast<int>(initial)));
}

std::vector<NeuronId> WiringDialog::meant(const QComboBox& box) const {
  const GraphImage& graph = bridge_.snapshot()->graph;
  switch (static_cast<Whom>(box.currentData().toInt())) {
    case Whom::Selected:
      return allBut(graph, allBut(graph, selected_));
    case Whom::NotSelected:
      return allBut(graph, selected_);
    case Whom::All:
      break;
    case Whom::Sensory:
      return withRole(graph, Role::Sensory);
    case Whom::Inter:
      return withRole(graph, Role::Inter);
    case Whom::Motor:
      return withRole(graph, Role::Motor);
  }
  return *graph.ids;
}

void WiringDialog::count() {
  const WiringPattern& pattern = wiringPatterns()[form_->index()];
  targets_->setEnabled(!pattern.withinOneGroup);
  targetsLabel_->setEnabled(!pattern.withinOneGroup);
  wire_->setEnabled(false);
  preview_->setText(tr("Counting …"));
  auto values = form_->values();
  const auto seed = static_cast<std::uint64_t>(values.back());
  values.pop_back();
  auto question = std::make_shared<Question>(
      Question{&pattern, meant(*sources_), meant(*targets_), std::move(values), seed, bridge_.snapshot()->graph});
  worker_.clear();
  worker_.start([this, question, number = ++asked_] {
    auto table = std::make_shared<Result<LinkTable>>(answer(*question));
    QMetaObject::invokeMethod(
        this,
        [this, table, number] {
          if (number == asked_) showCount(*table);
        },
        Qt::QueuedConnection);
  });
}

void WiringDialog::showCount(const Result<LinkTable>& table) {
  if (!table) return preview_->setText(QString::fromStdString(table.error().text()));
  table_ = *table;
  const auto links = static_cast<qulonglong>(table_.size());
  const QString count = QLocale(QLocale::English).toString(links);
  preview_->setText(links == 0   ? tr("This makes no new link.")
                    : links == 1 ? tr("This makes one new link.")
                                 : tr("This makes %1 new links.").arg(count));
  wire_->setEnabled(links > 0);
}

void WiringDialog::accept() {
  if (!wire_->isEnabled()) return;
  const auto links = table_.size();
  emit wired({links == 1 ? tr("Wire a link").toStdString() : tr("Wire %L1 links").arg(links).toStdString(),
              {AddLinks{std::move(table_)}}});
  QDialog::accept();
}

}  // namespace plexarium::ui
