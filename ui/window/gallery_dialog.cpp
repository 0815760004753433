#include "ui/window/gallery_dialog.h"

#include <QDialogButtonBox>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/inspector/field_editor.h"
#include "ui/window/gallery.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr QSize pictureSize(200, 130);
constexpr int fileRole = Qt::UserRole;
constexpr int descriptionRole = Qt::UserRole + 1;

}  // namespace

GalleryDialog::GalleryDialog(const Registry& registry, bool dark, QWidget* parent)
    : QDialog(parent), list_(new QListWidget(this)), name_(new QLabel(this)), description_(new QLabel(this)) {
  setObjectName(QStringLiteral("gallery"));
  setWindowTitle(tr("Gallery"));
  resize(940, 660);
  worker_.setMaxThreadCount(1);
  list_->setObjectName(QStringLiteral("galleryList"));
  list_->setAccessibleName(tr("Models"));
  list_->setViewMode(QListView::IconMode);
  list_->setIconSize(pictureSize);
  list_->setGridSize(pictureSize + QSize(22, 44));
  list_->setMovement(QListView::Static);
  list_->setResizeMode(QListView::Adjust);
  list_->setUniformItemSizes(true);
  list_->setFrameShape(QFrame::NoFrame);
  keepKeys(list_);
  name_->setProperty("class", QStringLiteral("heading"));
  description_->setObjectName(QStringLiteral("galleryDescription"));
  description_->setWordWrap(true);
  description_->setAlignment(Qt::AlignTop);
  description_->setMinimumHeight(3 * description_->fontMetrics().lineSpacing());
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* open = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
  open->setObjectName(QStringLiteral("openFromGallery"));
  open->setDefault(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 16, 16, 14);
  layout->setSpacing(8);
  layout->addWidget(list_, 1);
  layout->addWidget(name_);
  layout->addWidget(description_);
  layout->addWidget(buttons);
  connect(list_, &QListWidget::currentItemChanged, this, &GalleryDialog::showEntry);
  connect(list_, &QListWidget::itemDoubleClicked, this, &GalleryDialog::choose);
  connect(buttons, &QDialogButtonBox::accepted, this, [this] { choose(list_->currentItem()); });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  addEntries(registry, dark);
  list_->setCurrentRow(0);
  list_->setFocus();
}

GalleryDialog::~GalleryDialog() {
  closing_ = true;
  worker_.clear();
  worker_.waitForDone();
}

void GalleryDialog::addEntries(const Registry& registry, bool dark) {
  QPixmap empty(pictureSize * devicePixelRatio());
  empty.setDevicePixelRatio(devicePixelRatio());
  empty.fill(WindowTheme::of(dark).raised);
  const QSize size = empty.size();
  for (const auto& entry : gallery()) {
    auto* item = new QListWidgetItem(QIcon(empty), entry.name, list_);
    item->setData(fileRole, entry.file);
    item->setData(descriptionRole, entry.description);
    item->setData(Qt::AccessibleDescriptionRole, entry.description);
    item->setToolTip(entry.description);
    worker_.start([this, &registry, dark, size, file = entry.file, row = list_->row(item)] {
      if (closing_) return;
      const QImage picture = galleryPicture(registry, file, size, dark);
      QMetaObject::invokeMethod(
          this,
          [this, picture, row] {
            if (!picture.isNull()) list_->item(row)->setIcon(QIcon(QPixmap::fromImage(picture)));
          },
          Qt::QueuedConnection);
    });
  }
}

void GalleryDialog::showEntry(const QListWidgetItem* item) {
  name_->setText(item ? item->text() : QString());
  description_->setText(item ? item->data(descriptionRole).toString() : QString());
}

void GalleryDialog::choose(const QListWidgetItem* item) {
  if (!item) return;
  const QString file = item->data(fileRole).toString();
  accept();
  emit chosen(file);
}

}  // namespace plexarium::ui
