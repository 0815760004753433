#include "tests/feed/feed_driver.h"

using namespace plexarium;

namespace {

FeedPlan fullPlan() {
  FeedPlan plan;
  plan.name = "eyes \"left\"";
  plan.source = {"generator:halves", {{"inputs", 3}}, 9, {}};
  plan.split = {0.25, 0.125, 77, true};
  plan.order = FeedOrder::Shuffled;
  plan.seed = 0xfffffffffffffff0;
  plan.unit = FeedUnit::Ticks;
  plan.duration = 7.5;
  plan.importance = {1, 0.1};
  plan.examDuration = 3;
  plan.examEvery = 5;
  plan.inputs = {{"a", {{{1}, {2}}, {}}, {0, 1}, {InputCode::Unit, 9}, "level", 0.5, true},
                 {"b", {{}, {3}}, {}, {}, "", 1, false}};
  plan.outputs = {{"o", {{{4}, {5}, {6}}, {}}, {0, noTarget, 1}, 0.7, true}};
  return plan;
}

Result<FeedPlan> readBack(const std::string& text) {
  const auto tree = JsonTree::parse(text, "t");
  return tree ? readPlan(tree->root(), "plan") : tl::unexpected(tree.error());
}

Result<Feeder> readFeeder(const std::string& text) {
  return Feeder::read(text, "feeds.json", learnerDescription(), [](const DataSource& source) { return openData(source); });
}

Feeder feederOf(const std::vector<FeedPlan>& plans) {
  std::vector<Feed> feeds;
  for (const auto& plan : plans)
    feeds.push_back(Feed::create(plan, openData(plan.source).value(), learnerDescription()).value());
  return Feeder(std::move(feeds));
}

FeedPlan simplePlan(const char* name, std::vector<NeuronId> inputs, std::vector<NeuronId> outputs, double duration) {
  FeedPlan plan;
  plan.name = name;
  plan.source.place = "generator:xor";
  plan.duration = duration;
  plan.inputs[0].neurons.list = std::move(inputs);
  plan.outputs[0].neurons.list = std::move(outputs);
  return plan;
}

}  // namespace

/// Plans and places in the stream as text, and several feeds as one.
class TestFeedDocument : public QObject {
  Q_OBJECT

 private slots:
  void plansAreWrittenAndRead() {
    QCOMPARE(readBack(writePlan(fullPlan())).value(), fullPlan());
    QCOMPARE(readBack(writePlan({})).value(), FeedPlan{});
    FeedPlan bare;
    bare.inputs.clear();
    bare.outputs.clear();
    QCOMPARE(readBack(writePlan(bare)).value(), bare);
  }

