#include <QtTest>

#include <algorithm>
#include <chrono>
#include <deque>
#include <numeric>
#include <sstream>

#include "core/dynamics/registry.h"
#include "core/feed/feeder.h"
#include "core/io/document.h"
#include "core/session/session.h"
#include "tests/support/random_edits.h"
#include "tests/support/session_driver.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;
using TestClock = std::chrono::steady_clock;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double slowness = 20;  // of a program under a sanitizer
constexpr int usualEdits = 2000;
#else
constexpr double slowness = 1;
constexpr int usualEdits = 10000;
#endif

/// PLEXARIUM_RANDOM_EDITS scales the stress.
int editCount() {
  const int wanted = qEnvironmentVariableIntValue("PLEXARIUM_RANDOM_EDITS");
  return wanted > 0 ? wanted : usualEdits;
}

Registry everyDynamics() {
  Registry registry = builtInDynamics();
  registry.add(toy::entry());
  return registry;
}

double secondsSince(TestClock::time_point began) { return std::chrono::duration<double>(TestClock::now() - began).count(); }

/// Switches of rules by which a network makes and breaks links of its own accord.
std::vector<std::size_t> rewiringRules(const Description& description) {
  std::vector<std::size_t> rules;
  for (const auto* key : {"rewires", "growth", "stdp", "istdp"}) {
    if (const auto field = findField(description.parameters, key)) rules.push_back(*field);
  }
  return rules;
}

/// The dump without its links, which a network that rewires itself changes by itself.
std::string withoutLinks(const std::string& dump) {
  std::istringstream lines(dump);
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("link ")) kept += line + '\n';
  }
  return kept;
}

/// A small network that is fed, and learns, whatever happens to it: its feed names the neurons, so that others may come and
/// these may go.
Result<Model> fedNetwork(const Registry& registry) {
  auto model = loadModel(registry, PLEXARIUM_SOURCE_DIR "/models/plexus_learning.json");
  if (!model) return model;
  FeedPlan plan;
  plan.source.place = "generator:halves";
  plan.duration = plan.examDuration = 5;
  plan.examEvery = 4;
  for (std::size_t row = 0; row < model->graph.neuronCount(); ++row) {
    const auto role = model->graph.roles()[row];
    if (role == Role::Sensory) plan.inputs[0].neurons.list.push_back(model->graph.ids()[row]);
    if (role == Role::Motor) plan.outputs[0].neurons.list.push_back(model->graph.ids()[row]);
  }
  auto data = openData(plan.source);
  if (!data) return tl::unexpected(data.error());
  auto feed = Feed::create(plan, *data, registry.find(model->dynamics)->description);
  if (!feed) return tl::unexpected(feed.error());
  std::vector<Feed> feeds;
  feeds.push_back(std::move(*feed));
  model->feed = Feeder(std::move(feeds)).write();
  return model;
}

/// Keeps a session busy with edits, undos and redos, up to 64 of them on their way at a time.
class Stress {
 public:
  Stress(Session& session, RandomEdits edits) : session_(session), edits_(std::move(edits)), choice_(5, 5) {}

  std::string run(int count);
  std::string undoEverything();
  int refused() const { return refused_; }
  SessionDriver& driver() { return driver_; }

 private:
  std::string look();
  bool allowFlight(std::size_t most);

  Session& session_;
  SessionDriver driver_{session_};
  RandomEdits edits_;
  RandomStream choice_;
  std::shared_ptr<const Snapshot> seen_;
  std::deque<std::uint64_t> flying_;
  int refused_ = 0;
};

/// What is wrong with the newest snapshot, if anything.
std::string Stress::look() {
  auto now = session_.latest();
  if (now == seen_) return {};
  seen_ = std::move(now);
  return faults(*seen_);
}

bool Stress::allowFlight(std::size_t most) {
  while (flying_.size() > most) {
    const auto outcome = driver_.await(flying_.front());
    if (!outcome) return false;
    refused_ += outcome->error ? 1 : 0;
    flying_.pop_front();
  }
  return true;
}

std::string Stress::run(int count) {
  for (int k = 0; k < count; ++k) {
    if (auto wrong = look(); !wrong.empty()) return wrong;
    switch (choice_.below(8, static_cast<std::uint64_t>(k))) {
      case 0:
        flying_.push_back(session_.post(Undo{}));
        break;
      case 1:
        flying_.push_back(session_.post(Redo{}));
        break;
      default:
        flying_.push_back(session_.post(ApplyEdit{edits_.next(*seen_)}));
    }
    if (!allowFlight(64)) return "an edit was not answered";
  }
  if (!allowFlight(0)) return "an edit was not answered";
  driver_.poll();
  return driver_.mishaps().empty() ? std::string{} : driver_.mishaps()[0].error->text();
}

std::string Stress::undoEverything() {
  for (;;) {
    std::optional<Outcome> last;
    for (int k = 0; k < 256; ++k) flying_.push_back(session_.post(Undo{}));
    if (auto wrong = look(); !wrong.empty()) return wrong;
    while (!flying_.empty()) {
      last = driver_.await(flying_.front());
      if (!last) return "an undo was not answered";
      flying_.pop_front();
    }
    if (last->error) return last->error->what == "there is nothing to undo" ? std::string{} : last->error->text();
  }
}

}  // namespace

class TestRandomEdits : public QObject {
  Q_OBJECT

 private slots:
  void againstARunningSession_data();
  void againstARunningSession();
  void hubOfTenThousandLinks();
};

void TestRandomEdits::againstARunningSession_data() {
  QTest::addColumn<QString>("dynamics");
  const auto registry = everyDynamics();
  for (const auto& entry : registry.entries()) {
    const auto* key = entry.description.key.c_str();
    QTest::newRow(key) << key;
  }
  QTest::newRow("a body") << "a body";
  QTest::newRow("in training") << "in training";
}

