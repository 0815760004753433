#include <QtTest>

#include <cmath>

#include "core/description/field.h"

using namespace plexarium;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

Field make(FieldType type, double minimum, double maximum) {
  Field field;
  field.key = "gain";
  field.unit = "mV";
  field.type = type;
  field.minimum = minimum;
  field.maximum = maximum;
  return field;
}

Field choice() {
  auto field = make(FieldType::Choice, 0, 2);
  field.choices = {"low", "middle", "high"};
  return field;
}

}  // namespace

class TestField : public QObject {
  Q_OBJECT

 private slots:
  void rangesAreInclusive();
  void wholeNumbersAreWhole();
  void choicesAndFlags();
  void infinityIsAValueOnlyWhereUnlimited();
  void errorsSayWhatWhereAndWhatToDo();
  void formattedValuesAreReadBack_data();
  void formattedValuesAreReadBack();
  void nonsenseIsNotRead();
  void fieldsAreFoundByKey();
};

void TestField::rangesAreInclusive() {
  const auto field = make(FieldType::Real, -1, 2.5);
  for (const double value : {-1.0, 0.0, 2.5}) QVERIFY(checkValue(field, value));
  QVERIFY(!checkValue(field, std::nextafter(-1.0, -2.0)));
  QVERIFY(!checkValue(field, std::nextafter(2.5, 3.0)));
  QVERIFY(!checkValue(field, std::nan("")));
}

void TestField::wholeNumbersAreWhole() {
  const auto field = make(FieldType::Integer, -1e12, 1e12);
  QVERIFY(checkValue(field, -7));
  QVERIFY(!checkValue(field, 0.5));
  QVERIFY(checkValue(field, 2147483647.0));
  QVERIFY(!checkValue(field, 2147483648.0));  // does not fit the column, whatever the range says
}

void TestField::choicesAndFlags() {
  for (const double value : {0.0, 1.0, 2.0}) QVERIFY(checkValue(choice(), value));
  for (const double value : {-1.0, 3.0, 0.5}) QVERIFY(!checkValue(choice(), value));
  const auto flag = make(FieldType::Flag, 0, 1);
  QVERIFY(checkValue(flag, 0) && checkValue(flag, 1));
  QVERIFY(!checkValue(flag, 2) && !checkValue(flag, 0.5));
}

void TestField::infinityIsAValueOnlyWhereUnlimited() {
  auto field = make(FieldType::Real, 0, infinite);
  QVERIFY(checkValue(field, 1e300));
  QVERIFY(!checkValue(field, infinite));
  field.unlimited = true;
  QVERIFY(checkValue(field, infinite));
  QVERIFY(!checkValue(field, -infinite));
  QCOMPARE(formatValue(field, infinite), std::string("unlimited"));
  QCOMPARE(parseValue(field, "unlimited").value(), infinite);
}

void TestField::errorsSayWhatWhereAndWhatToDo() {
  const auto advice = [](double minimum, double maximum) {
    const auto checked = checkValue(make(FieldType::Real, minimum, maximum), std::nan(""), "neurons[3].gain");
    return checked.error().advice;
  };
  QCOMPARE(advice(0, 5), std::string("It may be from 0 to 5 mV"));
  QCOMPARE(advice(0.5, infinite), std::string("It may be at least 0.5 mV"));
  QCOMPARE(advice(-infinite, 0), std::string("It may be at most 0 mV"));
  QCOMPARE(advice(-infinite, infinite), std::string("It may be any number"));
  const auto below = checkValue(make(FieldType::Real, 0, 5), -3, "neurons[3].gain");
  QCOMPARE(below.error().what, std::string("gain -3 is below 0"));
  QCOMPARE(below.error().where, std::string("neurons[3].gain"));
  QCOMPARE(checkValue(choice(), 9).error().advice, std::string("It may be low, middle, high"));
}

void TestField::formattedValuesAreReadBack_data() {
  QTest::addColumn<int>("type");
  QTest::addColumn<double>("value");
  QTest::addColumn<QString>("text");
  QTest::newRow("real") << static_cast<int>(FieldType::Real) << 0.1 << "0.1";
  QTest::newRow("third") << static_cast<int>(FieldType::Real) << 1.0 / 3 << "0.3333333333333333";
  QTest::newRow("large") << static_cast<int>(FieldType::Real) << 1e300 << "1e+300";
  QTest::newRow("single") << static_cast<int>(FieldType::Single) << static_cast<double>(0.1F) << "0.1";
  QTest::newRow("integer") << static_cast<int>(FieldType::Integer) << -12.0 << "-12";
  QTest::newRow("flag") << static_cast<int>(FieldType::Flag) << 1.0 << "yes";
  QTest::newRow("choice") << static_cast<int>(FieldType::Choice) << 2.0 << "high";
}

void TestField::formattedValuesAreReadBack() {
  QFETCH(int, type);
  QFETCH(double, value);
  QFETCH(QString, text);
  auto field = choice();
  field.type = static_cast<FieldType>(type);
  field.minimum = -infinite;
  field.maximum = infinite;
  QCOMPARE(QString::fromStdString(formatValue(field, value)), text);
  const double read = parseValue(field, text.toStdString()).value();
  const bool single = field.type == FieldType::Single;
  QCOMPARE(single ? static_cast<double>(static_cast<float>(read)) : read, value);
}

void TestField::nonsenseIsNotRead() {
  const auto real = make(FieldType::Real, 0, 5);
  for (const char* text : {"", " 1", "1 ", "1x", "one", "nan", "inf", "1e999", "yes", "unlimited", "6", "-1", "0x10"}) {
    QVERIFY2(!parseValue(real, text), text);
  }
  QVERIFY(!parseValue(choice(), "lowest"));
  QVERIFY(!parseValue(choice(), "1"));
  const auto flag = make(FieldType::Flag, 0, 1);
  QCOMPARE(parseValue(flag, "true").value(), 1.0);
  QCOMPARE(parseValue(flag, "no").value(), 0.0);
  QVERIFY(!parseValue(flag, "maybe"));
}

void TestField::fieldsAreFoundByKey() {
  const std::vector<Field> fields{make(FieldType::Real, 0, 1), choice()};
  QVERIFY(findField(fields, "gain") == std::size_t{0});
  QVERIFY(!findField(fields, "Gain"));
  auto initial = fields;
  initial[1].initial = 2;
  QCOMPARE(initialValues(initial), (std::vector<double>{0, 2}));
}

QTEST_GUILESS_MAIN(TestField)
#include "tst_field.moc"
