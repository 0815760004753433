#pragma once

#include <QList>
#include <QWidget>
#include <memory>
#include <optional>

#include "ui/sweep/handles.h"

class QGridLayout;
class QSpinBox;

namespace plexarium::ui {

class HandleBox;
class NumberBox;

/// What is swept and what is looked at, as a person chooses it. Offers what is selected. GUI thread.
class SweepForm : public QWidget {
  Q_OBJECT

 public:
  explicit SweepForm(QWidget* parent);

  /// Offers what is selected now; `follow`: chooses of it what is usual. `description` outlives the form.
  void offer(std::shared_ptr<const Snapshot> snapshot, const Description& description, const Selection& selection,
             bool follow);
  /// Another network: nothing is chosen any more.
  void clear();
  /// From the network as it is; nothing where something is missing, as missing() says.
  [[nodiscard]] std::optional<SweepPlan> plan() const;
  [[nodiscard]] QString missing() const;
  /// In the order in which they stand.
  [[nodiscard]] QList<QWidget*> controls() const;

 signals:
  void chosenByHand();  ///< What to sweep or to look at.
  void refused(const QString& message);

 private:
  struct Axis {
    HandleBox* what = nullptr;
    NumberBox* from = nullptr;
    NumberBox* to = nullptr;
    QSpinBox* steps = nullptr;
    Field field{};
  };
  void makeAxis(Axis& axis, int row, bool optional);
  void makeLook();
  QSpinBox* addCount(const QString& objectName, const QString& name, const QString& help, int least, int most, int value);
  void choose(Axis& axis, const std::optional<Handle>& handle);
  void fit(Axis& axis);
  void fitSteps();
  [[nodiscard]] static std::optional<SweepAxis> axisOf(const Axis& axis);

  QGridLayout* grid_;
  Axis across_;
  Axis up_;
  HandleBox* look_;
  QSpinBox* settle_;
  QSpinBox* keep_;
  std::shared_ptr<const Snapshot> snapshot_;
  const Description* description_ = nullptr;
};

}  // namespace plexarium::ui
