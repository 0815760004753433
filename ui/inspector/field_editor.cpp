#include "ui/inspector/field_editor.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>

#include "ui/inspector/number_box.h"

namespace plexarium::ui {
namespace {

class KeyKeeper : public QObject {
 public:
  KeyKeeper(KeptKeys kept, QObject* parent) : QObject(parent), kept_(kept) {}

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() != QEvent::ShortcutOverride) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
    const bool moves = key->key() >= Qt::Key_Home && key->key() <= Qt::Key_PageDown;
    const bool writes = !key->text().isEmpty() && key->key() != Qt::Key_Escape && key->key() != Qt::Key_Delete;
    if (!moves && !(writes && kept_ == KeptKeys::All)) return false;
    event->accept();
    return true;
  }

 private:
  KeptKeys kept_;
};

}  // namespace

void keepKeys(QWidget* widget, KeptKeys kept) { widget->installEventFilter(new KeyKeeper(kept, widget)); }

FieldEditor::FieldEditor(const Field& field, QWidget* parent) : QWidget(parent), field_(field) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  makeControl();
  const QString name = QString::fromStdString(field.label);
  for (auto* child : findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
    if (child->accessibleName().isEmpty()) child->setAccessibleName(name);
    child->setAccessibleDescription(QString::fromStdString(field.help));
  }
}

void FieldEditor::makeControl() {
  QWidget* control = nullptr;
  if (!field_.editable) {
    control = text_ = new QLabel(this);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  } else if (tellsItsName(field_)) {
    control = flag_ = new QCheckBox(QString::fromStdString(field_.label), this);
    keepKeys(flag_);
    // A click leaves the mixed state for good; a person cannot ask for "mixed".
    connect(flag_, &QCheckBox::clicked, this, [this] {
      const bool on = flag_->checkState() != Qt::Unchecked;
      flag_->setTristate(false);
      flag_->setChecked(on);
      emit edited(on ? 1 : 0);
    });
  } else if (field_.type == FieldType::Choice) {
    control = choice_ = new QComboBox(this);
    choice_->setFocusPolicy(Qt::StrongFocus);
    choice_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    keepKeys(choice_);
    std::size_t longest = 0;
    for (const auto& choice : field_.choices) {
      choice_->addItem(QString::fromStdString(choice));
      longest = std::max(longest, choice.size());
    }
    constexpr std::size_t mostLetters = 12;  // what is longer ends in dots in a narrow panel
    choice_->setMinimumContentsLength(static_cast<int>(std::min(longest, mostLetters)));
    connect(choice_, &QComboBox::activated, this, [this](int index) { emit edited(index); });
  } else {
    return makeNumber();
  }
  setFocusProxy(control);
  layout()->addWidget(control);
}

void FieldEditor::makeNumber() {
  number_ = new NumberBox(field_, this);
  setFocusProxy(number_);
  layout()->addWidget(number_);
  connect(number_, &NumberBox::entered, this, &FieldEditor::edited);
  connect(number_, &NumberBox::refused, this, &FieldEditor::refused);
  if (!field_.unlimited) return;
  unlimited_ = new QCheckBox(QStringLiteral("∞"), this);
  unlimited_->setAccessibleName(tr("%1 unlimited").arg(QString::fromStdString(field_.label)));
  keepKeys(unlimited_);
  layout()->addWidget(unlimited_);
  connect(unlimited_, &QCheckBox::clicked, this, [this](bool on) {
    unlimited_->setTristate(false);
    unlimited_->setChecked(on);
    number_->setEnabled(!on);
    const double finite = std::isinf(field_.initial) ? std::max(field_.minimum, 1.0) : field_.initial;
    emit edited(on ? std::numeric_limits<double>::infinity() : finite);
  });
}

bool FieldEditor::inUse() const {
  // A value that moves by itself would slip away under the cursor; a steady one is only held back from half-typed text.
  if (number_) return number_->editing() || (field_.evolves && number_->hasFocus());
  return choice_ && choice_->view()->isVisible();
}

void FieldEditor::setSpread(const Spread& spread, bool force) {
  if (spread == spread_ && !force) return;
  if (!force && inUse()) return;
  spread_ = spread;
  showSpread();
}

QString FieldEditor::spreadText() const {
  const bool fraction = field_.type == FieldType::Real || field_.type == FieldType::Single;
  const bool brief = field_.evolves && fraction;  // both have to fit into one line
  const auto text = [&](double value) { return brief ? QString::number(value, 'g', 4) : valueText(field_, value); };
  const QString low = text(spread_.minimum), high = text(spread_.maximum);
  return tr("mixed: %1 … %2").arg(low, high);
}

void FieldEditor::showSpread() {
  const bool mixed = spread_.mixed();
  if (text_) {
    const QString unit = field_.unit.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(field_.unit);
    const QString text = mixed ? spreadText() + unit : valueWithUnit(field_, spread_.minimum);
    text_->setText(spread_.count ? text : QString());
  } else if (flag_) {
    flag_->setTristate(mixed);
    flag_->setCheckState(mixed ? Qt::PartiallyChecked : spread_.minimum != 0 ? Qt::Checked : Qt::Unchecked);
    const QString name = QString::fromStdString(field_.label);
    flag_->setText(mixed ? tr("%1 (mixed)").arg(name) : name);
  } else if (choice_) {
    choice_->setPlaceholderText(mixed ? tr("mixed") : QString());
    choice_->setCurrentIndex(mixed ? -1 : static_cast<int>(spread_.minimum));
  } else {
    const bool endless = !mixed && std::isinf(spread_.minimum);
    if (unlimited_) {
      unlimited_->setTristate(mixed && std::isinf(spread_.maximum));
      unlimited_->setCheckState(endless ? Qt::Checked : unlimited_->isTristate() ? Qt::PartiallyChecked : Qt::Unchecked);
      number_->setEnabled(!endless);
    }
    if (mixed) {
      number_->setMixed(spreadText());
    } else {
      number_->setValue(spread_.minimum);
    }
  }
}

}  // namespace plexarium::ui
