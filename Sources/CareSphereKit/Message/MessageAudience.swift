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
      audience.expression = audience.expression.map { Self.replacing(text, in: $0) }
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

  /// - Parameter part: replaced where it stands for itself, not within a longer value.
  private static func replacing(_ part: String, in text: String) -> String {
    func small(_ text: String) -> [UInt8] { text.utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 } }
    let (bytes, folded, wanted) = (Array(text.utf8), small(text), small(part))
    var result: [UInt8] = []
    var next = 0
    while next < bytes.count {
      let rest = folded[next...]
      let isAlone =
        !(result.last.map(isPartOfValue) ?? false)
        && !(rest.dropFirst(wanted.count).first.map(isPartOfValue) ?? false)
      if !wanted.isEmpty, isAlone, rest.starts(with: wanted) {
        result += Array("erased".utf8)
        next += wanted.count
      } else {
        result.append(bytes[next])
        next += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether a byte goes on with a word of an expression.
  private static func isPartOfValue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
      true
    default: "_.-+@".utf8.contains(byte)
    }
  }
}
