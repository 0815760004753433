#pragma once

#include <QString>

namespace plexarium::ui {

enum class OpenGl { None, Software, Hardware };

/// What OpenGL says of itself.
struct RendererProbe {
  OpenGl openGl = OpenGl::None;
  QString name;  ///< "llvmpipe (LLVM 15)", or why there is none.
};

/// After the QGuiApplication, before the first Quick window; GUI thread; up to 150 ms.
RendererProbe probeRenderer();

enum class RendererChoice { Auto, Gpu, Cpu };

/// Sets the painter of all canvases and the scene graph's own renderer; returns whether it is the GPU. Auto takes the GPU
/// where OpenGL runs in hardware; Gpu also where it runs in software. Where there is none the scene graph must be told so
/// before the first Quick window, or it ends the program. Same place as probeRenderer().
bool chooseRenderer(RendererChoice choice);

}  // namespace plexarium::ui
