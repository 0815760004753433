#include "ui/training/training_data.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <algorithm>

#include "core/data/generator.h"
#include "ui/inspector/field_editor.h"

namespace plexarium::ui {
namespace {

QString factsOf(const DatasetInfo& info) {
  QStringList facts{TrainingData::tr("%L1 samples").arg(info.samples),
                    info.picture.width > 0
                        ? TrainingData::tr("pictures of %1 × %2").arg(info.picture.width).arg(info.picture.height)
                        : TrainingData::tr("%L1 inputs").arg(info.inputs)};
  QStringList names;
  for (const auto& name : info.targetNames()) names << QString::fromStdString(name);
  const auto count = names.size();
  if (count > 4) names = names.first(3) << QStringLiteral("…");
  facts << (info.classes.empty() ? TrainingData::tr("%1 values: %2") : TrainingData::tr("%1 classes: %2"))
               .arg(count)
               .arg(names.join(QStringLiteral(", ")));
  return facts.join(QStringLiteral(" · "));
}

/// A feed as networks of this kind are usually taught: for as long as they need, in the amounts that their neurons take.
FeedPlan usualPlan(const Description& description) {
  FeedPlan plan;
  plan.duration = plan.examDuration = description.usualSample;
  const auto& channels = description.stimuli;
  const bool takesShares = !channels.empty() && channels.front().minimum == 0 && channels.front().maximum == 1;
  if (takesShares) plan.inputs.front().coding.code = InputCode::Unit;
  return plan;
}

/// Its groups take part once a person has told them their neurons and checks them.
FeedPlan waiting(FeedPlan plan) {
  for (auto& group : plan.inputs) group.enabled = false;
  for (auto& group : plan.outputs) group.enabled = false;
  return plan;
}

bool waits(const FeedPlan& plan) {
  return std::ranges::none_of(plan.inputs, &InputGroup::enabled) &&
         std::ranges::none_of(plan.outputs, &OutputGroup::enabled);
}

/// A neuron for each symbol of the data.
FeedPlan symbolic(FeedPlan plan) {
  for (auto& group : plan.inputs) group.coding.code = InputCode::Symbol;
  return plan;
}

}  // namespace

TrainingData::TrainingData(FeedControl& control, QWidget* parent)
    : QWidget(parent),
      control_(control),
      feeds_(new QComboBox(this)),
      name_(new QLabel(this)),
      facts_(new QLabel(this)),
      warning_(new QLabel(this)),
      menuButton_(new QPushButton(this)) {
  feeds_->setObjectName(QStringLiteral("feedChoice"));
  feeds_->setAccessibleName(tr("Feed"));
  feeds_->setToolTip(tr("The network has several feeds. What stands here is about this one"));
  keepKeys(feeds_);
  name_->setObjectName(QStringLiteral("trainingData"));
  name_->setWordWrap(true);
  QFont bold = name_->font();
  bold.setBold(true);
  name_->setFont(bold);
  facts_->setObjectName(QStringLiteral("trainingFacts"));
  facts_->setProperty("class", QStringLiteral("dim"));
  facts_->setWordWrap(true);
  warning_->setObjectName(QStringLiteral("trainingWarning"));
  warning_->setProperty("class", QStringLiteral("problem"));
  warning_->setWordWrap(true);
  warning_->hide();
  menuButton_->setObjectName(QStringLiteral("chooseData"));
  menuButton_->setToolTip(tr("What the network is fed"));
  menuButton_->setFocusPolicy(Qt::TabFocus);
  keepKeys(menuButton_);
  fillMenu();
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setColumnStretch(0, 1);
  layout->addWidget(feeds_, 0, 0, 1, 2);
  layout->addWidget(name_, 1, 0);
  layout->addWidget(menuButton_, 1, 1, Qt::AlignTop);
  layout->addWidget(facts_, 2, 0, 1, 2);
  layout->addWidget(warning_, 3, 0, 1, 2);
  connect(feeds_, &QComboBox::activated, this, [this](int index) { choose(static_cast<std::size_t>(index)); });
}

void TrainingData::fillMenu() {
  auto* menu = new QMenu(menuButton_);
  for (const auto& generator : generators()) {
    auto* action = menu->addAction(QString::fromStdString(generator.label), this, [this, &generator] {
      setSource({generatorPlace(generator), {}, 1, {}});
    });
    action->setObjectName(QStringLiteral("generator.") + QString::fromStdString(generator.key));
    action->setToolTip(QString::fromStdString(generator.help));
  }
  menu->setToolTipsVisible(true);
  menu->addSeparator();
  menu->addAction(tr("Table, IDX or CIFAR-10 file…"), this, [this] { chooseFile(false); });
  menu->addAction(tr("Folder of pictures…"), this, [this] { chooseFile(true); });
  menu->addSeparator();
  add_ = menu->addAction(tr("Another feed beside"), this, &TrainingData::addFeed);
  add_->setObjectName(QStringLiteral("addFeed"));
  add_->setToolTip(tr("Other data into other groups of neurons of the same network, at the same time"));
  remove_ = menu->addAction(tr("Remove this feed"), this, &TrainingData::removeFeed);
  remove_->setObjectName(QStringLiteral("removeFeed"));
  auto* none = menu->addAction(tr("Nothing"), this, [this] { control_.setPlans({}); });
  none->setObjectName(QStringLiteral("noData"));
  none->setToolTip(tr("Feed nothing any more"));
  menuButton_->setMenu(menu);
}

void TrainingData::chooseFile(bool folder) {
  auto* dialog = new QFileDialog(this, tr("Data"), QSettings().value(QStringLiteral("dataFolder")).toString());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    QSettings().setValue(QStringLiteral("dataFolder"), QFileInfo(file).absolutePath());
    setSource({file.toStdString(), {}, 1, {}});
  });
  dialog->open();
}

