#include "ui/window/window_theme.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QStyle>
#include <QStyleFactory>
#include <QSvgRenderer>

namespace plexarium::ui {
namespace {

const WindowTheme darkColours{QColor(0x151b25), QColor(0x0d121a), QColor(0x202835), QColor(0x2b3544),
                              QColor(0xdde4ee), QColor(0x8e9bad), QColor(0x5ab9e8), QColor(0xffab2e)};
const WindowTheme lightColours{QColor(0xf5f3ef), QColor(0xfffefc), QColor(0xebe8e2), QColor(0xd8d4cc),
                               QColor(0x1a2230), QColor(0x626b79), QColor(0x0a72b0), QColor(0xb06a00)};

QPalette paletteOf(const WindowTheme& theme) {
  QPalette palette;
  palette.setColor(QPalette::Window, theme.window);
  palette.setColor(QPalette::WindowText, theme.text);
  palette.setColor(QPalette::Base, theme.base);
  palette.setColor(QPalette::AlternateBase, theme.window);
  palette.setColor(QPalette::Text, theme.text);
  palette.setColor(QPalette::PlaceholderText, theme.dim);
  palette.setColor(QPalette::Button, theme.raised);
  palette.setColor(QPalette::ButtonText, theme.text);
  palette.setColor(QPalette::BrightText, theme.warning);
  palette.setColor(QPalette::ToolTipBase, theme.raised);
  palette.setColor(QPalette::ToolTipText, theme.text);
  palette.setColor(QPalette::Highlight, theme.accent);
  palette.setColor(QPalette::HighlightedText, theme.base);
  palette.setColor(QPalette::Link, theme.accent);
  palette.setColor(QPalette::Light, theme.border);
  palette.setColor(QPalette::Midlight, theme.raised);
  palette.setColor(QPalette::Mid, theme.border);
  palette.setColor(QPalette::Dark, theme.border);
  palette.setColor(QPalette::Shadow, theme.base);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, theme.dim);
  }
  return palette;
}

/// Only what a palette cannot say: room around things, quiet borders, round corners.
constexpr auto sheet = R"(
QToolBar { border: none; border-bottom: 1px solid %border; padding: 5px 8px; spacing: 3px; }
QToolBar::separator { width: 1px; background: %border; margin: 5px 7px; }
QToolBar QToolButton, #arenaPanel QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolBar QToolButton:hover, #arenaPanel QToolButton:hover { background: %raised; }
QToolBar QToolButton:pressed, #arenaPanel QToolButton:pressed { background: %raised; border-color: %border; }
QToolBar QToolButton:checked, #arenaPanel QToolButton:checked { background: %raised; border-color: %accent; }
QToolBar QToolButton:focus, #arenaPanel QToolButton:focus { border-color: %accent; }
#datasetPanel QToolButton, #sightPanel QToolButton, #sweepSelected { border: 1px solid %border; border-radius: 6px; padding: 3px 8px; background: %raised; }
#datasetPanel QToolButton:checked, #sightPanel QToolButton:checked { border-color: %accent; color: %accent; }
#datasetPanel QToolButton:hover, #datasetPanel QToolButton:focus, #sightPanel QToolButton:hover, #sightPanel QToolButton:focus, #sweepSelected:hover, #sweepSelected:focus { border-color: %accent; }
#datasetPanel QToolButton:disabled, #sightPanel QToolButton:disabled { color: %dim; background: %window; }
QMenuBar { padding: 3px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: %raised; }
QMenu { padding: 5px; border: 1px solid %border; }
QMenu::item { padding: 5px 26px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: %accent; color: %base; }
QMenu::separator { height: 1px; background: %border; margin: 5px 8px; }
QStatusBar { border-top: 1px solid %border; padding: 2px 6px; }
QStatusBar::item { border: none; }
QDockWidget { font-weight: 600; titlebar-close-icon: url(:/icons/dock_close_%mood.svg); titlebar-normal-icon: url(:/icons/dock_float_%mood.svg); }
QDockWidget::close-button, QDockWidget::float-button { border: none; padding: 0; icon-size: 12px; }
QDockWidget::close-button { subcontrol-position: top right; subcontrol-origin: margin; right: 10px; top: 9px; width: 14px; height: 14px; }
QDockWidget::float-button { subcontrol-position: top right; subcontrol-origin: margin; right: 30px; top: 9px; width: 14px; height: 14px; }
QDockWidget::title { background: %window; padding: 8px 12px 6px 12px; }
QMainWindow::separator { background: %border; width: 1px; height: 1px; }
QToolTip { padding: 5px 7px; border: 1px solid %border; background: %raised; color: %text; }
QLineEdit, QAbstractSpinBox, QComboBox { border: 1px solid %border; border-radius: 5px; padding: 3px 7px; min-height: 19px; background: %base; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: %accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled { color: %dim; background: %window; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px; }
QAbstractSpinBox::up-arrow { image: url(:/icons/chevron_up_%mood.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/chevron_down_%mood.svg); width: 10px; height: 10px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/icons/chevron_down_%mood.svg); width: 12px; height: 12px; }
QPushButton { border: 1px solid %border; border-radius: 6px; padding: 5px 14px; background: %raised; }
QPushButton:hover, QPushButton:focus { border-color: %accent; }
QPushButton:default { background: %accent; color: %base; border-color: %accent; }
QScrollArea { border: none; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar::handle:vertical { background: %border; border-radius: 3px; min-height: 30px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; height: 0; }
#notice { background: %raised; border: 1px solid %border; border-left: 4px solid %accent; border-radius: 8px; }
#notice[urgent="true"] { border-left-color: %warning; }
#fold { border: none; border-radius: 5px; padding: 3px 6px 3px 0; color: %dim; font-weight: 600; background: transparent; }
#fold:hover, #fold:focus { color: %text; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid %dim; border-radius: 4px; background: %base; }
QCheckBox::indicator:checked { border-color: %accent; background: %accent; image: url(:/icons/check_%mood.svg); }
QCheckBox::indicator:indeterminate { border-color: %accent; background: %base; image: url(:/icons/partly_%mood.svg); }
QCheckBox::indicator:disabled { border-color: %border; }
QCheckBox:focus { color: %accent; }
QCheckBox::indicator:focus { border-color: %accent; }
QAbstractItemView::indicator { width: 13px; height: 13px; border: 1px solid %dim; border-radius: 4px; background: %base; }
QAbstractItemView::indicator:checked { border-color: %accent; background: %accent; image: url(:/icons/check_%mood.svg); }
QAbstractItemView::indicator:disabled { border-color: %border; }
QHeaderView::section { border: none; border-bottom: 1px solid %border; padding: 3px 6px; background: %window; color: %dim; }
QTableCornerButton::section { border: none; background: %window; }
#inspectorTitle { font-size: 12pt; font-weight: 600; }
.problem { background: %raised; border-left: 4px solid %warning; border-radius: 4px; padding: 6px 8px; }
.dim { color: %dim; }
.heading { color: %dim; font-weight: 600; }
)";

