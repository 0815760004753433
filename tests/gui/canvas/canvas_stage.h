#pragma once

#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWidget>
#include <QStyleHints>
#include <QtTest>

#include "tests/gui/canvas/scene_maker.h"
#include "ui/canvas/canvas_item.h"

namespace plexarium::test {

/// A canvas of 800 x 600 in a widget that shows `snapshot`, and a hand on it.
class CanvasStage {
 public:
  explicit CanvasStage(std::shared_ptr<const Snapshot> snapshot) {
    static const int registered = qmlRegisterType<ui::CanvasItem>("CanvasStage", 1, 0, "NetworkCanvas");
    Q_UNUSED(registered);
    widget.setResizeMode(QQuickWidget::SizeRootObjectToView);
    widget.resize(800, 600);
    component_.setData("import CanvasStage 1.0\nNetworkCanvas {}", QUrl());
    canvas = qobject_cast<ui::CanvasItem*>(component_.create());
    widget.setContent(QUrl(), &component_, canvas);
    widget.show();
    canvas->open(&canvasDescription(), &selection);
    canvas->show(std::move(snapshot));
    QObject::connect(canvas, &ui::CanvasItem::editRequested, &widget, [this](const Edit& edit) { edits.push_back(edit); });
    QObject::connect(canvas, &ui::CanvasItem::messageRequested, &widget, [this](const QString& text) { messages << text; });
  }

  void press(QPointF at, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mousePress(&widget, Qt::LeftButton, modifiers, at.toPoint());
  }
  void move(QPointF at, Qt::KeyboardModifiers modifiers = {}) {
    QMouseEvent event(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(&widget, &event);
  }
  void release(QPointF at, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseRelease(&widget, Qt::LeftButton, modifiers, at.toPoint());
  }
  void drag(const std::vector<QPointF>& way, Qt::KeyboardModifiers modifiers = {}) {
    press(way.front(), modifiers);
    for (std::size_t i = 1; i < way.size(); ++i) {
      for (const double part : {0.25, 0.5, 0.75, 1.0}) move(way[i - 1] + (way[i] - way[i - 1]) * part, modifiers);
    }
    release(way.back(), modifiers);
  }
  void click(QPointF at, Qt::KeyboardModifiers modifiers = {}) {
    // Far apart in time, or two of them are a double click.
    const int gap = QGuiApplication::styleHints()->mouseDoubleClickInterval() + 10;
    QTest::mouseClick(&widget, Qt::LeftButton, modifiers, at.toPoint(), gap);
  }
  void doubleClick(QPointF at) { QTest::mouseDClick(&widget, Qt::LeftButton, {}, at.toPoint()); }
  /// By two steps: a cursor that is where it is told to go tells nobody.
  void hover(QPointF at) {
    QTest::mouseMove(&widget, at.toPoint() + QPoint(3, 2));
    QTest::mouseMove(&widget, at.toPoint());
  }
  /// On the rim of a neuron at `world`, to the right of its middle.
  [[nodiscard]] QPointF rim(Point world) const { return canvas->toItem({world.x + 0.95F, world.y}); }
  [[nodiscard]] QPointF at(Point world) const { return canvas->toItem(world); }
  [[nodiscard]] QImage grab() { return widget.grabFramebuffer().convertToFormat(QImage::Format_RGB32); }

  QQuickWidget widget;
  ui::Selection selection;
  ui::CanvasItem* canvas = nullptr;
  std::vector<Edit> edits;
  QStringList messages;

 private:
  QQmlComponent component_{widget.engine()};
};

}  // namespace plexarium::test
