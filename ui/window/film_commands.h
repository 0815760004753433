#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <memory>

#include "ui/window/desk.h"
#include "ui/window/film_dialog.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStatusBar;

namespace plexarium::ui {

class FileCommands;

/// Films what the canvas shows, as it happens, with progress, Stop (keeps the film so far) and Cancel in the status bar.
/// Pictures are drawn on the GUI thread for at most half of its time and written on a worker; at most a few wait in memory.
/// Where either is too slow, a picture stands longer: the film keeps the time. GUI thread.
class FilmCommands : public QObject {
  Q_OBJECT

 public:
  FilmCommands(const Desk& desk, FileCommands& files, QStatusBar& bar);
  /// A film in progress is thrown away.
  ~FilmCommands() override;

 private:
  struct Job;
  void ask(FileCommands& files);
  void begin(const FilmWish& wish, const QString& file);
  void takePicture();
  void hand(qint64 until);
  void end(bool keep);
  void tell(const QString& file, const Result<void>& written, bool keep);
  void showProgress();

  Desk desk_;
  QLabel* label_;
  QProgressBar* progress_;
  QPushButton* stop_;
  QPushButton* cancel_;
  QTimer timer_;
  QElapsedTimer clock_;
  FilmWish wish_;
  std::shared_ptr<Job> job_;  ///< Null: no film.
  QImage waiting_;            ///< Taken; how long it stands is known when the next one is taken,
  qint64 taken_ = 0;          ///< at this millisecond,
  qint64 cost_ = 0;           ///< in so many.
  QThreadPool worker_;
};

}  // namespace plexarium::ui
