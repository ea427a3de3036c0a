import SQLiteStore
import TextFormats

/// A note about a member.
public struct Note: Equatable, Sendable {
  /// `member_notes.id`.
  public var id: String
  /// Whom it is about; after a merge, whoever stayed.
  public var memberID: String
  /// Any text that is not empty, to the letter.
  public var note: String
  /// What it is about, in the organization's own words.
  public var type: String?
  /// Whether only its author and admins may read it.
  public var isPrivate: Bool
  /// Nil where the author is no user any more.
  public var author: Author?
  /// `YYYY-MM-DDTHH:MM:SSZ`: when it was written.
  public var createdAt: String

  /// Who wrote something, as lists show it.
  public struct Author: Equatable, Sendable {
    /// The user's; of a service token, its maker's.
    public var id: String
    /// The display name, else the full one.
    public var name: String

    /// Whoever wrote a note.
    public init(id: String, name: String) {
      self.id = id
      self.name = name
    }

    /// `{"id","name"}`.
    public var json: JSONValue { ["id": .string(id), "name": .string(name)] }
  }

  /// The note in the API design's names.
  public var json: JSONObject {
    JSONObject([
      ("id", .string(id)), ("memberId", .string(memberID)), ("note", .string(note)),
      ("noteType", .optional(type)), ("isPrivate", .bool(isPrivate)), ("createdBy", author?.json ?? .null),
      ("createdAt", .string(createdAt)),
    ])
  }
}

/// Notes about members. Private ones reach their author and admins only.
public struct NoteStore {
  private let database: Database

  /// The notes that a database has.
  public init(_ database: Database) { self.database = database }

  /// The notes about a member that a reader may see, newest first.
  public func notes(of member: String, for reader: Actor) throws -> [Note] {
    var notes: [Note] = []
    try database.query(
      """
      SELECT n.id, n.note, n.note_type, n.is_private, n.created_by, n.created_at,
        \(User.shownName(in: "u"))
      FROM member_notes AS n LEFT JOIN users AS u ON u.id = n.created_by
      WHERE n.member_id = ? ORDER BY n.created_at DESC, n.id DESC
      """, [.text(member)]
    ) { row in
      let authorID = row.text(4)
      let isPrivate = row.bool(3)
      guard !isPrivate || reader.mayReadPrivateNote(by: authorID) else { return }
      notes.append(
        Note(
          id: row.string(0), memberID: member, note: row.string(1), type: row.text(2), isPrivate: isPrivate,
          author: authorID.map { .init(id: $0, name: row.string(6)) }, createdAt: row.string(5)))
    }
    return notes
  }

  /// Adds a note, with its audit entry, which tells nothing of what a private one says. Call it within
  /// `Database.write`.
  /// - Parameters:
  ///   - text: any text that is not empty.
  ///   - type: at most 50 characters.
  ///   - author: who writes it.
  /// - Throws: `CareError(.validation)` with every value that is wrong.
  public func add(
    _ text: String, type: String?, isPrivate: Bool, to member: Member, by author: Actor,
    ids: UUIDv7Generator, provenance: Provenance
  ) throws -> Note {
    let (text, type) = try Self.checked(text, type)
    let note = Note(
      id: ids.next(), memberID: member.id, note: text, type: type, isPrivate: isPrivate,
      author: .init(id: author.id, name: author.name), createdAt: provenance.at)
    try insert(note, authorID: author.id)
    var after = note.json
    for key in ["id", "createdBy", "createdAt"] { after[key] = nil }
    if isPrivate {
      after["note"] = nil
      after["noteType"] = nil
    }
    try AuditLog(database, ids: ids, provenance: provenance)
      .append(entity: "note", id: note.id, after: after)
    return note
  }

  /// Stores a note as it is.
  func insert(_ note: Note, authorID: String?) throws {
    try database.execute(
      """
      INSERT INTO member_notes (id, member_id, note, note_type, is_private, created_by, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(note.id), .text(note.memberID), .text(note.note), .optional(note.type), .bool(note.isPrivate),
        .optional(authorID), .text(note.createdAt), .text(note.createdAt),
      ])
  }

  private static func checked(_ text: String, _ type: String?) throws -> (String, String?) {
    let values = MemberValues(clock: Clock(zone: .utc))
    var problems: [CareError.FieldProblem] = []
    var kind: String?
    do throws(ValueProblem) {
      if try values.notes(text) == nil || MemberValues.trimmed(text).isEmpty {
        problems.append(.init("note", "is empty"))
      }
    } catch { problems.append(.init("note", error.reason)) }
    do throws(ValueProblem) {
      kind = try type.flatMap { raw throws(ValueProblem) in try values.line(raw, limit: 50) }
    } catch {
      problems.append(.init("noteType", error.reason))
    }
    guard problems.isEmpty else {
      throw CareError(.validation, "the note cannot be kept", details: .fields(problems))
    }
    return (text, kind)
  }
}
