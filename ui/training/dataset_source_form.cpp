#include "ui/training/dataset_source_form.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "core/data/generator.h"
#include "core/data/known_sets.h"
#include "ui/inspector/choice_form.h"
#include "ui/plots/elided_label.h"

namespace plexarium::ui {
namespace {

/// Generators with their settings and seed, then the known sets, then files.
std::vector<ChoiceForm::Choice> choices() {
  std::vector<ChoiceForm::Choice> all;
  for (const auto& generator : generators()) {
    all.push_back({QString::fromStdString(generator.label), QString::fromStdString(generator.help), generator.fields});
    all.back().fields.push_back(seedField());
  }
  for (const auto& set : knownSets()) {
    all.push_back({QString::fromStdString(set.label), QString::fromStdString(set.help), {}});
  }
  all.push_back({SourceForm::tr("File or folder"),
                 SourceForm::tr("A table (CSV), IDX, CIFAR-10, or a folder with one sub-folder of pictures per class. Files "
                                "may also be dropped here."),
                 {}});
  return all;
}

/// The settings that are not at their initial values.
std::vector<std::pair<std::string, double>> settingsOf(const Generator& generator, const std::vector<double>& values) {
  std::vector<std::pair<std::string, double>> settings;
  for (std::size_t field = 0; field < generator.fields.size(); ++field) {
    if (values[field] != generator.fields[field].initial) {
      settings.emplace_back(generator.fields[field].key, values[field]);
    }
  }
  return settings;
}

}  // namespace

SourceForm::SourceForm(std::filesystem::path folder, QWidget* parent)
    : QWidget(parent),
      folder_(std::move(folder)),
      form_(new ChoiceForm(choices(), QStringLiteral("dataset"), tr("Where the data comes from"), this)),
      fileRow_(new QWidget(this)),
      file_(new ElidedLabel(fileRow_)),
      fetchRow_(new QWidget(this)),
      fetch_(new QLabel(fetchRow_)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(form_);
  layout->addWidget(fetchRow_);
  layout->addWidget(fileRow_);
  fetch_->setObjectName(QStringLiteral("datasetFetch"));
  fetch_->setWordWrap(true);
  fetch_->setTextFormat(Qt::RichText);
  fetch_->setTextInteractionFlags(Qt::TextBrowserInteraction);
  fetch_->setOpenExternalLinks(true);
  auto* again = new QPushButton(tr("Look again"), fetchRow_);
  again->setObjectName(QStringLiteral("datasetLookAgain"));
  auto* column = new QVBoxLayout(fetchRow_);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(fetch_);
  column->addWidget(again, 0, Qt::AlignRight);
  connect(again, &QPushButton::clicked, this, &SourceForm::onChosen);
  connect(form_, &ChoiceForm::changed, this, &SourceForm::onChosen);
  makeFileRow();
}

void SourceForm::makeFileRow() {
  file_->setObjectName(QStringLiteral("datasetFile"));
  auto* row = new QHBoxLayout(fileRow_);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(file_, 1);
  const auto add = [&](const QString& text, const char* name, bool folder) {
    auto* button = new QPushButton(text, fileRow_);
    button->setObjectName(QString::fromLatin1(name));
    connect(button, &QPushButton::clicked, this, [this, folder] { askForPlace(folder); });
    row->addWidget(button);
  };
  add(tr("File…"), "datasetChooseFile", false);
  add(tr("Folder…"), "datasetChooseFolder", true);
  showRows();
}

bool SourceForm::isFile() const { return form_->index() == generators().size() + knownSets().size(); }

std::optional<DataSource> SourceForm::source() const {
  DataSource source;
  source.place = place_;
  const auto index = form_->index();
  if (index < generators().size()) {
    const Generator& generator = generators()[index];
    source.place = generatorPlace(generator);
    source.settings = settingsOf(generator, form_->values());
    source.seed = static_cast<std::uint64_t>(form_->values().back());
  } else if (!isFile()) {
    auto found = findKnownSet(knownSets()[index - generators().size()], folder_);
    if (!found) return std::nullopt;
    source = std::move(*found);
  }
  return source.place.empty() ? std::nullopt : std::optional(std::move(source));
}

Result<void> SourceForm::setSource(const DataSource& source) {
  if (!namesGenerator(source.place)) {
    place_ = source.place;
    form_->set(generators().size() + knownSets().size(), {});
  } else {
    auto chosen = chosenGenerator(source);
    if (!chosen) return tl::unexpected(chosen.error());
    chosen->values.push_back(static_cast<double>(source.seed));
    form_->set(static_cast<std::size_t>(chosen->generator - generators().data()), std::move(chosen->values));
  }
  showRows();
  return {};
}

void SourceForm::showRows() {
  fileRow_->setVisible(isFile());
  file_->setText(place_.empty() ? tr("Nothing chosen yet") : QFileInfo(QString::fromStdString(place_)).fileName());
  file_->setToolTip(QString::fromStdString(place_));
  const bool known = !isFile() && form_->index() >= generators().size();
  fetchRow_->setVisible(known && !source());
  if (!known) return;
  const KnownSet& set = knownSets()[form_->index() - generators().size()];
  const QString place = QDir::toNativeSeparators(QString::fromStdString(placeOf(set, folder_).string()));
  fetch_->setText(tr("It is not on this computer yet, and this program fetches nothing by itself.<br>%1<br>From: <a "
                     "href=\"%2\">%2</a><br>There: %3")
                      .arg(QString::fromStdString(set.steps).toHtmlEscaped(),
                           QString::fromStdString(set.page).toHtmlEscaped(), place.toHtmlEscaped()));
}

void SourceForm::onChosen() {
  showRows();
  if (const auto wanted = source()) emit chosen(*wanted);
}

void SourceForm::choosePlace(const QString& place) {
  place_ = place.toStdString();
  form_->set(generators().size() + knownSets().size(), {});
  onChosen();
}

void SourceForm::askForPlace(bool folder) {
  const QString key = QStringLiteral("datasetFolder");
  auto* dialog =
      new QFileDialog(this, folder ? tr("Open a folder of data") : tr("Open data"), QSettings().value(key).toString(),
                      tr("Data (*.csv *.tsv *.txt *.data *.gz *.bin *ubyte *.idx);;All files (*)"));
  dialog->setObjectName(QStringLiteral("datasetDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [this, key](const QString& place) {
    QSettings().setValue(key, QFileInfo(place).absolutePath());
    choosePlace(place);
  });
  dialog->open();
}

}  // namespace plexarium::ui
