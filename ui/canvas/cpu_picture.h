#pragma once

#include <QHash>
#include <QImage>
#include <array>
#include <cstdint>
#include <vector>

#include "ui/canvas/band_runner.h"
#include "ui/canvas/link_density.h"
#include "ui/canvas/scene.h"

namespace plexarium::ui {

/// Names as small pictures, each set once and kept.
class NameSprites {
 public:
  /// Draws over `image` (32 bits, premultiplied or opaque). `ratio`: pixels per unit of layout.
  void draw(QImage& image, const std::vector<Name>& names, float ratio);

 private:
  [[nodiscard]] QImage make(const Name& name, float ratio) const;

  QHash<QByteArray, QImage> sprites_;
  float ratio_ = 0;
  Pixel ink_ = 0;
};

/// The ground that everything is drawn on, opaque (RGB32).
QImage backgroundOf(const Theme& theme, QSize pixels);

/// Display lists without nodes as images, by the own rasteriser. One thread.
class ListPicture {
 public:
  /// `camera`: its size, at least one pixel, and ratio.
  void paint(const DisplayList& list, const Theme& theme, const Camera& camera);
  /// Opaque (RGB32). Valid until the next but one paint().
  [[nodiscard]] const QImage& image() const { return frames_[current_]; }

 private:
  const Theme* theme_ = nullptr;
  QImage background_;
  std::array<QImage, 2> frames_;  ///< One may still be shown somewhere.
  std::size_t current_ = 0;
  NameSprites names_;
};

/// A scene as an image, by the own rasteriser. While the camera moves, resting links are drawn within a budget of pixels;
/// once it rests, all of them are drawn behind the scenes, some in each frame, and take the place of the sample when they
/// are ready; a crowd far out as its density (LinkDensity). The same calls give the same pixels. One thread calls; a helper
/// thread draws along.
class CpuPicture {
 public:
  /// Pixels of links a frame may cost: `moving` at once for those at rest, `living` for glowing ones, `refining` in one
  /// frame of the picture that is being completed.
  struct Budget {
    double moving = 1.1e6;
    double living = 0.5e6;
    double refining = 2.0e6;
  };

  void setBudget(const Budget& budget) { budget_ = budget; }
  /// The next frame, for the moment `seconds` of a steady clock.
  void paint(const Scene& scene, const Camera& camera, const Marks& marks, double seconds);
  /// Everything at once, whatever it costs.
  void paintWhole(const Scene& scene, const Camera& camera, const Marks& marks);

  /// Opaque (RGB32), of the camera's size. Valid until the next but one paint().
  [[nodiscard]] const QImage& image() const { return frames_[current_]; }
  /// All links are in the picture.
  [[nodiscard]] bool settled() const { return stage_ == Stage::Whole; }

 private:
  enum class Stage : std::uint8_t { Sampled, Refining, Whole };

  void resize(const Camera& camera, const Theme& theme);
  bool sample(const Scene& scene, const Camera& camera, double seconds);
  void refine(const Scene& scene, const Camera& camera, double seconds);
  void compose(bool redraw, bool finished);
  Surface surface(std::vector<Pixel>& pixels) const;

  Budget budget_;
  int width_ = 0;
  int height_ = 0;
  const Theme* theme_ = nullptr;
  std::vector<Pixel> background_;
  std::vector<Pixel> layer_;      // background and resting links, as shown
  std::vector<Pixel> nextLayer_;  // the same, being completed
  std::array<QImage, 2> frames_;
  std::size_t current_ = 0;

  Stage stage_ = Stage::Sampled;
  Camera camera_;  // of layer_
  std::uint64_t places_ = ~std::uint64_t{0};
  std::uint64_t links_ = ~std::uint64_t{0};
  double changed_ = 0;       // when the camera last moved
  std::size_t refined_ = 0;  // links in nextLayer_
  float opacity_ = 0;
  bool crowded_ = false;  // nextLayer_ shows how dense the links are
  LinkDensity density_;

  DisplayList resting_;  // what this frame adds to a layer
  DisplayList living_;
  NameSprites names_;
  BandRunner bands_;
};

}  // namespace plexarium::ui
