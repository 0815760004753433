#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <limits>

#include "ui/inspector/field_form.h"
#include "ui/inspector/number_box.h"
#include "ui/window/wheel_guard.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Field number(double minimum, double maximum, double initial) {
  return {"amount", "Amount", "ticks", "How much.", FieldType::Real, minimum, maximum, initial};
}

Spread spread(std::initializer_list<double> values) {
  Spread all;
  for (const double value : values) all.add(value);
  return all;
}

void type(QWidget& box, const char* text) {
  box.setFocus();
  QTest::keyClick(&box, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(&box, QString::fromLatin1(text));
  QTest::keyClick(&box, Qt::Key_Return);
}

}  // namespace

class TestFieldEditor : public QObject {
  Q_OBJECT

 private slots:
  void numbersAreShortAndExact() {
    const Field field = number(0, 100, 1);
    NumberBox box(field);
    box.setValue(0.1);
    QCOMPARE(box.text(), QStringLiteral("0.1 ticks"));
    box.setValue(1e-7);
    QCOMPARE(box.text(), QStringLiteral("1e-07 ticks"));
  }

  /// A minimum that is no number like the others has words, which may be typed as well as the number.
  void aMinimumMayHaveWords() {
    Field field = number(0, 100, 0);
    field.minimumText = "as preset";
    NumberBox box(field);
    box.show();
    box.setValue(0);
    QCOMPARE(box.text(), QStringLiteral("as preset"));
    QSignalSpy entered(&box, &NumberBox::entered);
    type(box, "20");
    QCOMPARE(box.text(), QStringLiteral("20 ticks"));
    type(box, "as preset");
    QCOMPARE(box.text(), QStringLiteral("as preset"));
    type(box, "20");
    type(box, "0");
    QCOMPARE(box.text(), QStringLiteral("as preset"));
    QCOMPARE(entered.count(), 4);
    QCOMPARE(entered.at(1).at(0).toDouble(), 0.0);
  }

  void typingSetsAndRefuses() {
    const Field field = number(0, 100, 1);
    NumberBox box(field);
    box.show();
    box.setValue(5);
    QSignalSpy entered(&box, &NumberBox::entered);
    QSignalSpy refused(&box, &NumberBox::refused);
    type(box, "12,5");
    QCOMPARE(entered.size(), 1);
    QCOMPARE(entered[0][0].toDouble(), 12.5);
    type(box, "101");
    QCOMPARE(entered.size(), 1);
    QCOMPARE(refused.size(), 1);
    QVERIFY(refused[0][0].toString().contains(QStringLiteral("100")));
    QCOMPARE(box.value(), 12.5);
    QCOMPARE(box.text(), QStringLiteral("12.5 ticks"));
    type(box, "lots");
    QCOMPARE(refused.size(), 2);
    type(box, "12.5 ticks");
    QCOMPARE(entered.size(), 1);
  }

  void stepsFollowTheLeadingDigits() {
    const Field field = number(0, 100, 1);
    NumberBox box(field);
    box.setValue(0.3);
    box.stepBy(1);
    QCOMPARE(box.value(), 0.31);
    box.setValue(20);
    box.stepBy(-1);
    QCOMPARE(box.value(), 19.0);
    box.setValue(100);
    box.stepBy(1);
    QCOMPARE(box.value(), 100.0);
  }

