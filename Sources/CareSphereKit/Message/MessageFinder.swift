import SQLiteStore
import TextFormats

/// Finds messages by what people call them.
public struct MessageFinder {
  private let database: Database

  public init(_ database: Database) { self.database = database }

  /// The message with this id.
  public func find(id: String) throws -> Message? { try messages("id = ?", [.text(id)]).first }

  /// The message that a reference means: its id, its title whatever the letter case, or the unique beginning or
  /// end of its id, at least 4 characters.
  /// - Throws: `NOT_FOUND` with the nearest title; `CONFLICT` with the candidates where there are several, for
  ///   titles need not differ.
  public func resolve(_ reference: String) throws -> Message {
    if let message = try find(id: CaseFolding.fold(reference)) { return message }
    let titled = try ids(titled: reference)
    let candidates = try titled.isEmpty ? messages(idPart: reference) : titled.compactMap(find(id:))
    if let message = candidates.first, candidates.count == 1 { return message }
    guard candidates.isEmpty else {
      throw CareError(
        .conflict, "“\(reference)” could be any of \(candidates.count) messages",
        hint: titled.isEmpty ? "use more characters of the id" : "use the id of the one you mean",
        details: .fields(candidates.map { .init($0.id, "\($0.title), \($0.status.rawValue)") }))
    }
    throw try missing(reference)
  }

  /// The ids of the messages with this title, the oldest first. Titles are compared here, because SQLite
  /// folds the case of ASCII alone.
  private func ids(titled title: String) throws -> [String] {
    let key = CaseFolding.fold(Normalization.nfc(MemberValues.trimmed(title)))
    var ids: [String] = []
    try database.query("SELECT id, title FROM messages ORDER BY created_at, id") { row in
      if CaseFolding.fold(row.string(1)) == key { ids.append(row.string(0)) }
    }
    return ids
  }

  private func missing(_ reference: String) throws -> CareError {
    var titles: [String] = []
    try database.query("SELECT DISTINCT title FROM messages ORDER BY title") { titles.append($0.string(0)) }
    let nearest = EditDistance.nearest(to: reference, in: titles)
    return CareError(
      .notFound, "there is no message “\(reference)”",
      hint: nearest.map { "did you mean “\($0)”?" } ?? "the messages are listed by: caresphere message list")
  }

  /// The messages whose id begins or ends with `part`; none where it is too short or no part of one.
  private func messages(idPart part: String) throws -> [Message] {
    // Nothing but hexadecimal digits and dashes, so that no character of it is a wildcard of LIKE.
    let part = CaseFolding.fold(part)
    let isPart = part.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || $0 == 45 }
    guard isPart, part.utf8.count >= 4 else { return [] }
    return try messages("id LIKE ?1 || '%' OR id LIKE '%' || ?1 ORDER BY id", [.text(part)])
  }

  private func messages(_ condition: String, _ arguments: [SQLValue]) throws -> [Message] {
    var messages: [Message] = []
    try database.query("SELECT \(Message.columns) FROM messages WHERE \(condition)", arguments) {
      messages.append(Message(row: $0))
    }
    return messages
  }
}
