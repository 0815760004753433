// GraphML and edge lists: round trips of living models, what other programs write, and damaged or hostile texts.

#include <QElapsedTimer>
#include <QTest>

#include "core/io/document.h"
#include "core/io/edge_list.h"
#include "core/io/graphml.h"
#include "tests/io/living_model.h"

using namespace plexarium;

namespace {

const Registry registry = testRegistry();

const Description& description(const char* key) { return (*registry.require(key))->description; }

Result<Imported> graphml(const std::string& text) { return readGraphml(registry, text, "file", "transmitter"); }

std::string foreign(const std::string& keys, const std::string& graph) {
  return "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">" + keys +
         "<graph edgedefault=\"directed\">" + graph + "</graph></graphml>";
}

Model living(const char* dynamics) {
  if (dynamics == std::string("toy")) return after(registry, toy::model(30, 60), 50);
  auto model = livingTransmitter(registry);
  model.name = "A & <B> \"C\"\r\n\t \xc3\xa4";
  model.graph.setName(0, "  ");
  model.graph.setName(1, "line\none");
  return model;
}

double distance(Point a, Point b) { return std::hypot(double{a.x} - double{b.x}, double{a.y} - double{b.y}); }

Fidelity fidelity(const Imported& imported, const char* feature) {
  const auto note = imported.report.find(feature);
  if (!note) qFatal("no note on %s in:\n%s", feature, imported.report.text().c_str());
  return note->fidelity;
}

}  // namespace

class InterchangeTest : public QObject {
  Q_OBJECT

 private slots:
  void graphmlRoundTrip_data() {
    QTest::addColumn<QString>("dynamics");
    QTest::newRow("transmitter") << "transmitter";
    QTest::newRow("toy") << "toy";
  }
  void graphmlRoundTrip() {
    QFETCH(QString, dynamics);
    const auto model = living(dynamics.toUtf8());
    const auto& about = description(dynamics.toUtf8());
    const auto text = writeGraphml(about, model);
    const auto read = graphml(text);
    QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
    QVERIFY2(read->report.faithful(), read->report.text().c_str());
    QCOMPARE(stateHash(about, read->model), stateHash(about, model));
    QCOMPARE(writeModel(about, read->model), writeModel(about, model));
    QCOMPARE(writeGraphml(about, read->model), text);
    QCOMPARE(read->report.find("links")->count, model.graph.linkCount());
  }

  void everyFieldIsDeclared() {
    const auto& about = description("transmitter");
    const auto text = writeGraphml(about, emptyModel(about));
    for (const auto& field : about.neuronFields)
      QVERIFY(text.find("<key id=\"n_" + field.key + "\" for=\"node\"") != text.npos);
    for (const auto& field : about.linkFields)
      QVERIFY(text.find("<key id=\"l_" + field.key + "\" for=\"edge\"") != text.npos);
    for (const auto& field : about.parameters) QVERIFY(text.find("<data key=\"p_" + field.key + "\">") != text.npos);
    QVERIFY(graphml(text)->model.graph.neuronCount() == 0);
  }

