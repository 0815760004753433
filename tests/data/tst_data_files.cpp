#include <QtTest>

#include <zlib.h>

#include <array>

#include "core/data/cifar.h"
#include "core/data/idx.h"
#include "core/data/image_file.h"
#include "tests/data/data_driver.h"

using namespace plexarium;

namespace {

QByteArray bigEndian(quint32 value) {
  QByteArray bytes(4, '\0');
  qToBigEndian(value, bytes.data());
  return bytes;
}

QByteArray idx(char type, const std::vector<quint32>& sizes, const QByteArray& values) {
  QByteArray bytes{"\0\0", 2};
  bytes += type;
  bytes += static_cast<char>(sizes.size());
  for (const auto size : sizes) bytes += bigEndian(size);
  return bytes + values;
}

/// Three pictures of 2 x 3 (height 2) and their labels.
QByteArray smallImages() {
  QByteArray values;
  for (int k = 0; k < 18; ++k) values += static_cast<char>(k == 17 ? 255 : k);
  return idx(8, {3, 2, 3}, values);
}
QByteArray smallLabels() { return idx(8, {3}, QByteArray("\x02\x00\x01", 3)); }

QByteArray gzip(const QByteArray& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  QByteArray packed(bytes.size() + 100, '\0');
  QByteArray input = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.truncate(static_cast<qsizetype>(stream.total_out));
  deflateEnd(&stream);
  return packed;
}

Result<DatasetPointer> openBeside(const QString& images) {
  const std::filesystem::path place = images.toStdString();
  return openIdx(place, ByteFile::open(place).value());
}

/// A PNG of 8 bits a value: `channels` 1 (grey) or 3; pixels as they stand.
QByteArray png(quint32 width, quint32 height, int channels, const QByteArray& pixels) {
  const auto chunk = [](const QByteArray& name, const QByteArray& content) {
    const QByteArray checked = name + content;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(checked.constData()), static_cast<uInt>(checked.size()));
    return bigEndian(static_cast<quint32>(content.size())) + checked + bigEndian(static_cast<quint32>(sum));
  };
  QByteArray lines;
  const auto row = static_cast<qsizetype>(width) * channels;
  for (qsizetype at = 0; at < pixels.size(); at += row) lines += '\0' + pixels.mid(at, row);
  QByteArray packed = qCompress(lines).mid(4);
  QByteArray header = bigEndian(width) + bigEndian(height);
  header += '\x08';
  header += static_cast<char>(channels == 3 ? 2 : 0);
  header += QByteArray(3, '\0');
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", packed) + chunk("IEND", {});
}

/// 6 x 4 pixels, all (254, 0, 0).
QByteArray redJpeg() {
  return QByteArray::fromBase64(
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkK"
      "Cgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgr/wAARCAAEAAYDAREA"
      "AhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAICf/EABQRAQAAAAAAAAAA"
      "AAAAAAAAAAD/2gAMAwEAAhEDEQA/ABeKa/j/2Q==");
}

QByteArray cifar(const std::vector<int>& labels) {
  QByteArray bytes;
  for (const int label : labels) {
    bytes += static_cast<char>(label);
    for (int plane = 0; plane < 3; ++plane) bytes += QByteArray(1024, static_cast<char>(10 * label + plane));
  }
  return bytes;
}

std::string errorOf(const Result<DatasetPointer>& data) { return data ? "none" : data.error().text(); }

}  // namespace

