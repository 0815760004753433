#include "ui/window/canvas_view.h"

#include <QBuffer>
#include <QCursor>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>
#include <QQmlEngine>
#include <QQuickItem>
#include <algorithm>
#include <cassert>
#include <cmath>

#include "ui/canvas/canvas_item.h"
#include "ui/canvas/link_ages.h"
#include "ui/canvas/theme.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr QSize swatch(26, 16);
constexpr std::size_t mostGroups = 12;  // that the legend names

QString dataUrl(const QImage& image) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return QStringLiteral("data:image/png;base64,") + QString::fromLatin1(bytes.toBase64());
}

template <typename Draw>
QString drawSwatch(Draw draw) {
  QImage image(swatch * 2, QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(2);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  draw(painter);
  painter.end();
  return dataUrl(image);
}

QPolygonF corners(QPointF centre, qreal radius, int count, qreal turn) {
  QPolygonF polygon;
  for (int corner = 0; corner < count; ++corner) {
    const qreal angle = turn + 2 * M_PI * corner / count;
    polygon << centre + radius * QPointF(std::sin(angle), -std::cos(angle));
  }
  return polygon;
}

void drawShape(QPainter& painter, Shape shape) {
  const QPointF centre(swatch.width() / 2.0, swatch.height() / 2.0);
  switch (shape) {
    case Shape::Disc:
      return painter.drawEllipse(centre, 5.6, 5.6);
    case Shape::Square:
      return painter.drawPolygon(corners(centre, 7, 4, M_PI / 4));
    case Shape::Diamond:
      return painter.drawPolygon(corners(centre, 7, 4, 0));
    case Shape::Triangle:
      return painter.drawPolygon(corners(centre + QPointF(0, 1), 7, 3, 0));
    case Shape::Hexagon:
      return painter.drawPolygon(corners(centre, 6.4, 6, M_PI / 6));
  }
}

void drawLink(QPainter& painter, const LinkStyle& style, const QColor& colour) {
  const qreal y = swatch.height() / 2.0;
  QPen pen(colour, 1.8, style.dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap);
  if (style.dashed) pen.setDashPattern({2.5, 2});
  painter.setPen(pen);
  painter.drawLine(QPointF(1, y), QPointF(19, y));
  painter.setPen(QPen(colour, 1.8));
  painter.setBrush(colour);
  switch (style.end) {
    case LinkEnd::Arrow:
      painter.drawPolygon(QPolygonF{{18, y - 3}, {24, y}, {18, y + 3}});
      break;
    case LinkEnd::Bar:
      painter.drawLine(QPointF(20, y - 4.5), QPointF(20, y + 4.5));
      break;
    case LinkEnd::Ball:
      painter.drawEllipse(QPointF(21, y), 2.4, 2.4);
      break;
  }
}

QVariantMap entry(const std::string& label, const QString& picture) {
  return {{QStringLiteral("label"), QString::fromStdString(label)}, {QStringLiteral("picture"), picture}};
}

/// What the filling of neurons and the ring around them show.
void addParts(QVariantList& entries, const Description& description, const Theme& theme) {
  const QPointF centre(swatch.width() / 2.0, swatch.height() / 2.0);
  const NodePaint& paint = theme.node(Tint::Calm);
  if (!description.fillLabel.empty()) {
    entries << entry(description.fillLabel, drawSwatch([&](QPainter& painter) {
                       painter.setPen(Qt::NoPen);
                       painter.setBrush(QColor(paint.fill));
                       painter.drawChord(QRectF(centre - QPointF(5.6, 5.6), QSizeF(11.2, 11.2)), 180 * 16, 180 * 16);
                       painter.setPen(QPen(QColor(paint.outline), 1.4));
                       painter.setBrush(Qt::NoBrush);
                       drawShape(painter, Shape::Disc);
                     }));
  }
  if (description.ringLabel.empty()) return;
  entries << entry(description.ringLabel, drawSwatch([&](QPainter& painter) {
                     const QRectF ring(centre - QPointF(5.8, 5.8), QSizeF(11.6, 11.6));
                     painter.setPen(QPen(QColor(theme.storeRest), 2.2));
                     painter.drawEllipse(ring);
                     painter.setPen(QPen(QColor(theme.store), 2.2, Qt::SolidLine, Qt::FlatCap));
                     painter.drawArc(ring, 90 * 16, -240 * 16);
                   }));
}

/// How links that come and go by themselves do so.
void addChanges(QVariantList& entries, const Theme& theme) {
  const qreal y = swatch.height() / 2.0;
  entries << entry(CanvasView::tr("just born").toStdString(), drawSwatch([&](QPainter& painter) {
                     QColor halo(theme.node(Tint::Burst).glow);
                     halo.setAlphaF(0.5F);
                     painter.setPen(QPen(halo, 7, Qt::SolidLine, Qt::RoundCap));
                     painter.drawLine(QPointF(4, y), QPointF(22, y));
                     painter.setPen(QPen(QColor(theme.link(Tint::Excite).active), 1.8));
                     painter.drawLine(QPointF(2, y), QPointF(24, y));
                   }));
  entries << entry(CanvasView::tr("just gone").toStdString(), drawSwatch([&](QPainter& painter) {
                     QPen pen(QColor(theme.link(Tint::Excite).rest), 1.8, Qt::DashLine, Qt::FlatCap);
                     pen.setDashPattern({2.5, 2});
                     painter.setOpacity(0.6);
                     painter.setPen(pen);
                     painter.drawLine(QPointF(2, y), QPointF(24, y));
                   }));
}

QVariantList ageEntries(const Theme& theme, const QString& unit) {
  QVariantList entries;
  const auto paints = linkAgePaints(theme);
  qlonglong limit = 1;
  for (std::size_t age = 0; age < paints.size(); ++age) {
    const bool last = age + 1 == paints.size();
    if (!last) limit *= 10;
    const QString label =
        last ? CanvasView::tr("older, or always there") : CanvasView::tr("younger than %L1 %2s").arg(limit).arg(unit);
    entries << entry(label.toStdString(), drawSwatch([&](QPainter& painter) {
                       drawLink(painter, {{}, {}, LinkEnd::Arrow, false}, QColor(paints[age].rest));
                     }));
  }
  return entries;
}

}  // namespace

