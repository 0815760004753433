#pragma once

#include <QImage>
#include <QWidget>
#include <optional>
#include <vector>

namespace plexarium::ui {

/// One page of pictures with a word under each. Says how many have room. GUI thread.
class PictureGrid : public QWidget {
  Q_OBJECT

 public:
  static constexpr int side = 60;          ///< Of a picture, logical pixels.
  static constexpr int largestSide = 160;  ///< Of what is handed in: fine enough for any screen.

  struct Picture {
    std::size_t sample = 0;
    QString caption;
    QString details;  ///< For the tooltip.
    QImage image;
  };

  explicit PictureGrid(QWidget* parent = nullptr);

  /// At least 1.
  [[nodiscard]] int capacity() const { return columns() * rows(); }
  void clear();
  void add(Picture picture);
  [[nodiscard]] const std::vector<Picture>& pictures() const { return pictures_; }
  /// Stands out while it is on the page.
  void setMarked(std::optional<std::size_t> sample);
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 signals:
  void capacityChanged();

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  [[nodiscard]] QSize cell() const;
  [[nodiscard]] int columns() const;
  [[nodiscard]] int rows() const;
  [[nodiscard]] QRect place(std::size_t index) const;
  void paintPicture(QPainter& painter, std::size_t index);

  std::vector<Picture> pictures_;
  std::optional<std::size_t> marked_;
  int capacity_ = 0;
};

}  // namespace plexarium::ui