  void damagedPlansAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("no object") << QByteArray("[]") << "plan: is a list";
    QTest::newRow("unknown key") << QByteArray("{\"durations\":3}") << "plan.durations: there is no key";
    QTest::newRow("order") << QByteArray("{\"order\":\"sorted\"}") << "plan.order: 'sorted' is not known here";
    QTest::newRow("duration") << QByteArray("{\"duration\":0}") << "feed: a duration is not above 0";
    QTest::newRow("importance") << QByteArray("{\"importance\":[1,\"x\"]}") << "plan.importance[1]: is a text";
    QTest::newRow("split") << QByteArray("{\"split\":{\"test\":2}}") << "split: the shares";
    QTest::newRow("id") << QByteArray("{\"inputs\":[{\"neurons\":[0]}]}")
                        << "plan.inputs[0].neurons[0]: is not a whole number";
    QTest::newRow("column") << QByteArray("{\"outputs\":[{\"columns\":[-1]}]}")
                            << "plan.outputs[0].columns[0]: is not a whole";
    QTest::newRow("coding") << QByteArray("{\"inputs\":[{\"coding\":\"morse\"}]}") << "plan.inputs[0].coding: 'morse'";
    QTest::newRow("dominance") << QByteArray("{\"outputs\":[{\"dominance\":-1}]}")
                               << "feed, output group 'output': the dominance";
    QTest::newRow("source") << QByteArray("{\"source\":{}}") << "plan.source: the key 'place' is missing";
  }

  void damagedPlansAreRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const auto read = readBack(text.toStdString());
    QVERIFY(!read);
    QVERIFY2(QString::fromStdString(read.error().text()).startsWith(error), read.error().text().c_str());
  }

  /// At every tick, also in the middle of samples, exams and tests: what comes after a restoration is what comes anyway.
  void placesGoOnBitForBit() {
    const auto graph = learner::model(2, 2).graph;
    auto plan = simplePlan("xor", {}, {}, 3);
    plan.split = {0.2, 0.2, 4, true};
    plan.examEvery = 2;
    plan.examDuration = 2;
    auto feeder = feederOf({plan});
    QVERIFY(feeder.bind(graph));
    const std::vector outputs{0.25, 0.5};
    const auto tick = [&](Feeder& one) {
      const auto* todo = one.present().value();
      QString seen;
      for (const auto& stimulus : todo->stimuli) seen += QString("%1=%2 ").arg(stimulus.neuron.value).arg(stimulus.amount);
      if (todo->targets) {
        seen += "targets";
        for (const double target : *todo->targets) seen += ' ' + QString::number(target);
      }
      if (todo->read) one.observe(outputs);
      return seen;
    };
    for (int k = 0; k < 60; ++k) {
      if (k == 30) feeder.feeds()[0].test(Part::Test);
      if (k == 45) feeder.feeds()[0].train();
      auto again = readFeeder(feeder.write());
      QVERIFY2(again, again ? "" : again.error().text().c_str());
      QCOMPARE(again->write(), feeder.write());
      QVERIFY(again->bind(graph));
      auto copy = feeder;
      for (int next = 0; next < 25; ++next) QCOMPARE(tick(*again), tick(copy));
      tick(feeder);
    }
  }

  void damagedDocumentsAreRefused_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("format") << "plexarium-feeds"
                            << "plexarium-food";
    QTest::newRow("version") << "\"version\":1"
                             << "\"version\":2";
    QTest::newRow("plan") << "\"plan\""
                          << "\"plane\"";
    QTest::newRow("data") << "generator:xor"
                          << "generator:nor";
    QTest::newRow("sample") << "\"sample\":"
                            << "\"sample\":9999";
    QTest::newRow("ticks") << "\"ticks\":"
                           << "\"ticks\":-";
    QTest::newRow("cursor") << "\"cursors\":[[0,"
                            << "\"cursors\":[[0,999";
    QTest::newRow("cursor count") << "\"cursors\":[[0,"
                                  << "\"cursors\":[[0,0],[0,";
    QTest::newRow("part") << "\"part\":\"train\""
                          << "\"part\":\"trian\"";
    QTest::newRow("stream") << "\"validation_stream\""
                            << "\"test_stream\"";
    QTest::newRow("shown") << "\"shown\":[1"
                           << "\"shown\":[1,1";
  }

  void damagedDocumentsAreRefused() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    auto feeder = feederOf({simplePlan("xor", {}, {}, 3)});
    QVERIFY(feeder.bind(learner::model(2, 2).graph));
    QVERIFY(feeder.present());
    auto text = QString::fromStdString(feeder.write());
    QVERIFY(readFeeder(text.toStdString()));
    QVERIFY2(text.contains(from), qPrintable(text));
    text.replace(from, to);
    const auto read = readFeeder(text.toStdString());
    QVERIFY(!read);
    QVERIFY(!read.error().what.empty());
  }

  void severalFeedsAreOne() {
    const auto graph = learner::model(4, 3).graph;
    // Two classes in a single neuron each; motor neuron 6 belongs to nobody.
    auto feeder = feederOf({simplePlan("slow", {{1}, {2}}, {{5}}, 4), simplePlan("fast", {{3}, {4}}, {{7}}, 2)});
    QVERIFY(feeder.bind(graph));
    QCOMPARE(feeder.motorCount(), std::size_t{3});
    for (int tick = 0; tick < 8; ++tick) {
      const auto* todo = feeder.present().value();
      QCOMPARE(todo->targets.has_value(), tick % 2 == 0);
      QCOMPARE(todo->stimuli.size(), tick % 4 == 0 ? std::size_t{4} : tick % 2 == 0 ? std::size_t{2} : std::size_t{0});
      if (todo->targets) {
        QCOMPARE((*todo->targets)[0], tick / 4 % 2 == 0 ? 0.0 : 1.0);
        QVERIFY(std::isnan((*todo->targets)[1]));
        QCOMPARE((*todo->targets)[2], tick / 2 % 2 == 0 ? 0.0 : 1.0);
      }
      if (todo->read) feeder.observe(std::vector{0.0, 0.5, 1.0});
    }
    QCOMPARE(feeder.feeds()[0].score(0, Part::Train).accuracy(), 0.5);
    QCOMPARE(feeder.feeds()[1].score(0, Part::Train).samples, std::uint64_t{4});
    // After an edit the targets in force are told again.
    QVERIFY(feeder.present().value()->targets);
    QVERIFY(!feeder.present().value()->targets);
    QVERIFY(feeder.bind(graph, true));
    feeder.feeds()[0].test(Part::Test);
    feeder.feeds()[1].test(Part::Test);
    const auto* todo = feeder.present().value();
    QVERIFY(todo->targets && todo->targets->empty());  // nobody wants anything
  }

  void targetsAreToldAgainAfterAnEdit() {
    const auto graph = learner::model(2, 1).graph;
    auto feeder = feederOf({simplePlan("xor", {}, {}, 10)});
    QVERIFY(feeder.bind(graph));
    QVERIFY(feeder.present().value()->targets);
    QVERIFY(!feeder.present().value()->targets);
    QVERIFY(feeder.bind(graph));
    QVERIFY(!feeder.present().value()->targets);
    QVERIFY(feeder.bind(graph, true));
    QVERIFY(feeder.present().value()->targets);
  }

  void sharedMotorsAreRefused() {
    auto feeder = feederOf({simplePlan("a", {{1}, {2}}, {{5}}, 4), simplePlan("b", {{3}, {4}}, {{5}}, 2)});
    const auto bound = feeder.bind(learner::model(4, 3).graph);
    QVERIFY(!bound && bound.error().what == "two output groups read the same motor neuron");
  }
};

QTEST_GUILESS_MAIN(TestFeedDocument)
#include "tst_feed_document.moc"
