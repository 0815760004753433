#pragma once

#include <QWidget>

#include "ui/sight/sight_grid.h"
#include "ui/training/training_record.h"

class QComboBox;

namespace plexarium::ui {

class MistakeStrip;

/// The last wrong answers of an output group: while it trains, in exams, or in the last test. GUI thread.
class MistakeView : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive it.
  MistakeView(FeedControl& control, TrainingRecord& record, QWidget* parent = nullptr);

  /// See AnswerView::showAnswer.
  void showMistakes(const Feed& feed, std::size_t group, std::size_t number, const SightGrid& grid);
  [[nodiscard]] MistakeStrip& strip() const { return *strip_; }

 signals:
  void othersWanted();  ///< A person has chosen other samples: show them.

 private:
  [[nodiscard]] const Score* score(const Feed& feed, std::size_t group, std::size_t number) const;

  TrainingRecord& record_;
  QComboBox* part_;
  MistakeStrip* strip_;
};

}  // namespace plexarium::ui
