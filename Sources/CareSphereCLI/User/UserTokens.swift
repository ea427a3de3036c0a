import CareSphereKit
import CommandLineKit

/// `caresphere user tokens`.
enum UserTokens {
  static let command = Command(
    CommandSpec(
      name: "tokens",
      abstract: "List the service tokens",
      discussion: "The last use is exact to the hour. The tokens themselves cannot be shown again.",
      examples: [.init("caresphere user tokens --json", "Lists them for another program.")]),
    access: .atLeast(.admin), run: run)

  private static let columns = [
    Column("name"), Column("role"), Column("createdBy"), Column("createdAt", shownInTable: false),
    Column("expiresAt"), Column("lastUsedAt"),
  ]

  private static func run(_ context: Context) throws {
    let tokens = try ServiceTokenStore(try context.database(), now: context.now).list()
    try context.output.emit(list: "tokens", columns: columns, records: tokens.lazy.map(\.json))
  }
}
