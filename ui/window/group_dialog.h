#pragma once

#include <QDialog>

#include "core/graph/groups.h"

class QComboBox;
class QLineEdit;

namespace plexarium::ui {

/// Name and colour of a group. GUI thread.
class GroupDialog : public QDialog {
  Q_OBJECT

 public:
  GroupDialog(Group group, bool dark, QWidget* parent);

  [[nodiscard]] Group group() const;  ///< With what has been chosen.

 private:
  Group group_;
  QLineEdit* name_;
  QComboBox* colour_;
};

}  // namespace plexarium::ui
