#include "ui/window/renderer_probe.h"

#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QQuickWindow>
#include <QSGRendererInterface>
#include <algorithm>
#include <array>

#include "ui/canvas/canvas_item.h"

namespace plexarium::ui {
namespace {

bool isSoftware(const QString& renderer) {
  constexpr std::array names{"llvmpipe", "softpipe", "swrast", "SWR", "SwiftShader"};
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return renderer.contains(QLatin1String(name), Qt::CaseInsensitive); });
}

}  // namespace

RendererProbe probeRenderer() {
  // These platforms draw Quick scenes in software whatever OpenGL can do.
  const QString platform = QGuiApplication::platformName();
  if (platform == QLatin1String("offscreen") || platform == QLatin1String("minimal")) {
    return {OpenGl::None, QStringLiteral("none on the %1 platform").arg(platform)};
  }
  QOpenGLContext context;
  if (!context.create()) return {OpenGl::None, QStringLiteral("none")};
  QOffscreenSurface surface;
  surface.setFormat(context.format());
  surface.create();
  if (!surface.isValid() || !context.makeCurrent(&surface)) return {OpenGl::None, QStringLiteral("does not answer")};
  const auto* bytes = context.functions()->glGetString(GL_RENDERER);
  const QString name = bytes ? QString::fromLatin1(reinterpret_cast<const char*>(bytes)) : QString();
  context.doneCurrent();
  if (name.isEmpty()) return {OpenGl::None, QStringLiteral("has no name")};
  return {isSoftware(name) ? OpenGl::Software : OpenGl::Hardware, name};
}

bool chooseRenderer(RendererChoice choice) {
  const OpenGl openGl = choice == RendererChoice::Cpu ? OpenGl::None : probeRenderer().openGl;
  const bool gpu = openGl == OpenGl::Hardware || (openGl == OpenGl::Software && choice == RendererChoice::Gpu);
  CanvasItem::setRenderer(gpu ? CanvasItem::Renderer::Gpu : CanvasItem::Renderer::Cpu);
  if (!gpu) QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
  return gpu;
}

}  // namespace plexarium::ui
