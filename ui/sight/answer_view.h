#pragma once

#include <QWidget>

#include "ui/sight/answer_bars.h"
#include "ui/training/training_record.h"

class QLabel;

namespace plexarium::ui {

/// What an output group answers: in words, how often it has been right of late, and as bars. GUI thread.
class AnswerView : public QWidget {
  Q_OBJECT

 public:
  /// `record` must outlive it.
  explicit AnswerView(TrainingRecord& record, QWidget* parent = nullptr);

  /// `group` is one of the feed's plan, bound and enabled; `number` among those of all feeds; `on`: something is shown.
  void showAnswer(const Feed& feed, std::size_t group, std::size_t number, bool on);
  [[nodiscard]] AnswerBars& bars() const { return *bars_; }

 private:
  [[nodiscard]] QString verdict(const Feed& feed, std::size_t group) const;
  [[nodiscard]] QString accuracy(const Feed& feed, std::size_t group, std::size_t number) const;

  TrainingRecord& record_;
  QLabel* verdict_;
  QLabel* accuracy_;
  AnswerBars* bars_;
};

}  // namespace plexarium::ui