void TestRandomEdits::againstARunningSession() {
  QFETCH(QString, dynamics);
  const auto registry = everyDynamics();
  const auto made = [&] {
    if (dynamics == "a body") return loadModel(registry, PLEXARIUM_SOURCE_DIR "/models/worm_crawling.json");
    if (dynamics == "in training") return fedNetwork(registry);
    const auto* entry = registry.find(dynamics.toStdString());
    return create(*entry, initialValues(entry->description.creationFields), 3);
  };
  const auto original = made();
  QVERIFY(original);
  const auto& description = registry.find(original->dynamics)->description;
  const auto wanted = canonicalDump(description, *original);

  std::vector<std::size_t> parameters(description.parameters.size());
  std::iota(parameters.begin(), parameters.end(), std::size_t{0});
  const bool isToy = dynamics == "toy";
  const bool rewires = !rewiringRules(description).empty() || original->dynamics == "plexus";
  if (isToy) parameters = {toy::Rewires};  // the others make it slow or break it
  auto session = std::move(Session::create(registry, *original).value());
  session->start();
  if (!original->feed.empty()) session->post(SetFeeding{});
  session->post(Run{});
  const auto neurons = std::max<std::size_t>(original->graph.neuronCount(), 10);
  const int slower = neurons > 1000 ? 20 : 1;  // every edit looks at all neurons
  Stress stress(*session, RandomEdits(description, 11, parameters, neurons / 2, 2 * neurons));

  const auto began = TestClock::now();
  const int count = editCount() / slower;
  const auto wrong = stress.run(count);
  QVERIFY2(wrong.empty(), wrong.c_str());
  const auto edited = secondsSince(began);
  const auto middle = stress.driver().ask(Capture{});
  QVERIFY(middle && middle->capture);
  QCOMPARE(faults(middle->capture->graph), std::string());
  QVERIFY(middle->tick > 0);
  if (!original->feed.empty()) QVERIFY(middle->capture->feed != original->feed);  // samples were shown meanwhile
  QVERIFY2(stress.refused() < count / 2, "most edits were refused: the test tests little");

  QCOMPARE(stress.undoEverything(), std::string());
  const auto undone = stress.driver().ask(Capture{});
  QVERIFY(undone && undone->capture);
  QCOMPARE(faults(undone->capture->graph), std::string());
  const auto dump = canonicalDump(description, *undone->capture);
  QCOMPARE(rewires ? withoutLinks(dump) : dump, rewires ? withoutLinks(wanted) : wanted);
  QVERIFY(!stress.driver().ask(ReturnToStart{})->error);
  stress.driver().ask(Pause{});
  stress.driver().ask(ReturnToStart{});
  const auto returned = stress.driver().ask(Capture{});
  QCOMPARE(canonicalDump(description, *returned->capture), wanted);
  qInfo("%s: %d edits, undos and redos in %.1f s, %d refused, then all undone in %.1f s; %lld ticks meanwhile",
        qPrintable(dynamics), count, edited, stress.refused(), secondsSince(began) - edited,
        static_cast<long long>(undone->tick));
}

void TestRandomEdits::hubOfTenThousandLinks() {
  const auto registry = everyDynamics();
  for (const auto& entry : registry.entries()) {
    Model model = emptyModel(entry.description);
    constexpr std::uint32_t spokes = 5000;
    NeuronTable neurons;
    LinkTable links;
    for (std::uint32_t k = 1; k <= spokes + 1; ++k) {
      neurons.ids.push_back({k});
      neurons.names.push_back("N" + std::to_string(k));
      neurons.roles.push_back(Role::Inter);
      neurons.positions.push_back({static_cast<float>(k), 0});
    }
    for (std::uint32_t k = 2; k <= spokes + 1; ++k) {
      links.keys.push_back({{1}, {k}});
      links.keys.push_back({{k}, {1}});
    }
    model.graph.addNeurons(neurons);
    model.graph.addLinks(links);
    for (const auto rule : rewiringRules(entry.description)) model.parameters[rule] = 0;
    const auto wanted = canonicalDump(entry.description, model);
    auto session = std::move(Session::create(registry, model).value());
    session->start();
    session->post(Run{});
    SessionDriver driver(*session);
    QVERIFY(driver.awaitSnapshot([](const Snapshot& seen) { return seen.tick > 5; }));
    const auto timed = [&](Command command) {
      const auto began = TestClock::now();
      const auto outcome = driver.ask(std::move(command));
      return outcome && !outcome->error ? secondsSince(began) * 1e3 : 1e9;
    };
    const auto removed = timed(ApplyEdit{{"Remove hub", {RemoveNeurons{{{1}}}}}});
    QVERIFY(driver.awaitSnapshot([](const Snapshot& seen) { return seen.graph.targets->empty(); }));
    const auto undone = timed(Undo{});
    QVERIFY(driver.awaitSnapshot([](const Snapshot& seen) { return seen.graph.targets->size() == 2 * spokes; }));
    const auto redone = timed(Redo{});
    qInfo("%s, hub of 10,000 links while running: removed %.1f ms, undone %.1f ms, redone %.1f ms",
          entry.description.key.c_str(), removed, undone, redone);
    constexpr double bound = 100 * slowness;  // milliseconds
    QVERIFY(removed < bound && undone < bound && redone < bound);
    QVERIFY(timed(Undo{}) < bound);
    QCOMPARE(canonicalDump(entry.description, *driver.ask(Capture{})->capture), wanted);
  }
}

QTEST_GUILESS_MAIN(TestRandomEdits)
#include "tst_random_edits.moc"
