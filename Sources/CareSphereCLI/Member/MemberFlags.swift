import CareSphereKit
import CommandLineKit

/// The flags that say what is to be stored of a person: of `member add` and `member update`.
enum MemberFlags {
  private static let fields: [(option: OptionSpec, field: MemberField)] = [
    (OptionSpec("first-name", "NAME", "First name"), .firstName),
    (OptionSpec("last-name", "NAME", "Last name"), .lastName),
    (OptionSpec("email", "ADDRESS", "E-mail address"), .email),
    (OptionSpec("phone", "NUMBER", "Phone number, kept as it is written"), .phone),
    (OptionSpec("date-of-birth", "DATE", "YYYY-MM-DD, or --MM-DD without the year"), .dateOfBirth),
    (
      OptionSpec("gender", "GENDER", "Gender", value: .choice(Gender.allCases.map(\.rawValue))), .gender
    ),
    (OptionSpec("address", "TEXT", "Street and number"), .address),
    (OptionSpec("city", "CITY", "City"), .city),
    (OptionSpec("state", "STATE", "State or region"), .state),
    (OptionSpec("zip-code", "CODE", "Postcode"), .zipCode),
    (OptionSpec("country", "COUNTRY", "Country"), .country),
    (
      OptionSpec(
        "status", "STATUS", "Status; that of new people is active by default",
        value: .choice(MemberStatus.allCases.map(\.rawValue))
      ),
      .memberStatus
    ),
    (OptionSpec("membership-type", "TYPE", "Kind of membership"), .membershipType),
    (OptionSpec("join-date", "DATE", "When they joined, YYYY-MM-DD"), .joinDate),
    (OptionSpec("photo-url", "URL", "Where their picture is"), .photoUrl),
    (OptionSpec("notes", "TEXT", "Notes that everybody who logs in may read"), .notes),
    (OptionSpec("external-id", "ID", "Their id in another system"), .externalId),
    (OptionSpec("tag", "TAG", "A tag", repeats: true), .tags),
    (OptionSpec("group", "GROUP", "A group to put them in", value: .name("group"), repeats: true), .groups),
  ]

  static let specs: [OptionSpec] =
    fields.map(\.option) + [
      OptionSpec("custom", "NAME=VALUE", "A field of your own", repeats: true), RequestBody.option,
    ]

  /// What was typed, unchecked.
  static func input(_ context: Context) throws -> MemberInput {
    let parsed = context.parsed
    let given = fields.flatMap { option, field in parsed.values(option.name).map { (field, $0) } }
    return MemberInput(
      flags: given.map { (field: $0.0, value: $0.1) }, custom: parsed.values("custom"),
      clear: parsed.values("clear"), body: try RequestBody.read(context))
  }

  /// The groups that a draft names, by reference.
  static func groups(of draft: MemberDraft, _ context: Context) throws -> [String] {
    let finder = GroupFinder(try context.database())
    return try (draft.groups ?? []).map { reference in
      let group = try finder.resolve(reference)
      try group.checkTakesAssignments()
      return group.id
    }
  }
}
