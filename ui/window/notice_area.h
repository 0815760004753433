#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <utility>
#include <vector>

namespace plexarium::ui {

/// Messages that float over the top of another widget and never stand in the way: no modality, no focus taken. GUI thread.
class NoticeArea : public QWidget {
  Q_OBJECT

 public:
  /// Lies over `host`, which becomes its parent.
  explicit NoticeArea(QWidget* host);

  struct Button {
    QString text;
    std::function<void()> pressed;  ///< Then the notice closes.
  };
  /// Shows `text` for `seconds` (0: until closed). A notice that is shown already only starts its time anew.
  void say(const QString& text, bool urgent, int seconds, const std::vector<Button>& buttons = {});
  /// The texts shown now, oldest first.
  [[nodiscard]] QStringList texts() const;

 protected:
  bool eventFilter(QObject* host, QEvent* event) override;

 private:
  void place();
};

}  // namespace plexarium::ui
