#pragma once

#include <QAbstractTableModel>
#include <QWidget>
#include <functional>
#include <string>
#include <vector>

#include "core/data/csv_dataset.h"
#include "ui/training/latest_job.h"

class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QTableView;
class QToolButton;

namespace plexarium::ui {

enum class ColumnRole : std::uint8_t { Input, Target, Ignored };

/// The beginning of a table with what each column is for. GUI thread.
class CsvPreviewModel : public QAbstractTableModel {
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void setPreview(CsvPreview preview);
  void setRole(int column, ColumnRole role);
  /// Of each column.
  [[nodiscard]] const std::vector<ColumnRole>& roles() const { return roles_; }
  /// Names of the columns that have it, their numbers (from 1) where a name occurs twice.
  [[nodiscard]] std::vector<std::string> columns(ColumnRole role) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  CsvPreview preview_;
  std::vector<ColumnRole> roles_;
};

/// How a table is to be read: shows its first rows, guesses what nobody has chosen, lets a person choose otherwise and pick
/// the columns. The rows are read on another thread. GUI thread.
class CsvForm : public QWidget {
  Q_OBJECT

 public:
  explicit CsvForm(QWidget* parent = nullptr);

  /// Another table; what `choice` leaves open is guessed. Ends with previewed() or failed().
  void setTable(const std::string& place, const CsvChoice& choice);
  [[nodiscard]] const std::string& place() const { return place_; }
  /// As a person left it, once it has been previewed.
  [[nodiscard]] CsvChoice choice() const;

 signals:
  void previewed();
  void failed(const plexarium::Error& error);  ///< The beginning cannot be read; what was shown stays.
  void loadWanted();                           ///< See choice().

 private:
  QComboBox* makeChoice(const QString& objectName, const QString& name, const QStringList& items,
                        std::function<void(int)> chosen);
  void makeChoices(QGridLayout& grid);
  void makeRoleButtons(QHBoxLayout& row);
  void preview();
  void take(const CsvPreview& preview);
  void giveRole(ColumnRole role);
  void showRoles();

  std::string place_;
  CsvChoice choice_;  ///< What a person has chosen; what is open is guessed anew with every preview.
  QComboBox* separator_;
  QComboBox* decimal_;
  QComboBox* header_;
  QComboBox* kind_;
  CsvPreviewModel* model_;
  QTableView* table_;
  std::vector<QToolButton*> roleButtons_;  ///< In the order of ColumnRole.
  QLabel* problem_;
  QPushButton* load_;
  LatestJob reading_;
};

}  // namespace plexarium::ui
