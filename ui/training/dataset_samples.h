#pragma once

#include <QWidget>
#include <optional>

#include "core/data/split.h"
#include "ui/training/dataset_grid.h"
#include "ui/training/dataset_table.h"
#include "ui/training/latest_job.h"

class QComboBox;
class QLabel;
class QSpinBox;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace plexarium::ui {

/// The samples of a data set, page by page: pictures or rows of a table. A page is read from the disk when somebody sees it,
/// on another thread, and nothing else is held. GUI thread.
class SampleView : public QWidget {
  Q_OBJECT

 public:
  explicit SampleView(QWidget* parent = nullptr);

  /// From its first page on; `plan` must be in range.
  void setData(DatasetPointer dataset, const SplitPlan& plan);
  void setSplit(const SplitPlan& plan);
  /// Which sample is being fed.
  void setMarked(std::optional<std::size_t> sample);

  [[nodiscard]] const PictureGrid& grid() const { return *grid_; }

 signals:
  void failed(const plexarium::Error& error);  ///< A sample could not be read.

 protected:
  void showEvent(QShowEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void makePager();
  QToolButton* addTurner(Qt::ArrowType arrow, const QString& name, const QString& toolTip);
  [[nodiscard]] bool pictures() const { return data_->info().picture.width > 0; }
  [[nodiscard]] std::size_t count() const;  ///< Samples of what is chosen.
  [[nodiscard]] std::size_t perPage() const;
  [[nodiscard]] std::vector<std::size_t> pageSamples() const;
  void turnTo(std::size_t first);  ///< The page that begins there or holds it.
  void showPlace();
  void read();
  void take(SampleValues values, const QImage& picture);

  DatasetPointer data_;
  std::optional<Split> split_;
  std::size_t first_ = 0;  ///< Of the page, among what is chosen.
  bool stale_ = false;     ///< The page is not read yet.
  QComboBox* part_;
  QToolButton* back_;
  QToolButton* forward_;
  QSpinBox* page_;
  QLabel* pages_;
  QStackedLayout* stack_;
  PictureGrid* grid_;
  QTableView* table_;
  SampleTable* model_;
  LatestJob reading_;
};

}  // namespace plexarium::ui