QString styleSheetOf(const WindowTheme& theme, bool dark) {
  QString text = QString::fromLatin1(sheet);
  text.replace(QLatin1String("%mood"), dark ? QStringLiteral("dark") : QStringLiteral("light"));
  const std::initializer_list<std::pair<QLatin1String, QColor>> colours{
      {QLatin1String("%window"), theme.window}, {QLatin1String("%base"), theme.base},
      {QLatin1String("%raised"), theme.raised}, {QLatin1String("%border"), theme.border},
      {QLatin1String("%text"), theme.text},     {QLatin1String("%dim"), theme.dim},
      {QLatin1String("%accent"), theme.accent}, {QLatin1String("%warning"), theme.warning}};
  for (const auto& [name, colour] : colours) text.replace(name, colour.name());
  return text;
}

QPixmap drawn(const QByteArray& svg, const QColor& colour, int size) {
  QByteArray tinted = svg;
  tinted.replace("#000", colour.name().toLatin1());
  QSvgRenderer renderer(tinted);
  QPixmap pixmap(size, size);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  renderer.render(&painter);
  return pixmap;
}

}  // namespace

const WindowTheme& WindowTheme::of(bool dark) { return dark ? darkColours : lightColours; }

void applyWindowTheme(QApplication& application, bool dark) {
  if (!application.style() || application.style()->name() != QLatin1String("fusion")) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  }
  const WindowTheme& theme = WindowTheme::of(dark);
  QApplication::setPalette(paletteOf(theme));
  application.setStyleSheet(styleSheetOf(theme, dark));
}

QIcon themedIcon(const QString& name, bool dark) {
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QByteArray svg = file.readAll();
  const WindowTheme& theme = WindowTheme::of(dark);
  QIcon icon;
  for (const int size : {20, 40}) {
    icon.addPixmap(drawn(svg, theme.text, size), QIcon::Normal);
    icon.addPixmap(drawn(svg, theme.accent, size), QIcon::Normal, QIcon::On);
    QColor faint = theme.dim;
    faint.setAlpha(110);
    icon.addPixmap(drawn(svg, faint, size), QIcon::Disabled);
  }
  return icon;
}

}  // namespace plexarium::ui
