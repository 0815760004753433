#pragma once

#include <qcustomplot.h>

#include <QApplication>
#include <QSpinBox>

#include "tests/dynamics/synann_net.h"
#include "tests/gui/plots/stage.h"
#include "ui/inspector/number_box.h"
#include "ui/sweep/handle_box.h"
#include "ui/sweep/sweep_panel.h"

namespace plexarium::ui {

namespace neuron = synann::neuron;

inline Model logisticMap() {
  synann::Net net;
  const auto x = net.add({.probability = 0.3, .gain = 3.2});
  const auto y = net.add({.probability = 0.4, .gain = 4});
  net.excite(x, x);
  net.excite(x, y);
  net.inhibit(y, x);
  net.inhibit(y, y);
  net.model.parameters[synann::parameter::Mode] = static_cast<double>(synann::Mode::Time);
  return std::move(net.model);
}

/// 3 = 0.8 x (1 - 0.9 y) of neurons 1 and 2, which say 0.7 and 0.1.
inline Model synapse() {
  synann::Net net;
  const auto x = net.add({.probability = 0.7, .bias = 0.7});
  const auto y = net.add({.probability = 0.1, .bias = 0.1});
  const auto target = net.add({});
  net.excite(x, target, 0.8);
  net.inhibit(y, target, 0.9);
  return std::move(net.model);
}

/// A paused network and the panel that sweeps it.
struct Room : Stage {
  SweepPanel panel{bridge, selection};

  explicit Room(Model model) {
    if (!bridge.open(std::move(model), false)) qFatal("the network does not open");
  }
  bool show() { return Stage::show(panel, {1000, 320}); }
  template <typename Control>
  [[nodiscard]] Control& control(const char* name) const {
    auto* found = panel.findChild<Control*>(QString::fromLatin1(name));
    if (!found) qFatal("there is no %s", name);
    return *found;
  }
  void press(const char* button) const { QTest::mouseClick(&control<QToolButton>(button), Qt::LeftButton); }
  void type(const char* name, const char* text) const {
    auto& box = control<QWidget>(name);
    box.setFocus();
    QTest::keyClick(&box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(&box, QString::fromLatin1(text));
    QTest::keyClick(&box, Qt::Key_Return);
  }
  void quick() const {
    type("sweepAcrossSteps", "21");
    type("sweepSettle", "200");
    type("sweepKeep", "16");
  }
  bool sweep() {
    press("sweepGo");
    return QTest::qWaitFor([this] { return !panel.running(); }, 4 * patience) && panel.result();
  }
  [[nodiscard]] QPoint pixel(double x, double y) const {
    return QPointF(panel.plot().xAxis->coordToPixel(x), panel.plot().yAxis->coordToPixel(y)).toPoint();
  }
  [[nodiscard]] double gain() const { return columnValue((*now().graph.neuronFields)[neuron::Gain], 0); }
  [[nodiscard]] QString reading() const { return control<QLabel>("sweepReading").text(); }
  void lookAt(double x, double y) {
    QMouseEvent move(QEvent::MouseMove, QPointF(pixel(x, y)), panel.plot().mapToGlobal(QPointF(pixel(x, y))), Qt::NoButton,
                     Qt::NoButton, {});
    QCoreApplication::sendEvent(&panel.plot(), &move);
  }
  [[nodiscard]] QString chosen(const char* box) const {
    const auto& handle = control<HandleBox>(box).chosen();
    return handle ? handle->name : QString();
  }
};

inline bool choose(HandleBox& box, const QString& text) {
  const int index = box.findText(text);
  if (index < 0) return false;
  box.setFocus();
  QTest::keyClick(&box, Qt::Key_Home);
  for (int step = 0; step < index; ++step) QTest::keyClick(&box, Qt::Key_Down);
  return box.currentText() == text;
}

}  // namespace plexarium::ui
