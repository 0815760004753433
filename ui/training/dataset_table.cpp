#include "ui/training/dataset_table.h"

#include <QColor>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QPalette>

#include "ui/training/dataset_picture.h"

namespace plexarium::ui {

void SampleTable::begin(DatasetPointer data) {
  beginResetModel();
  data_ = std::move(data);
  rows_.clear();
  endResetModel();
}

void SampleTable::add(SampleValues values) {
  const int row = static_cast<int>(rows_.size());
  beginInsertRows({}, row, row);
  rows_.push_back(std::move(values));
  endInsertRows();
}

void SampleTable::setMarked(std::optional<std::size_t> sample) {
  if (sample == marked_) return;
  marked_ = sample;
  if (rows_.empty()) return;
  const int last = static_cast<int>(rows_.size()) - 1;
  emit dataChanged(index(0, 0), index(last, columnCount() - 1), {Qt::BackgroundRole});
  emit headerDataChanged(Qt::Vertical, 0, last);
}

int SampleTable::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }

int SampleTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() || !data_ ? 0 : static_cast<int>(wanted() + data_->info().inputs);
}

QString SampleTable::text(const SampleValues& values, std::size_t column) const {
  if (column >= wanted()) return sampleValueText(values.inputs[column - wanted()]);
  if (data_->info().classes.empty()) return sampleValueText(values.targets[column]);
  return QString::fromStdString(data_->info().classes[values.label]);
}

QVariant SampleTable::data(const QModelIndex& index, int role) const {
  const SampleValues& values = rows_[static_cast<std::size_t>(index.row())];
  const auto column = static_cast<std::size_t>(index.column());
  if (role == Qt::DisplayRole) return text(values, column);
  if (role == Qt::TextAlignmentRole && (column >= wanted() || data_->info().classes.empty())) {
    return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
  }
  if (role == Qt::BackgroundRole && values.sample == marked_) {
    QColor mark = QGuiApplication::palette().color(QPalette::Highlight);
    mark.setAlpha(70);
    return mark;
  }
  return {};
}

QString SampleTable::columnName(std::size_t column) const {
  const DatasetInfo& info = data_->info();
  if (column >= wanted()) {
    const std::size_t input = column - wanted();
    return info.columns.empty() ? QString::number(input + 1) : QString::fromStdString(info.columns[input]);
  }
  return info.classes.empty() ? QString::fromStdString(info.targets[column])
                              : QCoreApplication::translate("Dataset", "class");
}

QVariant SampleTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || !data_) return {};
  if (orientation == Qt::Horizontal) return columnName(static_cast<std::size_t>(section));
  const auto sample = rows_[static_cast<std::size_t>(section)].sample;
  return (sample == marked_ ? QStringLiteral("▸ ") : QString()) + countText(sample + 1);
}

}  // namespace plexarium::ui
