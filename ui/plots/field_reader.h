#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <memory>
#include <span>

#include "ui/bridge/session_bridge.h"

namespace plexarium::ui {

/// One field of all neurons or of all links at one tick.
struct FieldLook {
  bool ofLinks = false;
  std::size_t field = 0;
  Tick tick = 0;
  std::uint64_t editRevision = 0;
  std::span<const NeuronId> ids;             ///< By row.
  std::span<const std::uint32_t> firstLink;  ///< As in Graph.
  std::span<const std::uint32_t> targets;    ///< Likewise.
  const Column* values = nullptr;            ///< By row, or by link row.
  std::shared_ptr<const void> keeper;        ///< Of what the spans and the column point into.
};

/// Gets whole columns of a living network. Snapshots carry those that only edits change; the others come by a capture, which
/// costs a copy of the network, so that one is only asked for when somebody wants it, never two at a time, and seldom where
/// it takes long. GUI thread.
class FieldReader : public QObject {
  Q_OBJECT

 public:
  /// `bridge` must outlive the reader.
  explicit FieldReader(SessionBridge& bridge, QObject* parent = nullptr);

  /// Ends with looked(), or with nothing where that is what look() holds already or the last answer is not there yet: ask
  /// again with a later frame.
  void ask(bool ofLinks, std::size_t field);
  /// The newest look; null before the first.
  [[nodiscard]] const FieldLook* look() const { return look_ ? &*look_ : nullptr; }
  /// The network has moved on since.
  [[nodiscard]] bool outdated() const;

 signals:
  void looked();
  void refused(const QString& message);

 private:
  void fromSnapshot(bool ofLinks, std::size_t field);
  void fromCapture(bool ofLinks, std::size_t field);
  void forget();

  SessionBridge& bridge_;
  std::optional<FieldLook> look_;
  bool busy_ = false;
  QElapsedTimer sinceAsked_;
  qint64 rest_ = 0;  ///< Milliseconds from one capture's request to the next.
};

}  // namespace plexarium::ui