  void foreignNamesPlacesAndWeights() {
    const auto read = graphml(
        foreign("<key id=\"d0\" for=\"node\" attr.name=\"Label\" attr.type=\"string\"/>"
                "<key id=\"d1\" for=\"node\" attr.name=\"x\" attr.type=\"double\"/>"
                "<key id=\"d2\" for=\"node\" attr.name=\"y\" attr.type=\"double\"/>"
                "<key id=\"d3\" for=\"edge\" attr.name=\"Weight\" attr.type=\"double\"><default>0.25</default></key>"
                "<key id=\"d4\" for=\"node\" attr.name=\"colour\" attr.type=\"string\"/>"
                "<key id=\"d5\" for=\"node\" attr.name=\"role\" attr.type=\"string\"/>",
                "<edge source=\"b\" target=\"a\"><data key=\"d3\">2</data></edge>"
                "<node id=\"a\"><data key=\"d0\">Alpha &amp; <![CDATA[<Omega>]]></data><data key=\"d1\">0</data><data "
                "key=\"d2\">0</data>"
                "<data key=\"d4\">red</data><data key=\"d5\">Motor</data></node>"
                "<node id=\"b\"><data key=\"d1\">1e3</data><data key=\"d2\">0</data><data key=\"d4\">blue</data></node>"
                "<node id=\"c\"><data key=\"d1\">0</data><data key=\"d2\">-2000</data></node>"
                "<edge source=\"a\" target=\"c\"/>"));
    QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
    const auto& graph = read->model.graph;
    QCOMPARE(graph.names()[0], std::string("Alpha & <Omega>"));
    QCOMPARE(graph.names()[1], std::string("b"));
    QVERIFY(graph.roles()[0] == Role::Motor && graph.roles()[1] == Role::Inter);
    // The shape stays: b as far to the right of a as half of c above it.
    const auto places = graph.positions();
    QVERIFY(std::abs(distance(places[0], places[2]) / distance(places[0], places[1]) - 2) < 1e-3);
    QVERIFY(places[1].x > places[0].x && places[2].y < places[0].y);
    const auto weight = *findField(description("transmitter").linkFields, "weight");
    QCOMPARE(columnValue(graph.linkColumn(weight), *graph.link({{2}, {1}})), 2.0);
    QCOMPARE(columnValue(graph.linkColumn(weight), *graph.link({{1}, {3}})), 0.25);
    QVERIFY(fidelity(*read, "positions") == Fidelity::Approximate);
    QVERIFY(fidelity(*read, "node data 'colour'") == Fidelity::Unsupported);
    QCOMPARE(read->report.find("node data 'colour'")->count, 2U);
    QVERIFY(fidelity(*read, "neurons") == Fidelity::Faithful);
  }

  void whatGraphmlHasAndNetworksHaveNot() {
    const auto read = graphml(
        "<graphml><graph edgedefault=\"undirected\">"
        "<node id=\"a\"><port name=\"p\"/><graph edgedefault=\"directed\"><node id=\"a1\"/><edge source=\"a1\" "
        "target=\"a\"/></graph></node>"
        "<node id=\"b\"/><edge source=\"a\" target=\"b\"/><edge source=\"b\" target=\"b\"/>"
        "<edge directed=\"true\" source=\"a\" target=\"b\" sourceport=\"p\"/>"
        "<hyperedge><endpoint node=\"a\"/></hyperedge></graph><graph><node id=\"z\"/></graph></graphml>");
    QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
    const auto& graph = read->model.graph;
    QCOMPARE(graph.neuronCount(), 3U);
    QCOMPARE(graph.linkCount(), 4U);
    QVERIFY(graph.link({{1}, {2}}) && graph.link({{2}, {1}}) && graph.link({{2}, {2}}) && graph.link({{3}, {1}}));
    QVERIFY(fidelity(*read, "undirected edges") == Fidelity::Approximate);
    QVERIFY(fidelity(*read, "parallel links") == Fidelity::Approximate);
    QVERIFY(fidelity(*read, "nested graphs") == Fidelity::Approximate);
    QVERIFY(fidelity(*read, "ports") == Fidelity::Approximate);
    QVERIFY(fidelity(*read, "hyperedges") == Fidelity::Unsupported);
    QVERIFY(fidelity(*read, "further graphs") == Fidelity::Unsupported);
    QVERIFY(read->report.text().starts_with("unsupported: "));
    for (std::size_t a = 0; a < 3; ++a) {
      for (std::size_t b = 0; b < a; ++b) QVERIFY(distance(graph.positions()[a], graph.positions()[b]) >= 2);
    }
  }

