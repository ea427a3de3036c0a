import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere user token`.
enum UserToken {
  static let command = Command(
    CommandSpec(
      name: "token",
      abstract: "Make a service token for a program such as cron",
      discussion: """
        The token is printed this once; only a digest of it is kept. Put it into a file of mode 0600 and name \
        that with --token-file or CARESPHERE_TOKEN_FILE. It ends when its time is over, when it is revoked, \
        and when the admin who made it is suspended or deleted; its role is never above theirs.
        """,
      arguments: [ArgumentSpec("NAME", "What it is listed and revoked by")],
      options: [
        OptionSpec(
          "role", "R", "What it may be used for", value: .choice(Role.allCases.map(\.rawValue)),
          isRequired: true),
        OptionSpec("expires-in", "TIME", "How long it is good: 90d, 12h", isRequired: true),
      ],
      examples: [
        .init(
          "caresphere user token cron --role moderator --expires-in 90d --fields token -o cron.token",
          "Writes the token to a file of mode 0600.")
      ]),
    access: .atLeast(.admin), run: run)

  private static let columns = [Column("name"), Column("role"), Column("token"), Column("expiresAt")]

  private static func run(_ context: Context) throws {
    let text = context.parsed.value("expires-in") ?? ""
    guard let lifetime = DurationText.seconds(text) else {
      throw CareError(
        .validation, "the token cannot be made",
        details: .fields([.init("expires-in", "must be a time such as 90d or 12h")]))
    }
    try context.output.check(columns: columns)
    let (token, record) = try context.write { database in
      let made = try ServiceTokenStore(database, now: context.now).make(
        context.parsed.argument("NAME") ?? "",
        role: context.parsed.value("role").flatMap { Role(rawValue: $0) } ?? .member, lifetime: lifetime,
        by: try context.actor())
      try AuditLog(database, ids: context.ids, provenance: try context.provenance())
        .append(entity: "token", id: made.record.name, after: made.record.json)
      return made
    }
    try context.output.emit(
      record: JSONObject([
        ("name", .string(record.name)), ("role", .string(record.role.rawValue)), ("token", .string(token)),
        ("expiresAt", .string(record.expiresAt.description)),
      ]), columns: columns)
  }
}
