#include <QHBoxLayout>
#include <QLabel>
#include <QtTest>

#include "ui/window/still_box.h"

using namespace plexarium::ui;

namespace {

/// Counts how often something within asks for a new arrangement.
class Surroundings : public QWidget {
 public:
  int asked = 0;

 protected:
  bool event(QEvent* event) override {
    if (event->type() == QEvent::LayoutRequest) ++asked;
    return QWidget::event(event);
  }
};

}  // namespace

class StillBoxTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    window_ = std::make_unique<Surroundings>();
    auto* layout = new QHBoxLayout(window_.get());
    label_ = new QLabel(QStringLiteral("tick 1,234,567"), window_.get());
    box_ = new StillBox(label_);
    layout->addWidget(box_);
    layout->addStretch();
    window_->resize(600, 60);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    QCoreApplication::processEvents();
    window_->asked = 0;
  }
  void cleanup() { window_.reset(); }

  void aTextThatFitsMovesNothing() {
    const QRect before = box_->geometry();
    for (int tick = 0; tick < 50; ++tick) {
      label_->setText(QStringLiteral("tick 1,234,%1").arg(100 + tick));
      QCoreApplication::processEvents();
    }
    QCOMPARE(window_->asked, 0);
    QCOMPARE(box_->geometry(), before);
    QCOMPARE(label_->size(), box_->size());
  }

  void aLongerTextGetsItsRoom() {
    label_->setText(QStringLiteral("tick 1,234,567 and a good deal more than there was room for"));
    QTRY_VERIFY(box_->width() >= label_->sizeHint().width());
    QVERIFY(window_->asked > 0);
    QCOMPARE(label_->size(), box_->size());
  }

  void roomThatNobodyNeedsIsGivenBack() {
    label_->setText(QStringLiteral("a text that is long enough to be missed when it is gone"));
    QTRY_VERIFY(box_->width() >= label_->sizeHint().width());
    const int wide = box_->width();
    label_->setText(QStringLiteral("short"));
    QTRY_VERIFY(box_->width() < wide);
    QVERIFY(box_->width() >= label_->sizeHint().width());
  }

  void theLabelSaysHowSmallItMayBe() {
    label_->setMinimumWidth(1);
    QCOMPARE(box_->minimumSizeHint().width(), 1);
  }

 private:
  std::unique_ptr<Surroundings> window_;
  QLabel* label_ = nullptr;
  StillBox* box_ = nullptr;
};

QTEST_MAIN(StillBoxTest)
#include "tst_still_box.moc"
