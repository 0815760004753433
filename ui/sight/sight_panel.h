#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/bridge/feed_control.h"
#include "ui/bridge/selection.h"
#include "ui/sight/sight_grid.h"
#include "ui/training/training_record.h"

class QBoxLayout;
class QComboBox;
class QLabel;

namespace plexarium::ui {

class AnswerView;
class CellPicture;
class DrawingDesk;
class ElidedLabel;
class FieldView;
class MistakeView;

/// What the network is shown and what it answers, live: the sample as a picture with the inputs that fire, the outputs as
/// bars that race, what a neuron listens to, the last wrong answers; and a picture to draw in. Works with every dynamics
/// that is fed. Where samples come faster than the eye follows, some are shown as they happen to stand. GUI thread.
class SightPanel : public QWidget {
  Q_OBJECT

 public:
  /// All must outlive the panel.
  SightPanel(FeedControl& control, TrainingRecord& record, Selection& selection, QWidget* parent = nullptr);

  void setDark(bool dark);
  /// A neuron that is pointed at elsewhere; nothing: none.
  void setHovered(std::optional<NeuronId> neuron);

 signals:
  void neuronsHovered(const std::vector<plexarium::NeuronId>& neurons);  ///< What is under the mouse here.
  void refused(const QString& message);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// A group of a feed's plan; `number` among those of all feeds.
  struct Group {
    std::size_t feed, group, number;
  };
  QWidget* makeSample();
  void layOut();
  void connectParts();
  void fillChoices();
  void fillOutputs();
  [[nodiscard]] const Group* input() const;   ///< The chosen one; null: none.
  [[nodiscard]] const Group* output() const;  ///< Likewise.
  [[nodiscard]] const Feed* feed() const;

  void refresh();
  [[nodiscard]] bool tooSoon(const Feed& feed);
  void fitGrid(const Feed& feed);
  void showSample(const Feed& feed);
  void showFired(const Feed& feed);
  void showField();
  void pointAt(std::optional<NeuronId> neuron);

  FeedControl& control_;
  Selection& selection_;
  QLabel* empty_;
  QWidget* content_;
  QBoxLayout* pairs_ = nullptr;  ///< Sample and answer, field and mistakes: beside or above each other.
  ElidedLabel* caption_;
  CellPicture* picture_;
  DrawingDesk* desk_;
  FieldView* field_;
  AnswerView* answer_;
  MistakeView* mistakes_;
  QComboBox* input_;
  QComboBox* output_;
  std::vector<Group> inputs_;   ///< Of each choice.
  std::vector<Group> outputs_;  ///< Likewise.

  SightGrid grid_;
  std::optional<std::uint64_t> gridOf_;  ///< Edit revision; nothing: another choice than before.
  std::shared_ptr<const std::vector<NeuronId>> rowsOf_;
  std::vector<std::optional<std::size_t>> rows_;  ///< Of the grid's neurons, in that snapshot.
  Tick lookedAt_ = 0;
  std::uint64_t begun_ = 0;  ///< Samples begun when the one in view began.
  QElapsedTimer inView_;
  std::optional<NeuronId> hovered_;  ///< Elsewhere.
  std::optional<NeuronId> pointed_;  ///< Here.
  QTimer refresh_;
};

}  // namespace plexarium::ui
