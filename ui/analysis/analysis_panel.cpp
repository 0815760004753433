#include "ui/analysis/analysis_panel.h"

#include <qcustomplot.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPointer>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/analysis/network_findings.h"
#include "ui/analysis/twin_finding.h"
#include "ui/plots/neuron_names.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 500;  // milliseconds
constexpr qint64 restRatio = 4;    // finding may take a fifth of the time
constexpr int quietWait = 400;     // milliseconds until a wait shows

}  // namespace

AnalysisPanel::AnalysisPanel(SessionBridge& bridge, Selection& selection, QWidget* parent)
    : AxesPanel(bridge, QStringLiteral("analysis"), redrawPeriod, parent),
      selection_(selection),
      subject_(addChoice(QStringLiteral("analysisSubject"), tr("Analysis"), tr("What is analysed"))),
      quantity_(addChoice(QStringLiteral("analysisQuantity"), tr("Quantity"), tr("Which value"))),
      population_(addChoice(QStringLiteral("analysisPopulation"), tr("Neurons"),
                            tr("Of which neurons; of links, those with both ends among them"))),
      stretch_(addChoice(QStringLiteral("analysisStretch"), tr("Stretch of time"), tr("How much of the past is analysed"))),
      window_(new QSpinBox(this)),
      threshold_(new QSpinBox(this)),
      cut_(new QDoubleSpinBox(this)),
      logarithmic_(addButton(QStringLiteral("analysisLogarithmic"), tr("Log"), tr("Logarithmic axis"), true)),
      picture_(plot()),
      tape_(bridge),
      courses_(bridge),
      reader_(bridge) {
  setAccessibleName(tr("Analysis"));
  plot().setAccessibleName(tr("Analysis"));
  makeControls();
  connect(&selection_, &Selection::changed, this, [this] {
    if (choice().population.of == Population::Of::Selected) onChoice();
  });
  connect(this, &PlotPanel::held, this, &AnalysisPanel::onHeld);
  wait_.setSingleShot(true);
  connect(&wait_, &QTimer::timeout, this, &AnalysisPanel::showWaiting);
  connect(&this->bridge(), &SessionBridge::frame, this, &AnalysisPanel::ask);
  connect(&tape_, &SpikeTape::grown, this, &AnalysisPanel::ask);
  connect(&reader_, &FieldReader::looked, this, &AnalysisPanel::startValues);
  connect(&reader_, &FieldReader::refused, this,
          [this](const QString& why) { showFinding(choice(), moment(), missing(why)); });
  finish(&plot());
  chooseSubject();  // The controls of all subjects at once would be wider than many a window.
}

AnalysisPanel::~AnalysisPanel() = default;

void AnalysisPanel::begin() {
  job_.cancel();
  underWay_.reset();
  copying_ = false;
  found_ = {};
  finding_ = {};
  if (description_ != &bridge().description()) readTables();
  chooseSubject();
}

QString AnalysisPanel::unit() const { return QString::fromStdString(bridge().description().tickUnit); }

AnalysisPanel::Moment AnalysisPanel::moment() const {
  return {bridge().snapshot()->tick, bridge().snapshot()->editRevision};
}

bool AnalysisPanel::upToDate() const {
  return bridge().snapshot() && !underWay_ && shown_ == choice() && found_ == moment();
}

/// Answers a person at once, also while it is held.
void AnalysisPanel::onChoice() {
  ownRange_ = false;
  wait_.start(quietWait);
  if (bridge().snapshot() && isVisible()) return redraw();
  ask();
}

void AnalysisPanel::showEvent(QShowEvent* event) {
  AxesPanel::showEvent(event);
  tape_.listen(true);
  ask();
}

void AnalysisPanel::hideEvent(QHideEvent* event) {
  AxesPanel::hideEvent(event);
  tape_.listen(false);
}

void AnalysisPanel::redraw() {
  if (!bridge().snapshot()) return;
  const Choice chosen = choice();
  if (paused() && shown_ == chosen && found_ != Moment{}) return;
  if (underWay_ == chosen) return;
  if (shown_ == chosen && found_ != Moment{} && !rest_.hasExpired()) return ask();
  switch (chosen.subject) {
    case Subject::Course:
      return showCourse(chosen);
    case Subject::Degrees:
      return startDegrees(chosen);
    case Subject::Twin:
      return askTwin(chosen);
    case Subject::Links:
    case Subject::Neurons:
      return askValues(chosen);
    default:
      return startSpikes(chosen);
  }
}

