#include "ui/sight/picture_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QPointer>
#include <algorithm>
#include <cmath>

#include "ui/plots/neuron_names.h"
#include "ui/sight/cell_picture.h"
#include "ui/sight/receptive_field.h"

namespace plexarium::ui {
namespace {

constexpr int lookPeriod = 500;  // milliseconds
constexpr int scaleWidth = 150;  // pixels

/// Tiles stand one cell apart, unless they are single values.
std::size_t gapOf(const Picture& picture) { return picture.width * picture.height > 1 ? 1 : 0; }

QSize cellsOf(const Picture& picture) {
  const std::size_t rows = (picture.tiles() + picture.across - 1) / picture.across;
  const std::size_t gap = gapOf(picture);
  return {static_cast<int>(picture.across * (picture.width + gap) - gap),
          static_cast<int>(rows * (picture.height + gap) - gap)};
}

QPoint cellOf(const Picture& picture, std::size_t value) {
  const std::size_t area = picture.width * picture.height, gap = gapOf(picture);
  const std::size_t tile = value / area, within = value % area;
  return {static_cast<int>(tile % picture.across * (picture.width + gap) + within % picture.width),
          static_cast<int>(tile / picture.across * (picture.height + gap) + within / picture.width)};
}

}  // namespace

PicturePanel::PicturePanel(SessionBridge& bridge, Selection& selection, QWidget* parent)
    : PlotPanel(bridge, QStringLiteral("pictures"), lookPeriod, parent),
      selection_(selection),
      choice_(addChoice(QStringLiteral("pictureChoice"), tr("Picture"), tr("What is shown of what was learnt"))),
      cells_(new CellPicture(this)),
      scale_(new StrengthScale(this)),
      words_(new QLabel(this)),
      view_(makeView()) {
  setAccessibleName(tr("Weights"));
  cells_->setAccessibleName(tr("What has been learnt"));
  connect(choice_, &QComboBox::currentIndexChanged, this, &PicturePanel::showChosen);
  connect(cells_, &CellPicture::hovered, this, [this](std::optional<QPointF> place) {
    cursor_ = place;
    tell();
  });
  connect(cells_, &CellPicture::clicked, this, &PicturePanel::select);
  connect(&this->bridge(), &SessionBridge::frame, this, &PicturePanel::onFrame);
  finish(view_);
}

QWidget* PicturePanel::makeView() {
  words_->setAlignment(Qt::AlignCenter);
  words_->setWordWrap(true);
  words_->setProperty("class", QStringLiteral("dim"));
  scale_->setFixedWidth(scaleWidth);
  auto* view = new QWidget(this);
  auto* row = new QHBoxLayout(view);
  row->setContentsMargins(12, 2, 12, 6);
  row->setSpacing(12);
  row->addWidget(words_, 1);
  row->addWidget(cells_, 1);
  row->addWidget(scale_, 0, Qt::AlignTop);
  return view;
}

bool PicturePanel::any() const { return picturesOf(bridge().description().key) != nullptr; }

const Picture* PicturePanel::shown() const {
  const auto index = static_cast<std::size_t>(choice_->currentIndex());
  return index < pictures_.size() ? &pictures_[index] : nullptr;
}

QPointF PicturePanel::placeOf(std::size_t value) const { return QPointF(cellOf(*shown(), value)) + QPointF(0.5, 0.5); }

void PicturePanel::begin() {
  job_.cancel();
  ++asked_;
  looking_ = fresh_ = false;
  pictures_.clear();
  offer();
  words_->setText(any() ? QString() : tr("What this kind of network learns is in its links: Matrix shows them all."));
  ask();
}

void PicturePanel::onFrame() {
  const Snapshot& now = *bridge().snapshot();
  if (!fresh_ || now.tick != lookedAt_ || now.editRevision != revision_) ask();
}

void PicturePanel::redraw() {
  if (!bridge().snapshot() || looking_ || !any()) return;
  if (paused() && !pictures_.empty()) return showChosen();
  look();
}

void PicturePanel::look() {
  looking_ = fresh_ = true;
  lookedAt_ = bridge().snapshot()->tick;
  revision_ = bridge().snapshot()->editRevision;
  bridge().post(Capture{}, [panel = QPointer(this), asked = ++asked_](const Outcome& outcome) {
    if (!panel || panel->asked_ != asked) return;
    if (outcome.error) return panel->adopt(tl::unexpected(*outcome.error));
    panel->run(outcome.capture);
  });
}

void PicturePanel::run(const std::shared_ptr<const Model>& model) {
  const auto make = picturesOf(model->dynamics);
  job_.start(
      [this, make, model](const LatestJob::Link& link) {
        auto pictures = std::make_shared<Result<std::vector<Picture>>>(make(*model));
        link.tell([this, pictures] { adopt(std::move(*pictures)); });
      },
      [this](const Error& error) { adopt(tl::unexpected(error)); });
}

void PicturePanel::adopt(Result<std::vector<Picture>> pictures) {
  looking_ = false;
  if (!pictures) {
    pictures_.clear();
    words_->setText(QString::fromStdString(pictures.error().text()));
    return offer();
  }
  if (paused() && !pictures_.empty()) return;
  pictures_ = std::move(*pictures);
  offer();
  onFrame();
}

/// The chosen one stays chosen.
void PicturePanel::offer() {
  QStringList labels, before;
  for (const auto& picture : pictures_) labels << QString::fromStdString(picture.label);
  for (int index = 0; index < choice_->count(); ++index) before << choice_->itemText(index);
  if (labels != before) {
    const QSignalBlocker quiet(choice_);
    const QString chosen = choice_->currentText();
    choice_->clear();
    choice_->addItems(labels);
    for (int index = 0; index < choice_->count(); ++index) {
      choice_->setItemData(index, QString::fromStdString(pictures_[static_cast<std::size_t>(index)].help), Qt::ToolTipRole);
    }
    choice_->setCurrentIndex(labels.isEmpty() ? -1 : std::max(0, static_cast<int>(labels.indexOf(chosen))));
  }
  choice_->setVisible(!labels.isEmpty());
  showChosen();
}

void PicturePanel::showChosen() {
  const Picture* picture = shown();
  words_->setVisible(picture == nullptr);
  cells_->setVisible(picture != nullptr);
  scale_->setVisible(picture != nullptr);
  tell();
  if (picture == nullptr) return;
  low_ = high_ = 0;
  for (const float value : picture->values) {
    if (std::isnan(value)) continue;
    low_ = std::min(low_, double{value});
    high_ = std::max(high_, double{value});
  }
  const double reach = std::max(high_, -low_);
  const bool amounts = low_ >= 0;
  const auto colour = [&](double share) { return amounts ? amountColour(share, dark()) : strengthColour(share, dark()); };
  QImage image(cellsOf(*picture), QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  for (std::size_t k = 0; k < picture->values.size(); ++k) {
    const double share = reach > 0 ? double{picture->values[k]} / reach : 0;
    if (!std::isnan(picture->values[k])) image.setPixelColor(cellOf(*picture, k), colour(share));
  }
  choice_->setToolTip(QString::fromStdString(picture->help));
  cells_->setToolTip(QString::fromStdString(picture->help));
  cells_->setCells(image.size());
  cells_->setImage(image);
  scale_->show(reach, {}, amounts);
}

void PicturePanel::tell() {
  const Picture* picture = shown();
  if (picture == nullptr) return setReading({});
  const auto value = cursor_ ? valueAt(*cursor_) : std::nullopt;
  if (!value) {
    return setReading(picture->sources.empty() && picture->targets.empty()
                          ? tr("%L1 tiles of %2 x %3").arg(picture->tiles()).arg(picture->width).arg(picture->height)
                          : tr("%L1 values").arg(picture->values.size()));
  }
  const float number = picture->values[*value];
  setReading(tr("%1: %2").arg(nameOf(*value), std::isnan(number) ? tr("no link") : QString::number(double{number}, 'g', 4)));
}

std::optional<std::size_t> PicturePanel::valueAt(QPointF place) const {
  const Picture* picture = shown();
  if (picture == nullptr || place.x() < 0 || place.y() < 0) return std::nullopt;
  const std::size_t gap = gapOf(*picture);
  const auto x = static_cast<std::size_t>(place.x()), y = static_cast<std::size_t>(place.y());
  const std::size_t column = x % (picture->width + gap), row = y % (picture->height + gap);
  const std::size_t across = x / (picture->width + gap);
  if (column >= picture->width || row >= picture->height || across >= picture->across) return std::nullopt;
  const std::size_t tile = y / (picture->height + gap) * picture->across + across;
  if (tile >= picture->tiles()) return std::nullopt;
  return (tile * picture->height + row) * picture->width + column;
}

QString PicturePanel::nameOf(std::size_t value) const {
  const Picture& picture = *shown();
  const auto& graph = bridge().snapshot()->graph;
  const auto neuron = [&](NeuronId id) {
    const auto row = graph.row(id);
    return row ? neuronName(graph, *row) : QStringLiteral("#%1").arg(id.value);
  };
  const std::size_t column = value % picture.width, row = value / picture.width % picture.height;
  if (!picture.sources.empty()) return tr("%1 → %2").arg(neuron(picture.sources[row]), neuron(picture.targets[column]));
  if (!picture.targets.empty()) return neuron(picture.targets[column]);
  const std::size_t tile = value / (picture.width * picture.height);
  const auto place = tr("(%1, %2)").arg(column + 1).arg(row + 1);
  if (tile < picture.across && picture.tiles() <= picture.across) return tr("tile %1 %2").arg(tile + 1).arg(place);
  return tr("tile %1 of row %2 %3").arg(tile % picture.across + 1).arg(tile / picture.across + 1).arg(place);
}

void PicturePanel::select(QPointF place) {
  const auto value = valueAt(place);
  const Picture* picture = shown();
  if (!value || picture->targets.empty()) return;
  const NeuronId target = picture->targets[*value % picture->width];
  const auto& graph = bridge().snapshot()->graph;
  if (picture->sources.empty()) return graph.row(target) ? selection_.set({target}, {}) : selection_.clear();
  const LinkKey key{picture->sources[*value / picture->width], target};
  if (graph.link(key)) selection_.set({}, {key});
}

void PicturePanel::applyTheme(const WindowTheme&) {
  cells_->setDark(dark());
  scale_->setDark(dark());
  if (bridge().snapshot()) showChosen();
}

void PicturePanel::paintOn(QPaintDevice& device, QSize) { view_->render(&device, {}, {}, QWidget::DrawChildren); }

std::string PicturePanel::table() const {
  const Picture* picture = shown();
  if (picture == nullptr) return "tile,row,column,value\n";
  const bool links = !picture->sources.empty();
  std::string text = links ? "from,to,value\n" : "tile,row,column,value\n";
  for (std::size_t k = 0; k < picture->values.size(); ++k) {
    if (std::isnan(picture->values[k])) continue;
    const std::size_t column = k % picture->width, row = k / picture->width % picture->height;
    if (links) {
      text += std::to_string(picture->sources[row].value) + ',' + std::to_string(picture->targets[column].value);
    } else {
      text += std::to_string(k / (picture->width * picture->height) + 1) + ',' + std::to_string(row + 1) + ',' +
              std::to_string(column + 1);
    }
    text += ',' + QString::number(double{picture->values[k]}, 'g', 9).toStdString() + '\n';
  }
  return text;
}

}  // namespace plexarium::ui
