#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "core/dynamics/sorn/readout.h"
#include "core/dynamics/sorn/tasks.h"
#include "core/random.h"

using namespace plexarium;
using namespace plexarium::sorn;

namespace {

const Task& taskOf(std::string_view key) { return *std::ranges::find(tasks(), key, &Task::key); }

/// Initial values but for some.
std::vector<double> valuesOf(const Task& task, const std::map<std::string, double>& others) {
  auto values = initialValues(task.fields);
  for (const auto& [key, value] : others) values[findField(task.fields, key).value()] = value;
  return values;
}

TaskResult done(const Task& task, const std::map<std::string, double>& others, Variant variant, std::uint64_t seed) {
  const auto result = task.run(valuesOf(task, others), static_cast<std::size_t>(variant), seed, {});
  if (!result || !*result) qFatal("%s", result ? "ended early" : result.error().text().c_str());
  return **result;
}

}  // namespace

/// What networks learn and are asked.
class TestSornTasks : public QObject {
  Q_OBJECT

 private slots:
  /// One neuron in 11 moments, on in the 3 whose answer is 1. w = (X'X + r)^-1 X'y says 1 of it for r = 1 (0.56), and 0 for
  /// r = 20 (-0.02): then it is too rare to be believed.
  void readoutIsRidgeRegression() {
    const auto told = [](double ridge) {
      Readout readout(1, {2});
      const std::vector<std::uint32_t> on{0}, off{};
      for (int k = 0; k < 11; ++k) readout.add(k < 3 ? on : off, std::array{k < 3 ? 1U : 0U});
      readout.learn(ridge);
      std::array<std::uint32_t, 1> answer{};
      readout.tell(on, answer);
      return answer[0];
    };
    QCOMPARE(told(1), 1U);
    QCOMPARE(told(20), 0U);
  }

  /// Each question has columns of its own.
  void readoutAnswersSeveralQuestions() {
    constexpr std::uint32_t neurons = 12;
    Readout readout(neurons, {neurons, 3, 2});
    const auto answersOf = [](std::uint32_t who) {
      return std::array<std::uint32_t, 3>{neurons - 1 - who, who % 3, who < 5 ? 0U : 1U};
    };
    for (std::uint32_t who = 0; who < neurons; ++who) readout.add(std::array{who}, answersOf(who));
    readout.learn(1e-3);
    for (std::uint32_t who = 0; who < neurons; ++who) {
      std::array<std::uint32_t, 3> told{};
      readout.tell(std::array{who}, told);
      QCOMPARE(told, answersOf(who));
    }
  }

  void wordsAreCounted() {
    const auto lesson = countingLesson(3, 7);
    std::string text;
    for (Tick step = 0; step < 500; ++step) {
      text += "abcdef"[lesson.shown(step)];
      QCOMPARE(lesson.questions[0].answer(step), lesson.shown(step + 1));
      QCOMPARE(lesson.questions[1].answer(step), static_cast<std::uint32_t>((step + 1) % 5));
    }
    std::map<std::string, int> words;
    for (std::size_t k = 0; k < text.size(); k += 5) ++words[text.substr(k, 5)];
    QCOMPARE(words.size(), std::size_t{2});
    QVERIFY(words["abbbc"] > 25 && words["deeef"] > 25);
    const auto other = countingLesson(3, 8);
    bool differs = false;
    for (Tick step = 0; step < 100; ++step) differs = differs || other.shown(step) != lesson.shown(step);
    QVERIFY(differs);
  }

  void symbolsAreRemembered() {
    const auto lesson = memoryLesson(4, 6, 3);
    QCOMPARE(lesson.questions.size(), std::size_t{6});
    std::set<std::uint32_t> met;
    for (Tick step = lesson.before; step < 200; ++step) {
      met.insert(lesson.shown(step));
      for (std::size_t ago = 0; ago < 6; ++ago)
        QCOMPARE(lesson.questions[ago].answer(step), lesson.shown(step - static_cast<Tick>(ago)));
    }
    QCOMPARE(met.size(), std::size_t{4});
  }

  /// Both ways, with the same symbol at every hidden place.
  void somethingPassesBehindTheOccluder() {
    const auto lesson = occluderLesson(7, 3, 5);
    QCOMPARE(lesson.symbols, 5U);
    std::set<std::vector<std::uint32_t>> shown, places;
    for (Tick pass = 0; pass < 60; ++pass) {
      std::vector<std::uint32_t> symbols, where;
      for (Tick step = 7 * pass; step < 7 * (pass + 1); ++step) {
        symbols.push_back(lesson.shown(step));
        where.push_back(step == 0 ? lesson.shown(0) == 1 ? 0U : 6U : lesson.questions[0].answer(step - 1));
      }
      shown.insert(symbols);
      places.insert(where);
    }
    QCOMPARE(shown, (std::set<std::vector<std::uint32_t>>{{1, 2, 0, 0, 0, 3, 4}, {4, 3, 0, 0, 0, 2, 1}}));
    QCOMPARE(places, (std::set<std::vector<std::uint32_t>>{{0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}}));
  }