Finding AnalysisPanel::findingOf(const Choice& chosen, const Stretches& stretches, const QString& unit,
                                 const std::optional<RateGoal>& goal, const std::vector<QString>& names) {
  switch (chosen.subject) {
    case Subject::Intervals:
      return intervalFinding(stretches, unit, chosen.logarithmic);
    case Subject::Correlation:
      return correlationFinding(stretches, unit, names);
    case Subject::Fano:
      return fanoFinding(stretches, unit, static_cast<std::size_t>(chosen.window));
    case Subject::Smoothness:
      return smoothnessFinding(stretches, unit);
    case Subject::Autocorrelation:
      return autocorrelationFinding(stretches, unit);
    case Subject::Entropy:
      return entropyFinding(stretches, unit);
    case Subject::Avalanches:
      return avalancheFinding(stretches, unit,
                              chosen.threshold < 0 ? std::nullopt : std::optional<double>(chosen.threshold));
    default:
      return rateFinding(stretches, unit, goal);
  }
}

void AnalysisPanel::startSpikes(const Choice& chosen) {
  const GraphImage& graph = bridge().snapshot()->graph;
  const auto rows = membersOf(chosen.population, graph, selection_.neurons());
  const Tick end = std::max(tape_.coverage().end(), bridge().snapshot()->tick);
  tape_.recall(end - chosen.stretch);
  auto record = std::make_shared<const SpikeRecord>(recordOf(tape_, end - chosen.stretch, graph, rows));
  std::vector<QString> names;
  for (const auto row : rows) {
    if (chosen.subject == Subject::Correlation) names.push_back(neuronName(graph, row));
  }
  start(chosen, moment(),
        [chosen, record, unit = unit(), goal = goalOf(chosen, rows), names = std::move(names)](const LatestJob::Link&) {
          return findingOf(chosen, stretchesOf(*record), unit, goal, names);
        });
}

/// What the firing of the neurons in `rows` is compared with.
std::optional<RateGoal> AnalysisPanel::goalOf(const Choice& chosen, const std::vector<std::uint32_t>& rows) const {
  if (chosen.subject != Subject::Rate || chosen.quantity >= description_->rateTargets.size()) return std::nullopt;
  const RateTarget& target = description_->rateTargets[chosen.quantity];
  const double rate = bridge().snapshot()->parameters[target.parameter];
  if (!target.of) return RateGoal{rate};
  const auto& [field, value] = *target.of;
  const Column& column = (*bridge().snapshot()->graph.neuronFields)[field];
  if (std::ranges::all_of(rows, [&](std::uint32_t row) { return columnValue(column, row) == value; })) return RateGoal{rate};
  return RateGoal{rate, QString::fromStdString(formatValue(description_->neuronFields[field], value))};
}

void AnalysisPanel::askValues(const Choice& chosen) {
  const bool ofLinks = chosen.subject == Subject::Links;
  const auto& fields = ofLinks ? linkFields_ : neuronFields_;
  if (fields.empty())
    return showFinding(chosen, moment(),
                       missing(ofLinks ? tr("Links of this kind of network have no values")
                                       : tr("Neurons of this kind of network have no values")));
  reader_.ask(ofLinks, fields[chosen.quantity]);
  startValues();
}

/// The newest look, where it is of what is chosen.
void AnalysisPanel::startValues() {
  const Choice chosen = choice();
  const bool ofLinks = chosen.subject == Subject::Links;
  if (!ofLinks && chosen.subject != Subject::Neurons) return;
  const FieldLook* look = reader_.look();
  const auto& fields = ofLinks ? linkFields_ : neuronFields_;
  if (!look || look->ofLinks != ofLinks || chosen.quantity >= fields.size() || look->field != fields[chosen.quantity])
    return;
  if (underWay_ == chosen || (paused() && shown_ == chosen)) return;
  const GraphImage& graph = bridge().snapshot()->graph;
  std::vector<NeuronId> members;
  for (const auto row : membersOf(chosen.population, graph, selection_.neurons())) members.push_back((*graph.ids)[row]);
  const Field& field = (ofLinks ? description_->linkFields : description_->neuronFields)[look->field];
  start(chosen, {look->tick, look->editRevision},
        [chosen, look = *look, members = std::move(members), &field](const LatestJob::Link&) {
          const auto values = valuesAmong(look, members);
          return look.ofLinks ? linkFinding(values, field, chosen.cut, chosen.logarithmic) : neuronFinding(values, field);
        });
}

