import SQLiteStore
import TextFormats

/// Does what actions do to people, but for messages. Call it within `Database.write`, each effect within a savepoint.
final class RuleEffects {
  private let database: Database
  private let ids: UUIDv7Generator
  private let actor: Actor
  private let provenance: Provenance
  private let clock: Clock
  private let texts: RuleTexts
  private let audit: AuditLog
  /// By how many effects have led to what they do.
  private var stores: [Int: MemberStore] = [:]

  /// - Parameters:
  ///   - actor: whose the notes are.
  ///   - provenance: who runs the rules, and when that is recorded.
  ///   - clock: its effective time is when what the effects lead to happens, as far as rules are concerned.
  init(
    _ database: Database, ids: UUIDv7Generator, actor: Actor, provenance: Provenance,
    configuration: Configuration, clock: Clock
  ) {
    self.database = database
    self.ids = ids
    self.actor = actor
    self.provenance = provenance
    self.clock = clock
    texts = RuleTexts(database, organization: configuration.organization, clock: clock)
    audit = AuditLog(database, ids: ids, provenance: provenance)
  }

  /// Forgets what is known of the database. Call it at the beginning of a transaction.
  func refresh() { stores = [:] }

  /// Does what an action says.
  /// - Parameters:
  ///   - member: for whom; nil for the staff.
  ///   - depth: how many effects have led to it.
  /// - Returns: what the log tells of it
  /// - Throws: `CareError`: `.notFound` for a target that is gone, `.validation` for a wrong value, others
  func perform(_ action: RuleAction, of rule: Rule, for member: Member?, depth: Int) throws -> JSONObject {
    if case .notifyUser(let user, let note) = action {
      return try notify(user, try texts.fill(note, for: member), rule, about: member)
    }
    guard let member else { throw CareError(.internalError, "nobody is named for \(rule.name)") }
    let events = RuleEvents(database, at: clock.effective.description, depth: depth + 1)
    switch action {
    case .addTag(let tag):
      var draft = MemberDraft()
      draft.tags = [tag]
      return try apply(MemberChange(draft, of: member, tags: .add), to: member, depth)
    case .removeTag(let tag):
      var draft = MemberDraft()
      let key = CaseFolding.fold(tag)
      draft.tags = member.tags.filter { CaseFolding.fold($0) != key }
      return try apply(MemberChange(draft, of: member, tags: .replace), to: member, depth)
    case .addToGroup(let id):
      let count = try membership(id, events).assign([member])
      return JSONObject([("groupId", .string(id)), ("changed", .bool(count > 0))])
    case .removeFromGroup(let id):
      let count = try membership(id, events).remove([member])
      return JSONObject([("groupId", .string(id)), ("changed", .bool(count > 0))])
    case .updateMember(let update):
      let draft = try update.draft(values: MemberValues(clock: clock)) { try texts.fill($0, for: member) }
      return try apply(MemberChange(draft, of: member, tags: .replace), to: member, depth)
    case .addNote(let text, let type):
      let note = try NoteStore(database).add(
        try texts.fill(text, for: member), type: type, isPrivate: false, to: member, by: actor, ids: ids,
        provenance: provenance)
      return JSONObject([("noteId", .string(note.id))])
    case .sendMessage, .notifyUser: throw CareError(.internalError, "messages are sent together")
    }
  }

  private func apply(_ change: MemberChange, to member: Member, _ depth: Int) throws -> JSONObject {
    let fields = change.changedFields.map(\.rawValue)
    if !change.isEmpty {
      let after = try store(depth).apply(change, to: member)
      try audit.append(
        entity: "member", id: member.id, before: change.fields(of: member), after: change.fields(of: after))
    }
    return JSONObject([("changed", .strings(fields))])
  }

  private func store(_ depth: Int) throws -> MemberStore {
    if let store = stores[depth] { return store }
    let events = RuleEvents(database, at: clock.effective.description, depth: depth + 1)
    let store = try MemberStore(database, ids: ids, provenance: provenance, events: events)
    stores[depth] = store
    return store
  }

  private func membership(_ id: String, _ events: RuleEvents) throws -> GroupMembership {
    guard let group = try GroupFinder(database).find(id: id) else {
      throw CareError(.notFound, "the group \(id) has been deleted")
    }
    return try GroupMembership(database, group: group, ids: ids, provenance: provenance, events: events)
  }

  private func notify(
    _ user: String, _ note: String, _ rule: Rule, about member: Member?
  ) throws -> JSONObject {
    guard try database.exists("SELECT 1 FROM users WHERE id = ?", [.text(user)]) else {
      throw CareError(.notFound, "the user \(user) has been deleted")
    }
    let id = try UserNotificationStore(database).append(
      to: user, from: rule, about: member?.id, note: note, at: provenance.at, ids: ids)
    return JSONObject([("notificationId", .string(id)), ("userId", .string(user))])
  }
}
