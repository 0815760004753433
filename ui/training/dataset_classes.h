#pragma once

#include <QAbstractListModel>
#include <QListView>
#include <array>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/split.h"

namespace plexarium::ui {

/// Samples of each class in each part, in the order of Part.
using PartCounts = std::array<std::vector<std::size_t>, 3>;

/// A bar for each class, as long as it has samples, cut where the parts meet. GUI thread.
class ClassBars : public QListView {
  Q_OBJECT

 public:
  explicit ClassBars(QWidget* parent = nullptr);

  void setCounts(const DatasetInfo& info, const PartCounts& counts);
  /// What a part is painted with, here and beside its name.
  static QColor partColour(Part part, const QPalette& palette);

 private:
  class Model;
  Model* model_;
};

}  // namespace plexarium::ui
