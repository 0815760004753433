#include <sys/resource.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QTimer>
#include <cstdio>
#include <cstdlib>

#include "core/io/recovery.h"
#include "ui/window/main_window.h"
#include "ui/window/notice_area.h"
#include "ui/window/renderer_probe.h"

namespace {

using namespace plexarium;
using namespace plexarium::ui;

/// What the command line asks for.
struct Options {
  RendererChoice renderer = RendererChoice::Auto;
  QString model;
  QString screenshot;  ///< Empty: stay open.
  double seconds = 3;
  bool exitAfterFirstFrame = false;
};

void say(const QString& text) { std::fprintf(stdout, "%s\n", qPrintable(text)); }

/// One clear line and the exit status for bad arguments.
[[noreturn]] void refuse(const QString& why) {
  std::fprintf(stderr, "plexarium: %s. See plexarium --help\n", qPrintable(why));
  std::exit(2);
}

/// Whether nobody said where to draw: then Qt tries the display there may be and falls back to drawing nowhere.
bool choosePlatform() {
  if (!qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) return false;
  if (!qEnvironmentVariableIsEmpty("DISPLAY")) {
    qputenv("QT_QPA_PLATFORM", "xcb;offscreen");
  } else if (!qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")) {
    qputenv("QT_QPA_PLATFORM", "wayland;offscreen");
  } else {
    qputenv("QT_QPA_PLATFORM", "offscreen");
  }
  return true;
}

RendererChoice rendererCalled(const QString& name) {
  if (name == QLatin1String("auto")) return RendererChoice::Auto;
  if (name == QLatin1String("gpu")) return RendererChoice::Gpu;
  if (name == QLatin1String("cpu")) return RendererChoice::Cpu;
  refuse(QStringLiteral("--renderer is auto, gpu or cpu, not “%1”").arg(name));
}

Options readCommandLine(const QApplication& application) {
  QCommandLineParser parser;
  parser.setApplicationDescription(
      QStringLiteral("A vivarium for layerless neural networks.\n\nExamples:\n  plexarium\n  plexarium my_network.json\n"
                     "  plexarium --screenshot picture.png --seconds 5 my_network.json"));
  parser.addHelpOption();
  parser.addVersionOption();
  const QCommandLineOption renderer(QStringLiteral("renderer"), QStringLiteral("Who draws the network: auto, gpu or cpu."),
                                    QStringLiteral("who"), QStringLiteral("auto"));
  const QCommandLineOption screenshot(QStringLiteral("screenshot"),
                                      QStringLiteral("Run for some seconds, write a picture of the window to FILE and end."),
                                      QStringLiteral("FILE"));
  const QCommandLineOption seconds(QStringLiteral("seconds"), QStringLiteral("How long before the picture (3)."),
                                   QStringLiteral("S"), QStringLiteral("3"));
  QCommandLineOption firstFrame(QStringLiteral("exit-after-first-frame"));
  firstFrame.setFlags(QCommandLineOption::HiddenFromHelp);
  parser.addOptions({renderer, screenshot, seconds, firstFrame});
  parser.addPositionalArgument(QStringLiteral("MODEL"), QStringLiteral("The model to open; the welcome model if left out."),
                               QStringLiteral("[MODEL]"));
  if (!parser.parse(application.arguments())) refuse(parser.errorText());
  if (parser.isSet(QStringLiteral("help"))) parser.showHelp();
  if (parser.isSet(QStringLiteral("version"))) parser.showVersion();

  Options options;
  bool isNumber = false;
  options.seconds = parser.value(seconds).toDouble(&isNumber);
  if (!isNumber || options.seconds < 0 || options.seconds > 86400)
    refuse(QStringLiteral("--seconds is a number from 0 to 86400"));
  if (parser.positionalArguments().size() > 1) refuse(QStringLiteral("there is more than one MODEL"));
  options.renderer = rendererCalled(parser.value(renderer));
  options.screenshot = parser.value(screenshot);
  options.model = parser.positionalArguments().value(0);
  options.exitAfterFirstFrame = parser.isSet(firstFrame);
  return options;
}

void takePicture(MainWindow& window, const Options& options) {
  const QString path = QFileInfo(options.screenshot).absoluteFilePath();
  const auto snapshot = window.bridge().snapshot();
  // A picture of the welcome model is not what a script asked for.
  const bool opened = snapshot && (options.model.isEmpty() || !window.document().file().isEmpty());
  if (!opened) {
    std::fprintf(stderr, "plexarium: %s\n", qPrintable(window.notices().texts().join(QLatin1Char('\n'))));
    return QApplication::exit(1);
  }
  if (!window.grab().save(path)) {
    std::fprintf(stderr, "plexarium: %s could not be written. Choose another folder\n", qPrintable(path));
    return QApplication::exit(1);
  }
  say(QStringLiteral("“%1” ran for %2 s: tick %3, %4 neurons, %5 links, %6 ticks/s")
          .arg(window.document().title())
          .arg(options.seconds)
          .arg(snapshot->tick)
          .arg(snapshot->graph.ids->size())
          .arg(snapshot->graph.targets->size())
          .arg(snapshot->achievedRate, 0, 'f', 1));
  say(QStringLiteral("Picture: %1").arg(path));
  QApplication::exit(0);
}

void printTimes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  say(QStringLiteral("First frame after %1 s user + %2 s system")
          .arg(seconds(used.ru_utime), 0, 'f', 3)
          .arg(seconds(used.ru_stime), 0, 'f', 3));
}

}  // namespace

int main(int argc, char** argv) {
  // Without it a dock that leaves the window would take the scene's OpenGL context with it.
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  QCoreApplication::setOrganizationName(QStringLiteral("Plexarium"));
  QCoreApplication::setApplicationName(QStringLiteral("plexarium"));
  QCoreApplication::setApplicationVersion(QStringLiteral(PLEXARIUM_VERSION));
  const bool chosen = choosePlatform();
  QApplication application(argc, argv);
  QApplication::setApplicationDisplayName(QStringLiteral("Plexarium"));
  Options options = readCommandLine(application);
  if (chosen && QGuiApplication::platformName() == QLatin1String("offscreen") && !options.exitAfterFirstFrame) {
    if (options.screenshot.isEmpty()) options.screenshot = QStringLiteral("plexarium-screenshot.png");
    say(QStringLiteral("There is no display: running for %1 s without one.").arg(options.seconds));
  }
  chooseRenderer(options.renderer);

  MainWindow window(builtInDynamics(), userStateFolder() / "recovery");
  window.start(options.model);
  window.show();
  if (!options.screenshot.isEmpty()) {
    QTimer::singleShot(static_cast<int>(options.seconds * 1000), &window, [&] { takePicture(window, options); });
  }
  if (options.exitAfterFirstFrame) {
    QObject::connect(&window, &MainWindow::firstFrameShown, &application, [] {
      printTimes();
      QApplication::exit(0);
    });
  }
  return QApplication::exec();
}
