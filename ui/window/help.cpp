#include "ui/window/help.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QMessageBox>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/window/actions.h"

namespace plexarium::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Help", text); }

QString row(const QString& keys, const QString& text) {
  return QStringLiteral("<tr><td style='padding:3px 22px 3px 0'><b>%1</b></td><td style='padding:3px 0'>%2</td></tr>")
      .arg(keys.toHtmlEscaped(), text.toHtmlEscaped());
}

QString section(const QString& title, const QString& rows) {
  return QStringLiteral("<h3>%1</h3><table>%2</table>").arg(title.toHtmlEscaped(), rows);
}

QString keySections(const Actions& actions) {
  QString sections;
  for (const auto& topic : actions.topics()) {
    QString rows;
    for (const auto* action : topic.actions) {
      QStringList keys;
      for (const auto& key : action->shortcuts()) keys << key.toString(QKeySequence::NativeText);
      if (!keys.isEmpty()) rows += row(keys.join(QStringLiteral("  ·  ")), action->statusTip());
    }
    if (!rows.isEmpty()) sections += section(topic.title, rows);
  }
  return sections;
}

QString mouseTable() {
  return row(tr("Wheel"), tr("Zoom at the mouse; with Shift, scroll")) + row(tr("Drag on empty space"), tr("Pan")) +
         row(tr("Shift+drag on empty space"), tr("Select everything in the frame")) +
         row(tr("Click"), tr("Select a neuron or a link; with Ctrl or Shift, add to what is selected")) +
         row(tr("Drag a neuron"), tr("Move what is selected")) +
         row(tr("Drag from a neuron's rim, or Ctrl+drag"), tr("Link it to another neuron, a new one, or itself")) +
         row(tr("Double-click on empty space"), tr("Place a neuron")) +
         row(tr("Alt+click"), tr("Stimulate a neuron, with any tool")) +
         row(tr("Rest on something"), tr("Show its live values")) +
         row(tr("Right click"), tr("What can be done here; by keys: Menu or Shift+F10, about what is selected"));
}

}  // namespace

void showKeys(const Actions& actions, QWidget* parent) {
  auto* dialog = new QDialog(parent);
  dialog->setObjectName(QStringLiteral("keysPage"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Keys and mouse"));
  dialog->resize(640, 720);
  auto* text = new QTextBrowser(dialog);
  text->setFrameShape(QFrame::NoFrame);
  text->setAccessibleName(dialog->windowTitle());
  text->setHtml(section(tr("Mouse"), mouseTable()) + keySections(actions));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  auto* layout = new QVBoxLayout(dialog);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->addWidget(text);
  layout->addWidget(buttons);
  dialog->show();
}

void showAbout(QWidget* parent) {
  auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Plexarium"), {}, QMessageBox::Close, parent);
  box->setObjectName(QStringLiteral("aboutBox"));
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setIconPixmap(QIcon(QStringLiteral(":/icons/plexarium.svg")).pixmap(72, 72));
  box->setTextFormat(Qt::RichText);
  box->setText(
      QStringLiteral("<h3>Plexarium %1</h3>").arg(QStringLiteral(PLEXARIUM_VERSION)) +
      tr("<p>A vivarium for layerless neural networks: watch, feed and edit them while they live.</p>"
         "<p>Free software under the GNU General Public License, version 3 or later. It comes with no warranty; you "
         "may pass it on and change it under the terms of that licence.</p>"
         "<p>Built with Qt %1, QCustomPlot, Random123, nlohmann/json and tl::expected.</p>")
          .arg(QString::fromLatin1(qVersion())));
  box->open();
}

}  // namespace plexarium::ui
