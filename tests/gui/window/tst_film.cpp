#include <gif_lib.h>

#include <QDir>
#include <QFileDialog>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

#include "tests/gui/window/stage.h"
#include "ui/window/film.h"
#include "ui/window/film_dialog.h"
#include "ui/window/notice_area.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

struct GifCloser {
  void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};

std::unique_ptr<GifFileType, GifCloser> readGif(const QString& file) {
  std::unique_ptr<GifFileType, GifCloser> gif(DGifOpenFileName(qPrintable(file), nullptr));
  if (gif && DGifSlurp(gif.get()) != GIF_OK) gif.reset();
  return gif;
}

/// Milliseconds that all its pictures stand.
int lengthOf(GifFileType& gif) {
  int hundredths = 0;
  for (int picture = 0; picture < gif.ImageCount; ++picture) {
    GraphicsControlBlock control;
    if (DGifSavedExtensionToGCB(&gif, picture, &control) == GIF_OK) hundredths += control.DelayTime;
  }
  return hundredths * 10;
}

QImage plain(QRgb colour, QSize size = {40, 30}) {
  QImage image(size, QImage::Format_RGB32);
  image.fill(colour);
  return image;
}

/// Through the menu, the dialog and the question for a file name.
void beginFilm(Stage& stage, int seconds, const QString& file) {
  stage.window.actions().film->trigger();
  auto* dialog = stage.window.findChild<FilmDialog*>();
  QVERIFY(dialog && dialog->isVisible());
  dialog->findChild<QSpinBox*>(QStringLiteral("filmSeconds"))->setValue(seconds);
  dialog->findChild<QSpinBox*>(QStringLiteral("filmWidth"))->setValue(240);
  dialog->findChild<QPushButton*>(QStringLiteral("recordFilm"))->click();
  QFileDialog* files = nullptr;
  QTRY_VERIFY_WITH_TIMEOUT((files = stage.window.findChild<QFileDialog*>(QStringLiteral("filmDialog"))), patience);
  emit files->fileSelected(file);
  files->reject();
}

bool noticed(Stage& stage, const char* word) {
  return QTest::qWaitFor(
      [&] { return stage.window.notices().texts().join(QLatin1Char(' ')).contains(QString::fromLatin1(word)); }, patience);
}

}  // namespace

class TestFilm : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void aGifKeepsColoursAndTime() {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a.gif"));
    {
      auto film = Film::create(file.toStdString(), {40, 30}, 40);
      QVERIFY(film.has_value());
      QVERIFY((*film)->add(plain(0xff204080), 33));
      QVERIFY((*film)->add(plain(0xffe0a060), 33));
      QVERIFY((*film)->add(plain(0xff204080), 34));
      QVERIFY(!QFile::exists(file));
      QVERIFY((*film)->finish());
    }
    const auto gif = readGif(file);
    QVERIFY(gif);
    QCOMPARE(gif->ImageCount, 3);
    QCOMPARE(gif->SWidth, 40);
    QCOMPARE(lengthOf(*gif), 100);
    const SavedImage& second = gif->SavedImages[1];
    const GifColorType colour = second.ImageDesc.ColorMap->Colors[second.RasterBits[20 * 40 + 7]];
    QVERIFY(std::abs(colour.Red - 0xe0) < 9 && std::abs(colour.Green - 0xa0) < 9 && std::abs(colour.Blue - 0x60) < 9);
  }

  void numberedPicturesKeepTheTime() {
    const QTemporaryDir folder;
    auto film = Film::create(folder.filePath(QStringLiteral("walk.png")).toStdString(), {40, 30}, 100);
    QVERIFY(film.has_value());
    QVERIFY((*film)->add(plain(0xff204080), 100));
    QVERIFY((*film)->add(plain(0xffe0a060), 300));  // stood for three: the hand was slow
    QVERIFY((*film)->finish());
    film->reset();
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files, QDir::Name),
             (QStringList{"walk_00001.png", "walk_00002.png", "walk_00003.png", "walk_00004.png"}));
    QCOMPARE(QImage(folder.filePath(QStringLiteral("walk_00004.png"))).pixel(3, 3), 0xffe0a060);
  }

  void whatIsNotFinishedGoes() {
    const QTemporaryDir folder;
    for (const char* name : {"a.gif", "a.png"}) {
      auto film = Film::create(folder.filePath(QString::fromLatin1(name)).toStdString(), {40, 30}, 40);
      QVERIFY(film.has_value() && (*film)->add(plain(0xff204080), 40));
      film->reset();
      QVERIFY(QDir(folder.path()).isEmpty());
    }
    QVERIFY(!Film::create(folder.filePath(QStringLiteral("nowhere/a.gif")).toStdString(), {40, 30}, 40));
  }

  void theWindowFilmsWhatHappens() {
    Stage stage;
    QVERIFY(stage.openToy());
    stage.key(Qt::Key_Space);
    beginFilm(stage, 1, stage.path("life.gif"));
    auto* progress = stage.window.findChild<QProgressBar*>(QStringLiteral("filmProgress"));
    QVERIFY(progress->isVisible());
    QVERIFY(noticed(stage, "life.gif"));
    QVERIFY(!progress->isVisible());
    const auto gif = readGif(stage.path("life.gif"));
    QVERIFY(gif);
    QCOMPARE(gif->SWidth, 240);
    QVERIFY(gif->ImageCount > 2);
    QVERIFY2(std::abs(lengthOf(*gif) - 1000) < 250, qPrintable(QString::number(lengthOf(*gif))));
  }

  void stopKeepsAndCancelThrowsAway() {
    Stage stage;
    QVERIFY(stage.openToy());
    beginFilm(stage, 300, stage.path("kept.gif"));
    stage.window.findChild<QPushButton*>(QStringLiteral("stopFilm"))->click();
    QVERIFY(noticed(stage, "kept.gif"));
    QVERIFY(readGif(stage.path("kept.gif")));
    beginFilm(stage, 300, stage.path("gone.gif"));
    stage.window.findChild<QPushButton*>(QStringLiteral("cancelFilm"))->click();
    QVERIFY(noticed(stage, "thrown away"));
    QVERIFY(!QFile::exists(stage.path("gone.gif")) && !QFile::exists(stage.path("gone.gif.part")));
  }

  void aFolderThatIsNotThereIsNamed() {
    Stage stage;
    QVERIFY(stage.openToy());
    beginFilm(stage, 300, stage.path("nowhere/life.gif"));
    QVERIFY(noticed(stage, "could not be written"));
  }

  void closingTheWindowLeavesNothingBehind() {
    const QTemporaryDir folder;
    {
      Stage stage;
      QVERIFY(stage.openToy());
      beginFilm(stage, 300, folder.filePath(QStringLiteral("half.gif")));
    }
    QVERIFY(QDir(folder.path()).isEmpty());
  }
};

int main(int argc, char** argv) { return runWindowTest<TestFilm>(argc, argv, "tst_film"); }

#include "tst_film.moc"
