#include "ui/window/film.h"

#include <gif_lib.h>

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <system_error>
#include <utility>
#include <vector>

namespace plexarium::ui {
namespace {

constexpr int colours = 256;
constexpr int shortestDelay = 2;  // hundredths of a second; viewers take less for "as slow as usual"

tl::unexpected<Error> cannotWrite(const std::filesystem::path& file) {
  return failure(QCoreApplication::translate("Film", "The film could not be written").toStdString(), file.string(),
                 QCoreApplication::translate("Film", "Is there room, and may you write there?").toStdString());
}

class GifFilm : public Film {
 public:
  GifFilm(std::filesystem::path file, QSize size) : file_(std::move(file)), part_(file_), size_(size) {
    part_ += ".part";
    const auto pixels = static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height());
    for (auto* plane : {&red_, &green_, &blue_, &indices_}) plane->resize(pixels);
  }

  ~GifFilm() override {
    if (!gif_) return;
    EGifCloseFile(gif_, nullptr);
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
  }

  Result<void> begin() {
    gif_ = EGifOpenFileName(part_.c_str(), false, nullptr);
    if (!gif_) return cannotWrite(file_);
    EGifSetGifVersion(gif_, true);
    const unsigned char forEver[] = {1, 0, 0};
    return checked(EGifPutScreenDesc(gif_, size_.width(), size_.height(), 8, 0, nullptr) &&
                   EGifPutExtensionLeader(gif_, APPLICATION_EXT_FUNC_CODE) &&
                   EGifPutExtensionBlock(gif_, 11, "NETSCAPE2.0") && EGifPutExtensionBlock(gif_, 3, forEver) &&
                   EGifPutExtensionTrailer(gif_));
  }

  Result<void> add(const QImage& picture, int milliseconds) override {
    const std::unique_ptr<ColorMapObject, void (*)(ColorMapObject*)> map(GifMakeMapObject(colours, nullptr),
                                                                         &GifFreeMapObject);
    if (!map || !reduce(picture, *map)) return cannotWrite(file_);
    // Rounded times add up to the whole.
    owed_ += milliseconds;
    GraphicsControlBlock control{};
    control.DisposalMode = DISPOSE_DO_NOT;
    control.DelayTime = std::max(shortestDelay, owed_ / 10);
    control.TransparentColor = NO_TRANSPARENT_COLOR;
    owed_ -= control.DelayTime * 10;
    GifByteType bytes[4];
    EGifGCBToExtension(&control, bytes);
    bool good = EGifPutExtension(gif_, GRAPHICS_EXT_FUNC_CODE, sizeof bytes, bytes) &&
                EGifPutImageDesc(gif_, 0, 0, size_.width(), size_.height(), false, map.get());
    for (int y = 0; good && y < size_.height(); ++y) {
      good = EGifPutLine(gif_, indices_.data() + static_cast<std::ptrdiff_t>(y) * size_.width(), size_.width());
    }
    return checked(good);
  }

  Result<void> finish() override {
    const bool good = EGifCloseFile(std::exchange(gif_, nullptr), nullptr);
    std::error_code problem;
    if (good) std::filesystem::rename(part_, file_, problem);
    if (good && !problem) return {};
    std::filesystem::remove(part_, problem);
    return cannotWrite(file_);
  }

 private:
  [[nodiscard]] Result<void> checked(bool good) const {
    if (!good) return cannotWrite(file_);
    return {};
  }

  /// To the colours that serve this picture best.
  bool reduce(const QImage& picture, ColorMapObject& map) {
    const QImage plain = picture.convertToFormat(QImage::Format_RGB32);
    std::size_t at = 0;
    for (int y = 0; y < size_.height(); ++y) {
      const auto* line = reinterpret_cast<const QRgb*>(plain.constScanLine(y));
      for (int x = 0; x < size_.width(); ++x, ++at) {
        red_[at] = static_cast<GifByteType>(qRed(line[x]));
        green_[at] = static_cast<GifByteType>(qGreen(line[x]));
        blue_[at] = static_cast<GifByteType>(qBlue(line[x]));
      }
    }
    int count = colours;
    return GifQuantizeBuffer(static_cast<unsigned>(size_.width()), static_cast<unsigned>(size_.height()), &count,
                             red_.data(), green_.data(), blue_.data(), indices_.data(), map.Colors) == GIF_OK;
  }

  std::filesystem::path file_, part_;
  QSize size_;
  GifFileType* gif_ = nullptr;
  int owed_ = 0;  ///< Milliseconds that the delays so far fall short of.
  std::vector<GifByteType> red_, green_, blue_, indices_;
};

class PngFilm : public Film {
 public:
  PngFilm(std::filesystem::path file, int period) : file_(std::move(file)), period_(period) {}

  ~PngFilm() override {
    std::error_code ignored;
    while (!finished_ && written_ > 0) std::filesystem::remove(numbered(written_--), ignored);
  }

  Result<void> add(const QImage& picture, int milliseconds) override {
    elapsed_ += milliseconds;
    while (written_ == 0 || written_ * static_cast<std::int64_t>(period_) < elapsed_ - period_ / 2) {
      const auto next = numbered(written_ + 1);
      if (!picture.save(QString::fromStdString(next.string()), "PNG")) return cannotWrite(next);
      ++written_;
    }
    return {};
  }

  Result<void> finish() override {
    finished_ = true;
    return {};
  }

 private:
  [[nodiscard]] std::filesystem::path numbered(int number) const {
    const QString tail = QStringLiteral("_%1.png").arg(number, 5, 10, QLatin1Char('0'));
    return file_.parent_path() / (file_.stem().string() + tail.toStdString());
  }

  std::filesystem::path file_;
  int period_;
  int written_ = 0;
  std::int64_t elapsed_ = 0;
  bool finished_ = false;
};

}  // namespace

Result<std::unique_ptr<Film>> Film::create(const std::filesystem::path& file, QSize size, int period) {
  if (file.extension() == ".png") return std::make_unique<PngFilm>(file, period);
  auto film = std::make_unique<GifFilm>(file, size);
  return film->begin().map([&]() -> std::unique_ptr<Film> { return std::move(film); });
}

}  // namespace plexarium::ui
