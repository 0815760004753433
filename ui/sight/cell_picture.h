#pragma once

#include <QImage>
#include <QWidget>
#include <optional>
#include <vector>

namespace plexarium::ui {

/// A picture of cells, as large as it fits with square cells, with what is laid over it; and the hand that paints into it.
/// Places are in cells: (0, 0) is the upper left corner. GUI thread.
class CellPicture : public QWidget {
  Q_OBJECT

 public:
  struct Spot {
    QRectF place;
    QColor colour;
  };

  explicit CellPicture(QWidget* parent = nullptr);

  /// How many cells; nothing else is shown of an empty size.
  void setCells(QSize cells);
  [[nodiscard]] QSize cells() const { return cells_; }
  /// A pixel a cell; null: only spots.
  void setImage(const QImage& image);
  [[nodiscard]] const QImage& image() const { return image_; }
  /// Filled, over the image.
  void setSpots(std::vector<Spot> spots);
  [[nodiscard]] const std::vector<Spot>& spots() const { return spots_; }
  /// Framed, over both; filled where a frame has no room.
  void setMarks(std::vector<QRectF> marks);
  [[nodiscard]] const std::vector<QRectF>& marks() const { return marks_; }
  /// Stands out from everything.
  void setPointed(std::optional<QRectF> place);
  void setDark(bool dark);
  /// The left button paints, the right one takes away: painted() tells.
  void setPaintable(bool paintable);
  /// Of the widget, for a place in cells.
  [[nodiscard]] QPointF toWidget(QPointF place) const;
  [[nodiscard]] QSize sizeHint() const override { return {190, 190}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {90, 90}; }

 signals:
  void hovered(std::optional<QPointF> place);  ///< Nothing: the mouse has left the cells.
  void painted(QPointF from, QPointF to, bool erase);
  void clicked(QPointF place);  ///< With the left button, where nothing is painted.

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  [[nodiscard]] QRectF box() const;
  [[nodiscard]] QPointF toCells(QPointF widget) const;
  [[nodiscard]] QRectF toWidget(const QRectF& place) const;
  void paintMarks(QPainter& painter) const;

  QSize cells_;
  QImage image_;
  std::vector<Spot> spots_;
  std::vector<QRectF> marks_;
  std::optional<QRectF> pointed_;
  bool dark_ = true;
  bool paintable_ = false;
  Qt::MouseButton stroke_ = Qt::NoButton;  ///< The one that paints.
  QPointF last_;                           ///< Where it was, in cells.
};

}  // namespace plexarium::ui