  /// What the three variants are for: a short word is learnt, and only with STDP.
  void learningToCount() {
    const std::map<std::string, double> small{{"repeats", 4}, {"plastic_steps", 20'000}, {"readout_steps", 2'000}};
    const auto& task = taskOf("counting");
    const auto whole = done(task, small, Variant::Whole, 1);
    QVERIFY2(whole.scores[1] > 0.9 && whole.scores[2] > 0.95, qPrintable(QString::number(whole.scores[1])));
    QVERIFY(std::abs(whole.scores[3] - 0.1) < 0.03);
    QCOMPARE(whole.curve.size(), std::size_t{6});
    QVERIFY(whole.curve[0] < 0.75);  // the first letter is chance
    QCOMPARE(whole.curve.back(), whole.scores[1]);
    const auto without = done(task, small, Variant::IpOnly, 1);
    QVERIFY(without.scores[2] < whole.scores[2] && without.scores[0] < whole.scores[0]);
    QCOMPARE(done(task, small, Variant::Whole, 1).curve, whole.curve);  // same seed, same bits
    QVERIFY(done(task, small, Variant::Whole, 2).scores != whole.scores);
  }

  /// What was a moment ago is known better than what was long ago.
  void memoryFades() {
    const auto result =
        done(taskOf("memory"), {{"plastic_steps", 5'000}, {"readout_steps", 3'000}, {"back", 12}}, Variant::Whole, 1);
    QCOMPARE(result.curve.size(), std::size_t{12});
    QVERIFY(result.curve[0] > 0.95);
    QVERIFY(result.curve[11] < 0.3 && result.curve[11] > 0.02);  // of ten symbols
    QVERIFY(result.curve[2] > result.curve[11]);
    QVERIFY(result.scores[1] >= 1 && result.scores[1] < 12);
    const double mean = std::accumulate(result.curve.begin(), result.curve.end(), 0.0) / 12;
    QVERIFY(std::abs(result.scores[0] - mean) < 1e-12);
  }

  void occluderIsLearnt() {
    const auto result =
        done(taskOf("occluder"), {{"places", 6}, {"hidden", 2}, {"plastic_steps", 20'000}, {"readout_steps", 2'000}},
             Variant::Whole, 1);
    QVERIFY(result.scores[0] > 0.95);
    QVERIFY2(result.scores[1] > 0.8 && result.scores[2] > 0.8, qPrintable(QString::number(result.scores[2])));
    QVERIFY(result.curve[0] < 0.75);
  }

  void progressAndEnd() {
    const auto& task = taskOf("counting");
    const auto values = valuesOf(task, {{"plastic_steps", 2'000}, {"readout_steps", 1'000}});
    std::vector<double> shares;
    QVERIFY(*task.run(values, 0, 1, [&](double share) {
      shares.push_back(share);
      return true;
    }));
    QVERIFY(shares.size() > 4 && std::ranges::is_sorted(shares) && shares.front() == 0 && shares.back() < 1);
    int asked = 0;
    const auto ended = task.run(values, 0, 1, [&](double) { return ++asked < 3; });
    QVERIFY(ended && !*ended);
    QCOMPARE(asked, 3);
  }

  void whatDoesNotGoTogether() {
    const auto few = taskOf("counting").run(valuesOf(taskOf("counting"), {{"neurons", 50}}), 0, 1, {});
    QVERIFY(!few && few.error().what.find("60 input neurons") != std::string::npos && !few.error().advice.empty());
    const auto all = taskOf("occluder").run(valuesOf(taskOf("occluder"), {{"places", 5}, {"hidden", 4}}), 0, 1, {});
    QVERIFY(!all && all.error().advice.find("3 or fewer") != std::string::npos);
  }

  /// No rule ran and nothing is asked before there is an answer.
  void withoutLearning() {
    const auto result =
        done(taskOf("memory"), {{"plastic_steps", 0}, {"readout_steps", 100}, {"neurons", 100}}, Variant::Static, 1);
    for (const double share : result.curve) QVERIFY(share >= 0 && share <= 1);
  }
};

QTEST_GUILESS_MAIN(TestSornTasks)
#include "tst_sorn_tasks.moc"
