#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "core/data/dataset.h"

namespace plexarium::ui {

/// A sample as it was read.
struct SampleValues {
  std::size_t sample = 0;
  std::uint32_t label = 0;        ///< Where there are classes.
  std::vector<double> inputs{};   ///< info().inputs values.
  std::vector<double> targets{};  ///< info().targets values.
};

/// One page of samples, a row each: what is wanted, then the inputs. GUI thread.
class SampleTable : public QAbstractTableModel {
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void begin(DatasetPointer data);
  void add(SampleValues values);
  void setMarked(std::optional<std::size_t> sample);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  [[nodiscard]] QString text(const SampleValues& values, std::size_t column) const;
  [[nodiscard]] QString columnName(std::size_t column) const;
  /// Columns before the inputs.
  [[nodiscard]] std::size_t wanted() const { return data_->info().classes.empty() ? data_->info().targets.size() : 1; }

  DatasetPointer data_;
  std::vector<SampleValues> rows_;
  std::optional<std::size_t> marked_;
};

}  // namespace plexarium::ui
