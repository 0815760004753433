#pragma once

#include <QObject>
#include <QThreadPool>

#include "ui/window/desk.h"

namespace plexarium::ui {

/// Where the tables of a connectome were read from last (QSettings); empty: nowhere yet.
QString connectomeFolder();
void rememberConnectomeFolder(const QString& folder);

/// Turns a connectome on the canvas: moves its neurons, by their names, to where their somas are seen from another side.
/// Reads the tables anew, on a worker thread; asks for their folder where nobody named one yet. GUI thread.
class ConnectomeCommands : public QObject {
  Q_OBJECT

 public:
  explicit ConnectomeCommands(const Desk& desk);
  ~ConnectomeCommands() override;

  void turn(const QString& folder, bool fromAbove);

 private:
  void begin(bool fromAbove);
  void finish(const Result<Model>& seen, bool fromAbove);

  Desk desk_;
  std::uint64_t network_ = 0;  ///< Counts the networks opened: what a late answer belongs to.
  QThreadPool worker_;
};

}  // namespace plexarium::ui
