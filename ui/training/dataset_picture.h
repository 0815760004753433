#pragma once

#include <QImage>
#include <QString>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/data/dataset.h"
#include "core/data/split.h"

class QPainter;

namespace plexarium::ui {

// How samples look and are called. Any thread.

/// A sample of a set of pictures, at most `side` pixels wide and high: smaller ones stay as they are, larger ones are scaled
/// down. Three channels or more are red, green, blue; otherwise the first is grey.
QImage pictureOf(const DatasetInfo& info, std::span<const double> inputs, int side);
/// Draws it into `place`, in the middle, as large as it fits: the pixels of small ones stay squares.
void drawPicture(QPainter& painter, const QImage& picture, const QRect& place);

/// The class, or the target values with their names.
QString targetText(const DatasetInfo& info, std::uint32_t label, std::span<const double> targets);
/// The first `most` inputs, with their names where they have any.
QString inputText(const DatasetInfo& info, std::span<const double> inputs, std::size_t most);
QString partText(Part part);
/// "10,000" in the person's own way.
QString countText(std::size_t count);
/// A value of a sample, six digits at most.
QString sampleValueText(double value);

}  // namespace plexarium::ui