const Feed* TrainingData::feed() const {
  const auto* const feeding = control_.feeding();
  if (feeding == nullptr || feeding->feeder().empty()) return nullptr;
  const auto feeds = feeding->feeder().feeds();
  return &feeds[std::min(number_, feeds.size() - 1)];
}

void TrainingData::choose(std::size_t number) {
  if (number == number_) return;
  number_ = number;
  showFeed();
  emit feedChosen();
}

void TrainingData::setPlan(const FeedPlan& plan) {
  auto plans = control_.wanted();
  plans.at(std::min(number_, plans.size() - 1)) = plan;
  control_.setPlans(std::move(plans));
}

void TrainingData::setSource(const DataSource& source, const std::optional<SplitPlan>& split) {
  if (!control_.bridge().snapshot()) return;
  const bool first = feed() == nullptr || (control_.feeding()->feeder().feeds().size() == 1 && waits(feed()->plan()));
  FeedPlan plan = first ? usualPlan(control_.bridge().description()) : feed()->plan();
  const auto& roles = *control_.bridge().snapshot()->graph.roles;
  if (first && std::ranges::count(roles, Role::Motor) == 0) plan.outputs.clear();  // nobody is there to be asked
  plan.source = source;
  if (split) plan.split = *split;
  plan.importance.clear();
  for (auto& group : plan.inputs) group.columns.clear();
  for (auto& group : plan.outputs) group.columns.clear();
  if (!first) return setPlan(plan);
  control_.setPlans({plan}, {{symbolic(plan)}, {waiting(plan)}});
}

void TrainingData::addFeed() {
  auto plans = control_.wanted();
  if (plans.empty()) return;
  FeedPlan plan = usualPlan(control_.bridge().description());
  plan.name = "feed " + std::to_string(plans.size() + 1);
  plan.source = plans.back().source;
  plans.push_back(waiting(plan));
  number_ = plans.size() - 1;
  control_.setPlans(std::move(plans));
}

void TrainingData::removeFeed() {
  auto plans = control_.wanted();
  if (number_ >= plans.size()) return;
  plans.erase(plans.begin() + static_cast<std::ptrdiff_t>(number_));
  control_.setPlans(std::move(plans));
}

void TrainingData::showFeed() {
  const auto* const feeding = control_.feeding();
  const auto count = feeding != nullptr ? feeding->feeder().feeds().size() : 0;
  number_ = std::min(number_, std::max<std::size_t>(count, 1) - 1);
  const QSignalBlocker quiet(feeds_);
  feeds_->clear();
  for (std::size_t k = 0; k < count; ++k) {
    const auto& one = feeding->feeder().feeds()[k];
    feeds_->addItem(
        QString::fromStdString(one.plan().name + (one.plan().name.empty() ? "" : ": ") + one.data().info().name));
  }
  feeds_->setCurrentIndex(static_cast<int>(number_));
  feeds_->setVisible(count > 1);
  add_->setEnabled(count > 0);
  remove_->setVisible(count > 1);
  const bool lost = feeding != nullptr && feeding->problem();
  warning_->setVisible(lost);
  if (lost) warning_->setText(QString::fromStdString(feeding->problem()->text()));
  if (const auto* const shown = feed()) {
    name_->setText(QString::fromStdString(shown->data().info().name));
    facts_->setText(factsOf(shown->data().info()));
    if (const auto warned = shown->warning(); warned && !lost) {
      warning_->setText(QString::fromStdString(*warned));
      warning_->show();
    }
  } else {
    name_->setText(lost ? tr("Data that cannot be used") : tr("No data"));
    facts_->setText(tr("Choose data: the network is then shown sample after sample and, if it can, learns."));
  }
  showState();
}

void TrainingData::showState() {
  menuButton_->setEnabled(!control_.opening());
  menuButton_->setText(control_.opening() ? tr("Opening…") : tr("Data…"));
}

}  // namespace plexarium::ui
