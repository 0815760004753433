#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSlider>
#include <algorithm>

#include "tests/gui/window/stage.h"
#include "ui/inspector/inspector.h"
#include "ui/window/notice_area.h"
#include "ui/window/tour.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// To whoever has the keys now, as a keyboard does.
void press(Stage& stage, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
  QWidget* taker = QApplication::activePopupWidget();
  if (!taker) taker = QApplication::focusWidget();
  QTest::keyClick(taker ? taker : &stage.window, key, modifiers);
}

bool activate(Stage& stage) {
  stage.window.activateWindow();
  return QTest::qWaitForWindowActive(&stage.window, patience);
}

/// Tab until `found` likes who has the focus.
template <typename Found>
bool tabTo(Stage& stage, Found found) {
  for (int presses = 0; presses < 150; ++presses) {
    if (QApplication::focusWidget() && found(*QApplication::focusWidget())) return true;
    press(stage, Qt::Key_Tab);
  }
  return false;
}

bool called(const QWidget& widget, const char* name) { return widget.objectName() == QString::fromLatin1(name); }

/// From the menu bar, by the underlined letters.
void chooseByLetters(Stage& stage, Qt::Key menu, Qt::Key item) {
  press(stage, menu, Qt::AltModifier);
  QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget(), patience);
  press(stage, item);
}

bool isControl(const QWidget& widget) {
  return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
         qobject_cast<const QAbstractSpinBox*>(&widget) || qobject_cast<const QLineEdit*>(&widget) ||
         qobject_cast<const QSlider*>(&widget) || qobject_cast<const QAbstractItemView*>(&widget) ||
         widget.focusPolicy() & Qt::TabFocus;
}

/// A scroll area speaks for its viewport, a spin box or a combo box for its line edit, and Qt names the parts that it makes.
bool isPart(const QWidget& widget) {
  const auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget());
  if (area && area->viewport() == &widget) return true;
  // A window keeps a bar for the tabs of docks after the last of them has left it.
  if (const auto* tabs = qobject_cast<const QTabBar*>(&widget); tabs && tabs->count() == 0) return true;
  return widget.objectName().startsWith(QLatin1String("qt_")) ||
         qobject_cast<const QAbstractSpinBox*>(widget.parentWidget()) ||
         qobject_cast<const QComboBox*>(widget.parentWidget());
}

/// Controls on screen that a screen reader could not name.
QStringList nameless(QWidget& root) {
  QStringList found;
  for (auto* widget : root.findChildren<QWidget*>()) {
    if (!widget->isVisible() || !isControl(*widget) || isPart(*widget)) continue;
    const auto* spoken = QAccessible::queryAccessibleInterface(widget);
    if (spoken && !spoken->text(QAccessible::Name).trimmed().isEmpty()) continue;
    QString path = QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
    for (auto* parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
      path += QStringLiteral(" < ") + QString::fromLatin1(parent->metaObject()->className());
    }
    found << path;
  }
  return found;
}

}  // namespace

