#pragma once

#include <QWidget>
#include <cstddef>
#include <span>
#include <vector>

#include "ui/inspector/field_editor.h"

class QFormLayout;
class QToolButton;

namespace plexarium::ui {

/// A form generated from a table of fields; fields that evolve stand in a "Live" section that folds. GUI thread.
class FieldForm : public QWidget {
  Q_OBJECT

 public:
  /// `fields` must outlive the form. Editors are called "<prefix>.<key>" (objectName), for tests and style.
  FieldForm(std::span<const Field> fields, const QString& prefix, QWidget* parent = nullptr);

  /// Of field number `field`; see FieldEditor::setSpread.
  void setSpread(std::size_t field, const Spread& spread, bool force = false);
  /// Shows the fields whose name, unit or help contains `text`; all for an empty one. Returns how many that are.
  int filter(const QString& text);
  /// Whether anybody sees the fields that evolve.
  [[nodiscard]] bool showsLive() const;

 signals:
  void edited(std::size_t field, double value);
  void refused(const QString& message);

 private:
  struct Row {
    FieldEditor* editor;
    QFormLayout* layout;
    QString words;  ///< What a search looks through, in lower case.
  };

  QFormLayout* addSection(bool live);

  std::span<const Field> fields_;
  std::vector<Row> rows_;
  QToolButton* liveButton_ = nullptr;
  QWidget* live_ = nullptr;
};

/// Name, range, unit and help of a field, as rich text.
QString fieldToolTip(const Field& field);

}  // namespace plexarium::ui