QVariantList legendEntries(const Description& description, bool dark, Colouring colouring, const std::vector<Group>& groups,
                           bool linkAges) {
  const Theme& theme = dark ? darkTheme() : lightTheme();
  QVariantList entries;
  const auto addHue = [&](const std::string& label, Pixel hue) {
    const NodePaint paint = hued(theme.node(Tint::Calm), hue, theme);
    entries << entry(label, drawSwatch([&](QPainter& painter) {
                       painter.setPen(QPen(QColor(paint.outline), 1.4));
                       painter.setBrush(QColor(paint.fill));
                       drawShape(painter, Shape::Disc);
                     }));
  };
  if (colouring == Colouring::Role) {
    const std::pair<Role, QString> roles[] = {{Role::Sensory, CanvasView::tr("sensory")},
                                              {Role::Inter, CanvasView::tr("inter")},
                                              {Role::Motor, CanvasView::tr("motor")}};
    for (const auto& [role, name] : roles) addHue(name.toStdString(), hueOf(role, theme));
  }
  for (std::size_t k = 0; colouring == Colouring::Group && k < std::min(groups.size(), mostGroups); ++k) {
    const std::string& name = groups[k].name;
    addHue(name.empty() ? CanvasView::tr("group %1").arg(groups[k].id.value).toStdString() : name,
           theme.group(groups[k].colour));
  }
  for (const auto& phase : description.phases) {
    const NodePaint& paint = theme.node(phase.tint);
    entries << entry(phase.label, drawSwatch([&](QPainter& painter) {
                       painter.setPen(QPen(QColor(paint.outline), 1.4));
                       painter.setBrush(QColor(paint.fill));
                       drawShape(painter, phase.shape);
                     }));
  }
  addParts(entries, description, theme);
  if (linkAges) entries << ageEntries(theme, QString::fromStdString(description.tickUnit));
  for (const auto& style : description.linkStyles) {
    if (linkAges) break;
    entries << entry(style.label,
                     drawSwatch([&](QPainter& painter) { drawLink(painter, style, QColor(theme.link(style.tint).rest)); }));
  }
  if (description.rewiring) addChanges(entries, theme);
  return entries;
}

