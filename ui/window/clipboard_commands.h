#pragma once

#include <QObject>
#include <QThreadPool>
#include <cstdint>
#include <functional>
#include <vector>

#include "ui/window/desk.h"

namespace plexarium::ui {

/// Copy, cut, paste and duplicate, through the system's clipboard as readable text. Text is written and read on a worker
/// thread; what is asked for while a copy is under way waits for it. GUI thread.
class ClipboardCommands : public QObject {
  Q_OBJECT

 public:
  explicit ClipboardCommands(const Desk& desk);
  ~ClipboardCommands() override;

 private:
  void copy();
  void cut();
  void paste();
  void duplicate();
  void finishCopy(const QString& text);
  void pasteText(const QString& text, Point place);
  [[nodiscard]] bool somethingSelected() const;
  /// On the worker, one job at a time; `job` returns what the GUI thread does then, unless another network has come.
  void work(std::function<std::function<void()>()> job);

  Desk desk_;
  int copying_ = 0;
  std::vector<std::function<void()>> waiting_;  ///< Pastes that came before their copy was ready.
  std::uint64_t network_ = 0;
  QThreadPool worker_;
};

}  // namespace plexarium::ui
