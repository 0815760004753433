#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <array>
#include <cstdio>

#include "tools/bench.d/window_topics.h"
#include "ui/window/renderer_probe.h"

int main(int argc, char** argv) {
  using namespace plexarium;
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  QCoreApplication::setOrganizationName(QStringLiteral("Plexarium"));
  QCoreApplication::setApplicationName(QStringLiteral("plexarium-window-bench"));
  // A person's own settings are neither read nor changed.
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  const QApplication application(argc, argv);
  const bool gpu = ui::chooseRenderer(ui::RendererChoice::Auto);
  std::printf("The network is drawn by the %s.\n", gpu ? "GPU painter (OpenGL)" : "CPU painter");
  constexpr std::array topics{
      bench::Topic{"window", bench::windowCost},
      bench::Topic{"hands", bench::windowHands},
      bench::Topic{"learning", bench::windowLearning},
      bench::Topic{"learning-digits", bench::windowLearningDigits},
      bench::Topic{"learning-columns", bench::windowLearningColumns},
      bench::Topic{"learning-synapses", bench::windowLearningSynapses},
      bench::Topic{"reservoir", bench::windowReservoir},
      bench::Topic{"learning-columns-large", bench::windowLearningManyColumns, false},
      bench::Topic{"arena", bench::arenaFrames, false},
      bench::Topic{"plots", bench::plotFrames, false},
      bench::Topic{"sight", bench::windowSight, false},
      bench::Topic{"memory", bench::windowMemory, false},
  };
  return bench::runTopics("Measures the whole window around a living network.", topics, argc, argv);
}