  void wheelOverAFormWorksInFocusOnly() {
    const Field field = number(0, 100, 1);
    QScrollArea window;
    auto* form = new QWidget;
    NumberBox box(field, form);
    QLineEdit other(form);
    window.setWidget(form);
    window.show();
    WheelGuard guard;
    qApp->installEventFilter(&guard);
    box.setValue(20);
    other.setFocus();
    const auto turn = [&] {
      QWheelEvent event(QPointF(5, 5), QPointF(5, 5), {}, QPoint(0, 120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                        false);
      QCoreApplication::sendEvent(&box, &event);
    };
    turn();
    QCOMPARE(box.value(), 20.0);
    window.activateWindow();
    box.setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(box.hasFocus(), 1000);
    turn();
    QCOMPARE(box.value(), 21.0);
  }

  void mixedNumbersSayWhich() {
    const Field field = number(0, 100, 1);
    FieldEditor editor(field);
    editor.setSpread(spread({2, 7}), false);
    auto* edit = editor.findChild<QLineEdit*>();
    QVERIFY(edit->text().isEmpty());
    QCOMPARE(edit->placeholderText(), QStringLiteral("mixed: 2 … 7"));
    // Of what moves by itself both ends have to fit into one line.
    Field live = number(0, 100, 1);
    live.evolves = true;
    live.editable = false;
    FieldEditor shown(live);
    shown.setSpread(spread({3.0 / 7, 2.0 / 3}), false);
    QCOMPARE(shown.findChild<QLabel*>()->text(), QStringLiteral("mixed: 0.4286 … 0.6667 ticks"));
  }

  void mixedFlagsBecomeOne() {
    Field field = number(0, 1, 0);
    field.type = FieldType::Flag;
    FieldEditor editor(field);
    editor.show();
    editor.setSpread(spread({0, 1}), false);
    auto* box = editor.findChild<QCheckBox*>();
    QCOMPARE(box->checkState(), Qt::PartiallyChecked);
    QSignalSpy edited(&editor, &FieldEditor::edited);
    box->click();
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited[0][0].toDouble(), 1.0);
    QVERIFY(!box->isTristate());
  }

  void choicesAndMixedChoices() {
    Field field = number(0, 1, 0);
    field.type = FieldType::Choice;
    field.choices = {"chemical", "electrical"};
    FieldEditor editor(field);
    auto* box = editor.findChild<QComboBox*>();
    editor.setSpread(spread({1}), false);
    QCOMPARE(box->currentText(), QStringLiteral("electrical"));
    editor.setSpread(spread({0, 1}), false);
    QCOMPARE(box->currentIndex(), -1);
    QCOMPARE(box->placeholderText(), QStringLiteral("mixed"));
  }

  void unlimitedIsACheck() {
    Field field = number(0, 100, infinity);
    field.unlimited = true;
    FieldEditor editor(field);
    editor.show();
    editor.setSpread(spread({infinity}), false);
    auto* check = editor.findChild<QCheckBox*>();
    QVERIFY(check->isChecked());
    QVERIFY(!editor.findChild<NumberBox*>()->isEnabled());
    QSignalSpy edited(&editor, &FieldEditor::edited);
    check->click();
    QCOMPARE(edited.size(), 1);
    QVERIFY(std::isfinite(edited[0][0].toDouble()));
    check->click();
    QCOMPARE(edited[1][0].toDouble(), infinity);
  }

  void liveValuesLeaveTypingAlone() {
    Field field = number(0, 100, 1);
    field.evolves = true;
    FieldEditor editor(field);
    editor.show();
    editor.setSpread(spread({5}), false);
    auto* box = editor.findChild<NumberBox*>();
    editor.activateWindow();
    box->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(box->hasFocus(), 1000);
    QTest::keyClicks(box, QStringLiteral("42"));
    editor.setSpread(spread({6}), false);
    QCOMPARE(box->text(), QStringLiteral("42"));
    QTest::keyClick(box, Qt::Key_Escape);
    QCOMPARE(box->text(), QStringLiteral("5 ticks"));
  }

  void searchLooksThroughNamesAndHelp() {
    std::vector<Field> fields{number(0, 1, 0), number(0, 1, 0)};
    fields[1].key = "leak";
    fields[1].label = "Leak";
    fields[1].help = "Share that is lost.";
    FieldForm form(fields, QStringLiteral("test"));
    form.show();
    QCOMPARE(form.filter(QStringLiteral("LOST")), 1);
    QVERIFY(form.findChild<FieldEditor*>(QStringLiteral("test.leak"))->isVisible());
    QVERIFY(!form.findChild<FieldEditor*>(QStringLiteral("test.amount"))->isVisible());
    QCOMPARE(form.filter({}), 2);
  }
};

QTEST_MAIN(TestFieldEditor)
#include "tst_field_editor.moc"
