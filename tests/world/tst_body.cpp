#include <QtTest>

#include <cmath>
#include <numbers>

#include "core/world/worm2d/body.h"

using namespace plexarium::worm2d;

namespace {

/// Way per cycle, in body lengths, under a wave of curvature that is imposed on the joints: wavelength 0.65, peak 9, 2 s.
double strideOfWave(double dragRatio, double seconds, int links = 24) {
  constexpr double period = 2;
  constexpr int warmUp = 3;
  constexpr int cycles = 6;
  Body body(links, {0, 0}, 0);
  const BodyMaterial material{.dragRatio = dragRatio};
  std::vector<double> wanted(static_cast<std::size_t>(links) - 1);
  const auto steps = static_cast<int>(std::lround(period / seconds));
  Vector from = body.centre();
  for (int step = 0; step < steps * (warmUp + cycles); ++step) {
    if (step == steps * warmUp) from = body.centre();
    for (std::size_t joint = 0; joint < wanted.size(); ++joint) {
      const double along = static_cast<double>(joint + 1) / links;
      wanted[joint] = 9 * std::sin(2 * std::numbers::pi * (step * seconds / period - along / 0.65));
    }
    body.step(seconds, material, wanted, {});
  }
  return (body.centre() - from).norm() / cycles;
}

}  // namespace

/// The mechanics of the body alone.
class TestBody : public QObject {
  Q_OBJECT

 private slots:
  void dragThatIsNotTheSameBothWaysPropels() {
    const double agar = strideOfWave(40, 0.01);
    QVERIFY2(agar > 0.45 && agar < 0.50, std::to_string(agar).c_str());
    const double isotropic = strideOfWave(1, 0.01);
    QVERIFY2(isotropic < 0.02, std::to_string(isotropic).c_str());
    double before = isotropic;
    for (const double ratio : {1.5, 5.0, 10.0, 20.0, 40.0}) {
      const double stride = strideOfWave(ratio, 0.01);
      QVERIFY(stride > before);
      before = stride;
    }
  }

  void halfATimeStepChangesLittle() {
    const double whole = strideOfWave(40, 0.01);
    const double half = strideOfWave(40, 0.005);
    QVERIFY2(std::abs(half / whole - 1) < 0.05, std::to_string(half / whole).c_str());
    QVERIFY(std::abs(strideOfWave(40, 0.05) / whole - 1) < 0.3);  // and a coarse one is still stable
  }

  void figuresOfTheSource() {
    // Measured by another implementation of the same equations with steps of 5 ms.
    for (const auto& [ratio, stride] : {std::pair{1.0, 0.009}, {1.5, 0.080}, {5.0, 0.293}, {10.0, 0.383}, {40.0, 0.475}}) {
      const double own = strideOfWave(ratio, 0.005);
      QVERIFY2(std::abs(own - stride) < 0.002, std::to_string(own).c_str());
    }
    for (const auto& [links, stride] : {std::pair{8, 0.387}, {12, 0.444}, {48, 0.483}}) {
      QVERIFY(std::abs(strideOfWave(40, 0.005, links) - stride) < 0.002);
    }
  }

  void aPushMovesTheWholeBodyAndStopsAtTheSurface() {
    Body body(24, {0, 0}, 0);
    const std::vector<double> straight(23, 0.0);
    for (int step = 0; step < 500; ++step) {
      const double depth = body.head().x() + 0.2;  // a wall at -0.2, seen from the head
      const Push push{0, 0, {-1, 0}, std::max(0.0, depth), 200};
      body.step(0.01, {}, straight, {&push, 1});
    }
    QVERIFY2(std::abs(body.head().x() + 0.2) < 1e-6, std::to_string(body.head().x()).c_str());
    QVERIFY(std::abs(body.head().y()) < 1e-9 && std::abs(body.curvature(11)) < 1e-9);
  }

  void drag() {
    // A steady force along a straight body of drag 1 moves it at that speed; across, at 1 / K.
    for (const bool across : {false, true}) {
      Body body(24, {0, 0}, 0);
      const std::vector<double> straight(23, 0.0);
      std::vector<Push> pushes;
      for (std::size_t link = 0; link < 24; ++link) {
        // So soft and so deep that it is a force and no spring: 0.3 in all.
        pushes.push_back({link, 0.5, across ? Vector{0, 1} : Vector{1, 0}, 0.3 / 24 * 1e9, 1e-9});
      }
      body.step(0.01, {}, straight, pushes);
      const double speed = (across ? body.centre().y() : body.centre().x() + 0.5) / 0.01;
      QVERIFY2(std::abs(speed - (across ? 0.3 / 40 : 0.3)) < 1e-6, std::to_string(speed).c_str());
    }
  }

  void anotherNumberOfLinksKeepsTheShape() {
    Body body(24, {1, 2}, 0.3);
    std::vector<double> headings;
    for (int k = 0; k < 24; ++k) headings.push_back(0.3 + 0.05 * k);
    body.set({1, 2}, headings);
    const auto coarse = body.withLinks(12);
    QCOMPARE(coarse.links(), std::size_t{12});
    QVERIFY((coarse.spine().back() - body.spine().back()).norm() < 0.01);
    QVERIFY(std::abs(coarse.curvature(5) - body.curvature(11)) < 0.01);
    QVERIFY(body.withLinks(24).headings()[7] == body.headings()[7]);
  }
};

QTEST_GUILESS_MAIN(TestBody)
#include "tst_body.moc"
