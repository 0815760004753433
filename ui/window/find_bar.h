#pragma once

#include <QFrame>

#include "ui/bridge/session_bridge.h"

class QLineEdit;
class QListWidget;

namespace plexarium::ui {

/// A small bar over the canvas in which a person types (part of) a neuron's name or its number. Lists what fits; arrows
/// choose, Enter takes, Escape leaves. GUI thread.
class FindBar : public QFrame {
  Q_OBJECT

 public:
  static constexpr int mostShown = 50;

  /// Lies over `host`, which becomes its parent. `bridge` must outlive the bar.
  FindBar(SessionBridge& bridge, QWidget* host);

  /// Shows the bar and gives it the keys.
  void begin();

 signals:
  void found(plexarium::NeuronId neuron);
  void left();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void search(const QString& text);
  void take();
  void leave();
  void place();

  SessionBridge& bridge_;
  QLineEdit* text_;
  QListWidget* list_;
};

}  // namespace plexarium::ui
