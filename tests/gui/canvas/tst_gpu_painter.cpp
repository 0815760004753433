#include <QApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWidget>
#include <QtTest>

#include "tests/gui/canvas/scene_maker.h"
#include "ui/canvas/canvas_item.h"

using namespace plexarium;
using namespace plexarium::ui;

/// The GPU painter against the CPU painter, region by region. Needs OpenGL: run it under X (`xvfb-run`), without
/// QT_QPA_PLATFORM=offscreen.
class GpuPainterTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QOpenGLContext context;
    QOffscreenSurface surface;
    surface.create();
    if (QGuiApplication::platformName() == QLatin1String("offscreen") || !context.create() ||
        !context.makeCurrent(&surface)) {
      QSKIP("no OpenGL here: the GPU painter is not tested");
    }
    CanvasItem::setRenderer(CanvasItem::Renderer::Gpu);
    qmlRegisterType<CanvasItem>("GpuTest", 1, 0, "NetworkCanvas");
  }

  void looksLikeTheCpuPainter_data() {
    QTest::addColumn<int>("scene");
    QTest::addColumn<bool>("dark");
    QTest::newRow("showcase, dark") << 0 << true;
    QTest::newRow("showcase, light") << 0 << false;
    QTest::newRow("crowd, dark") << 1 << true;
  }
  void looksLikeTheCpuPainter() {
    QFETCH(int, scene);
    QFETCH(bool, dark);
    QQuickWidget widget;
    widget.setResizeMode(QQuickWidget::SizeRootObjectToView);
    widget.resize(900, 600);
    QQmlComponent component(widget.engine());
    component.setData("import GpuTest 1.0\nNetworkCanvas {}", QUrl());
    auto* canvas = qobject_cast<CanvasItem*>(component.create());
    QVERIFY(canvas);
    widget.setContent(QUrl(), &component, canvas);
    widget.show();
    Selection selection;
    if (scene == 0) selection.set({NeuronId{2}, NeuronId{7}}, {{{8}, {11}}});
    canvas->setDark(dark);
    canvas->open(&test::canvasDescription(), &selection);
    canvas->show(scene == 0 ? test::makeShowcase() : test::makeLargeSnapshot(400, 6));
    QTest::qWait(200);
    const QImage gpu = widget.grabFramebuffer().convertToFormat(QImage::Format_RGB32);
    if (scene == 0) selection.clear();  // an exported picture shows no marks
    QTest::qWait(200);
    const QImage plain = widget.grabFramebuffer().convertToFormat(QImage::Format_RGB32);
    const QImage cpu = canvas->picture({900, 600});
    const QString folder = qEnvironmentVariable("PLEXARIUM_KEEP_PICTURES");
    if (!folder.isEmpty()) {
      gpu.save(folder + QStringLiteral("/gpu_%1_%2.png").arg(scene).arg(dark));
      cpu.save(folder + QStringLiteral("/cpu_%1_%2.png").arg(scene).arg(dark));
    }
    if (scene == 0) QVERIFY(gpu != plain);
    QCOMPARE(plain.size(), cpu.size());
    for (int y = 0; y < 600; y += 60) {
      for (int x = 0; x < 900; x += 60) {
        const int difference = std::abs(brightness(plain, x, y) - brightness(cpu, x, y));
        QVERIFY2(difference <= 8, qPrintable(QStringLiteral("at %1, %2: %3").arg(x).arg(y).arg(difference)));
      }
    }
  }

 private:
  static int brightness(const QImage& image, int left, int top) {
    int sum = 0;
    for (int y = top; y < top + 60; ++y) {
      for (int x = left; x < left + 60; ++x) sum += qGray(image.pixel(x, y));
    }
    return sum / (60 * 60);
  }
};

int main(int argc, char** argv) {
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  QApplication application(argc, argv);
  GpuPainterTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_gpu_painter.moc"
