#include <QScrollArea>
#include <QSignalSpy>

#include "tests/gui/sweep/room.h"
#include "ui/window/window_theme.h"

using namespace plexarium;
using namespace plexarium::ui;

/// The controls of a sweep and the room that they take.
class TestSweepForm : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  /// The window is as large as it was, whatever a sweep does.
  void theLeastSizeStays() {
    Room room(logisticMap());
    const auto least = [&] {
      QCoreApplication::sendPostedEvents();
      return room.panel.minimumSizeHint();
    };
    QVERIFY(room.show());
    const QSize before = least();
    QVERIFY(before.width() <= 640);
    room.selection.set({NeuronId{1}}, {});
    QCOMPARE(least(), before);
    room.type("sweepSettle", "100000");
    room.press("sweepGo");
    QVERIFY(room.panel.running());
    QCOMPARE(least(), before);
    room.press("sweepGo");
    room.quick();
    QVERIFY(room.sweep());
    QCOMPARE(least(), before);
  }

  void theTabKeyGoesAsTheEyeDoes() {
    Room room(synapse());
    QVERIFY(room.show());
    room.panel.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&room.panel));
    room.selection.set({NeuronId{3}}, {});
    auto& go = room.control<QToolButton>("sweepGo");
    go.setFocus();
    QStringList order;
    for (int presses = 0; presses < 20 && QApplication::focusWidget() != &room.panel.plot(); ++presses) {
      order << QApplication::focusWidget()->objectName();
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    order.removeAll(QStringLiteral("qt_spinbox_lineedit"));
    const char* const wanted =
        "sweepGo sweepFollow sweepOnward sweepAcross sweepAcrossFrom sweepAcrossTo sweepAcrossSteps sweepUp sweepUpFrom "
        "sweepUpTo sweepUpSteps sweepLook sweepSettle";  // how long is looked at does not matter to a map
    QCOMPARE(order.join(QLatin1Char(' ')), QString::fromLatin1(wanted));
    QCOMPARE(QApplication::focusWidget(), &room.panel.plot());
  }

  void saysWhatIsMissing() {
    SessionBridge bridge{builtInDynamics()};
    Selection selection;
    SweepPanel panel(bridge, selection);
    QVERIFY(Stage::show(panel));
    panel.startOrCancel();
    QVERIFY(!panel.running());
    Room room(logisticMap());
    QVERIFY(room.show());
    const QSignalSpy refused(&room.panel, &PlotPanel::refused);
    room.press("sweepGo");
    QCOMPARE(refused.size(), 1);
    QVERIFY(refused[0][0].toString().contains(QStringLiteral("Select")));
  }

  void nothingIsCut_data() {
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    for (const bool dark : {true, false}) {
      QTest::addRow("at the start, %s", dark ? "dark" : "light") << dark << QSize(934, 150);
      QTest::addRow("small, %s", dark ? "dark" : "light") << dark << QSize(1, 1);
    }
  }

  void nothingIsCut() {
    QFETCH(const bool, dark);
    QFETCH(const QSize, size);
    applyWindowTheme(*qApp, dark);
    Room room(synapse());
    room.panel.setDark(dark);
    QVERIFY(Stage::show(room.panel, size.expandedTo(room.panel.minimumSizeHint())));
    QVERIFY(room.panel.minimumSizeHint().width() <= 640 && room.panel.minimumSizeHint().height() <= 160);
    room.selection.set({NeuronId{3}}, {});
    room.type("sweepAcrossSteps", "5");
    room.type("sweepUpSteps", "5");
    QVERIFY(room.sweep());
    room.panel.plot().replot(QCustomPlot::rpImmediateRefresh);
    const QRect axes = room.panel.plot().axisRect()->rect();
    QVERIFY2(axes.width() >= 100 && axes.height() >= 30, qPrintable(QString("%1x%2").arg(axes.width()).arg(axes.height())));
    // Where there is too little room, the form scrolls to whoever has the keys.
    auto& area = room.control<QScrollArea>("sweepFormArea");
    for (auto* box : room.panel.findChildren<QSpinBox*>()) {
      if (!box->isEnabled()) continue;
      box->setFocus(Qt::TabFocusReason);
      QVERIFY(box->hasFocus());
      const auto inSight = [&] {
        return area.viewport()->rect().contains(QRect(box->mapTo(area.viewport(), QPoint()), box->size()));
      };
      QVERIFY2(inSight(), qPrintable(box->objectName()));
    }
  }
};

QTEST_MAIN(TestSweepForm)
#include "tst_sweep_form.moc"