class TestKeyboard : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void theMenuKeyOpensTheMenuOfTheSelection_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::newRow("Menu") << int{Qt::Key_Menu} << 0;
    QTest::newRow("Shift+F10") << int{Qt::Key_F10} << int{Qt::ShiftModifier};
  }
  void theMenuKeyOpensTheMenuOfTheSelection() {
    QFETCH(int, key);
    QFETCH(int, modifiers);
    Stage stage;
    QVERIFY(stage.openToy(4));
    const auto menu = [&]() -> QMenu* {
      stage.key(Qt::Key(key), Qt::KeyboardModifiers(modifiers));
      QMenu* open = nullptr;
      (void)QTest::qWaitFor([&] { return (open = qobject_cast<QMenu*>(QApplication::activePopupWidget())) != nullptr; });
      return open;
    };
    const auto first = [](const QMenu* open) {
      return open && !open->actions().isEmpty() ? open->actions()[0]->text() : QString();
    };
    const auto close = [&] {
      press(stage, Qt::Key_Escape);
      return QTest::qWaitFor([] { return !QApplication::activePopupWidget(); });
    };
    stage.window.selection().set({stage.id(2)}, {});
    const QMenu* open = menu();
    QCOMPARE(first(open), QStringLiteral("Stimulate"));
    const auto& canvas = stage.window.canvasView().canvas();
    const QPointF place = canvas.toItem((*stage.now().graph.positions)[2]);
    QVERIFY((open->pos() - stage.window.canvasView().mapToGlobal(place).toPoint()).manhattanLength() < 4);
    QVERIFY(close());
    stage.window.selection().set({}, {stage.now().graph.key(1)});
    open = menu();
    QVERIFY(open && open->actions().size() == 3);  // delete, select both ends, exchange
    QVERIFY(close());
    QCOMPARE(stage.window.selection().links().size(), std::size_t{1});
    stage.window.selection().clear();
    QCOMPARE(first(menu()), QStringLiteral("Add neuron here"));
    press(stage, Qt::Key_Down);
    press(stage, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{5}, patience);
  }

  void theTourByKeysAlone() {
    Stage stage;
    QVERIFY(stage.openToy(4));
    stage.window.bridge().submit({"Calm", {SetParameter{toy::Rewires, 0}}});  // what a hand does is what changes
    stage.window.bridge().post(Run{});
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().running, patience);
    QVERIFY(activate(stage));
    Tour& tour = stage.window.tour();
    chooseByLetters(stage, Qt::Key_H, Qt::Key_F);
    QTRY_VERIFY_WITH_TIMEOUT(tour.isVisible(), patience);
    QVERIFY(activate(stage));  // which the closed menu does not do by itself without a window manager
    press(stage, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{1}, patience);
    press(stage, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{2}, patience);
    QVERIFY(tabTo(stage, [](const QWidget& widget) { return called(widget, "canvasView"); }));
    // Find a neuron by its number, then its menu.
    press(stage, Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::focusWidget() && called(*QApplication::focusWidget(), "findText"), patience);
    QTest::keyClicks(QApplication::focusWidget(), QString::number(stage.id(2).value));
    press(stage, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.selection().neurons(), std::vector{stage.id(2)}, patience);
    QVERIFY(tabTo(stage, [](const QWidget& widget) { return called(widget, "canvasView"); }));
    press(stage, Qt::Key_Menu);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget(), patience);
    press(stage, Qt::Key_Down);
    press(stage, Qt::Key_Return);
    QVERIFY(activate(stage));
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{3}, patience);
    press(stage, Qt::Key_N);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{4}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.selection().neurons(), std::vector{stage.id(4)}, patience);
    press(stage, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(stage.window.selection().neurons().size(), std::size_t{5});
    press(stage, Qt::Key_L);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{5}, patience);
    const auto* inspector = stage.window.findChild<Inspector*>();
    QVERIFY(tabTo(stage, [&](const QWidget& widget) {
      return qobject_cast<const NumberBox*>(&widget) && inspector->isAncestorOf(&widget);
    }));
    press(stage, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("0.375"));
    press(stage, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{6}, patience);
    press(stage, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{7}, patience);
    press(stage, Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(qobject_cast<QFileDialog*>(QApplication::activeModalWidget()), patience);
    auto* name = QApplication::activeModalWidget()->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    QVERIFY(name);
    name->selectAll();
    QTest::keyClicks(name, stage.path("tour.json"));
    // The first Enter may be for the names that the dialog offers.
    for (int enter = 0; enter < 3 && tour.step() < 8; ++enter) {
      press(stage, Qt::Key_Return);
      (void)QTest::qWaitFor([&] { return tour.step() == 8; }, 500);
    }
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{8}, patience);
    QVERIFY(QFile::exists(stage.path("tour.json")));
    QVERIFY(activate(stage));
    QVERIFY(tabTo(stage, [](const QWidget& widget) { return called(widget, "tourLeave"); }));
    press(stage, Qt::Key_Space);
    QVERIFY(!tour.isVisible());
  }

  void tabPassesByWhatLiesBehindAnotherTab() {
    Stage stage;
    QVERIFY(stage.openToy(4));
    QVERIFY(activate(stage));
    QSet<QDockWidget*> reached;
    for (const auto key : {Qt::Key_Tab, Qt::Key_Backtab}) {
      for (int presses = 0; presses < 150; ++presses) {
        press(stage, key);
        QVERIFY(QApplication::focusWidget());
        for (auto* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
          auto* dock = qobject_cast<QDockWidget*>(widget);
          if (!dock) continue;
          QVERIFY2(!dock->visibleRegion().isEmpty(), qPrintable(dock->objectName()));
          reached.insert(dock);
        }
      }
    }
    QVERIFY(reached.size() > 1);
    QVERIFY(reached.size() < stage.window.findChildren<QDockWidget*>().size());
  }

  void everyControlHasAName() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    stage.window.selection().set({stage.id(0), stage.id(1)}, {stage.now().graph.key(0)});
    stage.window.actions().group->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().graph.groups->size(), std::size_t{1}, patience);
    stage.window.actions().tour->trigger();
    stage.window.notices().say(QStringLiteral("Something"), false, 0, {{QStringLiteral("Do"), [] {}}});
    stage.window.actions().find->trigger();
    for (auto* dock : stage.window.findChildren<QDockWidget*>()) {
      dock->show();
      dock->raise();
      QTRY_VERIFY_WITH_TIMEOUT(dock->widget()->isVisible(), patience);
      QTRY_COMPARE_WITH_TIMEOUT(nameless(stage.window).join(QLatin1Char('\n')), QString(), patience);  // tabs come later
    }
    const Actions& actions = stage.window.actions();
    for (auto* action :
         {actions.create, actions.gallery, actions.wire, actions.nameGroup, actions.film, actions.keys, actions.about}) {
      action->trigger();
      QDialog* dialog = nullptr;
      for (auto* each : stage.window.findChildren<QDialog*>()) dialog = each->isVisible() ? each : dialog;
      QVERIFY2(dialog, qPrintable(action->objectName()));
      QVERIFY(!dialog->windowTitle().isEmpty());
      QCOMPARE(nameless(*dialog).join(QLatin1Char('\n')), QString());
      dialog->reject();
      QTRY_VERIFY_WITH_TIMEOUT(!stage.window.findChildren<QDialog*>().contains(dialog), patience);
    }
  }

  void everyCommandSaysWhatItDoes() {
    Stage stage;
    for (const auto* action : stage.window.actions().all()) {
      QVERIFY2(!action->text().isEmpty() && !action->statusTip().isEmpty(), qPrintable(action->objectName()));
    }
  }
};

int main(int argc, char** argv) { return runWindowTest<TestKeyboard>(argc, argv, "tst_keyboard"); }

#include "tst_keyboard.moc"
