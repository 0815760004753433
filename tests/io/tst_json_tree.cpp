#include <QtTest>

#include <cmath>

#include "core/io/json_text.h"
#include "core/io/json_tree.h"

using namespace plexarium;

namespace {

template <typename T>
std::string numberText(T value) {
  std::string text;
  appendNumber(text, value);
  return text;
}

std::string quoted(std::string_view value) {
  std::string text;
  appendQuoted(text, value);
  return text;
}

}  // namespace

/// JSON texts in and out, below the level of models.
class TestJsonTree : public QObject {
  Q_OBJECT

 private slots:
  void numbersAreShortestAndExact() {
    QCOMPARE(numberText(0.1), std::string("0.1"));
    QCOMPARE(numberText(12.0), std::string("12"));
    QCOMPARE(numberText(-0.0), std::string("-0.0"));
    QCOMPARE(numberText(0.1F), std::string("0.1"));
    QCOMPARE(numberText(1e300), std::string("1e+300"));
    QCOMPARE(numberText(std::uint64_t{18446744073709551615U}), std::string("18446744073709551615"));
    for (const double value : {5e-324, 0.1 + 0.2, 1.0 / 3, 1.7976931348623157e308, 123456789.123456789}) {
      const auto tree = JsonTree::parse(numberText(value), "number");
      QVERIFY(tree);
      QCOMPARE(tree->root().number(), value);
    }
    QVERIFY(std::signbit(JsonTree::parse("-0.0", "number")->root().number()));
  }

  void textsAreEscaped() {
    QCOMPARE(quoted("a\"b\\c\n\t\x01"), std::string("\"a\\\"b\\\\c\\n\\t\\u0001\""));
    QCOMPARE(quoted("\xc3\xa4\xf0\x9f\x90\x9b"), std::string("\"\xc3\xa4\xf0\x9f\x90\x9b\""));
    QCOMPARE(quoted("a\xff\xc3z"), std::string("\"a\xef\xbf\xbd\xef\xbf\xbdz\""));
    for (const char* surrogate : {"\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80"})
      QCOMPARE(utf8Length(surrogate), std::size_t{0});
  }

  void structureIsKept() {
    const std::string text = "{\"a\":[1,-2,0.5,[],{}],\"b\":{\"c\":null,\"d\":[true,\"x\\n\"]},\"e\":18446744073709551615}";
    const auto tree = JsonTree::parse(" " + text + "\n", "tree");
    QVERIFY(tree);
    QCOMPARE(JsonTree::compact(tree->root()), text);
    QCOMPARE(tree->root().childCount(), std::size_t{3});
    QStringList keys;
    for (const auto child : tree->root().children()) keys << QString::fromStdString(std::string(child.key()));
    QCOMPARE(keys, QStringList({"a", "b", "e"}));
    QCOMPARE((*tree->root().children().begin()).childCount(), std::size_t{5});
  }

  void compactLeavesWhatIsNoJson() {
    QCOMPARE(compactJson(" { \"a\" : 1 } "), std::string("{\"a\":1}"));
    QCOMPARE(compactJson(""), std::string());
    QCOMPARE(compactJson("{"), std::string("{"));
  }

  void faultsNameLineAndColumn_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");
    QTest::newRow("first line") << QByteArray("{]") << "t, line 1, column 2"
                                << "syntax error";
    QTest::newRow("third line") << QByteArray("{\"a\":1,\n\n  x}") << "t, line 3, column 3"
                                << "invalid literal";
    QTest::newRow("cut off") << QByteArray("{\"a\":") << "t, line 1, column 6"
                             << "unexpected end of input";
    QTest::newRow("after the end") << QByteArray("1 2") << "t, line 1, column 3"
                                   << "expected end of input";
    QTest::newRow("huge") << QByteArray("[1e400]") << "t, line 1, column 6"
                          << "number overflow";
    QTest::newRow("twice") << QByteArray("[{\"a\":1,\"a\":2}]") << "t"
                           << "'a' stands twice";
    QTest::newRow("deep") << QByteArray(65, '[') << "t"
                          << "deeper than 64";
  }

  void faultsNameLineAndColumn() {
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    QFETCH(QString, what);
    const auto tree = JsonTree::parse(text.toStdString(), "t");
    QVERIFY(!tree);
    QCOMPARE(QString::fromStdString(tree.error().where), where);
    QVERIFY2(QString::fromStdString(tree.error().what).contains(what), tree.error().what.c_str());
  }
};

QTEST_GUILESS_MAIN(TestJsonTree)
#include "tst_json_tree.moc"
