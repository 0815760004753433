#pragma once

#include <QWidget>
#include <array>

#include "core/data/split.h"
#include "ui/training/dataset_classes.h"
#include "ui/training/latest_job.h"

class QGridLayout;
class QLabel;

namespace plexarium::ui {

class NumberBox;

/// How a data set is divided, and the classes in each part. Shows a plan and asks for others; whoever decides shows the new
/// one. Counts on another thread, while somebody looks. GUI thread.
class SplitView : public QWidget {
  Q_OBJECT

 public:
  /// Samples whose classes are counted; of more, a draw is.
  static constexpr std::size_t mostCounted = std::size_t{1} << 22U;

  explicit SplitView(QWidget* parent = nullptr);

  /// `plan` must be in range.
  void setData(DatasetPointer dataset, const SplitPlan& plan);
  [[nodiscard]] const PartCounts& counts() const { return counts_; }

 signals:
  void edited(const plexarium::SplitPlan& plan);  ///< In range.
  void refused(const QString& message);
  void counted();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  enum Box : std::size_t { Train, Validation, Test, Seed, boxCount };
  void addBox(Box box, QGridLayout& grid);
  void enter(Box box, double value);
  void count();
  void showCounts(const PartCounts& counts);

  DatasetPointer data_;
  SplitPlan plan_;
  PartCounts counts_;
  bool stale_ = false;  ///< The classes are not counted yet.
  std::array<NumberBox*, boxCount> boxes_{};
  std::array<QLabel*, boxCount> below_{};
  ClassBars* bars_;
  QLabel* note_;
  LatestJob counting_;
};

}  // namespace plexarium::ui