  void yedDrawings() {
    const auto read = graphml(
        "<graphml xmlns:y=\"http://www.yworks.com/xml/graphml\"><key for=\"node\" id=\"d5\" yfiles.type=\"nodegraphics\"/>"
        "<graph edgedefault=\"directed\"><node id=\"n0\"><data key=\"d5\"><y:ShapeNode>"
        "<y:Geometry height=\"30\" width=\"30\" x=\"100\" y=\"0\"/><y:NodeLabel> "
        "One\n</y:NodeLabel></y:ShapeNode></data></node>"
        "<node id=\"n1\"><data key=\"d5\"><y:ShapeNode><y:Geometry height=\"30\" width=\"30\" x=\"0\" y=\"0\"/>"
        "</y:ShapeNode></data></node></graph></graphml>");
    QVERIFY(read.has_value());
    QCOMPARE(read->model.graph.names()[0], std::string("One"));
    QCOMPARE(read->model.graph.names()[1], std::string("n1"));
    QVERIFY(read->model.graph.positions()[0].x > read->model.graph.positions()[1].x);
  }

  void misfitsKeepTheInitialValue() {
    const auto read =
        graphml(foreign("<key id=\"w\" for=\"edge\" attr.name=\"weight\"/>",
                        "<node id=\"a\"/>\n<edge source=\"a\" target=\"a\">\n<data key=\"w\">much</data></edge>"));
    QVERIFY(read.has_value());
    const auto& note = *read->report.find("unfitting weight values");
    QVERIFY(note.fidelity == Fidelity::Approximate);
    QVERIFY2(note.detail.find("line 4") != std::string::npos, note.detail.c_str());
    const auto& fields = description("transmitter").linkFields;
    const auto weight = *findField(fields, "weight");
    QCOMPARE(columnValue(read->model.graph.linkColumn(weight), 0), fields[weight].initial);
  }

