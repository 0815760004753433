#pragma once

#include <QWidget>
#include <optional>
#include <vector>

namespace plexarium::ui {

/// What each output neuron says, as bars that share a scale. GUI thread.
class AnswerBars : public QWidget {
  Q_OBJECT

 public:
  struct Bar {
    QString name;
    double value = 0;
    bool said = false;               ///< The answer of the network.
    bool wanted = false;             ///< The right one.
    bool wrong = false;              ///< Said, and not the right one.
    std::optional<double> target{};  ///< A value that is wanted of it.
    friend bool operator==(const Bar&, const Bar&) = default;
  };

  explicit AnswerBars(QWidget* parent = nullptr);

  /// The scale takes in all of them, and follows slowly where they become smaller.
  void setBars(std::vector<Bar> bars);
  [[nodiscard]] const std::vector<Bar>& bars() const { return bars_; }
  void setDark(bool dark);
  /// In the middle of a bar's row.
  [[nodiscard]] QPoint placeOf(std::size_t bar) const;

 signals:
  void hovered(std::optional<std::size_t> bar);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Columns;
  [[nodiscard]] double rowHeight() const;
  void fitHeight();
  void paintBar(QPainter& painter, const Bar& bar, const QRectF& row, const Columns& columns) const;

  std::vector<Bar> bars_;
  double low_ = 0;
  double high_ = 1;
  bool dark_ = true;
};

}  // namespace plexarium::ui
