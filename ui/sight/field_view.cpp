#include "ui/sight/field_view.h"

#include <QVBoxLayout>
#include <cmath>

#include "ui/plots/elided_label.h"
#include "ui/plots/neuron_names.h"
#include "ui/sight/cell_picture.h"

namespace plexarium::ui {

FieldView::FieldView(SessionBridge& bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      field_(bridge),
      caption_(new ElidedLabel(this)),
      picture_(new CellPicture(this)),
      scale_(new StrengthScale(this)) {
  caption_->setObjectName(QStringLiteral("sightFieldCaption"));
  caption_->setProperty("class", QStringLiteral("dim"));
  picture_->setObjectName(QStringLiteral("sightField"));
  picture_->setAccessibleName(tr("What a neuron listens to"));
  picture_->setToolTip(tr("How strongly the neuron that is pointed at or selected listens to each of these inputs"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(caption_);
  column->addWidget(picture_, 1);
  column->addWidget(scale_);
}

void FieldView::setDark(bool dark) {
  dark_ = dark;
  picture_->setDark(dark);
  scale_->setDark(dark);
}

void FieldView::follow(std::optional<NeuronId> neuron, const SightGrid& grid) {
  field_.follow(neuron, grid.neurons);
  picture_->setCells(QSize(static_cast<int>(grid.width), static_cast<int>(grid.height)));
  const auto& graph = bridge_.snapshot()->graph;
  const auto shown = field_.neuron();
  const auto row = shown ? graph.row(*shown) : std::nullopt;
  if (!row || field_.weights().size() != grid.seats.size()) {
    caption_->setText(tr("Point at a neuron, or select one"));
    picture_->setSpots({});
    return scale_->show(0, {});
  }
  const auto& description = bridge_.description();
  const auto field = QString::fromStdString(description.linkFields[*strengthField(description)].label);
  const auto name = neuronName(graph, *row);
  caption_->setText(field_.links() == 0 ? tr("%1 does not listen to these").arg(name) : tr("%1 to %2").arg(field, name));
  scale_->show(field_.reach(), field);
  paint(grid);
}

void FieldView::paint(const SightGrid& grid) {
  std::vector<CellPicture::Spot> spots;
  spots.reserve(field_.links());
  const double reach = field_.reach() > 0 ? field_.reach() : 1;
  for (std::size_t k = 0; k < grid.seats.size(); ++k) {
    const double weight = field_.weights()[k];
    if (!std::isnan(weight)) spots.push_back({grid.seats[k], strengthColour(weight / reach, dark_)});
  }
  picture_->setSpots(std::move(spots));
}

}  // namespace plexarium::ui
