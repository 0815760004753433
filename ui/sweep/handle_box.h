#pragma once

#include <QComboBox>
#include <optional>
#include <vector>

#include "ui/sweep/handles.h"

namespace plexarium::ui {

/// Chooses among numbers of a network. What is chosen stays so when others are offered. GUI thread.
class HandleBox : public QComboBox {
  Q_OBJECT

 public:
  /// `nothing`: what it says where nothing is chosen; `optional`: a person may choose that, too.
  HandleBox(const QString& objectName, const QString& name, const QString& toolTip, const QString& nothing, bool optional,
            QWidget* parent);

  void offer(std::vector<NamedHandle> offered);
  void choose(std::optional<NamedHandle> chosen);
  [[nodiscard]] const std::optional<NamedHandle>& chosen() const { return chosen_; }

 signals:
  void chosenByHand();

 private:
  void fill();
  void take(int index);

  bool optional_;
  QString nothing_;
  QString toolTip_;
  std::vector<NamedHandle> offered_;
  std::optional<NamedHandle> chosen_;
};

}  // namespace plexarium::ui
