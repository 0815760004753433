#pragma once

#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/io/document.h"
#include "core/session/feeding.h"
#include "tests/support/learner/learner.h"
#include "ui/inspector/field_editor.h"
#include "ui/inspector/number_box.h"
#include "ui/training/confusion_plot.h"
#include "ui/training/feed_groups.h"
#include "ui/training/learning_plot.h"
#include "ui/training/run_table.h"
#include "ui/training/training_panel.h"
#include "ui/window/canvas_view.h"
#include "ui/window/main_window.h"
#include "ui/window/notice_area.h"
#include "ui/window/renderer_probe.h"

namespace plexarium::ui {

inline constexpr int patience = 10000;  // milliseconds

inline Registry registry() { return builtInDynamics().add(learner::entry()); }

inline FeedPlan halves() {
  FeedPlan plan;
  plan.source.place = "generator:halves";
  plan.duration = plan.examDuration = 5;
  plan.examEvery = 4;
  return plan;
}

/// A model with a feed in it.
inline Model fedModel(std::vector<FeedPlan> plans) {
  const auto entry = learner::entry();
  std::vector<Feed> feeds;
  for (const auto& plan : plans)
    feeds.push_back(Feed::create(plan, openData(plan.source).value(), entry.description).value());
  Model model = learner::model(4, 2);
  model.feed = Feeder(std::move(feeds)).write();
  model.pace = 2000;
  return model;
}

/// A window with a network that learns, and ways to look into it.
struct Stage {
  QTemporaryDir folder;
  MainWindow window{registry(), folder.filePath(QStringLiteral("recovery")).toStdString()};

  bool open(const Model& model) {
    QSignalSpy opened(&window.document(), &Document::opened);
    window.document().create([model] { return Result<Model>(model); }, false);
    window.show();
    return QTest::qWaitForWindowExposed(&window) && (!opened.isEmpty() || opened.wait(patience));
  }
  bool open() { return open(fedModel({halves()})); }

  template <typename Widget>
  [[nodiscard]] Widget& find(const char* name) {
    auto* found = window.findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("there is no %s", name);
    return *found;
  }
  [[nodiscard]] const Snapshot& now() { return *window.bridge().snapshot(); }
  [[nodiscard]] const Feed* feed() {
    const auto& feeding = now().feeding;
    return feeding && !feeding->feeder().empty() ? &feeding->feeder().feeds()[0] : nullptr;
  }
  /// Brings a dock to the front, as a person does by its tab.
  void raise(const char* dock) {
    find<QDockWidget>(dock).show();
    find<QDockWidget>(dock).raise();
    QCoreApplication::processEvents();
  }
  void click(const char* name) { QTest::mouseClick(&find<QAbstractButton>(name), Qt::LeftButton); }
  [[nodiscard]] QString text(const char* label) { return find<QLabel>(label).text(); }
  void choose(const char* action) {
    for (auto* one : find<QPushButton>("chooseData").menu()->actions()) {
      if (one->objectName() == QString::fromLatin1(action)) return one->trigger();
    }
    qFatal("there is no %s", action);
  }
  /// Trains until `done`, and pauses.
  template <typename Done>
  void trainUntil(Done done) {
    raise("trainingDock");
    click("train");
    QTRY_VERIFY_WITH_TIMEOUT(done(), patience);
    click("train");
    QTRY_VERIFY_WITH_TIMEOUT(!now().running, patience);
  }
  /// Binds a group of the feed's form to neurons, as a person does who has selected them.
  void bindGroup(int row, const std::vector<NeuronId>& neurons) {
    window.selection().set(neurons, {});
    auto* box = find<QTableWidget>("feedGroups").findChild<QComboBox*>(QStringLiteral("groupNeurons%1").arg(row));
    box->setCurrentIndex(box->count() - 1);
    emit box->activated(box->count() - 1);
  }
  [[nodiscard]] bool told(const char* words) {
    return QTest::qWaitFor(
        [&] { return window.notices().texts().join(QLatin1Char(' ')).contains(QString::fromLatin1(words)); }, patience);
  }
  void type(const char* editor, const char* value) {
    auto* box = find<FieldEditor>(editor).findChild<NumberBox*>();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(box, QString::fromLatin1(value));
    QTest::keyClick(box, Qt::Key_Return);
  }
  void keepPicture(const char* name) {
    const QString kept = qEnvironmentVariable("PLEXARIUM_KEEP_PICTURES");
    if (kept.isEmpty()) return;
    QCoreApplication::processEvents();
    QVERIFY(window.grab().save(QStringLiteral("%1/%2.png").arg(kept, QString::fromLatin1(name)), nullptr, 0));
  }
};

}  // namespace plexarium::ui