void AnalysisPanel::startDegrees(const Choice& chosen) {
  const GraphImage& graph = bridge().snapshot()->graph;
  start(chosen, moment(),
        [firstLink = graph.firstLink, targets = graph.targets,
         rows = membersOf(chosen.population, graph, selection_.neurons())](const LatestJob::Link&) {
          return degreeFinding(*firstLink, *targets, rows);
        });
}

/// Copies the network as it is now; the rest happens when the copy is there.
void AnalysisPanel::askTwin(const Choice& chosen) {
  if (copying_) return;
  copying_ = true;
  this->bridge().post(Capture{}, [panel = QPointer(this), chosen](const Outcome& outcome) {
    if (!panel) return;
    panel->copying_ = false;
    const bool heldMeanwhile = panel->paused() && panel->shown_ == chosen;
    if (panel->choice() == chosen && !heldMeanwhile) panel->startTwin(chosen, outcome);
  });
}

void AnalysisPanel::startTwin(const Choice& chosen, const Outcome& outcome) {
  const Moment moment{outcome.tick, outcome.editRevision};
  if (outcome.error) return showFinding(chosen, moment, missing(QString::fromStdString(outcome.error->text())));
  const GraphImage& graph = bridge().snapshot()->graph;
  const Graph& copy = outcome.capture->graph;
  std::vector<NeuronId> counted;
  for (const auto row : membersOf(chosen.population, graph, selection_.neurons())) {
    if (copy.row((*graph.ids)[row])) counted.push_back((*graph.ids)[row]);
  }
  if (counted.empty()) return showFinding(chosen, moment, missing(tr("There are no such neurons")));
  // Who is selected, or another one each time.
  NeuronId disturbed = counted[static_cast<std::size_t>(outcome.tick) % counted.size()];
  if (!selection_.neurons().empty() && copy.row(selection_.neurons().front())) disturbed = selection_.neurons().front();
  start(chosen, moment,
        [this, chosen, disturbed, counted = std::move(counted), model = outcome.capture, unit = unit(),
         &entry = *bridge().registry().find(outcome.capture->dynamics)](const LatestJob::Link& link) {
          const auto goesOn = [this, &link, told = -1](double share) mutable {
            const int percent = static_cast<int>(100 * share);
            if (percent == std::exchange(told, percent)) return link.wanted();
            link.tell([this, share] {
              progress_ = share;
              showWaiting();
            });
            return link.wanted();
          };
          return twinFinding(entry, *model, disturbed, counted, chosen.stretch, unit, goesOn);
        });
}

void AnalysisPanel::showCourse(const Choice& chosen) {
  const bool links = chosen.quantity == 0;
  const LongSeries& series = links ? courses_.links() : courses_.metric(chosen.quantity - 1);
  const Metric metric = links ? Metric{{}, tr("Links").toStdString(), {}, {}} : description_->metrics[chosen.quantity - 1];
  showFinding(chosen, moment(),
              courseFinding(series, QString::fromStdString(metric.label), QString::fromStdString(metric.unit), unit(),
                            chosen.logarithmic));
}

void AnalysisPanel::start(const Choice& chosen, Moment moment, Find find) {
  underWay_ = chosen;
  progress_.reset();
  sinceStart_.start();
  job_.start(
      [this, chosen, moment, find = std::move(find)](const LatestJob::Link& link) {
        link.tell([this, chosen, moment, finding = find(link)] { showFinding(chosen, moment, finding); });
      },
      [this, chosen, moment](const Error& error) {
        showFinding(chosen, moment, missing(QString::fromStdString(error.text())));
      });
}

