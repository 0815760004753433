#include <qcustomplot.h>

#include <QDockWidget>
#include <QToolButton>

#include "tests/gui/window/stage.h"
#include "ui/sweep/sweep_panel.h"
#include "ui/window/gallery.h"

using namespace plexarium;
using namespace plexarium::ui;

/// A person asks in the window what a neuron, or what a link leads to, would be.
class TestWhatIf : public QObject {
  Q_OBJECT

 private:
  struct Room : Stage {
    bool begin(const char* file) {
      QSignalSpy opened(&window.document(), &Document::opened);
      const auto model = galleryModel(registry(), QStringLiteral(":/models/%1.json").arg(QString::fromLatin1(file)));
      if (!model) return false;
      window.document().create([model] { return *model; }, false);
      return show() && (!opened.isEmpty() || opened.wait(patience));
    }
    [[nodiscard]] std::size_t called(const char* name) {
      const auto& names = *now().graph.names;
      return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    }
    QToolButton& button() { return *window.findChild<QToolButton*>(QStringLiteral("sweepSelected")); }
    SweepPanel& panel() { return *window.findChild<SweepPanel*>(); }
    bool ask() {
      QTest::mouseClick(&button(), Qt::LeftButton);
      return QTest::qWaitFor([this] { return !panel().running() && panel().result() != nullptr; }, 4 * patience);
    }
  };

 private slots:
  void init() { QSettings().clear(); }

  /// The surface of a synapse with the operating point.
  void aNeuronShowsItsSurface() {
    Room room;
    QVERIFY(room.begin("synann_gates"));
    QVERIFY(!room.button().isVisible());
    room.click(room.called("A AND B"));
    QTRY_VERIFY_WITH_TIMEOUT(room.button().isVisible(), patience);
    QVERIFY(room.ask());
    auto* dock = room.window.findChild<QDockWidget*>(QStringLiteral("sweepDock"));
    QTRY_VERIFY_WITH_TIMEOUT(!room.panel().visibleRegion().isEmpty(), patience);
    QVERIFY(dock->isVisible());
    // It has made itself room: axes in which a surface can be read.
    QTRY_VERIFY_WITH_TIMEOUT(room.panel().plot().axisRect()->height() > 120, patience);
    const auto& result = *room.panel().result();
    QCOMPARE(room.panel().picture().drawn(), 41 * 41);
    const auto corner = [&](std::size_t x, std::size_t y) { return result.at(x, y).back(); };
    QVERIFY(corner(40, 40) > 0.99 && corner(0, 40) < 0.01 && corner(40, 0) < 0.01 && corner(0, 0) < 0.01);
    QTRY_VERIFY_WITH_TIMEOUT(room.panel().picture().marks().across && room.panel().picture().marks().up, patience);
  }

  void aLinkShowsItsWeight() {
    Room room;
    QVERIFY(room.begin("synann_flip_flop"));
    room.window.selection().set({}, {room.now().graph.key(0)});
    QTRY_VERIFY_WITH_TIMEOUT(room.button().isVisible(), patience);
    QVERIFY(room.ask());
    QVERIFY(room.panel().result()->across.size() == 300 && room.panel().picture().drawn() > 0);
  }
};

int main(int argc, char** argv) { return runWindowTest<TestWhatIf>(argc, argv, "tst_what_if"); }
#include "tst_what_if.moc"