  void badGraphmlIsRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, const std::string& text, const char* says) {
      QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(says);
    };
    row("nothing", "", "");
    row("no XML", "from,to\n1,2", "");
    row("cut off", "<graphml>\n<graph>\n<node id=\"a\"", "line 3");
    row("other XML", "<svg/>", "not GraphML");
    row("no graph", "<graphml/>", "no graph");
    row("no id", foreign("", "\n<node/>"), "line 3: a node has no id");
    row("twice", foreign("", "<node id=\"a\"/><node id=\"a\"/>"), "twice");
    row("no such node", foreign("", "<node id=\"a\"/><edge source=\"a\" target=\"b\"/>"), "target 'b' is no node");
    row("not UTF-8", "<graphml>\n\xff", "line 2");
    row("NUL", std::string("<graphml>\0", 10), "UTF-8");
    const auto& about = description("transmitter");
    auto model = emptyModel(about);
    NeuronTable one{.ids = {{3}}, .names = {""}, .roles = {Role::Inter}, .positions = {{}}, .lastFired = {}, .values = {}};
    model.graph.addNeurons(one);
    const auto own = writeGraphml(about, model);
    const auto changed = [&own](const std::string& old, const std::string& fresh) {
      auto text = own;
      return text.replace(text.find(old), old.size(), fresh);
    };
    row("newer", changed("<data key=\"plexarium\">1<", "<data key=\"plexarium\">2<"), "newer");
    row("other dynamics", changed("<data key=\"dynamics\">transmitter<", "<data key=\"dynamics\">soup<"), "soup");
    row("bad id", changed("node id=\"n3\"", "node id=\"n0\""), "no neuron's id");
    row("bad place", changed("<data key=\"x\">0<", "<data key=\"x\">inf<"), "not a number");
    row("bad role", changed(">inter<", ">boss<"), "boss");
    row("bad tick", changed("<data key=\"tick\">0<", "<data key=\"tick\">-4<"), "below 0");
    row("fired in the future", changed("<data key=\"role\">", "<data key=\"last_fired\">5</data><data key=\"role\">"),
        "tick");
    row("bad value", changed("<data key=\"n_threshold\">", "<data key=\"n_threshold\">-"), "threshold");
  }
  void badGraphmlIsRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const auto read = graphml(text.toStdString());
    QVERIFY(!read.has_value());
    QVERIFY2(QByteArray::fromStdString(read.error().text()).contains(says), read.error().text().c_str());
  }

  void everyCutOfAGoodFileIsHarmless() {
    const auto text = writeGraphml(description("toy"), after(registry, toy::model(3, 3), 5));
    for (std::size_t size = 0; size + 12 < text.size(); size += 7) QVERIFY(!graphml(text.substr(0, size)).has_value());
    // Single bytes changed: an error or a model, never a crash.
    for (std::size_t at = 0; at < text.size(); at += 3) {
      auto changed = text;
      changed[at] = static_cast<char>(changed[at] ^ 0x15);
      static_cast<void>(graphml(changed));
    }
  }

  void hostileFilesAreHarmless() {
    QElapsedTimer timer;
    timer.start();
    // Entities that would expand to gigabytes, and one that would read a file: neither is looked at.
    std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE graphml [<!ENTITY a0 \"xxxxxxxxxx\">";
    for (int k = 1; k < 12; ++k) {
      bomb += "<!ENTITY a" + std::to_string(k) + " \"";
      for (int copy = 0; copy < 10; ++copy) bomb += "&a" + std::to_string(k - 1) + ";";
      bomb += "\">";
    }
    bomb += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>";
    const auto keys = "<key id=\"n\" for=\"node\" attr.name=\"name\"/>";
    const auto body = foreign(keys, "<node id=\"a\"><data key=\"n\">&a11;&file;</data></node>");
    const auto read = graphml(bomb + body.substr(body.find("<graphml")));
    QVERIFY(read.has_value());
    QCOMPARE(read->model.graph.names()[0], std::string("&a11;&file;"));
    // Depth.
    std::string deep = "<graphml>";
    for (int k = 0; k < 100'000; ++k) deep += "<graph><node id=\"" + std::to_string(k) + "\">";
    QVERIFY(!graphml(deep).has_value());
    for (int k = 0; k < 100'000; ++k) deep += "</node></graph>";
    QCOMPARE(graphml(deep + "</graphml>")->model.graph.neuronCount(), 100'000U);
    // A reference that names half a character may not become half a character.
    const auto half = graphml(foreign(keys, "<node id=\"a\"><data key=\"n\">&#xD800;</data></node>"));
    QVERIFY(half.has_value());
    QVERIFY(writeModel(description("transmitter"), half->model).find("\xed\xa0\x80") == std::string::npos);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
  }

  void edgeListRoundTrip_data() {
    QTest::addColumn<char>("separator");
    QTest::addColumn<bool>("named");
    for (const char separator : {',', ';', '\t'}) {
      QTest::addRow("%d by name", separator) << separator << true;
      QTest::addRow("%d by id", separator) << separator << false;
    }
  }
  void edgeListRoundTrip() {
    QFETCH(char, separator);
    QFETCH(bool, named);
    auto model = living("transmitter");
    for (std::size_t row = 0; row < model.graph.neuronCount(); ++row) {
      model.graph.setName(row, named ? "N; \"" + std::to_string(row) + "\",\t" : "same");
    }
    const auto& about = description("transmitter");
    const auto text = writeEdgeList(about, model, separator);
    const auto read = readEdgeList(about, text, "links.csv");
    QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
    QCOMPARE(read->model.graph.linkCount(), model.graph.linkCount());
    for (std::size_t link = 0; link < model.graph.linkCount(); ++link) {
      auto key = model.graph.key(link);
      if (named) {
        const auto renamed = [&](NeuronId id) {
          const auto& name = model.graph.names()[*model.graph.row(id)];
          const auto names = read->model.graph.names();
          return read->model.graph.ids()[static_cast<std::size_t>(std::ranges::find(names, name) - names.begin())];
        };
        key = {renamed(key.from), renamed(key.to)};
      }
      const auto other = read->model.graph.link(key);
      QVERIFY(other.has_value());
      for (std::size_t field = 0; field < about.linkFields.size(); ++field) {
        QCOMPARE(columnValue(read->model.graph.linkColumn(field), *other), columnValue(model.graph.linkColumn(field), link));
      }
    }
  }

  void foreignEdgeLists() {
    const auto& about = description("transmitter");
    const auto weight = *findField(about.linkFields, "weight");
    const auto plain = readEdgeList(about, "A B,C,0.5\nC,A B,2\nA B,C,9\n", "list");
    QVERIFY2(plain.has_value(), plain ? "" : plain.error().text().c_str());
    QCOMPARE(plain->model.graph.names()[0], std::string("A B"));
    QCOMPARE(plain->model.graph.linkCount(), 2U);
    QCOMPARE(columnValue(plain->model.graph.linkColumn(weight), *plain->model.graph.link({{1}, {2}})), 0.5);
    QVERIFY(fidelity(*plain, "parallel links") == Fidelity::Approximate);
    const auto ids = readEdgeList(about,
                                  "\xef\xbb\xbf"
                                  "7\t3\r\n3\t3\r\n",
                                  "list");
    QVERIFY(ids.has_value());
    QVERIFY(ids->model.graph.link({{7}, {3}}) && ids->model.graph.link({{3}, {3}}));
    const auto header = readEdgeList(about, "\nType;Target;Source;Weight\nx;b;a;1\ny;a;b;-1e99\n", "list");
    QVERIFY2(header.has_value(), header ? "" : header.error().text().c_str());
    QCOMPARE(header->model.graph.names()[0], std::string("a"));
    QVERIFY(header->model.graph.link({{1}, {2}}).has_value());
    QVERIFY(fidelity(*header, "column 'type'") == Fidelity::Unsupported);
    QVERIFY(fidelity(*header, "unfitting weight values") == Fidelity::Approximate);
    const auto one = readEdgeList(about, "A,A\n", "list");
    QVERIFY(one.has_value() && one->model.graph.neuronCount() == 1 && one->model.graph.linkCount() == 1);
  }

  /// The first row shows the separator; other ones in it belong to its cells.
  void mixedSeparatorsAreCutOneWay() {
    const auto list = readEdgeList(toy::entry().description, "so],2,source;target;2\n,2,s", "list");
    QVERIFY(!list);
    QVERIFY2(QByteArray(list.error().text().c_str()).contains("has no name"), list.error().text().c_str());
    const auto quoted = readEdgeList(toy::entry().description, "\"A,1\";B\nB;\"A,1\"\n", "list");
    QVERIFY2(quoted, quoted ? "" : quoted.error().text().c_str());
    QCOMPARE(quoted->model.graph.names()[0], std::string("A,1"));
    QCOMPARE(quoted->model.graph.linkCount(), std::size_t{2});
  }

  void badEdgeListsAreRefused() {
    const auto& about = description("transmitter");
    for (const std::string text :
         {"", "\n\n", "alone\n", "a,b\nc\n", "a,b\n,c\n", "from,to\n\"a,b\n", "from,from2\n1,2,3"}) {
      const auto read = readEdgeList(about, text, "list");
      QVERIFY2(!read.has_value(), text.c_str());
      QVERIFY(read.error().text().find("list") != std::string::npos);
    }
  }

  void hundredThousandLinks() {
    const auto& about = description("toy");
    const auto model = toy::model(10'000, 90'000);
    QElapsedTimer timer;
    timer.start();
    const auto text = writeGraphml(about, model);
    const auto written = timer.restart();
    const auto read = graphml(text);
    const auto taken = timer.elapsed();
    QVERIFY(read.has_value());
    QCOMPARE(stateHash(about, read->model), stateHash(about, model));
    qInfo("%zu links, %.1f MB: written in %lld ms, read in %lld ms", model.graph.linkCount(),
          static_cast<double>(text.size()) / 1e6, static_cast<long long>(written), static_cast<long long>(taken));
  }
};

QTEST_GUILESS_MAIN(InterchangeTest)
#include "tst_interchange.moc"
