#pragma once

#include <QObject>
#include <memory>

#include "core/edit/module.h"
#include "ui/training/latest_job.h"
#include "ui/window/desk.h"

namespace plexarium::ui {

/// Saves a part of the network as a network of its own, and makes a saved network part of this one. Files are read and
/// written on another thread. GUI thread.
class ModuleCommands : public QObject {
  Q_OBJECT

 public:
  explicit ModuleCommands(const Desk& desk);

  void saveSelection(const QString& file);
  /// Reads the module and asks how to plug it in.
  void plugIn(const QString& file);

 private:
  void askForFile(bool save);
  void askHow(std::shared_ptr<const Model> module);
  void showDialog(const std::shared_ptr<const Model>& module, const std::shared_ptr<const Model>& host);
  void plug(const std::shared_ptr<const Model>& module, const Plugging& wanted);
  void fail(const Error& error) const { desk_.refuse(error); }

  Desk desk_;
  LatestJob files_;
};

}  // namespace plexarium::ui
