#pragma once

#include <QWidget>
#include <cstddef>
#include <limits>

#include "core/description/field.h"

class QCheckBox;
class QComboBox;
class QLabel;

namespace plexarium::ui {

class NumberBox;

/// The values that one field has over everything selected.
struct Spread {
  std::size_t count = 0;
  double minimum = std::numeric_limits<double>::infinity();
  double maximum = -std::numeric_limits<double>::infinity();

  void add(double value) {
    ++count;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  [[nodiscard]] bool mixed() const { return minimum < maximum; }
  friend bool operator==(const Spread&, const Spread&) = default;
};

/// Keys that the window has single-key shortcuts for and that a control may need itself.
enum class KeptKeys { Navigation, All };
/// Lets a widget keep keys from the window's shortcuts while in focus: Home, End, arrows and pages, or those and Space,
/// letters and digits.
void keepKeys(QWidget* widget, KeptKeys kept = KeptKeys::All);

/// Whether the control of this field names it by itself, so that it needs no label beside it: a check box does.
inline bool tellsItsName(const Field& field) { return field.editable && field.type == FieldType::Flag; }

/// The control for one field, of the kind its type asks for: number box (with an "unlimited" check where the field allows
/// that), check box, combo box, or plain text where nobody may edit. Shows one value or that there are several. GUI thread.
class FieldEditor : public QWidget {
  Q_OBJECT

 public:
  /// `field` must outlive the editor.
  explicit FieldEditor(const Field& field, QWidget* parent = nullptr);

  /// What is selected has these values. Leaves a control that a person is using alone, unless `force`.
  void setSpread(const Spread& spread, bool force);
  [[nodiscard]] const Field& field() const { return field_; }

 signals:
  void edited(double value);
  void refused(const QString& message);

 private:
  void makeControl();
  void makeNumber();
  void showSpread();
  [[nodiscard]] QString spreadText() const;
  [[nodiscard]] bool inUse() const;

  const Field& field_;
  Spread spread_;
  NumberBox* number_ = nullptr;
  QCheckBox* unlimited_ = nullptr;
  QCheckBox* flag_ = nullptr;
  QComboBox* choice_ = nullptr;
  QLabel* text_ = nullptr;
};

}  // namespace plexarium::ui
