#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QApplication;

namespace plexarium::ui {

/// The window's colours. The canvas has paint of its own for the same two moods.
struct WindowTheme {
  QColor window;  ///< Panels.
  QColor base;    ///< Editors, plots, lists.
  QColor raised;  ///< Buttons, cards.
  QColor border;
  QColor text;
  QColor dim;      ///< Secondary text.
  QColor accent;   ///< Focus, selection, the one curve.
  QColor warning;  ///< Notices that want an eye.

  static const WindowTheme& of(bool dark);
};

/// Fusion style, palette and the little style sheet, for the whole program. GUI thread.
void applyWindowTheme(QApplication& application, bool dark);

/// An icon of resources/icons (black strokes on nothing) in the theme's text colour, dimmed where disabled.
QIcon themedIcon(const QString& name, bool dark);

}  // namespace plexarium::ui
