#pragma once

#include <QString>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace plexarium::ui {

/// What an analysis found: as it is drawn, and in words. A value; any thread.
struct Finding {
  /// How a curve is drawn. Bars: x are the left edges, the last one the end of the last bar (its y is not drawn).
  enum class Look { Bars, Line, Points, Fit };
  struct Curve {
    QString name;
    Look look = Look::Line;
    std::size_t hue = 0;       ///< Which of the data it tells of: a fit has its data's.
    std::vector<double> x, y;  ///< Of one length; a NaN interrupts a line.
  };
  /// Pairs of as many neurons, row by row; NaN: unknown.
  struct Matrix {
    std::size_t side = 0;
    std::vector<double> values;
    double reach = 1;            ///< Colours go from -reach to reach.
    std::vector<QString> names;  ///< Of the neurons.
  };
  struct Axis {
    QString label;  ///< With its unit.
    bool logarithmic = false;
  };

  Axis x, y;
  std::vector<Curve> curves;
  std::optional<Matrix> matrix;
  QString words;         ///< The numbers that were found; lines.
  bool missing = false;  ///< There is nothing to draw, and the words say what is missing.
};

/// Nothing, and what it takes.
Finding missing(const QString& why);
/// Nothing yet.
Finding pending(const QString& what);
/// As CSV: the curves one below the other, or the matrix.
std::string tableOf(const Finding& finding);
/// As people read it: four digits, of large numbers all before the point.
QString figure(double value);
/// A whole number with separators.
QString wholeText(std::size_t count);

}  // namespace plexarium::ui