/// Files of pictures as data sets.
class TestDataFiles : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
  }

  void idxHoldsPicturesAndLabels() {
    const auto data = openIdx(bytesOf(smallImages()), bytesOf(smallLabels())).value();
    QCOMPARE(data->info().samples, std::size_t{3});
    QCOMPARE(data->info().picture, (PictureShape{3, 2, 1}));
    QCOMPARE(data->info().classes, (std::vector<std::string>{"0", "1", "2"}));
    QCOMPARE(data->label(0), 2U);
    QCOMPARE(data->label(2), 1U);
    QCOMPARE(readSample(*data, 1).inputs[0], 6 / 255.0);
    QCOMPARE(readSample(*data, 2).inputs[5], 1.0);
  }

  void idxOfOtherTypes() {
    const auto shorts = openIdx(bytesOf(idx(11, {2, 2}, QByteArray("\xff\xfe\x00\x05\x01\x00\x00\x00", 8))),
                                bytesOf(idx(12, {2}, bigEndian(1) + bigEndian(0))))
                            .value();
    QCOMPARE(readSample(*shorts, 0).inputs, (std::vector<double>{-2, 5}));
    QCOMPARE(shorts->info().range(1), (ValueRange{-2, 256}));
    QCOMPARE(shorts->label(0), 1U);
    const auto singles =
        openIdx(bytesOf(idx(13, {1, 1}, bigEndian(0x3fc00000))), bytesOf(idx(8, {1}, QByteArray(1, '\0')))).value();
    QCOMPARE(readSample(*singles, 0).inputs[0], 1.5);
    QVERIFY(!openIdx(bytesOf(idx(13, {1, 1}, bigEndian(0x7fc00000))), bytesOf(idx(8, {1}, QByteArray(1, '\0')))));
  }

  void idxFaultsNameTheByte_data() {
    QTest::addColumn<QByteArray>("images");
    QTest::addColumn<QByteArray>("labels");
    QTest::addColumn<QString>("error");
    const auto images = smallImages();
    const auto labels = smallLabels();
    QTest::newRow("empty") << QByteArray() << labels << "file, byte 0: the file ends here";
    QTest::newRow("truncated") << images.chopped(1) << labels << "file, byte 33: the header promises 34 bytes";
    QTest::newRow("too long") << images + 'x' << labels << "file, byte 34: the header promises 34 bytes";
    QTest::newRow("header cut") << images.left(9) << labels << "file, byte 9: the file ends here";
    QTest::newRow("no IDX") << QByteArray("hello, world") << labels << "file, byte 0: does not begin as an IDX file";
    QTest::newRow("dimensions") << idx(8, {1, 1, 1, 1, 1}, "x") << labels << "file, byte 3: has 5 dimensions";
    QTest::newRow("nothing") << idx(8, {3, 0, 3}, "") << labels << "file, byte 8: a dimension is 0";
    QTest::newRow("huge") << idx(14, {0xffffffff, 0xffffffff, 0xffffffff}, "") << labels
                          << "file, byte 4: the sizes multiply";
    QTest::newRow("labels for pictures") << labels << labels << "file, byte 3: has one dimension";
    QTest::newRow("label count") << images << idx(8, {2}, "ab") << "file, byte 4: there are 2 labels for 3 samples";
    QTest::newRow("label type") << images << idx(13, {3}, QByteArray(12, '\0')) << "file, byte 2: labels must be whole";
    QTest::newRow("label below 0") << images << idx(9, {3}, QByteArray("\x01\xff\x00", 3))
                                   << "file, byte 9: the label is not";
  }

  void idxFaultsNameTheByte() {
    QFETCH(QByteArray, images);
    QFETCH(QByteArray, labels);
    QFETCH(QString, error);
    const auto data = openIdx(bytesOf(images), bytesOf(labels));
    QVERIFY2(QString::fromStdString(errorOf(data)).startsWith(error), errorOf(data).c_str());
  }

  void packedFilesAreUnpacked() {
    const auto images = folder_->filePath("train-images-idx3-ubyte.gz");
    QVERIFY(writeFile(images, gzip(smallImages())));
    QVERIFY(QString::fromStdString(errorOf(openBeside(images))).contains("the labels are missing"));
    QVERIFY(writeFile(folder_->filePath("train-labels-idx1-ubyte"), smallLabels()));
    const auto data = openBeside(images);
    QVERIFY2(data, errorOf(data).c_str());
    QCOMPARE(readSample(**data, 2).inputs[5], 1.0);
    // Two members, as `cat a.gz b.gz` makes them.
    const auto parts = gzip(smallImages().left(20)) + gzip(smallImages().mid(20));
    QCOMPARE(bytesOf(parts).size(), static_cast<std::uint64_t>(smallImages().size()));
  }

  void damagedPackingIsNoticed() {
    const auto packed = gzip(smallImages());
    for (qsizetype length = 2; length < packed.size(); ++length) {
      const auto cut = packed.left(length);
      const auto file = ByteFile::of({cut.begin(), cut.end()}, "cut.gz");
      QVERIFY2(!file && QString::fromStdString(file.error().where).startsWith("cut.gz, byte"),
               qPrintable(QString::number(length)));
    }
    auto wrong = packed;
    wrong[wrong.size() - 6] = static_cast<char>(wrong[wrong.size() - 6] ^ 1);  // the check sum
    QVERIFY(!ByteFile::of({wrong.begin(), wrong.end()}, "wrong.gz"));
    const auto bomb = gzip(QByteArray(1 << 20, '\0'));
    const auto limited =
        gunzip(std::span(reinterpret_cast<const std::uint8_t*>(bomb.data()), static_cast<std::size_t>(bomb.size())),
               "bomb.gz", 1 << 18);
    QVERIFY(!limited && QString::fromStdString(limited.error().advice).contains("gunzip"));
  }

  void unpackingCanBeGivenUp() {
    QByteArray noise(4 << 20, '\0');
    QRandomGenerator random(1);
    for (auto& byte : noise) byte = static_cast<char>(random.bounded(256));
    const auto packed = gzip(noise);
    double share = -1;
    const auto file = ByteFile::of({packed.begin(), packed.end()}, "much.gz", [&](double done) {
      const bool grows = done > share;
      share = done;
      return grows && done < 0.5;
    });
    QVERIFY(!file && file.error().what == "given up");
    QVERIFY2(share >= 0.5 && share < 0.9, qPrintable(QString::number(share)));
    const auto shorts = bytesOf(idx(11, {2, 2}, QByteArray("\xff\xfe\x00\x05\x01\x00\x00\x00", 8)));
    const auto labels = bytesOf(idx(8, {2}, QByteArray("\x01\x00", 2)));
    QCOMPARE(errorOf(openIdx(shorts, labels, [](double) { return false; })), std::string("file: given up"));
  }

  void cifarHoldsTheClassesThatOccur() {
    const auto data = openCifar({bytesOf(cifar({5, 3})), bytesOf(cifar({3}))}).value();
    QCOMPARE(data->info().samples, std::size_t{3});
    QCOMPARE(data->info().classes, (std::vector<std::string>{"cat", "dog"}));
    QCOMPARE(data->label(0), 1U);
    QCOMPARE(data->label(2), 0U);
    const auto inputs = readSample(*data, 2).inputs;
    QCOMPARE(inputs.size(), std::size_t{3072});
    QCOMPARE((std::vector<double>(inputs.begin() + 300, inputs.begin() + 303)),
             (std::vector<double>{30 / 255.0, 31 / 255.0, 32 / 255.0}));
  }

  void cifarFaultsNameTheByte() {
    QCOMPARE(QString::fromStdString(errorOf(openCifar({bytesOf(cifar({1, 2}).chopped(1), "c.bin")}))).left(16),
             QString("c.bin, byte 6145"));
    QCOMPARE(QString::fromStdString(errorOf(openCifar({bytesOf(cifar({1, 10}), "c.bin")}))),
             QString("c.bin, byte 3073: the label 10 is above 9. See whether it is CIFAR-10's binary version"));
    QVERIFY(!openCifar({bytesOf({})}));
  }

  void foldersOfPictures() {
    makeFolder();
    const auto data = openImageFolder(folder_->path().toStdString());
    QVERIFY2(data, errorOf(data).c_str());
    const auto& info = (*data)->info();
    QCOMPARE(info.classes, (std::vector<std::string>{"apple", "pear"}));
    QCOMPARE(info.picture, (PictureShape{6, 4, 3}));  // one has colours, so all are read with them
    QCOMPARE(countClasses(**data), (std::vector<std::size_t>{2, 1}));
    const auto grey = readSample(**data, 0).inputs;
    QCOMPARE((std::vector<double>(grey.begin(), grey.begin() + 6)),
             (std::vector<double>{0, 0, 0, 1 / 255.0, 1 / 255.0, 1 / 255.0}));
    const auto red = readSample(**data, 2).inputs;
    QVERIFY(red[0] > 0.98 && red[1] < 0.02 && red[2] < 0.02);
  }

  void picturesThatDoNotFitAreNamed() {
    makeFolder();
    const auto odd = folder_->filePath("pear/z.png");
    QVERIFY(writeFile(odd, png(4, 6, 1, QByteArray(24, '\0'))));
    auto error = QString::fromStdString(errorOf(openImageFolder(folder_->path().toStdString())));
    QVERIFY2(error.contains("z.png: the picture has 4 x 6 pixels, the first one 6 x 4"), qPrintable(error));
    QVERIFY(writeFile(odd, "no picture at all"));
    error = QString::fromStdString(errorOf(openImageFolder(folder_->path().toStdString())));
    QVERIFY2(error.contains("z.png: is not a PNG or JPEG"), qPrintable(error));
    QTemporaryDir empty;
    QVERIFY(QString::fromStdString(errorOf(openImageFolder(empty.path().toStdString()))).contains("no sub-folder"));
  }

  /// A picture whose header is right and whose rest is not: found when it is read.
  void brokenPicturesAreNamedWhenRead() {
    makeFolder();
    const auto whole = png(6, 4, 1, QByteArray(24, '\7'));
    const auto header = whole.left(33);
    for (const auto& broken : {whole.left(45), header + QByteArray("\0\0\0\0IDAT\0\0\0\0", 12),
                               header + QByteArray("\x7f\xff\xff\xffIDAT", 8) + whole.mid(41)}) {
      QVERIFY(writeFile(folder_->filePath("apple/a.png"), broken));
      const auto data = openImageFolder(folder_->path().toStdString());
      QVERIFY2(data, errorOf(data).c_str());
      std::vector<double> inputs((*data)->info().inputs);
      const auto read = (*data)->read(0, inputs, {});
      QVERIFY(!read && QString::fromStdString(read.error().where).endsWith("a.png"));
    }
  }

 private:
  void makeFolder() {
    for (const auto* name : {"apple", "pear", "empty"}) QVERIFY(QDir(folder_->path()).mkdir(name));
    QByteArray ramp;
    for (int k = 0; k < 24; ++k) ramp += static_cast<char>(k);
    QVERIFY(writeFile(folder_->filePath("apple/a.png"), png(6, 4, 1, ramp)));
    QVERIFY(writeFile(folder_->filePath("apple/b.PNG"), png(6, 4, 3, ramp + ramp + ramp)));
    QVERIFY(writeFile(folder_->filePath("apple/notes.txt"), "not a picture"));
    QVERIFY(writeFile(folder_->filePath("pear/r.jpeg"), redJpeg()));
  }
  std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestDataFiles)
#include "tst_data_files.moc"
