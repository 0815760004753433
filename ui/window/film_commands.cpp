#include "ui/window/film_commands.h"

#include <QAction>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStatusBar>
#include <algorithm>
#include <atomic>
#include <utility>

#include "ui/canvas/canvas_item.h"
#include "ui/inspector/field_editor.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/file_commands.h"
#include "ui/window/film.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr int mostWaiting = 3;
constexpr int noticeSeconds = 8;

}  // namespace

/// What the worker works on. Only the counters are looked at by the GUI thread too.
struct FilmCommands::Job {
  QString file;
  std::unique_ptr<Film> film;  ///< Made by the first job of the worker.
  Result<void> written;
  std::atomic<int> queued = 0;
  std::atomic<bool> failed = false;
};

FilmCommands::FilmCommands(const Desk& desk, FileCommands& files, QStatusBar& bar)
    : QObject(&desk.view),
      desk_(desk),
      label_(new QLabel(tr("Film"), &bar)),
      progress_(new QProgressBar(&bar)),
      stop_(new QPushButton(tr("Stop"), &bar)),
      cancel_(new QPushButton(tr("Cancel"), &bar)) {
  worker_.setMaxThreadCount(1);
  timer_.setTimerType(Qt::PreciseTimer);
  progress_->setObjectName(QStringLiteral("filmProgress"));
  progress_->setFormat(tr("%v of %m s"));
  progress_->setFixedWidth(160);
  progress_->setAccessibleName(tr("How much of the film is recorded"));
  stop_->setObjectName(QStringLiteral("stopFilm"));
  stop_->setToolTip(tr("End the film here and keep it"));
  stop_->setAccessibleName(tr("Stop the film"));
  cancel_->setObjectName(QStringLiteral("cancelFilm"));
  cancel_->setToolTip(tr("Throw the film away"));
  cancel_->setAccessibleName(tr("Cancel the film"));
  for (QWidget* widget : std::initializer_list<QWidget*>{label_, progress_, stop_, cancel_}) bar.addWidget(widget);
  for (auto* button : {stop_, cancel_}) {
    button->setFocusPolicy(Qt::TabFocus);
    keepKeys(button);
  }
  showProgress();
  desk_.on(desk_.actions.film, [this, &files] { ask(files); });
  connect(&timer_, &QTimer::timeout, this, &FilmCommands::takePicture);
  connect(stop_, &QPushButton::clicked, this, [this] { end(true); });
  connect(cancel_, &QPushButton::clicked, this, [this] { end(false); });
}

FilmCommands::~FilmCommands() {
  job_.reset();
  worker_.waitForDone();
}

void FilmCommands::ask(FileCommands& files) {
  if (job_) return desk_.refuse({tr("A film is being recorded").toStdString(), {}, tr("Stop it first").toStdString()});
  const CanvasItem& canvas = desk_.view.canvas();
  auto* dialog = new FilmDialog(QSizeF(canvas.width(), canvas.height()).toSize(), &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, &files] {
    files.askForExport(*desk_.actions.film, {tr("Animated GIF (*.gif)"), tr("Numbered PNG pictures (*.png)")},
                       [this, wish = dialog->wish()](const QString& file) { begin(wish, file); });
  });
  dialog->open();
}

void FilmCommands::begin(const FilmWish& wish, const QString& file) {
  if (job_) return;
  wish_ = wish;
  job_ = std::make_shared<Job>();
  job_->file = file;
  const int period = 1000 / wish.picturesPerSecond;
  worker_.start([job = job_, size = wish.size, period] {
    auto film = Film::create(job->file.toStdString(), size, period);
    if (film) {
      job->film = std::move(*film);
    } else {
      job->written = tl::unexpected(film.error());
      job->failed = true;
    }
  });
  waiting_ = {};
  cost_ = 0;
  clock_.start();
  progress_->setRange(0, wish.seconds);
  showProgress();
  timer_.start(period);
  takePicture();
}

void FilmCommands::takePicture() {
  const qint64 now = clock_.elapsed();
  showProgress();
  if (job_->failed || now >= wish_.seconds * qint64{1000}) return end(true);
  const bool soon = !waiting_.isNull() && now - taken_ < 2 * cost_;
  if (soon || job_->queued >= mostWaiting) return;
  QImage picture = desk_.view.canvas().picture(wish_.size);
  hand(now);
  waiting_ = std::move(picture);
  taken_ = now;
  cost_ = clock_.elapsed() - now;
}

/// The picture that stood until now goes to the worker.
void FilmCommands::hand(qint64 until) {
  if (waiting_.isNull()) return;
  ++job_->queued;
  worker_.start([job = job_, picture = std::exchange(waiting_, {}), milliseconds = static_cast<int>(until - taken_)] {
    if (!job->failed) {
      job->written = job->film->add(picture, milliseconds);
      job->failed = !job->written;
    }
    --job->queued;
  });
}

void FilmCommands::end(bool keep) {
  timer_.stop();
  if (!job_) return;
  hand(std::max(clock_.elapsed(), taken_ + 1));
  worker_.start([this, job = std::exchange(job_, nullptr), keep] {
    if (keep && !job->failed) job->written = job->film->finish();
    job->film.reset();
    QMetaObject::invokeMethod(
        this, [this, job, keep] { tell(job->file, job->written, keep); }, Qt::QueuedConnection);
  });
  showProgress();
}

void FilmCommands::tell(const QString& file, const Result<void>& written, bool keep) {
  if (!written) return desk_.notices.say(QString::fromStdString(written.error().text()), true, noticeSeconds);
  const QString name = QFileInfo(file).fileName();
  desk_.notices.say(keep ? tr("Written to “%1”.").arg(name) : tr("The film was thrown away."), false, noticeSeconds);
}

void FilmCommands::showProgress() {
  for (QWidget* widget : std::initializer_list<QWidget*>{label_, progress_, stop_, cancel_}) {
    widget->setVisible(job_ != nullptr);
  }
  if (job_) progress_->setValue(static_cast<int>(clock_.elapsed() / 1000));
}

}  // namespace plexarium::ui
