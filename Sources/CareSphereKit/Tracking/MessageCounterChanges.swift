import SQLiteStore

/// How the counters of messages change while the states of their recipients do, so that a message of a million
/// recipients is not counted anew for each thousand of events.
struct MessageCounterChanges {
  /// The counters, in the order of `MessageCounters.columns`.
  private typealias Counts = SIMD16<Int>

  private var changes: [String: Counts] = [:]

  /// Takes in that a recipient was one way and is now another.
  mutating func add(from before: RecipientState, to after: RecipientState) {
    let difference = Self.counts(after) &- Self.counts(before)
    if difference == Counts() { return }
    changes[after.messageID, default: Counts()] &+= difference
  }

  /// Writes the changes, and forgets them. A message of which nobody waits any more is sent, or has failed where
  /// nobody got it.
  mutating func write(to database: Database) throws {
    let columns = MessageCounters.columns
    let assignments = columns.map { "\($0) = \($0) + ?" }.joined(separator: ", ")
    for (message, counts) in changes {
      let arguments = columns.indices.map { SQLValue.int(counts[$0]) }
      try database.execute("UPDATE messages SET \(assignments) WHERE id = ?", arguments + [.text(message)])
      try database.execute(
        """
        UPDATE messages SET status = \(MessageCounters.endStatus)
        WHERE id = ? AND status IN ('sending', 'failed') AND pending_count = 0
        """, [.text(message)])
    }
    changes = [:]
  }

  private static func counts(_ state: RecipientState) -> Counts {
    var counts = Counts()
    func count(_ place: Int, _ isCounted: Bool) { counts[place] = isCounted ? 1 : 0 }
    count(0, state.status != .skipped)
    count(1, state.status == .skipped)
    count(2, state.status == .pending)
    count(3, state.status == .held)
    count(4, state.sentAt != nil)
    count(5, state.deliveredAt != nil)
    count(6, state.openedAt != nil)
    count(7, state.clickedAt != nil)
    count(8, state.status == .failed)
    return counts
  }
}
