#include <QAction>
#include <QFile>
#include <cstring>

#include "tests/gui/window/stage.h"
#include "ui/sound/click_player.h"
#include "ui/window/notice_area.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// Points the sound library at a device of our own: `device` is the body of its definition.
void useDevice(const Stage& stage, const QString& device) {
  QFile file(stage.path("asound.conf"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(QStringLiteral("pcm.!default { %1 }\n").arg(device).toUtf8());
  file.close();
  qputenv("ALSA_CONFIG_PATH", file.fileName().toLocal8Bit());
}

/// A device that writes down what it would play.
QString intoFile(const QString& path) {
  return QStringLiteral("type file\n slave.pcm { type null }\n file \"%1\"\n format \"raw\"").arg(path);
}

std::vector<std::int16_t> samples(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QByteArray bytes = file.readAll();
  std::vector<std::int16_t> values(static_cast<std::size_t>(bytes.size()) / 2);
  if (!values.empty()) std::memcpy(values.data(), bytes.constData(), values.size() * 2);
  return values;
}

/// Beginnings of sound after at least 5 ms of silence.
std::size_t clicks(const std::vector<std::int16_t>& sound) {
  std::size_t count = 0, silence = ClickPlayer::rate;
  for (const std::int16_t sample : sound) {
    const bool loud = std::abs(sample) > 300;
    if (loud && silence > ClickPlayer::rate / 200) ++count;
    silence = loud ? 0 : silence + 1;
  }
  return count;
}

}  // namespace

class TestListening : public QObject {
  Q_OBJECT

 private slots:
  void everyClickIsPlayedOnce() {
    Stage stage;
    const QString sound = stage.path("sound.raw");
    useDevice(stage, intoFile(sound));
    auto player = ClickPlayer::open();
    QVERIFY2(player.has_value(), player ? "" : player.error().text().c_str());
    for (std::size_t click = 1; click <= 3; ++click) {
      (*player)->click(1'000);
      QTRY_COMPARE_WITH_TIMEOUT(clicks(samples(sound)), click, patience);
    }
    QVERIFY(!(*player)->lost());
    player->reset();
    const auto played = samples(sound);
    const auto loudest = *std::max_element(played.begin(), played.end());
    QVERIFY2(loudest > 3'000 && loudest < 9'000, qPrintable(QString::number(loudest)));
  }

  void selectedNeuronIsHeardWhenItFires() {
    Stage stage;
    const QString sound = stage.path("sound.raw");
    useDevice(stage, intoFile(sound));
    QSignalSpy opened(&stage.window.document(), &Document::opened);
    stage.window.document().load(QStringLiteral(":/models/pacemaker.json"), false);
    QVERIFY(stage.show());
    QVERIFY(!opened.isEmpty() || opened.wait(patience));
    QAction* listen = stage.window.actions().listen;

    stage.key(Qt::Key_L, Qt::ShiftModifier);
    QVERIFY(!listen->isChecked());
    QVERIFY(stage.window.notices().texts().join(u' ').contains(QStringLiteral("No neuron is selected")));

    stage.window.selection().set({stage.id(0)}, {});
    stage.key(Qt::Key_L, Qt::ShiftModifier);
    QVERIFY(listen->isChecked());
    stage.window.bridge().post(StepTicks{200});
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick >= 200 && stage.now().appearance.lastFired[0] != never, patience);
    QTRY_VERIFY_WITH_TIMEOUT(clicks(samples(sound)) >= 1, patience);

    stage.key(Qt::Key_L, Qt::ShiftModifier);
    QVERIFY(!listen->isChecked());
    const auto before = samples(sound).size();
    stage.window.bridge().post(StepTicks{200});
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick >= 400, patience);
    stage.window.bridge().post(GoTo{0});
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{0}, patience);
    const auto played = samples(sound);
    QVERIFY(std::all_of(played.begin() + static_cast<std::ptrdiff_t>(before), played.end(),
                        [](auto each) { return each == 0; }));
  }

  void missingDeviceIsTold() {
    Stage stage;
    useDevice(stage, QStringLiteral("type hw\n card 31"));
    QVERIFY(stage.openToy());
    stage.window.selection().set({stage.id(0)}, {});
    stage.window.actions().listen->trigger();
    QVERIFY(!stage.window.actions().listen->isChecked());
    QVERIFY(stage.window.notices().texts().join(u' ').contains(QStringLiteral("No sound")));
  }
};

int main(int argc, char** argv) { return runWindowTest<TestListening>(argc, argv, "tst_listening"); }

#include "tst_listening.moc"
