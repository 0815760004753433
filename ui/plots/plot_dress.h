#pragma once

class QCustomPlot;
class QFont;

namespace plexarium::ui {

struct WindowTheme;

/// Gives a plot and its two axes the window's colours and letters somewhat smaller than `font`. GUI thread.
void dressPlot(QCustomPlot& plot, const WindowTheme& theme, const QFont& font);

}  // namespace plexarium::ui
