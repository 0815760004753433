#pragma once

#include <QImage>
#include <filesystem>
#include <memory>

#include "core/error.h"

namespace plexarium::ui {

/// Pictures on their way to disk, one after the other: an animated GIF that repeats for ever, or numbered PNG files. What is
/// not finished is removed again. Any one thread; needs memory for one picture.
class Film {
 public:
  /// By the suffix of `file`: .gif, which carries its own name only when it is finished; or .png, and film.png becomes
  /// film_00001.png and so on, one each `period` milliseconds. `size` in pixels, at most 65535 either way.
  static Result<std::unique_ptr<Film>> create(const std::filesystem::path& file, QSize size, int period);
  virtual ~Film() = default;

  /// `picture` (of the film's size) stands for so many milliseconds.
  virtual Result<void> add(const QImage& picture, int milliseconds) = 0;
  virtual Result<void> finish() = 0;
};

}  // namespace plexarium::ui
