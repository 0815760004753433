#include "ui/window/notice_area.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inspector/field_editor.h"

namespace plexarium::ui {
namespace {

constexpr int widest = 620;
constexpr int mostAtOnce = 3;

/// One message.
class Notice : public QFrame {
 public:
  Notice(const QString& text, bool urgent, QWidget* parent) : QFrame(parent), label_(new QLabel(text, this)) {
    setObjectName(QStringLiteral("notice"));
    setProperty("urgent", urgent);
    setAttribute(Qt::WA_StyledBackground);
    setAutoFillBackground(true);
    label_->setWordWrap(true);
    label_->setTextFormat(Qt::PlainText);
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label_->setFocusPolicy(Qt::NoFocus);
    row_ = new QHBoxLayout(this);
    row_->setContentsMargins(14, 9, 9, 9);
    row_->setSpacing(10);
    row_->addWidget(label_, 1);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &QObject::deleteLater);
  }

  [[nodiscard]] QString text() const { return label_->text(); }
  void add(QWidget* widget) { row_->addWidget(widget); }
  void live(int seconds) {
    if (seconds > 0) timer_.start(seconds * 1000);
  }

 private:
  QLabel* label_;
  QHBoxLayout* row_;
  QTimer timer_;
};

}  // namespace

NoticeArea::NoticeArea(QWidget* host) : QWidget(host) {
  setObjectName(QStringLiteral("notices"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  host->installEventFilter(this);
  hide();
}

void NoticeArea::say(const QString& text, bool urgent, int seconds, const std::vector<Button>& buttons) {
  QList<Notice*> shown;
  for (auto* child : findChildren<QFrame*>(QStringLiteral("notice"), Qt::FindDirectChildrenOnly)) {
    shown << static_cast<Notice*>(child);
  }
  for (auto* notice : shown) {
    if (notice->text() == text) return notice->live(seconds);
  }
  if (shown.size() >= mostAtOnce) delete shown.front();
  auto* notice = new Notice(text, urgent, this);
  for (const auto& [label, pressed] : buttons) {
    auto* button = new QPushButton(label, notice);
    button->setFocusPolicy(Qt::TabFocus);
    keepKeys(button);
    notice->add(button);
    connect(button, &QPushButton::clicked, notice, [notice, pressed = pressed] {
      notice->deleteLater();
      pressed();
    });
  }
  auto* close = new QToolButton(notice);
  close->setText(QStringLiteral("✕"));
  close->setAutoRaise(true);
  close->setFocusPolicy(Qt::TabFocus);
  keepKeys(close);
  close->setToolTip(tr("Close this message"));
  close->setAccessibleName(tr("Close this message"));
  connect(close, &QToolButton::clicked, notice, &QObject::deleteLater);
  notice->add(close);
  layout()->addWidget(notice);
  connect(notice, &QObject::destroyed, this, &NoticeArea::place, Qt::QueuedConnection);
  notice->live(seconds);
  notice->show();
  place();
}

QStringList NoticeArea::texts() const {
  QStringList all;
  for (const auto* child : findChildren<QFrame*>(QStringLiteral("notice"), Qt::FindDirectChildrenOnly)) {
    all << static_cast<const Notice*>(child)->text();
  }
  return all;
}

bool NoticeArea::eventFilter(QObject*, QEvent* event) {
  if (event->type() == QEvent::Resize) place();
  return false;
}

void NoticeArea::place() {
  const bool any = findChild<QFrame*>(QStringLiteral("notice"), Qt::FindDirectChildrenOnly) != nullptr;
  setVisible(any);
  if (!any) return;
  const int width = std::min(widest, parentWidget()->width() - 24);
  layout()->activate();
  const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
  setGeometry((parentWidget()->width() - width) / 2, 14, width, height);
  raise();
}

}  // namespace plexarium::ui
