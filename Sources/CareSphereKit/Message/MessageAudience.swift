import SQLiteStore
import TextFormats

/// The members whom messages name as recipients, by themselves. Call it within `Database.write`.
struct MessageAudience {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// Names another member, or nobody, where `member` is named.
  /// - Parameter other: an id; nil where the member is to be forgotten.
  func replace(_ member: String, by other: String?) throws {
    try change("instr(audience, ?) > 0", member) { audience in
      var seen: Set<String> = []
      audience.members = audience.members.compactMap { $0 == member ? other : $0 }
        .filter { seen.insert($0).inserted }
    }
  }

  /// Puts the word `erased` in the place of an address, or of an id, in expressions, whatever its letter case.
  func forget(_ text: String) throws {
    try change("instr(lower(audience), lower(?)) > 0", text) { audience in
      audience.expression = audience.expression.map { ErasedWord.replacing(text, in: $0) }
    }
  }

  private func change(
    _ condition: String, _ argument: String, _ body: (inout Audience) -> Void
  ) throws {
    var changed: [(message: String, audience: Audience)] = []
    try database.query("SELECT id, audience FROM messages WHERE \(condition)", [.text(argument)]) { row in
      let before = Audience(json: row.string(1))
      var after = before
      body(&after)
      if after != before { changed.append((row.string(0), after)) }
    }
    for (message, audience) in changed {
      try database.execute(
        "UPDATE messages SET audience = ? WHERE id = ?",
        [.text(JSONWriter.string(.object(audience.json))), .text(message)])
    }
  }
}
