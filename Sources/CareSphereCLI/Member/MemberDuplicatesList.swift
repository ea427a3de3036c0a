import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member duplicates`.
enum MemberDuplicatesList {
  static let command = Command(
    CommandSpec(
      name: "duplicates",
      abstract: "List people who may be there twice",
      discussion: """
        Lists the sets of people who share an e-mail address, a phone number, or name and date of birth. \
        Families share addresses and phones, so it is for you to see who is the same: member merge makes one \
        person of them. JSON has one object a set, the other formats one line a person.
        """,
      options: [
        OptionSpec(
          "by", "KEY,…", "What to go by: email, phone, name+birthday; all of them by default",
          value: .choices(MemberDuplicates.Key.allCases.map(\.rawValue)))
      ],
      examples: [
        .init("caresphere member duplicates", "Everybody who may be there twice."),
        .init("caresphere member duplicates --by name+birthday --json", "The surest ones, for a script."),
      ]),
    access: .atLeast(.member), run: run)

  /// The fields of a person in a set.
  private static let fields: [MemberField] = [
    .id, .externalId, .firstName, .lastName, .email, .phone, .dateOfBirth, .city, .memberStatus, .createdAt,
  ]

  private static func run(_ context: Context) throws {
    let chosen = context.parsed.list("by")
    let keys = MemberDuplicates.Key.allCases.filter { chosen.isEmpty || chosen.contains($0.rawValue) }
    let database = try context.database()
    let duplicates = MemberDuplicates(database)
    try database.read {
      switch context.output.format {
      case .json, .jsonl, .count:
        try context.output.emit(
          list: "duplicates", columns: [Column("by"), Column("members", .json)],
          count: { try duplicates.count(keys) },
          rows: { writer in
            try duplicates.find(keys) { key, members in
              let records = members.map { JSONValue.object(record($0)) }
              try writer.write(
                JSONObject([("by", .string(key.rawValue)), ("members", .array(records))]))
            }
          })
      default:
        try context.output.emit(list: "duplicates", columns: columns) { writer in
          var set = 0
          try duplicates.find(keys) { key, members in
            set += 1
            for member in members {
              let place: [(String, JSONValue)] = [("set", .integer(set)), ("by", .string(key.rawValue))]
              try writer.write(JSONObject(place + record(member).members.map { ($0.key, $0.value) }))
            }
          }
        }
      }
    }
  }

  private static let columns =
    [Column("set", .integer), Column("by")]
    + fields.map { field in
      Column(
        field.rawValue, field == .id ? .id : .text,
        shownInTable: ![.externalId, .city, .createdAt].contains(field))
    }

  private static func record(_ member: Member) -> JSONObject {
    JSONObject(fields.map { ($0.rawValue, .optional(member[$0])) })
  }
}
