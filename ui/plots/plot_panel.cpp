#include "ui/plots/plot_panel.h"

#include <QBuffer>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QImage>
#include <QMenu>
#include <QSettings>
#include <QSvgGenerator>
#include <QToolButton>
#include <QVBoxLayout>
#include <cassert>

#include "core/io/document.h"
#include "ui/inspector/field_editor.h"
#include "ui/plots/elided_label.h"
#include "ui/window/still_box.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int pictureScale = 2;

}  // namespace

PlotPanel::PlotPanel(SessionBridge& bridge, const QString& objectName, int period, QWidget* parent)
    : QWidget(parent), bridge_(bridge), row_(new QHBoxLayout), reading_(new ElidedLabel(this)) {
  setObjectName(objectName);
  reading_->setObjectName(objectName + QStringLiteral("Reading"));
  reading_->setProperty("class", QStringLiteral("dim"));
  reading_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row_->setContentsMargins(12, 4, 12, 4);
  row_->setSpacing(8);
  row_->addWidget(new StillBox(reading_), 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(row_);
  pause_ = addButton(objectName + QStringLiteral("Pause"), tr("Hold"), tr("Hold the picture; the network goes on"), true);
  connect(pause_, &QToolButton::toggled, this, &PlotPanel::held);
  connect(this, &PlotPanel::held, this, &PlotPanel::ask);
  timer_.setSingleShot(true);
  timer_.setInterval(period);
  connect(&timer_, &QTimer::timeout, this, [this] {
    if (!isVisible() || visibleRegion().isEmpty()) return;
    stale_ = false;
    redraw();
  });
}

void PlotPanel::finish(QWidget* view) {
  makeExport();
  view_ = view;
  static_cast<QVBoxLayout*>(layout())->addWidget(view, 1);
  connect(&bridge_, &SessionBridge::opened, this, [this] {
    setPaused(false);
    begin();
  });
  setDark(true);
  if (bridge_.snapshot()) begin();
}

bool PlotPanel::paused() const { return pause_->isChecked(); }

void PlotPanel::setPaused(bool paused) { pause_->setChecked(paused); }

bool PlotPanel::isPlotKey(int key) {
  switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
    case Qt::Key_Home:
      return true;
    default:
      return false;
  }
}

void PlotPanel::ask() {
  stale_ = true;
  if (!timer_.isActive() && isVisible()) timer_.start();
}

void PlotPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (stale_) ask();
}

void PlotPanel::setDark(bool dark) {
  dark_ = dark;
  applyTheme(WindowTheme::of(dark));
  ask();
}

void PlotPanel::setReading(const QString& text) {
  reading_->setText(text);
  reading_->setToolTip(text);  // the whole of it, where the dock is narrow
}

void PlotPanel::addControl(QWidget* control) { row_->insertWidget(row_->count() - 1, control); }

QComboBox* PlotPanel::addChoice(const QString& objectName, const QString& name, const QString& toolTip) {
  auto* box = new QComboBox(this);
  box->setObjectName(objectName);
  box->setAccessibleName(name);
  box->setToolTip(toolTip);
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  keepKeys(box);
  addControl(box);
  return box;
}

QToolButton* PlotPanel::addButton(const QString& objectName, const QString& text, const QString& toolTip, bool checkable) {
  auto* button = new QToolButton(this);
  button->setObjectName(objectName);
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(toolTip);
  button->setCheckable(checkable);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  keepKeys(button);
  addControl(button);
  return button;
}

void PlotPanel::makeExport() {
  auto* button =
      addButton(objectName() + QStringLiteral("Export"), tr("Export…"), tr("Save what is shown as a file"), false);
  row_->removeWidget(button);
  row_->addWidget(button);
  auto* menu = new QMenu(button);
  const auto add = [&](const QString& text, const char* suffix, const QString& filter) {
    menu->addAction(text, this, [=, this] { chooseFile(QString::fromLatin1(suffix), filter); });
  };
  add(tr("Picture (PNG)…"), "png", tr("Pictures (*.png)"));
  add(tr("Drawing (SVG)…"), "svg", tr("Drawings (*.svg)"));
  add(tr("Table (CSV)…"), "csv", tr("Tables (*.csv)"));
  button->setMenu(menu);
  button->setPopupMode(QToolButton::InstantPopup);
  button->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
}

void PlotPanel::chooseFile(const QString& suffix, const QString& filter) {
  auto* dialog = new QFileDialog(this, tr("Export"), QSettings().value(QStringLiteral("folder")).toString(), filter);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(suffix);
  dialog->selectFile(objectName() + QLatin1Char('.') + suffix);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    QSettings().setValue(QStringLiteral("folder"), QFileInfo(file).absolutePath());
    if (const auto done = exportTo(file); !done) emit refused(QString::fromStdString(done.error().text()));
  });
  dialog->open();
}

Result<void> PlotPanel::exportTo(const QString& file) {
  const QString suffix = QFileInfo(file).suffix().toLower();
  const std::filesystem::path path = file.toStdString();
  if (suffix == QLatin1String("png")) return saveAtomically(path, pictureBytes());
  if (suffix == QLatin1String("svg")) return saveAtomically(path, drawingText());
  if (suffix == QLatin1String("csv")) return saveAtomically(path, table());
  return failure("plots are not written as '" + suffix.toStdString() + "'", file.toStdString(),
                 "Let the name end in .png, .svg or .csv");
}

std::string PlotPanel::pictureBytes() {
  const QSize size = view_->size();
  QImage image(size * pictureScale, QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(pictureScale);
  image.fill(WindowTheme::of(dark_).window);
  paintOn(image, size);
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return buffer.data().toStdString();
}

std::string PlotPanel::drawingText() {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator drawing;
  drawing.setOutputDevice(&buffer);
  drawing.setSize(view_->size());
  drawing.setViewBox(QRect(QPoint(), view_->size()));
  drawing.setTitle(accessibleName());
  drawing.setResolution(logicalDpiX());
  paintOn(drawing, view_->size());
  return buffer.data().toStdString();
}

}  // namespace plexarium::ui
