import SQLiteStore
import TextFormats

/// Finds messages by what people call them.
public struct MessageFinder {
  private let database: Database

  /// Finds the messages of a database.
  public init(_ database: Database) { self.database = database }

  /// The message with this id.
  public func find(id: String) throws -> Message? { try messages("id = ?", [.text(id)]).first }

  /// The message with this id, which is known to be there.
  public func stored(id: String) throws -> Message {
    guard let message = try find(id: id) else { throw CareError.gone("message", id) }
    return message
  }

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
    throw CareError.missing("message", reference, names: try titles())
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

  private func titles() throws -> [String] {
    try database.all("SELECT DISTINCT title FROM messages ORDER BY title") { $0.string(0) }
  }

  /// The messages whose id begins or ends so; none where that is no part of an id.
  private func messages(idPart part: String) throws -> [Message] {
    try IDPart(part).map { try messages("\(IDPart.condition) ORDER BY id", [.text($0.text)]) } ?? []
  }

  private func messages(_ condition: String, _ arguments: [SQLValue]) throws -> [Message] {
    try database.all("SELECT \(Message.columns) FROM messages WHERE \(condition)", arguments) {
      Message(row: $0)
    }
  }
}
