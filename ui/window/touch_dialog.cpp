#include "ui/window/touch_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace plexarium::ui {
namespace {

constexpr double watchedPace = 10;  // ticks per second

/// The neurons of a pool that the network has.
std::vector<NeuronId> found(const GraphImage& graph, const NeuronPool& pool) {
  std::vector<NeuronId> neurons;
  for (std::size_t row = 0; row < graph.names->size(); ++row) {
    if (std::ranges::find(pool.neurons, (*graph.names)[row]) != pool.neurons.end()) neurons.push_back((*graph.ids)[row]);
  }
  return neurons;
}

}  // namespace

TouchDialog::TouchDialog(SessionBridge& bridge, QWidget* parent)
    : QDialog(parent), bridge_(bridge), table_(new QTableWidget(this)), note_(new QLabel(this)) {
  setObjectName(QStringLiteral("touchDialog"));
  setWindowTitle(tr("Touch tests"));
  worker_.setMaxThreadCount(1);
  const auto tests = touches();
  const auto pools = answeringPools();
  table_->setObjectName(QStringLiteral("touchTable"));
  table_->setAccessibleName(tr("Releases per neuron of each pool"));
  table_->setRowCount(static_cast<int>(tests.size()));
  table_->setColumnCount(static_cast<int>(pools.size()) + 1);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionMode(QAbstractItemView::NoSelection);
  QStringList columns, rows;
  for (const auto& pool : pools) columns << QString::fromStdString(pool.label);
  for (const auto& test : tests) rows << QString::fromStdString(test.label);
  table_->setHorizontalHeaderLabels(columns << QString());
  table_->setVerticalHeaderLabels(rows);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  for (std::size_t test = 0; test < tests.size(); ++test) {
    auto* watched = new QPushButton(tr("Watch"), table_);
    watched->setAccessibleName(tr("Watch: %1").arg(rows[static_cast<int>(test)]));
    watched->setToolTip(tr("Touch the living network so, at %1 ticks per second").arg(watchedPace));
    table_->setCellWidget(static_cast<int>(test), static_cast<int>(pools.size()), watched);
    connect(watched, &QPushButton::clicked, this, [this, test] { watch(touches()[test]); });
  }
  auto* words =
      new QLabel(tr("Releases per neuron within 80 ticks of a touch of 20 ticks, and the tick of the first one. Counted "
                    "on copies: the network itself is left alone."),
                 this);
  words->setWordWrap(true);
  note_->setObjectName(QStringLiteral("touchNote"));
  note_->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  buttons->button(QDialogButtonBox::Close)->setDefault(true);
  auto* again = buttons->addButton(tr("Test again"), QDialogButtonBox::ActionRole);
  again->setToolTip(tr("Count anew on the network as it is now"));
  auto* column = new QVBoxLayout(this);
  column->addWidget(words);
  column->addWidget(table_, 1);
  column->addWidget(note_);
  column->addWidget(buttons);
  resize(760, 300);
  connect(&bridge_, &SessionBridge::frame, this, &TouchDialog::onFrame);
  connect(&bridge_, &SessionBridge::opened, this, [this] { left_ = 0; });
  connect(again, &QPushButton::clicked, this, &TouchDialog::measure);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  measure();
}

TouchDialog::~TouchDialog() { worker_.waitForDone(); }

void TouchDialog::measure() {
  note_->setText(tr("Counting…"));
  problems_.clear();
  waiting_ += touches().size();
  bridge_.post(Capture{}, [dialog = QPointer(this)](const Outcome& outcome) {
    if (!dialog || !outcome.capture) return;
    for (std::size_t test = 0; test < touches().size(); ++test) {
      dialog->worker_.start([dialog, test, model = outcome.capture, &registry = dialog->bridge_.registry()] {
        auto answers = touch(registry, *model, touches()[test], answeringPools(), {});
        // The dialog waits for its worker before it goes.
        QMetaObject::invokeMethod(
            dialog.data(), [dialog, test, answers = std::move(answers)] { dialog->showAnswers(test, answers); },
            Qt::QueuedConnection);
      });
    }
  });
}

void TouchDialog::showAnswers(std::size_t test, const Result<std::vector<PoolAnswer>>& answers) {
  if (!answers) problems_ << QString::fromStdString(answers.error().text());
  if (--waiting_ == 0) note_->setText(problems_.join(QLatin1Char('\n')));
  if (!answers) return;
  for (std::size_t pool = 0; pool < answers->size(); ++pool) {
    const PoolAnswer& answer = (*answers)[pool];
    const QString count = QString::number(answer.perNeuron(), 'f', 2);
    const QString text = answer.first ? tr("%1 (tick %2)").arg(count).arg(*answer.first) : count;
    auto* item = new QTableWidgetItem(text);
    item->setTextAlignment(Qt::AlignCenter);
    item->setToolTip(tr("%1 releases of %2 neurons").arg(answer.releases).arg(answer.neurons));
    table_->setItem(static_cast<int>(test), static_cast<int>(pool), item);
  }
}

void TouchDialog::watch(const NeuronPool& touched) {
  const TouchSettings settings;
  stimulate_.stimuli.clear();
  for (const NeuronId neuron : found(bridge_.snapshot()->graph, touched)) {
    stimulate_.stimuli.push_back({neuron, 0, settings.amount});
  }
  if (stimulate_.stimuli.empty()) {
    return note_->setText(tr("The network has no neuron that is called like one of the touched ones"));
  }
  left_ = settings.stimulusTicks;
  last_ = bridge_.snapshot()->tick;
  bridge_.post(SetPace{watchedPace});
  bridge_.post(Run{});
}

/// Once a tick, as long as the touch lasts.
void TouchDialog::onFrame() {
  const Tick now = bridge_.snapshot()->tick;
  if (left_ <= 0 || now == last_) return;
  last_ = now;
  --left_;
  bridge_.post(stimulate_);
}

}  // namespace plexarium::ui
