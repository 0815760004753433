#include "ui/training/dataset_fed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

constexpr int side = 56;
constexpr std::size_t valuesShown = 8;

/// Of `side` logical pixels on a screen of this fineness.
QPixmap pixmapOf(const Fed& fed, qreal fineness) {
  const int pixels = static_cast<int>(side * fineness);
  QPixmap pixmap(pixels, pixels);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  drawPicture(painter, pictureOf(fed.data->info(), fed.inputs, pixels), pixmap.rect());
  painter.end();
  pixmap.setDevicePixelRatio(fineness);
  return pixmap;
}

}  // namespace

FedView::FedView(QWidget* parent)
    : QWidget(parent), picture_(new QLabel(this)), title_(new QLabel(this)), values_(new QLabel(this)) {
  picture_->setObjectName(QStringLiteral("fedPicture"));
  picture_->setFixedSize(side, side);
  title_->setObjectName(QStringLiteral("fedTitle"));
  title_->setTextFormat(Qt::PlainText);
  title_->setWordWrap(true);
  values_->setObjectName(QStringLiteral("fedValues"));
  values_->setTextFormat(Qt::PlainText);
  values_->setWordWrap(true);
  values_->setProperty("class", QStringLiteral("dim"));
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  words->addWidget(title_);
  words->addWidget(values_);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->setSpacing(10);
  layout->addWidget(picture_, 0, Qt::AlignTop);
  layout->addLayout(words, 1);
  hide();
}

void FedView::showFed(const Fed& fed) {
  setVisible(fed.data != nullptr);
  if (!fed.data || !isVisible()) return;
  const DatasetInfo& info = fed.data->info();
  const bool isPicture = info.picture.width > 0;
  picture_->setVisible(isPicture);
  values_->setVisible(!isPicture);
  if (isPicture)
    picture_->setPixmap(pixmapOf(fed, devicePixelRatioF()));
  else
    values_->setText(inputText(info, fed.inputs, valuesShown));
  title_->setText(tr("Shown now: sample %1 (%2) of %3\n%4")
                      .arg(countText(fed.sample + 1), partText(fed.part), QString::fromStdString(info.name),
                           targetText(info, fed.label, fed.targets)));
}

}  // namespace plexarium::ui
