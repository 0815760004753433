#include "ui/canvas/cpu_picture.h"

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <cmath>
#include <cstring>
#include <limits>

namespace plexarium::ui {
namespace {

constexpr int bandRows = 64;
constexpr double restAfter = 0.1;  // seconds without a move

/// From the middle to the corners, with a fixed noise of less than a level so that no bands show.
void fillBackground(std::vector<Pixel>& pixels, int width, int height, const Theme& theme) {
  pixels.resize(static_cast<std::size_t>(width) * height);
  const auto channel = [](Pixel pixel, int shift) { return static_cast<float>(pixel >> shift & 255); };
  for (int y = 0; y < height; ++y) {
    const float dy = (static_cast<float>(y) + 0.5F) / static_cast<float>(height) * 2 - 1;
    for (int x = 0; x < width; ++x) {
      const float dx = (static_cast<float>(x) + 0.5F) / static_cast<float>(width) * 2 - 1;
      const float t = std::min(1.0F, (dx * dx + dy * dy) * 0.6F);
      const std::uint32_t noise =
          (static_cast<std::uint32_t>(x) * 0x9e3779b1u ^ static_cast<std::uint32_t>(y) * 0x85ebca77u) * 0xc2b2ae3du;
      const float grain = static_cast<float>(noise >> 8) * 0x1p-24F;
      const auto level = [&](int shift) {
        const float from = channel(theme.centre, shift);
        return static_cast<std::uint32_t>(from + (channel(theme.corner, shift) - from) * t + grain);
      };
      pixels[static_cast<std::size_t>(y) * width + x] = 0xff000000u | level(16) << 16 | level(8) << 8 | level(0);
    }
  }
}

}  // namespace

QImage backgroundOf(const Theme& theme, QSize pixels) {
  std::vector<Pixel> ground;
  fillBackground(ground, pixels.width(), pixels.height(), theme);
  return QImage(reinterpret_cast<const uchar*>(ground.data()), pixels.width(), pixels.height(), pixels.width() * 4,
                QImage::Format_RGB32)
      .copy();
}

QImage NameSprites::make(const Name& name, float ratio) const {
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setStyleHint(QFont::SansSerif);
  font.setPixelSize(static_cast<int>(std::lround(11 * ratio)));
  const QString text = QString::fromStdString(name.text).left(48);
  const QFontMetricsF metrics(font);
  const qreal room = 2 * ratio;
  QImage sprite(static_cast<int>(std::ceil(metrics.horizontalAdvance(text) + 2 * room)),
                static_cast<int>(std::ceil(metrics.height() + 2 * room)), QImage::Format_ARGB32_Premultiplied);
  sprite.fill(Qt::transparent);
  QPainter painter(&sprite);
  painter.setRenderHint(QPainter::Antialiasing);
  QPainterPath path;
  path.addText(room, room + metrics.ascent(), font, text);
  QColor shade = QColor::fromRgba(name.shade);
  shade.setAlphaF(0.75F);
  painter.strokePath(path, QPen(shade, 3 * ratio, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.fillPath(path, QColor::fromRgba(name.ink));
  return sprite;
}

void NameSprites::draw(QImage& image, const std::vector<Name>& names, float ratio) {
  constexpr qsizetype most = 4000;
  if (names.empty()) return;
  if (ratio != ratio_ || names.front().ink != ink_ || sprites_.size() > most) sprites_.clear();
  ratio_ = ratio;
  ink_ = names.front().ink;
  QPainter painter(&image);
  for (const Name& name : names) {
    QImage& sprite = sprites_[QByteArray::fromStdString(name.text)];
    if (sprite.isNull()) sprite = make(name, ratio);
    painter.drawImage(static_cast<int>(std::lround(name.top.x - static_cast<float>(sprite.width()) / 2)),
                      static_cast<int>(std::lround(name.top.y)), sprite);
  }
}

void ListPicture::paint(const DisplayList& list, const Theme& theme, const Camera& camera) {
  const QSize pixels(camera.width, camera.height);
  if (background_.size() != pixels || theme_ != &theme) background_ = backgroundOf(theme, pixels);
  theme_ = &theme;
  current_ = 1 - current_;
  QImage& frame = frames_[current_];
  if (frame.size() != pixels) frame = QImage(pixels, QImage::Format_RGB32);
  uchar* bits = frame.bits();
  std::memcpy(bits, background_.constBits(), static_cast<std::size_t>(background_.sizeInBytes()));
  draw(Surface{reinterpret_cast<Pixel*>(bits), camera.width, camera.height, static_cast<int>(frame.bytesPerLine() / 4), 0,
               camera.height},
       list);
  names_.draw(frame, list.names, camera.ratio);
}

void CpuPicture::resize(const Camera& camera, const Theme& theme) {
  if (camera.width == width_ && camera.height == height_ && theme_ == &theme) return;
  width_ = camera.width;
  height_ = camera.height;
  theme_ = &theme;
  fillBackground(background_, width_, height_, theme);
  layer_ = background_;
  nextLayer_ = background_;
  for (QImage& frame : frames_) frame = QImage(width_, height_, QImage::Format_RGB32);
  places_ = ~std::uint64_t{0};
}

Surface CpuPicture::surface(std::vector<Pixel>& pixels) const {
  return {pixels.data(), width_, height_, width_, 0, height_};
}

/// Starts a layer anew where the camera or the places changed, or where all links fit the budget anyway; true if so.
bool CpuPicture::sample(const Scene& scene, const Camera& camera, double seconds) {
  const bool moved = camera != camera_ || places_ != scene.placesRevision();
  if (!moved && links_ == scene.linksRevision()) return false;
  const double total = scene.ink(camera);
  if (!moved && total * 3 > budget_.moving) {
    // Learning goes on: keep what is shown until the new picture is ready.
    if (stage_ == Stage::Whole) stage_ = Stage::Sampled;
    return false;
  }
  camera_ = camera;
  places_ = scene.placesRevision();
  links_ = scene.linksRevision();
  if (moved) changed_ = seconds;
  opacity_ = Scene::opacity(total, camera);
  crowded_ = LinkDensity::fits(total, camera);
  if (crowded_ && std::isinf(budget_.moving)) {
    layer_ = background_;
    density_.begin(camera);
    density_.add(scene, budget_.moving);
    density_.lay(layer_);
    stage_ = Stage::Whole;
    return false;
  }
  const double share = total / std::max(1.0, std::min(total, budget_.moving));
  const float lifted = std::max(opacity_, std::min(0.5F, opacity_ * static_cast<float>(share)));
  const bool plain = total * 3 > budget_.moving;  // full width and ends cost about that much more
  const std::size_t placed = scene.addLinks(camera, 0, {budget_.moving, lifted, plain}, resting_);
  stage_ = placed == scene.linkCount() && !plain ? Stage::Whole : Stage::Sampled;
  return true;
}

void CpuPicture::refine(const Scene& scene, const Camera& camera, double seconds) {
  if (stage_ == Stage::Sampled && seconds - changed_ >= restAfter) {
    stage_ = Stage::Refining;
    nextLayer_ = background_;
    refined_ = 0;
    links_ = scene.linksRevision();
    const double total = scene.ink(camera);
    opacity_ = Scene::opacity(total, camera);
    crowded_ = LinkDensity::fits(total, camera);
    if (crowded_) density_.begin(camera);
  }
  if (stage_ != Stage::Refining) return;
  if (!crowded_) {
    refined_ = scene.addLinks(camera, refined_, {budget_.refining, opacity_, false}, resting_);
  } else if (density_.add(scene, budget_.refining)) {
    density_.lay(nextLayer_);
    refined_ = scene.linkCount();
  }
}

void CpuPicture::compose(bool redraw, bool finished) {
  // A frame that is still shown somewhere is left alone: the other one is free by now.
  current_ = 1 - current_;
  QImage& frame = frames_[current_];
  const Surface shown{reinterpret_cast<Pixel*>(frame.bits()),     width_, height_,
                      static_cast<int>(frame.bytesPerLine() / 4), 0,      height_};
  const Surface layer = surface(stage_ == Stage::Refining ? nextLayer_ : layer_);
  const std::vector<Pixel>& source = finished ? nextLayer_ : layer_;
  const auto rowBytes = static_cast<std::size_t>(width_) * sizeof(Pixel);
  const std::function<void(int)> work = [&](int band) {
    const int from = band * bandRows;
    const int to = std::min(height_, from + bandRows);
    const std::size_t offset = static_cast<std::size_t>(from) * width_;
    const std::size_t bytes = static_cast<std::size_t>(to - from) * rowBytes;
    if (redraw) std::memcpy(layer_.data() + offset, background_.data() + offset, bytes);
    draw(layer.band(from, to), resting_);
    for (int y = from; y < to; ++y) {
      std::memcpy(shown.row(y), source.data() + static_cast<std::size_t>(y) * width_, rowBytes);
    }
    draw(shown.band(from, to), living_);
  };
  bands_.run((height_ + bandRows - 1) / bandRows, work);
  names_.draw(frame, living_.names, camera_.ratio);
}

void CpuPicture::paint(const Scene& scene, const Camera& camera, const Marks& marks, double seconds) {
  if (camera.width <= 0 || camera.height <= 0) return;
  resize(camera, scene.theme());
  resting_.clear();
  living_.clear();
  const bool redraw = sample(scene, camera, seconds);
  if (!redraw) refine(scene, camera, seconds);
  const bool finished = stage_ == Stage::Refining && refined_ >= scene.linkCount();
  scene.addLiving(camera, marks, budget_.living, living_);
  compose(redraw, finished);
  if (!finished) return;
  layer_.swap(nextLayer_);
  stage_ = links_ == scene.linksRevision() ? Stage::Whole : Stage::Sampled;
}

void CpuPicture::paintWhole(const Scene& scene, const Camera& camera, const Marks& marks) {
  const Budget budget = budget_;
  constexpr double everything = std::numeric_limits<double>::infinity();
  budget_ = {everything, everything, everything};
  places_ = ~std::uint64_t{0};
  paint(scene, camera, marks, 0);
  budget_ = budget;
}

}  // namespace plexarium::ui
