#pragma once

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/error.h"

namespace plexarium::ui {

/// Work on another thread of which only the last asked for matters: as soon as there is newer work, what the older one has
/// to tell is dropped, and it ends when it asks whether anybody still wants it. GUI thread, but for Link.
class LatestJob {
 public:
  /// What the work talks through. Copies are links to the same work; any thread.
  class Link {
   public:
    [[nodiscard]] bool wanted() const { return !stop_.stop_requested(); }
    /// Calls `what` on the GUI thread, after everything told before, unless nobody wants it then.
    void tell(std::function<void()> what) const;

   private:
    friend LatestJob;
    Link(QObject* receiver, std::stop_token stop) : receiver_(receiver), stop_(std::move(stop)) {}
    QObject* receiver_;  ///< Outlives the work.
    std::stop_token stop_;
  };
  using Work = std::function<void(const Link&)>;
  using Failed = std::function<void(const Error&)>;  ///< On the GUI thread.

  LatestJob();
  /// Waits for the work to notice that nobody wants it.
  ~LatestJob();
  LatestJob(const LatestJob&) = delete;
  LatestJob& operator=(const LatestJob&) = delete;

  /// `failed` is called where the work throws: of memory that there is not, mostly.
  void start(Work work, Failed failed);
  void cancel() { stop_.request_stop(); }

 private:
  std::unique_ptr<QObject> receiver_;
  std::stop_source stop_;
  QThreadPool pool_;  ///< Last: it goes first, and with it whoever uses the receiver.
};

}  // namespace plexarium::ui
