#include "ui/bridge/selection.h"

#include <algorithm>

namespace plexarium::ui {
namespace {

template <typename T>
void normalise(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

template <typename T>
void flip(std::vector<T>& items, T item) {
  const auto place = std::lower_bound(items.begin(), items.end(), item);
  if (place != items.end() && *place == item) {
    items.erase(place);
  } else {
    items.insert(place, item);
  }
}

}  // namespace

bool Selection::contains(NeuronId id) const { return std::binary_search(neurons_.begin(), neurons_.end(), id); }

bool Selection::contains(LinkKey key) const { return std::binary_search(links_.begin(), links_.end(), key); }

void Selection::set(std::vector<NeuronId> neurons, std::vector<LinkKey> links) {
  normalise(neurons);
  normalise(links);
  if (neurons == neurons_ && links == links_) return;
  neurons_ = std::move(neurons);
  links_ = std::move(links);
  emit changed();
}

void Selection::toggle(NeuronId id) {
  flip(neurons_, id);
  emit changed();
}

void Selection::toggle(LinkKey key) {
  flip(links_, key);
  emit changed();
}

}  // namespace plexarium::ui
