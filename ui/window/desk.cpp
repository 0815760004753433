#include "ui/window/desk.h"

#include <QAction>

#include "ui/window/canvas_view.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr int noticeSeconds = 8;

}  // namespace

void Desk::on(QAction* action, std::function<void()> what) const {
  QObject::connect(action, &QAction::triggered, &view, [&network = bridge, what = std::move(what)] {
    if (network.snapshot()) what();
  });
}

void Desk::refuse(const Error& error) const { notices.say(QString::fromStdString(error.text()), false, noticeSeconds); }

void Desk::submit(Result<Edit> edit) const {
  if (!edit) return refuse(edit.error());
  bridge.submit(std::move(*edit));
}

void Desk::submitAndSelect(Result<Edit> edit) const {
  if (!edit) return refuse(edit.error());
  bridge.submit(std::move(*edit), [desk = *this](const Outcome& outcome) {
    if (outcome.error) {
      desk.notices.say(QString::fromStdString(outcome.error->text()), true, noticeSeconds);
    } else {
      desk.selection.set(outcome.added, {});
    }
  });
}

}  // namespace plexarium::ui
