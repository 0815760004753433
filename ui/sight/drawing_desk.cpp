#include "ui/sight/drawing_desk.h"

#include <QHBoxLayout>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <utility>

#include "ui/inspector/field_editor.h"
#include "ui/sight/cell_picture.h"

namespace plexarium::ui {
namespace {

constexpr int largestBrush = 9;
constexpr std::size_t cellsOfABrush = 14;  // that make up the width of a picture: as thick as a pen's stroke in MNIST

}  // namespace

DrawingDesk::DrawingDesk(FeedControl& control, CellPicture& picture, QWidget* parent)
    : QWidget(parent), control_(control), picture_(picture), shown_(control) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  draw_ =
      addTool("sightDraw", tr("Draw"),
              tr("Draw into the picture: the left button paints, the right one erases. The network is shown what is drawn, "
                 "without a target, until this is switched off; then the feed goes on as before"));
  draw_->setCheckable(true);
  brush_ = new QSpinBox(this);
  brush_->setObjectName(QStringLiteral("sightBrush"));
  brush_->setRange(1, largestBrush);
  brush_->setPrefix(tr("Brush "));
  brush_->setToolTip(tr("Width of the brush, in cells of the picture"));
  brush_->setAccessibleName(tr("Width of the brush"));
  keepKeys(brush_);
  row->addWidget(brush_);
  clear_ = addTool("sightClear", tr("Clear"), tr("Begin with an empty picture"));
  centre_ =
      addTool("sightCentre", tr("Centre"),
              tr("Scale the drawing so that its longer side takes 20 of every 28 cells, and move its centre of mass into "
                 "the middle, as the digits of MNIST were. Nothing of this happens by itself"));
  goOn_ = addTool("sightGoOn", tr("Go on"), tr("Show no longer this one sample: the feed goes on as before"));
  row->addStretch(1);
  connect(draw_, &QToolButton::toggled, this, &DrawingDesk::setDrawing);
  connect(clear_, &QToolButton::clicked, this, [this] {
    canvas_.clear();
    hand();
  });
  connect(centre_, &QToolButton::clicked, this, [this] {
    canvas_.centre();
    hand();
  });
  connect(goOn_, &QToolButton::clicked, &shown_, &ShownByHand::goBack);
  connect(&picture, &CellPicture::painted, this, &DrawingDesk::paint);
  connect(&shown_, &ShownByHand::changed, this, [this] {
    if (!shown_.active()) end();
    showState();
  });
  showState();
}

QToolButton* DrawingDesk::addTool(const char* name, const QString& text, const QString& tip) {
  auto* button = new QToolButton(this);
  button->setObjectName(QString::fromLatin1(name));
  button->setText(text);
  button->setToolTip(tip);
  button->setFocusPolicy(Qt::TabFocus);
  keepKeys(button);
  layout()->addWidget(button);
  return button;
}

void DrawingDesk::setGround(std::uint32_t feed, const DatasetPointer& samples, const SightGrid& grid) {
  const bool same = feed == feed_ && samples == data_ && grid.values == grid_.values && grid.width == grid_.width;
  if (!same && drawing()) shown_.goBack();
  const bool wider = grid.width != grid_.width;
  feed_ = feed;
  data_ = samples;
  grid_ = grid;
  if (wider) brush_->setValue(static_cast<int>(std::max<std::size_t>(1, grid.width / cellsOfABrush)));
  showState();
}

void DrawingDesk::showSample(std::uint64_t sample) {
  end();
  shown_.show(feed_, sample);
  showState();
}

void DrawingDesk::setDrawing(bool on) {
  if (on) {
    begin();
  } else {
    shown_.goBack();
  }
}

/// With the sample that is there: a person may take something away from it, or clear it.
void DrawingDesk::begin() {
  const auto* const feeding = control_.feeding();
  if (feeding == nullptr || feed_ >= feeding->feeder().feeds().size()) return end();  // gone just now
  const auto& info = data_->info();
  const auto& showing = feeding->feeder().feeds()[feed_].showing();
  inputs_.resize(info.inputs);
  for (std::size_t k = 0; k < inputs_.size(); ++k) inputs_[k] = showing ? showing->inputs[k] : info.range(k).minimum;
  canvas_ = Drawing(grid_.width, grid_.height);
  for (std::size_t cell = 0; cell < grid_.values.size(); ++cell) {
    canvas_.ink()[cell] = shareOf(info, grid_.values[cell], inputs_[grid_.values[cell]]);
  }
  hand();
  showState();
}

void DrawingDesk::end() {
  inputs_.clear();
  const QSignalBlocker quiet(draw_);
  draw_->setChecked(false);
}

void DrawingDesk::paint(QPointF from, QPointF to, bool erase) {
  if (!drawing()) return;
  canvas_.stroke(from, to, brush_->value(), erase);
  hand();
}

/// Shows the drawing to the network and to the person.
void DrawingDesk::hand() {
  const auto& info = data_->info();
  for (std::size_t cell = 0; cell < grid_.values.size(); ++cell) {
    inputs_[grid_.values[cell]] = valueOf(info, grid_.values[cell], canvas_.ink()[cell]);
  }
  picture_.setImage(imageOf(grid_, info, inputs_));
  shown_.show(feed_, inputs_);
}

void DrawingDesk::showState() {
  draw_->setEnabled(data_ && grid_.channels == 1 && !grid_.empty());
  for (auto* tool : {static_cast<QWidget*>(brush_), static_cast<QWidget*>(clear_), static_cast<QWidget*>(centre_)}) {
    tool->setVisible(drawing());
  }
  goOn_->setVisible(shown_.active() && !drawing());
  picture_.setPaintable(drawing());
}

}  // namespace plexarium::ui
