#include <QtTest>

#include "core/data/source.h"
#include "tests/data/data_driver.h"

using namespace plexarium;

namespace {

Result<DataSource> roundTrip(const DataSource& source) {
  const auto tree = JsonTree::parse(writeSource(source), "t");
  return tree ? readSource(tree->root(), "source") : tl::unexpected(tree.error());
}

QString realData() {
  const auto given = qEnvironmentVariable("PLEXARIUM_DATA");
  return given.isEmpty() ? QStringLiteral(PLEXARIUM_SOURCE_DIR "/../shared/data") : given;
}

}  // namespace

/// One door to all kinds of data.
class TestDataSource : public QObject {
  Q_OBJECT

 private slots:
  void kindsAreToldApart() {
    QTemporaryDir folder;
    const auto path = [&](const char* name) { return folder.filePath(name).toStdString(); };
    QVERIFY(writeFile(folder.filePath("t.csv"), "x,y\n1,a\n2,b\n"));
    QVERIFY(writeFile(folder.filePath("data_batch_1.bin"), QByteArray(3073, '\1')));
    QVERIFY(writeFile(folder.filePath("data_batch_2.bin"), QByteArray(2 * 3073, '\2')));
    QVERIFY(writeFile(folder.filePath("strange.xyz"), "?"));
    QCOMPARE(openData({path("t.csv")}).value()->info().classes.size(), std::size_t{2});
    QCOMPARE(openData({path("data_batch_2.bin")}).value()->info().samples, std::size_t{2});
    const auto batches = openData({folder.path().toStdString()}).value();
    QCOMPARE(batches->info().samples, std::size_t{3});
    QCOMPARE(batches->label(1), 1U);
    QCOMPARE(openData({"generator:moons", {{"samples", 12}}}).value()->info().samples, std::size_t{12});
    QVERIFY(!openData({path("strange.xyz")}));
    QVERIFY(!openData({path("missing.csv")}));
    QVERIFY(!openData({path("t.csv"), {{"samples", 12}}}));
    QCOMPARE(openData({"generator:moons", {{"sample", 12}}}).error().text(),
             std::string("generator:moons: the generator has no setting 'sample'. Did you mean 'samples'?"));
  }

  void sourcesAreWrittenAndRead() {
    DataSource source{"some \"place\"", {{"noise", 0.1}, {"samples", 7}}, 0xffffffffffffffff, {}};
    source.csv = {';', true, false, {"a", "b"}, {"c"}, TargetKind::Values};
    QCOMPARE(roundTrip(source).value(), source);
    QCOMPARE(writeSource({"x.csv"}), std::string("{\"place\":\"x.csv\"}"));
    QCOMPARE(roundTrip({"x.csv"}).value(), (DataSource{"x.csv"}));
  }

  void damagedSourcesAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("no place") << QByteArray("{}") << "source: the key 'place' is missing";
    QTest::newRow("unknown") << QByteArray("{\"place\":\"x\",\"sead\":1}") << "source.sead: there is no key 'sead' here";
    QTest::newRow("seed") << QByteArray("{\"place\":\"x\",\"seed\":-1}") << "source.seed: is not a whole number";
    QTest::newRow("setting") << QByteArray("{\"place\":\"x\",\"settings\":{\"a\":\"b\"}}") << "source.settings.a: is a text";
    QTest::newRow("separator") << QByteArray("{\"place\":\"x\",\"separator\":\"dot\"}") << "source.separator: is not comma";
    QTest::newRow("header") << QByteArray("{\"place\":\"x\",\"header\":1}") << "source.header: is a number";
    QTest::newRow("inputs") << QByteArray("{\"place\":\"x\",\"inputs\":[1]}") << "source.inputs[0]: is a number";
    QTest::newRow("kind") << QByteArray("{\"place\":\"x\",\"target_kind\":\"both\"}") << "source.target_kind: is neither";
  }

  void damagedSourcesAreRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const auto tree = JsonTree::parse(text.toStdString(), "t").value();
    const auto read = readSource(tree.root(), "source");
    QVERIFY(!read);
    QVERIFY2(QString::fromStdString(read.error().text()).startsWith(error), read.error().text().c_str());
  }

  void realFiles() {
    const QDir folder(realData());
    if (!folder.exists("mnist") || !folder.exists("cifar10-catdog")) QSKIP("no real data");
    const auto digits = openData({folder.filePath("mnist/t10k-images-idx3-ubyte.gz").toStdString()}).value();
    QCOMPARE(digits->info().samples, std::size_t{10000});
    QCOMPARE(digits->info().picture, (PictureShape{28, 28, 1}));
    QCOMPARE(countClasses(*digits), (std::vector<std::size_t>{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}));
    QCOMPARE(digits->label(0), 7U);
    const auto pets = openData({folder.filePath("cifar10-catdog/catdog_test.bin").toStdString()}).value();
    QCOMPARE(pets->info().classes, (std::vector<std::string>{"cat", "dog"}));
    QCOMPARE(countClasses(*pets), (std::vector<std::size_t>{1000, 1000}));
    QCOMPARE(readSample(*pets, 1999).inputs.size(), std::size_t{3072});
  }
};

QTEST_GUILESS_MAIN(TestDataSource)
#include "tst_data_source.moc"
