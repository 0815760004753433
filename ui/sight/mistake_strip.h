#pragma once

#include <QHash>
#include <QListWidget>
#include <QTimer>
#include <span>
#include <vector>

#include "core/feed/score.h"
#include "ui/sight/sight_grid.h"
#include "ui/training/latest_job.h"

namespace plexarium::ui {

/// The samples that were taken for something else last, newest first, as pictures with a word on each. A click or Enter
/// chooses one. Stands still while the mouse is over it. Samples are read on another thread. GUI thread.
class MistakeStrip : public QListWidget {
  Q_OBJECT

 public:
  explicit MistakeStrip(QWidget* parent = nullptr);

  /// `mistakes`: oldest first; the grid says how the data look. New ones are taken up twice a second.
  void showMistakes(const DatasetPointer& samples, const SightGrid& grid, std::span<const Mistake> mistakes);
  void clearMistakes();
  [[nodiscard]] const std::vector<Mistake>& mistakes() const { return mistakes_; }  ///< As listed.
  [[nodiscard]] QSize sizeHint() const override { return {190, 120}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {100, 80}; }

 signals:
  void chosen(std::size_t sample);
  void refused(const QString& message);

 private:
  using Pictures = QHash<std::size_t, QImage>;
  void takeUp();
  void list(const Pictures& pictures);
  void refuse(const Error& error);
  void choose(const QListWidgetItem* item);
  [[nodiscard]] QIcon iconOf(const QImage& picture) const;

  DatasetPointer data_;
  SightGrid grid_;
  std::vector<Mistake> wanted_;    ///< Newest first.
  std::vector<Mistake> mistakes_;  ///< That are listed, or will be as soon as they are read.
  Pictures pictures_;              ///< Of those that are listed.
  bool reading_ = false;
  QTimer later_;  ///< Until the next look.
  LatestJob reader_;
};

}  // namespace plexarium::ui
