#include "ui/training/latest_job.h"

#include <exception>
#include <new>

namespace plexarium::ui {
namespace {

Error errorOf(const std::exception& exception) {
  if (dynamic_cast<const std::bad_alloc*>(&exception)) {
    return {QObject::tr("there is not enough memory for this").toStdString(), {}, {}};
  }
  return {exception.what(), {}, {}};
}

}  // namespace

void LatestJob::Link::tell(std::function<void()> what) const {
  QMetaObject::invokeMethod(
      receiver_,
      [stop = stop_, what = std::move(what)] {
        if (!stop.stop_requested()) what();
      },
      Qt::QueuedConnection);
}

LatestJob::LatestJob() : receiver_(std::make_unique<QObject>()) { pool_.setMaxThreadCount(1); }

LatestJob::~LatestJob() {
  cancel();
  pool_.waitForDone();
}

void LatestJob::start(Work work, Failed failed) {
  cancel();
  stop_ = std::stop_source();
  const Link link(receiver_.get(), stop_.get_token());
  pool_.start([link, work = std::move(work), failed = std::move(failed)] {
    if (!link.wanted()) return;
    try {
      work(link);
    } catch (const std::exception& exception) {
      link.tell([failed, error = errorOf(exception)] { failed(error); });
    }
  });
}

}  // namespace plexarium::ui
