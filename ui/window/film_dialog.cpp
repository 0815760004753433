#include "ui/window/film_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <algorithm>

namespace plexarium::ui {
namespace {

constexpr int longest = 300;  // seconds
constexpr int fastest = 25;   // pictures per second; viewers show no more than that faithfully
constexpr int narrowest = 160;
constexpr int widest = 1920;
constexpr int usualWidth = 800;

}  // namespace

FilmDialog::FilmDialog(QSize canvas, QWidget* parent) : QDialog(parent), canvas_(canvas), size_(new QLabel(this)) {
  setObjectName(QStringLiteral("filmDialog"));
  setWindowTitle(tr("Film"));
  const FilmWish usual;
  auto* layout = new QFormLayout(this);
  layout->setContentsMargins(20, 18, 20, 16);
  layout->setSpacing(12);
  const auto add = [&](const char* name, const QString& label, const QString& unit, int least, int most, int value) {
    auto* box = new QSpinBox(this);
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(label);
    box->setRange(least, most);
    box->setValue(std::clamp(value, least, most));
    box->setSuffix(QLatin1Char(' ') + unit);
    layout->addRow(label, box);
    return box;
  };
  seconds_ = add("filmSeconds", tr("Length"), tr("s"), 1, longest, usual.seconds);
  rate_ = add("filmRate", tr("Pictures per second"), {}, 1, fastest, usual.picturesPerSecond);
  width_ = add("filmWidth", tr("Width"), tr("px"), narrowest, widest, usualWidth);
  size_->setProperty("class", QStringLiteral("dim"));
  layout->addRow(QString(), size_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* record = buttons->addButton(tr("Record…"), QDialogButtonBox::AcceptRole);
  record->setObjectName(QStringLiteral("recordFilm"));
  record->setDefault(true);
  layout->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  for (auto* box : {seconds_, rate_, width_}) connect(box, &QSpinBox::valueChanged, this, &FilmDialog::showSize);
  showSize();
}

FilmWish FilmDialog::wish() const {
  const int height = std::max(1, width_->value() * canvas_.height() / std::max(1, canvas_.width()));
  return {seconds_->value(), rate_->value(), {width_->value(), height}};
}

void FilmDialog::showSize() {
  const FilmWish now = wish();
  size_->setText(tr("%1 pictures of %2 × %3 pixels")
                     .arg(now.seconds * now.picturesPerSecond)
                     .arg(now.size.width())
                     .arg(now.size.height()));
}

}  // namespace plexarium::ui
