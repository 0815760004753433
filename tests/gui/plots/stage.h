#pragma once

#include <QFile>
#include <QMouseEvent>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include "core/dynamics/registry.h"
#include "tests/support/toy/toy.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"

namespace plexarium::ui {

constexpr int patience = 5000;  // milliseconds

/// A paused toy network behind a bridge, and ways to look at one plot of it. The toy rewires itself unless told otherwise.
struct Stage {
  SessionBridge bridge{builtInDynamics().add(toy::entry())};
  Selection selection;
  QTemporaryDir folder;

  explicit Stage(std::size_t neurons = 8, bool rewires = false) { open(neurons, rewires); }

  void open(std::size_t neurons, bool rewires) {
    Model model = toy::model(neurons, 2 * neurons);
    model.parameters[toy::Rewires] = rewires ? 1 : 0;
    if (!bridge.open(std::move(model), false)) qFatal("the toy does not open");
  }
  [[nodiscard]] const Snapshot& now() const { return *bridge.snapshot(); }
  [[nodiscard]] NeuronId id(std::size_t row) const { return (*now().graph.ids)[row]; }
  void step(Tick ticks) { bridge.post(StepTicks{ticks}); }

  static bool show(QWidget& plot, QSize size = {640, 260}) {
    plot.resize(size);
    plot.show();
    return QTest::qWaitForWindowExposed(&plot);
  }
  [[nodiscard]] QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
  [[nodiscard]] static QByteArray contents(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
  }
};

inline void wheel(QWidget& widget, QPointF at, int notches, Qt::KeyboardModifiers keys = {}) {
  QWheelEvent event(at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt::NoButton, keys, Qt::NoScrollPhase,
                    false);
  QCoreApplication::sendEvent(&widget, &event);
}

inline void drag(QWidget& widget, QPoint from, QPoint to) {
  QTest::mousePress(&widget, Qt::LeftButton, {}, from);
  for (const QPoint at : {(from + to) / 2, to}) {
    QMouseEvent move(QEvent::MouseMove, QPointF(at), widget.mapToGlobal(QPointF(at)), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&widget, &move);
  }
  QTest::mouseRelease(&widget, Qt::LeftButton, {}, to);
}

}  // namespace plexarium::ui
