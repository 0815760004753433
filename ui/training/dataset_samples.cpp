#include "ui/training/dataset_samples.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QSpinBox>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "ui/inspector/field_editor.h"
#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

constexpr std::size_t rowsPerPage = 100;
constexpr std::size_t mostValues = 1'000'000;  // Of a page of a table.

/// What to read, and how.
struct Page {
  DatasetPointer data;
  std::vector<std::size_t> samples;
  bool pictures = false;
};

Result<SampleValues> readSample(const Dataset& data, std::size_t sample) {
  SampleValues values{sample, data.info().classes.empty() ? 0 : data.label(sample), std::vector<double>(data.info().inputs),
                      std::vector<double>(data.info().targets.size())};
  if (auto done = data.read(sample, values.inputs, values.targets); !done) return tl::unexpected(done.error());
  return values;
}

}  // namespace

SampleView::SampleView(QWidget* parent)
    : QWidget(parent), grid_(new PictureGrid(this)), table_(new QTableView(this)), model_(new SampleTable(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 8, 0, 0);
  layout->setSpacing(6);
  makePager();
  table_->setObjectName(QStringLiteral("datasetTable"));
  table_->setAccessibleName(tr("Samples as a table"));
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::NoSelection);
  table_->horizontalHeader()->setDefaultSectionSize(84);
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  grid_->setObjectName(QStringLiteral("datasetGrid"));
  keepKeys(table_, KeptKeys::Navigation);
  keepKeys(grid_, KeptKeys::Navigation);
  stack_ = new QStackedLayout;
  stack_->addWidget(grid_);
  stack_->addWidget(table_);
  layout->addLayout(stack_, 1);
  connect(grid_, &PictureGrid::capacityChanged, this, [this] {
    if (data_ && pictures()) turnTo(first_);
  });
}

void SampleView::makePager() {
  part_ = new QComboBox(this);
  part_->setObjectName(QStringLiteral("datasetPart"));
  part_->setAccessibleName(tr("Which samples are shown"));
  part_->addItems({tr("All samples"), tr("Training"), tr("Validation"), tr("Test")});
  back_ = addTurner(Qt::LeftArrow, QStringLiteral("datasetBack"), tr("Page back"));
  forward_ = addTurner(Qt::RightArrow, QStringLiteral("datasetForward"), tr("Next page"));
  page_ = new QSpinBox(this);
  page_->setObjectName(QStringLiteral("datasetPage"));
  page_->setAccessibleName(tr("Page"));
  page_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  page_->setAlignment(Qt::AlignRight);
  page_->setKeyboardTracking(false);
  page_->setMinimum(1);
  keepKeys(page_);
  pages_ = new QLabel(this);
  pages_->setObjectName(QStringLiteral("datasetPages"));
  pages_->setProperty("class", QStringLiteral("dim"));
  auto* row = new QHBoxLayout;
  row->setSpacing(4);
  row->addWidget(part_);
  row->addStretch();
  for (QWidget* widget : std::initializer_list<QWidget*>{back_, page_, pages_, forward_}) row->addWidget(widget);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  connect(part_, &QComboBox::currentIndexChanged, this, [this] {
    if (data_) turnTo(0);
  });
  connect(page_, &QSpinBox::valueChanged, this,
          [this](int page) { turnTo(static_cast<std::size_t>(page - 1) * perPage()); });
  connect(back_, &QToolButton::clicked, page_, &QSpinBox::stepDown);
  connect(forward_, &QToolButton::clicked, page_, &QSpinBox::stepUp);
}

QToolButton* SampleView::addTurner(Qt::ArrowType arrow, const QString& name, const QString& toolTip) {
  auto* button = new QToolButton(this);
  button->setObjectName(name);
  button->setArrowType(arrow);
  button->setAutoRaise(true);
  button->setAutoRepeat(true);
  button->setToolTip(toolTip);
  button->setAccessibleName(toolTip);
  keepKeys(button);
  return button;
}

void SampleView::setData(DatasetPointer dataset, const SplitPlan& plan) {
  data_ = std::move(dataset);
  stack_->setCurrentIndex(pictures() ? 0 : 1);
  split_.emplace(plan, data_->info().samples);
  turnTo(0);
}

void SampleView::setSplit(const SplitPlan& plan) {
  split_.emplace(plan, data_->info().samples);
  if (part_->currentIndex() > 0) turnTo(first_);
}

void SampleView::setMarked(std::optional<std::size_t> sample) {
  grid_->setMarked(sample);
  model_->setMarked(sample);
}

std::size_t SampleView::count() const {
  const int chosen = part_->currentIndex();
  return chosen == 0 ? data_->info().samples : split_->size(static_cast<Part>(chosen - 1));
}

std::size_t SampleView::perPage() const {
  if (pictures()) return static_cast<std::size_t>(grid_->capacity());
  return std::clamp(mostValues / std::max<std::size_t>(data_->info().inputs, 1), std::size_t{1}, rowsPerPage);
}

std::vector<std::size_t> SampleView::pageSamples() const {
  std::vector<std::size_t> samples;
  const int chosen = part_->currentIndex();
  for (auto index = first_; index < std::min(count(), first_ + perPage()); ++index) {
    samples.push_back(chosen == 0 ? index : split_->sample(static_cast<Part>(chosen - 1), index));
  }
  return samples;
}

void SampleView::turnTo(std::size_t first) {
  const auto last = count() == 0 ? 0 : count() - 1;
  first_ = std::min(first, last) / perPage() * perPage();
  showPlace();
  stale_ = true;
  if (isVisible()) read();
}

void SampleView::showPlace() {
  const auto pageCount = std::max<std::size_t>(1, (count() + perPage() - 1) / perPage());
  const int pages = static_cast<int>(std::min<std::size_t>(pageCount, std::numeric_limits<int>::max()));
  const int page = static_cast<int>(first_ / perPage()) + 1;
  const QSignalBlocker quiet(page_);
  page_->setMaximum(pages);
  page_->setValue(page);
  pages_->setText(tr("of %1").arg(countText(static_cast<std::size_t>(pages))));
  back_->setEnabled(page > 1);
  forward_->setEnabled(page < pages);
}

void SampleView::read() {
  stale_ = false;
  grid_->clear();
  model_->begin(pictures() ? nullptr : data_);
  const auto work = [this, page = Page{data_, pageSamples(), pictures()}](const LatestJob::Link& link) {
    for (const auto sample : page.samples) {
      if (!link.wanted()) return;
      auto values = readSample(*page.data, sample);
      if (!values) return link.tell([this, error = values.error()] { emit failed(error); });
      QImage picture;
      if (page.pictures) {
        picture = pictureOf(page.data->info(), values->inputs, PictureGrid::largestSide);
        values->inputs = {};  // They may be many.
      }
      link.tell([this, picture, values = std::move(*values)] { take(values, picture); });
    }
  };
  reading_.start(work, [this](const Error& error) { emit failed(error); });
}

void SampleView::take(SampleValues values, const QImage& picture) {
  if (picture.isNull()) return model_->add(std::move(values));
  const QString wanted = targetText(data_->info(), values.label, values.targets);
  grid_->add({values.sample, wanted, tr("Sample %1: %2").arg(countText(values.sample + 1), wanted), picture});
}

void SampleView::showEvent(QShowEvent*) {
  if (stale_) read();
}

void SampleView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_PageUp:
      return page_->stepDown();
    case Qt::Key_PageDown:
      return page_->stepUp();
    case Qt::Key_Home:
      return page_->setValue(1);
    case Qt::Key_End:
      return page_->setValue(page_->maximum());
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace plexarium::ui
