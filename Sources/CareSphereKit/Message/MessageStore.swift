import SQLiteStore
import TextFormats

/// Writes messages until they are sent, each change with its audit entry. Call it within `Database.write`.
public struct MessageStore {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let audit: AuditLog
  private let finder: MessageFinder

  /// - Parameters:
  ///   - ids: gives the ids of new messages.
  ///   - provenance: who makes the changes; its time becomes theirs.
  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    audit = AuditLog(database, ids: ids, provenance: provenance)
    finder = MessageFinder(database)
  }

  /// Adds a message.
  /// - Parameters:
  ///   - values: checked by `MessageInput`.
  ///   - status: `draft` or `scheduled`.
  /// - Throws: `CareError(.validation)` where it is scheduled and its texts use names that are not known.
  public func add(_ values: MessageValues, status: MessageStatus = .draft) throws -> Message {
    let id = ids.next()
    try database.execute(
      """
      INSERT INTO messages (title, subject, content, message_type, body_format, status, scheduled_for, expires_at,
        per_member, audience, settings, variables, template_id, is_automatic, updated_at, id, created_by, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      columns(values, status) + [.text(id), .optional(provenance.actorID), .text(provenance.at)])
    try audit.append(entity: "message", id: id, after: Self.json(values, status))
    return try reviewed(id)
  }

  /// Changes a message; values that stay the same are no change.
  /// - Parameter status: `draft` or `scheduled`.
  /// - Throws: `CareError(.conflict)` where it can't be changed any more; `.validation` as `add`.
  public func update(
    _ message: Message, to values: MessageValues, status: MessageStatus
  ) throws -> Message {
    try message.checkEditable("be changed")
    let (before, after) = AuditLog.changes(
      from: Self.json(message.values, message.status), to: Self.json(values, status))
    guard !after.isEmpty else { return message }
    try database.execute(
      """
      UPDATE messages SET title = ?, subject = ?, content = ?, message_type = ?, body_format = ?, status = ?,
        scheduled_for = ?, expires_at = ?, per_member = ?, audience = ?, settings = ?, variables = ?, template_id = ?,
        is_automatic = ?, updated_at = ?
      WHERE id = ?
      """, columns(values, status) + [.text(message.id)])
    try audit.append(entity: "message", id: message.id, before: before, after: after)
    return try reviewed(message.id)
  }

  /// Schedules a draft, or a scheduled message anew.
  /// - Parameters:
  ///   - time: as people type it.
  ///   - clock: its real time and zone.
  /// - Throws: `CareError`: `.validation` for what is no time or has passed, and as `update`
  public func schedule(_ message: Message, at time: String, clock: Clock) throws -> Message {
    try message.checkEditable("be scheduled")
    guard !time.isEmpty else { throw CareError(.validation, "no time is given", hint: TimeExpression.forms) }
    let input = try MessageInput(flags: [(.scheduledFor, .string(time)), (.status, "scheduled")])
    let (values, status) = try input.values(over: message, database, clock: clock)
    return try update(message, to: values, status: status)
  }

  /// Makes a scheduled message a draft again, one that could not be begun when its time came, and one that is queued
  /// while nobody has been written to yet.
  /// - Throws: `CareError(.conflict)` for a draft, and where delivery has begun.
  public func cancel(_ message: Message) throws -> Message {
    if message.status == .draft {
      throw CareError(.conflict, "“\(message.title)” is a draft: there is nothing to cancel")
    }
    if message.status == .sending {
      try withdraw(message)
    } else if !message.failedToBegin {
      try message.checkEditable("be cancelled")
    }
    try database.execute(
      "UPDATE messages SET status = 'draft', scheduled_for = NULL, updated_at = ? WHERE id = ?",
      [.text(provenance.at), .text(message.id)])
    let (before, after) = AuditLog.changes(
      from: JSONObject([
        ("status", .string(message.status.rawValue)),
        ("scheduledFor", .optional(message.values.scheduledFor)),
      ]), to: JSONObject([("status", "draft"), ("scheduledFor", nil)]))
    try audit.append(entity: "message", id: message.id, before: before, after: after)
    return try finder.stored(id: message.id)
  }

  /// Deletes a message with its recipients and events.
  /// - Parameter actor: what was sent can be deleted by admins alone.
  /// - Throws: `CareError`: `.conflict` while it is being sent, `.forbidden`
  public func delete(_ message: Message, by actor: Actor) throws {
    if message.status == .sending {
      throw CareError(
        .conflict, "“\(message.title)” is being sent to \(message.counts.pending) more recipients",
        hint: "while nobody has been written to yet, this helps first: caresphere message cancel MESSAGE")
    }
    guard message.status.isEditable || actor.role >= .admin else {
      throw CareError(
        .forbidden, "deleting a message that was sent needs the role admin; you are \(actor.role.rawValue)")
    }
    try database.execute("DELETE FROM messages WHERE id = ?", [.text(message.id)])
    try audit.append(entity: "message", id: message.id, before: Self.json(message.values, message.status))
  }

  /// Takes the recipients of a queued message away again, who are fixed anew when it is sent.
  private func withdraw(_ message: Message) throws {
    let hasBegun =
      try database.exists(
        """
        SELECT 1 FROM message_recipients WHERE message_id = ?
          AND (status NOT IN ('pending', 'skipped') OR first_attempt_at IS NOT NULL OR claimed_at IS NOT NULL) LIMIT 1
        """, [.text(message.id)]
      )
    if hasBegun {
      throw CareError(
        .conflict, "“\(message.title)” cannot be cancelled: its delivery has begun",
        hint: "see how far it is with: caresphere message show MESSAGE")
    }
    try database.execute("DELETE FROM message_recipients WHERE message_id = ?", [.text(message.id)])
    try database.execute(
      """
      UPDATE messages SET sent_at = NULL, partials = NULL, recipient_count = 0, skipped_count = 0, pending_count = 0,
        estimated_cost = NULL, currency = NULL
      WHERE id = ?
      """, [.text(message.id)])
    try database.execute(
      "UPDATE templates SET usage_count = max(usage_count - 1, 0) WHERE id = ?",
      [.optional(message.values.templateID)])
  }

  // MARK: Rows

  /// What `add` and `update` write, from the title to the time of the change.
  private func columns(_ values: MessageValues, _ status: MessageStatus) -> [SQLValue] {
    [
      .text(values.title), .optional(values.subject), .text(values.content), .text(values.type.rawValue),
      .text(values.bodyFormat.rawValue), .text(status.rawValue), .optional(values.scheduledFor),
      .optional(values.expiresAt), .bool(values.perMember),
      .text(JSONWriter.string(.object(values.audience.json))),
      .text(JSONWriter.string(.object(values.settings))),
      .text(JSONWriter.string(.strings(values.variables))), .optional(values.templateID),
      .bool(values.isAutomatic), .text(provenance.at),
    ]
  }

  private static func json(_ values: MessageValues, _ status: MessageStatus) -> JSONObject {
    var json = values.json
    json["status"] = .string(status.rawValue)
    return json
  }

  /// The stored message; of one that will be sent without anybody looking, the texts are checked now.
  private func reviewed(_ id: String) throws -> Message {
    let message = try finder.stored(id: id)
    if message.status == .scheduled { _ = try MessageReview(message, database) }
    return message
  }
}

extension MessageValues {
  /// The values in the names of the API design's request body.
  public var json: JSONObject {
    JSONObject([
      ("title", .string(title)), ("messageType", .string(type.rawValue)), ("subject", .optional(subject)),
      ("content", .string(content)), ("bodyFormat", .string(bodyFormat.rawValue)),
      ("scheduledFor", .optional(scheduledFor)), ("expiresAt", .optional(expiresAt)),
      ("perMember", .bool(perMember)), ("recipientGroupIds", .strings(audience.groups)),
      ("recipientMemberIds", .strings(audience.members)),
      ("recipientWhere", .optional(audience.expression)), ("recipientAll", .bool(audience.isEverybody)),
      ("templateId", .optional(templateID)), ("variables", .strings(variables)),
      ("settings", .object(settings)),
    ])
  }
}
