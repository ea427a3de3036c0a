import TextFormats

/// The events that the changes of `MemberStore` amount to.
struct MemberEvents {
  let events: RuleEvents

  /// Somebody new, with the tags that they have from the start.
  func added(_ member: String, tags: [String]) throws {
    try events.emit(.memberCreated, member: member)
    for tag in tags { try tagged(member, tag) }
  }

  /// Other values of a member.
  /// - Parameter before: the member without the change.
  func changed(_ before: Member, by change: MemberChange) throws {
    guard change.touchesRow else { return }
    let values = Dictionary(change.values.map { (MemberField.stored[$0.position], $0.value) }) { $1 }
    try events.emit(
      .memberUpdated, member: before.id, detail: JSONObject([("fields", .strings(fields(before, change)))]))
    if let status = values[.memberStatus] {
      try events.emit(
        .statusChanged, member: before.id,
        detail: JSONObject([("from", .optional(before[.memberStatus])), ("to", .optional(status))]))
    }
    if let tags = values[.tags], try events.isHeard(.tagAdded) {
      let known = Set(before.tags.map(CaseFolding.fold))
      for tag in Member.strings(tags) where !known.contains(CaseFolding.fold(tag)) {
        try tagged(before.id, tag)
      }
    }
  }

  /// A decision about a channel.
  func decided(_ member: String) throws {
    try events.emit(
      .memberUpdated, member: member,
      detail: JSONObject([("fields", .strings([MemberField.optOuts.rawValue]))]))
  }

  func joined(_ member: String, group: String) throws {
    try events.emit(.groupJoined, member: member, detail: JSONObject([("group", .string(group))]))
  }

  func left(_ member: String, group: String) throws {
    try events.emit(.groupLeft, member: member, detail: JSONObject([("group", .string(group))]))
  }

  private func tagged(_ member: String, _ tag: String) throws {
    try events.emit(.tagAdded, member: member, detail: JSONObject([("tag", .string(tag))]))
  }

  /// The names of the fields that change; of custom fields also each that does.
  private func fields(_ before: Member, _ change: MemberChange) -> [String] {
    var names = change.values.map { MemberField.stored[$0.position].rawValue }
    if !change.optOuts.isEmpty || !change.optIns.isEmpty { names.append(MemberField.optOuts.rawValue) }
    if let custom = change.values.first(where: { MemberField.stored[$0.position] == .customFields }) {
      let (old, new) = (Self.object(before[.customFields]), Self.object(custom.value))
      names += Set(old.keys + new.keys).filter { old[$0] != new[$0] }.sorted().map { "custom.\($0)" }
    }
    return names
  }

  private static func object(_ text: String?) -> JSONObject {
    text.flatMap { JSONObject(parsing: $0) } ?? JSONObject()
  }
}