void AnalysisPanel::showFinding(const Choice& chosen, Moment moment, Finding finding) {
  if (underWay_) rest_.setRemainingTime(restRatio * sinceStart_.elapsed());
  underWay_.reset();
  shown_ = chosen;
  found_ = moment;
  draw(std::move(finding));
  if (!upToDate()) ask();
}

void AnalysisPanel::draw(Finding finding) {
  finding_ = std::move(finding);
  setLabels(finding_.x.label, finding_.y.label);
  picture_.show(finding_, WindowTheme::of(dark()), dark(), !ownRange_);
  replot();
}

/// In place of what was found of something else. Finding the same anew goes on unseen.
void AnalysisPanel::showWaiting() {
  if (!bridge().snapshot() || !isVisible() || wait_.isActive() || (shown_ == choice() && found_ != Moment{})) return;
  const QString done = progress_ ? tr(" %1 %").arg(static_cast<int>(100 * *progress_)) : QString();
  draw(pending(tr("Working…%1").arg(done) + (paused() ? QString() : tr(" (Hold ends it)"))));
}

void AnalysisPanel::onHeld(bool on) {
  if (!on) ownRange_ = false;
  if (!on || (shown_ == choice() && found_ != Moment{})) return;
  job_.cancel();
  underWay_.reset();
  if (bridge().snapshot()) showFinding(choice(), moment(), missing(tr("Ended early. Let go of Hold to find it")));
}

void AnalysisPanel::zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) {
  setPaused(true);
  ownRange_ = true;
  if (finding_.matrix || !(keys & Qt::ControlModifier)) plot().xAxis->scaleRange(factor, at.x());
  if (finding_.matrix || keys & Qt::ControlModifier) plot().yAxis->scaleRange(factor, at.y());
  replot();
}

void AnalysisPanel::pan(QPointF by) {
  setPaused(true);
  ownRange_ = true;
  plot().xAxis->moveRange(by.x());
  plot().yAxis->moveRange(by.y());
  replot();
}

void AnalysisPanel::showAll() {
  ownRange_ = false;
  setPaused(false);
  picture_.show(finding_, WindowTheme::of(dark()), dark(), true);
  replot();
}

void AnalysisPanel::applyTheme(const WindowTheme& theme) {
  AxesPanel::applyTheme(theme);
  picture_.show(finding_, theme, dark(), !ownRange_);
  replot();
}

std::string AnalysisPanel::table() const { return tableOf(finding_); }

/// What the first curve, or the matrix, has under the cursor.
QString AnalysisPanel::reading(std::optional<QPointF> at) {
  if (finding_.missing || !bridge().snapshot()) return {};
  if (!at) return tr("%1 %L2").arg(unit()).arg(static_cast<qlonglong>(found_.tick));
  if (finding_.matrix) {
    const double row = std::round(at->y()), column = std::round(at->x());
    const auto side = static_cast<double>(finding_.matrix->side);
    if (row < 0 || column < 0 || row >= side || column >= side) return {};
    const auto& matrix = *finding_.matrix;
    const double value = matrix.values[static_cast<std::size_t>(row * side + column)];
    return tr("%1, %2: %3")
        .arg(matrix.names[static_cast<std::size_t>(row)], matrix.names[static_cast<std::size_t>(column)],
             std::isnan(value) ? tr("unknown") : figure(value));
  }
  if (finding_.curves.empty() || finding_.curves.front().x.empty()) return {};
  const auto& curve = finding_.curves.front();
  const auto next = static_cast<std::size_t>(std::ranges::upper_bound(curve.x, at->x()) - curve.x.begin());
  if (curve.look == Finding::Look::Bars) {
    if (next == 0 || next == curve.x.size()) return {};
    return tr("%1 to %2: %3").arg(figure(curve.x[next - 1]), figure(curve.x[next]), figure(curve.y[next - 1]));
  }
  const bool before = next > 0 && (next == curve.x.size() || at->x() - curve.x[next - 1] < curve.x[next] - at->x());
  const auto nearest = before ? next - 1 : next;
  return tr("%1: %2").arg(figure(curve.x[nearest]), figure(curve.y[nearest]));
}

}  // namespace plexarium::ui
