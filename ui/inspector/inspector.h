#pragma once

#include <QWidget>
#include <cstddef>
#include <memory>
#include <vector>

#include "ui/bridge/document.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace plexarium::ui {

class FieldForm;

/// Shows and edits what is selected, many at once, or the whole network where nothing is. Generated from the dynamics'
/// tables: knows no field by name. Steady fields follow the snapshot's columns whenever those change; evolving ones follow
/// the watch list every frame. Each change is one undoable edit of everything selected. GUI thread.
class Inspector : public QWidget {
  Q_OBJECT

 public:
  /// The three must outlive the inspector.
  Inspector(SessionBridge& bridge, const Document& document, Selection& selection, QWidget* parent = nullptr);

 signals:
  /// A change was refused, and why; the old value is shown again.
  void refused(const QString& message);
  /// A person wants to see what would be if numbers of what is selected were others.
  void sweepWanted();

 private:
  void makeSweep();
  void rebuild();        ///< Another dynamics, other forms.
  void showSelection();  ///< Which forms, and the heading.
  void onFrame();
  void refresh(bool force);
  void findRows();
  void showHeading();
  void showRoles();
  void fillSteady(bool force);
  void fillLive();
  void search(const QString& text);
  void submit(Edit edit);
  void setNeuronField(std::size_t field, double value);
  void setLinkField(std::size_t field, double value);
  void setParameter(std::size_t field, double value);
  void rename();
  void setRole(int role);
  FieldForm* addForm(std::span<const Field> fields, const QString& prefix, void (Inspector::*edit)(std::size_t, double));

  SessionBridge& bridge_;
  const Document& document_;
  Selection& selection_;

  QLabel* title_;
  QLabel* subtitle_;
  QWidget* identity_;
  QLineEdit* name_;
  QComboBox* role_;
  QToolButton* sweep_;
  QLineEdit* search_;
  QLabel* nothingFound_;
  QLabel* neuronsHeading_;
  QLabel* linksHeading_;
  QLabel* networkHeading_;
  QVBoxLayout* forms_;
  FieldForm* neurons_ = nullptr;
  FieldForm* links_ = nullptr;
  FieldForm* network_ = nullptr;

  const Description* description_ = nullptr;  ///< What the forms were made for.
  std::shared_ptr<const Snapshot> shown_;     ///< What the steady fields were filled from.
  std::vector<std::size_t> neuronRows_;       ///< Rows in shown_ of what is selected and exists.
  std::vector<std::size_t> linkRows_;
};

}  // namespace plexarium::ui
