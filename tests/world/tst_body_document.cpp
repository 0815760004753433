#include <QtTest>

#include "core/io/graphml.h"
#include "tests/world/worm_model.h"

using namespace plexarium;

/// Bodies in documents: exact, canonical, and refused by field where they are wrong.
class TestBodyDocument : public QObject {
  Q_OBJECT

 private slots:
  void networksWithoutBodiesStayAsTheyWere() {
    const auto model = galleryModel("reflex.json");
    QVERIFY(writeModel(description_, model).find("controllers") == std::string::npos);
    auto embodied = model;
    embodied.embodiment.controllers.push_back(makeController("w", findWorld("worm2d")->description));
    QVERIFY(stateHash(description_, embodied) != stateHash(description_, model));
    QVERIFY(canonicalDump(description_, embodied) != canonicalDump(description_, model));
  }

  void everythingIsWrittenAndRead() {
    auto model = galleryModel("worm_food.json");
    setWorldParameter(model, "muscle_gain", 0.1 + 0.2);
    setWorldParameter(model, "links", 17);
    auto& controllers = model.embodiment.controllers;
    controllers[0].objects.push_back({9, "wall", {-1, 2.5, 0.1, 3, -45}});
    controllers.insert(controllers.begin(), makeController("a second \"one\"", findWorld("worm2d")->description));
    Life life(model);
    life.live(2);
    const auto text = life.text();
    const auto read = readModel(life.registry, text, "model");
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QCOMPARE(writeModel(description_, *read), text);
    QCOMPARE(stateHash(description_, *read), life.hash());
    QCOMPARE(read->embodiment.controllers[0].id, std::string("a second \"one\""));
    QVERIFY(read->embodiment.controllers[1].objects == life.view(1).objects);
  }

  /// Other programs pass them over; here they come back.
  void graphmlKeepsBodies() {
    auto model = galleryModel("worm_food.json");
    Life life(model);
    life.live(2);
    const auto lived = life.simulation->capture().value();
    const auto text = writeGraphml(description_, lived);
    const auto read = readGraphml(registry_, text, "worm.graphml", description_.key);
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QVERIFY2(read->report.faithful(), read->report.text().c_str());
    QCOMPARE(stateHash(description_, read->model), stateHash(description_, lived));
    auto broken = QString::fromStdString(text);
    broken.replace(QStringLiteral("muscle.D.7"), QStringLiteral("muscle.D.70"));
    const auto refused = readGraphml(registry_, broken.toStdString(), "worm.graphml", description_.key);
    QVERIFY(!refused);
    QVERIFY2(refused.error().text().find("bindings") != std::string::npos, refused.error().text().c_str());
  }

  void orderInTheFileDoesNotMatter() {
    const auto model = galleryModel("worm_food.json");
    auto text = QString::fromStdString(writeModel(description_, model));
    const auto begin = text.indexOf("\"bindings\":[") + 13;
    auto lines = text.mid(begin, text.lastIndexOf("\n]\n}") - begin).split(",\n");
    QVERIFY(lines.size() > 20);
    std::reverse(lines.begin(), lines.end());
    text = text.left(begin) + lines.join(",\n") + "\n]\n}\n";
    const auto read = readModel(registry_, text.toStdString(), "model");
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QCOMPARE(stateHash(description_, *read), stateHash(description_, model));
  }

