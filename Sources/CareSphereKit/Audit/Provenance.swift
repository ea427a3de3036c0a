import SQLiteStore
import TextFormats

/// Who makes a change, when and by which command: what every change is stored and audited with.
public struct Provenance: Sendable {
  /// The user's id; nil where nobody is logged in yet.
  public var actorID: String?
  /// How the user is called in the audit log.
  public var actor: String
  /// The command as it is typed, without its arguments: `member import`.
  public var command: String
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  public var at: String

  /// - Parameter at: the real time.
  public init(actorID: String?, actor: String, command: String, at: Timestamp) {
    self.actorID = actorID
    self.actor = actor
    self.command = command
    self.at = at.description
  }
}

/// What is kept about changes: who changed what, before and after.
public struct AuditLog {
  let database: Database
  let ids: UUIDv7Generator
  let provenance: Provenance

  /// - Parameters:
  ///   - ids: gives the ids of entries.
  ///   - provenance: what each entry says of who made the change, how and when.
  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
  }

  /// Adds an entry, in the transaction of the change itself.
  /// - Parameters:
  ///   - entity: the kind of thing that changed: `member`, `group`, `import`.
  ///   - id: which one; nil for a change to many, told of as one.
  ///   - before: the changed fields as they were; nil for what is new.
  ///   - after: the changed fields as they are now; nil for what is gone.
  public func append(
    entity: String, id: String?, before: JSONObject? = nil, after: JSONObject? = nil
  ) throws {
    try database.execute(
      """
      INSERT INTO audit_log (id, at, actor_id, actor, command, entity, entity_id, before, after)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(ids.next()), .text(provenance.at), .optional(provenance.actorID), .text(provenance.actor),
        .text(provenance.command), .text(entity), .optional(id), .optional(before.map(Self.text)),
        .optional(after.map(Self.text)),
      ])
  }

  private static func text(_ object: JSONObject) -> String { JSONWriter.string(.object(object)) }
}
