#include "ui/training/dataset_classes.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/inspector/field_editor.h"
#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

constexpr int gap = 8;

/// What is painted in one line.
struct Bar {
  QString name;
  std::array<std::size_t, 3> counts{};
  std::size_t longest = 1;  ///< Samples of the largest class.

  [[nodiscard]] std::size_t total() const { return counts[0] + counts[1] + counts[2]; }
};

}  // namespace

class ClassBars::Model : public QAbstractListModel {
 public:
  using QAbstractListModel::QAbstractListModel;

  void setCounts(std::vector<std::string> names, PartCounts counts) {
    beginResetModel();
    names_ = std::move(names);
    counts_ = std::move(counts);
    longest_ = 1;
    for (std::size_t label = 0; label < names_.size(); ++label) longest_ = std::max(longest_, bar(label).total());
    endResetModel();
  }
  [[nodiscard]] Bar bar(std::size_t label) const {
    Bar bar{QString::fromStdString(names_[label]), {}, longest_};
    for (std::size_t part = 0; part < allParts.size(); ++part) bar.counts[part] = counts_[part][label];
    return bar;
  }
  [[nodiscard]] int rowCount(const QModelIndex& parent) const override {
    return parent.isValid() ? 0 : static_cast<int>(names_.size());
  }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const Bar shown = bar(static_cast<std::size_t>(index.row()));
    return ClassBars::tr("%1: %2 (training %3, validation %4, test %5)")
        .arg(shown.name, countText(shown.total()), countText(shown.counts[0]), countText(shown.counts[1]),
             countText(shown.counts[2]));
  }

 private:
  std::vector<std::string> names_;
  PartCounts counts_;
  std::size_t longest_ = 1;
};

namespace {

/// Name, bar, number.
template <typename Model>
class BarPainter : public QStyledItemDelegate {
 public:
  BarPainter(const Model& model, QObject* parent) : QStyledItemDelegate(parent), model_(model) {}

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Bar bar = model_.bar(static_cast<std::size_t>(index.row()));
    const auto& metrics = option.fontMetrics;
    const int nameWidth = option.rect.width() * 3 / 10;
    const int numberWidth = metrics.horizontalAdvance(countText(bar.longest)) + gap;
    QRect box = option.rect.adjusted(nameWidth + gap, 4, -numberWidth - gap, -4);
    painter->save();
    painter->setPen(option.palette.color(QPalette::Text));
    painter->drawText(option.rect.adjusted(2, 0, 0, 0), Qt::AlignVCenter,
                      metrics.elidedText(bar.name, Qt::ElideMiddle, nameWidth - 2));
    painter->drawText(option.rect.adjusted(0, 0, -4, 0), Qt::AlignVCenter | Qt::AlignRight, countText(bar.total()));
    double left = box.left();
    for (std::size_t part = 0; part < allParts.size(); ++part) {
      const double width = box.width() * static_cast<double>(bar.counts[part]) / static_cast<double>(bar.longest);
      painter->fillRect(QRectF(left, box.top(), width, box.height()), ClassBars::partColour(allParts[part], option.palette));
      left += width;
    }
    painter->restore();
  }
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {1, option.fontMetrics.height() + gap};
  }

 private:
  const Model& model_;
};

}  // namespace

ClassBars::ClassBars(QWidget* parent) : QListView(parent), model_(new Model(this)) {
  setModel(model_);
  setItemDelegate(new BarPainter<Model>(*model_, this));
  setUniformItemSizes(true);
  setSelectionMode(QAbstractItemView::NoSelection);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFrameShape(QFrame::NoFrame);
  keepKeys(this);
}

void ClassBars::setCounts(const DatasetInfo& info, const PartCounts& counts) { model_->setCounts(info.classes, counts); }

QColor ClassBars::partColour(Part part, const QPalette& palette) {
  switch (part) {
    case Part::Train:
      return palette.color(QPalette::Highlight);
    case Part::Validation:
      return palette.color(QPalette::BrightText);
    case Part::Test:
      return palette.color(QPalette::PlaceholderText);
  }
  return {};
}

}  // namespace plexarium::ui
