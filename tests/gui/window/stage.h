#pragma once

#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <vector>

#include "core/io/document.h"
#include "tests/support/toy/toy.h"
#include "ui/canvas/canvas_item.h"
#include "ui/inspector/field_editor.h"
#include "ui/inspector/number_box.h"
#include "ui/window/canvas_view.h"
#include "ui/window/main_window.h"
#include "ui/window/renderer_probe.h"

namespace plexarium::ui {

inline constexpr int patience = 5000;  // milliseconds

inline Registry registry() { return builtInDynamics().add(toy::entry()); }

/// A window of its own, with a folder of its own, and ways to look into it.
struct Stage {
  QTemporaryDir folder;
  MainWindow window{registry(), folder.filePath(QStringLiteral("recovery")).toStdString()};

  [[nodiscard]] const Snapshot& now() { return *window.bridge().snapshot(); }
  [[nodiscard]] std::size_t neurons() { return now().graph.ids->size(); }
  [[nodiscard]] std::size_t links() { return now().graph.targets->size(); }
  [[nodiscard]] double bias(std::size_t row) { return columnValue((*now().graph.neuronFields)[toy::Bias], row); }
  [[nodiscard]] NeuronId id(std::size_t row) { return (*now().graph.ids)[row]; }
  [[nodiscard]] QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
  [[nodiscard]] NumberBox* box(const char* name) {
    auto* editor = window.findChild<FieldEditor*>(QString::fromLatin1(name));
    return editor ? editor->findChild<NumberBox*>() : nullptr;
  }

  bool show() {
    window.show();
    return QTest::qWaitForWindowExposed(&window);
  }
  bool openToy(std::size_t count = 6, double millisecondsPerTick = 0) {
    QSignalSpy opened(&window.document(), &Document::opened);
    window.document().create(
        [=] {
          Model model = toy::model(count, 0);
          model.parameters[toy::MillisecondsPerTick] = millisecondsPerTick;
          return Result<Model>(std::move(model));
        },
        false);
    return show() && (!opened.isEmpty() || opened.wait(patience));
  }
  void click(std::size_t row, Qt::KeyboardModifiers modifiers = {}) {
    const QPointF place = window.canvasView().canvas().toItem((*now().graph.positions)[row]);
    QTest::mouseClick(&window.canvasView(), Qt::LeftButton, modifiers, place.toPoint());
  }
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window, patience)) QFAIL("the window does not get the keys");
    window.canvasView().setFocus();
    QTest::keyClick(&window.canvasView(), key, modifiers);
  }
  /// The model as it is now, every bit of it. An id that was given is never given again, so the counter of ids, which no
  /// undo turns back, is left out.
  std::string dump() {
    std::string text;
    window.bridge().post(Capture{}, [&](const Outcome& outcome) {
      text = writeModel(window.bridge().description(), *outcome.capture);
      const auto counter = text.find("\"nextId\"");
      text.erase(counter, text.find('\n', counter) - counter);
    });
    return QTest::qWaitFor([&] { return !text.empty(); }, patience) ? text : std::string("no answer");
  }
  /// A picture of the window, or of a dialog, for the manual, where somebody asks for pictures (tools/pictures).
  void keepPicture(const char* name, QWidget* dialog = nullptr) {
    const QString kept = qEnvironmentVariable("PLEXARIUM_KEEP_PICTURES");
    if (kept.isEmpty()) return;
    QCoreApplication::processEvents();
    QVERIFY((dialog ? dialog : &window)
                ->grab()
                .save(QStringLiteral("%1/%2.png").arg(kept, QString::fromLatin1(name)), nullptr, 0));
  }
  static void type(NumberBox& box, const char* text) {
    box.setFocus();
    QTest::keyClick(&box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(&box, QString::fromLatin1(text));
    QTest::keyClick(&box, Qt::Key_Return);
  }
};

/// Runs the tests of a class that opens windows: offscreen or not, with settings of their own.
template <typename Test>
int runWindowTest(int argc, char** argv, const char* name) {
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  QCoreApplication::setOrganizationName(QStringLiteral("Plexarium"));
  QCoreApplication::setApplicationName(QString::fromLatin1(name));
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  QApplication application(argc, argv);
  chooseRenderer(RendererChoice::Cpu);
  Test test;
  return QTest::qExec(&test, argc, argv);
}

}  // namespace plexarium::ui
