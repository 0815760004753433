#include "ui/sight/sight_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <algorithm>
#include <utility>

#include "ui/inspector/field_editor.h"
#include "ui/plots/elided_label.h"
#include "ui/sight/answer_view.h"
#include "ui/sight/cell_picture.h"
#include "ui/sight/drawing_desk.h"
#include "ui/sight/field_view.h"
#include "ui/sight/mistake_strip.h"
#include "ui/sight/mistake_view.h"
#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

constexpr int refreshPeriod = 33;  // milliseconds
constexpr int glance = 250;        // milliseconds that a sample stays in view at least while others rush by
constexpr double wide = 1.6;       // times the height: then everything stands side by side

std::uint64_t samplesBegun(const Feed& feed) {
  return feed.samplesShown(Part::Train) + feed.samplesShown(Part::Validation) + feed.samplesShown(Part::Test);
}

}  // namespace

SightPanel::SightPanel(FeedControl& control, TrainingRecord& record, Selection& selection, QWidget* parent)
    : QWidget(parent),
      control_(control),
      selection_(selection),
      empty_(new QLabel(this)),
      content_(new QWidget(this)),
      caption_(new ElidedLabel(content_)),
      picture_(new CellPicture(content_)),
      desk_(new DrawingDesk(control, *picture_, content_)),
      field_(new FieldView(control.bridge(), content_)),
      answer_(new AnswerView(record, content_)),
      mistakes_(new MistakeView(control, record, content_)),
      input_(new QComboBox(content_)),
      output_(new QComboBox(content_)) {
  setObjectName(QStringLiteral("sightPanel"));
  setAccessibleName(tr("Sight"));
  picture_->setObjectName(QStringLiteral("sightPicture"));
  picture_->setAccessibleName(tr("What the network is shown"));
  picture_->setToolTip(tr("What the network is shown now. A frame marks inputs that have just fired, unless all have"));
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setProperty("class", QStringLiteral("dim"));
  empty_->setMargin(16);
  layOut();
  connectParts();
  fillChoices();
}

QWidget* SightPanel::makeSample() {
  auto* part = new QWidget(content_);
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  caption_->setObjectName(QStringLiteral("sightCaption"));
  caption_->setProperty("class", QStringLiteral("dim"));
  column->addWidget(caption_);
  column->addWidget(picture_, 1);
  return part;
}

void SightPanel::layOut() {
  const auto pair = [](QWidget* left, QWidget* right) {
    auto* both = new QHBoxLayout;
    both->setSpacing(12);
    both->addWidget(left, 1);
    both->addWidget(right, 1);
    return both;
  };
  pairs_ = new QBoxLayout(QBoxLayout::TopToBottom);
  pairs_->setSpacing(10);
  pairs_->addLayout(pair(makeSample(), answer_), 3);
  pairs_->addLayout(pair(field_, mistakes_), 2);
  auto* choices = new QHBoxLayout;
  for (auto* choice : {input_, output_}) {
    choice->setObjectName(choice == input_ ? QStringLiteral("sightInput") : QStringLiteral("sightOutput"));
    choice->setAccessibleName(choice == input_ ? tr("Inputs") : tr("Outputs"));
    choice->setToolTip(choice == input_ ? tr("Which input group is looked at") : tr("Which output group answers"));
    keepKeys(choice);
    choices->addWidget(choice, 1);
  }
  auto* column = new QVBoxLayout(content_);
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(8);
  column->addWidget(desk_);
  column->addLayout(choices);
  column->addLayout(pairs_, 1);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(empty_, 1);
  all->addWidget(content_, 1);
}

void SightPanel::connectParts() {
  refresh_.setSingleShot(true);
  refresh_.setInterval(refreshPeriod);
  connect(&refresh_, &QTimer::timeout, this, &SightPanel::refresh);
  connect(&control_.bridge(), &SessionBridge::frame, this, [this] {
    if (!refresh_.isActive() && isVisible()) refresh_.start();
  });
  connect(&control_, &FeedControl::plansSet, this, &SightPanel::fillChoices);
  connect(input_, &QComboBox::currentIndexChanged, this, &SightPanel::fillOutputs);
  connect(output_, &QComboBox::currentIndexChanged, this, &SightPanel::refresh);
  connect(&selection_, &Selection::changed, this, &SightPanel::showField);
  connect(mistakes_, &MistakeView::othersWanted, this, &SightPanel::refresh);
  connect(&mistakes_->strip(), &MistakeStrip::chosen, desk_, &DrawingDesk::showSample);
  connect(&mistakes_->strip(), &MistakeStrip::refused, this, &SightPanel::refused);
  connect(picture_, &CellPicture::hovered, this, [this](std::optional<QPointF> place) {
    const auto seat = place ? grid_.neuronAt(*place) : std::nullopt;
    pointAt(seat ? std::optional(grid_.neurons[*seat]) : std::nullopt);
  });
  connect(&answer_->bars(), &AnswerBars::hovered, this, [this](std::optional<std::size_t> bar) {
    const auto* const feed = this->feed();
    const bool any = feed != nullptr && output() != nullptr;
    const auto neurons = any ? feed->outputNeurons(output()->group) : std::span<const NeuronId>();
    pointAt(bar && *bar < neurons.size() ? std::optional(neurons[*bar]) : std::nullopt);
  });
}

