#pragma once

#include <QKeySequence>
#include <QList>

class QAction;
class QWidget;

namespace plexarium::ui {

/// Everything a person can ask of the window, once: menus, toolbar, keys and the page of keys are made of these. Made for
/// and owned by one window. GUI thread.
struct Actions {
  explicit Actions(QWidget& window);

  void setDark(bool dark);  ///< Icons follow the theme.
  [[nodiscard]] QList<QAction*> all() const;

  QWidget& window;
  // File
  QAction *create, *open, *save, *saveAs, *exportPicture, *quit;
  // Edit
  QAction *undo, *redo, *addNeuron, *connectSelected, *removeSelected, *selectAll;
  // View
  QAction *fit, *zoomIn, *zoomOut, *legend, *dark;
  // Simulation
  QAction *run, *step, *returnToStart, *select, *stimulate;
  QList<QAction*> paces;  ///< data(): ticks per second.
  // Help
  QAction *keys, *about;

 private:
  QAction* make(const char* name, const QString& text, const QString& help, const QList<QKeySequence>& shortcuts,
                const char* icon = nullptr);
};

}  // namespace plexarium::ui
