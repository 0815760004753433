// Keeps the house in order: who may include whom, what core may not know, what ui may not name.

#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

const QString root = QStringLiteral(PLEXARIUM_SOURCE_DIR) + '/';

QStringList sources(const QString& folder) {
  QStringList files;
  QDirIterator walk(root + folder, {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
  while (walk.hasNext()) files << walk.next().mid(root.size());
  files.sort();
  return files;
}

QString contents(const QString& file) {
  QFile in(root + file);
  if (!in.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(file));
  return QString::fromUtf8(in.readAll());
}

QStringList includes(const QString& file) {
  static const QRegularExpression line(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"),
                                       QRegularExpression::MultilineOption);
  QStringList found;
  auto matches = line.globalMatch(contents(file));
  while (matches.hasNext()) found << matches.next().captured(1);
  return found;
}

/// "core/io" for "core/io/document.h", "core" for "core/error.h", "ui/canvas", "app".
QString room(const QString& file) {
  const auto parts = file.split('/');
  if (parts.size() < 2) return {};
  return parts.size() > 2 && parts[0] != "app" ? parts[0] + '/' + parts[1] : parts[0];
}

}  // namespace

class HouseTest : public QObject {
  Q_OBJECT

 private slots:
  void coreKnowsNoQt() {
    for (const auto& file : sources("core")) {
      for (const auto& include : includes(file)) {
        QVERIFY2(!QRegularExpression("^(Q[A-Z]|qcustomplot|Qt)").match(include).hasMatch(),
                 qPrintable(file + " includes " + include));
      }
    }
  }

  void commandLineKnowsNoQt() {
    for (const auto& file : sources("app/cli")) {
      for (const auto& include : includes(file)) {
        QVERIFY2(!include.startsWith('Q') && !include.startsWith("ui/"), qPrintable(file + " includes " + include));
      }
    }
  }

  void includesPointDownward() {
    const QHash<QString, QSet<QString>> mayUse{
        {"core", {"core"}},
        {"core/description", {"core", "core/description"}},
        {"core/graph", {"core", "core/description", "core/graph"}},
        {"core/world", {"core", "core/description", "core/graph", "core/world"}},
        {"core/blocks", {"core", "core/blocks"}},
        {"core/dynamics", {"core", "core/description", "core/graph", "core/world", "core/blocks", "core/dynamics"}},
        {"core/edit", {"core", "core/description", "core/graph", "core/world", "core/dynamics", "core/edit"}},
        {"core/record", {"core", "core/description", "core/graph", "core/dynamics", "core/io", "core/record"}},
        {"core/data", {"core", "core/description", "core/io", "core/data"}},
        {"core/feed", {"core", "core/description", "core/graph", "core/dynamics", "core/io", "core/data", "core/feed"}},
        {"core/session",
         {"core", "core/description", "core/graph", "core/world", "core/dynamics", "core/edit", "core/record", "core/data",
          "core/feed", "core/session"}},
        {"core/io", {"core", "core/description", "core/graph", "core/world", "core/dynamics", "core/edit", "core/io"}},
    };
    for (const auto& file : sources("core")) {
      const auto own = room(file);
      QVERIFY2(mayUse.contains(own), qPrintable("unknown room: " + file));
      for (const auto& include : includes(file)) {
        if (!include.startsWith("core/") && !include.startsWith("ui/") && !include.startsWith("app/")) continue;
        QVERIFY2(mayUse[own].contains(room(include)), qPrintable(file + " may not include " + include));
      }
    }
    for (const auto& file : sources("ui")) {
      for (const auto& include : includes(file)) {
        QVERIFY2(!include.startsWith("app/"), qPrintable(file + " may not include " + include));
        QVERIFY2(!include.endsWith("session/session.h") || room(file) == "ui/bridge",
                 qPrintable(file + " talks to a session; only ui/bridge may"));
      }
    }
  }

  void onlyItsOwnFolderKnowsADynamics() {
    // Field keys, namespaces and names of a dynamics stay in its folder, its registry line, importers and the command line.
    const QRegularExpression folder(QStringLiteral("core/dynamics/([a-z_]+)/"));
    QSet<QString> names;
    for (const auto& file : sources("core/dynamics")) {
      if (const auto match = folder.match(file); match.hasMatch()) names << match.captured(1);
    }
    QVERIFY(!names.isEmpty());
    for (const auto& tree : {"ui", "app/desktop", "qml", "core/edit", "core/session", "core/graph", "core/description",
                             "core/data", "core/feed"}) {
      for (const auto& file : sources(tree)) {
        const auto text = contents(file);
        for (const auto& name : names) {
          QVERIFY2(!text.contains(QRegularExpression("\\b" + name + "\\b", QRegularExpression::CaseInsensitiveOption)),
                   qPrintable(file + " names the dynamics " + name));
        }
      }
    }
  }

  void noMachinePathsAndNoLooseEnds() {
    const QRegularExpression loose(
        QStringLiteral("\\b(TO"
                       "DO|FIX"
                       "ME|XX"
                       "X|HA"
                       "CK)\\b"));
    for (const auto& tree : {"core", "ui", "app", "tests"}) {
      for (const auto& file : sources(tree)) QVERIFY2(!contents(file).contains(loose), qPrintable("loose end in " + file));
    }
  }
};

QTEST_GUILESS_MAIN(HouseTest)
#include "tst_house.moc"
