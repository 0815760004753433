#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QAction;
class QWidget;

namespace plexarium::ui {

/// Everything a person can ask of the window, once: menus, toolbar, keys and the page of keys are made of these. Made for
/// and owned by one window. GUI thread.
struct Actions {
  explicit Actions(QWidget& window);

  void setDark(bool dark);  ///< Icons follow the theme.
  /// All of one topic, as the page of keys shows them.
  struct Topic {
    QString title;
    QList<QAction*> actions;
  };
  [[nodiscard]] const QList<Topic>& topics() const { return topics_; }
  [[nodiscard]] QList<QAction*> all() const;

  QWidget& window;
  // File
  QAction *create, *open, *gallery, *save, *saveAs, *importNetwork, *connectomeSide, *connectomeAbove, *exportPicture, *film,
      *record, *exportGraphml, *exportEdgeList, *saveLog, *quit;
  // Edit
  QAction *undo, *redo, *cut, *copy, *paste, *duplicate, *addNeuron, *connectSelected, *wire, *exchangeSources,
      *removeSelected;
  // Select
  QAction *selectAll, *selectNone, *invertSelection, *selectConnected, *selectInputs, *selectOutputs, *find;
  QList<QAction*> selectRoles;  ///< data(): the Role.
  // Arrange
  QList<QAction*> alignments;  ///< data(): the Alignment.
  QList<QAction*> layouts;     ///< data(): Layout::key.
  QAction *turnToSide, *turnToTop;
  // Groups
  QAction *group, *ungroup, *foldGroup, *nameGroup, *inputGroup, *outputGroup;
  // Modules
  QAction *saveModule, *plugModule;
  // Body
  QAction *addBody, *addPorts, *repeatAlongBody, *removeBody, *touchTest;
  // View
  QAction *fit, *zoomIn, *zoomOut, *highlight, *why, *pin, *listen, *onlyActive, *onlyStrong, *linkAges, *miniMap, *legend,
      *dark;
  QList<QAction*> showRoles;   ///< In the order of Role.
  QList<QAction*> linksBorn;   ///< data(): within how many ticks; 0: all. One is checked.
  QList<QAction*> colourings;  ///< data(): the Colouring. One is checked.
  // Simulation
  QAction *run, *step, *stepBack, *returnToStart, *stopAtFiring, *select, *stimulate, *tasks;
  QList<QAction*> paces;  ///< data(): ticks per second.
  // Help
  QAction *tour, *wormTour, *keys, *about;

 private:
  using Keys = QList<QKeySequence>;
  QAction* makeSwitch(const char* name, const QString& text, const QString& help, const Keys& shortcuts, bool on,
                      const char* icon = nullptr);
  QAction* make(const char* name, const QString& text, const QString& help, const Keys& shortcuts,
                const char* icon = nullptr);
  void makeFile();
  void makeEdit();
  void makeSelect();
  void makeArrange();
  void makeGroups();
  void makeModules();
  void makeBody();
  void makeView();
  void makeSimulation();
  void makeHelp();

  QList<Topic> topics_;
};

}  // namespace plexarium::ui
