#pragma once

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

#include "core/edit/module.h"
#include "ui/window/desk.h"

namespace plexarium::ui {

/// Saves a part of the network as a network of its own, and makes a saved network part of this one. Files are read and
/// written on another thread. GUI thread.
class ModuleCommands : public QObject {
  Q_OBJECT

 public:
  explicit ModuleCommands(const Desk& desk);
  /// Waits for a file that is being read or written.
  ~ModuleCommands() override;

  void saveSelection(const QString& file);
  /// Reads the module and asks how to plug it in.
  void plugIn(const QString& file);

 private:
  using Module = std::shared_ptr<const Model>;

  void askForFile(bool save);
  void askHow(const Result<Module>& module);
  void showDialog(const Module& module, const Module& host);
  void plug(const Module& module, const Plugging& wanted);
  void showAdded(const Outcome& outcome);
  /// On the worker, one job at a time; `job` returns what the GUI thread does then.
  void work(std::function<std::function<void()>()> job);

  Desk desk_;
  std::uint64_t network_ = 0;  ///< Counts the networks opened: what a question belongs to.
  QThreadPool worker_;
};

}  // namespace plexarium::ui
