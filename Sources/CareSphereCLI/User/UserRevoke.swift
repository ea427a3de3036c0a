import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere user revoke`.
enum UserRevoke {
  static let command = Command(
    CommandSpec(
      name: "revoke",
      abstract: "End a service token",
      arguments: [ArgumentSpec("NAME", "The token's name")],
      examples: [.init("caresphere user revoke cron", "Ends the token at once.")]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    let columns = [Column("name"), Column("revoked", .boolean)]
    try context.output.check(columns: columns)
    let name = context.parsed.argument("NAME") ?? ""
    try context.write { database in
      try ServiceTokenStore(database, now: context.now).revoke(name)
      try AuditLog(database, ids: context.ids, provenance: try context.provenance())
        .append(entity: "token", id: name)
    }
    let record = JSONObject([("name", .string(name)), ("revoked", true)])
    try context.emitResult { try context.output.emit(record: record, columns: columns) }
  }
}
