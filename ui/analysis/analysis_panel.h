#pragma once

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QTimer>
#include <vector>

#include "ui/analysis/courses.h"
#include "ui/analysis/finding.h"
#include "ui/analysis/finding_picture.h"
#include "ui/analysis/population.h"
#include "ui/analysis/spike_findings.h"
#include "ui/analysis/stretches.h"
#include "ui/analysis/subjects.h"
#include "ui/bridge/selection.h"
#include "ui/plots/axes_panel.h"
#include "ui/plots/field_reader.h"
#include "ui/plots/spike_tape.h"
#include "ui/training/latest_job.h"

class QDoubleSpinBox;
class QSpinBox;

namespace plexarium::ui {

/// What a living network's firings, values and links tell, of all neurons or some: rates, distributions with what fits them,
/// correlations, avalanches. Found anew twice a second while somebody looks, on another thread; firings are gathered only
/// then. Whoever zooms or pans holds it. GUI thread.
class AnalysisPanel : public AxesPanel {
  Q_OBJECT

 public:
  /// Both must outlive the panel.
  AnalysisPanel(SessionBridge& bridge, Selection& selection, QWidget* parent = nullptr);
  ~AnalysisPanel() override;

  void choose(Subject subject);
  /// What is drawn.
  [[nodiscard]] const Finding& finding() const { return finding_; }
  /// It is what has been chosen, as of now.
  [[nodiscard]] bool upToDate() const;

 protected:
  void begin() override;
  void redraw() override;
  void applyTheme(const WindowTheme& theme) override;
  void zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) override;
  void pan(QPointF by) override;
  void showAll() override;
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] std::string table() const override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  /// Everything that a person chose.
  struct Choice {
    Subject subject = Subject::Rate;
    Population population;
    std::size_t quantity = 0;  ///< Which target, course, link field or neuron field.
    Tick stretch = 0;
    int window = 0;
    int threshold = 0;  ///< Negative: of itself.
    double cut = 0;
    bool logarithmic = false;
    bool operator==(const Choice&) const = default;
  };
  /// When something was found out.
  struct Moment {
    Tick tick = never;
    std::uint64_t editRevision = 0;
    bool operator==(const Moment&) const = default;
  };

  void makeControls();
  void chooseSubject();
  void readTables();
  void nameStretches(bool ahead);
  void fillQuantities();
  void onChoice();
  [[nodiscard]] Choice choice() const;
  [[nodiscard]] Moment moment() const;
  [[nodiscard]] QString unit() const;
  /// Of an analysis of firings; any thread.
  static Finding findingOf(const Choice& chosen, const Stretches& stretches, const QString& unit,
                           const std::optional<RateGoal>& goal, const std::vector<QString>& names);
  [[nodiscard]] std::optional<RateGoal> goalOf(const Choice& chosen, const std::vector<std::uint32_t>& rows) const;
  void startSpikes(const Choice& chosen);
  void askValues(const Choice& chosen);
  void startValues();
  void startDegrees(const Choice& chosen);
  void askTwin(const Choice& chosen);
  void startTwin(const Choice& chosen, const Outcome& outcome);
  void showCourse(const Choice& chosen);
  using Find = std::function<Finding(const LatestJob::Link&)>;
  void start(const Choice& chosen, Moment moment, Find find);
  void showFinding(const Choice& chosen, Moment moment, Finding finding);
  void showWaiting();
  void onHeld(bool on);
  void draw(Finding finding);

  Selection& selection_;
  QComboBox* subject_;
  QComboBox* quantity_;
  QComboBox* population_;
  QComboBox* stretch_;
  QSpinBox* window_;
  QSpinBox* threshold_;
  QDoubleSpinBox* cut_;
  QToolButton* logarithmic_;
  FindingPicture picture_;
  SpikeTape tape_;
  Courses courses_;
  FieldReader reader_;
  const Description* description_ = nullptr;
  std::vector<NamedPopulation> populations_;
  std::vector<std::size_t> neuronFields_;  ///< Those with numbers, by choice.
  std::vector<std::size_t> linkFields_;
  Finding finding_;
  Choice shown_;
  Moment found_;
  std::optional<Choice> underWay_;  ///< What is being found.
  bool copying_ = false;            ///< A copy of the network is on its way.
  QElapsedTimer sinceStart_;
  QTimer wait_;                     ///< For what has been chosen; when it is over, the wait shows.
  std::optional<double> progress_;  ///< 0..1: how far the work under way has come; nothing: it does not say.
  QDeadlineTimer rest_;             ///< What takes long is found anew less often.
  bool ownRange_ = false;
  LatestJob job_;
};

}  // namespace plexarium::ui
