#include "ui/window/record_commands.h"

#include <QAction>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QStatusBar>
#include <utility>

#include "ui/inspector/field_editor.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/file_commands.h"
#include "ui/window/notice_area.h"
#include "ui/window/record_dialog.h"

namespace plexarium::ui {
namespace {

constexpr int noticeSeconds = 8;

}  // namespace

RecordCommands::RecordCommands(const Desk& desk, FileCommands& files, QStatusBar& bar)
    : QObject(&desk.view), desk_(desk), label_(new QLabel(&bar)), stop_(new QPushButton(tr("Stop"), &bar)) {
  label_->setObjectName(QStringLiteral("recordProgress"));
  stop_->setObjectName(QStringLiteral("stopRecording"));
  stop_->setToolTip(tr("End the recording and keep it"));
  stop_->setAccessibleName(tr("Stop the recording"));
  stop_->setFocusPolicy(Qt::TabFocus);
  keepKeys(stop_);
  for (QWidget* widget : std::initializer_list<QWidget*>{label_, stop_}) {
    bar.addWidget(widget);
    widget->hide();
  }
  desk_.on(desk_.actions.record, [this, &files] { shown_ ? stop() : ask(files); });
  connect(stop_, &QPushButton::clicked, this, &RecordCommands::stop);
  connect(&desk_.bridge, &SessionBridge::frame, this, &RecordCommands::onFrame);
  connect(&desk_.bridge, &SessionBridge::opened, this, [this] {
    if (const auto ended = std::exchange(shown_, std::nullopt)) tell(*ended, tr("Another network is open. "));
    stopping_ = false;
  });
}

void RecordCommands::ask(FileCommands& files) {
  auto* dialog =
      new RecordDialog(desk_.bridge.description(), desk_.selection.neurons(), desk_.graph().ids->size(), &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(&desk_.bridge, &SessionBridge::opened, dialog, &QDialog::reject);
  connect(dialog, &QDialog::accepted, this, [this, dialog, &files] {
    files.askForExport(*desk_.actions.record, {tr("Tables (*.csv)"), tr("NumPy arrays (*.npy)")},
                       [this, plan = dialog->plan()](const QString& file) {
                         desk_.bridge.post(StartRecording{file.toStdString(), plan});
                       });
  });
  dialog->open();
}

void RecordCommands::stop() {
  if (!shown_ || stopping_) return;
  stopping_ = true;
  desk_.bridge.post(StopRecording{}, [this](const Outcome& outcome) {
    stopping_ = false;
    if (outcome.error) return desk_.refuse(*outcome.error);
    shown_.reset();
    tell(*outcome.recorded, {});
  });
}

void RecordCommands::onFrame() {
  const auto& now = desk_.bridge.snapshot()->recording;
  if (shown_ && !now && !stopping_) tell(*shown_, tr("The recording has ended. "));
  shown_ = now;
  desk_.actions.record->setText(now ? tr("Stop r&ecording") : tr("&Record the run…"));
  label_->setVisible(now.has_value());
  stop_->setVisible(now.has_value());
  const QString unit = QString::fromStdString(desk_.bridge.description().tickUnit);
  if (now) label_->setText(tr("Recording: %L1 %2s, %L3 rows").arg(now->ticks).arg(unit).arg(now->rows));
}

void RecordCommands::tell(const Recorded& recorded, const QString& why) {
  desk_.notices.say(why + tr("%L1 rows of %L2 ticks are in “%3”.")
                              .arg(recorded.rows)
                              .arg(recorded.ticks)
                              .arg(QFileInfo(QString::fromStdString(recorded.file)).fileName()),
                    false, noticeSeconds);
}

}  // namespace plexarium::ui
