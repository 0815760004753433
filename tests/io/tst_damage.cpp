#include <QtTest>

#include "core/io/document.h"
#include "core/random.h"
#include "tests/io/living_model.h"

using namespace plexarium;

/// Damaged documents: whatever a disk, a network or an editor did to one, it is read or refused, and what is read is whole.
class TestDamage : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    text_ = writeModel((*registry_.require("transmitter"))->description, livingTransmitter(registry_, 40));
    toyText_ = writeModel((*registry_.require("toy"))->description, after(registry_, toy::model(8, 12), 5));
    QVERIFY(readModel(registry_, text_, "whole") && readModel(registry_, toyText_, "whole"));
  }

  void everyTruncationIsRefused() {
    for (const auto* text : {&text_, &toyText_}) {
      for (std::size_t length = 0; length + 2 < text->size(); length += text->size() > 4000 ? 7 : 1) {
        const auto model = readModel(registry_, std::string_view(*text).substr(0, length), "cut");
        QVERIFY2(!model, std::to_string(length).c_str());
        QVERIFY(!model.error().what.empty());
      }
    }
  }

  void changedBytesNeverCrash() {
    const RandomStream random(11, 1);
    std::size_t accepted = 0;
    for (std::uint64_t trial = 0; trial < 3000; ++trial) {
      std::string text = trial % 2 == 0 ? text_ : toyText_;
      const auto changes = 1 + random.below(4, trial, 0);
      for (std::uint32_t change = 0; change < changes; ++change) damage(text, random, trial, 1 + 3 * change);
      accepted += accept(text) ? 1 : 0;
    }
    qInfo("%zu of 3000 damaged texts were still models", accepted);
    QVERIFY(accepted > 0 && accepted < 3000);
  }

 private:
  static void damage(std::string& text, const RandomStream& random, std::uint64_t trial, std::uint32_t draw) {
    const auto place = random.below(static_cast<std::uint32_t>(text.size()), trial, draw);
    const auto value = static_cast<char>(random.below(256, trial, draw + 1));
    constexpr std::string_view signs = "{}[],:\"0-9.e";
    switch (random.below(4, trial, draw + 2)) {
      case 0:
        text[place] = value;
        break;
      case 1:
        text.erase(place, 1 + static_cast<unsigned char>(value) % 8);
        break;
      case 2:
        text.insert(place, 1, signs[static_cast<unsigned char>(value) % signs.size()]);
        break;
      default:
        text.insert(place, text.substr(place / 2, static_cast<unsigned char>(value)));
    }
  }

  /// Whether it was read; what was read must run and be written like any other model.
  bool accept(const std::string& text) {
    const auto model = readModel(registry_, text, "damaged");
    if (!model) return false;
    const auto& description = (*registry_.require(model->dynamics))->description;
    const auto written = writeModel(description, *model);
    const auto again = readModel(registry_, written, "again");
    if (!again) qFatal("%s", again.error().text().c_str());
    if (stateHash(description, *again) != stateHash(description, *model)) qFatal("a model changed on its way");
    return true;
  }

  Registry registry_ = testRegistry();
  std::string text_;
  std::string toyText_;
};

QTEST_GUILESS_MAIN(TestDamage)
#include "tst_damage.moc"
