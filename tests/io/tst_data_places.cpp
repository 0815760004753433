#include <QtTest>
#include <algorithm>
#include <filesystem>

#include "core/dynamics/registry.h"
#include "core/io/data_places.h"
#include "core/io/document.h"
#include "core/io/json_tree.h"

using namespace plexarium;
namespace fs = std::filesystem;

namespace {

/// JSON that is written with ' for its quotes.
std::string json(std::string text) {
  std::ranges::replace(text, '\'', '"');
  return text;
}

std::string feedAt(const std::vector<std::string>& places) {
  std::string text = "{'format':'plexarium-feeds','place':'stays','feeds':[";
  for (const auto& place : places) {
    if (text.back() != '[') text += ',';
    text += "{'plan':{'name':'a','source':{'place':'" + place + "','seed':3},'place':'stays'},'place':{'n':0.1}}";
  }
  return json(text + "]}");
}

}  // namespace

/// Data that move with the document that names them.
class TestDataPlaces : public QObject {
  Q_OBJECT

 private slots:
  void placesAreNamedFromTheDocument_data() {
    QTest::addColumn<std::string>("whole");
    QTest::addColumn<std::string>("named");
    QTest::newRow("beside") << std::string("/a/b/x.csv") << std::string("x.csv");
    QTest::newRow("below") << std::string("/a/b/data/x.csv") << std::string("data/x.csv");
    QTest::newRow("the folder") << std::string("/a/b") << std::string(".");
    QTest::newRow("above") << std::string("/a/x.csv") << std::string("/a/x.csv");
    QTest::newRow("a neighbour") << std::string("/a/bc/x.csv") << std::string("/a/bc/x.csv");
    QTest::newRow("elsewhere") << std::string("/x.csv") << std::string("/x.csv");
    QTest::newRow("dots in a name") << std::string("/a/b/..x/y") << std::string("..x/y");
    QTest::newRow("made") << std::string("generator:xor") << std::string("generator:xor");
  }

  void placesAreNamedFromTheDocument() {
    QFETCH(std::string, whole);
    QFETCH(std::string, named);
    // Every feed's place, and nothing else that is called so.
    const auto running = feedAt({whole, "generator:moons", whole});
    const auto kept = feedAt({named, "generator:moons", named});
    QCOMPARE(placesFor(running, "/a/b/model.json"), kept);
    QCOMPARE(placesOf(kept, "/a/b/model.json"), running);
    QCOMPARE(placesOf(placesFor(running, "/a/b/../b/model.json"), "/a/./b/model.json"), running);
  }

  void relativePlacesCountFromTheWorkingDirectory() {
    const auto here = fs::current_path();
    QCOMPARE(placesFor(feedAt({"x.csv"}), here / "model.json"), feedAt({"x.csv"}));
    QCOMPARE(placesFor(feedAt({"x.csv"}), "model.json"), feedAt({"x.csv"}));
    QCOMPARE(placesFor(feedAt({"./d/../x.csv/"}), here / "below/model.json"), feedAt({(here / "x.csv").string()}));
    QCOMPARE(placesOf(feedAt({"x.csv"}), "model.json"), feedAt({(here / "x.csv").string()}));
  }

  void whateverHasAnotherShapeStays() {
    for (const char* shape : {"", "{", "[]", "7", "{'feeds':{'place':'x'}}", "{'feeds':[1,{'plan':[2]}]}",
                              "{'feeds':[{'plan':{'source':{'place':5}}}]}", "{'plan':{'source':{'place':'x'}}}"}) {
      const auto text = json(shape);
      QCOMPARE(placesFor(text, "/a/m.json"), text);
      QCOMPARE(placesOf(text, "/a/m.json"), text);
    }
  }

  void dataMoveWithTheModel() {
    const QTemporaryDir folder;
    const fs::path root = folder.path().toStdString();
    fs::create_directories(root / "one/data");
    const auto registry = builtInDynamics();
    const auto& entry = registry.entries().front();
    auto model = entry.create(initialValues(entry.description.creationFields), 1).value();
    model.feed = feedAt({(root / "one/data/x.csv").string(), (root / "y.csv").string()});
    QVERIFY(saveModel(entry.description, model, root / "one/model.json"));
    QCOMPARE(loadModel(registry, root / "one/model.json")->feed, model.feed);
    fs::rename(root / "one", root / "two");
    const auto moved = feedAt({(root / "two/data/x.csv").string(), (root / "y.csv").string()});
    QCOMPARE(loadModel(registry, root / "two/model.json")->feed, moved);
    // Saved somewhere else, the data are still found where they are.
    model.feed = moved;
    QVERIFY(saveModel(entry.description, model, root / "model.json"));
    QCOMPARE(loadModel(registry, root / "model.json")->feed, moved);
  }
};

QTEST_APPLESS_MAIN(TestDataPlaces)
#include "tst_data_places.moc"
