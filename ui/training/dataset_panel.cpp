#include "ui/training/dataset_panel.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/inspector/field_editor.h"
#include "ui/training/dataset_csv_form.h"
#include "ui/training/dataset_fed.h"
#include "ui/training/dataset_picture.h"
#include "ui/training/dataset_samples.h"
#include "ui/training/dataset_source_form.h"
#include "ui/training/dataset_split.h"

namespace plexarium::ui {
namespace {

constexpr int progressSteps = 200;

/// The one file or folder of this computer that is dragged; empty: something else.
QString draggedPlace(const QMimeData& data) {
  const auto urls = data.urls();
  return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}

}  // namespace

std::filesystem::path datasetFolder() {
  return std::filesystem::path(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString()) / "data";
}

DatasetPanel::DatasetPanel(std::filesystem::path folder, QWidget* parent)
    : QWidget(parent),
      form_(new SourceForm(std::move(folder), this)),
      problem_(new QLabel(this)),
      summary_(new QLabel(this)),
      feed_(new QPushButton(tr("Feed it to the network"), this)),
      tabs_(new QTabWidget(this)),
      fedView_(new FedView(this)) {
  setObjectName(QStringLiteral("datasetPanel"));
  setAcceptDrops(true);
  problem_->setObjectName(QStringLiteral("datasetProblem"));
  problem_->setProperty("class", QStringLiteral("problem"));
  problem_->setTextFormat(Qt::PlainText);
  problem_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  problem_->setWordWrap(true);
  problem_->hide();
  summary_->setObjectName(QStringLiteral("datasetSummary"));
  summary_->setTextFormat(Qt::PlainText);
  summary_->setWordWrap(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 10, 12, 10);
  layout->setSpacing(10);
  layout->addWidget(form_);
  layout->addWidget(makeProgress());
  layout->addWidget(problem_);
  layout->addWidget(summary_);
  layout->addWidget(feed_, 0, Qt::AlignLeft);
  layout->addWidget(tabs_, 1);
  layout->addWidget(fedView_);
  feed_->setObjectName(QStringLiteral("feedData"));
  feed_->setToolTip(tr("Show these samples to the network from now on, divided as here; Training then starts and stops it"));
  feed_->setEnabled(false);
  connect(feed_, &QPushButton::clicked, this, [this] { emit feedWanted(source_, split_); });
  makeTabs();
  connect(form_, &SourceForm::chosen, this, &DatasetPanel::takeChoice);
}

QWidget* DatasetPanel::makeProgress() {
  progressRow_ = new QWidget(this);
  progress_ = new QProgressBar(progressRow_);
  progress_->setObjectName(QStringLiteral("datasetProgress"));
  progress_->setRange(0, progressSteps);
  progress_->setTextVisible(false);
  auto* cancel = new QPushButton(tr("Cancel"), progressRow_);
  cancel->setObjectName(QStringLiteral("datasetCancel"));
  auto* row = new QHBoxLayout(progressRow_);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(progress_, 1);
  row->addWidget(cancel);
  progressRow_->hide();
  connect(cancel, &QPushButton::clicked, this, &DatasetPanel::stopOpening);
  return progressRow_;
}

void DatasetPanel::makeTabs() {
  csv_ = new CsvForm(tabs_);
  samples_ = new SampleView(tabs_);
  splitView_ = new SplitView(tabs_);
  tabs_->setObjectName(QStringLiteral("datasetTabs"));
  tabs_->setDocumentMode(true);
  tabs_->addTab(csv_, tr("Columns"));
  tabs_->addTab(samples_, tr("Samples"));
  tabs_->addTab(splitView_, tr("Split and classes"));
  tabs_->setTabVisible(0, false);
  tabs_->setVisible(false);
  connect(csv_, &CsvForm::failed, this, &DatasetPanel::tell);
  connect(csv_, &CsvForm::previewed, this, [this] { problem_->hide(); });
  connect(csv_, &CsvForm::loadWanted, this, [this] {
    DataSource source;
    source.place = csv_->place();
    source.csv = csv_->choice();
    start(source);
  });
  connect(samples_, &SampleView::failed, this, &DatasetPanel::tell);
  connect(splitView_, &SplitView::edited, this, &DatasetPanel::setSplit);
  connect(splitView_, &SplitView::refused, this, [this](const QString& why) { tell({why.toStdString(), {}, {}}); });
}

QString DatasetPanel::problem() const { return problem_->isHidden() ? QString() : problem_->text(); }

void DatasetPanel::open(const DataSource& source) {
  begun_ = true;
  if (auto shown = form_->setSource(source); !shown) return tell(shown.error());
  const bool table = namesTable(source.place);
  tabs_->setTabVisible(0, table);
  if (table) csv_->setTable(source.place, source.csv);
  start(source);
}

void DatasetPanel::openPlace(const QString& place) { form_->choosePlace(place); }

/// A person chose it in the form.
void DatasetPanel::takeChoice(const DataSource& source) {
  begun_ = true;
  const bool table = namesTable(source.place);
  tabs_->setTabVisible(0, table);
  if (!table) return start(source);
  stopOpening();
  problem_->hide();
  csv_->setTable(source.place, {});
  tabs_->setVisible(true);
  tabs_->setCurrentWidget(csv_);
}

void DatasetPanel::start(const DataSource& source) {
  problem_->hide();
  progress_->setValue(0);
  const auto work = [this, source](const LatestJob::Link& link) {
    int told = 0;
    const auto goesOn = [&](double share) {
      const int step = static_cast<int>(share * progressSteps);
      if (step > told) {
        told = step;
        link.tell([this, step] {
          progressRow_->show();
          progress_->setValue(step);
        });
      }
      return link.wanted();
    };
    link.tell([this, source, opened = openData(source, goesOn)] { finish(source, opened); });
  };
  opening_.start(work, [this, source](const Error& error) { finish(source, tl::unexpected(error)); });
}

void DatasetPanel::stopOpening() {
  opening_.cancel();
  progressRow_->hide();
}

void DatasetPanel::finish(const DataSource& source, const Result<DatasetPointer>& opened) {
  progressRow_->hide();
  if (!opened) return tell(opened.error());
  source_ = source;
  data_ = *opened;
  feed_->setEnabled(true);
  split_.shuffled = !data_->info().ordered;
  tabs_->setVisible(true);
  if (tabs_->currentWidget() == csv_) tabs_->setCurrentWidget(samples_);
  samples_->setData(data_, split_);
  splitView_->setData(data_, split_);
  showSummary();
  showMark();
  emit sourceChosen(source_, data_, split_);
}

void DatasetPanel::setSplit(const SplitPlan& plan) {
  problem_->hide();
  split_ = plan;
  if (!data_) return;
  split_.shuffled = !data_->info().ordered;
  samples_->setSplit(split_);
  splitView_->setData(data_, split_);
  emit sourceChosen(source_, data_, split_);
}

void DatasetPanel::showFed(const Fed& fed) {
  fed_ = fed;
  fedView_->showFed(fed);
  showMark();
}

void DatasetPanel::showMark() {
  if (!data_) return;
  samples_->setMarked(fed_.data == data_ ? std::optional(fed_.sample) : std::nullopt);
}

void DatasetPanel::tell(const Error& error) {
  problem_->setText(QString::fromStdString(error.text()));
  problem_->show();
}

void DatasetPanel::showSummary() {
  const DatasetInfo& info = data_->info();
  const auto counted = [](std::size_t count, const QString& one, const QString& many) {
    return count == 1 ? one : many.arg(countText(count));
  };
  const QString samples = counted(info.samples, tr("1 sample"), tr("%1 samples"));
  QString inputs = counted(info.inputs, tr("1 input"), tr("%1 inputs"));
  if (info.picture.width > 0) {
    inputs = (info.picture.channels < 3 ? tr("grey pictures of %1 x %2") : tr("colour pictures of %1 x %2"))
                 .arg(info.picture.width)
                 .arg(info.picture.height);
  }
  const QString wanted = info.classes.empty() ? counted(info.targets.size(), tr("1 target value"), tr("%1 target values"))
                                              : counted(info.classes.size(), tr("1 class"), tr("%1 classes"));
  summary_->setText(tr("Loaded: %1 – %2, %3, %4").arg(QString::fromStdString(info.name), samples, inputs, wanted));
}

void DatasetPanel::dragEnterEvent(QDragEnterEvent* event) {
  if (!draggedPlace(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void DatasetPanel::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  openPlace(draggedPlace(*event->mimeData()));
}

void DatasetPanel::showEvent(QShowEvent*) {
  fedView_->showFed(fed_);  // Nothing was drawn for nobody.
  if (begun_) return;
  begun_ = true;
  if (const auto first = form_->source()) start(*first);
}

}  // namespace plexarium::ui
