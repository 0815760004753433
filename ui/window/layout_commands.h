#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <utility>

#include "core/graph/layout.h"
#include "ui/window/desk.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStatusBar;

namespace plexarium::ui {

/// Lays out the selection (two neurons or more; the others stay where they are) or else the whole network, on a worker
/// thread, with progress and a Stop button in the status bar. The neurons are seen moving; Stop keeps what has been reached;
/// all of it is one entry of the undo list. GUI thread.
class LayoutCommands : public QObject {
  Q_OBJECT

 public:
  LayoutCommands(const Desk& desk, QStatusBar& bar);
  ~LayoutCommands() override;

  [[nodiscard]] bool busy() const { return busy_; }

 private:
  struct Task;
  void begin(const Layout& layout);
  [[nodiscard]] std::shared_ptr<Task> taskFor(const Layout& layout) const;
  void showProgress(const Task& task, double share, std::span<const Point> places);
  void finish(const Task& task, const Result<std::vector<Point>>& places);
  void move(const Task& task, std::span<const Point> places);
  void fitWhenThere();
  void setBusy(bool busy);

  Desk desk_;
  QLabel* label_;
  QProgressBar* progress_;
  QPushButton* stop_;
  std::stop_source stopper_;
  std::uint64_t number_ = 0;  ///< Of the task that counts; an older one's news are void.
  bool busy_ = false;
  bool moving_ = false;  ///< A move has been handed in and is not answered yet.
  QElapsedTimer sinceMove_;
  std::optional<std::pair<NeuronId, Point>> awaited_;  ///< Once it stands there, the new layout is brought into view.
  QThreadPool worker_;
};

}  // namespace plexarium::ui
