#pragma once

#include <QWidget>
#include <filesystem>
#include <optional>
#include <string>

#include "core/data/source.h"

class QLabel;

namespace plexarium::ui {

class ChoiceForm;

/// Where data comes from: one of the generators with its settings, a set that people fetch from the internet, or a file or
/// folder. Opens nothing. GUI thread.
class SourceForm : public QWidget {
  Q_OBJECT

 public:
  /// Sets from the internet are looked for in `folder`.
  explicit SourceForm(std::filesystem::path folder, QWidget* parent = nullptr);

  /// What is chosen; nothing where that is no source yet.
  [[nodiscard]] std::optional<DataSource> source() const;
  /// Shows it; does not emit. An error where there is no such generator or setting.
  Result<void> setSource(const DataSource& source);
  /// A person chose a file or folder; ends with chosen().
  void choosePlace(const QString& place);

 signals:
  void chosen(const plexarium::DataSource& source);

 private:
  void makeFileRow();
  void askForPlace(bool folder);
  void showRows();
  void onChosen();
  [[nodiscard]] bool isFile() const;

  std::filesystem::path folder_;
  std::string place_;  ///< File or folder; empty: none yet.
  ChoiceForm* form_;
  QWidget* fileRow_;
  QLabel* file_;
  QWidget* fetchRow_;
  QLabel* fetch_;
};

}  // namespace plexarium::ui
