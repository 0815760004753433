#include "ui/window/find_bar.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/canvas/hover_text.h"

namespace plexarium::ui {
namespace {

constexpr int barWidth = 300;
constexpr int mostRows = 8;  // before the list scrolls

/// Names that begin with the text come before those that merely contain it; -1: neither.
int rank(const QString& name, const QString& text) {
  if (name.startsWith(text, Qt::CaseInsensitive)) return 0;
  return name.contains(text, Qt::CaseInsensitive) ? 1 : -1;
}

}  // namespace

FindBar::FindBar(SessionBridge& bridge, QWidget* host)
    : QFrame(host),
      bridge_(bridge),
      text_(new QLineEdit(this)),
      list_(new QListWidget(this)),
      stimulate_(new QPushButton(tr("Stimulate"), this)) {
  setObjectName(QStringLiteral("findBar"));
  setAttribute(Qt::WA_StyledBackground);
  setAutoFillBackground(true);
  text_->setObjectName(QStringLiteral("findText"));
  text_->setPlaceholderText(tr("Name or number of a neuron"));
  text_->setAccessibleName(tr("Find a neuron by name or number"));
  text_->setClearButtonEnabled(true);
  list_->setObjectName(QStringLiteral("findList"));
  list_->setAccessibleName(tr("Neurons found"));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setFrameShape(QFrame::NoFrame);
  list_->setUniformItemSizes(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(6);
  layout->addWidget(text_);
  layout->addWidget(list_);
  layout->addWidget(stimulate_);
  stimulate_->setObjectName(QStringLiteral("findStimulate"));
  stimulate_->setToolTip(tr("Stimulate the chosen neuron and stay (Alt+Enter)"));
  stimulate_->setFocusPolicy(Qt::NoFocus);
  text_->installEventFilter(this);
  host->installEventFilter(this);
  connect(text_, &QLineEdit::textChanged, this, &FindBar::search);
  connect(stimulate_, &QPushButton::clicked, this, &FindBar::stimulate);
  connect(list_, &QListWidget::itemClicked, this, &FindBar::take);
  connect(&bridge_, &SessionBridge::opened, this, &QWidget::hide);
  hide();
}

void FindBar::begin() {
  show();
  raise();
  text_->setFocus();
  text_->selectAll();
  search(text_->text());
}

void FindBar::search(const QString& typed) {
  list_->clear();
  const QString text = typed.trimmed();
  if (!text.isEmpty() && bridge_.snapshot()) {
    const GraphImage& graph = bridge_.snapshot()->graph;
    std::vector<std::pair<int, std::size_t>> hits;  // rank and row
    for (std::size_t row = 0; row < graph.ids->size(); ++row) {
      const bool number = text == QString::number((*graph.ids)[row].value);
      const int fit = number ? 0 : rank(QString::fromStdString((*graph.names)[row]), text);
      if (fit >= 0) hits.emplace_back(fit, row);
    }
    const auto shown = std::min<std::ptrdiff_t>(mostShown, std::ssize(hits));
    std::partial_sort(hits.begin(), hits.begin() + shown, hits.end());
    for (auto hit = hits.begin(); hit != hits.begin() + shown; ++hit) {
      const NeuronId id = (*graph.ids)[hit->second];
      auto* item = new QListWidgetItem(displayName(graph, id), list_);
      item->setData(Qt::UserRole, id.value);
    }
    if (hits.empty()) {
      auto* nothing = new QListWidgetItem(tr("No neuron is called that"), list_);
      nothing->setFlags(Qt::NoItemFlags);
    }
    list_->setCurrentRow(0);
  }
  place();
}

std::optional<NeuronId> FindBar::chosen() const {
  const auto* item = list_->currentItem();
  if (!item || !item->data(Qt::UserRole).isValid()) return std::nullopt;
  return NeuronId{item->data(Qt::UserRole).toUInt()};
}

void FindBar::take() {
  const auto neuron = chosen();
  if (!neuron) return;
  emit found(*neuron);
  leave();
}

void FindBar::stimulate() {
  if (const auto neuron = chosen()) emit stimulateWanted(*neuron);
}

void FindBar::leave() {
  hide();
  emit left();
}

void FindBar::place() {
  const int rows = std::min(list_->count(), mostRows);
  list_->setVisible(rows > 0);
  stimulate_->setVisible(chosen().has_value());
  if (rows > 0) list_->setFixedHeight(rows * list_->sizeHintForRow(0) + 2 * list_->frameWidth());
  layout()->activate();
  const int width = std::min(barWidth, parentWidget()->width() - 24);
  setGeometry(parentWidget()->width() - width - 12, 12, width, sizeHint().height());
}

bool FindBar::eventFilter(QObject* object, QEvent* event) {
  if (object == parentWidget()) {
    if (event->type() == QEvent::Resize && isVisible()) place();
    return false;
  }
  if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride) return false;
  auto* key = static_cast<QKeyEvent*>(event);
  const bool ours = key->key() == Qt::Key_Escape || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter ||
                    key->key() == Qt::Key_Up || key->key() == Qt::Key_Down;
  if (!ours) return false;
  event->accept();
  if (event->type() == QEvent::ShortcutOverride) return true;
  if (key->key() == Qt::Key_Escape) {
    leave();
  } else if (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down) {
    QCoreApplication::sendEvent(list_, event);
  } else if (key->modifiers() & Qt::AltModifier) {
    stimulate();
  } else {
    take();
  }
  return true;
}

}  // namespace plexarium::ui
