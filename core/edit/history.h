#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "core/edit/edit.h"

namespace plexarium {

/// What people did to a network, backwards and forwards: lists of inverse edits.
///
/// Every edit goes to two networks: the living one, where it must fit (strict) and where the network's own life goes on
/// around it, and the one of the beginning of the run, which gets the same tolerantly. Going back to the beginning therefore
/// keeps the person's edits, and undo and redo stay right for both.
///
/// Bounded by memory, not by the number of entries: the oldest are forgotten first; the newest is always kept.
/// Any thread that owns both networks.
class History {
 public:
  /// One of the two networks.
  using Side = EditSite;
  struct Done {
    Edited living;
    Edited start;
    std::vector<NeuronId> added;  ///< Living ids of new neurons, in the order of the tables.
  };

  /// One entry of either list: the edits that take it to the other. Immutable.
  struct Entry {
    Edit living;
    Edit start;
    std::size_t bytes = 0;
  };
  /// Both lists, to come back to them later. Copies share the entries.
  struct State {
    std::deque<std::shared_ptr<const Entry>> undo;
    std::deque<std::shared_ptr<const Entry>> redo;
    std::size_t bytes = 0;
    std::string mergeKey;  ///< Of the newest undo entry while it may still take in another edit.
  };

  static constexpr std::size_t defaultLimit = std::size_t{256} << 20;

  /// Keeps a reference to `description`. `limit` in bytes.
  explicit History(const Description& description, std::size_t limit = defaultLimit);

  /// A person's edit. On an error both networks and both lists are as before.
  Result<Done> apply(const Edit& edit, Side living, Side start);
  /// An error where there is nothing to undo.
  Result<Done> undo(Side living, Side start);
  Result<Done> redo(Side living, Side start);

  [[nodiscard]] const State& state() const { return state_; }
  /// `state` must stem from a history of the same network at the moment that the network is restored to.
  void restore(State state) { state_ = std::move(state); }

  /// The living network was replaced by a copy of the one of the beginning: from now on both lists fit that one.
  void returnToStart();

  [[nodiscard]] std::size_t undoCount() const { return state_.undo.size(); }
  [[nodiscard]] std::size_t redoCount() const { return state_.redo.size(); }
  /// Label of what undo would take back; empty where there is nothing.
  [[nodiscard]] const std::string& undoLabel() const;
  [[nodiscard]] const std::string& redoLabel() const;
  /// Roughly what both lists occupy.
  [[nodiscard]] std::size_t bytes() const { return state_.bytes; }

 private:
  using List = std::deque<std::shared_ptr<const Entry>>;
  Result<Done> travel(List& from, List& to, Side living, Side start, const char* nothing);
  void push(List& list, Edit living, Edit start);
  void forgetOldest();

  const Description& description_;
  std::size_t limit_;
  State state_;
};

}  // namespace plexarium
