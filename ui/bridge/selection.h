#pragma once

#include <QObject>
#include <vector>

#include "core/graph/ids.h"

namespace plexarium::ui {

/// What a person has selected, by id and pair: shared by canvas, inspector and actions. GUI thread.
class Selection : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  [[nodiscard]] const std::vector<NeuronId>& neurons() const { return neurons_; }  ///< Ascending, unique.
  [[nodiscard]] const std::vector<LinkKey>& links() const { return links_; }       ///< Ascending, unique.
  [[nodiscard]] bool empty() const { return neurons_.empty() && links_.empty(); }
  [[nodiscard]] bool contains(NeuronId id) const;
  [[nodiscard]] bool contains(LinkKey key) const;

  void set(std::vector<NeuronId> neurons, std::vector<LinkKey> links);
  void clear() { set({}, {}); }
  void toggle(NeuronId id);
  void toggle(LinkKey key);

 signals:
  void changed();

 private:
  std::vector<NeuronId> neurons_;
  std::vector<LinkKey> links_;
};

}  // namespace plexarium::ui
