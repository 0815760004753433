#pragma once

#include <QObject>

#include "ui/window/desk.h"

class QMenu;

namespace plexarium::ui {

/// Bodies of the network: giving it one, with neurons for its sensors and muscles, repeating a circuit along it, taking it
/// away. GUI thread.
class BodyCommands : public QObject {
  Q_OBJECT

 public:
  explicit BodyCommands(const Desk& desk);

  void addBody();
  /// Controller::id of the body that the commands are about; one that is not there: the first.
  void setBody(const std::string& controller) { body_ = controller; }

 signals:
  void bodyAdded();

 private:
  void addPorts();
  void repeat();
  void removeBody();
  /// The present bodies as values.
  [[nodiscard]] Embodiment embodiment() const;
  [[nodiscard]] Result<Edit> ports(const Embodiment& bodies, const std::string& controller) const;

  Desk desk_;
  std::string body_;
};

}  // namespace plexarium::ui
