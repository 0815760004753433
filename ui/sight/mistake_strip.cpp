#include "ui/sight/mistake_strip.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <utility>

#include "ui/inspector/field_editor.h"
#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

constexpr int side = 48;     // of a picture
constexpr int least = 500;   // milliseconds between two looks
constexpr int widest = 180;  // of the words

/// Any thread.
Result<QImage> read(const Dataset& data, const SightGrid& grid, std::size_t sample) {
  std::vector<double> inputs(data.info().inputs);
  std::vector<double> targets(data.info().targets.size());
  return data.read(sample, inputs, targets).map([&] { return imageOf(grid, data.info(), inputs); });
}

}  // namespace

MistakeStrip::MistakeStrip(QWidget* parent) : QListWidget(parent) {
  setAccessibleName(tr("Wrong answers"));
  setViewMode(QListView::IconMode);
  setResizeMode(QListView::Adjust);
  setMovement(QListView::Static);
  setIconSize({side, side});
  setUniformItemSizes(true);
  setTextElideMode(Qt::ElideRight);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFrameShape(QFrame::NoFrame);
  keepKeys(this);
  later_.setSingleShot(true);
  later_.setInterval(least);
  connect(&later_, &QTimer::timeout, this, &MistakeStrip::takeUp);
  connect(this, &QListWidget::itemClicked, this, &MistakeStrip::choose);
  connect(this, &QListWidget::itemActivated, this, &MistakeStrip::choose);
}

void MistakeStrip::clearMistakes() {
  if (!data_) return;
  reader_.cancel();
  reading_ = false;
  later_.stop();
  data_.reset();
  wanted_.clear();
  mistakes_.clear();
  pictures_.clear();
  clear();
}

void MistakeStrip::showMistakes(const DatasetPointer& samples, const SightGrid& grid, std::span<const Mistake> mistakes) {
  if (samples != data_) clearMistakes();
  data_ = samples;
  grid_ = grid;
  wanted_.assign(mistakes.rbegin(), mistakes.rend());
  if (!reading_ && !later_.isActive()) takeUp();
}

/// Not while a person is about to choose.
void MistakeStrip::takeUp() {
  if (wanted_ == mistakes_) return;
  if (underMouse() && !mistakes_.empty()) return later_.start();
  mistakes_ = wanted_;
  reading_ = true;
  reader_.start(
      [this, data = data_, grid = grid_, wanted = mistakes_, pictures = pictures_](const LatestJob::Link& link) mutable {
        Pictures listed;
        for (const auto& mistake : wanted) {
          if (!link.wanted()) return;
          const auto before = pictures.constFind(mistake.sample);
          auto picture = before != pictures.cend() ? Result<QImage>(*before) : read(*data, grid, mistake.sample);
          if (!picture) return link.tell([this, error = picture.error()] { refuse(error); });
          listed.insert(mistake.sample, std::move(*picture));
        }
        link.tell([this, listed = std::move(listed)] { list(listed); });
      },
      [this](const Error& error) { refuse(error); });
}

void MistakeStrip::refuse(const Error& error) {
  reading_ = false;
  emit refused(QString::fromStdString(error.text()));
}

QIcon MistakeStrip::iconOf(const QImage& picture) const {
  const double fineness = devicePixelRatioF();
  QPixmap pixmap(iconSize() * fineness);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  drawPicture(painter, picture, pixmap.rect());
  painter.end();
  pixmap.setDevicePixelRatio(fineness);
  QIcon icon(pixmap);
  icon.addPixmap(pixmap, QIcon::Selected);  // not tinted
  return icon;
}

void MistakeStrip::list(const Pictures& pictures) {
  reading_ = false;
  pictures_ = pictures;
  later_.start();
  const int place = verticalScrollBar()->value();
  clear();
  int width = side;
  const auto& classes = data_->info().classes;
  for (const auto& mistake : mistakes_) {
    const auto words =
        tr("is %1, said %2")
            .arg(QString::fromStdString(classes[mistake.wanted]), QString::fromStdString(classes[mistake.said]));
    width = std::max(width, fontMetrics().horizontalAdvance(words));
    auto* item = new QListWidgetItem(iconOf(pictures[mistake.sample]), words, this);
    item->setToolTip(
        tr("Sample %L1: %2. Click to show it to the network again, without its target").arg(mistake.sample).arg(words));
    item->setData(Qt::UserRole, QVariant::fromValue(static_cast<qulonglong>(mistake.sample)));
  }
  setGridSize({std::min(width, widest) + 12, side + fontMetrics().height() + 12});
  verticalScrollBar()->setValue(place);
}

void MistakeStrip::choose(const QListWidgetItem* item) {
  emit chosen(static_cast<std::size_t>(item->data(Qt::UserRole).toULongLong()));
}

}  // namespace plexarium::ui