CanvasView::CanvasView(SessionBridge& bridge, Selection& selection, QWidget* parent)
    : QQuickWidget(parent), bridge_(bridge), selection_(selection) {
  setObjectName(QStringLiteral("canvasView"));
  setResizeMode(QQuickWidget::SizeRootObjectToView);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(240, 160);
  setContextMenuPolicy(Qt::PreventContextMenu);  // The canvas has its own; the window's would follow the Menu key.
  setAccessibleName(tr("Network"));
  setAccessibleDescription(tr("The living network: wheel zooms, drag pans, click selects"));
}

void CanvasView::load() {
  static const int registered = qmlRegisterType<CanvasItem>("Plexarium", 1, 0, "NetworkCanvas");
  Q_UNUSED(registered);
  setSource(QUrl(QStringLiteral("qrc:/qml/Canvas.qml")));
  assert(status() == QQuickWidget::Ready && rootObject());
  canvas_ = rootObject()->findChild<CanvasItem*>(QStringLiteral("canvas"));
  assert(canvas_);
  dress();
  connect(&bridge_, &SessionBridge::opened, this, &CanvasView::begin);
  connect(&bridge_, &SessionBridge::frame, this, &CanvasView::showFrame);
  if (bridge_.snapshot()) {
    begin();
    showFrame();
  }
}

void CanvasView::begin() {
  canvas_->open(&bridge_.description(), &selection_);
  dress();
}

void CanvasView::showFrame() {
  canvas_->show(bridge_.snapshot());
  if (colouring_ == Colouring::Group && groups_ != bridge_.snapshot()->graph.groups) dress();
  const bool empty = bridge_.snapshot()->graph.ids->empty();
  if (empty == empty_) return;
  empty_ = empty;
  rootObject()->setProperty("emptyHintShown", empty);
}

void CanvasView::paintEvent(QPaintEvent* event) {
  QQuickWidget::paintEvent(event);
  if (painted_ || !bridge_.snapshot()) return;
  painted_ = true;
  QMetaObject::invokeMethod(this, &CanvasView::networkPainted, Qt::QueuedConnection);
}

bool CanvasView::focusNextPrevChild(bool next) { return QWidget::focusNextPrevChild(next); }

Point CanvasView::placeAtMouse() const {
  const QPointF mouse = mapFromGlobal(QPointF(QCursor::pos()));
  const bool inside = underMouse() && rect().contains(mouse.toPoint());
  return canvas_->toWorld(inside ? mouse : QPointF(rect().center()));
}

void CanvasView::centreOn(Point place) { canvas_->setView({place, canvas_->view().scale}); }

void CanvasView::setDark(bool dark) {
  dark_ = dark;
  if (canvas_) dress();
}

void CanvasView::setLegendShown(bool shown) { rootObject()->setProperty("legendShown", shown); }

void CanvasView::setColouring(Colouring colouring) {
  colouring_ = colouring;
  canvas_->setColouring(colouring);
  dress();
}

void CanvasView::setLinkAges(bool on) {
  linkAges_ = on;
  canvas_->setLinkAges(on);
  dress();
}

void CanvasView::dress() {
  const WindowTheme& colours = WindowTheme::of(dark_);
  setClearColor(colours.base);
  canvas_->setDark(dark_);
  QQuickItem* root = rootObject();
  root->setProperty("dark", dark_);
  root->setProperty("cardColour", colours.window);
  root->setProperty("cardBorder", colours.border);
  root->setProperty("textColour", colours.text);
  root->setProperty("dimColour", colours.dim);
  if (!bridge_.snapshot()) return;
  groups_ = bridge_.snapshot()->graph.groups;
  root->setProperty("legend", legendEntries(bridge_.description(), dark_, colouring_, *groups_,
                                            linkAges_ && bridge_.description().rewiring));
}

}  // namespace plexarium::ui
