#pragma once

#include <QDialog>
#include <QThreadPool>
#include <atomic>

#include "core/dynamics/registry.h"

class QLabel;
class QListWidget;
class QListWidgetItem;

namespace plexarium::ui {

/// The models that come with the program, each with its picture and what to look at. Pictures are drawn on a worker thread
/// and appear as they are ready. Enter or a double click opens. GUI thread.
class GalleryDialog : public QDialog {
  Q_OBJECT

 public:
  /// `registry` must outlive the dialog.
  GalleryDialog(const Registry& registry, bool dark, QWidget* parent);
  ~GalleryDialog() override;

 signals:
  void chosen(const QString& file);

 private:
  void addEntries(const Registry& registry, bool dark);
  void showEntry(const QListWidgetItem* item);
  void choose(const QListWidgetItem* item);

  QListWidget* list_;
  QLabel* name_;
  QLabel* description_;
  std::atomic<bool> closing_ = false;
  QThreadPool worker_;
};

}  // namespace plexarium::ui