  void faultsNameTheField_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* from, const char* to, const char* error) {
      QTest::newRow(error) << from << to << error;
    };
    constexpr auto none = "2d\",\"parameters\":{}";
    row("\"type\":\"worm2d\"", "\"type\":\"worm3d\"", "controllers[0].type: there is no body of type 'worm3d'");
    row("\"type\":\"worm2d\",", "", "controllers[0]: the key 'type' is missing");
    row(none, "2d\",\"parameters\":{\"links\":0}", "controllers[0].parameters.links: links 0 is below 4");
    row(none, "2d\",\"parameters\":{\"links\":7.5}", "controllers[0].parameters.links");
    row(none, "2d\",\"parameters\":{\"mass\":-1}", "controllers[0].parameters.mass: there is no key 'mass'");
    row(none, "2d\",\"parameters\":{\"radius\":-1}", "controllers[0].parameters.radius: radius -1 is below 0");
    row(none, "2d\",\"parameters\":{\"stiffness\":\"nan\"}", "controllers[0].parameters.stiffness");
    row("\"kind\":\"food\"", "\"kind\":\"fud\"", "controllers[0].objects[0].kind: there is no 'fud'");
    row("\"reach\":3", "\"reach\":0", "controllers[0].objects[0].reach: reach 0 is below");
    row("\"kind\":\"food\"", "\"kind\":\"food\",\"width\":1", "controllers[0].objects[0].width: there is no key 'width'");
    row("{\"id\":1,\"kind\"", "{\"id\":0,\"kind\"", "controllers[0].objects[0].id");
    row("\"objects\":[", "\"objects\":[{\"id\":1,\"kind\":\"food\"},", "controllers[0].objects: the id 1 stands");
    row("\"id\":\"worm1\"", "\"id\":\"\"", "controllers[0].id: a controller needs a name");
    row("\"id\":\"worm1\"", "\"id\":\"worm2\"", "bindings[0].controller: there is no controller 'worm1'");
    row("\"id\":\"worm1\"", "\"id\":\"worm1\",\"state\":{}", "controller worm1, state.ticks: is missing");
    row("\"port\":\"muscle.D.1\"", "\"port\":\"muscle.D.13\"", ".port: Worm has no port 'muscle.D.13'");
    row("\"gain\":3", "\"gain\":-3", ".gain: the gain is out of range");
    row("\"gain\":3", "\"gain\":\"nan\"", ".gain: ");
    row("\"gain\":3", "\"gain\":null", ".gain: ");
    row("\"gain\":3", "\"gains\":3", "there is no key 'gains'");
    row("\"neuron\":69}", "\"neuron\":9999}", ".neuron: there is no neuron 9999");
    row("\"neuron\":69}", "\"neuron\":69},{\"controller\":\"worm1\",\"port\":\"muscle.D.1\",\"neuron\":69}", "twice");
    row("\"bindings\":[", "\"bindings\":[7,", "bindings[0]: ");
    row("\"controllers\":[", "\"controllers\":[7,", "controllers[0]: ");
    row("\"controllers\":[", "\"controllers\":[{\"id\":\"worm1\",\"type\":\"worm2d\"},",
        "two controllers are called 'worm1'");
  }

  void faultsNameTheField() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, error);
    auto text = QString::fromStdString(writeModel(description_, galleryModel("worm_food.json")));
    QVERIFY2(text.contains(from), qPrintable(from));
    const auto read = readModel(registry_, text.replace(text.indexOf(from), from.size(), to).toStdString(), "worm");
    QVERIFY(!read);
    const auto said = QString::fromStdString(read.error().text());
    QVERIFY2(said.contains(error), qPrintable(said));
  }

  void damagedBodiesNeverCrash() {
    Life life(galleryModel("worm_food.json"));
    life.live(1);
    const auto text = life.text();
    const auto begin = text.find("\"controllers\"");
    std::size_t accepted = 0;
    constexpr std::string_view signs = "{}[],:\"0-9.e";
    std::uint32_t random = 1;
    const auto draw = [&](std::size_t below) { return (random = random * 1664525 + 1013904223) / 65536 % below; };
    for (int trial = 0; trial < 400; ++trial) {
      auto damaged = text;
      const auto place = begin + draw(text.size() - begin);
      if (trial % 2 == 0) damaged[place] = signs[draw(signs.size())];
      if (trial % 2 == 1) damaged.erase(place, 1 + draw(6));
      const auto read = readModel(registry_, damaged, "damaged");
      if (!read) continue;
      ++accepted;
      Life(*read).live(0.05);
    }
    QVERIFY(accepted > 0 && accepted < 400);
  }

 private:
  Registry registry_ = builtInDynamics();
  const Description& description_ = registry_.find("transmitter")->description;
};

QTEST_GUILESS_MAIN(TestBodyDocument)
#include "tst_body_document.moc"
