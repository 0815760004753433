#include "ui/arena/arena_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/arena/arena_view.h"
#include "ui/arena/body_links.h"
#include "ui/inspector/field_form.h"

namespace plexarium::ui {
namespace {

constexpr int sliderSteps = 1000;

// Along a slider values grow by factors where none is 0, otherwise with the cube: most sit near the lower end.
double valueAt(const Field& field, int step) {
  const double t = static_cast<double>(step) / sliderSteps;
  if (field.minimum > 0) return field.minimum * std::pow(field.maximum / field.minimum, t);
  return field.minimum + (field.maximum - field.minimum) * t * t * t;
}

int stepAt(const Field& field, double value) {
  const double t = field.minimum > 0 ? std::log(value / field.minimum) / std::log(field.maximum / field.minimum)
                                     : std::cbrt((value - field.minimum) / (field.maximum - field.minimum));
  return static_cast<int>(std::lround(std::clamp(t, 0.0, 1.0) * sliderSteps));
}

/// Three significant digits, so that a slider sets numbers that people would write.
double rounded(double value) {
  if (value == 0) return 0;
  const double unit = std::pow(10.0, std::floor(std::log10(std::fabs(value))) - 2);
  return std::round(value / unit) * unit;
}

QString shortNumber(double value) { return QString::number(value, 'g', 3); }

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

}  // namespace

ArenaPanel::ArenaPanel(SessionBridge& bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      view_(new ArenaView(this)),
      bar_(new QWidget(this)),
      side_(new QWidget(this)),
      sideColumn_(new QVBoxLayout(side_)),
      measures_(new QLabel(this)),
      empty_(new QWidget(this)) {
  setObjectName(QStringLiteral("arenaPanel"));
  auto* rows = new QVBoxLayout(bar_);
  rows->setContentsMargins(8, 4, 8, 4);
  rows->setSpacing(4);
  row_ = new QHBoxLayout;
  row_->setSpacing(4);
  rows->addLayout(row_);
  addFixed();
  measures_->setObjectName(QStringLiteral("arenaMeasures"));
  measures_->setProperty("class", QStringLiteral("dim"));
  measures_->setContentsMargins(12, 4, 12, 4);
  measures_->setWordWrap(true);
  measures_->setFixedHeight(2 * measures_->fontMetrics().lineSpacing() + 8);  // two lines, however long the numbers
  measures_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  sideColumn_->setContentsMargins(10, 8, 10, 8);
  sideColumn_->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setObjectName(QStringLiteral("arenaSettingsArea"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidget(side_);
  scroll->setFixedWidth(330);
  scroll->hide();
  connect(settings_, &QToolButton::toggled, scroll, &QWidget::setVisible);
  connect(settings_, &QToolButton::toggled, this, &ArenaPanel::onFrame);  // a paused run sends no frame by itself

  auto* message = new QVBoxLayout(empty_);
  auto* words = new QLabel(tr("This network has no body."), empty_);
  words->setAlignment(Qt::AlignCenter);
  auto* give = new QPushButton(tr("Give it a body"), empty_);
  give->setObjectName(QStringLiteral("giveBody"));
  message->addStretch();
  message->addWidget(words);
  message->addWidget(give, 0, Qt::AlignCenter);
  message->addStretch();
  connect(give, &QPushButton::clicked, this, &ArenaPanel::bodyWanted);

  auto* picture = new QHBoxLayout;
  picture->setSpacing(0);
  picture->addWidget(view_, 1);
  picture->addWidget(scroll);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar_);
  column->addLayout(picture, 1);
  column->addWidget(empty_, 1);
  column->addWidget(measures_);

  connect(view_, &ArenaView::poked, this, [this](const Poke& poke) { bridge_.post(poke); });
  connect(view_, &ArenaView::editRequested, this, [this](const Edit& edit) { bridge_.submit(edit); });
  connect(view_, &ArenaView::hoveredEffectorChanged, this, &ArenaPanel::onHoveredEffector);
  connect(view_, &ArenaView::selectedObjectChanged, this, &ArenaPanel::showObject);
  connect(view_, &ArenaView::toolChanged, this, [this] {
    const std::size_t chosen = view_->tool() ? *view_->tool() + 1 : 0;
    if (chosen < toolButtons_.size()) toolButtons_[chosen]->setChecked(true);
  });
  connect(&bridge_, &SessionBridge::frame, this, &ArenaPanel::onFrame);
  connect(&bridge_, &SessionBridge::opened, this, &ArenaPanel::onFrame);
  onFrame();
}

/// Buttons that every sort of body has.
void ArenaPanel::addFixed() {
  const auto add = [&](const QString& words, const QString& tip, const char* name) {
    auto* button = new QToolButton(bar_);
    button->setText(words);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setObjectName(QString::fromLatin1(name));
    button->setCheckable(true);
    keepKeys(button);
    row_->addWidget(button);
    return button;
  };
  bodies_ = new QComboBox(bar_);
  bodies_->setObjectName(QStringLiteral("arenaBody"));
  bodies_->setAccessibleName(tr("Body"));
  bodies_->setToolTip(tr("Which body is looked at"));
  bodies_->hide();
  row_->addWidget(bodies_);
  connect(bodies_, &QComboBox::currentTextChanged, this, [this](const QString& chosen) {
    body_ = chosen.toStdString();
    emit bodyChosen(body_);
    onFrame();
  });
  row_->addStretch(1);
  auto* follow = add(tr("Follow"), tr("Keep the body in view"), "arenaFollow");
  follow->setChecked(true);
  connect(follow, &QToolButton::toggled, view_, &ArenaView::setFollowing);
  auto* track = add(tr("Track"), tr("Show the way that the body has come"), "arenaTrack");
  track->setChecked(true);
  connect(track, &QToolButton::toggled, view_, &ArenaView::setTrackShown);
  auto* fit = add(tr("Fit"), tr("Show the body and everything in the arena"), "arenaFit");
  fit->setCheckable(false);
  connect(fit, &QToolButton::clicked, view_, &ArenaView::fit);
  settings_ = add(tr("Settings"), tr("Show the settings of the body and of the selected thing"), "arenaSettings");
}

void ArenaPanel::setDark(bool dark) { view_->setDark(dark); }

void ArenaPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  onFrame();
}

void ArenaPanel::onFrame() {
  if (!isVisible()) return;
  const auto& snapshot = bridge_.snapshot();
  const bool any = snapshot && !snapshot->worlds.empty();
  for (auto* part : {static_cast<QWidget*>(bar_), static_cast<QWidget*>(view_), static_cast<QWidget*>(measures_)}) {
    part->setVisible(any);
  }
  empty_->setVisible(!any);
  if (!any) {
    settings_->setChecked(false);
    return view_->show(nullptr);
  }
  listBodies(*snapshot);
  const auto& view = *std::ranges::find(snapshot->worlds, body_, [](const auto& world) { return world->controller; });
  if (view->description != description_) makeFor(*view->description);
  view_->show(view);
  showMeasures(*view);
  showValues(*view);
}

/// The chosen one stays as long as it is there.
void ArenaPanel::listBodies(const Snapshot& now) {
  QStringList names;
  for (const auto& world : now.worlds) names << text(world->controller);
  QStringList listed;
  for (int k = 0; k < bodies_->count(); ++k) listed << bodies_->itemText(k);
  const QSignalBlocker quiet(bodies_);
  if (names != listed) {
    bodies_->clear();
    bodies_->addItems(names);
    bodies_->setVisible(names.size() > 1);
  }
  const std::string& shown = bodyCalled(now, body_)->controller;
  bodies_->setCurrentText(text(shown));
  if (body_ == shown) return;
  body_ = shown;
  emit bodyChosen(body_);
}

void ArenaPanel::makeFor(const WorldDescription& description) {
  description_ = &description;
  delete toolBox_;
  delete handyBox_;
  delete parameters_;
  delete object_;
  object_ = nullptr;
  shownObject_ = 0;
  handy_.clear();
  toolButtons_.clear();
  toolBox_ = new QWidget(bar_);
  tools_ = new QHBoxLayout(toolBox_);
  tools_->setContentsMargins(0, 0, 0, 0);
  tools_->setSpacing(4);
  row_->insertWidget(0, toolBox_);
  handyBox_ = new QWidget(bar_);
  static_cast<QVBoxLayout*>(bar_->layout())->addWidget(handyBox_);
  makeTools(description);
  makeHandy(description);
  parameters_ = new FieldForm(description.parameters, QStringLiteral("body"), side_);
  sideColumn_->insertWidget(0, parameters_);
  connect(parameters_, &FieldForm::edited, this, &ArenaPanel::setParameter);
  connect(parameters_, &FieldForm::refused, this, &ArenaPanel::refused);
}

QToolButton* ArenaPanel::addTool(const QString& words, const QString& toolTip, const QString& name) {
  auto* button = new QToolButton(toolBox_);
  button->setText(words);
  button->setToolTip(toolTip);
  button->setAccessibleName(words);
  button->setObjectName(name);
  button->setCheckable(true);
  button->setAutoExclusive(true);
  keepKeys(button);
  tools_->addWidget(button);
  toolButtons_.push_back(button);
  return button;
}

void ArenaPanel::makeTools(const WorldDescription& description) {
  auto* touch = addTool(tr("Touch"), tr("Click the body to touch it, drag to push; drag things to move them"),
                        QStringLiteral("arenaTool.touch"));
  touch->setChecked(true);
  connect(touch, &QToolButton::clicked, view_, [this] { view_->setTool({}); });
  for (std::size_t kind = 0; kind < description.objects.size(); ++kind) {
    const ObjectKind& thing = description.objects[kind];
    auto* button = addTool(text(thing.label), tr("%1 Click to place one, drag to give it its size.").arg(text(thing.help)),
                           QStringLiteral("arenaTool.") + text(thing.key));
    connect(button, &QToolButton::clicked, view_, [this, kind] { view_->setTool(kind); });
  }
}

/// What a hand wants to turn while the body lives: presets and sliders.
void ArenaPanel::makeHandy(const WorldDescription& description) {
  auto* row = new QHBoxLayout(handyBox_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  presets_ = nullptr;
  if (!description.presets.empty()) {
    presets_ = new QComboBox(handyBox_);
    presets_->setObjectName(QStringLiteral("arenaPreset"));
    presets_->setAccessibleName(tr("Surroundings"));
    presets_->setToolTip(tr("What the body lives in"));
    for (const auto& preset : description.presets) presets_->addItem(text(preset.label));
    row->addWidget(presets_);
    connect(presets_, &QComboBox::activated, this, [this](int chosen) {
      const Preset& preset = description_->presets[static_cast<std::size_t>(chosen)];
      if (const auto parameter = findField(description_->parameters, preset.parameter))
        setParameter(*parameter, preset.value);
    });
  }
  for (const auto& key : description.handy) {
    const auto parameter = findField(description.parameters, key);
    if (!parameter) continue;
    const Field& field = description.parameters[*parameter];
    auto* label = new QLabel(text(field.label), handyBox_);
    label->setProperty("class", QStringLiteral("dim"));
    auto* slider = new QSlider(Qt::Horizontal, handyBox_);
    slider->setObjectName(QStringLiteral("arenaSlider.") + text(key));
    slider->setRange(0, sliderSteps);
    slider->setMinimumWidth(60);
    slider->setAccessibleName(text(field.label));
    slider->setToolTip(fieldToolTip(field));
    label->setBuddy(slider);
    keepKeys(slider);
    row->addWidget(label);
    row->addWidget(slider, 1);
    handy_.push_back({*parameter, slider});
    connect(slider, &QSlider::valueChanged, this, [this, parameter = *parameter](int step) {
      setParameter(parameter, rounded(valueAt(description_->parameters[parameter], step)));
    });
  }
}

void ArenaPanel::setParameter(std::size_t parameter, double value) {
  if (!view_->scene().view()) return;
  const Field& field = description_->parameters[parameter];
  const auto& body = view_->scene().view()->controller;
  bridge_.submit({tr("Set %1").arg(text(field.label).toLower()).toStdString(),
                  {SetWorldParameter{body, field.key, value}},
                  "body " + body + ' ' + field.key});
}

const ArenaObject* ArenaPanel::selectedObject() const {
  const auto& view = view_->scene().view();
  if (!view || !view_->selectedObject()) return nullptr;
  const auto found = std::ranges::find(view->objects, *view_->selectedObject(), &ArenaObject::id);
  return found == view->objects.end() ? nullptr : &*found;
}

/// A form for the thing that is selected, above the body's own settings.
void ArenaPanel::showObject() {
  const ArenaObject* object = selectedObject();
  const std::uint32_t id = object ? object->id : 0;
  if (id == shownObject_) return;
  shownObject_ = id;
  delete object_;
  object_ = nullptr;
  if (!object) return;
  object_ = new FieldForm(description_->objectKind(object->kind)->fields, QStringLiteral("thing"), side_);
  sideColumn_->insertWidget(0, object_);
  connect(object_, &FieldForm::edited, this, &ArenaPanel::setObjectValue);
  connect(object_, &FieldForm::refused, this, &ArenaPanel::refused);
}

void ArenaPanel::setObjectValue(std::size_t field, double value) {
  const ArenaObject* object = selectedObject();
  if (!object) return;
  ArenaObject changed = *object;
  changed.values[field] = value;
  const ObjectKind& kind = *description_->objectKind(object->kind);
  const auto& body = view_->scene().view()->controller;
  bridge_.submit({tr("Set %1 of %2").arg(text(kind.fields[field].label).toLower(), text(kind.label).toLower()).toStdString(),
                  {SetObjects{body, {std::move(changed)}}},
                  "thing " + body + ' ' + std::to_string(object->id) + ' ' + kind.fields[field].key});
}

void ArenaPanel::showMeasures(const WorldView& view) {
  QStringList parts;
  parts << tr("%1 s").arg(QString::number(view.seconds, 'f', 1));
  if (const auto& now = *bridge_.snapshot(); now.running && now.achievedRate > 0) {
    parts << tr("%1 × real time").arg(shortNumber(now.achievedRate * view.description->tickSeconds));
  }
  QStringList lines = parts;
  for (std::size_t k = 0; k < view.measures.size(); ++k) {
    const Metric& metric = view.description->measures[k];
    parts << QStringLiteral("%1 %2").arg(text(metric.label), shortNumber(view.measures[k]));
    lines << QStringLiteral("%1 %2. %3").arg(parts.last(), text(metric.unit), text(metric.help));
  }
  measures_->setText(parts.join(QStringLiteral("  ·  ")));
  measures_->setToolTip(lines.join(QLatin1Char('\n')));
}

void ArenaPanel::showValues(const WorldView& view) {
  for (const auto& [parameter, slider] : handy_) {
    if (slider->isSliderDown()) continue;
    const QSignalBlocker quiet(slider);
    slider->setValue(stepAt(view.description->parameters[parameter], view.parameters[parameter]));
  }
  if (presets_) {
    int shown = -1;
    for (std::size_t k = 0; k < view.description->presets.size(); ++k) {
      const Preset& preset = view.description->presets[k];
      const auto parameter = findField(view.description->parameters, preset.parameter);
      if (parameter && view.parameters[*parameter] == preset.value) shown = static_cast<int>(k);
    }
    presets_->setCurrentIndex(shown);
  }
  if (!settings_->isChecked()) return;
  const auto spread = [](double value) {
    Spread one;
    one.add(value);
    return one;
  };
  for (std::size_t k = 0; k < view.parameters.size(); ++k) parameters_->setSpread(k, spread(view.parameters[k]));
  showObject();
  const ArenaObject* object = selectedObject();
  if (!object || !object_) return;
  for (std::size_t k = 0; k < object->values.size(); ++k) object_->setSpread(k, spread(object->values[k]));
}

void ArenaPanel::onHoveredEffector() {
  const auto effector = view_->hoveredEffector();
  const auto& body = view_->scene().view();
  if (!body) return;
  view_->setLit(effector ? std::vector{*effector} : std::vector<std::size_t>());
  emit neuronsHovered(effector ? neuronsOf(*bridge_.snapshot(), *body, *effector) : std::vector<NeuronId>());
}

void ArenaPanel::showDriven(std::optional<NeuronId> neuron) {
  const auto& body = view_->scene().view();
  if (!body || !isVisible()) return;
  view_->setLit(neuron ? effectorsOf(*bridge_.snapshot(), *body, *neuron) : std::vector<std::size_t>());
}

}  // namespace plexarium::ui
