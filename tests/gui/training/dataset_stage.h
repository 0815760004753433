#pragma once

#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <QtEndian>

#include "tests/data/data_driver.h"
#include "ui/inspector/field_editor.h"
#include "ui/inspector/number_box.h"
#include "ui/training/dataset_panel.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {

inline constexpr int patience = 10000;  // milliseconds

/// A panel with a folder of its own, and ways to use it as a person does.
struct DatasetStage {
  QTemporaryDir folder;
  DatasetPanel panel{folder.filePath(QStringLiteral("sets")).toStdString()};
  QSignalSpy chosen{&panel, &DatasetPanel::sourceChosen};

  /// Shown with the set that it begins with.
  bool begin() {
    panel.resize(380, 760);
    panel.show();
    return QTest::qWaitForWindowExposed(&panel) && loaded(1);
  }
  /// Whether so many choices have been told.
  bool loaded(qsizetype count) {
    return QTest::qWaitFor([&] { return chosen.size() >= count; }, patience);
  }
  template <typename Widget>
  [[nodiscard]] Widget* find(const char* name) {
    return panel.findChild<Widget*>(QString::fromLatin1(name));
  }
  [[nodiscard]] QString text(const char* name) { return find<QLabel>(name)->text(); }
  [[nodiscard]] QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
  /// What went wrong, once something has.
  QString problem() {
    (void)QTest::qWaitFor([&] { return !panel.problem().isEmpty(); }, patience);
    return panel.problem();
  }
  /// The entry that begins so.
  void choose(const char* comboBox, const char* beginning) {
    auto* box = find<QComboBox>(comboBox);
    const int entry = box->findText(QString::fromLatin1(beginning), Qt::MatchStartsWith);
    if (entry < 0) QFAIL(beginning);
    box->setCurrentIndex(entry);
  }
  void click(const char* button) { find<QAbstractButton>(button)->click(); }
  void type(const char* numberBox, const char* number) {
    auto* box = find<NumberBox>(numberBox);
    if (!box) box = find<FieldEditor>(numberBox)->findChild<NumberBox*>();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(box, QString::fromLatin1(number));
    QTest::keyClick(box, Qt::Key_Return);
  }
  void drop(const QString& place) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(place)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&panel, &enter);
    if (!enter.isAccepted()) return;
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&panel, &drop);
  }
  /// A picture of the panel for the manual, where somebody asks for pictures (tools/pictures).
  void keepPicture(const char* name) {
    const QString kept = qEnvironmentVariable("PLEXARIUM_KEEP_PICTURES");
    if (kept.isEmpty()) return;
    panel.setFocus();
    QCoreApplication::processEvents();
    QVERIFY(panel.grab().save(QStringLiteral("%1/%2.png").arg(kept, QString::fromLatin1(name)), nullptr, 0));
  }
  /// Writes a file and drops it here.
  bool dropFile(const char* name, const QByteArray& bytes) {
    const bool written = writeFile(path(name), bytes);
    drop(path(name));
    return written;
  }
};

/// Runs the tests of a class with settings of their own, in English numbers.
template <typename Test>
int runDatasetTest(int argc, char** argv) {
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  QApplication application(argc, argv);
  QLocale::setDefault(QLocale(QLocale::English));
  applyWindowTheme(application, true);
  Test test;
  return QTest::qExec(&test, argc, argv);
}

/// `count` pictures of `side` x `side` in the format of MNIST; each is as bright all over as its number.
inline QByteArray idxPictures(quint32 count, quint32 side) {
  QByteArray bytes("\0\0\x08\x03", 4);
  for (const quint32 size : {count, side, side}) {
    QByteArray number(4, '\0');
    qToBigEndian(size, number.data());
    bytes += number;
  }
  for (quint32 k = 0; k < count; ++k) bytes += QByteArray(static_cast<qsizetype>(side) * side, static_cast<char>(k));
  return bytes;
}
/// Labels 0, 1, 2, 0, 1, 2 ...
inline QByteArray idxLabels(quint32 count) {
  QByteArray bytes("\0\0\x08\x01", 4);
  QByteArray number(4, '\0');
  qToBigEndian(count, number.data());
  bytes += number;
  for (quint32 k = 0; k < count; ++k) bytes += static_cast<char>(k % 3);
  return bytes;
}

}  // namespace plexarium::ui
