#pragma once

#include <QDialog>
#include <QThreadPool>
#include <cstdint>
#include <vector>

#include "core/edit/edit.h"
#include "ui/bridge/session_bridge.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace plexarium::ui {

class ChoiceForm;

/// Makes many links at once by one of core's wiring patterns; generated from their table. Says all the time how many links
/// it would make; they are counted on a worker thread. GUI thread.
class WiringDialog : public QDialog {
  Q_OBJECT

 public:
  /// `bridge` must have a network and outlive the dialog.
  WiringDialog(SessionBridge& bridge, std::vector<NeuronId> selected, QWidget* parent);
  ~WiringDialog() override;

 signals:
  void wired(const plexarium::Edit& edit);  ///< Accepted; one edit with all the links.

 private:
  /// Whom a combo box means.
  enum class Whom { Selected, NotSelected, All, Sensory, Inter, Motor };
  void fill(QComboBox& box, Whom initial) const;
  [[nodiscard]] std::vector<NeuronId> meant(const QComboBox& box) const;
  void count();
  void showCount(const Result<LinkTable>& table);
  void accept() override;

  SessionBridge& bridge_;
  std::vector<NeuronId> selected_;
  QComboBox* sources_;
  QComboBox* targets_;
  QLabel* targetsLabel_;
  ChoiceForm* form_;
  QLabel* preview_;
  QPushButton* wire_;
  LinkTable table_;          ///< What would be made; valid while wire_ is enabled.
  std::uint64_t asked_ = 0;  ///< Counts the questions to the worker: only the last answer is wanted.
  QThreadPool worker_;
};

}  // namespace plexarium::ui
