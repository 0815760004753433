#pragma once

#include <QFrame>
#include <optional>

#include "ui/bridge/session_bridge.h"

class QLineEdit;
class QListWidget;
class QPushButton;

namespace plexarium::ui {

/// A small bar over the canvas in which a person types (part of) a neuron's name or its number. Lists what fits; arrows
/// choose, Enter takes, Alt+Enter or the button stimulates and stays, Escape leaves. GUI thread.
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
  void stimulateWanted(plexarium::NeuronId neuron);
  void left();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void search(const QString& text);
  void take();
  void stimulate();
  [[nodiscard]] std::optional<NeuronId> chosen() const;
  void leave();
  void place();

  SessionBridge& bridge_;
  QLineEdit* text_;
  QListWidget* list_;
  QPushButton* stimulate_;
};

}  // namespace plexarium::ui
