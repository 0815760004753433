#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/session/simulation.h"
#include "core/session/task_run.h"
#include "core/session/twin_run.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Scores that tell by whom they were made.
Result<std::optional<TaskResult>> run(std::span<const double> values, std::size_t variant, std::uint64_t seed,
                                      const TaskProgress& goesOn) {
  if (values[0] == 13) return failure("13 brings bad luck", "amount");
  for (const double share : {0.0, 0.5}) {
    if (!goesOn(share)) return std::nullopt;
  }
  const double own = values[0] + 10 * static_cast<double>(variant) + static_cast<double>(seed);
  return TaskResult{{own, -own}, {own, seed == 2 ? unknown : 1, unknown}};
}

Task sums() {
  return {"sums",
          "Sums",
          "Adds up.",
          {{"amount", "Amount", "", "How much.", FieldType::Integer, 0, 100, 7}},
          {"one", "other"},
          {{"up", "Up", ""}, {"down", "Down", ""}},
          {"place", "value", 1},
          run};
}

std::vector<NeuronId> everybody(const Model& model) { return {model.graph.ids().begin(), model.graph.ids().end()}; }

}  // namespace

/// Tasks over seeds and variants, and networks beside their disturbed twins; with a toy.
class TestTaskRun : public QObject {
  Q_OBJECT

 private slots:
  void everyVariantWithEverySeed() {
    const Task task = sums();
    std::vector<double> shares;
    const auto report = runTask(task, {{7}, 1, 3}, [&](double share) {
      shares.push_back(share);
      return true;
    });
    QVERIFY(report && *report);
    QCOMPARE((*report)->variants.size(), std::size_t{2});
    const auto& other = (*report)->variants[1];
    QCOMPARE(other.results.size(), std::size_t{3});
    QCOMPARE(other.scores[0].mean, 19.0);
    QCOMPARE(other.scores[1].worst, -20.0);
    // Of 18, 19, 20: deviation 1, Student's t for 2 degrees 4.303.
    QVERIFY(std::abs(other.scores[0].margin - 4.303 / std::sqrt(3.0)) < 1e-3);
    QCOMPARE(other.curve[1].mean, 1.0);  // over those that were asked
    QVERIFY(std::isnan(other.curve[2].mean));
    QCOMPARE(shares.size(), std::size_t{13});
    QVERIFY(std::ranges::is_sorted(shares) && shares.front() == 0 && shares.back() == 1);
  }

  void endedAndRefused() {
    const Task task = sums();
    int asked = 0;
    const auto ended = runTask(task, {{7}, 1, 3}, [&](double) { return ++asked < 4; });
    QVERIFY(ended && !*ended);
    QCOMPARE(asked, 4);
    QVERIFY(!runTask(task, {{7, 8}, 1, 3}));
    QVERIFY(!runTask(task, {{101}, 1, 3}));
    QVERIFY(!runTask(task, {{7}, 1, 0}));
    const auto unlucky = runTask(task, {{13}, 1, 1});
    QVERIFY(!unlucky && unlucky.error().where == "amount");
  }

  void asATable() {
    const Task task = sums();
    const auto report = runTask(task, {{7}, 2, 1});
    QCOMPARE(
        writeTask(task, **report),
        std::string("variant,seed,number,value\none,2,up,9\none,2,down,-9\none,2,place 1,9\none,2,place 2,\none,2,place 3,\n"
                    "other,2,up,19\nother,2,down,-19\nother,2,place 1,19\nother,2,place 2,\nother,2,place 3,\n"));
  }

  void tasksAreFound() {
    const Task task = sums();
    auto entry = toy::entry();
    entry.tasks = {&task, 1};
    const auto registry = builtInDynamics().add(entry);
    QCOMPARE(requireTask(registry, "sums").value(), &task);
    QCOMPARE(requireTask(registry, "sums", "toy").value(), &task);
    QVERIFY(!requireTask(registry, "sums", "transmitter"));
    const auto none = requireTask(registry, "products", "toy");
    QCOMPARE(none.error().advice, std::string("There are: sums"));
    // Every task of the program is sound: names, ranges, and what it starts with runs or refuses.
    for (const auto& one : registry.entries()) {
      for (const auto& built : one.tasks) {
        QVERIFY(!built.help.empty() && !built.variants.empty() && !built.scores.empty() && built.run);
        for (const auto& field : built.fields) QVERIFY(checkValue(field, field.initial) && !field.help.empty());
        const auto ended = runTask(built, {initialValues(built.fields), 1, 1}, [](double) { return false; });
        QVERIFY(ended && !*ended);
      }
    }
  }

  /// The toy has no flag for it, so its twin is given a charge: it fires once more and passes that on.
  void aStimulatedTwinDrifts() {
    const auto model = toy::model(20, 60);
    const auto counted = everybody(model);
    const auto found = runTwin(toy::entry(), model, {7}, counted, 200);
    QVERIFY(found && *found && !(*found)->flipped);
    const auto& differing = (*found)->differing;
    QCOMPARE(differing.size(), std::size_t{200});
    QCOMPARE(differing[0], 1U);  // itself
    QVERIFY(*std::ranges::max_element(differing) > 1);
    // Counting nobody but those who cannot hear of it.
    QCOMPARE((*runTwin(toy::entry(), model, {7}, std::vector<NeuronId>{{7}}, 1))->differing[0], 1U);
    QCOMPARE((*runTwin(toy::entry(), model, {7}, std::vector<NeuronId>{{8}}, 1))->differing[0], 0U);
    QCOMPARE((*runTwin(toy::entry(), model, {7}, counted, 200))->differing, differing);
  }

  /// One unit of a reservoir turned round: both copies differ, and they are the same where nothing was done.
  void aFlippedTwinDrifts() {
    const auto registry = builtInDynamics();
    const auto& entry = *std::ranges::find_if(
        registry.entries(), [](const DynamicsEntry& one) { return one.description.firedField.has_value(); });
    auto simulation =
        Simulation::create(entry, create(entry, initialValues(entry.description.creationFields), 4).value()).value();
    for (int k = 0; k < 3'000; ++k) simulation->step();  // until they fire as often as they should
    const auto model = simulation->capture().value();
    const auto counted = everybody(model);
    const auto found = runTwin(entry, model, counted[50], counted, 400);
    QVERIFY(found && *found && (*found)->flipped);
    const auto& differing = (*found)->differing;
    const auto all = std::accumulate(differing.begin(), differing.end(), 0U);
    QVERIFY2(all > 0, qPrintable(QString::number(all)));  // how far it spreads is for the network to say
    QVERIFY(differing[0] < 60);                           // of 240
    int asked = 0;
    const auto ended = runTwin(entry, model, counted[50], counted, 100'000, [&](double) { return ++asked < 3; });
    QVERIFY(ended && !*ended);
  }
};

QTEST_GUILESS_MAIN(TestTaskRun)
#include "tst_task_run.moc"
