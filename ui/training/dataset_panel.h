#pragma once

#include <QWidget>
#include <filesystem>

#include "core/data/source.h"
#include "core/data/split.h"
#include "ui/bridge/fed.h"
#include "ui/training/latest_job.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace plexarium::ui {

class CsvForm;
class FedView;
class SampleView;
class SourceForm;
class SplitView;

/// A data set: where it comes from, its samples, its classes, how it is divided, and which sample is being fed. Opens on
/// another thread; until another set is open, and where that fails, the old one stays. Opens the first generator when it is
/// first seen and nobody has opened anything. GUI thread.
class DatasetPanel : public QWidget {
  Q_OBJECT

 public:
  /// Sets from the internet are looked for in `folder`.
  explicit DatasetPanel(std::filesystem::path folder, QWidget* parent = nullptr);

  /// Null before the first set is open; source() and split() go with it.
  [[nodiscard]] const DatasetPointer& data() const { return data_; }
  [[nodiscard]] const DataSource& source() const { return source_; }
  [[nodiscard]] const SplitPlan& split() const { return split_; }
  /// What could not be done last; empty: nothing went wrong since.
  [[nodiscard]] QString problem() const;

 public slots:
  /// Ends with sourceChosen(), or with a problem() shown.
  void open(const plexarium::DataSource& source);
  /// What a person dropped here: a table is previewed, anything else opened.
  void openPlace(const QString& place);
  /// Must be in range.
  void setSplit(const plexarium::SplitPlan& plan);
  void showFed(const plexarium::ui::Fed& fed);

 signals:
  /// A set has been opened, or is divided otherwise. `split` is not shuffled where the order of the data has a meaning.
  void sourceChosen(const plexarium::DataSource& source, const plexarium::DatasetPointer& data,
                    const plexarium::SplitPlan& split);

  /// The network is to be fed with the set that is open.
  void feedWanted(const plexarium::DataSource& source, const plexarium::SplitPlan& split);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeProgress();
  void makeTabs();
  void takeChoice(const DataSource& source);
  void start(const DataSource& source);
  void finish(const DataSource& source, const Result<DatasetPointer>& opened);
  void stopOpening();
  void tell(const Error& error);
  void showSummary();
  void showMark();

  DataSource source_;
  DatasetPointer data_;
  SplitPlan split_;
  Fed fed_;
  SourceForm* form_;
  QWidget* progressRow_;
  QProgressBar* progress_;
  QLabel* problem_;
  QLabel* summary_;
  QPushButton* feed_;
  QTabWidget* tabs_;
  CsvForm* csv_;
  SampleView* samples_;
  SplitView* splitView_;
  FedView* fedView_;
  bool begun_ = false;
  LatestJob opening_;
};

/// Where people's data lies, for sets that are fetched from the internet.
std::filesystem::path datasetFolder();

}  // namespace plexarium::ui
