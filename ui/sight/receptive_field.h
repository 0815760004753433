#pragma once

#include <QColor>
#include <QObject>
#include <QWidget>
#include <optional>
#include <span>
#include <vector>

#include "ui/bridge/session_bridge.h"

namespace plexarium::ui {

/// The link field that says how strong a link is: the first that holds numbers; nothing where there is none.
std::optional<std::size_t> strengthField(const Description& description);

/// How strongly one neuron listens to each of others, live. The strengths of inhibiting links, as the canvas draws them,
/// count below 0. GUI thread.
class ReceptiveField : public QObject {
  Q_OBJECT

 public:
  /// `bridge` must outlive it.
  explicit ReceptiveField(SessionBridge& bridge, QObject* parent = nullptr);
  ~ReceptiveField() override;

  /// Looks at the links from `inputs` to `neuron` (nothing: none) as of the newest snapshot. Evolving values come with one
  /// of the next: weights() are those of before until then.
  void follow(std::optional<NeuronId> neuron, std::span<const NeuronId> inputs);
  /// Whose links weights() are of.
  [[nodiscard]] std::optional<NeuronId> neuron() const { return shown_; }
  /// One of each input; NaN: no link.
  [[nodiscard]] const std::vector<double>& weights() const { return weights_; }
  [[nodiscard]] std::size_t links() const { return links_; }
  /// The greatest distance from 0.
  [[nodiscard]] double reach() const { return reach_; }

 private:
  struct Link {
    std::size_t input;  ///< Among the inputs.
    std::size_t row;    ///< Of the link.
    LinkKey key;
  };
  void findLinks(const Snapshot& now, std::span<const NeuronId> inputs);
  [[nodiscard]] bool read(const Snapshot& now, std::size_t field);

  SessionBridge& bridge_;
  std::optional<NeuronId> neuron_;
  std::vector<NeuronId> inputs_;
  std::shared_ptr<const std::vector<std::uint32_t>> topology_;  ///< That found_ is of.
  std::vector<Link> found_;
  std::vector<LinkKey> watched_;
  std::optional<NeuronId> shown_;
  std::vector<double> weights_;
  std::size_t links_ = 0;
  double reach_ = 0;
};

/// The colour of a strength from -1 to 1: in the dark theme brighter, in the light one darker the greater it is, so that it
/// is read without hue, too.
QColor strengthColour(double share, bool dark);

/// The colour of an amount from 0 to 1, of which there are none below 0: the whole way from none to most.
QColor amountColour(double share, bool dark);

/// What those colours mean: with zero in the middle, or, of amounts, on the left. GUI thread.
class StrengthScale : public QWidget {
  Q_OBJECT

 public:
  explicit StrengthScale(QWidget* parent = nullptr) : QWidget(parent) {}

  /// `reach`: at either end, of amounts at the right one; `name` of what is shown.
  void show(double reach, const QString& name, bool amounts = false);
  [[nodiscard]] double reach() const { return reach_; }
  void setDark(bool dark);
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return {60, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double reach_ = 0;
  QString name_;
  bool amounts_ = false;
  bool dark_ = true;
};

}  // namespace plexarium::ui
