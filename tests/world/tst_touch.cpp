#include <QtTest>

#include "core/io/connectome.h"
#include "core/io/document.h"
#include "core/session/touch_test.h"

using namespace plexarium;

namespace {

ConnectomeTables::Table tableIn(const QString& folder, const char* name) {
  return {name, readFile(folder.toStdString() + '/' + name).value()};
}

/// ALML speaks to AVDL and hushes PVCL, whatever the table says of that.
Model madeUp(double weight) {
  ConnectomeTables tables;
  tables.neurons = {"neurons.csv",
                    "name,type,x,dv,neurotransmitter\nALML,sensory,0,0,Glutamate\nAVDL,interneuron,50,0,Acetylcholine\n"
                    "PVCL,interneuron,90,0,Acetylcholine\nDB12,motor,120,0,Acetylcholine\nDBx,motor,150,0,\n"};
  tables.synapses = {"synapses.csv", "pre,post,type,weight,sign\nALML,AVDL,chemical,3,+\nALML,PVCL,chemical," +
                                         std::to_string(weight) + ",+\nPVCL,DB12,chemical,1,+\n"};
  return importConnectome(builtInDynamics(), tables).value();
}

const NeuronPool& touchCalled(const char* key) {
  for (const auto& one : touches()) {
    if (one.key == key) return one;
  }
  qFatal("no touch %s", key);
}

}  // namespace

/// Named touches of a connectome and who answers.
class TestTouch : public QObject {
  Q_OBJECT

 private slots:
  void poolsAreCounted() {
    const auto answers = touch(builtInDynamics(), madeUp(1), touchCalled("anterior"), answeringPools(), {});
    QVERIFY(answers);
    QCOMPARE(answers->size(), std::size_t{4});
    const auto& [forward, backward, forwardMotor, backwardMotor] =
        std::tie(answers->at(0), answers->at(1), answers->at(2), answers->at(3));
    QCOMPARE(forward.pool, std::string("forward"));
    QCOMPARE(forward.neurons, std::size_t{1});
    QCOMPARE(forward.releases, std::size_t{0});  // hushed
    QVERIFY(!forward.first);
    QCOMPARE(backward.neurons, std::size_t{1});
    QVERIFY(backward.releases > 0 && backward.first && *backward.first < 30);
    QCOMPARE(backward.perNeuron(), static_cast<double>(backward.releases));
    QCOMPARE(forwardMotor.neurons, std::size_t{1});  // DB12 and not DBx
    QCOMPARE(backwardMotor.neurons, std::size_t{0});
    QCOMPARE(backwardMotor.perNeuron(), 0.0);
    QVERIFY(!touch(builtInDynamics(), madeUp(1), touchCalled("posterior"), answeringPools(), {}));
    TouchSettings wrong;
    wrong.amount = -1;
    QVERIFY(!touch(builtInDynamics(), madeUp(1), touchCalled("anterior"), answeringPools(), wrong));
  }

  void transmittersAreGroups() {
    const auto model = madeUp(1);
    QCOMPARE(model.graph.groups().size(), std::size_t{2});
    QCOMPARE(model.graph.groups()[0].name, std::string("Glutamate"));
    QVERIFY(model.graph.memberOf()[1] == model.graph.memberOf()[2] &&
            model.graph.memberOf()[0] != model.graph.memberOf()[1]);
    QVERIFY(!model.graph.memberOf()[4]);
  }

  void theConnectomeAnswersAsTheWormDoes() {
    if (!qEnvironmentVariableIsSet("PLEXARIUM_DATA")) QSKIP("PLEXARIUM_DATA does not name a folder with celegans/*.csv");
    const auto folder = qEnvironmentVariable("PLEXARIUM_DATA") + "/celegans";
    ConnectomeTables tables{tableIn(folder, "neurons.csv"), tableIn(folder, "synapses.csv"), {}};
    const auto model = importConnectome(builtInDynamics(), tables).value();
    const auto answer = [&](const char* key) {
      return touch(builtInDynamics(), model, touchCalled(key), answeringPools(), {}).value();
    };
    const auto anterior = answer("anterior");
    const auto posterior = answer("posterior");
    const auto nose = answer("nose");
    for (const auto& [name, one] : {std::pair("anterior", &anterior), {"posterior", &posterior}, {"nose", &nose}}) {
      qInfo("%s: forward %.2f, backward %.2f", name, one->at(0).perNeuron(), one->at(1).perNeuron());
    }
    // Source of the settings: anterior 0 / 2.5, posterior 5.5 / 2.8, nose 2.75 / 4.8 (forward / backward).
    QCOMPARE(anterior[0].releases, std::size_t{0});
    QVERIFY(anterior[1].perNeuron() > 1.5);
    QVERIFY(posterior[0].perNeuron() > 1.5 * posterior[1].perNeuron());
    QVERIFY(nose[1].perNeuron() > 1.5 * nose[0].perNeuron());
    tables.fromAbove = true;
    const auto above = importConnectome(builtInDynamics(), tables).value();
    QVERIFY(above.graph.positions()[0] != model.graph.positions()[0]);
    QCOMPARE(above.graph.linkCount(), model.graph.linkCount());
  }
};

QTEST_GUILESS_MAIN(TestTouch)
#include "tst_touch.moc"
