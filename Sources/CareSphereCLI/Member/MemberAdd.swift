import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member add`.
enum MemberAdd {
  static let command = Command(spec, access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try MemberOutput.check(context)
    let values = MemberValues(clock: try context.clock())
    let draft = try MemberFlags.input(context).draft(for: .add, values: values)
    let provenance = try context.provenance()
    let record = try context.write { database in
      let store = try MemberStore(database, ids: context.ids, provenance: provenance)
      let id = try store.add(draft, groups: try MemberFlags.groups(of: draft, context))
      let member = try MemberFinder(database).find(id)
      try AuditLog(database, ids: context.ids, provenance: provenance)
        .append(
          entity: "member", id: id, after: try context.record(of: member).json(namesGroups: true).withoutEmpty
        )
      return try MemberOutput.record(of: member, context)
    }
    try context.emitResult { try MemberOutput.emit(record, context) }
  }

  private static let spec = CommandSpec(
    name: "add",
    abstract: "Add a person",
    discussion: """
      Adds one person and prints the new record. First and last name are needed. With --from-json the fields \
      come from a JSON object in the API design's names, and flags add what it leaves open.
      """,
    options: MemberFlags.specs,
    examples: [
      .init(
        "caresphere member add --first-name Ada --last-name Obi --email ada@example.org", "Add somebody."),
      .init(
        "caresphere member add --first-name Tunde --last-name Ade --date-of-birth --05-15 --tag choir",
        "A birthday without its year, and a tag."),
      .init("caresphere member add --from-json person.json", "Take the fields from a file."),
    ])
}

extension JSONObject {
  /// Without what says nothing: null, empty lists and objects.
  var withoutEmpty: JSONObject {
    JSONObject(
      members.compactMap { member in
        switch member.value {
        case .null, .array([]): nil
        case .object(let object) where object.isEmpty || object.members.allSatisfy { $0.value.isNothing }: nil
        default: (member.key, member.value)
        }
      })
  }
}

extension JSONValue {
  /// Whether it is null, or an object of nothing but nulls.
  var isNothing: Bool {
    switch self {
    case .null: true
    case .object(let object): object.members.allSatisfy { $0.value == .null }
    default: false
    }
  }
}