/// Groups that are switched off are no choice.
void SightPanel::fillChoices() {
  const QSignalBlocker quiet(input_);
  const int before = input_->currentIndex();
  input_->clear();
  inputs_.clear();
  const auto plans = control_.plans();
  for (std::size_t k = 0; k < plans.size(); ++k) {
    for (std::size_t group = 0; group < plans[k].inputs.size(); ++group) {
      if (!plans[k].inputs[group].enabled) continue;
      inputs_.push_back({k, group, group});
      const auto name = QString::fromStdString(plans[k].inputs[group].name);
      input_->addItem(plans.size() > 1 ? QString::fromStdString(plans[k].name) + QLatin1Char('/') + name : name);
    }
  }
  if (before > 0 && before < input_->count()) input_->setCurrentIndex(before);
  input_->setVisible(inputs_.size() > 1);
  fillOutputs();
}

/// Those of the feed whose inputs are looked at.
void SightPanel::fillOutputs() {
  const QSignalBlocker quiet(output_);
  const int before = output_->currentIndex();
  output_->clear();
  outputs_.clear();
  gridOf_.reset();
  const auto plans = control_.plans();
  std::size_t number = 0;
  for (std::size_t k = 0; k < plans.size(); ++k) {
    for (std::size_t group = 0; group < plans[k].outputs.size(); ++group, ++number) {
      if (!plans[k].outputs[group].enabled || !input() || input()->feed != k) continue;
      outputs_.push_back({k, group, number});
      output_->addItem(QString::fromStdString(plans[k].outputs[group].name));
    }
  }
  if (before > 0 && before < output_->count()) output_->setCurrentIndex(before);
  output_->setVisible(outputs_.size() > 1);
  if (isVisible() && !refresh_.isActive()) refresh_.start();
}

const SightPanel::Group* SightPanel::input() const {
  const int chosen = input_->currentIndex();
  return chosen >= 0 ? &inputs_[static_cast<std::size_t>(chosen)] : nullptr;
}

const SightPanel::Group* SightPanel::output() const {
  const int chosen = output_->currentIndex();
  return chosen >= 0 ? &outputs_[static_cast<std::size_t>(chosen)] : nullptr;
}

/// The chosen one, as the newest snapshot has it; null where nothing can be shown.
const Feed* SightPanel::feed() const {
  const auto* const feeding = control_.feeding();
  if (feeding == nullptr || feeding->problem() || input() == nullptr) return nullptr;
  const auto feeds = feeding->feeder().feeds();
  if (input()->feed >= feeds.size()) return nullptr;
  const auto& feed = feeds[input()->feed];
  // What was chosen may be gone with feeds that have just been replaced.
  const bool there = input()->group < feed.plan().inputs.size() && feed.plan().inputs[input()->group].enabled;
  return there && (output() == nullptr || output()->group < feed.plan().outputs.size()) ? &feed : nullptr;
}

void SightPanel::refresh() {
  if (!isVisible() || !control_.bridge().snapshot()) return;
  const auto* const feed = this->feed();
  empty_->setVisible(feed == nullptr);
  content_->setVisible(feed != nullptr);
  if (feed == nullptr) {
    const auto* const feeding = control_.feeding();
    empty_->setText(
        feeding != nullptr && feeding->problem()
            ? QString::fromStdString(feeding->problem()->text())
            : tr("What the network is shown, and what it answers, shows here once it is fed: choose data in Training."));
    field_->follow({}, grid_ = {});
    return desk_->setGround(0, nullptr, grid_);
  }
  fitGrid(*feed);
  if (tooSoon(*feed)) return;
  showSample(*feed);
  showFired(*feed);
  answer_->setVisible(output() != nullptr);
  mistakes_->setVisible(output() != nullptr && !feed->data().info().classes.empty());
  if (output() != nullptr) {
    answer_->showAnswer(*feed, output()->group, output()->number, control_.feeding()->feeder().on());
    mistakes_->showMistakes(*feed, output()->group, output()->number, grid_);
  }
  showField();
}

