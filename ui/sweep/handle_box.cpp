#include "ui/sweep/handle_box.h"

#include <algorithm>

#include "ui/inspector/field_editor.h"

namespace plexarium::ui {
namespace {

constexpr int leastLetters = 9;

}  // namespace

HandleBox::HandleBox(const QString& objectName, const QString& name, const QString& toolTip, const QString& nothing,
                     bool optional, QWidget* parent)
    : QComboBox(parent), optional_(optional), nothing_(nothing), toolTip_(toolTip) {
  setObjectName(objectName);
  setAccessibleName(name);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(leastLetters);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setPlaceholderText(nothing);
  keepKeys(this);
  connect(this, &QComboBox::activated, this, &HandleBox::take);
  fill();
}

void HandleBox::offer(std::vector<NamedHandle> offered) {
  offered_ = std::move(offered);
  fill();
}

void HandleBox::choose(std::optional<NamedHandle> chosen) {
  chosen_ = std::move(chosen);
  fill();
}

/// What is chosen comes first where it is none of what is offered.
void HandleBox::fill() {
  clear();
  const auto add = [this](const NamedHandle& one) {
    addItem(one.name);
    setItemData(count() - 1, one.help, Qt::ToolTipRole);
  };
  if (chosen_) {
    const auto known = std::ranges::find(offered_, chosen_->handle, &NamedHandle::handle);
    if (known == offered_.end()) {
      offered_.insert(offered_.begin(), *chosen_);
    } else {
      *chosen_ = *known;
    }
  }
  if (optional_) addItem(nothing_);
  for (const auto& one : offered_) add(one);
  setCurrentIndex(optional_ ? 0 : -1);
  if (chosen_) {
    const auto place = std::ranges::find(offered_, chosen_->handle, &NamedHandle::handle) - offered_.begin();
    setCurrentIndex(static_cast<int>(place) + (optional_ ? 1 : 0));
  }
  setToolTip(chosen_ ? QStringLiteral("%1\n%2: %3").arg(toolTip_, chosen_->name, chosen_->help) : toolTip_);
  setEnabled(optional_ || count() > 0);
}

void HandleBox::take(int index) {
  const int place = index - (optional_ ? 1 : 0);
  if (place < 0) {
    chosen_.reset();
  } else {
    chosen_ = offered_[static_cast<std::size_t>(place)];
  }
  fill();
  emit chosenByHand();
}

}  // namespace plexarium::ui
