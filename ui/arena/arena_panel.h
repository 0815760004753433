#pragma once

#include <QWidget>
#include <cstdint>
#include <string>
#include <vector>

#include "core/world/world.h"
#include "ui/bridge/session_bridge.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;
class QVBoxLayout;

namespace plexarium::ui {

class ArenaView;
class FieldForm;

/// The arena of the network's body: its picture, the things to place in it, its parameters, what it has done. Generated from
/// WorldDescription. Empty, with a word on how to get one, where the network has no body. GUI thread.
class ArenaPanel : public QWidget {
  Q_OBJECT

 public:
  /// `bridge` must outlive the panel.
  explicit ArenaPanel(SessionBridge& bridge, QWidget* parent = nullptr);

  [[nodiscard]] ArenaView& view() const { return *view_; }
  void setDark(bool dark);
  /// Controller::id of the body that is looked at; empty: none.
  [[nodiscard]] const std::string& body() const { return body_; }
  /// The muscles that this neuron stands for or drives stand out in the arena; nothing: none.
  void showDriven(std::optional<NeuronId> neuron);

 signals:
  /// The neurons that stand for what is under the mouse, and those that drive them.
  void neuronsHovered(const std::vector<plexarium::NeuronId>& neurons);
  void refused(const QString& message);
  void bodyWanted();                               ///< The network has none, and somebody wants one.
  void bodyChosen(const std::string& controller);  ///< body() is another one.

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  struct Handy {
    std::size_t parameter;
    QSlider* slider;
  };

  void onFrame();
  void listBodies(const Snapshot& now);
  void makeFor(const WorldDescription& description);
  void makeTools(const WorldDescription& description);
  void makeHandy(const WorldDescription& description);
  void addFixed();
  QToolButton* addTool(const QString& text, const QString& toolTip, const QString& name);
  void showObject();
  void showMeasures(const WorldView& view);
  void showValues(const WorldView& view);
  void setParameter(std::size_t parameter, double value);
  void setObjectValue(std::size_t field, double value);
  void onHoveredEffector();
  [[nodiscard]] const ArenaObject* selectedObject() const;

  SessionBridge& bridge_;
  ArenaView* view_;
  QWidget* bar_;
  QHBoxLayout* row_ = nullptr;    ///< The upper row of the bar.
  QHBoxLayout* tools_ = nullptr;  ///< Of the present sort of body.
  QWidget* toolBox_ = nullptr;
  QWidget* handyBox_ = nullptr;  ///< The lower row.
  QWidget* side_;
  QVBoxLayout* sideColumn_;
  QComboBox* bodies_;  ///< Shown where there are several.
  std::string body_;
  QToolButton* settings_;
  QComboBox* presets_ = nullptr;
  FieldForm* parameters_ = nullptr;
  FieldForm* object_ = nullptr;
  std::uint32_t shownObject_ = 0;  ///< Whose values `object_` shows; 0: none.
  QLabel* measures_;
  QWidget* empty_;
  std::vector<Handy> handy_;
  std::vector<QToolButton*> toolButtons_;  ///< The finger, then the kinds of things.
  const WorldDescription* description_ = nullptr;
};

}  // namespace plexarium::ui