/// Whether a sample is in view that nobody has had time to see.
bool SightPanel::tooSoon(const Feed& feed) {
  const auto begun = samplesBegun(feed);
  const bool other = begun != begun_;
  const bool rushing = control_.bridge().snapshot()->running && !feed.held() && feed.given().empty();
  if (other && rushing && inView_.isValid() && inView_.elapsed() < glance) return true;
  if (other || !inView_.isValid()) inView_.start();
  begun_ = begun;
  return false;
}

void SightPanel::fitGrid(const Feed& feed) {
  const auto revision = control_.bridge().snapshot()->editRevision;
  if (gridOf_ == revision) return;
  gridOf_ = revision;
  grid_ = gridOf(feed, input()->group);
  rowsOf_.reset();
  inView_.invalidate();
  picture_->setCells(QSize(static_cast<int>(grid_.width), static_cast<int>(grid_.height)));
  desk_->setGround(static_cast<std::uint32_t>(input()->feed), feed.sharedData(), grid_);
}

void SightPanel::showSample(const Feed& feed) {
  const auto& showing = feed.showing();
  if (!showing) {
    caption_->setText(tr("Nothing has been shown yet"));
    picture_->setImage({});
    return;
  }
  if (!desk_->drawing()) picture_->setImage(imageOf(grid_, feed.data().info(), showing->inputs));
  caption_->setText(!feed.given().empty() ? tr("Drawn by hand")
                    : feed.held()         ? tr("Sample %L1, held").arg(showing->sample)
                                          : tr("Sample %L1, %2").arg(showing->sample).arg(partText(showing->part)));
}

/// Since the last look, but not before the sample began.
void SightPanel::showFired(const Feed& feed) {
  const Snapshot& now = *control_.bridge().snapshot();
  if (rowsOf_ != now.graph.ids) {
    rowsOf_ = now.graph.ids;
    rows_.clear();
    for (const auto neuron : grid_.neurons) rows_.push_back(now.graph.row(neuron));
  }
  const Tick shown = feed.showing() ? feed.showing()->ticks : 0;
  const Tick from = std::min(std::max(lookedAt_, now.tick - shown), now.tick - 1);
  std::vector<QRectF> fired;
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    if (rows_[k] && now.appearance.lastFired[*rows_[k]] != never && now.appearance.lastFired[*rows_[k]] >= from)
      fired.push_back(grid_.seats[k]);
  }
  // Marks tell some from others.
  const bool all = fired.size() > 1 && fired.size() == rows_.size();
  if (all) fired.clear();
  picture_->setMarks(std::move(fired));
  lookedAt_ = now.tick;
}

/// Of the neuron that is pointed at, here or elsewhere, else of the first that is selected.
void SightPanel::showField() {
  if (!isVisible() || feed() == nullptr) return;
  auto neuron = pointed_ ? pointed_ : hovered_;
  if (!neuron && !selection_.neurons().empty()) neuron = selection_.neurons().front();
  field_->follow(neuron, grid_);
  const auto seat = hovered_ ? std::ranges::find(grid_.neurons, *hovered_) : grid_.neurons.end();
  picture_->setPointed(seat != grid_.neurons.end()
                           ? std::optional(grid_.seats[static_cast<std::size_t>(seat - grid_.neurons.begin())])
                           : std::nullopt);
}

void SightPanel::setHovered(std::optional<NeuronId> neuron) {
  hovered_ = neuron;
  showField();
}

void SightPanel::pointAt(std::optional<NeuronId> neuron) {
  if (neuron == pointed_) return;
  pointed_ = neuron;
  emit neuronsHovered(neuron ? std::vector{*neuron} : std::vector<NeuronId>());
  showField();
}

void SightPanel::setDark(bool dark) {
  picture_->setDark(dark);
  field_->setDark(dark);
  answer_->bars().setDark(dark);
  showField();
}

void SightPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

/// Links are not watched for nobody.
void SightPanel::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  if (control_.bridge().snapshot()) field_->follow({}, grid_);
}

void SightPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  pairs_->setDirection(width() > wide * height() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

}  // namespace plexarium::ui
