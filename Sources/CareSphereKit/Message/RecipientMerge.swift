import SQLiteStore
import TextFormats

/// What was written to several who turn out to be one person. Call it within `Database.write`.
struct RecipientMerge {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// Moves what was written to `other`, and what is to be, to `keep`. Of one message that went to both, one recipient
  /// stays: whoever it has got furthest with, so that nobody gets it again; what became of the other is added.
  /// - Parameters:
  ///   - other: the id of a member who is about to go.
  ///   - keep: the id of the one who stays.
  func merge(_ other: String, into keep: String) throws {
    let counters = MessageCounters(database)
    try counters.leave(other)
    try counters.leave(keep)
    // Found by their recipients, because few events have an index by member.
    try database.execute(
      """
      UPDATE message_events SET member_id = ?
      WHERE recipient_id IN (SELECT id FROM message_recipients WHERE member_id = ?)
      """, [.text(keep), .text(other)])
    for pair in try pairs(other, keep) { try settle(pair) }
    try database.execute(
      "UPDATE message_recipients SET member_id = ? WHERE member_id = ?", [.text(keep), .text(other)])
    try counters.enter(keep)
    try MessageAudience(database).replace(other, by: keep)
  }

  /// Two recipients of one message.
  private struct Pair {
    var stays: Int
    var goes: Int
  }

  /// How far it has got: what was accepted, then what may have been, then what is still to be tried.
  private static func rank(_ status: RecipientStatus) -> Int {
    switch status {
    case .clicked: 7
    case .opened: 6
    case .delivered: 5
    case .sent: 4
    case .held: 3
    case .pending: 2
    case .failed: 1
    case .skipped: 0
    }
  }

  private func pairs(_ other: String, _ keep: String) throws -> [Pair] {
    var pairs: [Pair] = []
    try database.query(
      """
      SELECT o.row_id, o.status, o.sent_at, k.row_id, k.status, k.sent_at
      FROM message_recipients AS o JOIN message_recipients AS k ON k.message_id = o.message_id
      WHERE o.member_id = ? AND k.member_id = ?
      """, [.text(other), .text(keep)]
    ) { row in
      func rank(_ column: Int) -> Int {
        let rank = RecipientStatus(rawValue: row.string(column)).map(Self.rank) ?? 0
        // What bounced after it had been accepted was sent nevertheless.
        return row.isNull(column + 1) ? rank : max(rank, Self.rank(.sent))
      }
      let (others, ours) = (row.integer(0), row.integer(3))
      pairs.append(rank(1) > rank(4) ? Pair(stays: others, goes: ours) : Pair(stays: ours, goes: others))
    }
    return pairs
  }

  private func settle(_ pair: Pair) throws {
    let times = ["sent_at", "delivered_at", "opened_at", "clicked_at"].map {
      "\($0) = coalesce(min(stays.\($0), goes.\($0)), stays.\($0), goes.\($0))"
    }.joined(separator: ", ")
    try database.execute(
      """
      UPDATE message_recipients AS stays SET \(times)
      FROM message_recipients AS goes WHERE stays.row_id = ? AND goes.row_id = ?
      """, [.int(pair.stays), .int(pair.goes)])
    try database.execute(
      """
      UPDATE OR IGNORE message_events SET recipient_id = (SELECT id FROM message_recipients WHERE row_id = ?)
      WHERE recipient_id = (SELECT id FROM message_recipients WHERE row_id = ?)
      """, [.int(pair.stays), .int(pair.goes)])
    try database.execute("DELETE FROM message_recipients WHERE row_id = ?", [.int(pair.goes)])
  }
}
